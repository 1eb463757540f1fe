"""The inputs that a command line names, as dumps."""

import argparse
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from newsparse.cli.faults import Faults
from newsparse.cli.taken import Readers
from newsparse.dump import Dump
from newsparse.extensions import Config, Document, SourceProfile
from newsparse.inputs import Slice, iter_documents
from newsparse.parser import Parser
from newsparse.plugins import PluginSet, load_plugins
from newsparse.profilefiles import load_profile
from newsparse.sniffing import Taken

# Flags that are options of any input: what they raise are bounds that the caller knows better.
LIMITS = ("limit", "expansion", "depth")


def parser_for(arguments: argparse.Namespace) -> Parser:
    """The parser that the arguments describe.

    Raises:
        NewsparseError: A source or language is unknown, or a profile's file is none.
    """
    source = load_profile(arguments.profile) if arguments.profile else arguments.source
    name = source.name if isinstance(source, SourceProfile) else source
    config = Config(source=name, languages=tuple(arguments.language or ()))
    plugins = load_plugins(None, config, arguments.blocked)
    return Parser(source=source, languages=arguments.language, plugins=plugins)


def documents(
    inputs: Iterable[str | Slice],
    plugins: PluginSet,
    arguments: argparse.Namespace,
    tell: Callable[[Taken], None],
    skip: Callable[[str], bool] = lambda path: False,
) -> Iterator[Document]:
    """The documents of some inputs, read as the arguments say; see `iter_documents`."""
    given = {name: value for name in LIMITS if (value := getattr(arguments, name)) is not None}
    options = {**given, **arguments.reader.options}
    return iter_documents(inputs, plugins, arguments.reader.name, arguments.encoding, options, tell=tell, skip=skip)


def inside(out: str | None) -> Callable[[str], bool]:
    """Whether a file is the output, or in it."""
    own = Path(out).resolve() if out else None
    return lambda path: own is not None and Path(path).resolve().is_relative_to(own)


def dumps(parser: Parser, arguments: argparse.Namespace, faults: Faults, out: str | None = None) -> Iterator[Dump]:
    """The dumps of all inputs, one at a time; their issues are told on stderr as they come.

    Args:
        parser: What parses them.
        arguments: The command line.
        faults: What tells the issues.
        out: The output, which is no input where it is found again in a folder of inputs.

    Raises:
        NewsparseError: The reader, one of its options or the encoding is unknown.
    """
    readers = Readers(arguments.paths)
    for document in documents(arguments.paths, parser.plugins, arguments, readers.note, inside(out)):
        for dump in parser.dumps_of(document, articles=arguments.articles):
            faults.note(dump)
            yield dump
    faults.close()
    readers.close()
