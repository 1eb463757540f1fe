"""The words and services of `wire.toml`, ready to be looked for. What one agency does is data there, not code here."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import attrs


@attrs.frozen
class Words:
    """Patterns that match at the start of a line, and tables, by the names of `wire.toml`."""

    months: Mapping[str, int]
    """The first letters of a month, in lower case, and its number; the longest first."""
    zones: Mapping[str, int]
    """Zones and their minutes east of Greenwich."""
    agencies: frozenset[str]
    """Names of agencies, in capitals."""
    languages: Mapping[str, str]
    """The language of a service, by its source id."""
    openers: re.Pattern[str]
    """The word that opens a byline."""
    joiners: re.Pattern[str]
    """What stands between two names of a byline."""
    titles: frozenset[str]
    """Bylines that name no person."""
    days: re.Pattern[str]
    """A dateline's day, in words or figures."""
    heads: Mapping[str, re.Pattern[str]]
    """Kinds of lines above the body."""
    notices: Mapping[str, re.Pattern[str]]
    """What a copy does to an earlier one."""
    private: re.Pattern[str]
    """Where the part begins that is not for print."""
    signoff: re.Pattern[str]
    """A whole line that signs a copy off."""
    services: Mapping[str, Mapping[str, Mapping[str, Any]]]
    """By format and name, what a service does in its own way."""


@cache
def wire_words() -> Words:
    """The words of `wire.toml`, read once."""
    table = tomllib.loads(files("newsparse_wire").joinpath("wire.toml").read_text("utf-8"))
    months = {start: int(number) for number, starts in table["months"].items() for start in starts}
    names = table["agencies"]["names"]
    agency = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    signoffs = [pattern.replace("{agency}", f"(?i:{agency})") for pattern in table["signoffs"]["patterns"]]
    months_of_datelines = "|".join(sorted(table["datelines"]["months"], key=len, reverse=True))
    return Words(
        dict(sorted(months.items(), key=lambda pair: -len(pair[0]))),
        table["zones"],
        frozenset(names),
        table["languages"],
        re.compile(f"(?:{_alternatives(table['bylines']['openers'])})(?= )", re.IGNORECASE),
        re.compile(rf",| (?:{_alternatives(table['bylines']['joiners'])}) ", re.IGNORECASE),
        frozenset(table["bylines"]["titles"]),
        re.compile(rf"(?:{months_of_datelines})\.? (?P<day>\d\d?)|(?P<first>\d\d?)[/.](?P<second>\d\d?)\.?"),
        {kind: _any_of(patterns) for kind, patterns in table["heads"].items()},
        {kind: _any_of(patterns) for kind, patterns in table["notices"].items()},
        _any_of(table["private"]["openers"]),
        re.compile("|".join(signoffs)),
        {name: table[name] for name in ("anpa1312", "zczc")},
    )


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
