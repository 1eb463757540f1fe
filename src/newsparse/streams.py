"""Streams of bytes that do not fail: one that breaks ends there and keeps the reason.

Takes a binary stream, gives a `Source`; what is compressed is unwrapped, and no further than an `Allowance` lets it.
"""

import io
from collections.abc import Callable
from typing import Any, BinaryIO, cast

import attrs

from newsparse.candidates import reason_of
from newsparse.errors import OptionError

EXPANSION = 200
"""How many bytes a byte of an input may become in all its layers together, unless the caller says otherwise. News text
gives 3 to 5, the most repetitive logs about 100; a bomb gives 1000."""
EXPANSION_FREE = 1 << 26
"""How many bytes may come out before `EXPANSION` is looked at: what is small may be as repetitive as it likes."""

_BUFFER = 1 << 16


class Allowance:
    """How many bytes may come out of one input, those of archives in archives counted in every layer.

    Args:
        given: How many bytes the input itself has, or has given so far.
        ratio: How many each of them may become.
    """

    def __init__(self, given: Callable[[], int], ratio: int = EXPANSION):
        self._given = given
        self._ratio = ratio
        self._spent = 0

    @property
    def limit(self) -> int:
        """How many bytes may come out by now."""
        return max(EXPANSION_FREE, self._given() * self._ratio)

    @property
    def is_spent(self) -> bool:
        """Whether more came out than may."""
        return self._spent > self.limit

    def spend(self, size: int) -> None:
        """Count bytes that came out."""
        self._spent += size


class Span:
    """The bytes of a file between two offsets, as a stream; the file stays open."""

    def __init__(self, file: BinaryIO, start: int, stop: int):
        file.seek(start)
        self._file = file
        self._left = stop - start

    def read(self, size: int) -> bytes:
        """The next bytes; none at the end."""
        chunk = self._file.read(min(size, self._left))
        self._left -= len(chunk)
        return chunk


class Source(io.RawIOBase):
    """A binary stream that ends where it breaks.

    Args:
        stream: What is read; it stays open.
        allowance: What is spent with every byte; ``None``: the bytes were not expanded.
        below: What `stream` unwraps, whose fault is the reason of this one's.
    """

    def __init__(self, stream: Any, allowance: Allowance | None = None, below: "Source | None" = None):
        self._stream = stream
        # `read1` hands over what is there; `read` would lose it when the stream breaks before enough has come.
        self._read = getattr(stream, "read1", stream.read)
        self._allowance = allowance
        self._below = below
        self._ahead = bytearray()
        self._fault: str | None = None
        self.fetched = 0
        """How many bytes came out of the stream so far."""

    @property
    def fault(self) -> str | None:
        """Why the stream ended before its end."""
        return (self._below and self._below.fault) or self._fault

    @property
    def size(self) -> int:
        """How many bytes the stream has from its beginning, where it can tell without being read; else 0."""
        if not self.seekable():
            return 0
        place = self._stream.tell()
        size = int(self._stream.seek(0, io.SEEK_END))
        self._stream.seek(place)
        return size

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
        try:
            return self._allowance is None and bool(self._stream.seekable())
        except (AttributeError, ValueError):
            return False

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
        if self._fault:
            return b""
        try:
            chunk = self._read(size)
        # A stream may be any object and fail in any way: a disk, a pipe, a decompressor, one made by the caller.
        except Exception as error:
            self._fault = reason_of(error)
            return b""
        if isinstance(chunk, str):
            raise OptionError("a text stream cannot be read: open it in binary, or give its buffer")
        self.fetched += len(chunk or b"")
        if self._allowance:
            self._allowance.spend(len(chunk or b""))
            if self._allowance.is_spent:
                limit = self._allowance.limit
                self._fault = f"it expands to more than {limit} bytes; raise the option expansion if it may"
                return b""
        return chunk or b""


@attrs.frozen
class Compression:
    """One way in which a single stream is compressed."""

    name: str
    suffixes: tuple[str, ...]
    mark: bytes
    """The bytes that it begins with."""
    open: Callable[[BinaryIO], Any]

    def unwrap(self, source: Source, allowance: Allowance) -> Source:
        """What the stream holds.

        Raises:
            ImportError: What unwraps it is not installed; the message says what to install.
        """
        return Source(self.open(cast(BinaryIO, io.BufferedReader(source, _BUFFER))), allowance, source)

    def inner_name(self, name: str) -> str:
        """The name of what it holds: ``a.jsonl`` for ``a.jsonl.gz``."""
        return next((name.removesuffix(suffix) for suffix in self.suffixes if name.endswith(suffix)), name)


def _gzip(stream: BinaryIO) -> Any:
    import gzip

    return gzip.GzipFile(fileobj=stream, mode="rb")


def _bzip2(stream: BinaryIO) -> Any:
    import bz2

    return bz2.BZ2File(stream)


def _xz(stream: BinaryIO) -> Any:
    import lzma

    return lzma.LZMAFile(stream)


def _zstd(stream: BinaryIO) -> Any:
    from importlib import import_module

    for module in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(module).ZstdFile(stream)
        except ImportError:
            continue
    raise ImportError("it is compressed with zstd: install newsparse[zst], or unpack it first")


COMPRESSIONS = (
    Compression("gzip", (".gz", ".gzip"), b"\x1f\x8b\x08", _gzip),
    Compression("bzip2", (".bz2",), b"BZh", _bzip2),
    Compression("xz", (".xz",), b"\xfd7zXZ\0", _xz),
    Compression("zstd", (".zst", ".zstd"), b"\x28\xb5\x2f\xfd", _zstd),
)
"""What a stream may be compressed with."""


def compression_of(head: bytes) -> Compression | None:
    """How a stream that begins so is compressed."""
    return next((kind for kind in COMPRESSIONS if head.startswith(kind.mark)), None)
