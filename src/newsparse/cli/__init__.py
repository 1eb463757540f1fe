"""The command line: ``newsparse parse``, ``lines``, ``view``, ``learn``, ``formats``, ``plugins``, ``completion``.

Every command is declared here, on one screen, with little more imported than argparse; the module of a command is
imported when it is the one that runs, so that ``--help`` costs nothing.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import newsparse
from newsparse.cli.options import Named, blocked_plugin, count, language_names, named
from newsparse.errors import NewsparseError, PluginError

TRACE = "NEWSPARSE_TRACE"
"""Environment variable: ``1`` tells on stderr which plugins' hooks are called and how long they take."""

DONE = 0
"""Also with issues, also without any article."""
FAULTY = 1
"""Some input could not be opened or read to its end, or some output not be written; stderr names it."""
WRONG = 2
"""Wrong usage: an unknown command, name or option."""
INTERRUPTED = 130
"""Stopped with Ctrl-C: what shells give for a process that a signal 2 ended."""


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        # One line says what is wrong; argparse would put the whole usage before it.
        self.exit(WRONG, f"{self.prog}: {message}; see {self.prog} --help\n")


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        print("newsparse", newsparse.__version__)
        parser.exit()


def command_line() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    root = _Arguments(
        prog="newsparse",
        description="Turns dumps of news text into articles, and says of every line where it went and why.",
        epilog="Exit codes: 0 done, 1 some input could not be read to its end, 2 wrong usage.",
        allow_abbrev=False,
    )
    root.add_argument("-V", "--version", action=_Version, nargs=0, help="show the version and exit")
    commands = root.add_subparsers(dest="command", metavar="COMMAND", required=True)

    plugins = _Arguments(add_help=False)
    plugins.add_argument(
        "-p",
        dest="blocked",
        metavar="no:NAME",
        type=blocked_plugin,
        action="append",
        default=[],
        help="leave a plugin out",
    )
    plugins.add_argument("--trace", action="store_true", help="tell which hooks are called and how long they take")

    reading = _Arguments(add_help=False, parents=[plugins])
    reading.add_argument(
        "--from", dest="reader", metavar="READER[:OPT=VALUE,...]", type=named, default=Named(), help="the reader"
    )
    reading.add_argument("--encoding", metavar="NAME", help="the encoding of the inputs; without it each is looked at")
    whose = reading.add_mutually_exclusive_group()
    whose.add_argument("--source", metavar="NAME", help="the source profile; without it the text is looked at")
    whose.add_argument("--profile", metavar="FILE", help="the source profile, from a TOML file")
    reading.add_argument(
        "--language",
        metavar="NAME,...",
        type=language_names,
        action="extend",
        help="the languages to expect, as en,ar; without it every language known",
    )
    reading.add_argument("--limit", metavar="BYTES", type=count, help="bytes of a record, or of a file read whole")
    reading.add_argument("--expansion", metavar="N", type=count, help="bytes that a packed byte may become")
    reading.add_argument("--depth", metavar="N", type=count, help="how many layers of archives to unpack")
    reading.add_argument("--articles", metavar="N", type=count, help="how many articles each dump holds, if you know")

    parse = commands.add_parser("parse", parents=[reading], allow_abbrev=False, help="dumps in, articles out")
    parse.add_argument("paths", metavar="PATH", nargs="+", help="a file, a folder (with all below it) or - for stdin")
    parse.add_argument(
        "--to",
        dest="format",
        metavar="FORMAT[:OPT=VALUE,...]",
        type=named,
        default=Named(),
        help="the output format; without it OUT's suffix decides, else a summary on a terminal and jsonl elsewhere",
    )
    parse.add_argument(
        "-o",
        dest="out",
        metavar="OUT",
        help="a file, - for stdout, or a folder (existing, or with / at its end)",
    )
    parse.add_argument("--jobs", metavar="N", type=count, help="do the work in N processes")
    parse.add_argument("--resume", action="store_true", help="go on where a run with --jobs was stopped")

    lines = commands.add_parser("lines", parents=[reading], allow_abbrev=False, help="where every line went, and why")
    lines.add_argument("paths", metavar="PATH", nargs="+", help="a file, a folder or - for stdin")
    lines.add_argument("--to", dest="format", choices=["table", "jsonl"], help="table (the default) or jsonl")

    view = commands.add_parser("view", parents=[reading], allow_abbrev=False, help="a page that shows a parse")
    view.add_argument("paths", metavar="PATH", nargs="+", help="a file, a folder or - for stdin")
    view.add_argument(
        "-o", dest="out", metavar="OUT", help="the HTML file to write, or a folder for a page a dump; else stdout"
    )

    learn = commands.add_parser("learn", parents=[reading], allow_abbrev=False, help="propose a source profile")
    learn.add_argument("paths", metavar="PATH", nargs="+", help="dumps of one source: files, folders or - for stdin")
    learn.add_argument("--name", default="source", help="the profile's name")
    learn.add_argument("-o", dest="out", metavar="OUT", help="the TOML file to write, else stdout")

    commands.add_parser("formats", parents=[plugins], allow_abbrev=False, help="the formats and readers there are")

    listing = commands.add_parser("plugins", parents=[plugins], allow_abbrev=False, help="the plugins there are")
    listing.add_argument("--all", action="store_true", help="the core's own too")
    listing.add_argument("--json", action="store_true", help="as JSON")

    plugin = commands.add_parser("plugin", allow_abbrev=False, help="begin a plugin of your own")
    deeds = plugin.add_subparsers(dest="deed", metavar="COMMAND", required=True)
    new = deeds.add_parser("new", allow_abbrev=False, help="write a distribution: profile, format, cases, tests")
    new.add_argument("name", metavar="NAME", help="the outlet's or format's name, as harbour-press")
    new.add_argument("-o", dest="out", metavar="FOLDER", help="a folder that is not there yet, else newsparse-NAME")

    completion = commands.add_parser(
        "completion", parents=[plugins], allow_abbrev=False, help="a script that lets a shell complete"
    )
    completion.add_argument("shell", choices=["bash", "zsh", "fish"], help="the shell to write it for")
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code.

    Args:
        argv: The arguments without the program's name; ``None`` takes those of the process.

    Raises:
        SystemExit: ``--help`` or ``--version`` was asked for (code 0), or the arguments are wrong (code 2).
    """
    arguments = command_line().parse_args(argv)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # What a terminal's encoding lacks is shown as a question mark.
        sys.stdout.reconfigure(errors="replace")
    if getattr(arguments, "trace", False):
        # Workers are told too.
        os.environ[TRACE] = "1"
    try:
        status: int = import_module(f"newsparse.cli.{arguments.command}").run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` has.
        _drop_stdout()
        return DONE
    except OSError as error:
        # Inputs that fail are issues; what comes here is an output, as on a full disk.
        if error.filename is None:
            _drop_stdout()
        return _tell(f"{error.filename or 'standard output'}: {error.strerror or error}", FAULTY)
    except NewsparseError as error:
        return _tell(str(error), FAULTY if isinstance(error, PluginError) else WRONG)
    return status


def _tell(message: str, status: int) -> int:
    print(f"newsparse: {message}", file=sys.stderr)
    return status


def _drop_stdout() -> None:
    """Let what stdout still holds go nowhere: Python flushes it once more when it exits, and would fail there."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
