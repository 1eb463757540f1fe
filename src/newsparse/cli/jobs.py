"""``newsparse parse --jobs N``: parts of the inputs in several processes, put together in the inputs' order.

What is done lies in a folder beside the output until that is whole, for ``--resume``.
"""

import argparse
import json
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from newsparse.cli.crew import Crew
from newsparse.cli.faults import Faults
from newsparse.cli.outputs import Output, StreamOutput
from newsparse.cli.progress import Progress
from newsparse.cli.reading import inside
from newsparse.cli.summary import Summary
from newsparse.cli.taken import Readers
from newsparse.cli.terminal import many
from newsparse.cli.workers import Report, Worker
from newsparse.dicts import from_dict
from newsparse.errors import NewsparseError, OptionError
from newsparse.jobs import Plan
from newsparse.outputs import stamp_of
from newsparse.parser import Parser

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
