"""The date-time groups that close a message."""

import re
from datetime import datetime, timedelta, timezone
from typing import Any

from newsparse import WireDate
from newsparse_wire.datelines import month_number
from newsparse_wire.words import wire_words

PIVOT = 70
"""Years of two figures from here on are of the twentieth century: the wires' formats are of 1979."""


def year_of(figures: str) -> int:
    """A year of two or four figures.

    Example:
        >>> year_of("94"), year_of("13"), year_of("2024")
        (1994, 2013, 2024)
    """
    year = int(figures)
    return year if len(figures) > 2 else year + (1900 if year >= PIVOT else 2000)


def month_of(name: str) -> int | None:
    """The month that a word or a figure names."""
    return int(name) if name.isdigit() else month_number(name)


def time_fields(sent: str, year: int, month: int | None, day: int, clock: str, zone: str | None) -> dict[str, Any]:
    """What an end line says, as fields.

    Args:
        sent: The end line, clean.
        year: In four figures.
        month: From 1.
        day: From 1.
        clock: Hours and minutes, ``1137``.
        zone: As ``GMT``.

    Returns:
        ``sent`` as it stands; where that is a moment also ``published``, and ``created`` with a zone or
        ``created_local`` without one; ``year`` for days that have none.
    """
    try:
        moment = datetime(year, month or 0, day, int(clock[:2]), int(clock[2:]))
    except ValueError:
        return {"sent": sent}
    minutes = wire_words().zones.get((zone or "").upper())
    local = moment.strftime("%Y-%m-%dT%H:%M")
    fields: dict[str, Any] = {"sent": sent, "year": year}
    if minutes is None:
        return {**fields, "created_local": local, "published": WireDate(local, "minute", sent)}
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    iso = f"{local}{aware.isoformat()[-6:]}"
    return {**fields, "created": aware.isoformat(), "published": WireDate(iso, "minute", sent)}


END_LINE_RE = re.compile(
    r"(?P<day>\d\d)(?P<clock>\d{4})(?: ?(?P<zone>[A-Za-z]{1,4}))? +(?P<month>[^\W\d_]{3,10})\.?"
    r"(?: +(?P<year>\d\d(?:\d\d)?))?\b"
)
"""The date-time group of IPTC 7901 (section 6.2): day, hour and minute in one group, zone, month, year."""
