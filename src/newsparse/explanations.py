"""Why a line is what it is, worked out when somebody asks: the parse itself keeps nothing for it.

A text's evidence and path are pure functions of the text, so they are simply made again. Takes what was parsed, answers
`Dump.explain`, `Dump.confidence` and `Dump.doubts`.
"""

from collections.abc import Sequence
from functools import cached_property

from newsparse.dump import Reason
from newsparse.evidence import Evidence
from newsparse.lines import split_lines
from newsparse.models import Role
from newsparse.reading import Orders, label_worths, stretches
from newsparse.roles import STATED, Decoder


class Explanation:
    """What explains one dump; satisfies `newsparse.dump.Explainer`."""

    def __init__(self, text: str, evidence: Evidence, decoder: Decoder, orders: Orders | None):
        self._text = text
        self._evidence = evidence
        self._decoder = decoder
        self._orders = orders

    @cached_property
    def _trace(self) -> dict[int, tuple[int, int]]:
        """For each line that is not blank, by index, its mask and the state that the path gave it."""
        lines = split_lines(self._text)
        masks = self._evidence.observe(lines)
        path = b"".join(
            bytes(stretch.path) for stretch in stretches([self._text], self._evidence, self._decoder, self._orders)
        )
        return dict(zip(lines.rows, zip(masks, path, strict=True), strict=True))

    def reasons(self, index: int) -> tuple[Reason, ...]:
        """The observations on a line, those that weigh most first."""
        if index not in self._trace:
            return ()
        mask, state = self._trace[index]
        names = self._evidence.names
        reasons = [
            Reason(names[bit], weight)
            for bit in range(mask.bit_length())
            if mask >> bit & 1 and (weight := self._decoder.weight(bit, state))
        ]
        if self._orders and self._orders.roles.get(index):
            reasons.append(Reason("stated", STATED))
        for label in self._orders.votes.get(index, ()) if self._orders else ():
            reasons.append(Reason(label.reason or "label", label.weight or 0))
        return tuple(sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.name)))

    def margins(self) -> Sequence[tuple[int, Role] | None]:
        """For each line the margin to the best path that gives it another role, and that role."""
        total = len(split_lines(self._text).stops)
        found: list[tuple[int, Role] | None] = [None] * total
        trace = self._trace
        masks = [mask for mask, _ in trace.values()]
        path = [state for _, state in trace.values()]
        worths = label_worths(list(trace), self._decoder, self._orders) if self._orders else None
        for row, margin in zip(trace, self._decoder.margins(masks, path, worths), strict=True):
            stated = self._orders.roles.get(row) if self._orders else None
            found[row] = (STATED, stated) if stated else margin
        return found
