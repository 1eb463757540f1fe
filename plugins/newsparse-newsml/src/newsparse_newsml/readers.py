"""The readers: which files are theirs, and items to documents."""

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from newsparse import Document, ReadContext, Reader, number_option
from newsparse_newsml.items import LIMIT, Item, iter_items, name_of

# Byte order marks as they look here, and blanks.
_MARKS = "\xef\xbb\xbf\xff\xfe \t\r\n"
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?=[\s/>])([^>]{0,2000})")
_G2 = frozenset(
    {"newsMessage", "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"}
)
# A file of any other element of the standard, as a catalogue of schemes, holds no item and says so.
_G2_NAMESPACE = "http://iptc.org/std/nar/"
_ROOTS = {"newsml-g2": _G2, "newsml": frozenset({"NewsML"}), "nitf": frozenset({"nitf"})}
# A root element says what a file is; the name of a file that is XML hints at it.
_SURE, _NAMED = 97, 40


def _sniff(name: str, suffixes: tuple[str, ...], head: bytes, path: str) -> int:
    # Letters are all that is looked at, so any encoding of them will do; wide ones have NULs between.
    text = _COMMENT.sub("", head.replace(b"\0", b"").decode("latin-1"))
    found = _ROOT.search(text)
    if found:
        is_other = name == "newsml-g2" and _G2_NAMESPACE in found[2]
        return _SURE if found[1] in _ROOTS[name] or is_other else 0
    return _NAMED if path.endswith(suffixes) and text.lstrip(_MARKS).startswith("<") else 0


def _read(name: str, stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    for item in iter_items(stream, context, name, number_option(context.options, "limit", LIMIT)):
        yield from _documents(item, context.path)


def _documents(item: Item, path: str | None) -> Iterator[Document]:
    from newsparse_newsml.g2 import read_g2
    from newsparse_newsml.newsml1 import read_newsml1
    from newsparse_newsml.nitf import read_nitf
    from newsparse_newsml.sheets import Sheet

    root = item.element
    if root is None:
        yield Document(origin=item.origin, issues=item.issues)
        return
    kind = name_of(root)
    if kind != "NewsItem":
        sheet = Sheet()
        (read_nitf if kind == "nitf" else read_g2)(item, sheet)
        yield sheet.document(item, sheet.unmapped(root, path))
        return
    sheets = read_newsml1(item)
    for number, sheet in enumerate(sheets):
        # What is left over is left over by all of them together.
        first = number == 0
        yield sheet.document(
            item if first else Item(root, item.header, item.origin), sheets[0].unmapped(root, path) if first else ()
        )


def _reader(name: str, suffixes: tuple[str, ...], title: str) -> Reader:
    return Reader(name, suffixes, partial(_sniff, name, suffixes), partial(_read, name), ("limit",), title)


NEWSML_G2 = _reader("newsml-g2", (".newsml", ".xml"), "NewsML-G2: items, packages and messages")
NEWSML = _reader("newsml", (".newsml", ".xml"), "NewsML 1.0 to 1.2")
NITF = _reader("nitf", (".nitf", ".xml"), "NITF, with or without its namespace")
