"""A headline a line."""

from typing import BinaryIO

from newsparse import Article, OutputFormat, WriteContext


class HeadlineWriter:
    """Writes the headlines of articles, one at a time."""

    def __init__(self, stream: BinaryIO, context: WriteContext):
        self._stream = stream
        self._mark = context.options.get("mark", "-")

    def write(self, article: Article) -> None:
        """Write one headline; a character that UTF-8 lacks becomes a question mark."""
        headline = " ".join((article.headline or "(none)").split())
        self._stream.write(f"{self._mark} {headline}\n".encode(errors="replace"))

    def close(self) -> None:
        """Nothing is left to write."""


HEADLINES = OutputFormat(
    "example-headlines", ".lst", joins=True, options=("mark",), title="a headline a line", open=HeadlineWriter
)
