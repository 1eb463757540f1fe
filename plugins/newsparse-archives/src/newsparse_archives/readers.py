"""The readers: one a vendor, for its text, HTML and XML; one each for RTF and DOCX, which hide whose text they hold."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO

from newsparse import Document, Issue, Origin, ReadContext, Reader, check_encoding, decode, number_option
from newsparse_archives.containers import docx_rows, read_whole, rtf_rows
from newsparse_archives.documents import Documents
from newsparse_archives.records import records
from newsparse_archives.rows import Row
from newsparse_archives.streams import Lines, rows
from newsparse_archives.tables import VENDORS, Vendor, vendor, vendor_of
from newsparse_archives.tallies import UNKNOWN_LAYOUT

LIMIT = 1 << 26
"""How many characters a record may have, unless the option ``limit`` says otherwise; a longer one is cut in pieces."""

# A vendor's name in that of the file makes a likely text surer, but nothing likely of any other text.
_NAMED = 2
# A DOCX is a ZIP archive: its member's name or its own tells it from others.
_ZIP, _RTF = b"PK\x03\x04", b"{\\rtf"
_SURE_OF_RTF, _SURE_OF_DOCX = 92, 97
# How many rows of a container show whose text it is.
_SHOWN = 400

_ToRows = Callable[[bytes, list[Issue]], Iterator[Row]]


def _vendor_reader(name: str) -> Reader:
    own = vendor(name)

    def sniff(head: bytes, path: str) -> int:
        score = own.score(decode(head).text.replace("\r\n", "\n").replace("\r", "\n"))
        return min(score + _NAMED, 99) if score and any(one in path for one in own.names) else score

    def read(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
        check_encoding(context.encoding)
        lines = Lines(stream, context.encoding, _limit(context))
        issues: list[Issue] = []
        yield from _documents(own, context, rows(lines, own, issues), lines, issues)

    return Reader(name, own.suffixes, sniff, read, ("limit",), own.title)


def _container_reader(name: str, to_rows: _ToRows, sniff: Callable[[bytes, str], int]) -> Reader:
    def read(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
        issues: list[Issue] = []
        found = to_rows(read_whole(stream, issues), issues)
        shown = list(islice(found, _SHOWN))
        own = vendor_of("".join(row.text + "\n" for row in shown))
        every = chain(shown, found)
        if own:
            yield from _documents(own, context, every, Lines(stream), issues)
            return
        text = "".join(row.raw for row in every)
        if text:
            message = f"the {name.upper()} is of no known vendor: it was read as plain text"
            issues.append(Issue(UNKNOWN_LAYOUT, message))
        yield Document(text, Origin(path=context.path, reader=name), issues=issues)

    title = f"{name.upper()} files of these vendors (extra {name}); not yet tried on real files"
    return Reader(name, (f".{name}",), sniff, read, ("limit",), title)


def _documents(
    own: Vendor, context: ReadContext, found: Iterable[Row], lines: Lines, issues: list[Issue]
) -> Iterator[Document]:
    limit = _limit(context)
    yield from Documents(own, context, lines, issues, limit).read(records(found, own, limit))


def _limit(context: ReadContext) -> int:
    return number_option(context.options, "limit", LIMIT)


def _sniff_rtf(head: bytes, path: str) -> int:
    return _SURE_OF_RTF if head.lstrip().startswith(_RTF) else 0


def _sniff_docx(head: bytes, path: str) -> int:
    return _SURE_OF_DOCX if head.startswith(_ZIP) and (path.endswith(".docx") or b"word/" in head) else 0


READERS = (
    *(_vendor_reader(name) for name in VENDORS),
    _container_reader("rtf", rtf_rows, _sniff_rtf),
    _container_reader("docx", docx_rows, _sniff_docx),
)
