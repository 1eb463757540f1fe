"""``newsparse parse --jobs N``: parts of the inputs in several processes, put together in the inputs' order.

A process that ends is replaced and its part done again; a document that ends two of them is named and set aside. What
is done lies in a folder beside the output until that is whole, for ``--resume``.
"""

import argparse
import json
import shutil
import signal
import sys
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs

from newsparse.cli.faults import Faults
from newsparse.cli.outputs import Output, StreamOutput
from newsparse.cli.progress import Progress
from newsparse.cli.reading import inside
from newsparse.cli.summary import Summary
from newsparse.cli.taken import Readers
from newsparse.cli.terminal import many
from newsparse.cli.workers import ARTICLES, AT_NONE, DUMPS, PART, STATES, STEP, Report, Task, Worker
from newsparse.dicts import from_dict
from newsparse.errors import NewsparseError, OptionError
from newsparse.jobs import Part, Plan
from newsparse.outputs import stamp_of
from newsparse.parser import Parser

# So many processes a document may end: one may have been ended by something else.
TWICE = 2
# So many may end without having come to a document of a part: then they cannot run here at all.
MOST_STARTS = 5
# Parts that a process has in hand: while the parent is busy with one that is done, the next is begun.
AHEAD = 2
# Seconds between two looks at how far the processes are.
LOOK_SECONDS = 0.2
# What says nothing of what comes out.
_OUTSIDE = ("jobs", "resume", "trace", "paths")


def parse_in_processes(parser: Parser, arguments: argparse.Namespace, output: Output, faults: Faults) -> None:
    """Parse the inputs in several processes and write what comes out.

    Args:
        parser: The parser; every process makes its like.
        arguments: The command line.
        output: Where the articles go.
        faults: What tells the issues.

    Raises:
        OptionError: An input or output is none that several processes can share, or a stopped run was another one.
        OSError: The output cannot be written.
    """
    jobs = 1 if arguments.jobs is None else arguments.jobs
    if not jobs:
        raise OptionError("--jobs is a number of processes, at least 1")
    if "-" in arguments.paths:
        raise OptionError("standard input cannot be shared by processes: name a file, or leave --jobs out")
    plan = Plan(tuple(arguments.paths), parser.plugins, arguments.reader.name, inside(arguments.out))
    joined = output if isinstance(output, StreamOutput) and output.joins else None
    choice = joined.choice if joined else None
    with ExitStack() as stack:
        folder = _folder(arguments, plan.digest(_settings(parser, arguments)), stack)
        worker = Worker(
            parser,
            arguments,
            folder,
            choice.form.name if choice else None,
            choice.options if choice else {},
            choice.settings if choice else {},
        )
        progress = Progress(wanted=not isinstance(output, Summary), total=plan.size())
        crew = stack.enter_context(Crew(jobs, worker, progress))
        readers = Readers(arguments.paths)
        total = Report(0)
        for report in crew.reports(plan.parts()):
            for taken in report.taken_for():
                readers.note(taken)
            for place, issues in report.issues:
                faults.tell(place, issues)
            with worker.output(report.number).open("rb") as part:
                if joined:
                    joined.join(part)
                else:
                    for line in part:
                        output.write(from_dict(json.loads(line)))
            if choice:
                choice.replaced.update(report.replaced)
            _add(total, report)
    faults.close()
    readers.close()
    _tell(total)


def drop(out: str | None) -> None:
    """Forget what a run left for ``--resume``: its output is whole."""
    if out not in (None, "-"):
        shutil.rmtree(_beside(out), ignore_errors=True)


def _beside(out: str) -> Path:
    target = Path(out).resolve()
    return target.with_name(f".{target.name}.parts")


def _folder(arguments: argparse.Namespace, digest: str, stack: ExitStack) -> Path:
    """The folder of the parts: that of the run that goes on, else a new one."""
    if arguments.out in (None, "-"):
        if arguments.resume:
            raise OptionError("--resume goes on with an output file or folder: name it with -o")
        return Path(stack.enter_context(TemporaryDirectory(prefix="newsparse-")))
    folder = _beside(arguments.out)
    mark = folder / "plan"
    if arguments.resume and mark.is_file():
        if mark.read_text() != digest:
            raise OptionError(
                f"the inputs, options or plugins are not those of the run that was stopped ({folder}): "
                "leave --resume out to begin anew"
            )
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    unmarked = mark.with_suffix(".tmp")
    unmarked.write_text(digest)
    unmarked.replace(mark)
    return folder


def _settings(parser: Parser, arguments: argparse.Namespace) -> list[object]:
    """All that the output hangs on beside the inputs."""
    said = {name: value for name, value in vars(arguments).items() if name not in _OUTSIDE}
    profile = Path(arguments.profile).read_text(encoding="utf-8") if arguments.profile else None
    return [stamp_of(parser.plugins), said, profile]


def _add(total: Report, report: Report) -> None:
    total.documents += report.documents
    total.written += report.written
    total.failed += report.failed
    total.articles += report.articles


def _tell(total: Report) -> None:
    """Say what came in and what became of it."""
    lost = f", {total.failed:,} lost (named above)" if total.failed else ""
    counts = f"{many(total.documents, 'document')} in, {total.written:,} out{lost}; {many(total.articles, 'article')}"
    print(f"newsparse: {counts}", file=sys.stderr)
    if total.documents != total.written + total.failed:
        raise NewsparseError("documents in and out do not agree: this is an error of newsparse, please report it")


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
