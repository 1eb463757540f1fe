"""Parsers with other weights tables than the one that ships: those of the folds, which have not seen some publishers.

``tools/train.py FOLDER --folds --out PREFIX`` writes the tables: ``PREFIX.0`` ... ``PREFIX.4`` without one fold each,
``PREFIX.01`` ... without two.
"""

from functools import cache
from pathlib import Path

from newsparse import Parser
from newsparse.setups import Setup


@cache
def parser_with(table: Path) -> Parser:
    """A parser with the weights of a table, and no plugins."""
    parser = Parser(plugins=[])
    parser._generic = Setup(parser._locales, parser._rules, table=table.read_text(encoding="utf-8"))
    return parser


def unseen(prefix: Path, folds: str) -> Parser | None:
    """The parser that has seen none of the folds, or `None` where there is no table without them."""
    table = prefix.with_name(f"{prefix.name}.{folds}")
    return parser_with(table) if table.is_file() else None
