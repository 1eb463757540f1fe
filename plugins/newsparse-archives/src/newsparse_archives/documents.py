"""Readings to documents: what a record states, as labels and fields of one `Document`.

Takes records, gives a `Document` each, and with the last one the issues of the whole input: how many markers were
seen, how many articles were built, how many lines nothing used, and which labels no table knows.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from newsparse import Caption, Dateline, Document, Issue, Label, Origin, ReadContext, Role
from newsparse_archives.layouts import TEXT_FIELDS, Reading, read_record
from newsparse_archives.records import Record
from newsparse_archives.rows import Row
from newsparse_archives.streams import Lines
from newsparse_archives.tables import Vendor
from newsparse_archives.values import authors_in, count_in, date_in, language_tag, leading_date, list_in, with_time

COUNTED = "records-counted"
"""The code of an issue: how many markers, articles and unused lines an input has."""
UNKNOWN_LAYOUT = "unknown-layout"
"""The code of an issue: lines are in no layout that is known, and were left to the generic parser."""
UNMAPPED = "unmapped-fields"
"""The code of an issue: labels that no table knows, and how often each stands there."""
LONG = "long-record"
"""The code of an issue: a record is longer than one may be, so that it comes in pieces."""
UNFINISHED = "unfinished-record"
"""The code of an issue: the last record ends before its end."""

_LISTS = frozenset({"subjects", "regions", "companies", "industries", "people", "organizations", "tickers", "cities"})
_LISTS |= {"states", "countries", "descriptors", "keywords"}
_COUNTS = frozenset({"word_count", "page_count"})
# More than all other evidence on one line.
_SURELY = 10_000
# A short text between records is what the export's page says of itself.
_FURNITURE = 2000
# How many numbers, labels or places a message names.
_NAMED = 20


@attrs.define
class Tally:
    """What an input's records come to."""

    vendor: Vendor
    markers: int = 0
    articles: int = 0
    unused: int = 0
    unknown: list[int] = attrs.field(factory=list)
    """The numbers of the records that are in no known layout."""
    unmapped: Counter[str] = attrs.field(factory=Counter)
    numbers: dict[int, list[int]] = attrs.field(factory=dict)
    """The numbers that start lines gave, by the total they gave."""
    total: int | None = None
    """How many documents the export's page says it has."""
    is_last_whole: bool = True

    def issues(self) -> Iterator[Issue]:
        """The issues of the whole input."""
        message = (
            f"{self.vendor.name}: {_count(self.markers, 'marker')} of records seen, "
            f"{_count(self.articles, 'article')} built, {_count(self.unused, 'line')} used by none"
        )
        yield Issue(COUNTED, "; ".join([message, *self._missing()]))
        if self.unknown:
            places = ", ".join(map(str, self.unknown[:_NAMED]))
            message = f"{_count(len(self.unknown), 'record')} in no known layout (number {places} in the file)"
            yield Issue(UNKNOWN_LAYOUT, f"{message}: read as plain text, without the vendor's fields; check them")
        if self.unmapped:
            names = ", ".join(f"{name} ({number})" for name, number in self.unmapped.most_common(_NAMED))
            more = ", ..." if len(self.unmapped) > _NAMED else ""
            yield Issue(UNMAPPED, f"fields that no table knows stay in the text: {names}{more}")
        if not self.is_last_whole:
            yield Issue(UNFINISHED, "the last record ends before its end; it was read as far as it goes")

    def _missing(self) -> Iterator[str]:
        if self.total and self.total != self.articles:
            yield f"the page of the export speaks of {self.total}"
        for total, numbers in self.numbers.items():
            absent = _ranges(set(range(1, total + 1)).difference(numbers)) if total <= 10 * _FURNITURE else "some"
            if absent:
                yield f"its own markers speak of {total}, of which {absent} are not in this file"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _ranges(numbers: Iterable[int]) -> str:
    """Numbers as in a book's index: ``1 to 3, 7``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [str(a) if a == b else f"{a} to {b}" for a, b in runs[:_NAMED]]
    return ", ".join([*shown, "..."] if len(runs) > _NAMED else shown)


@attrs.define
class Documents:
    """Makes the documents of one input."""

    vendor: Vendor
    context: ReadContext
    lines: Lines
    issues: list[Issue]
    """What was wrong with the container; taken by the next document."""
    limit: int
    """How many characters a record may have."""
    tally: Tally = attrs.field(init=False)
    _number: int = 0
    _offset: int = 0
    _line: int = 1

    def __attrs_post_init__(self) -> None:
        self.tally = Tally(self.vendor)

    def read(self, records: Iterable[Record]) -> Iterator[Document]:
        """A document for each record; the last one has the issues of the whole input."""
        last: Document | None = None
        for record in records:
            if last:
                yield last
            last = self._document(record)
        last = last or Document(origin=self._origin(Record()))
        yield attrs.evolve(last, issues=(*last.issues, *self._taken(), *self.tally.issues()))

    def _document(self, record: Record) -> Document:
        self._number += 1
        tally = self.tally
        tally.markers += record.markers
        if record.number and record.total:
            tally.numbers.setdefault(record.total, []).append(record.number)
        reading = read_record(record, self.vendor)
        if self._number == 1:
            tally.total = next(filter(None, map(self._total, record.rows)), None)
        text = "".join(row.raw for row in record.rows)
        if record.is_cut:
            message = f"record {self._number} is longer than {self.limit:,} characters and comes in pieces"
            self.issues.append(Issue(LONG, f"{message}: raise the option limit"))
        origin = self._origin(record)
        if reading is None or not reading.is_article:
            return self._other(record, reading, text, origin)
        tally.articles += 1
        tally.unused += reading.unused
        tally.unmapped += reading.unmapped
        tally.is_last_whole = reading.is_whole
        first = min(reading.roles)
        labels = [
            Label(index + 1, role, index == first, None, f"{self.vendor.name} {reading.layout}")
            for index, role in sorted(reading.roles.items())
        ]
        # A record is one article, so the decoder must not open another one inside of it.
        labels += [
            Label(index + 1, None, True, -_SURELY, "inside of a record") for index in reading.roles if index != first
        ]
        fields = [(0, name, value) for name, value in stated(reading, record, self.vendor).items()]
        return Document(text, origin, labels, fields, self._taken())

    def _other(self, record: Record, reading: Reading | None, text: str, origin: Origin) -> Document:
        """A record in no known layout: what stands around the records, else for the generic parser."""
        tally = self.tally
        used = [index for index, row in enumerate(record.rows) if row.text]
        known = any(self.vendor.furniture.match(record.rows[index].text) for index in used[:_NAMED])
        is_short = len(text) < _FURNITURE and not record.markers
        if reading is not None or record.is_preamble or (is_short and (known or tally.articles)):
            tally.unused += len(used)
            labels = [Label(index + 1, Role.FURNITURE, False, None, f"{self.vendor.name} page") for index in used]
            return Document(text, origin, labels, (), self._taken())
        if used:
            tally.unknown.append(self._number)
            tally.articles += 1
        return Document(text, origin, issues=self._taken())

    def _total(self, row: Row) -> int | None:
        found = self.vendor.totals.match(row.text)
        return count_in(found["total"]) if found else None

    def _taken(self) -> tuple[Issue, ...]:
        """The issues of the container since the last document, one of each code."""
        found = {issue.code: issue for issue in reversed([*self.lines.issues, *self.issues])}
        self.lines.issues.clear()
        self.issues.clear()
        return tuple(found.values())

    def _origin(self, record: Record) -> Origin:
        data = b"".join(row.data for row in record.rows)
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}" if data else None
        origin = Origin(
            path=self.context.path,
            record=self._number or None,
            reader=self.vendor.name,
            encoding=self.lines.used,
            digest=digest,
            offset=self._offset if data else None,
            line=self._line if data else None,
        )
        self._offset += len(data)
        self._line += sum(1 for row in record.rows if not row.flows)
        return origin


def stated(reading: Reading, record: Record, vendor: Vendor) -> Mapping[str, Any]:
    """What a reading states, by names of `Article` fields and of `Article.extra`."""
    found: dict[str, Any] = {}
    texts = {name: " ".join(text for _, text in values) for name, values in reading.values.items()}
    for name, pattern in vendor.split.items():
        text = texts.get(name, "")
        match = pattern.fullmatch(text) if text and len(text) < _FURNITURE else None
        if match:
            del texts[name]
            parts = {part: value for part, value in match.groupdict().items() if value}
            texts |= {part: value for part, value in parts.items() if part not in texts}
    for name, text in texts.items():
        paragraphs = _paragraphs(
            reading.values.get(name, [(0, text)]) if name not in vendor.split else [(0, text)], record
        )
        found |= _value(name, " ".join(text.split()), paragraphs, vendor)
    body = sorted(value for name in TEXT_FIELDS for value in reading.values.get(name, ()))
    if body:
        found["body"] = _paragraphs(body, record)
    if "headline" in texts:
        found["headline"] = _headline(reading, body)
    if "date" in texts and "edition" in texts:
        # A line of the date may go on with one part of the edition, and the next line with another.
        rest = (leading_date(texts["date"]) or ("", ""))[1]
        found["edition"] = "; ".join(filter(None, (rest.rstrip("; "), texts["edition"])))
    if "time" in texts and "published" in found:
        found["published"] = with_time(found["published"], texts["time"])
    return found


def _paragraphs(values: list[tuple[int, str]], record: Record) -> tuple[str, ...]:
    """The paragraphs that some lines are: where text is hard-wrapped, lines without a blank one between are one."""
    if not record.is_wrapped:
        return tuple(" ".join(text.split()) for _, text in values)
    joined: list[list[str]] = []
    last = -1
    for index, text in values:
        if joined and index == last + 1:
            joined[-1].append(text)
        else:
            joined.append([text])
        last = index
    return tuple(" ".join(" ".join(parts).split()) for parts in joined)


def _headline(reading: Reading, body: list[tuple[int, str]]) -> str:
    """The headline above the text; one that is stated again behind it says nothing new."""
    values = reading.values["headline"]
    above = [text for index, text in values if not body or index < body[0][0]]
    return " ".join(" ".join(above or [text for _, text in values]).split())


def _value(name: str, text: str, paragraphs: tuple[str, ...], vendor: Vendor) -> Mapping[str, Any]:
    """A field's value, by the names under which an article holds it."""
    if name in ("body", "headline"):
        return {}
    if name == "date":
        found = leading_date(text) or ((date, "") if (date := date_in(text)) else None)
        return _dated(text, found)
    if name == "byline":
        return {"byline": text, "authors": authors_in(text, inverted=vendor.name == "proquest")}
    if name == "publication":
        return {"source": text}
    if name == "deck":
        return {"deck": paragraphs}
    if name == "captions":
        return {"captions": tuple(Caption(text=one, raw=one) for one in paragraphs)}
    if name == "dateline":
        return {"dateline": Dateline(place=text if not any(map(str.isdigit, text)) else None, raw=text)}
    if name == "section":
        return {"section": text}
    if name == "language":
        tag = language_tag(text)
        words = {} if tag == text.lower() else {"extra": {"language": text}}
        return {"language": tag, **words} if tag else words
    if name in _COUNTS:
        return {name: count} if (count := count_in(text)) is not None else {name: text}
    if name in _LISTS:
        return {name: list(dict.fromkeys(one for part in paragraphs for one in list_in(part)))}
    return {name: text}


def _dated(text: str, found: Any) -> Mapping[str, Any]:
    """The date of publication and what its line says behind it; a date that cannot be read stays as it stands."""
    if found is None:
        return {"date": text}
    date, rest = found
    return {"published": date, **({"edition": rest} if rest else {})}
