"""Hypothesis strategies: dumps of invented stories, and text as dirty as a `str` can be. Needs hypothesis."""

from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st

from newsparse.testing.hostile import HURTING
from newsparse.testing.pages import Layout, Story, dump_text, plain, printed_twice, story

LINE_ENDS = ("\n", "\r\n", "\r")
# What other programs take for a line end or a separator, and newsparse for a character.
OTHER_SEPARATORS = ("\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\u2028", "\u2029")


class KnownDump(NamedTuple):
    """A dump and the stories that it tells."""

    text: str
    stories: list[Story]


def stories(max_paragraphs: int = 8) -> st.SearchStrategy[Story]:
    """Stories with one caption and some paragraphs."""
    return st.builds(
        lambda seed, paragraphs: story(Random(seed), paragraphs),
        st.integers(0, 1 << 32),
        st.integers(2, max_paragraphs),
    )


def dumps(
    layouts: Sequence[Layout] = (plain, printed_twice), max_stories: int = 3, max_gap: int = 3
) -> st.SearchStrategy[KnownDump]:
    """Stories in one of the layouts, parted by one to `max_gap` blank lines, no line in two of them.

    Args:
        layouts: Functions of a `Story` that give its page as ``(line, role)``: your outlet's own, or the kit's.
        max_stories: At most so many stories in a dump.
        max_gap: At most so many blank lines behind each.
    """
    return _dumps(layouts, max_stories, max_gap)


@st.composite
def _dumps(
    draw: Callable[[st.SearchStrategy[Any]], Any], layouts: Sequence[Layout], max_stories: int, max_gap: int
) -> KnownDump:
    told = draw(st.lists(stories(), min_size=1, max_size=max_stories).filter(_share_nothing))
    layout = draw(st.sampled_from(layouts))
    gaps = draw(st.lists(st.integers(1, max_gap), min_size=len(told), max_size=len(told)))
    return KnownDump(dump_text(told, layout, gaps), told)


def dirty_text(lines: Iterable[str] = ()) -> st.SearchStrategy[str]:
    """Any `str`: lone surrogates, NUL, every separator of Unicode, line ends mixed, very long lines, runs of blanks.

    Args:
        lines: Lines that mean something to what you test, to be strewn in among those of a page.
    """
    page = [text for text, _ in printed_twice(story(Random(0)))]
    known = sorted({*page, *lines, "Share", "By Mirel Adassan", "Updated 5:30 pm", "Read more"})
    pieces = st.one_of(
        st.sampled_from(LINE_ENDS),
        st.sampled_from(OTHER_SEPARATORS),
        st.sampled_from(known).map("{}\n".format),
        st.text(st.characters(), max_size=30),
        st.characters(categories=["Cs"]),
        st.builds(lambda unit, times: unit * times, st.sampled_from(HURTING), st.integers(1, 500)),
        st.builds(lambda end, times: end * times, st.sampled_from((*LINE_ENDS, " \n", "\t")), st.integers(1, 30)),
    )
    return st.lists(pieces, max_size=25).map("".join)


def _share_nothing(told: list[Story]) -> bool:
    lines = [line for each in told for line in (each.headline, *each.captions, *each.paragraphs)]
    return len(lines) == len(set(lines))
