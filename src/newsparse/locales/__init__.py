"""The words of languages: one TOML file a language, read into `Locale` records.

``und.toml`` ("undetermined", BCP 47) holds what no single language owns, as the names of agencies; it is always in use.
Takes TOML, gives a `Locale`; several merge into one, in which every grammar and word rule looks its words up.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib import resources
from types import MappingProxyType
from typing import Any

import attrs

from newsparse.errors import RecordError
from newsparse.models import many

GENERAL = "und"
PARSED = "parsed.jsonl"
"""The file with the digest of the TOML files, and below it the table of each, a line of JSON."""

# Every list of words that a locale can hold, by section and key, and what it is for. A file with another key is
# refused.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "language.function_words": "frequent small words that tell the language, lower case",
        "dates.fillers": "words that may stand between the parts of a date: `de`, `of`, `the`",
        "dates.ordinals": "endings of a day's number: `st`, `nd`, `er`",
        "dates.at": "words before a time: `at`, `um`, `à`",
        "dates.hours": "words after a time: `Uhr`, `Uhr MEZ`, `hrs`",
        "dates.am": "morning: `am`, `a.m.`",
        "dates.pm": "afternoon: `pm`, `p.m.`",
        "dates.zones": "names of time zones: `GMT`, `ET`, `MEZ`",
        "dates.published": "words that open the date of publication: `published`, `posted on`",
        "dates.updated": "words that open the date of an update: `last updated`",
        "bylines.openers": "words that open a byline: `by`, `written by`",
        "bylines.joiners": "words between two names: `and`",
        "bylines.roles": "what a writer is: `staff writer`, `correspondent`",
        "captions.openers": "words that open a caption or point into a picture: `pictured`, `from left`",
        "captions.credits": "words that open a credit: `photo`, `photo by`, `image credit`",
        "captions.via": "through whom an agency's picture came: `via`",
        "captions.places": "prepositions before the place of a picture: `in`, `at`",
        "captions.places_kept": "those of them that change the place and stay with it: `near`, `outside`",
        "captions.file": "an older picture: `file photo`, `archive`",
        "captions.handout": "a picture given out: `handout`",
        "captions.screenshot": "a still of a video or page: `screenshot`, `screengrab`",
        "captions.illustration": "not a photograph of the event: `illustration`, `symbolic image`",
        "captions.pool": "a pool picture: `pool`",
        "captions.restricted": "a limit of use: `no resale`, `editorial use only`",
        "agencies.names": "news and picture agencies as they sign: `Reuters`, `AFP`; case counts",
        "lines.share": "whole lines that share or save: `share`, `copy link`",
        "lines.player": "whole lines of players and galleries: `play video`, `image 1 of 5`",
        "lines.more": "whole lines or heads that lead on: `read more`, `continue reading`",
        "lines.related": "heads of lists of other stories: `related`, `most read`",
        "lines.comments": "lines of the comment area: `leave a comment`",
        "lines.advert": "lines that mark advertisements: `advertisement`",
        "lines.paywall": "heads of lines on accounts and subscriptions: `sign in`, `subscribe`",
        "lines.newsletter": "heads of lines on newsletters, apps and alerts: `sign up for our newsletter`",
        "lines.navigation": "whole lines of menus: `home`, `skip to content`, `back to top`",
        "lines.legal": "heads of lines of rights and cookies: `all rights reserved`, `we use cookies`",
        "lines.reading": "reading time and text size: `min read`, `text size`",
        "lines.topics": "heads of lists of tags: `tags`, `topics`",
        "lines.sections": "names of sections: `world`, `politics`, `opinion`",
        "lines.correction": "heads of corrections and editors' notes: `correction`, `editor's note`",
        "lines.biography": "words of a note on the author: `contributed to this report`, `is a reporter`",
        "dates.signs": "five signs behind the figures of year, month, day, hour and minute: `年月日時分`",
        "captions.clients": "words between a photographer and the paper: `for`",
        "captions.rights": "words of ownership around a credit: `all rights reserved`",
        "datelines.cities": "cities that open reports without a country: `London`, `Beirut`",
        "datelines.labels": "words that stand before a dash or colon and name no place: `breaking`, `update`",
        "datelines.closers": "signs that close a place and day: `電`",
        "names.particles": "small words inside names: `de`, `van`, `bin`",
        "names.articles": "articles that open the name of an outlet and of no person: `the`, `le`",
        "names.outlets": "words that no person's name holds: `news`, `times`, `agency`, `our`",
        "names.given": "given names of persons, in the general locale for all languages: `anna`, `tom`",
    }
)


@attrs.frozen
class Locale:
    """The words of one language, or of several merged."""

    name: str = GENERAL
    """BCP 47 language tag, as ``en``."""
    title: str = ""
    """The language's own name."""
    scripts: tuple[str, ...] = attrs.field(default=(), converter=many)
    """Names of its scripts, as Unicode has them: ``Latin``, ``Arabic``."""
    spaced: bool = True
    """Whether blanks part its words."""
    order: str = "dmy"
    """The order of a date in figures alone: ``dmy``, ``mdy`` or ``ymd``."""
    months: tuple[tuple[str, ...], ...] = ()
    """Twelve tuples of names and short forms, lower case."""
    weekdays: tuple[tuple[str, ...], ...] = ()
    """Seven tuples from Monday, lower case."""
    words: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict, hash=False)
    """Words by kind, as ``captions.credits``; `KINDS` lists the kinds."""

    def of(self, kind: str) -> tuple[str, ...]:
        """The words of one kind, in the file's order; none is an empty tuple.

        Example:
            >>> Locale(words={"captions.via": ("via",)}).of("captions.via")
            ('via',)
        """
        return self.words.get(kind, ())


def read_locale(toml: str) -> Locale:
    """The locale that a TOML text describes.

    Raises:
        RecordError: The text is no TOML, or a key or a value is not what a locale holds.

    Example:
        >>> read_locale('name = "xx"\\n[captions]\\nvia = ["via"]').of("captions.via")
        ('via',)
    """
    # Imported where it is needed: the core's own locales are mostly read without.
    import tomllib

    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise RecordError(f"a locale that is no TOML: {error}") from error
    return locale_from_table(table)


def locale_from_table(table: Mapping[str, Any]) -> Locale:
    """The locale that a parsed TOML table describes.

    Raises:
        RecordError: A key or a value is not what a locale holds.
    """
    name = table.get("name")
    if not isinstance(name, str) or not name:
        raise RecordError('a locale without a name: its file needs `name = "en"`')
    dates = table.get("dates", {})
    words = {}
    for section, entries in table.items():
        if not isinstance(entries, Mapping):
            continue
        for key, value in entries.items():
            if (section, key) in (("dates", "months"), ("dates", "weekdays"), ("dates", "order")):
                continue
            kind = f"{section}.{key}"
            if kind not in KINDS:
                raise RecordError(f"locale {name}: unknown key {kind}; known: {', '.join(KINDS)}")
            if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
                raise RecordError(f"locale {name}: {kind} must be a list of words")
            words[kind] = tuple(value)
    months = tuple(tuple(names) for names in dates.get("months", ()))
    weekdays = tuple(tuple(names) for names in dates.get("weekdays", ()))
    if len(months) not in (0, 12) or len(weekdays) not in (0, 7):
        raise RecordError(f"locale {name}: dates.months needs 12 lists and dates.weekdays 7")
    return Locale(
        name=name,
        title=table.get("title", name),
        scripts=table.get("scripts", ()),
        spaced=table.get("spaced", True),
        order=dates.get("order", "dmy"),
        months=months,
        weekdays=weekdays,
        words=words,
    )


def merge_locales(locales: Iterable[Locale]) -> Locale:
    """One locale with the words of all, each word once, in the order given.

    Months and weekdays merge name by name, so that a date of any of the languages is read.

    Example:
        >>> en = read_locale('name="en"\\n[captions]\\nvia=["via"]')
        >>> de = read_locale('name="de"\\n[captions]\\nvia=["via", "über"]')
        >>> merge_locales([en, de]).of("captions.via")
        ('via', 'über')
    """
    words: dict[str, dict[str, None]] = {}
    months: list[dict[str, None]] = [{} for _ in range(12)]
    weekdays: list[dict[str, None]] = [{} for _ in range(7)]
    known = list(locales)
    for locale in known:
        for kind, entries in locale.words.items():
            words.setdefault(kind, {}).update(dict.fromkeys(entries))
        for merged, table in ((months, locale.months), (weekdays, locale.weekdays)):
            for names, own in zip(merged, table, strict=False):
                names.update(dict.fromkeys(own))
    first = known[0] if known else Locale()
    return attrs.evolve(
        first,
        months=tuple(tuple(names) for names in months),
        weekdays=tuple(tuple(names) for names in weekdays),
        words={kind: tuple(entries) for kind, entries in words.items()},
    )


def core_locales() -> list[Locale]:
    """The locales that ship with newsparse, `und` first, then by name.

    The TOML files are what counts. Reading them takes longer than all else that a first parser does, so their tables
    lie beside them, parsed, in ``parsed.jsonl`` (``python tools/locales.py`` writes it), and hold while no file has
    changed.
    """
    files = locale_files()
    parsed = resources.files(__name__).joinpath(PARSED)
    lines = parsed.read_text(encoding="utf-8").split("\n")[:-1] if parsed.is_file() else []
    digest, *tables = map(json.loads, lines or ["null"])
    if digest == digest_of(files):
        return list(map(locale_from_table, tables))
    return [read_locale(text.decode()) for text in files]


def locale_files() -> list[bytes]:
    """The TOML files that ship with newsparse, that of `und` first, then by name."""
    folder = resources.files(__name__)
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    names.sort(key=lambda name: name != f"{GENERAL}.toml")
    return [folder.joinpath(name).read_bytes() for name in names]


def digest_of(files: Iterable[bytes]) -> str:
    """A hash of some files."""
    return hashlib.sha256(b"\0".join(files)).hexdigest()
