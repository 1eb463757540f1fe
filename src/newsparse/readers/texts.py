"""Plain text: a file is one document.

Takes bytes in any encoding, gives one `Document`.
"""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from newsparse.extensions import Document, ReadContext, Reader
from newsparse.models import Issue, Origin
from newsparse.options import number_option
from newsparse.readers.charsets import check_encoding, decode

LIMIT = 1 << 30
"""How many bytes of a file are read, unless the option ``limit`` says otherwise: a text is held whole."""
CUT = "cut-short"
"""The code of an issue: the input goes on, but was not read further."""

_CHUNK = 1 << 20

# Anything can be read as text, so this reader takes what no other wants.
_ANYTHING, _NO_NULS, _NAMED = 1, 20, 50


def _sniff(head: bytes, name: str) -> int:
    if name.endswith(TEXT.suffixes):
        return _NAMED
    return _ANYTHING if b"\0" in head else _NO_NULS


def _read(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    check_encoding(context.encoding)
    limit = number_option(context.options, "limit", LIMIT)
    data = bytearray()
    # By chunks, so that a stream that breaks off has given what it had.
    while len(data) <= limit and (chunk := stream.read(min(_CHUNK, limit + 1 - len(data)))):
        data += chunk
    cut = len(data) > limit
    del data[limit:]
    decoded = decode(data, context.encoding)
    issues = decoded.issues
    if cut:
        message = (
            f"{context.path or 'the input'} has more than {limit} bytes; the rest was not read: raise the option limit"
        )
        issues = (*issues, Issue(CUT, message))
    yield Document(
        decoded.text,
        Origin(
            path=context.path,
            reader=TEXT.name,
            encoding=decoded.encoding,
            digest=f"sha256:{hashlib.sha256(data).hexdigest()}",
            offset=decoded.start,
            line=1,
        ),
        issues=issues,
    )


TEXT = Reader("text", (".txt", ".text"), _sniff, _read, ("limit",), "plain text in any encoding; a file is one dump")
