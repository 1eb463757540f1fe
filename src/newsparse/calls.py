"""The hooks as typed functions: every plugin's implementation called by itself, contained, checked and timed.

Takes what plugins implement, in the host's order, gives `Hooks`: a method a hook, with the hook's arguments and a list
to which the faults go. pluggy's own calls know no types, stop at the first exception and say nothing of whose it was.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from time import perf_counter
from typing import Any, TypeVar

from newsparse.candidates import FAILURES, Plugin, PluginFault, reason_of
from newsparse.drafts import ArticleDraft, is_sound
from newsparse.errors import OptionError
from newsparse.extensions import Config, Draft, OutputFormat, ParseContext, Reader, Rule, SourceProfile
from newsparse.locales import Locale
from newsparse.models import Byline, Caption, Dateline, Timestamp

TRACE = "NEWSPARSE_TRACE"
"""Environment variable: ``1`` tells on stderr which plugin's hooks are called and how long they take."""
MOST_OBJECTS = 10_000
"""How many objects one plugin may give of a kind; a generator without end stops there."""

_T = TypeVar("_T")
_Implementations = Sequence[tuple[Plugin, Callable[..., Any]]]
_Given = list[tuple[Plugin, list[_T]]]
_Faults = list[PluginFault]


class Hooks:
    """The hooks of one set of plugins.

    Args:
        implementations: For each hook its implementations with their owners, in the host's order.
        traced: Whether every call is told on stderr.
    """

    def __init__(self, implementations: Mapping[str, _Implementations], traced: bool = False):
        self._implementations = implementations
        self._traced = traced

    def implements(self, *hooks: str) -> bool:
        """Whether any plugin implements one of some hooks."""
        return any(self._implementations.get(hook) for hook in hooks)

    def register_sources(self, config: Config, faults: _Faults) -> _Given[SourceProfile]:
        """`newsparse_register_sources`: for each plugin what it gives."""
        return self._registered("newsparse_register_sources", config, faults)

    def register_formats(self, config: Config, faults: _Faults) -> _Given[OutputFormat]:
        """`newsparse_register_formats`: for each plugin what it gives."""
        return self._registered("newsparse_register_formats", config, faults)

    def register_readers(self, config: Config, faults: _Faults) -> _Given[Reader]:
        """`newsparse_register_readers`: for each plugin what it gives."""
        return self._registered("newsparse_register_readers", config, faults)

    def register_locales(self, config: Config, faults: _Faults) -> _Given[Locale]:
        """`newsparse_register_locales`: for each plugin what it gives."""
        return self._registered("newsparse_register_locales", config, faults)

    def register_rules(self, config: Config, faults: _Faults) -> _Given[Rule]:
        """`newsparse_register_rules`: for each plugin what it gives."""
        return self._registered("newsparse_register_rules", config, faults)

    def finalize_article(self, draft: Draft, context: ParseContext, faults: _Faults) -> None:
        """`newsparse_finalize_article`, plugin after plugin."""
        hook = "newsparse_finalize_article"
        for plugin, call in self._implementations.get(hook, ()):
            self.run_on(draft, plugin, hook, partial(call, draft=draft, context=context), faults)

    def parse_caption(self, text: str, language: str | None, context: ParseContext, faults: _Faults) -> Caption | None:
        """`newsparse_parse_caption`: the first answer."""
        return self._first("newsparse_parse_caption", Caption, text, language, context, faults)

    def parse_byline(self, text: str, language: str | None, context: ParseContext, faults: _Faults) -> Byline | None:
        """`newsparse_parse_byline`: the first answer."""
        return self._first("newsparse_parse_byline", Byline, text, language, context, faults)

    def parse_dateline(
        self, text: str, language: str | None, context: ParseContext, faults: _Faults
    ) -> Dateline | None:
        """`newsparse_parse_dateline`: the first answer."""
        return self._first("newsparse_parse_dateline", Dateline, text, language, context, faults)

    def parse_timestamp(
        self, text: str, language: str | None, context: ParseContext, faults: _Faults
    ) -> Timestamp | None:
        """`newsparse_parse_timestamp`: the first answer."""
        return self._first("newsparse_parse_timestamp", Timestamp, text, language, context, faults)

    def run(self, plugin: Plugin, step: str, call: Callable[[], _T], faults: _Faults) -> _T | None:
        """What a plugin's function gives; ``None``, and a fault, where it raises."""
        start = perf_counter()
        try:
            return call()
        except FAILURES as error:
            faults.append(PluginFault(plugin, step, reason_of(error)))
            return None
        finally:
            if self._traced:
                spent = (perf_counter() - start) * 1000
                print(f"newsparse: {step} of {plugin}: {spent:.3f} ms", file=sys.stderr)

    def run_on(self, draft: Draft, plugin: Plugin, step: str, call: Callable[[], object], faults: _Faults) -> None:
        """Let a plugin's function work on a draft; what it changes past `Draft.set` is undone, and a fault."""
        self.run(plugin, step, call, faults)
        if isinstance(draft, ArticleDraft) and draft.was_changed():
            faults.append(
                PluginFault(plugin, step, "changed the article it was given: draft.set is the way, this was undone")
            )

    def _registered(self, hook: str, config: Config, faults: _Faults) -> _Given[Any]:
        given = []
        for plugin, call in self._implementations.get(hook, ()):
            objects = self.run(plugin, hook, partial(_limited, call, config), faults)
            given.append((plugin, objects or []))
        return given

    def _first(
        self, hook: str, wanted: type[_T], text: str, language: str | None, context: ParseContext, faults: _Faults
    ) -> _T | None:
        for plugin, call in self._implementations.get(hook, ()):

            def checked(call: Callable[..., Any] = call) -> _T | None:
                return _sound(call(text=text, language=language, context=context), wanted)

            found = self.run(plugin, hook, checked, faults)
            if found is not None:
                return found
        return None


def _limited(call: Callable[..., Iterable[Any] | None], config: Config) -> list[Any]:
    objects = list(islice(call(config=config) or (), MOST_OBJECTS + 1))
    if len(objects) > MOST_OBJECTS:
        raise OptionError(f"gave more than {MOST_OBJECTS} objects")
    return objects


def _sound(value: Any, wanted: type[_T]) -> _T | None:
    """An answer that is a record of the kind wanted, or none.

    Raises:
        OptionError: It is something else, or a field of it is.
    """
    if value is None or (isinstance(value, wanted) and is_sound(value)):
        return value
    if isinstance(value, wanted):
        raise OptionError(f"gave a {wanted.__name__} with a field of another type: {value!r}")
    raise OptionError(f"gave a {type(value).__name__}, not a {wanted.__name__}")
