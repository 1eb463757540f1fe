r"""Documents of formats without lines: values in reading order become text, a labelled line each.

Takes what NewsML, ninjs, RSS and the like state of an article, gives the `Document`. A value that is no line as it
stands, with a line end or blanks around it, is stated once more as a field, so that the article has it exactly.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from newsparse.extensions import Document, Label
from newsparse.models import Issue, Origin, Role, WireDate

# Where the ledger ends a line.
_LINE_END_RE = re.compile(r"\r\n|\r|\n")
# Fields of one text and of several, by the role of their lines.
_TEXTS = {Role.HEADLINE: "headline", Role.SECTION: "section", Role.BYLINE: "byline"}
_LISTS = {Role.DECK: "deck", Role.BODY: "body", Role.SUBHEAD: "subheads"}

_PRECISIONS = {4: "year", 7: "month", 10: "day"}
# ISO 8601 as agencies send it: with or without separators, parts of a second, a zone with or without its colon.
_DATE_RE = re.compile(
    r"(\d{4})(?:-?(\d\d)(?:-?(\d\d)"
    r"(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?[ ]?(?:(Z)|([+-]\d\d):?(\d\d)?)?)?)?)?",
    re.ASCII | re.IGNORECASE,
)


class StatedText:
    r"""One article's values, gathered in reading order.

    Example:
        >>> stated = StatedText("given by the example")
        >>> stated.line(Role.HEADLINE, "Rain ends")
        >>> stated.line(Role.BODY, "The rain ended.\nIt is dry.")
        >>> document = stated.document()
        >>> document.text
        'Rain ends\nThe rain ended. It is dry.\n'
        >>> document.fields, document.articles
        (((None, 'body', ('The rain ended.\nIt is dry.',)),), 1)
    """

    def __init__(self, reason: str):
        self._reason = reason
        self._lines: list[str] = []
        self._labels: list[Label] = []
        self._fields: dict[str, Any] = {}
        self._values: dict[Role, list[str]] = {}
        self._bent: set[Role] = set()

    def line(self, role: Role, text: str) -> None:
        """Add a line. A text of nothing but blanks adds none, though a text that is one of several stays among them."""
        if not text:
            return
        line = one_line(text)
        if line:
            self._lines.append(line)
            self._labels.append(Label(len(self._lines), role, reason=self._reason))
        self._values.setdefault(role, []).append(text)
        if line != text:
            self._bent.add(role)

    def field(self, name: str, value: Any) -> None:
        """State a field of the article, or a name in `Article.extra`; what says nothing is left out."""
        if value is not None and value not in ("", (), [], {}):
            self._fields[name] = value

    def document(self, origin: Origin | None = None, issues: Iterable[Issue] = (), name: str = "") -> Document:
        """The document, of one article.

        Args:
            origin: Where it came from.
            issues: What was met on the way.
            name: What the article is called where it has no line, as its URI: the name then has one, with the role
                ``field``.
        """
        fields = dict(self._fields)
        for role in self._bent:
            if role in _TEXTS:
                # The core takes the first headline and section, and joins what a byline is parted into.
                values = self._values[role]
                fields[_TEXTS[role]] = " ".join(values) if role is Role.BYLINE else values[0]
            elif role in _LISTS:
                fields[_LISTS[role]] = tuple(self._values[role])
        if name and not self._lines:
            self.line(Role.FIELD, name)
        text = "".join(f"{line}\n" for line in self._lines)
        return Document(text, origin, self._labels, [(None, *field) for field in fields.items()], issues, 1)


def one_line(text: str) -> str:
    r"""A text without line ends and without blanks around it.

    Example:
        >>> one_line(" Rain \r\n  ends\n")
        'Rain ends'
    """
    stripped = text.strip()
    if "\n" not in stripped and "\r" not in stripped:
        return stripped
    return " ".join(filter(None, map(str.strip, _LINE_END_RE.split(stripped))))


def paragraphs(text: str) -> list[str]:
    r"""The paragraphs of a plain text: blank lines part them, or every line end does where no line is blank.

    Example:
        >>> paragraphs("It rained\nall day.\n\nIt stopped.\n"), paragraphs("It rained.\r\nIt stopped.")
        (['It rained all day.', 'It stopped.'], ['It rained.', 'It stopped.'])
    """
    lines = [line.strip() for line in _LINE_END_RE.split(text.strip())]
    if all(lines):
        return lines
    found: list[list[str]] = [[]]
    for line in lines:
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [" ".join(wrapped) for wrapped in found if wrapped]


def stated_date(value: object) -> WireDate | None:
    """The date that an ISO 8601 string states, as precise as it is; ``None`` for anything else.

    Example:
        >>> stated_date("2017-08-24T04:38:34+0000").iso, stated_date("2020-02").precision, stated_date("soon")
        ('2017-08-24T04:38:34+00:00', 'month', None)
    """
    found = _DATE_RE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    year, month, day, hour, minute, second, utc, hours, minutes = found.groups()
    iso = "-".join(filter(None, (year, month, day)))
    precision = _PRECISIONS[len(iso)]
    if hour:
        precision = "second" if second else "minute"
        zone = "Z" if utc else f"{hours}:{minutes or '00'}" if hours else ""
        iso = f"{iso}T{':'.join(filter(None, (hour, minute, second)))}{zone}"
    try:
        # A month has days, a day hours: Python knows how many.
        datetime.fromisoformat(iso if day else f"{iso}-01" if month else f"{iso}-01-01")
    except ValueError:
        return None
    return WireDate(iso, precision, found[0])
