"""``newsparse view``: a page that shows a dump, its articles, and why every line is what it is."""

import argparse
import os
import sys
from collections import Counter
from pathlib import Path

from newsparse.cli import DONE, FAULTY
from newsparse.cli.faults import Faults
from newsparse.cli.outputs import NAMELESS, whole_file
from newsparse.cli.reading import dumps, parser_for
from newsparse.dump import Dump
from newsparse.errors import OptionError
from newsparse.viewer import view

SUFFIX = ".html"
STDOUT = "-"


def run(arguments: argparse.Namespace) -> int:
    """Write the page of the one dump that the inputs hold, or into a folder a page for each dump.

    Raises:
        NewsparseError: A name or option is unknown, or the output is a file and there are several dumps.
    """
    if arguments.out:
        _refuse_input(Path(arguments.out), arguments.paths)
    parser, faults = parser_for(arguments), Faults()
    found = (dump for dump in dumps(parser, arguments, faults, arguments.out) if dump.lines or not dump.issues)
    out = arguments.out or STDOUT
    if out.endswith(("/", os.sep)) or Path(out).is_dir():
        folder = Path(out)
        folder.mkdir(parents=True, exist_ok=True)
        taken: Counter[str] = Counter()
        for dump in found:
            _write(dump, folder / _name(dump, taken))
    else:
        # All are read before one is written: nothing has gone out when a second dump shows the mistake.
        first = next(found, None)
        if next(found, None):
            raise OptionError("a page shows one dump and there are more: name a folder, as -o pages/")
        if first and out == STDOUT:
            sys.stdout.buffer.write(view(first).encode())
        elif first:
            _write(first, Path(out))
    return FAULTY if faults.fatal else DONE


def _write(dump: Dump, path: Path) -> None:
    with whole_file(path) as stream:
        stream.write(view(dump).encode())


def _name(dump: Dump, taken: Counter[str]) -> str:
    """The name of a dump's page: its input's, with a number where that has more than one dump."""
    path = dump.origin.path if dump.origin else None
    stem = Path(path).stem if path else NAMELESS
    # Some systems hold names equal that differ in case.
    taken[stem.casefold()] += 1
    number = taken[stem.casefold()]
    return f"{stem}{SUFFIX}" if number == 1 else f"{stem}-{number}{SUFFIX}"


def _refuse_input(out: Path, paths: list[str]) -> None:
    """Keep a page from replacing what it shows."""
    if any(out.is_file() and Path(path).exists() and out.samefile(path) for path in paths):
        raise OptionError(f"{out} is an input: name another output with -o")
