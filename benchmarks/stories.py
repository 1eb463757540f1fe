"""Invented stories: the test kit's, under the name that the benchmarks know them by."""

from newsparse.testing.pages import Story, story

__all__ = ["Story", "story"]
