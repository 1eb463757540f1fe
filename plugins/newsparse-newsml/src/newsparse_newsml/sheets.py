"""Sheets: what an item states, gathered on the way to a `Document`.

Every value becomes a labelled line, a field or a name of `Article.extra`; what was looked at is remembered, so that the
rest can be counted by name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from newsparse import Dateline, Document, Issue, Label, Role, WireDate
from newsparse_newsml.details import restored
from newsparse_newsml.items import Item, name_of

if TYPE_CHECKING:
    from lxml.etree import _Element

UNMAPPED = "unmapped"
"""The code of an issue: elements whose values have no place in an article, counted by name."""
NO_TEXT = "no-text"
"""The code of an issue: an item without any text, of which no article can be made."""

# What XML calls blanks; a no-break space is a character of the text.
_BLANKS = re.compile(r"[ \t\r\n]+")
_LINE_ENDS = re.compile(r"[\r\n]+")
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
# Attributes that hold a value where the element has no text.
_VALUES = ("qcode", "uri", "literal", "value", "content", "href", "FormalName", "Value", "Href", "key", "info", "norm")
# Fields that hold one text, and fields that hold several.
_FIELDS = {Role.HEADLINE: "headline", Role.SECTION: "section", Role.BYLINE: "byline"}
_LISTS = {Role.DECK: "deck", Role.BODY: "body"}
_BRACKET = re.compile(r"\(([^()]{2,40})\)\s*[-–—=:]*\s*$")


def collapsed(text: str) -> str:
    """The text with runs of XML's blanks as one blank each, and none around."""
    return _BLANKS.sub(" ", text).strip(" ")


def preserves(element: "_Element | None") -> bool:
    """Whether ``xml:space`` says that an element's blanks are its text's."""
    while element is not None:
        if space := element.get(_PRESERVE):
            return space == "preserve"
        element = element.getparent()
    return False


def raw_text(element: "_Element") -> str:
    """All text in an element as it stands."""
    return "".join(map(str, element.itertext()))


def text_of(element: "_Element | None") -> str:
    """All text in an element, its blanks collapsed unless they are to be preserved."""
    if element is None:
        return ""
    text = raw_text(element)
    return text if preserves(element) else collapsed(text)


def find(element: "_Element | None", *names: str) -> "_Element | None":
    """The first element with one of the names, in any namespace, in or below an element."""
    return next(find_all(element, *names), None)


def find_all(element: "_Element | None", *names: str) -> "Iterator[_Element]":
    """All elements with one of the names, in any namespace, below an element, in document order."""
    if element is not None:
        yield from element.iterdescendants(*("{*}" + name for name in names))


class Sheet:
    """What one item states."""

    def __init__(self) -> None:
        self.lines: list[tuple[Role, str]] = []
        """Role and exact text of each line."""
        self.fields: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.seen: set[_Element] = set()

    def take(self, element: "_Element | None", whole: bool = False) -> str:
        """An element's text; the element, or all of it, needs no more attention."""
        if element is None:
            return ""
        self.seen.add(element)
        if whole:
            self.seen.update(element.iterdescendants())
        return text_of(element)

    def line(self, role: Role, text: str | None) -> None:
        """Add a line, unless it is blank."""
        if text and text.strip():
            self.lines.append((role, text))

    def has(self, *roles: Role) -> bool:
        """Whether there is a line with one of the roles."""
        return any(role in roles for role, _ in self.lines)

    def put(self, name: str, value: Any) -> None:
        """State a value of `Article.extra`, unless it is empty or stated already."""
        if value not in (None, "", [], {}):
            self.extra.setdefault(name, value)

    def number(self, name: str, text: str | None) -> None:
        """State a whole number, or the text where it is none."""
        text = collapsed(text or "")
        self.put(name, int(text) if text.isascii() and text.isdigit() and len(text) < 18 else text)

    def date(self, field: str, date: WireDate | None) -> None:
        """State a date of the article, unless it is stated already."""
        if date:
            self.fields.setdefault(field, date)

    def dateline(self, text: str, place: str | None = None, date: WireDate | None = None) -> None:
        """State a dateline by its words, its place as given or as its words begin."""
        if text.strip():
            self.line(Role.DATELINE, text)
            agency = _BRACKET.search(text)
            self.fields["dateline"] = Dateline(place or _place(text), date, agency[1] if agency else None, text)

    def document(self, item: Item, issues: Iterable[Issue] = ()) -> Document:
        """The document that this sheet makes."""
        texts = [_LINE_ENDS.sub(" ", text) for _, text in self.lines]
        labels = [Label(number, role, reason="stated by the format") for number, (role, _) in enumerate(self.lines, 1)]
        for role, field in _FIELDS.items():
            found = [text for own, text in self.lines if own is role]
            if len(found) == 1 and _shown(found[0]) != found[0]:
                self.fields.setdefault(field, found[0])
        for role, field in _LISTS.items():
            found = [text for own, text in self.lines if own is role]
            if any(_shown(text) != text for text in found):
                self.fields.setdefault(field, found)
        restored(self.lines, self.fields, self.extra)
        fields = [(None, name, value) for name, value in self.fields.items()]
        if self.extra:
            fields.append((None, "extra", self.extra))
        found_issues = [*item.issues, *issues]
        if not self.lines:
            message = f"item {self.extra.get('guid') or item.origin.record} has no text: no article is made of it"
            found_issues.append(Issue(NO_TEXT, message))
        # An item is an article, also a picture with nothing but its caption; an item without any text is none.
        return Document("\n".join(texts), item.origin, labels, fields, found_issues, articles=int(bool(self.lines)))

    def unmapped(self, element: "_Element", path: str | None) -> list[Issue]:
        """One issue that counts, by name, the elements with values that were not looked at."""
        left: Counter[str] = Counter()
        for found in element.iter("{*}*"):
            if found not in self.seen and ((found.text or "").strip() or any(found.get(name) for name in _VALUES)):
                left[name_of(found)] += 1
        if not left:
            return []
        names = ", ".join(f"{count} {name}" for name, count in sorted(left.items()))
        return [Issue(UNMAPPED, f"{path or 'the input'}: values without a place in an article: {names}")]


def _shown(text: str) -> str:
    """What a line shows of a text: the core strips it, and it has no line ends."""
    return _LINE_ENDS.sub(" ", text).strip()


def _place(text: str) -> str | None:
    """The place that a dateline's words begin with, where that is plain."""
    opening = _BRACKET.sub("", text).strip(" -–—=:,")
    figure = re.search(r"\d", opening)
    if figure:
        # A day: the words of its month stand between the last comma and the first figure.
        opening, comma, _ = opening[: figure.start()].rpartition(",")
        return opening.strip() or None if comma else None
    return opening or None
