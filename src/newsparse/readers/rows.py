"""One record of a table or of JSON, as a document.

Takes a mapping of columns to JSON values, gives a `Document`: an article where the record states one, with a headline
and a text; else the text is a dump and the parser finds what it holds. Records that newsparse wrote are recognised.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs

from newsparse.extensions import Document, ReadContext
from newsparse.models import Article, Issue, Origin, Role
from newsparse.readers.columns import FIELDS, TEXT, folded
from newsparse.readers.own import own_article, own_document
from newsparse.stated import StatedText, stated_date

BAD_RECORD = "bad-record"
"""The code of an issue: a record cannot be read, or has no text."""
LEFT_OUT = "columns-left-out"
"""The code of an issue: columns hold what is no single value, and were not named."""
OPTIONS = ("text", "headline", "extra", "limit")
"""The options of readers of records."""

# A record may have thousands of columns; a message shows where to look.
_COLUMNS_SHOWN = 20
# How many sets of columns are remembered: records of one file mostly have the same.
_MEMORY = 256
_LINE_END_RE = re.compile(r"\r\n|\r|\n")
_LANGUAGE_RE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
# A column of such a name is the input's own and no field of ours, so it may only go to `extra`.
_ARTICLE = frozenset(field.name for field in attrs.fields(Article))
# What the input states of an article, in reading order.
_ORDER = (
    ("section", Role.SECTION),
    ("headline", Role.HEADLINE),
    ("deck", Role.DECK),
    ("authors", Role.BYLINE),
    ("published", Role.TIMESTAMP),
    ("updated", Role.TIMESTAMP),
)


class BadRecordError(ValueError):
    """A record that gives no text; its message says why."""


@attrs.frozen
class Place:
    """Where a record stands."""

    context: ReadContext
    reader: str
    number: int
    start: int | None = None
    line: int | None = None

    def __str__(self) -> str:
        place = f"record {self.number}" if self.line is None else f"line {self.line}"
        return f"{self.context.path or 'the input'}, {place}"

    def origin(self, encoding: str | None = None, digest: str | None = None) -> Origin:
        """The origin of its document."""
        path = self.context.path
        return Origin(path, None, self.number, self.reader, encoding, digest, self.start, self.line)

    def bad(self, reason: object, origin: Origin | None = None, issues: Sequence[Issue] = ()) -> Document:
        """A document that says why there is none."""
        return Document(origin=origin or self.origin(), issues=(*issues, Issue(BAD_RECORD, f"{self}: {reason}")))


@attrs.frozen
class _Plan:
    """What the columns of a record are."""

    text: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]


@attrs.frozen
class Columns:
    """The columns that the caller chose, and what was left out."""

    text: str | None = None
    headline: str | None = None
    extra: frozenset[str] | None = None
    """The columns that go to `Article.extra`; ``None``: all that hold single values or lists of them."""
    left_out: Counter[str] = attrs.field(factory=Counter)

    @classmethod
    def chosen(cls, options: Mapping[str, str]) -> "Columns":
        """The columns that a reader's options choose."""
        extra = options.get("extra")
        names = None if extra is None else frozenset(name.strip() for name in extra.split(",") if name.strip())
        return cls(options.get("text"), options.get("headline"), names)

    def document(
        self, record: Mapping[str, Any], place: Place, origin: Origin, issues: Sequence[Issue] = ()
    ) -> Document:
        """The document of a record.

        Raises:
            BadRecordError: It has no text.
        """
        if self.text is None and (article := own_article(record)):
            return attrs.evolve(own_document(article, origin, place.reader), issues=issues)
        plan = _plan(tuple(record), self.text, self.headline)
        column, text = _text(record, plan.text)
        rest = {name: value for name, value in record.items() if name != column}
        stated = {name: found for name, columns in plan.fields.items() if (found := _first(name, rest, columns))}
        if "headline" not in stated:
            return Document(text, origin, fields=self._extra(rest), issues=issues)
        for used, _ in stated.values():
            rest.pop(used, None)
        document = _article({name: value for name, (_, value) in stated.items()}, text, place.reader)
        fields = (*document.fields, *self._extra(rest))
        return attrs.evolve(document, origin=origin, fields=fields, issues=issues)

    def _extra(self, rest: Mapping[str, Any]) -> Iterator[tuple[int | None, str, Any]]:
        """The columns that go to `Article.extra`; the others are counted."""
        kept = {}
        for name, value in rest.items():
            if name in self.extra if self.extra is not None else _is_single(value):
                kept[name] = value
            else:
                self.left_out[name] += 1
        if ours := {name: kept.pop(name) for name in sorted(_ARTICLE & kept.keys())}:
            yield None, "extra", ours
        yield from ((None, name, value) for name, value in kept.items())

    def report(self, place: Place) -> Iterator[Document]:
        """A last document that counts what was left out of all records, if anything was."""
        if self.left_out:
            shown = ", ".join(f"{name} ({count:,})" for name, count in self.left_out.most_common(_COLUMNS_SHOWN))
            more = len(self.left_out) - _COLUMNS_SHOWN
            shown += f" and {more:,} more" if more > 0 else ""
            message = f"{place.context.path or 'the input'}: left out, with the number of records: {shown}; "
            message += "name columns to keep with the option extra"
            origin = Origin(place.context.path, reader=place.reader)
            yield Document(origin=origin, issues=(Issue(LEFT_OUT, message),))


def states_text(names: Sequence[str]) -> bool:
    """Whether one of some columns is known to hold text."""
    return any(folded(name) in TEXT for name in names)


@lru_cache(_MEMORY)
def _plan(names: tuple[str, ...], text: str | None, headline: str | None) -> _Plan:
    known: dict[str, list[str]] = {}
    for name in names:
        known.setdefault(folded(name), []).append(name)

    def all_of(wanted: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for want in wanted for name in known.get(want, ()))

    # Who names the text and no headline says that the text is a dump of its own.
    fields = {} if text and not headline else {field: all_of(wanted) for field, wanted in FIELDS.items()}
    if headline:
        fields["headline"] = (headline,)
    return _Plan((text,) if text else all_of(TEXT), fields)


def _text(record: Mapping[str, Any], columns: Sequence[str]) -> tuple[str, str]:
    """The column that holds the text, and the text: a string, or paragraphs as a list of strings."""
    for column in columns:
        value = record.get(column)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = "\n\n".join(value)
        if isinstance(value, str) and value:
            return column, value
    there = ", ".join(list(record)[:_COLUMNS_SHOWN]) or "none"
    wanted = " or ".join(columns) or "any known column"
    raise BadRecordError(f"no text in {wanted}; its columns: {there}; name one with the option text")


def _first(field: str, record: Mapping[str, Any], columns: Sequence[str]) -> tuple[str, Any] | None:
    """The first of some columns that states a field, with its value."""
    for column in columns:
        if value := _value(field, record.get(column)):
            return column, value
    return None


def _value(field: str, value: Any) -> Any:
    """What a column states, as the field's own kind of value, or ``None``; authors in one string are a byline."""
    if field in ("published", "updated"):
        return stated_date(value)
    if field in ("deck", "authors") and isinstance(value, list):
        is_many = all(isinstance(item, str) and item.strip() for item in value)
        return tuple(item.strip() for item in value) if is_many else None
    if not isinstance(value, str) or (field == "language" and not _LANGUAGE_RE.fullmatch(value.strip())):
        return None
    return value.strip()


def _article(values: Mapping[str, Any], text: str, reason: str) -> Document:
    """The document of an article that a record states: a line a value, a paragraph a line of the text."""
    stated = StatedText(reason)
    for field, role in _ORDER:
        value = values.get(field, ())
        for line in (value,) if isinstance(value, str) else value if isinstance(value, tuple) else (value.raw,):
            stated.line(role, line)
    for line in _LINE_END_RE.split(text):
        stated.line(Role.BODY, line.strip())
    for field, value in values.items():
        if field not in ("section", "headline", "deck") and not (field == "authors" and isinstance(value, str)):
            stated.field(field, value)
    return stated.document()


def _is_single(value: Any) -> bool:
    """Whether a value is one, or a list of such: what `Article.extra` holds."""
    if isinstance(value, list):
        return not any(isinstance(item, dict | list) for item in value)
    return not isinstance(value, dict)
