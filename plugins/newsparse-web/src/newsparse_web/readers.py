"""The readers: HTML files, WARC and WET."""

import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO

import attrs

from newsparse import Document, Origin, ReadContext, Reader
from newsparse.options import number_option
from newsparse.readers.charsets import check_encoding
from newsparse.readers.limits import read_whole
from newsparse_web.pages import decode_page, page_document
from newsparse_web.records import LIMIT, read_records

__all__ = ["HTML", "LIMIT", "WARC", "WET"]

# How sure: a page may be an export of an archive or a feed's page, whose own readers know more; a name alone is little.
_PAGE, _MARKUP, _NAMED, _NO = 70, 40, 25, 0
_RECORDS = 100
_PAGE_RE = re.compile(
    rb"\s*+(?:<\?xml[^<>]*+>\s*+)?(?:<!--[^>]*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)[\s>]", re.I
)
_MARKUP_RE = re.compile(rb"<(?:html|head|body|div|article|main|p|h1|meta|title)[\s>]", re.I)
_BOM = b"\xef\xbb\xbf"


def _sniff_page(head: bytes, name: str) -> int:
    if _PAGE_RE.match(head.removeprefix(_BOM)):
        return _PAGE
    if name.endswith(HTML.suffixes):
        return _MARKUP if _MARKUP_RE.search(head) else _NAMED
    return _NO


def _read_page(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    check_encoding(context.encoding)
    data, issues = read_whole(stream, number_option(context.options, "limit", LIMIT), context.path)
    decoded = decode_page(data, context.encoding)
    origin = Origin(
        context.path,
        reader=HTML.name,
        encoding=decoded.encoding,
        digest=f"sha256:{hashlib.sha256(data).hexdigest()}",
        offset=decoded.start,
    )
    document = page_document(decoded, origin)
    yield attrs.evolve(document, issues=(*document.issues, *issues))


def _sniff_warc(head: bytes, name: str) -> int:
    return _RECORDS - 10 if head.startswith(b"WARC/") else _NO


def _sniff_wet(head: bytes, name: str) -> int:
    # The first record of a file describes the file, so the kind of the others stands further down.
    is_text = b"WARC-Type: conversion" in head or name.endswith(WET.suffixes)
    return _RECORDS if head.startswith(b"WARC/") and is_text else _NO


def _read_warc(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    return read_records(stream, context, WARC.name)


def _read_wet(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    return read_records(stream, context, WET.name)


HTML = Reader(
    "html", (".html", ".htm", ".xhtml"), _sniff_page, _read_page, ("limit",), "an HTML page; a page is an article"
)
WARC = Reader("warc", (".warc",), _sniff_warc, _read_warc, ("limit",), "web archives: a document each HTML response")
WET = Reader("wet", (".wet",), _sniff_wet, _read_wet, ("limit",), "texts of web archives: a document each conversion")
