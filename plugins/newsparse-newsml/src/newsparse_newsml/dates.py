"""Dates as the formats write them, to `WireDate`.

NewsML-G2 writes ISO 8601 with hyphens, NewsML 1.2 and NITF the basic form without; real files write both, with blanks
around, a blank for the ``T``, a zone without colon or none at all.
"""

import re
import tomllib
from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsparse import WireDate

_DATE = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<month>\d\d)(?:-?(?P<day>\d\d)"
    r"(?:[T ]?(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?P<fraction>[.,]\d{1,9})?)?)?)?)?"
    r" ?(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?"
)
_PRECISIONS = ("year", "month", "day", "minute", "second")


def read_date(text: str | None, sender: str | None = None) -> WireDate | None:
    """A date, or ``None`` where the text is none.

    Args:
        text: What the file says.
        sender: Who sent the file, for the zone of a time that states none.

    Example:
        >>> read_date("20020225T143000-0500").iso
        '2002-02-25T14:30:00-05:00'
        >>> read_date("2019-01").precision
        'month'
    """
    text = " ".join((text or "").split())
    found = _DATE.fullmatch(text)
    if not found:
        return None
    part = found.groupdict()
    names = ("year", "month", "day", "hour", "minute", "second")
    numbers = [int(part[name]) for name in names if part[name] is not None]
    try:
        moment = datetime(*(numbers + [1] * (3 - len(numbers))))  # type: ignore[arg-type]  # as many as were found
    except ValueError:
        return None
    precision = _PRECISIONS[max(len(numbers) - 2, 0) if len(numbers) > 3 else len(numbers) - 1]
    if len(numbers) <= 3:
        return WireDate(moment.date().isoformat()[: (4, 7, 10)[len(numbers) - 1]], precision, text)
    # Thousandths are a machine's, so they are left out; `raw` has them.
    iso = moment.isoformat(timespec="minutes" if precision == "minute" else "seconds")
    return WireDate(iso + (_offset(part["zone"]) if part["zone"] else _zone(moment, sender)), precision, text)


def _offset(zone: str) -> str:
    if zone == "Z":
        return "+00:00"
    return f"{zone[:3]}:{zone[3:].lstrip(':') or '00'}"


def _zone(moment: datetime, sender: str | None) -> str:
    """The offset that a sender's own time has at a moment; nothing for one who is not in ``zones.toml``."""
    name = _zones().get((sender or "").strip().casefold())
    try:
        return moment.replace(tzinfo=ZoneInfo(name)).isoformat()[19:] if name else ""
    except (ZoneInfoNotFoundError, ValueError):
        # A system without a zone database: the time stays as it was sent.
        return ""


@cache
def _zones() -> dict[str, str]:
    table = tomllib.loads((files(__package__) / "zones.toml").read_text(encoding="utf-8"))
    return {sender.casefold(): zone for sender, zone in table["zones"].items()}
