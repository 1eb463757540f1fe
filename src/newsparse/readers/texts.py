"""Plain text: a file is one document.

Takes bytes in any encoding, gives one `Document`. That of a long file is in chunks, read while they are parsed.
"""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from newsparse.extensions import Document, ReadContext, Reader
from newsparse.models import Issue, Origin
from newsparse.options import number_option
from newsparse.readers.charsets import Decoded, check_encoding, decode, decode_on, extends_ascii
from newsparse.readers.limits import CUT, WHOLE, read_to, read_whole

__all__ = ["CUT", "TEXT"]

# Anything can be read as text, so this reader takes what no other wants; content that looks like another format beats
# a text file's name.
_ANYTHING, _NO_NULS, _NAMED = 1, 20, 30
LONG = 1 << 23
"""How many bytes of a file are held; of one that has more they say its encoding, and the rest is read in chunks."""
_CHUNK = 1 << 18


def _sniff(head: bytes, name: str) -> int:
    if name.endswith(TEXT.suffixes):
        return _NAMED
    return _ANYTHING if b"\0" in head else _NO_NULS


def _read(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    check_encoding(context.encoding)
    head = bytearray()
    if "limit" not in context.options:
        read_to(stream, LONG, head)
        stop = head.rfind(b"\n") + 1
        if len(head) == LONG and stop:
            decoded = decode(head[:stop], context.encoding)
            if extends_ascii(decoded.encoding):
                rest = head[stop:]
                head.clear()
                yield from _long(decoded, rest, stream, context)
                return
    data, cut = read_whole(stream, number_option(context.options, "limit", WHOLE), context.path, head)
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    decoded = decode(data, context.encoding)
    # A text may be large: its bytes need not wait until it is parsed.
    data.clear()
    origin = Origin(context.path, None, None, TEXT.name, decoded.encoding, digest, decoded.start, 1)
    yield Document(decoded.text, origin, issues=(*decoded.issues, *cut))


def _long(head: Decoded, rest: bytearray, stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    """The document of a file whose head was read, and another one for what is met in the rest of it."""
    issues: dict[Issue, None] = {}

    def more(data: bytes | bytearray) -> str:
        decoded = decode_on(data, head.encoding)
        issues.update(dict.fromkeys(decoded.issues))
        return decoded.text

    def chunks() -> Iterator[str]:
        # What is handed on at once is held many times over, as lines.
        yield from (head.text[start : start + _CHUNK] for start in range(0, len(head.text), _CHUNK))
        while chunk := stream.read(_CHUNK):
            # A line may be long: it is looked through once.
            stop = chunk.rfind(b"\n") + 1
            rest.extend(chunk[:stop])
            if stop:
                yield more(rest)
                rest.clear()
            rest.extend(chunk[stop:])
        if rest:
            yield more(rest)

    origin = Origin(context.path, None, None, TEXT.name, head.encoding, None, head.start, 1)
    yield Document(origin=origin, issues=head.issues, chunks=chunks())
    if issues:
        yield Document(origin=Origin(context.path, reader=TEXT.name, encoding=head.encoding), issues=issues)


TEXT = Reader("text", (".txt", ".text"), _sniff, _read, ("limit",), "plain text in any encoding; a file is one dump")
