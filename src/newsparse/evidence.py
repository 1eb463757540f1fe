"""Lines to evidence: the named yes/no observations on each line, as a bit mask.

Takes `Lines`, gives one integer for each line that is not blank. Four groups of bits stand side by side: what depends
on the lines around, what the line itself shows, and what the line before and the line behind show. Nothing looks
further than `REACH` lines, so a window with that much around it gives the same bits as the whole text.
"""

from collections.abc import Collection, Iterable
from itertools import pairwise, repeat

from newsparse.extensions import Rule
from newsparse.lines import Lines
from newsparse.rulebook import Rulebook
from newsparse.shapes import SHORT_LENGTH
from newsparse.surroundings import CONTEXTS, Surroundings
from newsparse.windows import REACH

# How many short lines' observations are remembered; sized as the decoder's steps are, for about 2,000 texts.
MEMORY = 32_768

# What a line shows: its own bits as `Rulebook` gives them, and their places in its own mask, in the next line's and in
# the last one's.
_Shown = tuple[int, int, int, int]
_NOTHING: _Shown = (0, 0, 0, 0)


class Evidence:
    """The table of observations of one parser, and the reading of lines by it.

    Args:
        rules: The rules, of words and patterns.
        wanted: The names that any weight looks at; others are left out. ``None`` for all.

    Attributes:
        names: The name of each bit, from the lowest. A neighbour's observation is called ``before:`` or ``behind:`` and
            its name.
    """

    def __init__(self, rules: Iterable[Rule], wanted: Collection[str] | None = None):
        self.rulebook = Rulebook(rules)
        self.names: tuple[str, ...] = tuple(CONTEXTS)
        self._places = []
        for side in ("", "before:", "behind:"):
            names = [side + name for name in self.rulebook.names]
            kept = [name for name in names if wanted is None or name in wanted]
            place = {name: 1 << len(self.names) + number for number, name in enumerate(kept)}
            self._places.append([place.get(name, 0) for name in names])
            self.names += tuple(kept)
        self._surroundings = Surroundings(CONTEXTS.keys() if wanted is None else CONTEXTS.keys() & wanted)
        self._memory: dict[str, _Shown] = {}
        self._placed: dict[int, _Shown] = {}

    def _shown(self, text: str, key: str) -> _Shown:
        """What a line shows by itself."""
        bits = self.rulebook.bits(text, key)
        shown = self._placed.get(bits)
        if shown is None:
            if len(self._placed) >= MEMORY:
                self._placed.clear()
            shown = self._placed[bits] = self._place(bits)
        return shown

    def _place(self, bits: int) -> _Shown:
        numbers = [number for number in range(bits.bit_length()) if bits >> number & 1]
        own, before, behind = (sum([places[number] for number in numbers]) for places in self._places)
        return bits, own, before, behind

    def _all_shown(self, lines: Lines) -> list[_Shown]:
        memory = self._memory
        column = list(map(memory.get, lines.texts, repeat(_NOTHING)))
        for index, shown in enumerate(column):
            if shown is _NOTHING:
                text = lines.texts[index]
                shown = column[index] = self._shown(text, lines.keys[index])
                if len(text) <= SHORT_LENGTH:
                    if len(memory) >= MEMORY:
                        self._memory = memory = {}
                    memory[text] = shown
        return column

    def observe(self, lines: Lines, first: int = 0, is_end: bool = True) -> list[int]:
        """The evidence on each line of a window that is not blank.

        Args:
            lines: The window.
            first: The index of the window's first line in its text.
            is_end: Whether the window ends where the text does.
        """
        shown = self._all_shown(lines)
        if not shown:
            return []
        around = self._surroundings.observe(lines, [line[0] for line in shown], first == 0, is_end)
        before = [_NOTHING, *shown[:-1]]
        behind = [*shown[1:], _NOTHING]
        rows = lines.rows
        if rows[-1] - rows[0] > REACH:
            for index, (row, below) in enumerate(pairwise(rows)):
                if below - row > REACH:
                    behind[index] = before[index + 1] = _NOTHING
        return [
            bits | mine[1] | above[2] | below[3]
            for bits, mine, above, below in zip(around, shown, before, behind, strict=True)
        ]
