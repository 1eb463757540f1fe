"""The hooks: what a plugin may implement. The docstrings are the reference.

A plugin is a module or an object with functions marked ``@newsparse.hookimpl``; a distribution names it in the
entry-point group ``newsparse``. Every plugin's hook is called by itself, so that one that fails takes nothing with it;
the host sorts what they return, the core first, then by plugin and name. Hence pluggy's ``tryfirst`` and ``trylast``
change nothing here, and a ``wrapper`` is refused. A hook may leave out arguments that it does not need.
"""

from collections.abc import Iterable

import pluggy

from newsparse.extensions import Config, Draft, OutputFormat, ParseContext, Reader, Rule, SourceProfile
from newsparse.locales import Locale
from newsparse.models import Byline, Caption, Dateline, Timestamp

PROJECT = "newsparse"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def newsparse_register_sources(config: Config) -> Iterable[SourceProfile]:
    """Give source profiles: what one outlet or vendor does.

    Called once a `PluginSet`, when its sources are first asked for. A profile acts only on text that is its source's:
    named by the caller or recognised. Of two profiles with one name the core's or the first plugin's by name is kept
    and the other is a fault that names both; so for every registering hook.
    """
    return ()


@hookspec
def newsparse_register_formats(config: Config) -> Iterable[OutputFormat]:
    """Give output formats. One acts only when it is asked for by name or suffix.

    Called once a `PluginSet`, when its formats are first asked for. Import what writing needs inside
    `OutputFormat.open`.
    """
    return ()


@hookspec
def newsparse_register_readers(config: Config) -> Iterable[Reader]:
    """Give readers, which turn bytes into documents.

    Called once a `PluginSet`, when its readers are first asked for. Every reader sniffs at every input whose reader is
    not named; the surest one reads it. A reader never raises for bad bytes: it gives what it could read, with an issue.
    """
    return ()


@hookspec
def newsparse_register_locales(config: Config) -> Iterable[Locale]:
    """Give locales: the words of languages.

    Called once a `PluginSet`, when its locales are first asked for. The core owns the names of its own locales.
    """
    return ()


@hookspec
def newsparse_register_rules(config: Config) -> Iterable[Rule]:
    """Give rules: named observations about a line, with weights.

    Called once a `PluginSet`, when its rules are first asked for. A rule adds evidence; the decoder still decides.
    """
    return ()


@hookspec
def newsparse_finalize_article(draft: Draft, context: ParseContext) -> None:
    """Derive fields of an article that is otherwise finished: ``draft.set(field, value, reason)``.

    Called once an article, plugin after plugin by name, the last time anything may change it. Spans and lines are out
    of reach. A call that raises becomes an issue that names the plugin; what it set before stays.
    """


@hookspec(firstresult=True)
def newsparse_parse_caption(text: str, language: str | None, context: ParseContext) -> Caption | None:
    """Read a caption: its text, credit, place, date and flags; ``None`` for one that is not this plugin's to read.

    Called for each line that is a caption, plugin after plugin by name; the first answer holds, and the core's own
    grammar has the last word. The span is set by the core. So for the other three; none of them costs anything where no
    plugin implements it.

    Args:
        text: The line without the blanks around it.
        language: The article's language, where it could be told.
        context: The source profile in use, the parser's languages, the document's origin.
    """
    return None


@hookspec(firstresult=True)
def newsparse_parse_byline(text: str, language: str | None, context: ParseContext) -> Byline | None:
    """Read a byline: the persons named as authors, and the agency. A wrong author is worse than none."""
    return None


@hookspec(firstresult=True)
def newsparse_parse_dateline(text: str, language: str | None, context: ParseContext) -> Dateline | None:
    """Read the dateline that opens a paragraph or stands alone: place, date and agency; `raw` is what it takes up."""
    return None


@hookspec(firstresult=True)
def newsparse_parse_timestamp(text: str, language: str | None, context: ParseContext) -> Timestamp | None:
    """Read a line of dates: when the article was published and updated. A wrong date is worse than none."""
    return None
