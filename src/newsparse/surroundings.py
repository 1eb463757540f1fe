"""What a line's neighbourhood shows: gaps, sentences near and far, repeats, words shared with the running text.

Takes `Lines` and what each line shows by itself, gives for each line that is not blank a set of observations as an
integer, a bit each as in `BITS`. No line looks further than `REACH` lines.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, pairwise
from operator import sub
from types import MappingProxyType

from newsparse.lines import Lines
from newsparse.shapes import BITS as SHAPE_BITS
from newsparse.sharing import SHARINGS, mark_kin, mark_sharing
from newsparse.windows import REACH

# How many lines on each side are looked at for sentences, near and wide, and the counts at which the observation
# changes. Eight lines were the feasibility study's best single window; three tell the edges of running text, 24 a menu
# from a story.
NEIGHBOURHOODS = MappingProxyType({3: (1, 2, 3), 8: (1, 3, 5, 7), 24: (1, 4, 9, 16)})
# How many lines on each side tell what kind of text this is, and the shares of sentences at which the observation
# changes: menus and teasers around a story hold few, stories end to end hold many.
WIDE = 100
SHARES = (0.06, 0.14, 0.26, 0.4, 0.6)
# Two lines can be one text with and without its credit, or cut, only if they share so many first characters.
NEAR_LENGTH = 32
# ... and if the shorter one is so much of the longer: a credit is no longer than the caption that it closes.
NEAR_SHARE = 0.6
# A page that prints its head twice repeats the headline within so many lines.
SOON = 8
# A line that another holds: how far apart they stand, and how long both are, so that a headline is meant and no word.
HELD_DISTANCES = (1, 2)
HELD_LEAST, HELD_MOST = 16, 250
# A line that another begins with is told by its first words: two, as a person's name has at the least.
HEAD_WORDS = 2
# ... of which so many are looked at: a page that repeats a name more often is a list.
MOST_ALIKE = 8
# How many of the first lines count as early.
EARLY = 3

# What kind of line stands where in the running text: its own kind, and whether sentences stand close above and close
# below.
_KINDS = ("prose", "long", "short")
_PLACES = tuple(f"{kind}_{above}{below}" for kind in _KINDS for above in "01" for below in "01")

CONTEXTS = MappingProxyType(
    {
        "first": "the first line of the text",
        "early": "among the first three lines of the text",
        "last": "the last line of the text",
        "gap_none": "no blank line above",
        "gap_one": "one blank line above",
        "gap_two": "two blank lines above",
        "gap_wide": "three or more blank lines above",
        "gap_wider": "more blank lines above than between the sentences around",
        "gap_narrower": "fewer blank lines above than between the sentences around",
        "room_none": "no blank line below",
        "room_one": "one blank line below",
        "room_wide": "two or more blank lines below",
        "new": "no line above is equal, or longer or shorter by its end",
        "seen_before": "an equal line stands above",
        "comes_again": "an equal line stands below",
        "comes_soon": "an equal line stands further down, among the next eight",
        "same_as_previous": "equal to the line above",
        "same_as_next": "equal to the line below",
        "opens_above": "a line above is this one and more",
        "opens_below": "a line below is this one and more",
        "extends_above": "a line above is the beginning of this one",
        "extends_below": "a line below is the beginning of this one",
        "inside_above": "one of the two lines above holds it and more: a path of pages, a title with its site",
        "holds_below": "it holds one of the two lines below and more",
        "begins_another": "a short title; another line begins with it and goes on, as a note on a writer does",
        "echo_ahead": "the line below repeats one further above",
        "prose_never_behind": "no sentence above",
        "prose_never_ahead": "no sentence below",
        **{
            f"{side}_{lines}_{level}": f"sentences among the {lines} lines {where}, level {level} of {len(limits)}"
            for side, where in (("above", "above"), ("below", "below"))
            for lines, limits in NEIGHBOURHOODS.items()
            for level in range(len(limits) + 1)
        },
        **{
            f"text_{level}": f"sentences among the lines far around, level {level} of {len(SHARES)}"
            for level in range(len(SHARES) + 1)
        },
        **dict.fromkeys(_PLACES, "its kind; whether two of the three lines above, and below, are sentences"),
        **SHARINGS,
    }
)
BITS = {name: 1 << position for position, name in enumerate(CONTEXTS)}

_PROSE = SHAPE_BITS["prose"]
_TITLE = SHAPE_BITS["title_case"] | SHAPE_BITS["few_words"]
_LONG = sum(SHAPE_BITS[f"length_{name}"] for name in ("to_110", "to_180", "to_400", "over_400"))
_GAPS = [BITS[name] for name in ("gap_none", "gap_none", "gap_one", "gap_two", "gap_wide")]
_ROOMS = [BITS[name] for name in ("room_none", "room_none", "room_one", "room_wide", "room_wide")]
_WIDEST = len(_GAPS) - 1
_GAP_TABLE = [[gap | room for room in _ROOMS] for gap in _GAPS]


def _levels(side: str, lines: int) -> list[int]:
    """The bit for each number of sentences among some lines."""
    limits = NEIGHBOURHOODS[lines]
    return [BITS[f"{side}_{lines}_{bisect_right(limits, count)}"] for count in range(lines + 1)]


def _table(lines: int) -> list[list[int]]:
    """The bits for each number of sentences above and below."""
    return [[above | below for below in _levels("below", lines)] for above in _levels("above", lines)]


_TABLES = {size: _table(size) for size in NEIGHBOURHOODS}
_NAMES = {size: frozenset(name for name in CONTEXTS if f"_{size}_" in name) for size in NEIGHBOURHOODS}
_CLOSE = min(NEIGHBOURHOODS)
_TEXT_BITS = [BITS[f"text_{level}"] for level in range(len(SHARES) + 1)]
_TEXTS = frozenset(name for name in CONTEXTS if name.startswith("text_"))
_PLACE_NAMES = frozenset(_PLACES)
_PLACE_TABLES = [[[BITS[f"{kind}_{above}{below}"] for below in (0, 1)] for above in (0, 1)] for kind in _KINDS]


class Surroundings:
    """The observations on neighbourhoods that are wanted.

    Args:
        wanted: The observations that anybody looks at; groups of others are left out where that saves time.
    """

    def __init__(self, wanted: Collection[str] = CONTEXTS):
        self._sizes = [size for size, names in _NAMES.items() if not names.isdisjoint(wanted)]
        self._wide = not _TEXTS.isdisjoint(wanted)
        self._places = not _PLACE_NAMES.isdisjoint(wanted)
        self._held = "inside_above" in wanted or "holds_below" in wanted
        self._begins = "begins_another" in wanted
        self._layout = "gap_wider" in wanted or "gap_narrower" in wanted
        self._kin = any(name.startswith("kin_") for name in wanted)
        self._sharing = not SHARINGS.keys().isdisjoint(wanted)

    def observe(self, lines: Lines, own: Sequence[int], is_start: bool, is_end: bool) -> list[int]:
        """What stands around each line of a window that is not blank.

        Args:
            lines: The window.
            own: What each line shows by itself, with the bits of `newsparse.shapes`.
            is_start: Whether the window begins where the text does.
            is_end: Whether it ends where the text does.
        """
        rows = lines.rows
        gaps = list(map(sub, [*rows, lines.total], [-1, *rows]))
        sums = list(accumulate([1 if bits & _PROSE else 0 for bits in own], initial=0))
        sizes = [gap if gap < _WIDEST else _WIDEST for gap in gaps]
        around = [_GAP_TABLE[gap][room] for gap, room in pairwise(sizes)]
        widest = max(gaps)
        for size in self._sizes:
            above, below = _sentences(rows, sums, size, widest)
            table = _TABLES[size]
            around = [bits | table[more][less] for bits, more, less in zip(around, above, below, strict=False)]
        if self._wide:
            _mark_text(around, rows, sums)
        if self._places:
            above, below = _sentences(rows, sums, _CLOSE, widest)
            around = [
                bits | _PLACE_TABLES[0 if mine & _PROSE else 1 if mine & _LONG else 2][more > 1][less > 1]
                for bits, mine, more, less in zip(around, own, above, below, strict=False)
            ]
        _mark_edges(around, rows, sums)
        _mark_repeats(around, rows, lines.keys)
        if self._held:
            _mark_held(around, lines.keys)
        if self._begins:
            _mark_beginnings(around, rows, own, lines.keys)
        if self._layout:
            _mark_layout(around, rows, own, gaps)
        if self._sharing:
            mark_sharing(around, lines, own, sums, BITS)
        if self._kin:
            mark_kin(around, lines, BITS)
        if is_start:
            around[0] |= BITS["first"]
            for index in range(min(EARLY, len(rows))):
                if rows[index] <= REACH:
                    around[index] |= BITS["early"]
        if is_end and lines.total - rows[-1] <= REACH:
            around[-1] |= BITS["last"]
        return around


def _sentences(rows: Sequence[int], sums: list[int], size: int, widest: int) -> tuple[Iterable[int], Iterable[int]]:
    """How many sentences stand among some lines above and below each line."""
    if widest > REACH // size:
        return _within_reach(rows, sums, size)
    # So many lines stay within the reach.
    return map(sub, sums, [0] * size + sums), map(sub, sums[size + 1 :] + sums[-1:] * size, sums[1:])


def _within_reach(rows: Sequence[int], sums: Sequence[int], lines: int) -> tuple[list[int], list[int]]:
    """How many sentences stand among some lines above and below each line, none of them beyond the reach."""
    above, below = [], []
    for index, row in enumerate(rows):
        low, high = max(0, index - lines), min(len(rows), index + lines + 1)
        while row - rows[low] > REACH:
            low += 1
        while rows[high - 1] - row > REACH:
            high -= 1
        above.append(sums[index] - sums[low])
        below.append(sums[high] - sums[index + 1])
    return above, below


def _mark_text(around: list[int], rows: Sequence[int], sums: list[int]) -> None:
    """Mark how many of the lines far around each line are sentences."""
    count = len(rows)
    for index, row in enumerate(rows):
        low, high = max(0, index - WIDE), min(count, index + WIDE + 1)
        if rows[high - 1] - rows[low] > REACH:
            while row - rows[low] > REACH:
                low += 1
            while rows[high - 1] - row > REACH:
                high -= 1
        around[index] |= _TEXT_BITS[bisect_right(SHARES, (sums[high] - sums[low]) / (high - low))]


def _mark_edges(around: list[int], rows: Sequence[int], sums: Sequence[int]) -> None:
    """Mark the lines with no sentence at all above or below them."""
    never_behind, never_ahead = BITS["prose_never_behind"], BITS["prose_never_ahead"]
    count = len(rows)
    if rows[-1] - rows[0] <= REACH:
        for index in range(min(bisect_right(sums, 0), count)):
            around[index] |= never_behind
        for index in range(bisect_left(sums, sums[-1]) - 1 if sums[-1] else 0, count):
            around[index] |= never_ahead
        return
    low = high = 0
    for index, row in enumerate(rows):
        while row - rows[low] > REACH:
            low += 1
        while high < count and rows[high] - row <= REACH:
            high += 1
        if sums[index] == sums[low]:
            around[index] |= never_behind
        if sums[high] == sums[index + 1]:
            around[index] |= never_ahead


def _mark_layout(around: list[int], rows: Sequence[int], own: Sequence[int], gaps: Sequence[int]) -> None:
    """Mark gaps that are wider or narrower than the last one between two sentences; above the first, than that one."""
    wider, narrower = BITS["gap_wider"], BITS["gap_narrower"]
    usual, usual_row = -1, 0
    waiting: list[int] = []
    was_prose = False
    for index, row in enumerate(rows):
        gap = gaps[index]
        if usual >= 0 and row - usual_row > REACH:
            usual = -1
        if usual < 0:
            waiting.append(index)
        elif gap != usual:
            around[index] |= wider if gap > usual else narrower
        is_prose = bool(own[index] & _PROSE)
        if is_prose and was_prose and gap < _WIDEST:
            usual, usual_row = gap, rows[index - 1]
            for early in waiting:
                if row - rows[early] <= REACH and gaps[early] != usual:
                    around[early] |= wider if gaps[early] > usual else narrower
            waiting = []
        was_prose = is_prose


def _mark_held(around: list[int], keys: Sequence[str]) -> None:
    """Mark short lines that stand inside one of the lines above, and those that hold them."""
    inside, holds = BITS["inside_above"], BITS["holds_below"]
    for distance in HELD_DISTANCES:
        for index, (above, key) in enumerate(zip(keys, keys[distance:], strict=False)):
            if HELD_LEAST <= len(key) < len(above) <= HELD_MOST and key in above:
                around[index] |= holds
                around[index + distance] |= inside


_NEW, _SEEN, _AGAIN = BITS["new"], BITS["seen_before"], BITS["comes_again"]
_SAME_PREVIOUS, _SAME_NEXT = BITS["same_as_previous"], BITS["same_as_next"]
_SOON = BITS["comes_soon"]
_OPENS_ABOVE, _OPENS_BELOW = BITS["opens_above"], BITS["opens_below"]
_EXTENDS_ABOVE, _EXTENDS_BELOW = BITS["extends_above"], BITS["extends_below"]
_ECHO = BITS["echo_ahead"]


def _mark_repeats(around: list[int], rows: Sequence[int], keys: Sequence[str]) -> None:
    """Mark the lines that stand again, whole or in their beginning."""
    heads = [key[:NEAR_LENGTH] for key in keys]
    if len(set(heads)) == len(heads):
        around[:] = [bits | _NEW for bits in around]
        return
    last_at: dict[str, int] = {}
    near_at: dict[str, int] = {}
    for index, head in enumerate(heads):
        if head not in near_at:
            around[index] |= _NEW
            near_at[head] = last_at[keys[index]] = index
            continue
        near = near_at[head]
        near_at[head] = index
        row, key = rows[index], keys[index]
        earlier = last_at.get(key)
        last_at[key] = index
        if earlier is not None and row - rows[earlier] <= REACH:
            around[index] |= _SEEN
            around[earlier] |= _AGAIN | _SOON if 1 < index - earlier <= SOON else _AGAIN
            if earlier == index - 1:
                around[index] |= _SAME_PREVIOUS
                around[earlier] |= _SAME_NEXT
            else:
                around[index - 1] |= _ECHO
        elif row - rows[near] <= REACH and _is_near(key, keys[near]):
            is_shorter = len(key) < len(keys[near])
            around[index] |= _OPENS_ABOVE if is_shorter else _EXTENDS_ABOVE
            around[near] |= _EXTENDS_BELOW if is_shorter else _OPENS_BELOW
        else:
            around[index] |= _NEW


def _is_near(one: str, other: str) -> bool:
    """Whether one of two lines is the other's beginning: a caption without its credit, a cut line."""
    if len(one) > len(other):
        one, other = other, one
    return len(one) >= NEAR_SHARE * len(other) and other.startswith(one.rstrip(" ."))


def _mark_beginnings(around: list[int], rows: Sequence[int], own: Sequence[int], keys: Sequence[str]) -> None:
    """Mark the short titles with which another line begins."""
    titles = [index for index, bits in enumerate(own) if bits & _TITLE == _TITLE]
    if not titles:
        return
    begins = BITS["begins_another"]
    wanted = {_head(keys[index]) for index in titles}
    places: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        head = _head(key)
        if head in wanted:
            places.setdefault(head, []).append(index)
    last: dict[str, int] = {}
    for index in titles:
        key = keys[index]
        head = _head(key)
        # Of the lines within reach that begin alike, the first few; what lies behind the reach is left for good.
        alike = places[head]
        if len(alike) < 2:
            continue
        at = last.get(head, 0)
        while at < len(alike) and rows[index] - rows[alike[at]] > REACH:
            at += 1
        last[head] = at
        for other in alike[at : at + MOST_ALIKE]:
            if len(keys[other]) > len(key) and keys[other].startswith(key) and rows[other] - rows[index] <= REACH:
                around[index] |= begins
                break


def _head(key: str) -> str:
    """The first words of a line."""
    return " ".join(key.split(" ", HEAD_WORDS)[:HEAD_WORDS]).rstrip(",:;")
