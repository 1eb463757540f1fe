"""The test kit: what the core tests itself with, for plugins to do the same.

Nothing here needs pytest; `dumps`, `dirty_text` and `stories` need hypothesis. Names are loaded when they are first
used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsparse.testing.cases import Case, assert_case, load_cases, outcome
    from newsparse.testing.checks import check_plugin
    from newsparse.testing.pages import Layout, Story, dump_text, plain, printed_twice, story
    from newsparse.testing.strategies import KnownDump, dirty_text, dumps, stories

_MODULES = {
    "cases": ("Case", "assert_case", "load_cases", "outcome"),
    "checks": ("check_plugin",),
    "pages": ("Layout", "Story", "dump_text", "plain", "printed_twice", "story"),
    "strategies": ("KnownDump", "dirty_text", "dumps", "stories"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "Case",
    "KnownDump",
    "Layout",
    "Story",
    "assert_case",
    "check_plugin",
    "dirty_text",
    "dump_text",
    "dumps",
    "load_cases",
    "outcome",
    "plain",
    "printed_twice",
    "stories",
    "story",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
