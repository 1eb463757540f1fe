"""JSON Lines: a record a line.

Takes bytes, gives a `Document` a line. A line that is no record gives a document without text and with an issue, and
reading goes on.
"""

import codecs
import hashlib
from collections.abc import Iterator
from typing import BinaryIO

import attrs

from newsparse.extensions import Document, ReadContext, Reader
from newsparse.options import number_option
from newsparse.readers.charsets import check_encoding, decode
from newsparse.readers.jsons import loads
from newsparse.readers.limits import RECORD, skip_line, too_long
from newsparse.readers.own import is_own
from newsparse.readers.rows import OPTIONS, BadRecordError, Columns, Place, states_text

# How sure the reader is: of our own records, by known columns, by name and first line, by the first line, by name.
_OWN, _KNOWN, _NAMED_RECORD, _RECORD, _NAMED, _NO = 99, 75, 80, 45, 60, 0


def _sniff(head: bytes, name: str) -> int:
    line, end, _ = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    named = name.endswith(JSONL.suffixes)
    if not line.startswith(b"{"):
        return _NAMED if named else _NO
    try:
        # In Latin-1 all bytes are letters: whether this is JSON does not hang on the encoding.
        record = loads(line.decode("latin-1"))
    except BadRecordError:
        if end:
            # A broken first line is one record lost; where more lines open as records it is no JSON over lines.
            more = b'\n{"' in head
            return _NAMED_RECORD if named and more else _NAMED if named else _NO
        # The head may be too short for the first line, which then begins as our own do.
        own = line.startswith(b'{"id":"') and all(
            f'"{key}":'.encode() in line for key in ("headline", "deck", "section")
        )
        return _OWN if own else _NAMED_RECORD if named else _NO
    return _OWN if is_own(record) else _NAMED_RECORD if named else _KNOWN if states_text(list(record)) else _RECORD


def _read(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    check_encoding(context.encoding)
    limit = number_option(context.options, "limit", RECORD)
    columns = Columns.chosen(context.options)
    number, offset = context.line - 1, context.offset
    place = Place(context, JSONL.name, 0)
    while line := stream.readline(limit + 1):
        number += 1
        place = Place(context, JSONL.name, number, offset, number)
        offset += len(line)
        if len(line) > limit and not line.endswith(b"\n"):
            offset += skip_line(stream)
            yield Document(origin=place.origin(), issues=(too_long(place, limit),))
        elif not line.isspace():
            yield _document(line, place, columns)
    yield from columns.report(place)


def _document(line: bytes, place: Place, columns: Columns) -> Document:
    decoded = decode(line, place.context.encoding)
    origin = place.origin(decoded.encoding, f"sha256:{hashlib.sha256(line).hexdigest()}")
    issues = [attrs.evolve(issue, message=f"{place}: {issue.message}") for issue in decoded.issues]
    try:
        return columns.document(loads(decoded.text), place, origin, issues)
    except BadRecordError as error:
        return place.bad(error, origin, issues)


JSONL = Reader(
    "jsonl",
    (".jsonl", ".ndjson", ".jsonlines"),
    _sniff,
    _read,
    OPTIONS,
    "JSON Lines: a record a line, an article or a text in one of its columns; newsparse's own too",
    splits=True,
)
