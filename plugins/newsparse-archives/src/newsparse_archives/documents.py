"""Readings to documents: what a record states, as labels and fields of one `Document`.

Takes records, gives a `Document` each, and with the last one the issues of the whole input: how many markers were
seen, how many articles were built, how many lines nothing used, and which labels no table knows.
"""

import hashlib
from collections.abc import Iterable, Iterator

import attrs

from newsparse import Document, Issue, Label, Origin, ReadContext, Role
from newsparse_archives.fields import continued, stated
from newsparse_archives.layouts import read_record
from newsparse_archives.readings import Reading
from newsparse_archives.records import Record
from newsparse_archives.rows import Row
from newsparse_archives.streams import Lines
from newsparse_archives.tables import Vendor
from newsparse_archives.tallies import LONG, Tally
from newsparse_archives.values import count_in

# A short text between records is what the export's page says of itself.
_FURNITURE = 2000
# So many lines from its start show what a text between records is.
_SHOWN = 20


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
        self.tally = Tally(self.vendor.name)

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
        wrapped = continued(reading, record)
        labels = [
            Label(index + 1, role, reason=f"{self.vendor.name} {reading.layout}", continues=index in wrapped)
            for index, role in sorted(reading.roles.items())
        ]
        fields = [(0, name, value) for name, value in stated(reading, record, self.vendor).items()]
        return Document(text, origin, labels, fields, self._taken(), articles=1)

    def _other(self, record: Record, reading: Reading | None, text: str, origin: Origin) -> Document:
        """A record in no known layout: what stands around the records, else for the generic parser."""
        tally = self.tally
        used = [index for index, row in enumerate(record.rows) if row.text]
        known = any(self.vendor.furniture.match(record.rows[index].text) for index in used[:_SHOWN])
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
