"""Texts to values: dates, names, numbers, lists and languages as the vendors write them.

The words of dates and bylines are those of newsparse's own locales; names of languages stand in a table.
"""

import re
from functools import cache

from newsparse import WireDate, load_grammars
from newsparse_archives.tables import languages

# A date, a byline and a language are short; longer lines are text.
_LONGEST = 200
# What may stand between a date and the rest of its line.
_BETWEEN = " ,;:-–|"

_COUNT = re.compile(r"\d[\d.,\s]*")
_RELEVANCE = re.compile(r"\s*\(\d{1,3}\s?%\)")
_CODE = re.compile(r"[\w/-]{1,20} : ")
_INVERTED = re.compile(r"(?P<last>[^\W\d_][\w' .-]{0,40}), (?P<first>[^\W\d_][\w' .-]{0,40})")


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(name for names in load_grammars().locale.weekdays for name in names)


def leading_date(text: str) -> tuple[WireDate, str] | None:
    """The date at the start of a line, and the rest of the line without its weekday.

    Example:
        >>> leading_date("December 19, 1991, Sunday, An Edition")[1]
        'An Edition'
    """
    if len(text) > _LONGEST:
        return None
    found = load_grammars().dates.find(text)
    if found is None or found.start:
        return None
    rest = text[found.stop :].strip(_BETWEEN)
    word = rest.split(" ", 1)[0].strip(_BETWEEN)
    if word.lower() not in _weekdays():
        return found.date, rest
    rest = rest[len(word) :].strip(_BETWEEN)
    # A time may stand behind the weekday, where no grammar looks for it.
    timed = load_grammars().dates.find(f"{found.date.raw} {rest}") if rest[:1].isdigit() else None
    if timed is None or timed.date.precision == found.date.precision:
        return found.date, rest
    return timed.date, f"{found.date.raw} {rest}"[timed.stop :].strip(_BETWEEN)


def date_in(text: str) -> WireDate | None:
    """The first date in a value."""
    found = load_grammars().dates.find(text[:_LONGEST])
    return found.date if found else None


def with_time(date: WireDate, time: str) -> WireDate:
    """A day's date with a time of day that stands elsewhere."""
    timed = (
        load_grammars().dates.find(f"{date.iso} {time}") if date.precision == "day" and len(time) < _LONGEST else None
    )
    return timed.date if timed and timed.date.iso.startswith(date.iso) else date


def language_tag(text: str) -> str | None:
    """The BCP 47 tag of a language's name, or of a tag as it stands.

    Example:
        >>> language_tag("Français"), language_tag("EN"), language_tag("Klingon")
        ('fr', 'en', None)
    """
    # `GERMAN; DEUTSCH` says it twice.
    name = text.split(";")[0].strip().lower()
    if len(name) > _LONGEST:
        return None
    return languages().get(name) or (name if name in languages().values() else None)


def authors_in(byline: str, lone: bool = True, inverted: bool = False) -> tuple[str, ...]:
    """The names in a byline; `lone` if it is known to be one, `inverted` if last names come first."""
    if inverted:
        matches = [_INVERTED.fullmatch(part.strip()) for part in byline.split(";")]
        if all(matches):
            return tuple(f"{match['first']} {match['last']}" for match in matches if match)
    found = load_grammars().bylines.read(byline, lone=lone)
    return found.authors if found else ()


def count_in(text: str) -> int | None:
    """The first number of a value: ``1,234 words`` is 1234.

    Example:
        >>> count_in("LENGTH: 1,234 words")
        1234
    """
    found = _COUNT.search(text[:_LONGEST])
    digits = "".join(filter(str.isdigit, found[0])) if found else ""
    return int(digits) if digits else None


def list_in(text: str) -> list[str]:
    """The names of an index field, without codes and percentages.

    Example:
        >>> list_in("fra : France | eurz : Europe"), list_in("ELECTIONS (90%); POLLS (71%)")
        (['France', 'Europe'], ['ELECTIONS', 'POLLS'])
    """
    parts = text.split("|" if "|" in text or _CODE.match(text) else ";")
    names = (_RELEVANCE.sub("", _CODE.sub("", part.strip(), count=1)).strip() for part in parts)
    return [name for name in names if name]
