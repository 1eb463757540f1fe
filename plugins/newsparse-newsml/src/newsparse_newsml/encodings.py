"""Bytes of XML to text that an XML parser takes, a piece at a time.

The order is that of newsparse: a byte order mark, strict UTF-8, what the caller or the XML declaration names, cp1252.
Encodings that agree on ASCII are told apart at the first piece that holds anything else.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

import attrs

PIECE = 1 << 16
"""How many bytes are read at a time."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    # No mark, but the "<" of an XML document in sixteen bits (XML 1.0, appendix F).
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_DECLARATION = b"<?xml"
# Where a document begins: its declaration, or, of one without, a root that stands inside no other element.
_BEGINS = re.compile(rb"(?=<\?xml\s|<(?:NewsML|newsMessage)[\s>])")
# What Python calls encodings of text, but no file is written in: some of them take squared time.
_STRANGE = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_WIDE = re.compile(r"utf.(?:16|32)")


@attrs.define
class Texts:
    """What the bytes of a stream say, in pieces.

    Attributes:
        encoding: The encoding in use.
        faults: What was wrong, once each, in words.
    """

    stream: BinaryIO
    named: str | None = None
    """What the caller says the encoding is."""
    encoding: str = "utf-8"
    faults: list[str] = attrs.field(factory=list)
    digest: "object | None" = None
    """A hash that is given every byte that is read."""
    read: int = 0
    """How many bytes were read so far."""

    _decoder: codecs.IncrementalDecoder | None = None
    _declared: str | None = None
    _has_root: bool = False

    def pieces(self) -> Iterator[str]:
        """The text, in pieces that end wherever they end."""
        rest = b""
        first = True
        while data := self.stream.read(PIECE):
            self.read += len(data)
            if self.digest is not None:
                self.digest.update(data)  # type: ignore[attr-defined]  # hashlib's own type is private
            data = rest + data
            if first:
                data = self._marked(data)
                first = False
            rest = b""
            if _WIDE.match(self.encoding):
                yield self._decoded(data)
                continue
            # Each document in a file may declare an encoding of its own.
            *before, data = _BEGINS.split(data)
            for part in before:
                yield self._document(part)
            if cut := _cut_declaration(data):
                data, rest = data[:-cut], data[-cut:]
            yield self._document(data)
        if rest:
            yield self._document(rest)
        yield self._ended()

    def _ended(self) -> str:
        """What a character that was cut off at the end of a document leaves."""
        return self._noted(self._decoder.decode(b"", True)) if self._decoder else ""

    def _marked(self, data: bytes) -> bytes:
        for mark, name in _MARKS:
            if data.startswith(mark):
                self._use(name)
                return data if mark in (b"<\0", b"\0<") else data[len(mark) :]
        if self.named and _WIDE.match(codecs.lookup(self.named).name):
            self._use(self.named)
        return data

    def _document(self, data: bytes) -> str:
        is_declared = data.startswith(_DECLARATION)
        is_root = not is_declared and _BEGINS.match(data) is not None
        ended = ""
        if is_declared or (is_root and self._has_root):
            ended = self._ended()
            self._decoder = None
            found = _DECLARED.match(data)
            self._declared = found[1].decode() if found else None
        self._has_root = is_root or (self._has_root and not is_declared)
        return ended + self._document_piece(data)

    def _document_piece(self, data: bytes) -> str:
        if self._decoder is None:
            # Stateful encodings are ASCII to the eye, so a declared one is taken at its word.
            declared = _known(self._declared)
            if data.isascii() and not (declared and declared.startswith(("iso2022", "hz"))):
                return data.decode()
            self._use(self._best(data, declared))
        return self._decoded(data)

    def _best(self, data: bytes, declared: str | None) -> str:
        named = _known(self.named)
        if declared and declared.startswith(("iso2022", "hz")):
            return declared
        for name in dict.fromkeys(("utf-8", named, declared)):
            if name and _fits(data, name):
                if declared and name != declared and declared != "ascii":
                    self._fault(f"it declares {declared} but is {name}")
                return name
        return named or declared or "utf-8"

    def _use(self, name: str) -> None:
        self.encoding = codecs.lookup(name).name
        self._decoder = codecs.getincrementaldecoder(name)(_RESCUE)

    def _decoded(self, data: bytes) -> str:
        assert self._decoder is not None  # `_use` was called
        try:
            text = self._decoder.decode(data)
        except ValueError:
            # A decoder that will not go on, of a wide encoding say: the bytes are kept as cp1252.
            text = data.decode("cp1252", "replace")
            self._fault(f"it is not {self.encoding}")
        return self._noted(text)

    def _noted(self, text: str) -> str:
        if _MARK in text:
            self._fault(f"some bytes are not {self.encoding}; they were read as cp1252")
        return text.replace(_MARK, "")

    def _fault(self, message: str) -> None:
        if message not in self.faults:
            self.faults.append(message)


# A character that no XML may hold, put before each rescued one so that it is noticed.
_MARK = "\ufffe"
_RESCUE = "newsparse-newsml-cp1252"


def _rescue(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that an encoding does not have as cp1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _MARK + error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_RESCUE, _rescue)


def _known(name: str | None) -> str | None:
    """Python's name of an encoding that text may be in, or ``None``."""
    try:
        found = codecs.lookup(name or "")
        return found.name if found.name not in _STRANGE and isinstance(b"a".decode(found.name), str) else None
    except (LookupError, ValueError):
        return None


def _fits(data: bytes, name: str) -> bool:
    try:
        codecs.getincrementaldecoder(name)().decode(data)
    except ValueError:
        return False
    return True


def _cut_declaration(data: bytes) -> int:
    """How many bytes at the end may be the beginning of an XML declaration, or one that has not ended."""
    start = data.rfind(b"<", -256)
    if start >= 0 and (_DECLARATION.startswith(data[start:]) or data[start : start + 5] == _DECLARATION):
        return 0 if b">" in data[start:] else len(data) - start
    return 0
