"""``newsparse lines``: the ledger, where every line went and why."""

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from newsparse.cli import DONE, FAULTY
from newsparse.cli.faults import Faults
from newsparse.cli.reading import dumps, parser_for
from newsparse.cli.terminal import BOLD, coloured, printable, wants_colour, width_of
from newsparse.dump import Dump
from newsparse.models import Origin, Role
from newsparse.viewer.looks import LOOKS

if TYPE_CHECKING:
    from rich.console import Console

ROLE_WIDTH = max(map(len, Role))
# Number, role and article with the blanks between; text and reasons share the rest.
HEAD = "{:>6}  {:<" + str(ROLE_WIDTH) + "}  {:>3}  "
HEAD_WIDTH = len(HEAD.format("", "", ""))


def run(arguments: argparse.Namespace) -> int:
    """Show the ledger of each input.

    Raises:
        NewsparseError: A name or option is unknown.
    """
    parser = parser_for(arguments)
    faults = Faults()
    for dump in dumps(parser, arguments, faults):
        if arguments.format == "jsonl":
            write_rows(dump, sys.stdout.buffer)
        else:
            write_table(dump, sys.stdout)
    return FAULTY if faults.fatal else DONE


def write_rows(dump: Dump, stream: BinaryIO) -> None:
    """Write a JSON object for each line: its place, its number, role and article, its text and the reasons.

    Lines count from 1 in each dump; ``from`` is the input's line on which the dump begins.
    """
    origin = dump.origin
    place: dict[str, Any] = {}
    if origin:
        place = {"path": origin.path, "member": origin.member, "record": origin.record, "from": origin.line}
    for line in dump.lines:
        row: dict[str, Any] = {
            **place,
            "line": line.number,
            "start": line.start,
            "stop": line.stop,
            "role": line.role,
            "article": line.article,
            "text": line.text,
            "reasons": [{"name": reason.name, "weight": reason.weight} for reason in dump.explain(line.number)],
        }
        # UTF-8 holds no lone surrogate; Python's notation of one is JSON's escape.
        stream.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")


def write_table(dump: Dump, stream: TextIO) -> None:
    """Write a row for each line: number, role, article, text and reasons, cut to the width of a terminal."""
    width = max(width_of(stream) - HEAD_WIDTH, 2)
    origin = dump.origin or Origin()
    # A long text comes in pieces.
    piece = f"from line {origin.line:,}" if origin.record is None and (origin.line or 1) > 1 else None
    name = " ".join(str(part) for part in (origin.path, origin.record, piece) if part is not None)
    console = _console(stream)
    print(coloured(printable(name or "stdin"), BOLD, stream), file=stream)
    for line in dump.lines:
        reasons = ", ".join(f"{reason.name} {reason.weight:+d}" for reason in dump.explain(line.number))
        if stream.isatty():
            reasons = printable(reasons, width - width // 2 - 2)
        article = "" if line.article is None else line.article
        head = HEAD.format(line.number, line.role, article)
        text = f"{printable(line.text, width // 2):<{width // 2}}"
        if console:
            _print_in_colour(console, line.role, head, text, reasons)
        else:
            print(f"{head}{text}  {reasons}".rstrip(), file=stream)


def _console(stream: TextIO) -> "Console | None":
    """What prints in colour, where rich is installed and the stream is a terminal that wants it."""
    if not wants_colour(stream):
        return None
    try:
        from rich.console import Console
    except ImportError:
        return None
    return Console(file=stream, highlight=False, soft_wrap=True)


def _print_in_colour(console: "Console", role: Role, head: str, text: str, reasons: str) -> None:
    """Print a row with its head in the colour of its role."""
    from rich.text import Text

    look = LOOKS[role]
    # A terminal does not say how light its ground is; between the page's two colours lies one for both.
    light, dark = (int(colour.removeprefix("#"), 16) for colour in (look.light, look.dark))
    mean = "#" + "".join(f"{((light >> place & 255) + (dark >> place & 255)) // 2:02x}" for place in (16, 8, 0))
    row = Text()
    row.append(head, f"bold {mean}")
    row.append(text, "dim" if look.is_aside else "bold" if role == Role.HEADLINE else "")
    row.append(f"  {reasons}", "dim")
    row.rstrip()
    console.print(row)
