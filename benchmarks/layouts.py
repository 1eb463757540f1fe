"""The layouts in which the seed's site leaves a story: each function lays one out as rows of ``(line, role)``.

They were read on 35 pages of that site. A row without a role is a blank line. `joined` puts several stories into one
text and numbers its lines, so that a layout is at once a text and its labels.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from benchmarks.stories import Story

Row = tuple[str, str]
BLANK: Row = ("", "")
GAP = [BLANK]


def _twice(story: Story, role: str = "caption", pad: str = "") -> list[Row]:
    """The first caption on two lines; its very first copy is the caption, all others are repeats."""
    return [(pad + story.captions[0], role), (story.captions[0], "caption_repeat")] if story.captions else []


def _body(story: Story, between: int = 1) -> list[Row]:
    rows: list[Row] = []
    for row in story.body:
        rows += [row, *GAP * between]
    return rows[: len(rows) - between]


def standard(story: Story, markers: Sequence[str] = ("TT",)) -> list[Row]:
    """Headline, caption twice, ``TT``, headline, caption twice, body: 26 of 28 pages."""
    if not story.captions:
        return without_caption(story)
    return [
        (story.headline, "headline"),
        BLANK,
        *_twice(story),
        *((marker, "marker") for marker in markers),
        BLANK,
        (story.headline, "headline_repeat"),
        BLANK,
        *_twice(story, "caption_repeat"),
        BLANK,
        *_body(story),
    ]


def with_number(story: Story) -> list[Row]:
    """A ``20`` on a line of its own behind ``TT``: 3 of 28 pages."""
    return standard(story, ("TT", "20"))


def without_caption(story: Story) -> list[Row]:
    """The headline stands in the caption's place: four copies and nothing else to tell them by."""
    title, again = (story.headline, "headline"), (story.headline, "headline_repeat")
    return [title, BLANK, again, ("TT", "marker"), BLANK, again, BLANK, again, BLANK, *_body(story)]


def padded(story: Story) -> list[Row]:
    """The caption's first copy begins with a space; the headline ends in a no-break space, paragraphs in a space."""
    rows = standard(story)
    return [
        (" " + text if role == "caption" else text + {"headline": "\u00a0", "body": " "}.get(role, ""), role)
        for text, role in rows
    ]


def with_late_caption(story: Story) -> list[Row]:
    """A second caption between two paragraphs, once: only its credit shows it."""
    if len(story.captions) < 2 or len(story.body) < 2:
        return standard(story)
    rows = standard(story)
    middle = len(rows) - 2 * (len(story.body) // 2)
    return [*rows[:middle], (story.captions[1], "caption"), BLANK, *rows[middle:]]


def with_deck(story: Story) -> list[Row]:
    """A deck behind the first headline alone, no blanks between paragraphs, links at the end: the Arabic edition."""
    rows = standard(story._replace(body=()))
    deck = [row for line in story.deck for row in ((line, "deck"), BLANK)]
    links = [BLANK, *((line, "related") for line in story.related)] if story.related else []
    return [*rows[:2], *deck, *rows[2:], *_body(story, between=0), *links]


def of_2017(story: Story) -> list[Row]:
    """A line of the site, two headlines, a weekday date, the caption right behind it, two blanks between paragraphs."""
    return [
        ("Kestria Daily - news@kestriadaily.example - editor@kestriadaily.example", "furniture"),
        (story.headline, "headline"),
        BLANK,
        (story.headline, "headline_repeat"),
        BLANK,
        ("Tuesday, 21 November, 2017 - 07:30", "timestamp"),
        *((caption, "caption") for caption in story.captions[:1]),
        BLANK,
        *_body(story, between=2),
    ]


def of_archive(story: Story) -> list[Row]:
    """The headline with the site's name behind a bar, the archive's own labels, the caption once."""
    rows = [(f"{story.headline} | Kestria Daily", "headline"), BLANK, ("Select Page", "furniture"), BLANK]
    if story.captions:
        rows += [
            ("Media ID: 55304711", "furniture"),
            ("Caption:", "marker"),
            BLANK,
            (story.captions[0], "caption"),
            BLANK,
        ]
    return rows + _body(story)


LAYOUTS: dict[str, Callable[[Story], list[Row]]] = {
    "standard": standard,
    "with_number": with_number,
    "without_caption": without_caption,
    "padded": padded,
    "with_late_caption": with_late_caption,
    "with_deck": with_deck,
    "of_2017": of_2017,
    "of_archive": of_archive,
}


class LabelledDump(NamedTuple):
    """A text and the role and article of each of its non-blank lines."""

    text: str
    labels: list[tuple[int, str, int]]
    """``(line number from 1, role, article index or -1)``"""


OF_NO_ARTICLE = ("marker", "related", "furniture")


def joined(pages: Sequence[list[Row]], gaps: Sequence[int]) -> LabelledDump:
    """The pages in one text, behind each one so many blank lines."""
    lines: list[str] = []
    labels: list[tuple[int, str, int]] = []
    for article, (page, gap) in enumerate(zip(pages, gaps, strict=True)):
        for text, role in _rows(page, gap):
            lines.append(text)
            if role:
                labels.append((len(lines), role, -1 if role in OF_NO_ARTICLE else article))
    return LabelledDump("\n".join(lines) + "\n", labels)


def _rows(page: list[Row], gap: int) -> Iterator[Row]:
    yield from page
    yield from GAP * gap
