"""A long text in windows: blocks of lines to decide, each with as much around it as its lines may depend on.

Takes a text in chunks of any size, gives a `Window` for every block of lines. Whole texts and streams go through the
same windows, so they give the same articles; a stream holds no more than one window's lines.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from newsparse.lines import Lines, split_lines

# How many lines before and behind itself a line's evidence may depend on, and how many lines behind the front a path is
# final. Longer than any page of the development corpus (878 lines) and than most dumps of several articles, short
# enough that a stream's window stays below a megabyte of text.
REACH = 1000
# How many lines are decided at a time. What a window repeats of its neighbours is three reaches, so that with a block
# of 32 of them twice the text never takes more than 2.2 times the work, wherever the blocks fall; a window of news text
# is a few megabytes.
BLOCK = 32 * REACH


class Window:
    """A block of lines to decide, with the lines around it that its evidence and its path may depend on.

    Attributes:
        lines: The block and what is around it, as far as the text has it.
        text: The text of the block alone.
        stops: For each line of the block the offset behind its end, counted from the text's beginning.
        offset: Where the block begins in the text.
        first: The index of the window's first line in its text.
        row: The index of the block's first line in the window.
        above: How many lines that are not blank stand before the block.
        inside: How many stand in the block.
        seen: How many stand in the block and in the `REACH` lines below it.
        is_end: Whether the window ends where the text does.
    """

    __slots__ = ("_buffered", "above", "first", "inside", "is_end", "lines", "offset", "row", "seen", "stops", "text")

    def __init__(self, buffer: "_Buffer", start: int, is_end: bool):
        low, high = max(0, start - REACH), min(buffer.total, start + BLOCK + 2 * REACH)
        stop = min(buffer.total, start + BLOCK)
        self.offset = buffer.start_of(start)
        self._buffered = buffer.text, buffer.offset, buffer.start_of(low), buffer.start_of(high)
        if start == 0 and stop == buffer.total:
            self.lines, self.text, self.stops = buffer.lines, buffer.text, buffer.lines.stops
        else:
            self.lines = buffer.slice(low, high)
            self.text = buffer.text[self.offset - buffer.offset : buffer.start_of(stop) - buffer.offset]
            self.stops = buffer.lines.stops[start:stop]
        rows = self.lines.rows
        self.first = buffer.first + low
        self.row = start - low
        self.above = bisect_left(rows, start - low)
        self.inside = bisect_left(rows, stop - low) - self.above
        self.seen = bisect_left(rows, stop + REACH - low) - self.above
        self.is_end = is_end and high == buffer.total

    @property
    def around(self) -> tuple[int, str]:
        """The text of all the window's lines, and where it begins in the whole text."""
        text, offset, start, stop = self._buffered
        return start, text[start - offset : stop - offset]

    @property
    def block(self) -> Lines:
        """The block's own lines, counted from its first."""
        rows = self.lines.rows
        start, stop = self.above, self.above + self.inside
        if len(self.stops) == self.lines.total:
            return self.lines
        own = [row - self.row for row in rows[start:stop]]
        return Lines(self.stops, own, self.lines.texts[start:stop], self.lines.keys[start:stop])


def windows(chunks: Iterable[str]) -> Iterator[Window]:
    """The windows of a text that comes in chunks, one for each block of lines.

    How the text is cut into chunks makes no difference: blocks are counted in lines from its beginning.
    """
    buffer = _Buffer()
    start = 0  # of the block, counted from the buffer's first line
    for chunk in _whole_lines(chunks):
        buffer.extend(chunk)
        while buffer.total >= start + BLOCK + 2 * REACH:
            yield Window(buffer, start, is_end=False)
            start += BLOCK
            start -= buffer.drop(start - REACH)
    while start < buffer.total:
        yield Window(buffer, start, is_end=True)
        start += BLOCK


class _Buffer:
    """The lines of a text between the oldest that is still needed and the newest that was read."""

    def __init__(self) -> None:
        self.text = ""
        self.lines = Lines(array("Q"), [], [], [])
        self.first = 0
        self.offset = 0  # of its text in the whole text

    @property
    def total(self) -> int:
        return self.lines.total

    def start_of(self, row: int) -> int:
        """The offset of a line's first character in the whole text."""
        return self.lines.stops[row - 1] if row else self.offset

    def extend(self, chunk: str) -> None:
        """Add whole lines."""
        more = split_lines(chunk)
        if not self.text:
            self.text, self.lines = chunk, more
            return
        offset, rows = self.offset + len(self.text), self.total
        self.text += chunk
        self.lines.stops.extend([stop + offset for stop in more.stops])
        self.lines.rows.extend([row + rows for row in more.rows])
        self.lines.texts.extend(more.texts)
        self.lines.keys.extend(more.keys)

    def slice(self, low: int, high: int) -> Lines:
        """The lines from one index to another, counted anew."""
        lines = self.lines
        start, stop = bisect_left(lines.rows, low), bisect_left(lines.rows, high)
        return Lines(
            lines.stops[low:high],
            [row - low for row in lines.rows[start:stop]],
            lines.texts[start:stop],
            lines.keys[start:stop],
        )

    def drop(self, unneeded: int) -> int:
        """Forget lines from the front, once they are more than those that stay; how many were forgotten.

        Waiting until they are the larger part keeps the work linear, however large the chunks are.
        """
        if unneeded * 2 <= self.total:
            return 0
        cut = self.start_of(unneeded)
        self.text = self.text[cut - self.offset :]
        self.lines = self.slice(unneeded, self.total)
        self.offset = cut
        self.first += unneeded
        return unneeded


def _whole_lines(chunks: Iterable[str]) -> Iterator[str]:
    """The same text in chunks that end where a line does; the last one ends where the text does."""
    tail: list[str] = []
    pending: str | None = None
    for chunk in chunks:
        if pending:
            # A carriage return at the very end may be half of a line end.
            cut = 1 + max(pending.rfind("\n"), pending.rfind("\r", 0, len(pending) - 1))
            if cut:
                yield "".join([*tail, pending[:cut]])
                tail = []
            tail.append(pending[cut:])
        pending = chunk
    rest = "".join([*tail, pending or ""])
    if rest:
        yield rest
