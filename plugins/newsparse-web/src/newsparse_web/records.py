"""Web archives to documents: the pages of a WARC, the texts of a WET, one record at a time.

Takes a stream, gives a `Document` for each response of HTML and for each record of text. fastwarc reads the records;
where one is broken, reading goes on at the next line that begins one.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

import attrs

from newsparse import Document, Issue, Origin, ReadContext
from newsparse.options import number_option
from newsparse.readers.charsets import check_encoding, decode
from newsparse.readers.limits import too_long
from newsparse_web.pages import decode_page, page_document

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

LIMIT = 1 << 25
"""How many bytes a page or record may have, unless the option ``limit`` says otherwise: the largest news pages have a
hundredth of it, and a page is held several times over."""
BROKEN = "record-broken"
"""The code of an issue: a record is damaged or breaks off; what could be read of it was."""
PASSED_OVER = "records-passed-over"
"""The code of an issue: responses that are no pages, by kind and number, once an input."""

_START = b"\nWARC/1."
"""How a record begins, with the end of the line above it."""
_INNER_START = b"\r\n\r\nWARC/1."
"""How one begins in another whose length is too large: no page holds such lines."""
_CHUNK = 1 << 16
_EXTRA = ("WARC-Target-URI", "WARC-Date", "WARC-Record-ID", "WARC-Identified-Content-Language")
_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_TEXT = "text/plain"


def read_records(stream: BinaryIO, context: ReadContext, reader: str) -> Iterator[Document]:
    """The documents of a web archive; what is to be said of the whole of it stands in a last one without text."""
    check_encoding(context.encoding)
    limit = number_option(context.options, "limit", LIMIT)
    yield from _Reading(context, reader, limit).documents(_Rewindable(stream, 2 * limit))


class _Rewindable:
    """A stream that still has what was read of it last, so that a record can be looked for in it again."""

    def __init__(self, stream: BinaryIO, most: int):
        self._stream = stream
        self._most = most
        self._kept = bytearray()
        self._start = 0
        """Where the kept bytes begin in the stream."""
        self._place = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        here = self._place - self._start
        if here >= len(self._kept):
            if here > self._most:
                # A record over the limit is passed over, and so need not be kept.
                self.forget(self._place)
                here = 0
            self._kept += self._stream.read(_CHUNK if size < 0 else size)
        chunk = bytes(self._kept[here : len(self._kept) if size < 0 else here + size])
        self._place += len(chunk)
        return chunk

    def tell(self) -> int:
        """Where in the stream the next byte stands."""
        return self._place

    def forget(self, place: int) -> None:
        """What stands before a place will not be asked for again."""
        passed = min(max(0, place - self._start), len(self._kept))
        del self._kept[:passed]
        self._start += passed

    def seek_record(self, place: int) -> bool:
        """Go to the first record that begins behind a place; whether there is one."""
        place = max(place, self._start)
        while True:
            found = self._kept.find(_START, place - self._start)
            if found >= 0:
                self._place = self._start + found + 1
                self.forget(self._place)
                return True
            place = max(place, self._start + len(self._kept) - len(_START) + 1)
            self.forget(place)
            chunk = self._stream.read(_CHUNK)
            if not chunk:
                return False
            self._kept += chunk


class _Reading:
    """How a web archive is to be read, and what was met so far."""

    def __init__(self, context: ReadContext, reader: str, limit: int):
        self._context = context
        self._reader = reader
        self._limit = limit
        self._passed: Counter[str] = Counter()
        self._place = context.path or "the input"

    def documents(self, stream: _Rewindable) -> Iterator[Document]:
        """The documents of the records, and a last one with what is to be said of all."""
        from fastwarc.warc import ArchiveIterator

        # Where the current run of sound records began, the last record of it, and the least that it must reach to.
        base = last = least = 0
        while True:
            try:
                for record in ArchiveIterator(cast(BinaryIO, stream), auto_decode="all"):
                    last = base + record.stream_pos
                    least = last + record.content_length
                    stream.forget(last)
                    yield from self._document(record, last)
                if stream.tell() >= least:
                    break
                raise OSError("it breaks off")
            except OSError as error:
                found = stream.seek_record(last)
                yield self._broken(last, f"{error}; read on at byte {stream.tell()}" if found else str(error))
                if not found:
                    break
                base = last = least = stream.tell()
        if self._passed:
            names = ", ".join(f"{kind} ({count})" for kind, count in sorted(self._passed.items()))
            issue = Issue(PASSED_OVER, f"{self._place}: records without a page were passed over: {names}")
            yield Document(origin=Origin(self._context.path, reader=self._reader), issues=(issue,))

    def _broken(self, offset: int, reason: str) -> Document:
        issue = Issue(BROKEN, f"{self._place}: the record at byte {offset}, or what is behind it, is damaged: {reason}")
        return Document(origin=Origin(self._context.path, reader=self._reader, offset=offset), issues=(issue,))

    def _document(self, record: "WarcRecord", offset: int) -> Iterator[Document]:
        """The document of a record, if it holds a page or a text.

        Raises:
            OSError: The record is damaged; behind its document, if there is one.
        """
        from fastwarc.warc import WarcRecordType

        headers = record.headers
        if headers.get("Content-Length") is None:
            raise OSError("its header breaks off or states no length")
        if record.record_type not in (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion):
            return
        is_page = record.record_type == WarcRecordType.response
        stated = record.http_content_type if is_page else headers.get("Content-Type")
        kind = (stated or "no type").partition(";")[0].strip().lower()
        status = record.http_headers.status_code if is_page and record.http_headers else None
        if kind not in _PAGES and kind != _TEXT:
            self._passed[kind] += 1
            return
        if status is not None and not 200 <= status < 300:
            self._passed[f"status {status}"] += 1
            return
        data = record.reader.read(self._limit + 1)
        overrun = data.find(_INNER_START)
        if overrun >= 0:
            data = data[:overrun]
        origin = Origin(self._context.path, record=record.record_id, reader=self._reader, offset=offset)
        if len(data) > self._limit:
            yield Document(origin=origin, issues=(too_long(f"{self._place}, record at byte {offset}", self._limit),))
            return
        yield self._read(data, attrs.evolve(origin, digest=f"sha256:{hashlib.sha256(data).hexdigest()}"), kind, record)
        if overrun >= 0:
            raise OSError("the next record begins inside of it")

    def _read(self, data: bytes, origin: Origin, kind: str, record: "WarcRecord") -> Document:
        """The document of a page or text."""
        extra = {each: value for each in _EXTRA if (value := record.headers.get(each))}
        encoding = self._context.encoding
        if kind == _TEXT:
            decoded = decode(data, encoding or "utf-8")
            fields = [(None, *field) for field in extra.items()]
            return Document(decoded.text, attrs.evolve(origin, encoding=decoded.encoding), (), fields, decoded.issues)
        decoded = decode_page(data, encoding or record.http_charset)
        return page_document(decoded, attrs.evolve(origin, encoding=decoded.encoding), extra)
