"""``newsparse plugins``: what is installed, what it registers, and what failed."""

import argparse
import json
from typing import Any

from newsparse.cli import DONE
from newsparse.cli.listings import table
from newsparse.extensions import Document, Label
from newsparse.models import Role
from newsparse.parser import Parser
from newsparse.plugins import PluginRow, PluginSet, load_plugins
from newsparse.registration import FINALIZE, GRAMMARS

CORE = "newsparse"
TRIAL = Document(
    "Ferry Returns\nBy Ada Lindgren\nJune 3, 2024\nThe ferry at the pier. (Harbour Press)\nPORT LINDEN - It came in.\n",
    labels=[
        Label(line, role)
        for line, role in enumerate((Role.HEADLINE, Role.BYLINE, Role.TIMESTAMP, Role.CAPTION, Role.BODY), 1)
    ],
)
"""A document with a line for every hook."""


def run(arguments: argparse.Namespace) -> int:
    """List plugins, as a table or as JSON."""
    plugins = load_plugins(blocked=arguments.blocked)
    _try(plugins)
    rows = plugins.listing()
    shown = [row for row in rows if arguments.all or row.name != CORE]
    if arguments.json:
        print(json.dumps([_as_dict(row) for row in shown], indent=2))
    elif not shown:
        print("no plugins; --all shows what the core itself registers")
    else:
        for row in shown:
            _print(row)
    return DONE


def _try(plugins: PluginSet) -> None:
    """Let every plugin do its work once, so that those that fail only then are named too."""
    hooks = plugins.hooks
    parsers = []
    if hooks.implements(FINALIZE, *GRAMMARS):
        parsers.append(Parser(plugins=plugins))
    parsers += [
        Parser(source=name, plugins=plugins) for name, own in plugins.sources.items() if own.annotate or own.mend
    ]
    for parser in parsers:
        parser.parse_document(TRIAL)


def _as_dict(row: PluginRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "version": row.version,
        "registered": {kind: list(names) for kind, names in row.registered.items()},
        "faults": [{"hook": fault.hook, "reason": fault.reason} for fault in row.faults],
    }


def _print(row: PluginRow) -> None:
    print(row.name, row.version or "")
    cells = [(f"  {kind}", " ".join(names)) for kind, names in row.registered.items()]
    cells += [("  failed", f"{fault.hook}: {fault.reason}") for fault in row.faults]
    print(table(cells or [("  registers nothing",)]))
