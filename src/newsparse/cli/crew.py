"""Processes that do parts of a plan; one that ends is replaced, and its parts are done again.

Takes parts, gives their reports in the parts' order. A document that ends two processes is set aside.
"""

import signal
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import wait
from typing import Any

import attrs

from newsparse.cli.progress import Progress
from newsparse.cli.workers import ARTICLES, AT_NONE, DUMPS, PART, STATES, STEP, Report, Task, Worker
from newsparse.errors import NewsparseError
from newsparse.jobs import Part

# So many processes a document may end: one may have been ended by something else.
TWICE = 2
# So many may end without having come to a document of a part: then they cannot run here at all.
MOST_STARTS = 5
# Parts that a process has in hand: while the parent is busy with one that is done, the next is begun.
AHEAD = 2
# Seconds between two looks at how far the processes are.
LOOK_SECONDS = 0.2


@attrs.define(eq=False)
class _Hand:
    """A process at work, as the parent sees it."""

    process: Any
    connection: Any
    state: Any
    parts: deque[Part] = attrs.field(factory=deque)
    """The part it is at, and those it has in hand."""

    @property
    def step(self) -> int:
        """At which document of its part it is."""
        return int(self.state[STEP]) if self.state[PART] == self.parts[0].number else AT_NONE


class Crew:
    """Processes that do parts; each is started when there is work for it, and replaced when it ends.

    Args:
        size: How many there are at most.
        worker: What each of them is.
        progress: What shows how far the work is.
    """

    def __init__(self, size: int, worker: Worker, progress: Progress):
        self._context = get_context("spawn")
        self._size = size
        self._worker = worker
        self._progress = progress
        self._hands: list[_Hand] = []
        self._again: deque[Part] = deque()
        self._ended: Counter[tuple[int, int]] = Counter()
        self._aside: defaultdict[int, set[int]] = defaultdict(set)
        self._ready: dict[int, Report] = {}
        self._dumps = self._articles = self._done = self._earlier = 0

    def reports(self, parts: Iterator[Part]) -> Iterator[Report]:
        """The reports of parts in their order; those that an earlier run did are not done again."""
        for number in count():
            # A part is asked for only while there is someone to do it, so no more are held than are in hand.
            while number not in self._ready:
                for depth in range(1, AHEAD + 1):
                    while number not in self._ready and self._has_room(depth) and (part := self._next(parts)):
                        self._give(part)
                hands = [hand for hand in self._hands if hand.parts]
                if not hands and number not in self._ready:
                    return
                said = wait([hand.connection for hand in hands], LOOK_SECONDS if number not in self._ready else 0)
                for hand in hands:
                    if hand.connection in said:
                        self._hear(hand)
                self._show()
            yield self._ready.pop(number)

    def __enter__(self) -> "Crew":
        self._progress.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.__exit__()
        for hand in self._hands:
            hand.connection.close()
            hand.process.kill()
            hand.process.join()

    def _has_room(self, depth: int) -> bool:
        """Whether there is, or may be, a process with fewer parts in hand than so many."""
        return len(self._hands) < self._size or any(len(hand.parts) < depth for hand in self._hands)

    def _next(self, parts: Iterator[Part]) -> Part | None:
        """The next part to be done; what an earlier run did is ready."""
        if self._again:
            return self._again.popleft()
        for part in parts:
            report = self._worker.report(part.number)
            if report is None:
                return part
            self._earlier += part.size
            self._count(report, part)
        return None

    def _free_hand(self) -> _Hand:
        """The process with the fewest parts in hand; a new one while all have some and they are not all there."""
        if len(self._hands) < self._size and all(hand.parts for hand in self._hands):
            ours, theirs = self._context.Pipe()
            state = self._context.RawArray("q", STATES)
            state[PART] = AT_NONE
            process = self._context.Process(target=self._worker.run, args=(theirs, state), daemon=True)
            with _without_interrupts():
                process.start()
            theirs.close()
            self._hands.append(_Hand(process, ours, state))
        return min(self._hands, key=lambda hand: len(hand.parts))

    def _give(self, part: Part) -> None:
        hand = self._free_hand()
        hand.parts.append(part)
        try:
            hand.connection.send(Task(part, frozenset(self._aside[part.number])))
        except OSError:
            # It has ended, which is heard at the other end of the connection.
            return

    def _hear(self, hand: _Hand) -> None:
        """Take what a process says: a part that is done, an error, or by its end that it will say nothing more.

        Raises:
            Exception: What the process met.
        """
        try:
            said = hand.connection.recv()
        except (EOFError, OSError):
            self._bury(hand)
            return
        if isinstance(said, Exception):
            raise said
        part = hand.parts.popleft()
        if report := self._worker.report(said):
            self._count(report, part)
        else:
            self._again.append(part)

    def _bury(self, hand: _Hand) -> None:
        """Take the parts of a process that has ended, and set aside the document that ended it if it was the second.

        Raises:
            NewsparseError: No process comes as far as a document.
        """
        hand.connection.close()
        hand.process.join()
        self._hands.remove(hand)
        self._again.extendleft(reversed(hand.parts))
        part = hand.parts[0].number
        place = (part, hand.step)
        self._ended[place] += 1
        if hand.step == AT_NONE:
            if self._ended[place] == MOST_STARTS:
                raise NewsparseError(
                    f"processes end before they come to a document (exit code {hand.process.exitcode})"
                )
        elif self._ended[place] == TWICE:
            self._aside[part].add(hand.step)

    def _count(self, report: Report, part: Part) -> None:
        self._ready[part.number] = report
        self._dumps += report.documents
        self._articles += report.articles
        self._done += part.size

    def _show(self) -> None:
        busy = [hand for hand in self._hands if hand.parts and hand.state[PART] == hand.parts[0].number]
        dumps = self._dumps + sum(hand.state[DUMPS] for hand in busy)
        articles = self._articles + sum(hand.state[ARTICLES] for hand in busy)
        self._progress.show(dumps, articles, self._done, self._earlier)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Keep Ctrl-C from what is started meanwhile, which it would end with a traceback before it can say otherwise."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
