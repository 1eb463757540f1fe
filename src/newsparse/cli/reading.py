"""The inputs that a command line names, as dumps."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from newsparse.cli.faults import Faults
from newsparse.cli.taken import Readers
from newsparse.dump import Dump
from newsparse.extensions import Config, SourceProfile
from newsparse.inputs import iter_documents
from newsparse.parser import Parser
from newsparse.plugins import load_plugins
from newsparse.profilefiles import load_profile

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
    given = {name: value for name in LIMITS if (value := getattr(arguments, name)) is not None}
    own = Path(out).resolve() if out else None
    readers = Readers(arguments.paths)
    documents = iter_documents(
        arguments.paths,
        parser.plugins,
        arguments.reader.name,
        arguments.encoding,
        {**given, **arguments.reader.options},
        tell=readers.note,
        skip=lambda path: own is not None and Path(path).resolve().is_relative_to(own),
    )
    for document in documents:
        dump = parser.parse_document(document, articles=arguments.articles)
        faults.note(dump)
        yield dump
    faults.close()
    readers.close()
