"""Plugins: loaded each by itself, and what they return, kept in the host's order.

Takes modules or the entry points that are installed, gives a `PluginSet`. Nothing here depends on the order in which
plugins are found: the core comes first, then plugins by name, then their objects by name.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

import attrs
import pluggy

from newsparse import __version__, builtin, hookspecs
from newsparse.calls import TRACE, Hooks
from newsparse.candidates import ALLOWED, Candidate, Plugin, PluginFault, find_candidates
from newsparse.errors import (
    OptionError,
    PluginError,
    UnknownFormatError,
    UnknownNameError,
    UnknownReaderError,
    UnknownSourceError,
)
from newsparse.extensions import Config, OutputFormat, Reader, Rule, SourceProfile
from newsparse.locales import Locale
from newsparse.models import Issue
from newsparse.registration import HOOKS, KINDS, REGISTER, named_objects, pruned, register_plugin

STRICT = "NEWSPARSE_STRICT_PLUGINS"
"""Environment variable: ``1`` makes a broken plugin raise."""

MOST_FAULTS = 1000
"""How many faults met while running are remembered for `PluginSet.listing`."""

_T = TypeVar("_T")
_CORE = Plugin("newsparse", __version__)
_DEFAULT = Config()


@attrs.frozen
class PluginRow:
    """One plugin in the list that ``newsparse plugins`` shows."""

    name: str
    version: str | None = None
    registered: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    """The names of what it registered, by kind; kinds without any are left out."""
    faults: tuple[PluginFault, ...] = ()


@attrs.frozen
class _Request:
    """What was asked for, so that another process can ask again."""

    config: Config
    plugins: tuple[object, ...] | None
    allowed: tuple[str, ...] | None
    blocked: tuple[str, ...]


@attrs.frozen
class _Registered:
    """What all plugins registered of one kind."""

    objects: Mapping[str, Any]
    owners: Mapping[str, Plugin]
    faults: tuple[PluginFault, ...]


def load_plugins(
    plugins: Iterable[object] | None = None, config: Config = _DEFAULT, blocked: Iterable[str] = ()
) -> "PluginSet":
    """The core and the plugins, loaded and registered.

    Args:
        plugins: Modules or objects with hook implementations: the core and these alone. ``None``: what is installed,
            less what the environment variable ``NEWSPARSE_PLUGINS`` does not name, where it is set.
        config: What the hooks are told.
        blocked: Names of plugins (distribution, entry point or module) to leave out.

    Raises:
        OptionError: A plugin is a string or another thing that cannot hold hooks.
        PluginError: A plugin is broken, and ``config.strict`` or the environment variable ``NEWSPARSE_STRICT_PLUGINS``
            asks for an error.

    Example:
        >>> "json" in load_plugins([]).formats
        True
    """
    names = os.environ.get(ALLOWED) if plugins is None else None
    allowed = None if names is None else tuple(name.strip() for name in names.split(",") if name.strip())
    given = None if plugins is None else tuple(plugins)
    if given and any(isinstance(plugin, str) for plugin in given):
        raise OptionError("plugins are modules or objects, not their names: import the module and give it")
    return PluginSet(_Request(config, given, allowed, tuple(blocked)))


class PluginSet:
    """What the core and the loaded plugins register.

    Made by `load_plugins`. Each mapping is gathered when it is first asked for. A set pickles: the other process loads
    the same plugins again, and refuses when their versions differ.
    """

    def __init__(self, request: _Request):
        self._request = request
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        candidates, faults = find_candidates(request.plugins, request.allowed, request.blocked)
        self.plugins = (_CORE, *(candidate.plugin for candidate in candidates))
        """The plugins that were asked for, in the host's order, those that failed too."""
        # The name a plugin has in the manager, by its place: two plugins may have one owner, and errors should name it.
        self._names = [str(plugin) for plugin in self.plugins]
        for place, candidate in enumerate((Candidate(_CORE, lambda: builtin), *candidates)):
            while self._names.index(self._names[place]) < place:
                self._names[place] += "'"
            if fault := register_plugin(self._manager, candidate, self._names[place]):
                faults.append(fault)
        self._faults = tuple(faults)
        self._registered: dict[str, _Registered] = {}
        self._met: dict[PluginFault, None] = {}  # while running; no parse looks at it
        calls = {hook: self._calls(hook) for hook in HOOKS}
        self.hooks = Hooks(calls, traced=_is_on(TRACE))
        """The hooks as functions."""
        self.strict = request.config.strict or _is_on(STRICT)
        if self.strict and self.faults:
            raise self.faults[0].error()

    @property
    def config(self) -> Config:
        """What the hooks are told."""
        return self._request.config

    @property
    def sources(self) -> Mapping[str, SourceProfile]:
        """The source profiles by name."""
        return self._kind("sources").objects

    @property
    def formats(self) -> Mapping[str, OutputFormat]:
        """The output formats by name."""
        return self._kind("formats").objects

    @property
    def readers(self) -> Mapping[str, Reader]:
        """The readers by name."""
        return self._kind("readers").objects

    @property
    def locales(self) -> Mapping[str, Locale]:
        """The locales by name."""
        return self._kind("locales").objects

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules by name."""
        return self._kind("rules").objects

    def source(self, name: str) -> SourceProfile:
        """The source profile of a name.

        Raises:
            UnknownSourceError: There is none.
        """
        return _find(self.sources, name, UnknownSourceError)

    def format(self, name: str) -> OutputFormat:
        """The output format of a name.

        Raises:
            UnknownFormatError: There is none.
        """
        return _find(self.formats, name, UnknownFormatError)

    def reader(self, name: str) -> Reader:
        """The reader of a name.

        Raises:
            UnknownReaderError: There is none.
        """
        return _find(self.readers, name, UnknownReaderError)

    def owner(self, kind: str, name: str) -> Plugin:
        """Who registered an object.

        Args:
            kind: ``sources``, ``formats``, ``readers``, ``locales`` or ``rules``.
            name: The object's name.

        Raises:
            KeyError: There is no such kind or object.

        Example:
            >>> load_plugins([]).owner("formats", "json").name
            'newsparse'
        """
        return self._kind(kind).owners[name]

    @property
    def faults(self) -> tuple[PluginFault, ...]:
        """What plugins did wrong while they were loaded or registered anything; asks for every kind."""
        return self.faults_in(*KINDS)

    def faults_in(self, *kinds: str) -> tuple[PluginFault, ...]:
        """What plugins did wrong while they were loaded or registered objects of these kinds."""
        return (*self._faults, *(fault for kind in kinds for fault in self._kind(kind).faults))

    def listing(self) -> tuple[PluginRow, ...]:
        """The plugins with what each one registered and did wrong so far, the core first, then by name."""
        faults = (*self.faults, *self._met)
        return tuple(
            PluginRow(
                plugin.name,
                plugin.version,
                {kind: names for kind in KINDS if (names := self._owned(kind, plugin))},
                tuple(fault for fault in faults if fault.plugin == plugin),
            )
            for plugin in dict.fromkeys((*self.plugins, *(fault.plugin for fault in faults)))
        )

    def report(self, fault: PluginFault) -> Issue:
        """The issue of a fault met while running.

        Raises:
            PluginError: In strict mode.
        """
        if self.strict:
            raise fault.error()
        if len(self._met) < MOST_FAULTS:
            self._met[fault] = None
        return fault.issue()

    def __reduce__(self) -> tuple[Any, ...]:
        given = self._request.plugins
        packed = given and tuple(_Module(item.__name__) if isinstance(item, ModuleType) else item for item in given)
        return _restore, (attrs.evolve(self._request, plugins=packed), self.plugins)

    def _calls(self, hook: str) -> list[tuple[Plugin, Callable[..., Any]]]:
        """The implementations of a hook in the host's order, each with its owner."""
        found = [
            (self._names.index(item.plugin_name), item) for item in getattr(self._manager.hook, hook).get_hookimpls()
        ]
        return [(self.plugins[place], pruned(item)) for place, item in sorted(found, key=lambda pair: pair[0])]

    def _kind(self, kind: str) -> _Registered:
        if kind not in self._registered:
            self._registered[kind] = self._gather(kind)
        return self._registered[kind]

    def _gather(self, kind: str) -> _Registered:
        hook = REGISTER + kind
        objects: dict[str, Any] = {}
        owners: dict[str, Plugin] = {}
        faults: list[PluginFault] = []
        for plugin, given in getattr(self.hooks, f"register_{kind}")(self._request.config, faults):
            named, reasons = named_objects(given, KINDS[kind])
            for name in sorted(named):
                if name in owners:
                    reasons.append(f"{name!r} belongs to {owners[name]} already; {plugin} must call its own otherwise")
                else:
                    objects[name], owners[name] = named[name], plugin
            faults += [PluginFault(plugin, hook, reason) for reason in reasons]
        return _Registered(MappingProxyType(objects), MappingProxyType(owners), tuple(faults))

    def _owned(self, kind: str, plugin: Plugin) -> tuple[str, ...]:
        return tuple(name for name, owner in self._kind(kind).owners.items() if owner == plugin)


@attrs.frozen
class _Module:
    """A module on its way to another process."""

    name: str


def _restore(request: _Request, expected: tuple[Plugin, ...]) -> PluginSet:
    """The set that was pickled, loaded again here.

    Raises:
        PluginError: The plugins here are others, or of other versions.
    """
    given = request.plugins
    modules = given and tuple(import_module(item.name) if isinstance(item, _Module) else item for item in given)
    found = PluginSet(attrs.evolve(request, plugins=modules))
    for plugin in dict.fromkeys((*expected, *found.plugins)):
        if plugin not in expected or plugin not in found.plugins:
            here = ", ".join(map(str, found.plugins))
            raise PluginError(plugin.name, plugin.version, "unpickling", f"the plugins here are others: {here}")
    return found


def _is_on(variable: str) -> bool:
    return os.environ.get(variable, "0") not in ("", "0")


def _find(objects: Mapping[str, _T], name: str, error: type[UnknownNameError]) -> _T:
    try:
        return objects[name]
    except KeyError:
        raise error(name, objects) from None
