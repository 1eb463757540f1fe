"""Lines to evidence: the named yes/no observations on each line, as a bit mask.

Takes `Lines`, gives one integer for each line that is not blank. Four groups of bits stand side by side: what the line itself shows
(its shape and the rules it meets), the same for the line before and the line behind, and what depends on the lines around. Nothing
looks further than `REACH` lines, so a window with that much around it gives the same bits as the whole text.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from newsparse.extensions import Rule
from newsparse.lines import Lines
from newsparse.shapes import BITS, SHAPES, SHORT_LENGTH, shape_bits
from newsparse.surroundings import CONTEXTS, surroundings
from newsparse.windows import REACH

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


class Evidence:
    """The table of observations of one parser, and the reading of lines by it.

    Attributes:
        names: The name of each bit, from the lowest. A neighbour's observation is called ``before:`` or ``behind:`` and its name.
        own: How many of them are the line's own; as many follow for each neighbour.
    """

    def __init__(self, rules: Iterable[Rule]):
        self.rules = tuple(rules)
        own = [*SHAPES, *(rule.name for rule in self.rules), DATE_LINE]
        self.own = len(own)
        self.names = (
            *own,
            *(f"before:{name}" for name in own),
            *(f"behind:{name}" for name in own),
            *CONTEXTS,
        )
        self._memory: dict[str, int] = {}
        self._compile()

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
            bits |= 1 << self.own - 1
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
        if not own:
            return []
        shift = self.own
        around = surroundings(lines, own, first == 0, is_end)
        before = [0, *own[:-1]]
        behind = [*own[1:], 0]
        rows = lines.rows
        if rows[-1] - rows[0] > REACH:
            for index, (row, below) in enumerate(pairwise(rows)):
                if below - row > REACH:
                    behind[index] = before[index + 1] = 0
        return [
            mine | above << shift | below << 2 * shift | bits << 3 * shift
            for mine, above, below, bits in zip(own, before, behind, around, strict=True)
        ]


def _parted(key: str, at: int, edge: str) -> bool:
    """Whether a phrase that ends (or begins) at a place of the key ends with a word there.

    Scripts that are written without blanks have no such place: there any neighbour will do.
    """
    if not -len(key) <= at < len(key):
        return True
    neighbour = key[at]
    return not (neighbour.isalnum() and edge.isalnum()) or neighbour > "\u2e7f"
