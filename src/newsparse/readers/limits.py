"""How much of an input is held at once, and how a reader says that it stopped there."""

from typing import BinaryIO

from newsparse.models import CUT_SHORT, Issue

CUT = CUT_SHORT
WHOLE = 1 << 30
"""How many bytes are read of a file that is held whole, unless the option ``limit`` says otherwise."""
RECORD = 1 << 26
"""How many bytes one record of a file may have, unless the option ``limit`` says otherwise."""

_CHUNK = 1 << 20


def read_to(stream: BinaryIO, size: int, data: bytearray) -> None:
    """Read until the data are of a size, or the stream is at its end."""
    # By chunks, so that a stream that breaks off has given what it had.
    while len(data) < size and (chunk := stream.read(min(_CHUNK, size - len(data)))):
        data += chunk


def read_whole(
    stream: BinaryIO, limit: int, path: str | None, head: bytes | bytearray = b""
) -> tuple[bytearray, tuple[Issue, ...]]:
    """The bytes of a stream up to a limit, behind those that were read already, and an issue if there are more."""
    data = bytearray(head)
    read_to(stream, limit + 1, data)
    if len(data) <= limit:
        return data, ()
    del data[limit:]
    message = f"{path or 'the input'} has more than {limit} bytes; the rest was not read: raise the option limit"
    return data, (Issue(CUT, message),)


def skip_line(stream: BinaryIO) -> int:
    """Read to the end of the line; how many bytes that was."""
    skipped = 0
    while chunk := stream.readline(_CHUNK):
        skipped += len(chunk)
        if chunk.endswith(b"\n"):
            break
    return skipped


def too_long(place: object, limit: int) -> Issue:
    """The issue of a record that was passed over."""
    return Issue(CUT, f"{place} has more than {limit} bytes and was not read: raise the option limit")
