"""Rows to records: where one article's lines end and the next one's begin.

Takes rows, gives `Record` after `Record`; joined they are all rows. A start line, an end line or the markup parts
records; where a start line is missing, a label that a record has once parts them.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

import attrs

from newsparse_archives.rows import Row
from newsparse_archives.tables import Vendor

# Text whose longest line is shorter than this is hard-wrapped, so that blank lines part its paragraphs.
WRAPPED = 100


@attrs.define
class Record:
    """The lines of one article, or lines between articles."""

    rows: list[Row] = attrs.field(factory=list)
    number: int | None = None
    """Its number in the export, as its start line says."""
    total: int | None = None
    """How many documents the export has, as its start line says."""
    markers: int = 0
    """How many start or end lines of articles it has."""
    is_preamble: bool = False
    """Whether it stands before the first start line."""
    is_cut: bool = False
    """Whether it was cut since it is longer than a record may be."""

    @cached_property
    def is_wrapped(self) -> bool:
        """Whether lines are parts of paragraphs."""
        return not any(row.flows or len(row.raw) > WRAPPED for row in self.rows)

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing but blank lines and start lines."""
        return self.markers == 0 and not any(row.text for row in self.rows)


def records(rows: Iterable[Row], vendor: Vendor, limit: int) -> Iterator[Record]:
    """The records of some rows.

    Args:
        rows: All rows of an input.
        vendor: Whose lines start and end records.
        limit: How many characters a record may have.
    """
    record = Record()
    size = 0
    started = False
    for row in rows:
        start = vendor.starts.match(row.text)
        is_full = size + len(row.raw) > limit
        parts = is_full or row.opens or (start and not _is_bare(record, vendor))
        if parts and any(one.text for one in record.rows):
            record.is_preamble = bool(start) and not started
            record.is_cut = is_full
            yield from _parted(record, vendor)
            record, size = Record(), 0
        started = started or bool(start)
        if row.opens and row.marked:
            record.markers = 1
        record.rows.append(row)
        size += len(row.raw)
        if start:
            groups = start.groupdict()
            record.number = _number(groups.get("number")) or record.number
            record.total = _number(groups.get("total")) or record.total
            record.markers = int(record.number is not None)
        elif row.text and vendor.ends.match(row.text):
            record.markers = 1
            yield from _parted(record, vendor)
            record, size = Record(), 0
    if record.rows:
        yield from _parted(record, vendor)


def _is_bare(record: Record, vendor: Vendor) -> bool:
    """Whether a record has start lines alone, as a ruler and a number below it."""
    return all(not row.text or vendor.starts.match(row.text) for row in record.rows)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits and len(digits) < 10 else None


def _parted(record: Record, vendor: Vendor) -> Iterator[Record]:
    """A record, or the records it holds where start lines between them are missing."""
    keys = [_field(row, vendor) for row in record.rows]
    once = [index for index, field in enumerate(keys) if field in vendor.once]
    cuts = []
    for before, here in pairwise(once):
        closing = [index for index in range(before, here) if keys[index] in vendor.closing]
        if closing:
            # The new record begins behind the last line of the old one and the lines that go on from it.
            cut = closing[-1] + 1
            while cut < here and record.rows[cut].text:
                cut += 1
            cuts.append(cut)
    edges = [0, *cuts, len(record.rows)]
    for first, last in pairwise(edges):
        yield attrs.evolve(
            record,
            rows=record.rows[first:last],
            number=None if first else record.number,
            total=None if first else record.total,
            markers=0 if first else record.markers,
        )


def _field(row: Row, vendor: Vendor) -> str | None:
    """The field of a labelled line, in any of the vendor's layouts."""
    for layout in vendor.layouts:
        if layout.key and (found := layout.key.match(row.text)) and found["label"] in layout.labels:
            return layout.labels[found["label"]]
    return None
