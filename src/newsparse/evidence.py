"""Lines to evidence: the named yes/no observations on each line, as a bit mask.

Takes `Lines`, gives one integer for each line that is not blank. Four groups of bits stand side by side: what the line itself shows
(its shape and the rules it meets), the same for the line before and the line behind, and what depends on the lines around. Nothing
looks further than `REACH` lines, so a window with that much around it gives the same bits as the whole text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import sub
from types import MappingProxyType

from newsparse.extensions import Rule
from newsparse.lines import Lines
from newsparse.shapes import BITS, SHAPES, SHORT_LENGTH, shape_bits
from newsparse.windows import REACH

# Observations that depend on the lines around, and their meaning.
CONTEXTS = MappingProxyType(
    {
        "first": "the first line of the text",
        "early": "among the first three lines of the text",
        "last": "the last line of the text",
        "gap_none": "no blank line above",
        "gap_one": "one blank line above",
        "gap_two": "two blank lines above",
        "gap_wide": "three or more blank lines above",
        "room_none": "no blank line below",
        "room_one": "one blank line below",
        "room_wide": "two or more blank lines below",
        "new": "no line above is equal or begins alike",
        "seen_before": "an equal line stands above",
        "comes_again": "an equal line stands below",
        "same_as_previous": "equal to the line above",
        "same_as_next": "equal to the line below",
        "near_before": "a line above begins alike",
        "near_again": "a line below begins alike",
        "prose_behind_none": "no sentence among the eight lines above",
        "prose_behind_some": "one to three sentences among the eight lines above",
        "prose_behind_much": "four or more sentences among the eight lines above",
        "prose_ahead_none": "no sentence among the eight lines below",
        "prose_ahead_some": "one to three sentences among the eight lines below",
        "prose_ahead_much": "four or more sentences among the eight lines below",
        "prose_never_behind": "no sentence above",
        "prose_never_ahead": "no sentence below",
        "echo_ahead": "the next lines repeat earlier ones",
    }
)
# How many lines on each side tell whether a line stands in running text; the feasibility study's best window.
NEIGHBOURHOOD = 8
# From four of eight on, sentences outweigh what stands between them.
MUCH_PROSE = 4
# Two long lines that share this many first characters are one text with and without its credit, or cut.
NEAR_LENGTH = 32
# The name of the observation that a short line holds a date: a month or weekday beside figures.
DATE_LINE = "date_line"
# A date with its words ("Published Tuesday, 21 November, 2017 - 07:30 | Updated ...") rarely takes more.
DATE_LINE_LENGTH = 110
# How much of a line may hold the literals without which a rule's pattern is not tried; a dateline is shorter.
HEAD_LENGTH = 80
# How many short lines' own bits are remembered. A day's dumps hold a few thousand distinct short lines; each costs about 200 bytes.
MEMORY = 8192
# Keys of at most three characters index a phrase by its start or end: enough to leave a handful of candidates.
_INDEX = (1, 2, 3)

_GAPS = ("gap_none", "gap_one", "gap_two", "gap_wide")
_ROOMS = ("room_none", "room_one", "room_wide")


class Evidence:
    """The table of observations of one parser, and the reading of lines by it.

    Attributes:
        names: The name of each bit, from the lowest. A neighbour's observation is called ``before:`` or ``behind:`` and its name.
    """

    def __init__(self, rules: Iterable[Rule]):
        self.rules = tuple(rules)
        own = [*SHAPES, *(rule.name for rule in self.rules), DATE_LINE]
        self._own = len(own)
        self.names = (
            *own,
            *(f"before:{name}" for name in own),
            *(f"behind:{name}" for name in own),
            *CONTEXTS,
        )
        self._context = {name: 1 << 3 * self._own + number for number, name in enumerate(CONTEXTS)}
        self._tabulate()
        self._memory: dict[str, int] = {}
        self._compile()

    def _tabulate(self) -> None:
        """The bits for the numbers of sentences above and below, and of how far the next lines are (the gap and one)."""
        context = self._context
        sides = []
        for side in ("behind", "ahead"):
            some, much = [context[f"prose_{side}_some"]], [context[f"prose_{side}_much"]]
            rest = some * (MUCH_PROSE - 1) + much * (NEIGHBOURHOOD - MUCH_PROSE + 1)
            sides.append([context[f"prose_{side}_none"], *rest])
        self._sentences = [[above | below for below in sides[1]] for above in sides[0]]
        gaps, rooms = [context[name] for name in _GAPS], [context[name] for name in _ROOMS]
        self._gaps = [gaps[0], *gaps]
        self._rooms = [rooms[0], *rooms, rooms[-1]]

    def _compile(self) -> None:
        """Index the rules' words so that a line costs the same however many words there are."""
        self._whole: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._starts: dict[str, list[tuple[str, int]]] = {}
        self._ends: dict[str, list[tuple[str, int]]] = {}
        self._patterns: list[tuple[re.Pattern[str], tuple[str, ...], int, int]] = []
        for number, rule in enumerate(self.rules):
            bit = 1 << len(SHAPES) + number
            for key in rule.lines:
                self._whole[key] = self._whole.get(key, 0) | bit
            for key in rule.words:
                self._words[key] = self._words.get(key, 0) | bit
            for key in filter(None, rule.starts):
                self._starts.setdefault(key[: _INDEX[-1]], []).append((key, bit))
            for key in filter(None, rule.ends):
                self._ends.setdefault(key[-_INDEX[-1] :], []).append((key, bit))
            if rule.pattern is not None:
                self._patterns.append((re.compile(rule.pattern), rule.contains, rule.longest, bit))
        self._month = sum(1 << len(SHAPES) + number for number, rule in enumerate(self.rules) if rule.name == "month_word")
        self._longest = max((rule.longest for rule in self.rules if rule.starts or rule.ends or rule.words), default=0)

    def own_bits(self, text: str, key: str) -> int:
        """What a line shows by itself: its shape and the rules it meets."""
        bits = self._whole.get(key, 0) | shape_bits(text)
        length = len(text)
        if length <= self._longest:
            for size in _INDEX:
                for phrase, bit in self._starts.get(key[:size], ()):
                    if not bits & bit and key.startswith(phrase) and _parted(key, len(phrase), phrase[-1]):
                        bits |= bit
                for phrase, bit in self._ends.get(key[-size:], ()):
                    if not bits & bit and key.endswith(phrase) and _parted(key, -len(phrase) - 1, phrase[0]):
                        bits |= bit
            words = self._words
            for word in key.split():
                if word in words:
                    bits |= words[word]
                elif not word.isalnum():
                    bits |= words.get(word.strip(".,:;()[]/|'\""), 0)
        head = text[:HEAD_LENGTH]
        for pattern, literals, longest, bit in self._patterns:
            if length <= longest and (not literals or any(literal in head for literal in literals)) and pattern.match(text):
                bits |= bit
        if bits & self._month and bits & BITS["has_digit"] and length <= DATE_LINE_LENGTH:
            bits |= 1 << self._own - 1
        return bits

    def _all_own_bits(self, lines: Lines) -> list[int]:
        memory = self._memory
        seen: dict[str, int] = {}
        column = []
        for text, key in zip(lines.texts, lines.keys, strict=True):
            if len(text) <= SHORT_LENGTH:
                bits = memory.get(text)
                if bits is None:
                    bits = self.own_bits(text, key)
                    if len(memory) >= MEMORY:
                        self._memory = memory = {}
                    memory[text] = bits
            else:
                bits = seen.get(text)
                if bits is None:
                    bits = seen[text] = self.own_bits(text, key)
            column.append(bits)
        return column

    def observe(self, lines: Lines, first: int = 0, is_end: bool = True) -> list[int]:
        """The evidence on each line of a window that is not blank.

        Args:
            lines: The window.
            first: The index of the window's first line in its text.
            is_end: Whether the window ends where the text does.
        """
        own = self._all_own_bits(lines)
        count = len(own)
        if not count:
            return []
        rows = lines.rows
        shift = self._own
        around = self._around(lines, own)
        context = self._context
        if first == 0:
            for index in range(min(3, count)):
                if rows[index] <= REACH:
                    around[index] |= context["early"]
            around[0] |= context["first"]
        if is_end and lines.total - rows[-1] <= REACH:
            around[-1] |= context["last"]
        before = [0, *own[:-1]]
        behind = [*own[1:], 0]
        return [
            mine | above << shift | below << 2 * shift | bits
            for mine, above, below, bits in zip(own, before, behind, around, strict=True)
        ]

    def _around(self, lines: Lines, own: Sequence[int]) -> list[int]:
        """What depends on the lines around, for each line that is not blank."""
        rows, count = lines.rows, len(own)
        gaps = list(map(sub, [*rows, lines.total], [-1, *rows]))
        widest = len(self._gaps) - 1
        sizes = [gap if gap < widest else widest for gap in gaps]
        prose = BITS["prose"]
        sums = list(accumulate([1 if bits & prose else 0 for bits in own], initial=0))
        if max(gaps) <= REACH // NEIGHBOURHOOD:  # so many lines stay within the reach
            behind = map(sub, sums, [0] * NEIGHBOURHOOD + sums)
            ahead = map(sub, sums[NEIGHBOURHOOD + 1 :] + [sums[-1]] * NEIGHBOURHOOD, sums[1:])
        else:
            behind, ahead = _within_reach(rows, sums)
        sentences, gap_bits, room_bits = self._sentences, self._gaps, self._rooms
        around = [
            sentences[above][below] | gap_bits[gap] | room_bits[room]
            for above, below, gap, room in zip(behind, ahead, sizes, sizes[1:], strict=False)
        ]
        self._mark_edges(around, rows, sums)
        self._mark_repeats(around, rows, lines.keys)
        return around

    def _mark_edges(self, around: list[int], rows: Sequence[int], sums: Sequence[int]) -> None:
        """Mark the lines with no sentence above or below them within the reach."""
        never_behind, never_ahead = self._context["prose_never_behind"], self._context["prose_never_ahead"]
        count = len(rows)
        if rows[-1] - rows[0] <= REACH:
            for index in range(bisect_right(sums, 0)):
                if index < count:
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

    def _mark_repeats(self, around: list[int], rows: Sequence[int], keys: Sequence[str]) -> None:
        """Mark the lines that stand again, whole or in their beginning, within the reach."""
        context = self._context
        new, seen, again = context["new"], context["seen_before"], context["comes_again"]
        heads = [key[:NEAR_LENGTH] for key in keys]
        if len(set(heads)) == len(heads):
            around[:] = [bits | new for bits in around]
            return
        last_at: dict[str, int] = {}
        near_at: dict[str, int] = {}
        for index, head in enumerate(heads):
            near = near_at.get(head)
            near_at[head] = index
            if near is None or rows[index] - rows[near] > REACH:
                around[index] |= new
                last_at[keys[index]] = index
                continue
            key = keys[index]
            earlier = last_at.get(key)
            last_at[key] = index
            if earlier is not None and rows[index] - rows[earlier] <= REACH:
                around[index] |= seen
                around[earlier] |= again
                if earlier == index - 1:
                    around[index] |= context["same_as_previous"]
                    around[earlier] |= context["same_as_next"]
                else:
                    around[index - 1] |= context["echo_ahead"]
            else:
                around[index] |= context["near_before"]
                around[near] |= context["near_again"]


def _within_reach(rows: Sequence[int], sums: Sequence[int]) -> tuple[list[int], list[int]]:
    """How many sentences stand among the lines above and below each line, none of them beyond the reach."""
    behind, ahead = [], []
    count = len(rows)
    for index, row in enumerate(rows):
        low, high = max(0, index - NEIGHBOURHOOD), min(count, index + NEIGHBOURHOOD + 1)
        while row - rows[low] > REACH:
            low += 1
        while rows[high - 1] - row > REACH:
            high -= 1
        behind.append(sums[index] - sums[low])
        ahead.append(sums[high] - sums[index + 1])
    return behind, ahead


def _parted(key: str, at: int, edge: str) -> bool:
    """Whether a phrase that ends (or begins) at a place of the key ends with a word there.

    Scripts that are written without blanks have no such place: there any neighbour will do.
    """
    if not -len(key) <= at < len(key):
        return True
    neighbour = key[at]
    return not (neighbour.isalnum() and edge.isalnum()) or neighbour > "\u2e7f"
