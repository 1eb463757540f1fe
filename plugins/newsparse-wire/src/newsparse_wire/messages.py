"""A stream of bytes to the messages in it, each with all that follows it up to the next.

Takes a binary stream and the pattern that opens a message; gives `Message` after `Message`, in memory that grows with
one message and no further than a limit.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import attrs

LIMIT = 1 << 24
"""How many bytes a message may have, unless the option ``limit`` says otherwise. The longest wire copies, tables of a
whole league or market, have some 100,000."""

_CHUNK = 1 << 16
# A start is looked for again in so many bytes when more have come: no header is longer.
_OVERLAP = 512
_LINE_END_RE = re.compile(rb"\r\n|\r|\n")


@attrs.frozen
class Message:
    """The bytes of one message, from its start to the next one's."""

    data: bytes
    number: int
    """From 1."""
    offset: int
    """Where it begins, in bytes from 0."""
    line: int
    """The line on which it begins, from 1."""
    has_start: bool = True
    """Whether a start was found; only bytes without any start at all have none."""
    left_out: int = 0
    """How many bytes beyond the limit were not kept."""


def messages(stream: BinaryIO, start: re.Pattern[bytes], limit: int = LIMIT) -> Iterator[Message]:
    """The messages of a stream. What stands before the first start belongs to the first message.

    Args:
        stream: The bytes.
        start: What opens a message, in some 500 bytes at most. Where its group ``line`` takes part, the message begins
            with that group, which stands behind the end of a line; a line end is thought before the stream.
        limit: How many bytes of a message are kept; those beyond are counted and dropped.
    """
    # What was read and not given yet, behind a line end; up to `searched` no start but the one that opened the message.
    waiting = bytearray(b"\n")
    is_open = False
    number, offset, line = 1, 0, 1
    searched = left_out = lines_left_out = 0
    ended = False
    while not ended:
        chunk = stream.read(_CHUNK)
        ended = not chunk
        waiting += chunk
        while (found := start.search(waiting, searched)) and (ended or found.end() + _OVERLAP <= len(waiting)):
            # A start at the end of what is here may go on in the next chunk, or turn out to be none; this one is whole.
            at = found.start(found.lastgroup or 0)
            # A step forward even where the start is nothing but a place.
            searched = max(found.end(), at + 1)
            if is_open:
                over = max(0, at - 1 - limit)
                yield Message(bytes(waiting[1 : at - over]), number, offset, line, True, left_out + over)
                number, offset = number + 1, offset + at - 1 + left_out
                line += _line_ends(waiting[1:at]) + lines_left_out
                waiting[:at] = b"\n"
                searched -= at - 1
                left_out = lines_left_out = 0
            is_open = True
        searched = max(searched, found.start() if found else len(waiting) - _OVERLAP)
        if searched > limit + 1:
            # What is beyond the limit goes, save the end, in which a start may begin.
            left_out += searched - limit - 1
            lines_left_out += _line_ends(waiting[limit + 1 : searched])
            del waiting[limit + 1 : searched]
            searched = limit + 1
    if len(waiting) > 1:
        left_out += max(0, len(waiting) - 1 - limit)
        yield Message(bytes(waiting[1 : limit + 1]), number, offset, line, is_open, left_out)


def _line_ends(data: bytes | bytearray) -> int:
    return len(_LINE_END_RE.findall(data))
