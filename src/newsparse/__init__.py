"""Turns dumps of news text into articles, and says of every line where it went and why.

Names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsparse.api import parse, read, render
    from newsparse.characters import xml_text
    from newsparse.dicts import article_from_dict, article_to_dict, from_dict
    from newsparse.dump import Doubt, Dump, Line, Reason
    from newsparse.errors import (
        NewsparseError,
        OptionError,
        PluginError,
        ProfileError,
        RecordError,
        UnknownFormatError,
        UnknownLanguageError,
        UnknownReaderError,
        UnknownSourceError,
    )
    from newsparse.extensions import (
        Clue,
        Config,
        Document,
        Draft,
        DumpWriter,
        Label,
        LinePattern,
        LineView,
        OutputFormat,
        ParseContext,
        ReadContext,
        Reader,
        Rule,
        SourceProfile,
        WriteContext,
        Writer,
    )
    from newsparse.grammars import Grammars, load_grammars
    from newsparse.hookspecs import hookimpl
    from newsparse.locales import Locale
    from newsparse.models import (
        CUT_SHORT,
        RECORDS_COUNTED,
        RECORDS_MISSING,
        UNREADABLE,
        Article,
        Block,
        Byline,
        Caption,
        Credit,
        Dateline,
        Issue,
        Origin,
        Role,
        Timestamp,
        WireDate,
    )
    from newsparse.options import choice_option, number_option
    from newsparse.parser import Parser
    from newsparse.profilefiles import load_profile, load_profiles
    from newsparse.readers.charsets import Decoded, check_encoding, decode
    from newsparse.stated import StatedText, stated_date
    from newsparse.viewer import view

__version__ = "0.1.0"

_MODULES = {
    "api": ("parse", "read", "render"),
    "characters": ("xml_text",),
    "dicts": ("article_from_dict", "article_to_dict", "from_dict"),
    "dump": ("Doubt", "Dump", "Line", "Reason"),
    "errors": (
        "NewsparseError",
        "OptionError",
        "PluginError",
        "ProfileError",
        "RecordError",
        "UnknownFormatError",
        "UnknownLanguageError",
        "UnknownReaderError",
        "UnknownSourceError",
    ),
    "extensions": (
        "Clue",
        "Config",
        "Document",
        "Draft",
        "DumpWriter",
        "Label",
        "LinePattern",
        "LineView",
        "OutputFormat",
        "ParseContext",
        "ReadContext",
        "Reader",
        "Rule",
        "SourceProfile",
        "WriteContext",
        "Writer",
    ),
    "grammars": ("Grammars", "load_grammars"),
    "hookspecs": ("hookimpl",),
    "locales": ("Locale",),
    "models": (
        "CUT_SHORT",
        "RECORDS_COUNTED",
        "RECORDS_MISSING",
        "UNREADABLE",
        "Article",
        "Block",
        "Byline",
        "Caption",
        "Credit",
        "Dateline",
        "Issue",
        "Origin",
        "Role",
        "Timestamp",
        "WireDate",
    ),
    "options": ("choice_option", "number_option"),
    "parser": ("Parser",),
    "profilefiles": ("load_profile", "load_profiles"),
    "readers.charsets": ("Decoded", "check_encoding", "decode"),
    "stated": ("StatedText", "stated_date"),
    "viewer": ("view",),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "CUT_SHORT",
    "RECORDS_COUNTED",
    "RECORDS_MISSING",
    "UNREADABLE",
    "Article",
    "Block",
    "Byline",
    "Caption",
    "Clue",
    "Config",
    "Credit",
    "Dateline",
    "Decoded",
    "Document",
    "Doubt",
    "Draft",
    "Dump",
    "DumpWriter",
    "Grammars",
    "Issue",
    "Label",
    "Line",
    "LinePattern",
    "LineView",
    "Locale",
    "NewsparseError",
    "OptionError",
    "Origin",
    "OutputFormat",
    "ParseContext",
    "Parser",
    "PluginError",
    "ProfileError",
    "ReadContext",
    "Reader",
    "Reason",
    "RecordError",
    "Role",
    "Rule",
    "SourceProfile",
    "StatedText",
    "Timestamp",
    "UnknownFormatError",
    "UnknownLanguageError",
    "UnknownReaderError",
    "UnknownSourceError",
    "WireDate",
    "WriteContext",
    "Writer",
    "article_from_dict",
    "article_to_dict",
    "check_encoding",
    "choice_option",
    "decode",
    "from_dict",
    "hookimpl",
    "load_grammars",
    "load_profile",
    "load_profiles",
    "number_option",
    "parse",
    "read",
    "render",
    "stated_date",
    "view",
    "xml_text",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
