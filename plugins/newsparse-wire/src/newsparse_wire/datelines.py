"""The dateline that opens a wire copy: place, day, agency and the dash behind them."""

import re

from newsparse import Dateline, WireDate
from newsparse_wire.words import wire_words

# Words of a place before its first comma.
_MOST_WORDS = 4
# Signs of a paragraph in which to look: place, state, day, agency.
_REACH = 120

_DATELINE_RE = re.compile(
    r"(?P<place>[^\W\d_][^()\d\n_=]{1,70}?)"
    r"(?:,? (?P<day>(?:[A-Z][^\W\d_]{2,8}\.? )?\d\d?(?:[/.]\d\d?\.?|\.? [^\W\d_]{3,9})?))?"
    r",?(?: \((?P<bracket>[^()\n]{2,30})\)| (?P<bare>[A-Z][A-Za-z]{1,7})(?= --?\s| [–—_=]\s))"
    r" ?(?P<dash>(?:--?|[–—_=])(?=\s|\Z))?"
)


def read_dateline(text: str, year: int | None = None) -> Dateline | None:
    """The dateline that opens a paragraph, or ``None`` where none is sure.

    Sure is one with an agency in brackets and a dash, or with a known agency and either. The Swiss ATS writes no dash,
    the Australian AAP no brackets.

    Args:
        text: The paragraph.
        year: The year of a day that is given without one.

    Example:
        >>> read_dateline("SYDNEY, Dec 7 AAP - Rain fell.", 2014).date.iso
        '2014-12-07'
    """
    found = _DATELINE_RE.match(text[:_REACH])
    if not found:
        return None
    place, agency = found["place"].strip(" ,"), found["bracket"] or found["bare"]
    town = place.split(",")[0].split()
    if not place[0].isupper() or not 0 < len(town) <= _MOST_WORDS:
        return None
    known = any(part.upper() in wire_words().agencies for part in (agency, *re.split(r"[ /,-]", agency)))
    if not known and (found["bare"] or not found["dash"]):
        return None
    if not found["dash"] and not any(map(str.isalpha, text[found.end() : _REACH])):
        # A service in brackets behind the last words signs off.
        return None
    return Dateline(place, _day(found["day"], year), agency, found[0].strip())


def city_of(dateline: Dateline) -> str | None:
    """The city of a dateline's place.

    Example:
        >>> city_of(Dateline("BUENOS AIRES, Argentina"))
        'BUENOS AIRES'
    """
    return (dateline.place or "").split(",")[0].strip() or None


def _day(words: str | None, year: int | None) -> WireDate | None:
    """A day and its month, in words or as day and month in figures, in the year of the copy."""
    found = wire_words().days.fullmatch(words or "")
    if not found or not year:
        return None
    if found["day"]:
        day, month = int(found["day"]), month_number(found[0])
    else:
        day, month = int(found["first"]), int(found["second"])
    if not month or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return WireDate(f"{year:04}-{month:02}-{day:02}", "day", words)


def month_number(name: str) -> int | None:
    """The month that a name begins, in any language of `wire.toml`."""
    lower = name.lower()
    return next((number for start, number in wire_words().months.items() if lower.startswith(start)), None)
