"""Which reader an input is for: every reader looks at its first bytes and its name, and the surest one reads.

Takes those, gives a `Taken`: the reader, how sure it is and by what.
"""

from collections.abc import Callable

import attrs

from newsparse.candidates import FAILURES
from newsparse.extensions import Reader
from newsparse.models import Issue
from newsparse.plugins import PluginSet

READER_GUESSED = "reader-guessed"
"""The code of an issue: two readers were about as sure that an input is theirs."""
CLOSE = 10
"""Below this difference of two readers' scores the choice between them is reported."""


@attrs.frozen
class Taken:
    """What an input was taken for, and why."""

    reader: Reader
    score: int | None = None
    """How sure the reader is, from 0 to 100; ``None``: the caller named it."""
    reason: str = "named"
    """``content``, ``name``, ``content and name``, or ``named`` by the caller."""
    path: str | None = None
    member: str | None = None
    issues: tuple[Issue, ...] = ()
    """What is to be said of the choice."""

    def __str__(self) -> str:
        place = "/".join(filter(None, (self.path, self.member))) or "the input"
        sure = self.reason if self.score is None else f"{self.score} of 100, by {self.reason}"
        return f"{place}: read as {self.reader.name} ({sure})"


def take(
    head: bytes, name: str, plugins: PluginSet, failed: Callable[[Reader, str, BaseException], Issue], label: str
) -> Taken:
    """The reader that is surest of an input.

    Args:
        head: Its first bytes.
        name: Its name in lower case, without what says how it is compressed.
        plugins: The readers.
        failed: Makes an issue of a reader that fails.
        label: What messages call the input.
    """
    issues = []
    scores = []
    for reader in plugins.readers.values():
        try:
            scores.append((int(reader.sniff(head, name)), reader))
        except FAILURES as error:
            issues.append(failed(reader, "sniff", error))
    # Python sorts stably: of two that are equally sure the host's first one reads.
    scores.sort(key=lambda pair: -pair[0])
    score, best = scores[0]
    for other, second in scores[1:2]:
        if other > 0 and score - other < CLOSE:
            message = (
                f"{label} was read as {best.name} (sure by {score} of 100) but may be {second.name} ({other}): "
                "name the reader if it is"
            )
            issues.append(Issue(READER_GUESSED, message))
    return Taken(best, score, _reason(best, head, name, score), issues=tuple(issues))


def _reason(reader: Reader, head: bytes, name: str, score: int) -> str:
    """What made a reader sure: what it scores without the name, and without the content, tells."""
    try:
        without_name, without_head = reader.sniff(head, ""), reader.sniff(b"", name)
    except FAILURES:
        return "content and name"
    if without_name >= score:
        return "content"
    return "name" if without_head >= score else "content and name"
