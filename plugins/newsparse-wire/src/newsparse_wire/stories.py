"""One message on its way to a `Document`: what each of its lines is, and what it says without the wire's own signs.

A format's parser takes a `Story`, tells it line by line what stands there, and the story gives the document: labels for
the lines, values for the fields. The text itself stays as it was decoded, control characters included.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from newsparse import Dateline, Document, Issue, Label, Origin, Role
from newsparse_wire.datelines import city_of, read_dateline
from newsparse_wire.words import wire_words

CUT_MESSAGE = "message-cut"
"""The code of an issue: a message has no end mark, so some of it may be missing."""
NO_HEADER = "header-unread"
"""The code of an issue: the header line is damaged or not there."""
OUTSIDE = "text-outside"
"""The code of an issue: text stands before the first message or behind a message's end."""
NO_TEXT = "no-text"
"""The code of an issue: a message has neither headline nor text, so it gives no article."""

DATELINE_REACH = 4
"""The dateline stands in one of so many first paragraphs: above it a copy may have a summary or a note."""

_RUNNING = frozenset({Role.HEADLINE, Role.BODY, Role.SUBHEAD})

_LINE_RE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_CONTROL_RE = re.compile("[\x00-\x08\x0b-\x1f\x7f]+")


@attrs.define
class Piece:
    """Lines that say one thing together: one headline, one paragraph."""

    role: Role
    rows: tuple[int, ...]
    text: str
    """What they say, without the wire's signs."""


@attrs.define
class Story:
    """A message's lines in the making."""

    text: str
    place: str
    """Where the message stands, for issues."""
    unmapped: Counter[str]
    """The names of what has no field, counted over the whole input."""
    lines: list[str] = attrs.field(factory=list)
    """The lines without their ends."""
    plain: list[str] = attrs.field(factory=list)
    """The lines without control characters and without the blanks around them."""
    roles: dict[int, Role] = attrs.field(factory=dict)
    """By a line's index what it is."""
    pieces: list[Piece] = attrs.field(factory=list)
    """Headline, summaries, bylines, sections, paragraphs and subheads in reading order."""
    fields: dict[str, Any] = attrs.field(factory=dict)
    issues: list[Issue] = attrs.field(factory=list)
    left: range = range(0)
    """The lines that are left to the decoder."""

    def __attrs_post_init__(self) -> None:
        self.lines = [line.rstrip("\r\n") for line in _LINE_RE.findall(self.text)]
        self.plain = [clean(line) for line in self.lines]

    def put(self, role: Role, rows: Iterable[int], text: str | None = None) -> None:
        """Say what some lines are, and what they say together: one headline, one paragraph."""
        rows = tuple(rows)
        self.roles.update(dict.fromkeys(rows, role))
        if text := tidy(text or ""):
            self.pieces.append(Piece(role, rows, text))

    def turn(self, piece: Piece, role: Role) -> None:
        """Say that a piece is something else."""
        piece.role = role
        self.roles.update(dict.fromkeys(piece.rows, role))

    def state(self, **values: Any) -> None:
        """State values by name; an empty one says nothing, and the first one stated holds."""
        for name, value in values.items():
            if value not in (None, "", []):
                self.fields.setdefault(name, value)

    def fault(self, code: str, message: str, row: int | None = None) -> None:
        """Note a fault of the message."""
        self.issues.append(Issue(code, f"{self.place}: {message}", None if row is None else row + 1))

    def keep(self, row: int, text: str) -> None:
        """Go on with the text alone of a line that is partly the frame's; the ledger has the whole line."""
        self.lines[row], self.plain[row] = text, clean(text)

    def outside(self, rows: Iterable[int], where: str) -> None:
        """Lines that belong to no message: signs of the line alone, or text of a message whose start is missing."""
        rows = tuple(rows)
        noise = [row for row in rows if self.plain[row]]
        self.put(Role.FIELD, rows)
        self.put(Role.FURNITURE, noise)
        if noise:
            count = f"{len(noise)} line{'s' if len(noise) > 1 else ''}"
            self.fault(OUTSIDE, f"{count} of text {where}; kept in the ledger, made no article", noise[0])

    def leave(self, rows: range) -> None:
        """Lines of which the format states nothing: the decoder finds out what they are."""
        self.left = rows

    def rest(self, role: Role = Role.FIELD) -> None:
        """All lines of which nothing was said."""
        self.put(role, [row for row in range(len(self.lines)) if row not in self.roles and row not in self.left])

    def document(self, origin: Origin) -> Document:
        """The document: labels, fields and issues."""
        is_article = not _RUNNING.isdisjoint(self.roles.values()) or any(self.plain[row] for row in self.left)
        if not is_article:
            self.fault(NO_TEXT, "it has neither headline nor text, so it gives no article")
        wrapped = {row for piece in self.pieces for row in piece.rows[1:]}
        labels = [
            Label(row + 1, role, reason=f"{origin.reader}: {role}", continues=row in wrapped)
            for row, role in sorted(self.roles.items())
        ]
        return Document(self.text, origin, labels, self._stated(), self.issues, articles=int(is_article))

    def _stated(self) -> list[tuple[int, str, Any]]:
        """The values of the article's own fields that its lines do not say as they stand, then the named ones."""
        own: dict[str, Any] = {
            "headline": " ".join(self.texts(Role.HEADLINE)) or None,
            "section": " ".join(self.texts(Role.SECTION)) or None,
        }
        deck = self.texts(Role.DECK)
        for name, role in (("deck", Role.DECK), ("body", Role.BODY), ("subheads", Role.SUBHEAD)):
            if not self._is_plain(role):
                own[name] = self.texts(role)
        if bylines := self.texts(Role.BYLINE):
            own["byline"] = bylines[0]
            own["authors"] = authors(bylines[0])
        dateline, _ = self.dateline()
        if dateline:
            own["dateline"] = dateline
            self.state(city=city_of(dateline), source=_agency(dateline.agency))
        self.state(abstract=" ".join(deck))
        self.fields.pop("year", None)
        own = {name: value for name, value in own.items() if value}
        return [(0, name, value) for name, value in {**own, **self.fields}.items()]

    def _is_plain(self, role: Role) -> bool:
        """Whether the lines with a role, put together, are what was put: there is no sign of the wire in them."""
        raw = _LINE_RE.findall(self.text)
        rows = [row for row, own in sorted(self.roles.items()) if own is role and raw[row].strip()]
        pieces = [piece for piece in self.pieces if piece.role is role]
        return rows == [row for piece in pieces for row in piece.rows] and all(
            piece.rows == tuple(range(piece.rows[0], piece.rows[-1] + 1))
            and piece.text == " ".join(raw[row].strip() for row in piece.rows)
            for piece in pieces
        )

    def dateline(self) -> tuple[Dateline | None, Piece | None]:
        """The dateline and the paragraph that it opens: one of the first ones."""
        for piece in [piece for piece in self.pieces if piece.role is Role.BODY][:DATELINE_REACH]:
            if dateline := read_dateline(piece.text, self.fields.get("year")):
                return dateline, piece
        return None, None

    def texts(self, role: Role) -> list[str]:
        """What was put with a role."""
        return [piece.text for piece in self.pieces if piece.role is role]


def clean(line: str) -> str:
    """A line without control characters and without the blanks around it; a tab is a blank.

    Example:
        >>> clean("\\x02Rain ends\\x07 = ")
        'Rain ends ='
    """
    return _CONTROL_RE.sub("", line).strip()


def tidy(text: str) -> str:
    """A text without control characters; blanks inside stay, for they may be columns."""
    return _CONTROL_RE.sub("", text).rstrip().lstrip(" \t\n")


def joined(lines: Iterable[str]) -> str:
    """Lines of one paragraph as one line."""
    return " ".join(" ".join(map(clean, lines)).split())


def authors(byline: str) -> list[str]:
    """The persons that a byline names, each of two words or more; a byline that is not clear names none.

    Example:
        >>> authors("By JANE DOE and John Roe, dpa")
        ['Jane Doe', 'John Roe']
        >>> authors("By dpa correspondents")
        []
    """
    words = wire_words()
    opener = words.openers.match(byline)
    names: list[str] = []
    for name in words.joiners.split(byline[opener.end() :].strip() if opener else byline):
        parts = name.split()
        if not 2 <= len(parts) <= 4 or not all(
            part[0].isupper() and not part.isdigit() for part in (parts[0], parts[-1])
        ):
            break
        if " ".join(parts).casefold() in words.titles:
            break
        names.append(" ".join(part.capitalize() if part.isupper() and len(part) > 2 else part for part in parts))
    return names


def notice(texts: Sequence[str]) -> str | None:
    """What a copy does to an earlier one, as its head says: ``kill``, ``withhold``, ``correction``, ``advisory``."""
    for kind, pattern in wire_words().notices.items():
        if any(pattern.match(text.lstrip("( ")) for text in texts):
            return kind
    return None


def _agency(name: str | None) -> str | None:
    """The agency of a dateline, if it is a known one: the first of several."""
    first = re.split(r"[ /,-]", name or "")[0]
    return first if first.upper() in wire_words().agencies else None
