"""``newsparse parse``: dumps in, articles out."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from newsparse.cli import DONE, FAULTY
from newsparse.cli.faults import Faults
from newsparse.cli.outputs import Choice, FolderOutput, Output, StreamOutput, whole_file
from newsparse.cli.progress import Progress
from newsparse.cli.reading import dumps, parser_for
from newsparse.cli.summary import Summary
from newsparse.errors import OptionError
from newsparse.options import checked_options
from newsparse.plugins import PluginSet

# What a pipe or a folder gets when nothing says otherwise: an article a line streams, and most tools read it.
DEFAULT_FORMAT = "jsonl"
STDOUT = "-"


def run(arguments: argparse.Namespace) -> int:
    """Parse the inputs and write their articles.

    Raises:
        NewsparseError: A name or option is unknown, the output is an input, or too many articles for the format.
    """
    parser = parser_for(arguments)
    faults = Faults()
    if arguments.jobs is not None or arguments.resume:
        from newsparse.cli.jobs import drop, parse_in_processes

        with ExitStack() as stack:
            parse_in_processes(parser, arguments, _output(arguments, parser.plugins, stack), faults)
        drop(arguments.out)
        return FAULTY if faults.fatal else DONE
    with ExitStack() as stack:
        output = _output(arguments, parser.plugins, stack)
        progress = stack.enter_context(Progress(wanted=not isinstance(output, Summary)))
        for dump in dumps(parser, arguments, faults, arguments.out):
            output.write(dump)
            progress.step(len(dump.articles))
    return FAULTY if faults.fatal else DONE


def _output(arguments: argparse.Namespace, plugins: PluginSet, stack: ExitStack) -> Output:
    """Where the arguments send the articles, opened on the stack."""
    if arguments.out is None and arguments.format.name is None and sys.stdout.isatty():
        return stack.enter_context(Summary(sys.stdout))
    if arguments.out in (None, STDOUT):
        choice = _choice(arguments, plugins, DEFAULT_FORMAT, stack)
        return stack.enter_context(StreamOutput(sys.stdout.buffer, choice))
    out = Path(arguments.out)
    _refuse_input(out, arguments.paths)
    if arguments.out.endswith(("/", os.sep)) or out.is_dir():
        choice = _choice(arguments, plugins, DEFAULT_FORMAT, stack)
        return stack.enter_context(FolderOutput(out, arguments.paths, choice))
    choice = _choice(arguments, plugins, arguments.format.name or _format_of(out, plugins), stack)
    # What a stopped run leaves is written over by the one that goes on.
    temporary = None if arguments.jobs is None and not arguments.resume else out.with_name(f".{out.name}.tmp")
    return stack.enter_context(StreamOutput(stack.enter_context(whole_file(out, temporary)), choice, out))


def _choice(arguments: argparse.Namespace, plugins: PluginSet, default: str, stack: ExitStack) -> Choice:
    """The format that was named, else the default, with its options; in the end it tells what it could not hold."""
    form = plugins.format(arguments.format.name or default)
    settings = {
        "reader": arguments.reader.name,
        "options": arguments.reader.options,
        "encoding": arguments.encoding,
        "articles": arguments.articles,
        "profile": Path(arguments.profile).read_text(encoding="utf-8-sig") if arguments.profile else None,
    }
    choice = Choice(form, plugins, checked_options(form, arguments.format.options), settings)
    stack.callback(choice.tell_replaced)
    return choice


def _format_of(out: Path, plugins: PluginSet) -> str:
    """The format that the end of a file's name stands for; the default for a name without any, as a pipe's.

    Raises:
        OptionError: No format has the suffix.
    """
    fitting = [form for form in plugins.formats.values() if form.suffix and out.name.lower().endswith(form.suffix)]
    if fitting:
        # Of formats with equal suffixes the first one is the core's.
        return max(fitting, key=lambda form: len(form.suffix)).name
    if out.suffix:
        raise OptionError(
            f"{out}: no format has the suffix {out.suffix}; name one of {', '.join(plugins.formats)} with --to"
        )
    return DEFAULT_FORMAT


def _refuse_input(out: Path, paths: Sequence[str]) -> None:
    """Keep an output from replacing what it is made of.

    Raises:
        OptionError: The output is one of the inputs.
    """
    for path in paths:
        if out.exists() and Path(path).exists() and out.samefile(path):
            raise OptionError(f"{out} is an input: name another output with -o")
