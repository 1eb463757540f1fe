"""The small grammars with plugins asked first: what `newsparse_parse_caption` and its like answer, else the core's own.

Takes the core's words and the hooks of a set of plugins, gives words that articles are read with as with any others.
Made for each dump, and only where a plugin implements one of these hooks: the faults met belong to that dump.
"""

from functools import cached_property

import attrs

from newsparse.articles import Words
from newsparse.calls import Hooks
from newsparse.candidates import PluginFault
from newsparse.extensions import ParseContext
from newsparse.grammars import Bylines, Captions, Credits, Datelines, Grammars, Timestamps
from newsparse.models import Byline, Caption, Dateline, Span, Timestamp, WireDate


@attrs.frozen
class _Asked:
    """The plugins, asked in one dump about lines of one language; each method gives their answer or ``None``."""

    hooks: Hooks
    language: str | None
    context: ParseContext
    faults: list[PluginFault]

    def caption(self, text: str) -> Caption | None:
        return self.hooks.parse_caption(text, self.language, self.context, self.faults)

    def byline(self, text: str) -> Byline | None:
        return self.hooks.parse_byline(text, self.language, self.context, self.faults)

    def dateline(self, text: str) -> Dateline | None:
        return self.hooks.parse_dateline(text, self.language, self.context, self.faults)

    def timestamp(self, text: str) -> Timestamp | None:
        return self.hooks.parse_timestamp(text, self.language, self.context, self.faults)


def hooked_words(words: Words, hooks: Hooks, context: ParseContext, faults: list[PluginFault]) -> Words:
    """The same words, with plugins asked first; what they do wrong is added to the faults."""

    def asking(grammars: Grammars, language: str | None) -> Grammars:
        return _HookedGrammars(grammars, _Asked(hooks, language, context, faults))

    by_language = {language: asking(grammars, language) for language, grammars in words.by_language.items()}
    return Words(words.languages, asking(words.all_words, None), by_language)


class _HookedGrammars(Grammars):
    def __init__(self, core: Grammars, asked: _Asked):
        super().__init__(core.locale)
        self._core = core
        self._asked = asked

    @cached_property
    def captions(self) -> Captions:
        return _HookedCaptions(self._core.captions, self._asked)

    @cached_property
    def bylines(self) -> Bylines:
        return _HookedBylines(self._core.bylines, self._asked)

    @cached_property
    def datelines(self) -> Datelines:
        return _HookedDatelines(self._core.datelines, self._asked)

    @cached_property
    def timestamps(self) -> Timestamps:
        return _HookedTimestamps(self._core.timestamps, self._asked)

    @cached_property
    def credits(self) -> Credits:
        return self._core.credits


class _HookedCaptions(Captions):
    def __init__(self, core: Captions, asked: _Asked):
        self._core = core
        self._asked = asked

    def read(self, text: str, span: Span | None = None) -> Caption:
        found = self._asked.caption(text)
        return self._core.read(text, span) if found is None else attrs.evolve(found, span=span)


class _HookedBylines(Bylines):
    def __init__(self, core: Bylines, asked: _Asked):
        self._core = core
        self._asked = asked

    def read(self, text: str, lone: bool = False) -> Byline | None:
        return self._asked.byline(text) or self._core.read(text, lone)

    def opens(self, text: str) -> bool:
        return self._core.opens(text)

    def introduced(self, text: str) -> str | None:
        return self._core.introduced(text)


class _HookedDatelines(Datelines):
    def __init__(self, core: Datelines, asked: _Asked):
        self._core = core
        self._asked = asked

    def read(self, text: str, published: WireDate | None = None, lone: bool = False) -> Dateline | None:
        return self._asked.dateline(text) or self._core.read(text, published, lone)


class _HookedTimestamps(Timestamps):
    def __init__(self, core: Timestamps, asked: _Asked):
        self._core = core
        self._asked = asked

    def read(self, text: str) -> Timestamp | None:
        return self._asked.timestamp(text) or self._core.read(text)
