"""The one loop: windows of lines to evidence to roles, for whole texts and for streams.

Takes a text in chunks, gives `Stretch` after `Stretch` of lines with their roles, each ending where an article is known
to be whole; joined they are the text. A whole text is a stream whose only stretch is everything.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from newsparse.dump import ROLE_NUMBERS
from newsparse.evidence import Evidence
from newsparse.extensions import Label
from newsparse.lines import split_lines
from newsparse.models import Role
from newsparse.roles import STATED, Decoder
from newsparse.windows import Window, windows


@attrs.define
class Stretch:
    """Consecutive lines of a text with their roles."""

    text: str = ""
    stops: "array[int]" = attrs.field(factory=lambda: array("Q"))
    """For each line the offset behind its end."""
    roles: bytearray = attrs.field(factory=bytearray)
    """For each line its role's number in ``tuple(Role)``."""
    starts: list[int] = attrs.field(factory=list)
    """The indexes of lines at which a later article starts, rising."""
    rows: list[int] = attrs.field(factory=list)
    """The indexes of the lines that are not blank."""
    texts: list[str] = attrs.field(factory=list)
    """Their texts without the blanks around them."""
    continued: frozenset[int] = frozenset()
    """The indexes of lines that go on from the line above."""
    stated: frozenset[int] = frozenset()
    """The indexes of lines whose roles labels state."""
    last_rows: dict[int, int] = attrs.field(factory=dict)
    """For a line that others were joined to, by its index, the index of the last of them."""
    path: bytearray = attrs.field(factory=bytearray)
    """For each of them the number of the decoder's state."""


@attrs.frozen
class Orders:
    """What labels say of a text's lines, by the line's index."""

    roles: Mapping[int, Role] = attrs.field(factory=dict)
    """Roles that are stated: the decoder obeys."""
    votes: Mapping[int, Sequence[Label]] = attrs.field(factory=dict)
    """Labels with a weight: evidence among other evidence."""
    cuts: frozenset[int] = frozenset()
    """Where an article must start."""
    continued: frozenset[int] = frozenset()
    """Which lines go on from the line above."""


def orders_of(labels: Iterable[Label]) -> Orders | None:
    """What some labels come to, or ``None`` without any; of two stated roles for a line the first one holds."""
    roles: dict[int, Role] = {}
    votes: dict[int, list[Label]] = {}
    cuts = set()
    continued = set()
    for label in labels:
        index = label.line - 1
        if label.continues:
            continued.add(index)
        if label.weight is not None:
            votes.setdefault(index, []).append(label)
            continue
        if label.role is not None:
            roles.setdefault(index, label.role)
        if label.starts_article:
            cuts.add(index)
    if roles or votes or cuts or continued:
        return Orders(roles, votes, frozenset(cuts), frozenset(continued))
    return None


def stated_stretch(text: str, orders: Orders | None) -> Stretch | None:
    """The lines of a text with their roles where labels state them all; ``None`` where there is any left to decide."""
    if orders is None or not orders.roles:
        return None
    lines = split_lines(text)
    if not orders.roles.keys() >= set(lines.rows):
        return None
    stretch = Stretch(text, lines.stops, bytearray([_BLANK]) * lines.total, rows=lines.rows, texts=lines.texts)
    for row in lines.rows:
        stretch.roles[row] = ROLE_NUMBERS[orders.roles[row]]
    stretch.starts = sorted(row for row in orders.cuts if 0 < row < lines.total)
    stretch.continued = orders.continued
    stretch.stated = frozenset(orders.roles)
    return stretch


def stretches(
    chunks: Iterable[str],
    evidence: Evidence,
    decoder: Decoder,
    orders: Orders | None = None,
    whole: bool = True,
) -> Iterator[Stretch]:
    """The lines of a text with their roles.

    Args:
        chunks: The text, cut anywhere.
        evidence: The observations to make.
        decoder: What finds the best path through them.
        orders: What labels say of its lines.
        whole: Give one stretch, else one whenever an article is whole.
    """
    open_lines = Stretch()
    parts: list[str] = []  # of the open lines' text: joined when it is asked for, so that a long text is copied once
    first = 0  # the index in the text of the first open line
    state: int | None = None
    for window in windows(chunks):
        start, stop = window.above, window.above + window.seen
        masks = evidence.observe(window.lines, window.first, window.is_end)
        rows = window.lines.rows
        if orders is None:
            path = decoder.path(masks[start:stop], state, window.is_end)
        else:
            numbers = [row + window.first for row in rows[start:stop]]
            path = _ordered_path(masks[start:stop], numbers, state, window.is_end, decoder, orders)
        path = path[: window.inside]
        state = path[-1] if path else state
        parts.append(window.text)
        _extend(open_lines, window, path, decoder)
        if orders is not None:
            _obey(open_lines, orders, first)
        if not whole and not window.is_end and open_lines.starts:
            open_lines.text = "".join(parts)
            done, open_lines = _cut(open_lines)
            parts = [open_lines.text]
            first += len(done.roles)
            yield done
    if open_lines.roles:
        open_lines.text = parts[0] if len(parts) == 1 else "".join(parts)
        yield open_lines


_BLANK = ROLE_NUMBERS[Role.BLANK]


def _extend(stretch: Stretch, window: Window, path: bytes, decoder: Decoder) -> None:
    """Add a window's block and its path to the open lines."""
    block = window.block
    shift = len(stretch.roles)
    # The stretch counts from its own beginning, which for a whole text is the text's.
    offset = (stretch.stops[-1] if shift else 0) - window.offset
    stops = array("Q", [stop + offset for stop in block.stops]) if offset else block.stops
    if shift:
        stretch.stops.extend(stops)
        own = [row + shift for row in block.rows]
        stretch.rows += own
        stretch.texts += block.texts
    else:
        stretch.stops, stretch.rows, stretch.texts = stops, block.rows, block.texts
        own = block.rows
    stretch.path += path
    stretch.roles += bytes([_BLANK]) * len(block.stops)
    roles, starts = stretch.roles, decoder.start_states
    for row, role in zip(own, path.translate(decoder.role_numbers), strict=True):
        roles[row] = role
    if not starts.isdisjoint(path):
        stretch.starts += [row for row, state in zip(own, path, strict=True) if state in starts]


def _cut(stretch: Stretch) -> tuple[Stretch, Stretch]:
    """A stretch cut in two before its last article."""
    row = stretch.starts[-1]
    offset = stretch.stops[row - 1] if row else 0
    line = bisect_left(stretch.rows, row)
    done = Stretch(
        stretch.text[:offset],
        stretch.stops[:row],
        stretch.roles[:row],
        stretch.starts[:-1],
        stretch.rows[:line],
        stretch.texts[:line],
        frozenset(index for index in stretch.continued if index < row),
        frozenset(index for index in stretch.stated if index < row),
        path=stretch.path[:line],
    )
    rest = Stretch(
        stretch.text[offset:],
        array("Q", [stop - offset for stop in stretch.stops[row:]]),
        stretch.roles[row:],
        [],
        [index - row for index in stretch.rows[line:]],
        stretch.texts[line:],
        frozenset(index - row for index in stretch.continued if index > row),
        frozenset(index - row for index in stretch.stated if index >= row),
        path=stretch.path[line:],
    )
    return done, rest


def _ordered_path(
    masks: Sequence[int], rows: Sequence[int], after: int | None, is_end: bool, decoder: Decoder, orders: Orders
) -> bytes:
    """The best path over some lines that labels speak of, in parts where an article must start."""
    cuts = [index for index, row in enumerate(rows) if row in orders.cuts]
    path = b""
    for start, stop in zip([0, *cuts], [*cuts, len(rows)], strict=True):
        extra = label_worths(rows[start:stop], decoder, orders)
        is_last = stop == len(rows)
        path += decoder.path(masks[start:stop], None if start in cuts else after, is_end or not is_last, extra)
    return path


def label_worths(rows: Sequence[int], decoder: Decoder, orders: Orders) -> dict[int, list[int]]:
    """What labels add to each state, for those of some lines of which labels speak, by their place among them."""
    return {
        index: _extra(row, decoder, orders)
        for index, row in enumerate(rows)
        if row in orders.roles or row in orders.votes
    }


def _extra(row: int, decoder: Decoder, orders: Orders) -> list[int]:
    """What labels add to each state on one line."""
    stated = orders.roles.get(row)
    if stated is Role.FIELD:
        stated = Role.OTHER  # a field is outside of the chain and may stand where any other line may
    extra = [STATED if role is stated else 0 for role, _ in decoder.states]
    for label in orders.votes.get(row, ()):
        for state, (role, _) in enumerate(decoder.states):
            if role is label.role or (label.starts_article and decoder.starts[state]):
                extra[state] += label.weight or 0
    return extra


def _obey(stretch: Stretch, orders: Orders, first: int) -> None:
    """Put in what the chain has no state for: fields, and starts without a headline."""
    count = len(stretch.roles)
    for row, role in orders.roles.items():
        if role is Role.FIELD and 0 <= row - first < count and stretch.roles[row - first] != _BLANK:
            stretch.roles[row - first] = ROLE_NUMBERS[role]
    stretch.starts = sorted({*stretch.starts, *(row - first for row in orders.cuts if 0 < row - first < count)})
    stretch.continued = frozenset(row - first for row in orders.continued if 0 < row - first < count)
    stretch.stated = frozenset(row - first for row in orders.roles if 0 <= row - first < count)
