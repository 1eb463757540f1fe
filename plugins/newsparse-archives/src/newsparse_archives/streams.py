"""Bytes to rows: the lines of a stream, part by part.

Takes a stream, gives `Row` after `Row`. A stream may hold several files end to end: each part is read as what it is,
plain text, HTML or XML. Text keeps every character; HTML and XML give their values, a row each.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

import attrs

from newsparse import Issue, OptionError, check_encoding, decode
from newsparse_archives.markup import BROKEN, Markup
from newsparse_archives.rows import Row
from newsparse_archives.tables import Vendor

# Markup is read in pieces of this size: its parser looks again at what it could not finish.
_PIECE = 1 << 14
_CHUNK = 1 << 16
_BLANKS = "\ufeff \t\r\n\f"

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# Where another file begins inside of a line, and where one ends.
_STARTS = re.compile(r"(?=<!doctype\s+html|<html[\s>]|<\?xml\s)", re.I)
_HTML_START = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|style|title|div|table|article|p|span)[\s>]", re.I)
_XML_START = re.compile(r"<[A-Za-z_]")
_ROOT = re.compile(r"<([A-Za-z_][\w:.-]*)")
_FILE = re.compile(r"(?P<xml><\?xml\s)|(?P<tag><html[\s>])|<!doctype\s+html", re.I)
_DECLARED = re.compile(r"""(?:charset|encoding)\s*=\s*["']?([A-Za-z][\w.:-]{1,30})""", re.I)


@attrs.define
class Lines:
    """The decoded lines of a stream, each with its bytes.

    Args:
        stream: What is read.
        encoding: What the caller says the bytes are.
        limit: How many bytes a line may have; a longer one comes in pieces.
    """

    stream: BinaryIO
    encoding: str | None = None
    limit: int = 1 << 26
    declared: str | None = None
    """The encoding that the markup declares."""
    used: str = "utf-8"
    """The encoding of the line that was read last."""
    issues: list[Issue] = attrs.field(factory=list)
    """What was wrong with the bytes."""

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        data = self.stream.read(4) or b""
        if wide := _wide(data, self.encoding):
            yield from self._wide(data, wide)
            return
        data += self.stream.readline(self.limit) or b""
        while data:
            found = decode(data, self.encoding or self.declared)
            self.used = found.encoding
            self.issues += found.issues
            # A file may end its lines with carriage returns alone; the bytes of several lines go with the first.
            for text in _LINES.findall(found.text):
                yield text, data
                data = b""
            data = self.stream.readline(self.limit) or b""

    def _wide(self, data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
        """The lines of a text whose letters are wider than a byte."""
        self.used = name
        decoder = codecs.getincrementaldecoder(name)("replace")
        rest = ""
        while data:
            *lines, rest = _LINES.findall(rest + decoder.decode(data)) or [""]
            for text in lines:
                yield text, data
                data = b""
            data = self.stream.read(_CHUNK) or b""
        if rest := rest + decoder.decode(b"", True):
            yield rest, b""


def _wide(head: bytes, encoding: str | None) -> str | None:
    """The encoding of a text in which a line end is more than a byte."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return encoding if encoding and "\n".encode(encoding, "ignore") != b"\n" else None


@attrs.define
class _Part:
    """A file of markup inside of a stream."""

    parser: Markup
    is_xml: bool
    end: str | None = None
    """Its last tag, as far as it is known."""
    waiting: list[str] = attrs.field(factory=list)
    size: int = 0

    def take(self, text: str) -> Iterator[Row]:
        """The rows that became whole with some more text."""
        if self.end is None and (found := _ROOT.search(text)):
            self.end = f"</{found[1]}>".lower()
        self.waiting.append(text)
        self.size += len(text)
        if self.size >= _PIECE:
            yield from self._read()

    def stop(self, text: str) -> int | None:
        """Where the file ends inside of a text."""
        found = text.lower().find(self.end) if self.end else -1
        return found + len(self.end or "") if found >= 0 else None

    def close(self, issues: list[Issue]) -> Iterator[Row]:
        """The last rows; the issues go to a list."""
        yield from self._read(is_end=True)
        # A declaration alone, as above XHTML, is no broken file.
        issues += [issue for issue in self.parser.issues if self.end or issue.code != BROKEN]

    def _read(self, is_end: bool = False) -> Iterator[Row]:
        text, self.waiting, self.size = "".join(self.waiting), [], 0
        yield from self.parser.read(text, is_end)


def rows(lines: Lines, vendor: Vendor, issues: list[Issue]) -> Iterator[Row]:
    """The rows of a stream; what is wrong with its markup is added to `issues`."""
    part: _Part | None = None
    begun = opens = False
    for line, data in lines:
        for text in _STARTS.split(line) if "<" in line else (line,):
            is_xml = _opening(text, vendor, part, begun)
            begun = begun or bool(text.strip(_BLANKS))
            if is_xml is not None:
                if part:
                    yield from part.close(issues)
                part = _Part(Markup(vendor, is_xml), is_xml)
                lines.declared = None
            if part is None:
                if text:
                    yield Row(text, data, opens=opens)
                    data, opens = b"", False
                continue
            if lines.declared is None and (found := _DECLARED.search(text)):
                lines.declared = _known(found[1])
            yield from part.take(text)
            stop = part.stop(text)
            if stop is not None:
                rest = text[stop:]
                yield from part.close(issues)
                part, begun, opens, lines.declared = None, False, True, None
                if rest.strip():
                    yield Row(rest, opens=True)
                    opens = False
    if part:
        issues.append(Issue(BROKEN, "the markup ends before its last tag; read as far as it goes"))
        yield from part.close(issues)


def _opening(text: str, vendor: Vendor, part: _Part | None, begun: bool) -> bool | None:
    """Whether a text begins a file of XML (true) or of HTML (false), or none."""
    if found := _FILE.match(text):
        if found["tag"] and part and not part.is_xml and part.end is None:
            return None  # the `<html>` below a doctype
        return found["xml"] is not None
    if begun or part or not (start := text.lstrip(_BLANKS)).startswith("<"):
        return None
    if vendor.elements.record and _XML_START.match(start) and not _HTML_START.match(start):
        return True
    return False if _HTML_START.match(start) or start.startswith("<!--") else None


def _known(encoding: str) -> str | None:
    """The name of an encoding that markup declares, where Python knows it."""
    try:
        check_encoding(encoding)
    except OptionError:
        return None
    return encoding
