"""When an article was published and updated, as a line of dates says it."""

from newsparse.grammars.dates import Dates, FoundDate
from newsparse.grammars.phrases import UNSPACED, Phrases, fold
from newsparse.locales import Locale
from newsparse.models import Timestamp, WireDate

# The longest lines of dates carry author, section and both dates; a longer line is a paragraph that mentions a day.
LONGEST = 250
# A sentence has at least this many characters beside its dates; `Published on 7 April 2019.` has fewer.
SHORTEST_SENTENCE = 40
SENTENCE_ENDS = frozenset(".!?。！？؟।…")


class Timestamps:
    r"""Reads lines of dates in the words of a locale.

    Example:
        >>> from newsparse.locales import read_locale
        >>> words = 'name = "en"\n[dates]\nupdated = ["updated"]'
        >>> Timestamps(read_locale(words)).read("2019-04-07 | Updated 2019-04-08").updated.iso
        '2019-04-08'
    """

    def __init__(self, locale: Locale, dates: Dates | None = None):
        self._dates = dates or Dates(locale)
        self._labels = Phrases([*locale.of("dates.published"), *locale.of("dates.updated")])
        self._updated = frozenset(map(fold, locale.of("dates.updated")))

    def read(self, text: str) -> Timestamp | None:
        """The dates of a line, or ``None``: a time alone and `1 hour ago` are no dates, nor is a day in a sentence."""
        if len(text) > LONGEST:
            return None
        found = list(self._dates.find_all(text))
        if not found or _is_sentence(text, found):
            return None
        published: WireDate | None = None
        updated: WireDate | None = None
        start = 0
        for day in found:
            if self._is_update(text, start, day.start):
                updated = updated or day.date
            else:
                published = published or day.date
            start = day.stop
        if published and not updated:
            updated = self._update_without_year(text, start, published)
        return Timestamp(published, updated)

    def _is_update(self, text: str, start: int, stop: int) -> bool:
        """Whether the last label between two offsets says that an update follows."""
        folded = fold(text)
        update = False
        position = start
        while position < stop:
            end = self._labels.at(folded, position) if _may_begin(text, position) else None
            if end and end <= stop:
                update = folded[position:end] in self._updated
            position = end or position + 1
        return update

    def _update_without_year(self, text: str, start: int, published: WireDate) -> WireDate | None:
        """The date of an update that states no year, taken in the year of publication.

        Only if it does not fall before publication there: else the year changed in between, and by how many is a guess.
        """
        if published.precision == "month":
            return None
        day = self._dates.find(text[start:], int(published.iso[:4]))
        if day and self._is_update(text, start, start + day.start) and day.date.iso[:10] >= published.iso[:10]:
            return day.date
        return None


def _is_sentence(text: str, found: list[FoundDate]) -> bool:
    beside = len(text) - sum(day.stop - day.start for day in found)
    return beside > SHORTEST_SENTENCE and text.rstrip(" \"'”’»)")[-1:] in SENTENCE_ENDS


def _may_begin(text: str, start: int) -> bool:
    """Whether a label may begin here: at a word's start, glued behind one with a capital, or without blanks."""
    if not start or text[start] >= UNSPACED:
        return True
    before = text[start - 1]
    return not before.isalpha() or (before.islower() and text[start].isupper())
