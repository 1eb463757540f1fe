"""What a profile says of a long text's lines, known a chunk ahead of the loop that reads it and forgotten behind it.

Takes chunks of text and an `Annotator`, gives the same text in chunks, and `Orders` that the loop obeys.
"""

from collections.abc import Iterable, Iterator
from typing import cast

import attrs

from newsparse.extensions import Label
from newsparse.models import Role
from newsparse.profiles import Annotator
from newsparse.reading import Orders, orders_of
from newsparse.windows import windows


def text_labels(text: str, annotator: Annotator) -> list[Label]:
    """The labels of a whole text's lines."""
    return [label for window in windows([text]) for label in annotator.labels(window)]


class Remarks:
    """The labels of a text that comes in chunks.

    Attributes:
        orders: What they come to, for the lines that were read and are not finished.
    """

    def __init__(self, annotator: Annotator):
        self._annotator = annotator
        self._labels: list[Label] = []
        self._done = 0  # how many lines are finished
        self._roles: dict[int, Role] = {}
        self._votes: dict[int, list[Label]] = {}
        self._cuts: set[int] = set()
        self._continued: set[int] = set()
        # The loop only looks into them, and finds there what was added meanwhile.
        cuts, continued = cast("frozenset[int]", self._cuts), cast("frozenset[int]", self._continued)
        self.orders = Orders(self._roles, self._votes, cuts, continued)

    def ahead_of(self, chunks: Iterable[str]) -> Iterator[str]:
        """The same text in chunks, each handed on when the labels of its lines are known."""
        for window in windows(chunks):
            labels = self._annotator.labels(window)
            self._labels += labels
            found = orders_of(labels) or Orders()
            self._cuts |= found.cuts
            self._continued |= found.continued
            for row, role in found.roles.items():
                self._roles.setdefault(row, role)
            for row, votes in found.votes.items():
                self._votes.setdefault(row, []).extend(votes)
            yield window.text

    def finish(self, lines: int) -> Orders | None:
        """What was said of the next lines, counted from their first one; it is forgotten here."""
        first, self._done = self._done, self._done + lines
        own = [label for label in self._labels if label.line <= self._done]
        self._labels = [label for label in self._labels if label.line > self._done]
        for row in {label.line - 1 for label in own}:
            self._roles.pop(row, None)
            self._votes.pop(row, None)
            self._cuts.discard(row)
            self._continued.discard(row)
        return orders_of(attrs.evolve(label, line=label.line - first) for label in own)
