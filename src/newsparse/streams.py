"""Streams of bytes that do not fail: one that breaks ends there and keeps the reason.

Takes a binary stream, gives a `Source`; what is compressed with gzip is unwrapped, and no further than a bound.
"""

import io
from collections.abc import Callable
from typing import Any, BinaryIO

from newsparse.candidates import reason_of
from newsparse.errors import OptionError

EXPANSION = 200
"""How many bytes a compressed byte may become, unless the caller says otherwise. News text gives 3 to 5, the most
repetitive logs about 100; a bomb gives 1000."""
EXPANSION_FREE = 1 << 26
"""How many bytes may come out before `EXPANSION` is looked at: what is small may be as repetitive as it likes."""

_GZIP = b"\x1f\x8b\x08"
_BUFFER = 1 << 16


class Source(io.RawIOBase):
    """A binary stream that ends where it breaks.

    Args:
        stream: What is read; it stays open.
        bound: How many bytes may come out by now; ``None``: any number.
    """

    def __init__(self, stream: Any, bound: Callable[[], int] | None = None):
        self._stream = stream
        # `read1` hands over what is there; `read` would lose it when the stream breaks before enough has come.
        self._read = getattr(stream, "read1", stream.read)
        self._bound = bound
        self._ahead = bytearray()
        self.fetched = 0
        """How many bytes came out of the stream so far."""
        self.fault: str | None = None
        """Why the stream ended before its end."""

    def head(self, size: int) -> bytes:
        """The next bytes, which stay to be read."""
        while len(self._ahead) < size and (chunk := self._fetch(size - len(self._ahead))):
            self._ahead += chunk
        return bytes(self._ahead[:size])

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer; how many bytes, 0 at the end."""
        if self._ahead:
            chunk = bytes(self._ahead[: len(buffer)])
            del self._ahead[: len(buffer)]
        else:
            chunk = self._fetch(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def seekable(self) -> bool:
        """Whether the stream is, so that a reader of archives can look at the end first."""
        return self._bound is None and self._stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move in the stream."""
        if whence == io.SEEK_CUR:
            offset -= len(self._ahead)
        self._ahead.clear()
        return int(self._stream.seek(offset, whence))

    def tell(self) -> int:
        """Where in the stream the next byte to be read stands."""
        return int(self._stream.tell()) - len(self._ahead)

    def _fetch(self, size: int) -> bytes:
        if self.fault:
            return b""
        try:
            chunk = self._read(size)
        # A stream may be any object and fail in any way: a disk, a pipe, a decompressor, one made by the caller.
        except Exception as error:
            self.fault = reason_of(error)
            return b""
        if isinstance(chunk, str):
            raise OptionError("a text stream cannot be read: open it in binary, or give its buffer")
        self.fetched += len(chunk or b"")
        if self._bound and self.fetched > self._bound():
            self.fault = f"it expands to more than {self._bound()} bytes; raise the option expansion if it may"
            return b""
        return chunk or b""


def unwrapped(stream: BinaryIO, expansion: int = EXPANSION) -> tuple[Source, bool, Callable[[], str | None]]:
    """The bytes that a stream holds, unwrapped where gzip compressed them.

    Returns: The bytes; whether they were unwrapped; and a function that says why they ended before their end, ``None``
        if they did not.
    """
    outer = Source(stream)
    if outer.head(len(_GZIP)) != _GZIP:
        return outer, False, lambda: outer.fault
    import gzip

    inner = gzip.GzipFile(fileobj=io.BufferedReader(outer, _BUFFER), mode="rb")
    source = Source(inner, lambda: max(EXPANSION_FREE, outer.fetched * expansion))
    return source, True, lambda: outer.fault or source.fault
