"""``python -m newsparse.testing PATH...``: drafts the JSON of cases, for you to read and mend; overwrites nothing."""

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from newsparse.errors import NewsparseError
from newsparse.testing.cases import EXPECTED, Case, outcome


def main(argv: Sequence[str] | None = None) -> int:
    """Draft ``NAME.json`` beside each file that has none.

    Returns:
        0, or 2 where something cannot be read.
    """
    arguments = _command_line().parse_args(argv)
    sys.path.insert(0, "")
    settings = {"source": arguments.source} if arguments.source else {}
    try:
        plugins = [import_module(name) for name in arguments.plugins] if arguments.plugins else None
        for path in map(Path, arguments.paths):
            target = path.with_suffix(EXPECTED)
            if target == path or target.exists():
                continue
            target.write_text(_draft(Case(path, {"settings": settings}), plugins), encoding="utf-8")
            print(f"{target}: read it line by line before you keep it")
    except (OSError, ImportError, NewsparseError) as error:
        print(f"newsparse.testing: {error}", file=sys.stderr)
        return 2
    return 0


def _draft(case: Case, plugins: Sequence[object] | None) -> str:
    outcomes = [outcome(dump) for dump in case.dumps(plugins)]
    settings = {"settings": case.expected["settings"]} if case.expected["settings"] else {}
    expected = {**settings, **outcomes[0]} if len(outcomes) == 1 else {**settings, "dumps": outcomes}
    return json.dumps(expected, indent=1, ensure_ascii=False) + "\n"


def _command_line() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m newsparse.testing", description=__doc__, allow_abbrev=False)
    parser.add_argument("paths", metavar="PATH", nargs="+", help="a text, or a file that a reader reads")
    parser.add_argument("--source", metavar="NAME", help="the source profile to use")
    parser.add_argument(
        "--plugin",
        dest="plugins",
        metavar="MODULE",
        action="append",
        help="a plugin's module, for the core and these alone; without it, what is installed",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
