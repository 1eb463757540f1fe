"""The records that parsing gives: articles and their parts. Frozen, slotted, no parsing here.

Spans are ``(start, stop)`` offsets in characters of the text of the `Dump`, as in a slice, or ``None`` for a record
made by hand. A text that is not there is ``None``, never ``""``; many are a tuple, which may be empty.
"""

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import attrs

Span = tuple[int, int]

# Enough hexadecimal digits that a billion articles are unlikely to share one (64 bits).
ID_DIGITS = 16
# So many characters of a text are split into words at once.
_STRETCH = 1 << 20


def many(values: Iterable[Any]) -> tuple[Any, ...]:
    """Values as a tuple: a field of several takes any iterable. Named, since type checkers cannot read `tuple` here."""
    return tuple(values)


class Role(StrEnum):
    """What a line is. Every line of a dump has exactly one."""

    HEADLINE = "headline"
    HEADLINE_REPEAT = "headline_repeat"
    DECK = "deck"
    BYLINE = "byline"
    TIMESTAMP = "timestamp"
    SECTION = "section"
    CAPTION = "caption"
    CAPTION_REPEAT = "caption_repeat"
    CREDIT = "credit"
    DATELINE = "dateline"
    BODY = "body"
    SUBHEAD = "subhead"
    MARKER = "marker"
    RELATED = "related"
    FURNITURE = "furniture"
    OTHER = "other"
    FIELD = "field"
    BLANK = "blank"


CUT_SHORT = "cut-short"
"""The code of an issue: an input goes on but was not read further. The command line then exits with 1."""
UNREADABLE = "unreadable"
"""The code of an issue: an input could not be opened. The command line then exits with 1."""

RECORDS_COUNTED = "records-counted"
"""The code of an issue: how many records an input holds, how many articles were built of them and what was left over.
A reader says so once an input; the command line tells it of every input."""
RECORDS_MISSING = "records-missing"
"""The code of the same issue where the counts do not come out even."""


@attrs.frozen
class Issue:
    """A fault that was met and survived."""

    code: str = ""
    """What kind of fault, in lower case with hyphens, as ``charset-guessed``."""
    message: str = ""
    """What, where and what to do, in a sentence."""
    line: int | None = None
    """The line it concerns, from 1."""
    plugin: str | None = None
    """The plugin it concerns, with its version."""


@attrs.frozen
class Origin:
    """Where a dump's text came from."""

    path: str | None = None
    """The file, as it was named by the caller."""
    member: str | None = None
    """The member of an archive."""
    record: int | str | None = None
    """The record in the file or member: a number from 1, or the record's own id."""
    reader: str | None = None
    """The name of the reader that read it."""
    encoding: str | None = None
    """The encoding its bytes were decoded with."""
    digest: str | None = None
    """``sha256:`` and the hexadecimal SHA-256 of the bytes that were read for this text."""
    offset: int | None = None
    """Where the text begins in its input, in bytes, from 0."""
    line: int | None = None
    """The input's line on which the text begins, from 1."""


@attrs.frozen
class WireDate:
    """A date as precise as the text states it."""

    iso: str = ""
    """ISO 8601, shortened to what is known: ``2019-04-07``, ``2020-02``, ``2026-04-16T14:04``."""
    precision: str = ""
    """``year``, ``month``, ``day``, ``minute`` or ``second``."""
    raw: str | None = None
    """The words of the text."""


@attrs.frozen
class Credit:
    """Who supplied a picture."""

    raw: str = ""
    """The words of the text, without brackets."""
    agency: str | None = None
    """The agency or outlet."""
    photographer: str | None = None
    """The person, as named."""
    via: str | None = None
    """Through whom the agency's picture came."""


@attrs.frozen
class Caption:
    """The text of a picture."""

    text: str | None = None
    """The caption without its credit."""
    raw: str | None = None
    """The whole line or lines as they stand, stripped."""
    credit: Credit | None = None
    place: str | None = None
    """Where the picture was taken, as written."""
    date: WireDate | None = None
    """When the picture was taken. It is never the publication date."""
    flags: tuple[str, ...] = attrs.field(default=(), converter=many)
    """What else the caption says of the picture, of ``file handout screenshot illustration pool restricted``."""
    span: Span | None = None


@attrs.frozen
class Dateline:
    """Place, date and agency that open a report."""

    place: str | None = None
    date: WireDate | None = None
    agency: str | None = None
    raw: str | None = None
    """The words of the text, with the dash or bracket that closes them."""


@attrs.frozen
class Byline:
    """What a byline says."""

    authors: tuple[str, ...] = attrs.field(default=(), converter=many)
    """The persons named as authors, each once."""
    agency: str | None = None
    """The agency, outlet or desk that is named as author, as written."""
    raw: str = ""


@attrs.frozen
class Timestamp:
    """The dates that a line states of its article."""

    published: WireDate | None = None
    updated: WireDate | None = None


@attrs.frozen
class Block:
    """One piece of an article in reading order."""

    role: Role = Role.BODY
    text: str = ""
    span: Span | None = None


@attrs.frozen
class Article:
    """One story."""

    headline: str | None = None
    deck: tuple[str, ...] = attrs.field(default=(), converter=many)
    """The lines of summary between headline and body."""
    section: str | None = None
    """The section or kicker above the headline."""
    authors: tuple[str, ...] = attrs.field(default=(), converter=many)
    """The names of persons in the byline. Precision before recall: a wrong author is worse than none."""
    byline: str | None = None
    """The byline as it stands."""
    dateline: Dateline | None = None
    published: WireDate | None = None
    updated: WireDate | None = None
    captions: tuple[Caption, ...] = attrs.field(default=(), converter=many)
    body: tuple[str, ...] = attrs.field(default=(), converter=many)
    """The paragraphs."""
    blocks: tuple[Block, ...] = attrs.field(default=(), converter=many)
    """Headline, deck, captions, paragraphs and subheads in reading order."""
    language: str | None = None
    """BCP 47 language tag, as ``en``."""
    source: str | None = None
    """The publication or agency as stated, or the source profile's title."""
    origin: Origin | None = None
    extra: dict[str, Any] = attrs.field(factory=dict, hash=False)
    """Values that have no field here, by the standard's or the input's own name. JSON values."""

    @property
    def text(self) -> str:
        """The running text: paragraphs and subheads in reading order, a blank line between them.

        Headline, deck and captions are left out: each has a field of its own.

        Example:
            >>> Article(headline="Rain", body=("It rained.", "It stopped.")).text
            'It rained.\\n\\nIt stopped.'
        """
        running = [block.text for block in self.blocks if block.role in (Role.BODY, Role.SUBHEAD)]
        return "\n\n".join(running or self.body)

    @property
    def id(self) -> str:
        """A hash of headline and body with blanks normalised: the same in every version, file and position.

        Example:
            >>> Article(headline="Rain  ends").id == Article(headline="Rain ends", section="News").id
            True
        """
        parts = [self.headline or "", *self.body]
        words = "\n".join(map(_collapsed, parts))
        return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:ID_DIGITS]


def _collapsed(text: str) -> str:
    """A text with single blanks; a long one by stretches, for a list of all its words takes ten times its room."""
    if len(text) < _STRETCH:
        return " ".join(text.split())
    stretches = []
    start = 0
    while start < len(text):
        stop = text.find(" ", start + _STRETCH)
        stop = len(text) if stop < 0 else stop
        stretches.append(" ".join(text[start:stop].split()))
        start = stop
    return " ".join(filter(None, stretches))
