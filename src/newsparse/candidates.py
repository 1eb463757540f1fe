"""Plugins before they are loaded: what is installed or was given, allowed and not blocked, sorted by name.

Takes modules or the environment's entry points, gives `Candidate` records, and a fault for what cannot be one.
`importlib.metadata` costs 30 ms, so it is imported only where installed plugins are asked for.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial

import attrs

from newsparse.errors import PluginError
from newsparse.models import Issue

GROUP = "newsparse"
"""The entry-point group of plugins."""
ALLOWED = "NEWSPARSE_PLUGINS"
"""Environment variable: the installed plugins to use, with commas between; set but empty, none."""
FAILED = "plugin-failed"
"""The code of an issue about a plugin."""

# A plugin that calls sys.exit() while it is imported has failed like any other.
FAILURES = (Exception, SystemExit)

# An error's text may quote a whole file; the head of it says what is wrong.
_REASON_LENGTH = 500


@attrs.frozen
class Plugin:
    """Who owns what was registered."""

    name: str
    """The distribution's name, or the module's for a plugin given by hand."""
    version: str | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.version}" if self.version else self.name


@attrs.frozen
class PluginFault:
    """What a plugin did wrong."""

    plugin: Plugin
    hook: str
    """The hook or step it failed in, as ``newsparse_register_formats`` or ``import``."""
    reason: str

    def error(self) -> PluginError:
        """The fault as an exception, for strict mode."""
        return PluginError(self.plugin.name, self.plugin.version, self.hook, self.reason)

    def issue(self) -> Issue:
        """The fault as an issue of a dump."""
        return Issue(FAILED, str(self.error()), plugin=str(self.plugin))


@attrs.frozen
class Candidate:
    """A plugin that is not loaded yet."""

    plugin: Plugin
    load: Callable[[], object]
    """Imports it; may raise anything."""
    entry: str = ""
    """The name of its entry point."""
    requires: tuple[str, ...] = ()
    """What its distribution requires, as its metadata say."""

    def answers(self, names: Iterable[str]) -> bool:
        """Whether one of the names is its own or its entry point's, however dashes and case are written."""
        return not {_folded(self.plugin.name), _folded(self.entry)}.isdisjoint(map(_folded, names))


def find_candidates(
    given: Sequence[object] | None, allowed: Sequence[str] | None, blocked: Sequence[str]
) -> tuple[list[Candidate], list[PluginFault]]:
    """The plugins to load, sorted by name, and what is wrong with the others.

    Args:
        given: Modules or objects; ``None``: what is installed.
        allowed: Names to keep of what is installed; ``None``: all.
        blocked: Names to leave out.
    """
    faults: list[PluginFault] = []
    if given is not None:
        found = [_given(plugin) for plugin in {id(plugin): plugin for plugin in given}.values()]
    elif allowed is not None and not allowed:
        found = []
    else:
        installed, broken = _installed()
        found, faults = list(installed), list(broken)
    if given is None and allowed is not None:
        for name in allowed:
            if not any(candidate.answers([name]) for candidate in found):
                faults.append(PluginFault(Plugin(name), ALLOWED, "it is named there, but no such plugin is installed"))
        found = [candidate for candidate in found if candidate.answers(allowed)]
    kept = [candidate for candidate in found if not candidate.answers(blocked)]
    return sorted(kept, key=lambda candidate: (_folded(candidate.plugin.name), candidate.entry)), faults


def reason_of(error: BaseException) -> str:
    """What an exception says, in one line.

    Example:
        >>> reason_of(ImportError("no   module named rain"))
        'ImportError: no module named rain'
    """
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}"[:_REASON_LENGTH] if words else type(error).__name__


def _given(plugin: object) -> Candidate:
    name = getattr(plugin, "__name__", None) or type(plugin).__qualname__
    version = getattr(plugin, "__version__", None)
    return Candidate(Plugin(str(name), None if version is None else str(version)), lambda: plugin)


@cache
def _installed() -> tuple[tuple[Candidate, ...], tuple[PluginFault, ...]]:
    """What is installed, looked for once a process; of two distributions with one name the first on the path counts."""
    from importlib.metadata import distributions

    found: list[Candidate] = []
    faults = []
    seen = set()
    for distribution in distributions():
        plugin = Plugin("a distribution that cannot be read")
        try:
            # Reading a name means parsing all metadata, so look first whether this is a distribution of ours.
            if f"[{GROUP}]" not in (distribution.read_text("entry_points.txt") or ""):
                continue
            plugin = Plugin(distribution.metadata["Name"], distribution.version)
            if _folded(plugin.name) not in seen:
                seen.add(_folded(plugin.name))
                entries = distribution.entry_points.select(group=GROUP)
                requires = tuple(distribution.requires or ())
                found += [
                    Candidate(plugin, partial(type(entry).load, entry), entry.name, requires) for entry in entries
                ]
        except FAILURES as error:
            faults.append(PluginFault(plugin, "entry points", reason_of(error)))
    return tuple(found), tuple(sorted(faults, key=str))


def _folded(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
