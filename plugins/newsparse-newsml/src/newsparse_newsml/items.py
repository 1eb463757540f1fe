"""Bytes to the items of a news file, one element at a time, in bounded memory.

An item is the outermost element of one of `ITEMS`. What was read is cleared before the next one is.
"""

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

import attrs

from newsparse import CUT_SHORT, Issue, Origin, ReadContext
from newsparse_newsml.encodings import Texts
from newsparse_newsml.markup import Cleaner

if TYPE_CHECKING:
    from lxml.etree import XMLPullParser, _Element

LIMIT = 1 << 26
"""How many bytes an item may have, unless the option ``limit`` says otherwise: an item is held whole."""
ITEMS = frozenset(
    {"newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem", "NewsItem", "nitf"}
)
"""The elements that are read as one document each."""
HEADERS = frozenset({"header", "NewsEnvelope"})
"""The elements that speak of all items behind them."""

BROKEN = "broken-markup"
"""The code of an issue: the file is no well-formed XML, and was read as far as it goes."""
DAMAGED = "charset-damaged"
"""The code of an issue: bytes that are not in the file's encoding, or another encoding than it declares."""
NO_DTD = "dtd-not-read"
"""The code of an issue: the file names or holds a document type, which is never read."""

# The parser's own limits: depth of nesting, length of one text or name. It stops there.
_PARSER_LIMITS = ("ERR_RESOURCE_LIMIT", "ERR_NAME_TOO_LONG", "ERR_INTERNAL_ERROR")
# lxml matches tags in any namespace, and in none, by this.
_ANY = "{*}"


@attrs.frozen
class Item:
    """One item as it was found."""

    element: "_Element | None"
    """``None`` where a file has faults and nothing else."""
    header: "_Element | None" = None
    origin: Origin = attrs.field(factory=Origin)
    issues: tuple[Issue, ...] = ()


def name_of(element: "_Element") -> str:
    """An element's name without namespace or prefix; ``""`` for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def iter_items(stream: BinaryIO, context: ReadContext, reader: str, limit: int = LIMIT) -> Iterator[Item]:
    """The items of a file.

    Args:
        stream: The file.
        context: What the caller said of it.
        reader: The reader's name, for the origin.
        limit: How many bytes an item may have.
    """
    digest = hashlib.sha256()
    texts = Texts(stream, context.encoding, digest=digest)
    cleaner = Cleaner()
    told = _Told(texts, cleaner, context.path or "the input")
    count = 0

    def item(element: "_Element | None", header: "_Element | None") -> Item:
        origin = Origin(
            path=context.path,
            record=count,
            reader=reader,
            encoding=texts.encoding,
            digest=f"sha256:{digest.hexdigest()}",
        )
        return Item(element, header, origin, told.issues())

    document = _Document()
    since = 0
    for piece in cleaner.documents(texts.pieces()):
        document.feed(piece)
        if piece is None:
            told.markup += document.close()
        for element, header in document.items():
            count += 1
            told.markup += document.errors()
            yield item(element, header)
            since = texts.read
        if piece is None:
            document = _Document()
        elif texts.read - since > limit:
            told.over = f"an item has more than {limit} bytes; it was read no further: raise the option limit"
            document.close()
            for element, header in document.items():
                count += 1
                yield item(element, header)
            break
    if told.pending() or not count:
        count += 1
        if count == 1:
            told.markup.append("no item of news was found")
        yield item(None, None)


class _Document:
    """One XML document on its way through the parser."""

    def __init__(self) -> None:
        self._parser: XMLPullParser | None = None
        self._outer: _Element | None = None
        self._open: list[_Element] = []
        self._done: list[tuple[_Element, _Element | None]] = []
        self._header: _Element | None = None
        self._told = 0

    def feed(self, piece: str | None) -> None:
        if not piece or (self._parser is None and piece.isspace()):
            return
        if self._parser is None:
            from lxml.etree import XMLPullParser

            self._parser = XMLPullParser(
                events=("start", "end"),
                tag=[_ANY + name for name in (*ITEMS, *HEADERS)],
                recover=True,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                remove_comments=True,
                remove_pis=True,
                encoding="utf-8",
            )
        self._parser.feed(piece.encode("utf-8", "replace"))
        self._collect()

    def _collect(self) -> None:
        if self._parser is None:
            return
        for event, found in self._parser.read_events():
            element = cast("_Element", found)  # of these two events it is one
            name = name_of(element)
            if event == "start":
                if self._outer is None and name in ITEMS:
                    self._outer = element
            elif element is self._outer:
                self._done.append((element, self._header))
                self._outer = None
            elif self._outer is None and name in HEADERS:
                self._header = element

    def items(self) -> Iterator[tuple["_Element", "_Element | None"]]:
        """The items that are whole; each is cleared when the next one is asked for."""
        while self._done:
            element, header = self._done.pop(0)
            yield element, header
            element.clear()
            parent = element.getparent()
            if parent is not None:
                for before in list(element.itersiblings(preceding=True)):
                    if before is not header:
                        parent.remove(before)

    def errors(self) -> list[str]:
        """What the parser complained of since it was last asked."""
        if self._parser is None:
            return []
        entries = list(self._parser.feed_error_log)[self._told :]
        self._told += len(entries)
        return [f"{entry.type_name}: line {entry.line}: {entry.message.strip()}" for entry in entries]

    def close(self) -> list[str]:
        """End the document; an item that was not whole is one now. Gives the errors that are left."""
        if self._parser is None:
            return []
        from lxml.etree import XMLSyntaxError

        errors = []
        try:
            self._parser.close()
        except XMLSyntaxError as error:
            errors.append(f"line {error.lineno}: {error.msg}")
        self._collect()
        if self._outer is not None:
            self._done.append((self._outer, self._header))
            self._outer = None
        return self.errors() or errors


@attrs.define
class _Told:
    """What is wrong with the file, each fault told once."""

    texts: Texts
    cleaner: Cleaner
    path: str
    markup: list[str] = attrs.field(factory=list)
    over: str | None = None
    _known: set[tuple[str, str]] = attrs.field(factory=set)

    def issues(self) -> tuple[Issue, ...]:
        """The issues that were not told yet."""
        found = tuple(self._new())
        self._known.update((issue.code, issue.message) for issue in found)
        self.markup.clear()
        return found

    def pending(self) -> bool:
        return any(True for _ in self._new())

    def _new(self) -> Iterator[Issue]:
        for code, message in self._all():
            if (code, f"{self.path}: {message}") not in self._known:
                yield Issue(code, f"{self.path}: {message}")

    def _all(self) -> Iterator[tuple[str, str]]:
        cleaner = self.cleaner
        if self.over:
            yield CUT_SHORT, self.over
        if names := sorted(cleaner.entities):
            yield CUT_SHORT, f"entities are not expanded: {', '.join(names[:5])} stand in the text as they are written"
        if names := sorted(cleaner.external):
            yield CUT_SHORT, f"external entities are not read: {', '.join(names[:5])}"
        if cleaner.has_type:
            yield NO_DTD, "its document type was not read; nothing is ever fetched"
        for fault in self.texts.faults:
            yield DAMAGED, fault
        for fault in cleaner.faults:
            yield BROKEN, fault
        limits = [error for error in self.markup if error.startswith(_PARSER_LIMITS)]
        if limits:
            yield CUT_SHORT, f"the XML parser stopped ({limits[0]})"
        elif self.markup:
            more = f" and {len(self.markup) - 1} more" if len(self.markup) > 1 else ""
            yield BROKEN, f"{self.markup[0].partition(': ')[2] or self.markup[0]}{more}; it was read as far as it goes"
