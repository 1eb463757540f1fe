"""Reads and writes RSS and Atom for newsparse."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from newsparse import Document, OutputFormat, ReadContext, Reader, WriteContext, Writer, hookimpl

# The root element: of RSS 0.9x to 2.0, of Atom, of RSS 0.90 and 1.0.
_ROOT_RE = re.compile(
    rb"<(?:rss[\s>]|(?:\w{1,20}:)?feed\b[^>]{0,2000}(?:www\.w3\.org/2005/Atom|purl\.org/atom)|"
    rb"rdf:RDF\b[^>]{0,2000}(?:purl\.org/rss/|my\.netscape\.com/rdf))"
)
_SURE, _NAMED, _NO = 95, 60, 0


@hookimpl
def newsparse_register_formats() -> Iterable[OutputFormat]:
    """RSS and Atom."""
    options = ("title", "link")
    return (
        OutputFormat(
            "rss",
            ".rss",
            "application/rss+xml",
            open=_open_rss,
            options=options,
            title="RSS 2.0, captions and credits as Media RSS",
        ),
        OutputFormat(
            "atom",
            ".atom",
            "application/atom+xml",
            open=_open_atom,
            options=options,
            title="Atom, captions and credits as Media RSS",
        ),
    )


@hookimpl
def newsparse_register_readers() -> Iterable[Reader]:
    """RSS and Atom."""
    return (
        Reader(
            "feeds", (".rss", ".atom"), _sniff, _read, ("limit",), "RSS and Atom of any version, an article an entry"
        ),
    )


def _open_rss(stream: BinaryIO, context: WriteContext) -> Writer:
    from newsparse_feeds.writers import open_rss

    return open_rss(stream, context)


def _open_atom(stream: BinaryIO, context: WriteContext) -> Writer:
    from newsparse_feeds.writers import open_atom

    return open_atom(stream, context)


def _read(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    from newsparse_feeds.reader import read_feed

    return read_feed(stream, context)


def _sniff(head: bytes, name: str) -> int:
    # In UTF-16 every other byte of a tag is nought.
    if _ROOT_RE.search(head.replace(b"\0", b"")):
        return _SURE
    return _NAMED if name.endswith((".rss", ".atom")) else _NO
