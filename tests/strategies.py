"""Hypothesis strategies: invented stories, dumps made of them, and text as dirty as a `str` can be."""

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st

from benchmarks import layouts
from benchmarks.hostile import HURTING
from benchmarks.stories import Story, story

LINE_ENDS = ("\n", "\r\n", "\r")
# What other programs take for a line end or a separator, and newsparse for a character.
OTHER_SEPARATORS = ("\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\u2028", "\u2029")
# Layouts whose every story can be told from its lines: each says how it is laid out.
KNOWN_LAYOUTS = (layouts.standard, layouts.with_number, layouts.padded)


def articles(max_paragraphs: int = 8) -> st.SearchStrategy[Story]:
    """Stories with one caption and some paragraphs."""
    return st.builds(
        lambda seed, paragraphs: story(Random(seed), paragraphs),
        st.integers(0, 1 << 32),
        st.integers(2, max_paragraphs),
    )


class KnownDump(NamedTuple):
    """A dump in the seed's layout and the stories that it tells."""

    text: str
    stories: list[Story]


@st.composite
def dumps(draw: Callable[[st.SearchStrategy[Any]], Any], max_stories: int = 3) -> KnownDump:
    """Stories in one layout of the seed's site, parted by one to three blank lines, no line in two of them."""
    stories = draw(st.lists(articles(), min_size=1, max_size=max_stories).filter(_share_nothing))
    layout = draw(st.sampled_from(KNOWN_LAYOUTS))
    gaps = draw(st.lists(st.integers(1, 3), min_size=len(stories), max_size=len(stories)))
    return KnownDump(layouts.joined([layout(each) for each in stories], gaps).text, stories)


def _share_nothing(stories: list[Story]) -> bool:
    lines = [line for each in stories for line in (each.headline, *each.captions, *each.paragraphs)]
    return len(lines) == len(set(lines))


def _page_lines() -> list[str]:
    """Lines that mean something to the parser."""
    page = layouts.standard(story(Random(0)))
    lines = [text for layout in layouts.LAYOUTS.values() for text, _ in layout(story(Random(1)))]
    return sorted({*lines, *(text for text, _ in page), "Share", "By Mirel Adassan", "Updated 5:30 pm", "Read more"})


def dirty_text() -> st.SearchStrategy[str]:
    """Any `str`: lone surrogates, NUL, every separator of Unicode, line ends mixed, very long lines, runs of blanks."""
    pieces = st.one_of(
        st.sampled_from(LINE_ENDS),
        st.sampled_from(OTHER_SEPARATORS),
        st.sampled_from(_page_lines()).map("{}\n".format),
        st.text(st.characters(), max_size=30),
        st.characters(categories=["Cs"]),
        st.builds(lambda unit, times: unit * times, st.sampled_from(HURTING), st.integers(1, 500)),
        st.builds(lambda end, times: end * times, st.sampled_from((*LINE_ENDS, " \n", "\t")), st.integers(1, 30)),
    )
    return st.lists(pieces, max_size=25).map("".join)


def text_without_returns() -> st.SearchStrategy[str]:
    """Dirty text whose only line end is ``\\n``."""
    return dirty_text().map(lambda text: text.replace("\r", "\n"))
