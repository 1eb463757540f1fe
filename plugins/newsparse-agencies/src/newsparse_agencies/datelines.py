"""Datelines that no other agency writes so: the forms stand in ``datelines.toml``, by the profile's name."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from newsparse import Dateline

# A dateline stands at the paragraph's start and is shorter than this; so is what a pattern looks at.
REACH = 120


def read_dateline(text: str, source: str | None) -> Dateline | None:
    """The dateline that opens a paragraph of one of these agencies, or ``None``.

    Example:
        >>> read_dateline("PORT HALLAM, June 3. /TASS/. The ferry line has reopened.", "tass")
        Dateline(place='PORT HALLAM', date=None, agency='TASS', raw='PORT HALLAM, June 3. /TASS/.')
        >>> read_dateline("PORT HALLAM, June 3. /TASS/. The ferry line has reopened.", None)
    """
    for form in _forms().get(source or "", ()):
        found = form.match(text[:REACH])
        if found:
            parts = found.groupdict()
            return Dateline(parts.get("place"), None, parts["agency"], found[0].strip())
    return None


@cache
def _forms() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    table = tomllib.loads(resources.files(__package__).joinpath("datelines.toml").read_text(encoding="utf-8"))
    return {name: tuple(map(re.compile, patterns)) for name, patterns in table.items()}
