"""The test kit's strategies, with the layouts and the lines of the seed's site."""

from random import Random

from hypothesis import strategies as st

from benchmarks import layouts
from benchmarks.stories import story
from newsparse import testing
from newsparse.testing.strategies import LINE_ENDS, OTHER_SEPARATORS, KnownDump

__all__ = ["LINE_ENDS", "OTHER_SEPARATORS", "dirty_text", "dumps", "text_without_returns"]

# Layouts whose every story can be told from its lines: each says how it is laid out.
KNOWN_LAYOUTS = (layouts.standard, layouts.with_number, layouts.padded)
PAGE_LINES = frozenset(text for layout in layouts.LAYOUTS.values() for text, _ in layout(story(Random(1))))


def dumps(max_stories: int = 3) -> st.SearchStrategy[KnownDump]:
    """Stories in one layout of the seed's site, parted by one to three blank lines, no line in two of them."""
    return testing.dumps(KNOWN_LAYOUTS, max_stories)


def dirty_text() -> st.SearchStrategy[str]:
    """Any `str`, with lines of the seed's site strewn in."""
    return testing.dirty_text(PAGE_LINES)


def text_without_returns() -> st.SearchStrategy[str]:
    """Dirty text whose only line end is ``\\n``."""
    return dirty_text().map(lambda text: text.replace("\r", "\n"))
