"""The inputs that a command line names, as dumps."""

import argparse
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from newsparse.cli.faults import Faults
from newsparse.dump import Dump
from newsparse.extensions import Config
from newsparse.inputs import iter_documents
from newsparse.parser import Parser
from newsparse.plugins import load_plugins

STDIN = "-"


def parser_for(arguments: argparse.Namespace) -> Parser:
    """The parser that the arguments describe.

    Raises:
        NewsparseError: A source or language is unknown.
    """
    config = Config(source=arguments.source, languages=tuple(arguments.language or ()))
    plugins = load_plugins(None, config, arguments.blocked)
    return Parser(source=arguments.source, languages=arguments.language, plugins=plugins)


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
    documents = iter_documents(
        arguments.paths, parser.plugins, arguments.reader.name, arguments.encoding, arguments.reader.options
    )
    own = out and Path(out).resolve()
    # The documents of one input come one after another.
    is_own = lru_cache(maxsize=1)(lambda path: own and path != STDIN and Path(path).resolve().is_relative_to(own))
    for document in documents:
        if document.origin and document.origin.path and is_own(document.origin.path):
            continue
        dump = parser.parse_document(document, articles=arguments.articles)
        faults.note(dump)
        yield dump
    faults.close()
