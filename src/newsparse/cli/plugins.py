"""``newsparse plugins``: what is installed, what it registers, and what failed."""

import argparse
import json
from typing import Any

from newsparse.cli import DONE
from newsparse.cli.listings import table
from newsparse.plugins import PluginRow, load_plugins

CORE = "newsparse"


def run(arguments: argparse.Namespace) -> int:
    """List plugins, as a table or as JSON."""
    rows = load_plugins(blocked=arguments.blocked).listing()
    shown = [row for row in rows if arguments.all or row.name != CORE]
    if arguments.json:
        print(json.dumps([_as_dict(row) for row in shown], indent=2))
    elif not shown:
        print("no plugins; --all shows what the core itself registers")
    else:
        for row in shown:
            _print(row)
    return DONE


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
