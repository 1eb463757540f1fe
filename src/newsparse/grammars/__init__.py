"""The small grammars inside a line: dates, bylines, datelines, timestamps, captions and credits.

Each reads one kind of line in the words of a locale and gives a record or ``None``; what a line is, others decide.
"""

from functools import cache, cached_property

from newsparse.grammars.bylines import Bylines
from newsparse.grammars.captions import Captions
from newsparse.grammars.credits import Credits
from newsparse.grammars.datelines import Datelines
from newsparse.grammars.dates import Dates
from newsparse.grammars.names import Names
from newsparse.grammars.timestamps import Timestamps
from newsparse.locales import Locale, core_locales, merge_locales

__all__ = ["Bylines", "Captions", "Credits", "Datelines", "Dates", "Grammars", "Names", "Timestamps", "load_grammars"]


class Grammars:
    """All grammars of one locale, each made when it is first asked for; they share words and hold no state.

    Example:
        >>> from newsparse.locales import read_locale
        >>> Grammars(read_locale('name = "en"')).timestamps.read("2019-04-07 14:04").published.iso
        '2019-04-07T14:04'
    """

    def __init__(self, locale: Locale):
        self.locale = locale

    @cached_property
    def dates(self) -> Dates:
        """Finds dates."""
        return Dates(self.locale)

    @cached_property
    def names(self) -> Names:
        """Tells persons from agencies."""
        return Names(self.locale)

    @cached_property
    def credits(self) -> Credits:
        """Reads credits alone on their line."""
        return Credits(self.locale, self.names)

    @cached_property
    def captions(self) -> Captions:
        """Reads captions."""
        return Captions(self.locale, self.dates, self.credits)

    @cached_property
    def datelines(self) -> Datelines:
        """Reads datelines."""
        return Datelines(self.locale, self.dates, self.names)

    @cached_property
    def bylines(self) -> Bylines:
        """Reads bylines."""
        return Bylines(self.locale, self.dates, self.names)

    @cached_property
    def timestamps(self) -> Timestamps:
        """Reads lines of dates."""
        return Timestamps(self.locale, self.dates)


@cache
def load_grammars() -> Grammars:
    """The grammars of all the core's languages at once: for readers that meet dates and names where no parser looks.

    Example:
        >>> load_grammars().dates.find("4 de marzo de 2011").date.iso
        '2011-03-04'
    """
    return Grammars(merge_locales(core_locales()))
