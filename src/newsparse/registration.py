"""A plugin into pluggy's manager, whole or not at all, and what its hooks give, by name.

Takes a `Candidate`, gives what is wrong with it, if anything.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pluggy

from newsparse import __version__
from newsparse.candidates import FAILURES, Candidate, PluginFault, reason_of
from newsparse.extensions import OutputFormat, Reader, Rule, SourceProfile
from newsparse.hookspecs import PROJECT
from newsparse.locales import Locale
from newsparse.versions import unmet_requirement
from newsparse.weights import CHAIN_ROLES, PHASES

KINDS: Mapping[str, type[Any]] = MappingProxyType(
    {"sources": SourceProfile, "formats": OutputFormat, "readers": Reader, "locales": Locale, "rules": Rule}
)
"""What plugins register, by the last word of the hook's name."""

REGISTER = "newsparse_register_"
_COLUMNS = frozenset({*CHAIN_ROLES, *PHASES})
# Fields that hold texts, and fields that hold functions, in whatever has them.
_TEXTS = frozenset({"suffixes", "options", "lines", "starts", "ends", "words", "contains", "scripts"})
_CALLABLE = frozenset({"sniff", "read", "open"})
FINALIZE = "newsparse_finalize_article"
GRAMMARS = tuple(f"newsparse_parse_{line}" for line in ("caption", "byline", "dateline", "timestamp"))
HOOKS = (*(REGISTER + kind for kind in KINDS), FINALIZE, *GRAMMARS)


def register_plugin(manager: pluggy.PluginManager, candidate: Candidate, name: str) -> PluginFault | None:
    """Load a plugin and register it, whole or not at all."""
    hook, reason = "import", ""
    if unmet := unmet_requirement(candidate.requires, PROJECT, __version__):
        return PluginFault(candidate.plugin, "requirements", unmet)
    try:
        plugin = candidate.load()
        hook = "registration"
        if manager.register(plugin, name) is None:
            reason = "it is None, not a module or object"
        else:
            hook, reason = next(_mistakes(manager, plugin), (hook, reason))
    except FAILURES as error:
        reason = reason_of(error)
    if not reason:
        return None
    if manager.has_plugin(name):
        manager.unregister(name=name)
    return PluginFault(candidate.plugin, hook, reason)


def _mistakes(manager: pluggy.PluginManager, plugin: object) -> Iterator[tuple[str, str]]:
    """Hooks of a registered plugin that pluggy would pass over in silence, and what is wrong with them."""
    callers = {caller.name: caller for caller in manager.get_hookcallers(plugin) or ()}
    for name, caller in callers.items():
        for found in caller.get_hookimpls():
            if found.plugin is not plugin:
                continue
            if not caller.has_spec() and not found.optionalhook:
                yield name, f"there is no such hook; known: {', '.join(HOOKS)}"
            if found.wrapper or found.hookwrapper:
                yield name, "a wrapper: every plugin's hook is called by itself, so there is nothing to wrap"
    for name in HOOKS:
        if name not in callers and callable(getattr(plugin, name, None)):
            yield name, "it is not marked with @newsparse.hookimpl"


def pruned(found: pluggy.HookImpl) -> Callable[..., Any]:
    """The implementation as a function of all the hook's arguments, less those it leaves out."""
    return lambda **arguments: found.function(*(arguments[name] for name in found.argnames))


def named_objects(given: Iterable[Any], wanted: type[Any]) -> tuple[dict[str, Any], list[str]]:
    """What a hook gave by name, and what is wrong with the rest."""
    named: dict[str, Any] = {}
    reasons = []
    for item in given:
        if not isinstance(item, wanted):
            reasons.append(f"gave a {type(item).__name__}, not a {wanted.__name__}")
        elif not (isinstance(item.name, str) and item.name):
            reasons.append(f"gave a {wanted.__name__} without a name")
        elif item.name in named:
            reasons.append(f"gave {item.name!r} twice")
        elif flaw := _flaw(item):
            reasons.append(f"gave {item.name!r}, whose {flaw}")
        else:
            named[item.name] = item
    return named, reasons


def _flaw(item: Any) -> str | None:
    """What is wrong with a named object that could only fail later, when it is nobody's fault any more."""
    for field in _TEXTS.intersection(vars(type(item))):
        words = getattr(item, field)
        if isinstance(words, Mapping):
            words = [word for kind in words.values() for word in kind]
        if not all(isinstance(word, str) for word in words):
            return f"{field} must be texts, not {words!r}"
    for field in _CALLABLE.intersection(vars(type(item))):
        if not callable(getattr(item, field)):
            return f"{field} cannot be called"
    if isinstance(item, Rule):
        return _rule_flaw(item)
    if isinstance(item, Locale) and not (len(item.months) in (0, 12) and len(item.weekdays) in (0, 7)):
        return "months must be 12 and weekdays 7"
    return None


def _rule_flaw(rule: Rule) -> str | None:
    try:
        re.compile(rule.pattern or "")
    except (re.error, RecursionError, OverflowError) as error:
        return f"pattern {rule.pattern!r} is no regular expression: {error}"
    for column, weight in rule.weights.items():
        if column not in _COLUMNS or not isinstance(weight, int):
            return f"weights hold {column!r}: {weight!r}; a column is a role or phase, a weight a whole number"
    return None
