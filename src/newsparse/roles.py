"""Evidence to roles: the best path through a chain of states, each a role in a phase of an article.

The score of a path is the sum of integer weights, evidence by state and state by state; the best path is Viterbi's. A
vector of scores less its maximum is a state of an automaton: what a line's mask makes of it is worked out once and
remembered, as a regex engine builds its automaton while it reads. Results are those of plain Viterbi, ties included:
the state listed first wins.

A step that the table does not allow costs `Weights.forbidden`, which is finite, so a state can be proved hopeless and
dropped: one that lies further behind the leader of its own or another phase than any two steps out of the two can
differ (`Decoder._hopeless`). What is dropped could never have won again.
"""

from array import array
from collections.abc import Mapping, Sequence
from operator import add, sub

from newsparse.dump import ROLE_NUMBERS
from newsparse.models import Role
from newsparse.weights import Weights

# What a stated role is worth: more than all the evidence of a line, so that the decoder obeys.
STATED = 100_000
# How many (vector, mask) steps are remembered before all are forgotten. Large enough for the 2,000 texts of the speed
# benchmark, which take some 45,000; with 24,000 a second pass over them misses as often as the first.
MEMORY = 65_000
# How many sums of a part of a mask are remembered before all are forgotten; one takes about 300 bytes.
SUMS = 12_000

# Bits of a mask that are summed together and remembered: few enough that the same ones come again.
_PART_WIDTH = 32
_PART = (1 << _PART_WIDTH) - 1
# Scores of all states stand side by side in one integer, 32 bits each, raised by half the range so that none is below
# zero.
_FIELD = 32
_ZERO = 1 << _FIELD - 1


# Where steps are compared, the lowest bits of a lane say which state the step leaves, inverted; scores above them are
# raised so that none is below zero.
_SOURCE = 8
_RAISED = 1 << 22
_INVERSE = bytes(range(255, -1, -1))


class _Vector:
    """The scores of the states still alive, what they come to before the next line, and where each mask leads."""

    __slots__ = ("best", "came", "scores", "steps")

    def __init__(self, scores: tuple[tuple[int, int], ...]):
        self.scores = scores
        self.steps: dict[int, tuple[_Vector, bytes]] = {}
        self.best: Sequence[int] | None = None
        self.came = b""


class Decoder:
    """Finds the best path for one table of weights and one table of evidence.

    Args:
        weights: The weights.
        names: The name of each bit of a mask, from the lowest.
        start_bonus: What the first line of a later article is worth beyond its evidence, for a caller who knows how
            many there are.

    Attributes:
        states: Role and phase of each state.
        starts: Whether each state is the first line of a later article.
        start_states: The numbers of those that are.
        role_numbers: For each state its role's number in ``tuple(Role)``, as a table for `bytes.translate`.
    """

    def __init__(self, weights: Weights, names: Sequence[str], start_bonus: int = 0):
        self.states = tuple((Role(role), phase) for role, phase in weights.states)
        self.starts = tuple(phase in ("start", "restart") for _, phase in self.states)
        self.start_states = frozenset(state for state, is_start in enumerate(self.starts) if is_start)
        self.role_numbers = bytes(ROLE_NUMBERS[role] for role, _ in self.states).ljust(256, b"\0")
        self._used = sum(1 << bit for bit, name in enumerate(names) if any(weights.evidence.get(name, {}).values()))
        self._weights = weights
        self._forbidden = weights.forbidden
        self._names = names
        self._rows = [self._row(weights.evidence.get(name, {})) for name in names]
        self._bias = self._pack([_ZERO + start_bonus * is_start for is_start in self.starts])
        self._steps = [self._steps_from(role, phase) for role, phase in self.states]
        self._last = [weights.last.get(phase, 0) for _, phase in self.states]
        self._packed_steps = [self._packed(state) for state in range(len(self.states))]
        self._each = self._pack([1 << _SOURCE] * len(self.states))
        self._worths = self._pack([(1 << _FIELD - _SOURCE) - 1] * len(self.states))
        self._behind = self._hopeless()
        self._numbers = range(len(self.states))
        self._forget()
        self._sums: dict[tuple[int, int], int] = {}

    def _pack(self, fields: Sequence[int]) -> int:
        return sum(value << _FIELD * state for state, value in enumerate(fields))

    def _packed(self, state: int) -> int:
        """The steps out of a state to every other, those that the table does not allow too."""
        worths = [self._forbidden] * len(self.states)
        for target, weight in self._steps[state]:
            worths[target] = weight
        return self._pack([worth + _RAISED << _SOURCE | 255 - state for worth in worths])

    def _row(self, cells: Mapping[str, int]) -> int:
        return self._pack([cells.get(role, 0) + cells.get(phase, 0) for role, phase in self.states])

    def _steps_from(self, role: str, phase: str) -> list[tuple[int, int]]:
        """The states that may follow one, with what the step is worth."""
        phases = self._weights.phases.get(phase, {})
        steps = self._weights.steps.get(f"{phase}/{role}", {})
        return [
            (state, phases[after] + steps.get(f"{after}/{next_role}", 0))
            for state, (next_role, after) in enumerate(self.states)
            if after in phases and (after == phase or self._may_enter(next_role, after))
        ]

    def _first(self) -> list[int]:
        """What it is worth to begin a text in each state."""
        first = self._weights.first
        return [
            first[phase] if phase in first and self._may_enter(role, phase) else self._forbidden
            for role, phase in self.states
        ]

    def _may_enter(self, role: str, phase: str) -> bool:
        return role in self._weights.enter.get(phase, (role,))

    def _hopeless(self) -> list[list[int]]:
        """For each leader how far each state may lie behind it.

        A state that lies further behind can't win: whatever follows, the leader comes to more.
        """
        rows = []
        for state, steps in enumerate(self._steps):
            row = [self._forbidden] * len(self.states)
            for target, weight in steps:
                row[target] = weight
            rows.append([*row, self._last[state]])
        return [[max(map(sub, behind, lead)) for behind in rows] for lead in rows]

    def _forget(self) -> None:
        self._count = 0
        self._vectors: dict[tuple[tuple[int, int], ...], _Vector] = {}

    def _vector(self, scores: tuple[tuple[int, int], ...]) -> _Vector:
        vector = self._vectors.get(scores)
        if vector is None:
            vector = self._vectors[scores] = _Vector(scores)
        return vector

    def emissions(self, mask: int) -> list[int]:
        """What a mask is worth in each state."""
        total = self._bias + self._sum(mask)
        return list(memoryview(total.to_bytes(4 * len(self.states), "little")).cast("I"))

    def _sum(self, mask: int) -> int:
        """The packed scores of a mask: the sum of its parts, which come again where whole masks do not."""
        total = 0
        place = 0
        while mask:
            bits = mask & _PART
            if bits:
                key = bits, place
                more = self._sums.get(key)
                if more is None:
                    more = self._part_sum(bits, place)
                total += more
            mask >>= _PART_WIDTH
            place += _PART_WIDTH
        return total

    def _part_sum(self, bits: int, place: int) -> int:
        total, rest = 0, bits
        while rest:
            low = rest & -rest
            total += self._rows[place + low.bit_length() - 1]
            rest ^= low
        if len(self._sums) >= SUMS:
            self._sums = {}
        self._sums[bits, place] = total
        return total

    def path(
        self,
        masks: Sequence[int],
        after: int | None = None,
        is_end: bool = True,
        stated: Mapping[int, Sequence[int]] | None = None,
    ) -> bytes:
        """The best path: the number of a state for each mask.

        Args:
            masks: The evidence on each line.
            after: The state of the line before the first one, or ``None`` where a text begins.
            is_end: Whether the text ends behind the last line.
            stated: For some lines (by index) what labels add to each state.
        """
        if not masks:
            return b""
        used = self._used
        vector = self._vector(((-1, 0),) if after is None else ((after, 0),))
        backs = []
        if stated is None:
            for mask in masks:
                mask &= used
                step = vector.steps.get(mask) or self._remember(vector, mask)
                vector, back = step
                backs.append(back)
        else:
            for index, mask in enumerate(masks):
                scores, back = self._step(vector, self._emissions(mask & used, stated.get(index)))
                vector = _Vector(scores)
                backs.append(back)
        state = self._best(vector.scores, is_end)
        path = bytearray()
        for back in reversed(backs):
            path.append(state)
            state = back[state]
        path.reverse()
        return bytes(path)

    def _best(self, scores: tuple[tuple[int, int], ...], is_end: bool) -> int:
        last = self._last
        return max(scores, key=lambda pair: (pair[1] + (last[pair[0]] if is_end else 0), -pair[0]))[0]

    def _emissions(self, mask: int, extra: Sequence[int] | None) -> list[int]:
        values = self.emissions(mask)
        return values if extra is None else [value + more for value, more in zip(values, extra, strict=True)]

    def _remember(self, vector: _Vector, mask: int) -> tuple[_Vector, bytes]:
        scores, back = self._step(vector, self.emissions(mask))
        if self._count >= MEMORY:
            self._forget()
        self._count += 1
        step = self._vector(scores), back
        vector.steps[mask] = step
        return step

    def _step(self, vector: _Vector, emissions: Sequence[int]) -> tuple[tuple[tuple[int, int], ...], bytes]:
        """One line of Viterbi over the states alive: the new scores, and for each state where it came from."""
        best = vector.best
        if best is None:
            best = self._predict(vector)
        values = list(map(add, best, emissions))
        top = max(values)
        # The leader of all thins out the rest, state by state, then the leaders of the other phases do.
        behind = self._behind[values.index(top)]
        alive = [
            (state, value - top)
            for state, value, least in zip(self._numbers, values, behind, strict=True)
            if value + least >= top
        ]
        leaders: dict[str, tuple[int, int]] = {}
        for pair in alive:
            phase = self.states[pair[0]][1]
            if phase not in leaders or pair[1] > leaders[phase][1]:
                leaders[phase] = pair
        for leader, lead in leaders.values():
            if lead:
                behind = self._behind[leader]
                alive = [pair for pair in alive if pair[1] + behind[pair[0]] >= lead]
        return tuple(alive), vector.came

    def _predict(self, vector: _Vector) -> Sequence[int]:
        """The best score with which each state can be reached from a vector, raised alike for all.

        Where a state is reached from is kept in `came`. Both are found at once: each lane of a packed row holds what a
        step is worth and below it the state that it leaves, the smaller the higher; the greatest lane tells both.
        """
        scores = vector.scores
        if scores[0][0] < 0:
            vector.best, vector.came = self._first(), bytes(len(self.states))
            return vector.best
        rows, each = self._packed_steps, self._each
        packed = [rows[state] + score * each for state, score in scores]
        size = 4 * len(self.states)
        if len(packed) == 1:
            whole = packed[0].to_bytes(size, "little")
        else:
            lanes = [memoryview(row.to_bytes(size, "little")).cast("I") for row in packed]
            whole = array("I", map(max, *lanes)).tobytes()
        vector.came = whole[::4].translate(_INVERSE)
        values = int.from_bytes(whole, "little") >> _SOURCE & self._worths
        vector.best = memoryview(values.to_bytes(size, "little")).cast("I")
        return vector.best

    def columns(self, state: int) -> tuple[str, str]:
        """Role and phase of a state, as the columns of the weights table are called."""
        role, phase = self.states[state]
        return role.value, phase

    def weight(self, bit: int, state: int) -> int:
        """What one bit of a mask is worth in a state."""
        cells = self._weights.evidence.get(self._names[bit], {})
        role, phase = self.columns(state)
        return cells.get(role, 0) + cells.get(phase, 0)

    def margins(
        self, masks: Sequence[int], path: Sequence[int], stated: Mapping[int, Sequence[int]] | None = None
    ) -> list[tuple[int, Role]]:
        """By how much a path beats the best one that decides a line otherwise, and that one's role, line by line.

        To decide otherwise is to give the line another role, or to start an article where the path does not. Arguments
        are those of `path`.
        """
        more = stated or {}
        worths = [self._emissions(mask, more.get(index)) for index, mask in enumerate(masks)]
        forward, backward = self._best_to(worths), self._best_from(worths)
        margins = []
        for here, rest, state in zip(forward, backward, path, strict=True):
            through = [score + more for score, more in zip(here, rest, strict=True)]
            same = self.states[state][0], self.starts[state]
            others = [
                (score, -other)
                for other, score in enumerate(through)
                if (self.states[other][0], self.starts[other]) != same
            ]
            best, other = max(others)
            margins.append((max(0, through[state] - best), self.states[-other][0]))
        return margins

    def _best_to(self, emissions: Sequence[Sequence[int]]) -> list[list[int]]:
        """For each line the score of the best path that ends in each state there, the line included."""
        scores = self._first()
        table = []
        for index, line in enumerate(emissions):
            if index:
                lead = max(scores) + self._forbidden
                best = [lead] * len(scores)
                for state, score in enumerate(scores):
                    for target, weight in self._steps[state]:
                        best[target] = max(best[target], score + weight)
                scores = best
            scores = [score + worth - _ZERO for score, worth in zip(scores, line, strict=True)]
            table.append(scores)
        return table

    def _best_from(self, emissions: Sequence[Sequence[int]]) -> list[list[int]]:
        """For each line the score of the best path behind it, from each state there to the end."""
        scores = list(self._last)
        table = [scores]
        for line in reversed(emissions[1:]):
            worths = [score + worth - _ZERO for score, worth in zip(scores, line, strict=True)]
            lead = max(worths) + self._forbidden
            scores = [
                max(lead, max((worths[target] + weight for target, weight in row), default=lead)) for row in self._steps
            ]
            table.append(scores)
        return table[::-1] if emissions else []
