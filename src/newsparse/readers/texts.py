"""Plain text: a file is one document.

Takes bytes in any encoding, gives one `Document`.
"""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from newsparse.extensions import Document, ReadContext, Reader
from newsparse.models import Origin
from newsparse.options import number_option
from newsparse.readers.charsets import check_encoding, decode
from newsparse.readers.limits import CUT, WHOLE, read_whole

__all__ = ["CUT", "TEXT"]

# Anything can be read as text, so this reader takes what no other wants; content that looks like another format beats
# a text file's name.
_ANYTHING, _NO_NULS, _NAMED = 1, 20, 30


def _sniff(head: bytes, name: str) -> int:
    if name.endswith(TEXT.suffixes):
        return _NAMED
    return _ANYTHING if b"\0" in head else _NO_NULS


def _read(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    check_encoding(context.encoding)
    data, cut = read_whole(stream, number_option(context.options, "limit", WHOLE), context.path)
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    decoded = decode(data, context.encoding)
    # A text may be large: its bytes need not wait until it is parsed.
    data.clear()
    origin = Origin(context.path, None, None, TEXT.name, decoded.encoding, digest, decoded.start, 1)
    yield Document(decoded.text, origin, issues=(*decoded.issues, *cut))


TEXT = Reader("text", (".txt", ".text"), _sniff, _read, ("limit",), "plain text in any encoding; a file is one dump")
