"""Place, date and agency that open a report."""

import re

from newsparse.grammars.dates import ANY_YEAR, Dates
from newsparse.grammars.names import Names
from newsparse.grammars.phrases import fold
from newsparse.locales import Locale
from newsparse.models import Dateline, WireDate

# Place, country, date and agency take less than this; a dash further on belongs to a sentence.
REACH = 120
# Words of a place before its first comma: `Port of Spain`, `Frankfurt am Main`, `San Pedro de Macorís`.
MOST_WORDS = 5
# Two letters in capitals are a country before a dash (`US - China talks`) more often than a city.
SHORTEST_PLACE = 3
# A report goes on for at least this long behind its dateline, else the line is a headline with a dash.
SHORTEST_REPORT = 40

# From here on scripts have no capitals (Hebrew, Arabic, Indic, CJK); the few that do are no news scripts.
CASELESS = "\u0590"

_CLOSING = re.compile(
    r"(?:(?<=\))\.)?[^\S\n]{0,2}(?:(?P<wide>[-–—―_=]{1,3})(?=\s|\Z)|(?P<glued>[—–―])|(?P<bar>[:|])(?=\s|\Z))"
)
_BRACKET = re.compile(r"\s?[(（](?P<agency>[^()（）]{2,40})[)）]\s?\Z")
_AGENCY_PART = re.compile(r"[/ ,–-]+")
_FIGURES = re.compile(r",?\s\d{1,2}[./]\d{1,2}\.?\Z")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f.'’‘`/-])*")
_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.){2,}")
# 新华社北京4月24日电, 【東京1月3日電】, (서울=...): agency and place stand together, without blanks.
_EAST = re.compile(
    r"[【（(\[]?(?P<place>[^\W\d_]{1,16})\s?(?P<date>\d{1,2}.\d{1,2}.)\s?(?P<close>[^\W\d_]{1,2})[】）)\]]?\s?"
)
_EQUATED = re.compile(r"[(（](?P<place>[^\W\d_]{1,12})=(?P<agency>[^\W_]{1,20})[)）]\s?(?:[^=\n]{1,30}=\s)?")


class Datelines:
    r"""Reads the dateline at the start of a paragraph, in the words of a locale.

    Example:
        >>> from newsparse.locales import read_locale
        >>> report = "TRIPOLI, Libya (Reuters) - Rain fell on the city for a second day, the mayor's office said."
        >>> Datelines(read_locale('name = "en"\n[agencies]\nnames = ["Reuters"]')).read(report).raw
        'TRIPOLI, Libya (Reuters) -'
    """

    def __init__(self, locale: Locale, dates: Dates | None = None, names: Names | None = None):
        self._dates = dates or Dates(locale)
        self._names = names or Names(locale)
        self._cities = frozenset(map(fold, locale.of("datelines.cities")))
        self._labels = frozenset(map(fold, locale.of("datelines.labels")))
        self._function_words = frozenset(locale.of("language.function_words"))
        self._closers = frozenset(locale.of("datelines.closers"))

    def read(self, text: str, published: WireDate | None = None, lone: bool = False) -> Dateline | None:
        """The dateline that opens a paragraph; its `raw` includes the dash or bracket that closes it.

        Args:
            text: The paragraph.
            published: The article's date, whose year a day without one takes; without it such a day is not given.
            lone: The line is known to be a dateline alone, so that a place without dash or agency counts.
        """
        head = text[:REACH]
        if lone:
            return self._alone(head.strip(), published)
        # Most paragraphs stop here: without one of these signs in the head there is no dateline.
        if not (
            "- " in head or "—" in head or "–" in head or ": " in head or "| " in head or "日" in head or "= " in head
            or "_ " in head or "-\xa0" in head or "―" in head or head[:1] in "(（"
        ):  # fmt: skip
            return None
        if not (head[:1].isupper() or head[:1] in "([（【" or head[:1] >= CASELESS):
            return None
        return self._western(text, head, published) or self._eastern(head, published)

    def _western(self, text: str, head: str, published: WireDate | None) -> Dateline | None:
        closing = _CLOSING.search(head)
        if not closing or len(text) - closing.end() < SHORTEST_REPORT:
            return None
        if not _opens_report(text[closing.end() : closing.end() + REACH].strip()):
            return None
        opening = head[: closing.start()]
        second = opening.split(None, 2)[1:2]
        if second and second[0][0].islower() and not self._is_small(second[0]):
            return None
        bracket = _BRACKET.search(opening)
        agency = bracket["agency"].strip() if bracket else None
        known = agency is not None and any(map(self._names.is_agency, [agency, *_AGENCY_PART.split(agency)]))
        place, dated, day = self._place_and_day(opening[: bracket.start()] if bracket else opening, published)
        raw = head[: closing.end()].strip()
        if not place:
            return Dateline(agency=agency, raw=raw) if known and not dated else None
        if not self._is_place(place):
            return None
        town = place.split(",")[0]
        city = fold(town) in self._cities
        capitals = town.isupper() and len(town) >= SHORTEST_PLACE
        if closing["bar"]:
            # Before a colon stands a speaker or a label as often: `SMITH: We won`.
            closed = capitals and (known or city or dated)
        elif agency is not None:
            closed = known or capitals or city
        elif closing["glued"]:
            closed = capitals
        else:
            # `London- ` is typed so in datelines alone; `Doe - the man` is a headline, if the place is not known.
            tight = closing["wide"] == "-" and closing.start() == closing.start("wide")
            closed = capitals or tight or (city and (town != place or dated or len(text) > REACH))
        return Dateline(place, day, agency, raw) if closed else None

    def _place_and_day(self, opening: str, published: WireDate | None) -> tuple[str, bool, WireDate | None]:
        """A dateline's place, whether it states a day, and the day if its year is known."""
        opening = opening.strip(" ,")
        figures = _FIGURES.search(opening)
        if figures:
            return opening[: figures.start()], True, None
        found = self._dates.find(opening, _year_of(published))
        if not found or opening[found.stop :].strip(" ,.)"):
            return opening, False, None
        return opening[: found.start].rstrip(" ,("), True, _known_day(found.date, published)

    def _is_place(self, place: str) -> bool:
        parts = [part.split() for part in place.split(",")]
        if len(parts) > 4 or not parts[0] or len(parts[0]) > MOST_WORDS or fold(place) in self._labels:
            return False
        if fold(parts[0][0]) in self._labels or _ABBREVIATED.fullmatch(parts[0][0]):
            return False
        for words in parts:
            if not words or len(words) > MOST_WORDS:
                return False
            for word in words:
                small = self._is_small(word)
                if fold(word) in self._function_words and not small:
                    return False
                if not _WORD.fullmatch(word) or not (word[0].isupper() or small or word[0] >= CASELESS):
                    return False
        return not parts[0][0].endswith(("’s", "'s"))

    def _is_small(self, word: str) -> bool:
        return fold(word) in self._names.particles or fold(word) == "of"

    def _eastern(self, head: str, published: WireDate | None) -> Dateline | None:
        equated = _EQUATED.match(head)
        if equated and self._names.is_agency(equated["agency"]):
            return Dateline(equated["place"], None, equated["agency"], equated[0].strip())
        match = _EAST.match(head)
        if not match or match["close"] not in self._closers:
            return None
        place = match["place"]
        agency = next((place[:size] for size in range(len(place), 1, -1) if place[:size] in self._names.agencies), None)
        place = place[len(agency) :] if agency else place
        found = self._dates.find(match["date"], _year_of(published))
        day = _known_day(found.date, published) if found else None
        return Dateline(place or None, day, agency, match[0].strip())

    def _alone(self, text: str, published: WireDate | None) -> Dateline | None:
        opening = text.rstrip(" -–—:|")
        bracket = _BRACKET.search(opening)
        place, _, day = self._place_and_day(opening[: bracket.start()] if bracket else opening, published)
        if not self._is_place(place):
            return None
        return Dateline(place, day, bracket["agency"].strip() if bracket else None, text)


def _year_of(published: WireDate | None) -> int:
    return int(published.iso[:4]) if published else ANY_YEAR


def _known_day(day: WireDate, published: WireDate | None) -> WireDate | None:
    """A day if its year is stated, or is the year of a publication that it does not come after.

    Datelined in December and published in January, a report would be read as eleven months younger than it is.
    """
    stated = day.raw is not None and day.iso[:4] in day.raw
    return day if stated or (published and day.iso[:10] <= published.iso[:10]) else None


def _opens_report(rest: str) -> bool:
    """Whether a text may be the beginning of a report: a capital, a figure, a quote or a script without case."""
    return rest[:1] >= CASELESS or (not rest[:1].islower() and any(map(str.islower, rest)))
