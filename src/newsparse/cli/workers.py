"""One process of several: does parts of a plan.

A part leaves two files: its output (or its dumps, a line of JSON each, where only the parent can write the format) and
a report, which is its mark of being done. Both take their names when they are whole. Before each step its number is put
where it outlives this process, so that the parent knows at which document it ended.
"""

import argparse
import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from newsparse.cli.faults import place_of
from newsparse.cli.outputs import Choice, StreamOutput
from newsparse.cli.reading import documents
from newsparse.dump import Dump
from newsparse.extensions import Document, Reader
from newsparse.formats.jsons import json_line
from newsparse.inputs import INCOMPLETE, SET_ASIDE, Slice
from newsparse.jobs import Part
from newsparse.models import Issue, Origin
from newsparse.parser import Parser
from newsparse.readers.rows import BAD_RECORD
from newsparse.sniffing import Taken

# What a process leaves in its state: the part it is at, the step, and what it has done of the part.
PART, STEP, DUMPS, ARTICLES = range(4)
STATES = 4
# The step of a process that is at no document: before the first one of a part, and behind the last.
AT_NONE = -1
# Of a document without text these issues say that it was lost; any other only tells something of its input.
_LOST = INCOMPLETE | {BAD_RECORD}


@attrs.frozen
class Task:
    """A part to be done."""

    part: Part
    aside: frozenset[int] = frozenset()
    """The steps that ended every process that came to them."""


@attrs.define
class Report:
    """What there is to say of a part that is done."""

    number: int
    size: int = 0
    """How many bytes its output has."""
    documents: int = 0
    """How many its inputs held; every one was written or failed."""
    written: int = 0
    failed: int = 0
    articles: int = 0
    issues: list[tuple[str, list[Issue]]] = attrs.field(factory=list)
    """The issues of each place that has any."""
    taken: list[tuple[str, int, str, str | None, str | None]] = attrs.field(factory=list)
    """What files were taken for, as a `Taken` has it."""
    replaced: dict[str, int] = attrs.field(factory=dict)
    """The characters that the format could not hold."""

    def note(self, taken: Taken) -> None:
        """Remember what a file was taken for, unless the caller said so."""
        if taken.score is not None:
            self.taken.append((taken.reader.name, taken.score, taken.reason, taken.path, taken.member))

    def taken_for(self) -> Iterator[Taken]:
        """What files were taken for."""
        for name, score, reason, path, member in self.taken:
            yield Taken(Reader(name), score, reason, path, member)

    def save(self, path: Path) -> None:
        """Write the report; from now on the part is done."""
        _put(path, json_line(attrs.asdict(self)))

    @classmethod
    def load(cls, path: Path, output: Path) -> "Report | None":
        """The report of a part; ``None`` where it is not done or its output is not whole."""
        try:
            row = json.loads(path.read_bytes())
            row["issues"] = [(place, [Issue(**issue) for issue in issues]) for place, issues in row["issues"]]
            report = cls(**row)
            is_whole = output.stat().st_size == report.size
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return report if is_whole else None


@attrs.frozen
class Worker:
    """What a process is told once; it pickles.

    Its `Parser` is made again in the process, and refuses other plugins than the parent's.
    """

    parser: Parser
    arguments: argparse.Namespace
    folder: Path
    """Where outputs and reports of parts lie."""
    format: str | None
    """The format whose parts may be put end to end; ``None``: dumps are left for the parent to write."""
    options: Mapping[str, str]
    settings: Mapping[str, object]

    def output(self, number: int) -> Path:
        """Where a part's output is."""
        return self.folder / f"{number:08}.part"

    def report(self, number: int) -> Report | None:
        """The report of a part that is done."""
        return Report.load(self._mark(number), self.output(number))

    def run(self, connection: Any, state: Any) -> None:
        """Do what comes through the connection until it is closed; give back each part's number, or an error."""
        # The parent alone decides what Ctrl-C means.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=_end_with_parent, daemon=True).start()
        try:
            while True:
                task = connection.recv()
                try:
                    self._do(task, state)
                except Exception as error:
                    connection.send(error)
                else:
                    connection.send(task.part.number)
        except (EOFError, BrokenPipeError):
            return

    def _do(self, task: Task, state: Any) -> None:
        number = task.part.number
        state[STEP], state[DUMPS], state[ARTICLES] = AT_NONE, 0, 0
        state[PART] = number
        report = Report(number)
        path = self.output(number)
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        with temporary.open("wb") as stream, self._writer(stream, report) as writer:
            for dump, is_first in self._dumps(task, state, report):
                writer.write(dump)
                is_lost = not dump.text and not _LOST.isdisjoint(issue.code for issue in dump.issues)
                report.failed += is_lost
                report.written += is_first and not is_lost and _is_one(dump.text, dump.issues)
                report.articles += len(dump.articles)
                if dump.issues:
                    report.issues.append((place_of(dump), list(dump.issues)))
                state[DUMPS] += 1
                state[ARTICLES] += len(dump.articles)
        report.size = temporary.stat().st_size
        temporary.replace(path)
        report.save(self._mark(number))

    def _writer(self, stream: BinaryIO, report: Report) -> "StreamOutput | _DumpLines":
        if self.format is None:
            return _DumpLines(stream)
        plugins = self.parser.plugins
        counted: Counter[str] = Counter()
        report.replaced = counted
        return StreamOutput(stream, Choice(plugins.format(self.format), plugins, self.options, self.settings, counted))

    def _dumps(self, task: Task, state: Any, report: Report) -> Iterator[tuple[Dump, bool]]:
        """The dumps of a part, and whether each is the first of its document.

        A document is read in an even step and parsed and written in the odd one behind it.
        """
        steps = count(step=2)
        for item in task.part.inputs:
            found = documents([item], self.parser.plugins, self.arguments, report.note)
            document: Document | None = Document()
            while document is not None:
                state[STEP] = step = next(steps)
                if step in task.aside:
                    report.documents += 1
                    yield _set_aside(_origin(item), "what comes next in it", "read"), True
                    break
                document = next(found, None)
                if document is not None:
                    report.documents += document.chunks is not None or _is_one(document.text, document.issues)
                    state[STEP] = step + 1
                    if step + 1 in task.aside:
                        yield _set_aside(document.origin, "this document", "parsed"), True
                        continue
                    for number, dump in enumerate(self.parser.dumps_of(document, articles=self.arguments.articles)):
                        yield dump, number == 0
        state[STEP] = AT_NONE

    def _mark(self, number: int) -> Path:
        return self.folder / f"{number:08}.done"


class _DumpLines:
    """Dumps on their way to the parent, a line of JSON each."""

    def __init__(self, stream: BinaryIO):
        self._stream = stream

    def write(self, dump: Dump) -> None:
        self._stream.write(json_line(dump.to_dict()))

    def __enter__(self) -> "_DumpLines":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing stands behind the last line."""


def _is_one(text: str, issues: Sequence[Issue]) -> bool:
    """Whether what was read is a document: all but notes on an input, which have no text and lose nothing."""
    return bool(text) or not issues or not _LOST.isdisjoint(issue.code for issue in issues)


def _origin(item: str | Slice) -> Origin:
    return Origin(item.path, offset=item.start, line=item.line) if isinstance(item, Slice) else Origin(item)


def _set_aside(origin: Origin | None, what: str, deed: str) -> Dump:
    origin = origin or Origin()
    place = f"record {origin.record}: " if origin.record is not None else ""
    message = f"{place}{what} ended twice the process that {deed} it, and was set aside"
    return Dump(origin=origin, issues=(Issue(SET_ASIDE, message, origin.line),))


def _put(path: Path, data: bytes) -> None:
    """Write a file that is there only whole."""
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_bytes(data)
    temporary.replace(path)


def _end_with_parent() -> None:
    """End this process when the parent does, however that ends: nobody would read what it goes on writing."""
    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)
