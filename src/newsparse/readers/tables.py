"""Tables: CSV and TSV, a record a row, the first row the names of the columns.

Takes bytes, gives a `Document` a row; newsparse's own tables give their articles back.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import BinaryIO, cast

import attrs

from newsparse.errors import RecordError
from newsparse.extensions import Document, ReadContext, Reader
from newsparse.models import Issue, Origin
from newsparse.options import choice_option, number_option
from newsparse.readers.charsets import check_encoding, decode
from newsparse.readers.limits import RECORD, too_long
from newsparse.readers.own import is_sound, own_document
from newsparse.readers.rows import OPTIONS, BadRecordError, Columns, Place, states_text
from newsparse.rows import COLUMNS, article_from_row

# How sure the reader is: of our own tables, by known columns and name, by known columns, by name, not at all.
_OWN, _NAMED_KNOWN, _KNOWN, _NAMED, _NO = 99, 80, 55, 50, 0
_DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";", "pipe": "|"}
# UTF-16 and UTF-32 cannot be read line by line as bytes can, so their marks are looked for first.
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_MARK = "\ufeff"
ROW_TOO_LONG = "row-too-long"
"""The code of an issue: a row has more cells than there are columns."""

_BYTE_RE = re.compile("[\udc80-\udcff]")


class TooLongError(Exception):
    """A record went beyond the limit."""


def _header(line: str, delimiter: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line.removeprefix(_MARK)], delimiter=delimiter), [])]
    except csv.Error:
        return []


def is_own_header(names: Sequence[str]) -> bool:
    """Whether the format `csv` wrote a table with these columns."""
    return tuple(names[: len(COLUMNS)]) == COLUMNS


def _delimiter(line: str) -> str:
    """The delimiter that a header has most of."""
    return max(_DELIMITERS.values(), key=line.count)


def _sniff(head: bytes, name: str) -> int:
    wide = next((encoding for mark, encoding in _WIDE if head.startswith(mark)), "utf-8")
    line = head.decode(wide, "replace").lstrip(_MARK).split("\n", 1)[0].rstrip("\r")
    names = _header(line, _delimiter(line))
    named = name.endswith(CSV.suffixes)
    if is_own_header(names):
        return _OWN
    if len(names) > 1 and states_text(names) and all(names):
        return _NAMED_KNOWN if named else _KNOWN
    return _NAMED if named else _NO


class _Lines:
    """The lines of a text stream for the parser of CSV, which count how long the record at hand is."""

    def __init__(self, stream: io.TextIOWrapper, limit: int):
        self._stream = stream
        self._limit = limit
        self._size = 0
        self.number = 0
        self.first = 1

    def begin(self) -> None:
        """A record begins with the next line."""
        self._size, self.first = 0, self.number + 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._limit + 1 - self._size)
        if not line:
            raise StopIteration
        self.number += 1
        self._size += len(line)
        if self._size <= self._limit:
            return line
        while line and not line.endswith(("\n", "\r")):
            line = self._stream.readline(_CHUNK)
        raise TooLongError


def _read(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    check_encoding(context.encoding)
    limit = number_option(context.options, "limit", RECORD)
    named = choice_option(context.options, "delimiter", ("", *_DELIMITERS))
    buffered = io.BufferedReader(cast(io.RawIOBase, stream))
    head = buffered.peek(4)
    wide = next((encoding for mark, encoding in _WIDE if head.startswith(mark)), None)
    # Bytes that are not UTF-8 stand as lone surrogates until their cell is decoded.
    text = io.TextIOWrapper(buffered, wide or "utf-8", "replace" if wide else "surrogateescape", newline="")
    # The parser's own limit holds for the whole process and is 128 KB; it is raised, never lowered.
    csv.field_size_limit(max(csv.field_size_limit(), limit))
    lines = _Lines(text, limit)
    columns = Columns.chosen(context.options)
    head_line = next(lines, "").removeprefix(_MARK)
    delimiter = _DELIMITERS.get(named) or _delimiter(head_line)
    rows = csv.reader(chain([head_line], lines), delimiter=delimiter)
    names: list[str] | None = None
    number = 0
    place = Place(context, CSV.name, 0)
    while True:
        if names is not None:
            lines.begin()
            place = Place(context, CSV.name, number + 1, None, lines.first)
        try:
            row = next(rows)
        except StopIteration:
            break
        except (TooLongError, csv.Error) as error:
            yield (
                Document(origin=place.origin(), issues=(too_long(place, limit),))
                if isinstance(error, TooLongError)
                else place.bad(error)
            )
            rows = csv.reader(lines, delimiter=delimiter)
            continue
        cells, issues = (row, ()) if wide else _decoded(row, place)
        if names is None:
            names = [name.strip() or f"column_{number}" for number, name in enumerate(cells, 1)]
        elif any(cells):
            number += 1
            yield _document(names, cells, place, columns, place.origin(wide or context.encoding or "utf-8"), issues)
    yield from columns.report(place)


def _decoded(row: list[str], place: Place) -> tuple[list[str], tuple[Issue, ...]]:
    """The cells of a row as text, and what was wrong with them: of every kind of fault the first."""
    encoding = place.context.encoding
    if encoding is None and not any(_BYTE_RE.search(cell) for cell in row):
        return row, ()
    cells = [decode(cell.encode("utf-8", "surrogateescape"), encoding) for cell in row]
    faults = {issue.code: issue for cell in reversed(cells) for issue in cell.issues}
    issues = tuple(attrs.evolve(issue, message=f"{place}: {issue.message}") for issue in faults.values())
    return [cell.text for cell in cells], issues


def _document(
    names: list[str], cells: list[str], place: Place, columns: Columns, origin: Origin, issues: tuple[Issue, ...]
) -> Document:
    if len(cells) > len(names):
        message = f"{place}: {len(cells)} cells in {len(names)} columns; what is over was left out"
        issues = (*issues, Issue(ROW_TOO_LONG, message))
    record = dict(zip(names, cells, strict=False))
    if columns.text is None and is_own_header(names):
        document = _own(record, place, origin)
        return attrs.evolve(document, issues=(*issues, *document.issues))
    try:
        return columns.document({name: cell for name, cell in record.items() if cell}, place, origin, issues)
    except BadRecordError as error:
        return place.bad(error, origin, issues)


def _own(record: Mapping[str, str], place: Place, origin: Origin) -> Document:
    """The document of a row that newsparse wrote."""
    try:
        article = article_from_row(record)
    except RecordError as error:
        return place.bad(error, origin)
    if not is_sound(article):
        return place.bad("not an article's row", origin)
    return own_document(article, origin, CSV.name)


CSV = Reader(
    "csv",
    (".csv", ".tsv", ".tab"),
    _sniff,
    _read,
    (*OPTIONS, "delimiter"),
    "CSV and TSV: a record a row, an article or a text in one of its columns; newsparse's own too",
)
