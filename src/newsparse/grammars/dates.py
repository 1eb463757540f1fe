"""Dates and times in a text, in the words of a locale.

A text becomes a string of classes, one character a token (``Sunday, April 7, 2019`` is ``W, M D, Y``), and the forms of
a date are patterns over classes. So the patterns are the same for every language; a language brings its words alone.
"""

import re
from collections.abc import Iterator
from datetime import date

import attrs

from newsparse.grammars.phrases import Phrases, fold, parts_words
from newsparse.locales import GENERAL, Locale
from newsparse.models import WireDate

# Years a news text may mean: newspapers began in 1605, and what claims to be later than this is a price or a number.
YEARS = range(1600, 2100)
# A figure of two digits is a year of this century up to here, of the last one from 70, and between them nothing.
LAST_SHORT_YEAR = 49
FIRST_SHORT_YEAR = 70
# The clock's widest offset from UTC, in hours.
WIDEST_OFFSET = 14
# Captions and lines of dates are shorter by far; what is longer is not searched to its end.
LONGEST = 1000
# What belongs to a date stands this close before its first figure: `Wednesday, September `, in any language.
AROUND = 40
# A month's short form alone with a year must look like one: `out 2020` is English before it is Portuguese.
SHORTEST_BARE_MONTH = 4
# A leap year, to check a day without a year by.
ANY_YEAR = 2000

# Classes: D one or two digits, Y a year, Q another four, E eight, N other digits; M month, W weekday, F filler,
# O ordinal, A at, H hours, P half of the day, Z zone, T between date and time; y m d h n signs behind figures; x other.
_TIME = (
    r"(?:P ?)?D(?:"
    r":D(?::D(?:[.,][DNQY])?)?(?: ?P\.?)?(?: ?H\.?)?"
    r"|\.D(?= ?[PHZ]|\Z)(?: ?[PH]\.?)?"
    r"|H(?:D|(?=[ ,.)]|\Z))"
    r"| ?P\.?| H\.?"
    r"|h ?(?:D ?n)?"
    r")"
    r"(?: ?\(?Z ?(?:[+-](?:D(?::D)?|Q))?\)?| ?[+-](?:D:D|Q))?"
)
_DAY = r"D[.O]?"
_DATE = (
    r"Y-D-D|Y/D/D|Y\. ?D\. ?D(?:\.(?! ?[DY]))?"
    r"|D/D/Y|D-D-Y|D\. ?D\. ?Y|D/D/D|D\.D\.D"
    r"|D[-/]M[-/](?:Y|D)"
    rf"|{_DAY} ?(?:F ?){{0,2}}M\.?,? ?(?:F ?){{0,2}}Y"
    rf"|M\.? ?{_DAY} ?,? ?(?:F )?Y"
    rf"|Y[.,]? ?(?:F ?)?M\.? ?{_DAY}"
    r"|M\.?,? ?(?:F ){0,2}Y"
    r"|E"
)
_DAY_OF_YEAR = rf"{_DAY} ?(?:F ?){{0,2}}M\.?|M\.? ?{_DAY}|D ?m ?D ?d"
# Signs part the figures, so that `4月24日23:52` needs no blank.
_SIGNED = r"Y ?y ?D ?m(?: ?D ?d)?(?: ?\([Wxmd]\))?"
_LEFT = r"(?<![DYNQE])(?<![DYNQE][-./:])(?<!D - )"
_RIGHT = r"(?![DYNQE])(?![-./][DYNQE])"
_WEEKDAY = r"(?:W\.?,? ?(?:F ?)?)?"
_TO_TIME = r"(?: ?[,|-]? ?(?:A ?\.? ?)?|T)"


def _when(days: str) -> re.Pattern[str]:
    return re.compile(
        rf"{_LEFT}(?:(?P<before>{_TIME})(?: ?[,|-]? ?))?{_WEEKDAY}(?P<date>{_SIGNED}|(?:{days}){_RIGHT})"
        rf"(?:{_TO_TIME}(?P<after>{_TIME})(?![DYNQE]))?"
    )


_WITH_YEAR = _when(_DATE)
_WITHOUT_YEAR = _when(f"{_DATE}|(?:{_DAY_OF_YEAR})(?! ?,? ?[YN])")

_FIGURES = re.compile(r"\d+")
_LAST_FIGURE = re.compile(r"\d(?=\D*\Z)")
_OFFSET = re.compile(r"(?<=\d)Z|(?:(?<=[A-Z\d])|(?<= ))(?P<sign>[+−-])(?P<hours>\d\d?):?(?P<minutes>\d\d)?")
_NO_WORD = r"""\s\d!-/:-@\[-`{-~‘’“”«»•·…–—―−、。，．：（）［］【】／"""
_GLUE = re.compile(r"(?<=[a-zß-öø-ÿ])[A-ZÀ-Þ][^\W\d_A-Z]+(?!\w)")
_WORD = re.compile(f"[^{_NO_WORD}]+")
_MARKS = {mark: mark for mark in " .,:/-+()|"}
_MARKS |= {"\xa0": " ", "–": "-", "—": "-", "―": "-", "−": "-", "•": "|", "·": "|"}
_MARKS |= {"，": ",", "、": ",", "：": ":", "（": "(", "）": ")", "／": "/", "．": "."}


@attrs.frozen
class FoundDate:
    """A date and where it stands in the text that was searched."""

    date: WireDate
    start: int
    stop: int


class Dates:
    """Finds dates in the words of a locale.

    Figures alone, as ``07/04/2019``, follow the locale's order; where no language is known (`und`), or the language's
    readers differ (an empty order, as in English), and day and month could change places, nothing is read: a wrong date
    is worse than none. Between full stops the day comes first everywhere.

    Example:
        >>> from newsparse.locales import read_locale
        >>> Dates(read_locale('name = "en"')).find("on 2019-04-07, 14:04").date.iso
        '2019-04-07T14:04'
    """

    def __init__(self, locale: Locale):
        self._order = "" if locale.name == GENERAL else locale.order
        self._zones = frozenset(locale.of("dates.zones"))
        self._months = _numbers(locale.months)
        self._afternoon = frozenset(map(fold, locale.of("dates.pm")))
        signs = {sign: kind for row in locale.of("dates.signs") for sign, kind in zip(row, "ymdhn", strict=False)}
        self._marks = {**_MARKS, **signs}
        kinds: dict[str, str] = {}
        for kind, words in (
            ("F", locale.of("dates.fillers")),
            ("A", locale.of("dates.at")),
            ("O", locale.of("dates.ordinals")),
            ("H", locale.of("dates.hours")),
            ("P", locale.of("dates.am")),
            ("P", locale.of("dates.pm")),
            ("W", [name for names in locale.weekdays for name in names]),
            ("M", self._months),
        ):
            # A full stop is a sign of its own in every form, so that `7.` and `sept.` need no words for it.
            kinds.update((bare, kind) for word in words if (bare := fold(word).rstrip(".:")))
        # `a.m.` and `Uhr MEZ` are more than one token; they are looked up before the token is.
        self._kinds = kinds
        # Figures and signs come first: `1月` is a figure and a sign.
        longer = [
            phrase for phrase in kinds if not (_WORD.fullmatch(phrase) or phrase[0].isdecimal() or phrase[0] in signs)
        ]
        self._longer = Phrases(longer)
        self._heads = frozenset(phrase[0] for phrase in longer)
        own = re.escape("".join(signs))
        self._token = re.compile(rf"\d+|\s+|[^{_NO_WORD}{own}]+|.", re.DOTALL)

    def is_word(self, folded: str) -> bool:
        """Whether a word is a month or a weekday."""
        return self._kinds.get(folded.rstrip("."), "") in ("M", "W")

    def find(self, text: str, year: int | None = None) -> FoundDate | None:
        """The first date in a text."""
        return next(self.find_all(text, year), None)

    def find_all(self, text: str, year: int | None = None) -> Iterator[FoundDate]:
        """The dates in a text, in its order; impossible ones (31 February) are none.

        Args:
            text: The text; characters behind `LONGEST` are not looked at.
            year: The year of dates that state none; without it such dates are not read.
        """
        first = _FIGURES.search(text, 0, LONGEST)
        if first is None:
            return
        text = text[:LONGEST]
        last = _LAST_FIGURE.search(text, first.start())
        classes, starts = self._classes(text[: last.end() + AROUND if last else None], max(first.start() - AROUND, 0))
        pattern = _WITH_YEAR if year is None else _WITHOUT_YEAR
        for match in pattern.finditer(classes):
            raw = text[starts[match.start()] : starts[match.end()]]
            read = self._read(match, text, starts, year)
            if read:
                yield FoundDate(WireDate(*read, raw.rstrip(" ,")), starts[match.start()], starts[match.end()])

    def _classes(self, text: str, position: int) -> tuple[str, list[int]]:
        """The classes of the tokens from a position on, and where each token starts; the text's end comes last."""
        folded = fold(text)
        classes, starts = [], []
        done = position
        for match in self._token.finditer(text, position):
            start = match.start()
            if start < done:
                continue
            done = match.end()
            char = text[start]
            longer = None
            if folded[start] in self._heads and (not start or parts_words(text[start - 1], char)):
                longer = self._longer.at(folded, start)
            if longer:
                kind, done = self._kinds[folded[start:longer]], longer
            elif char.isdecimal():
                kind = _number_class(text[start:done])
            else:
                kind = self._marks.get(char) or self._word_class(text[start:done], folded[start:done])
                # A month glued to what stands before it is one: `Associated PressApril 28`.
                glue = _GLUE.search(text, start, done) if kind == "x" else None
                if glue and self._kinds.get(folded[glue.start() : done], "") in ("M", "W"):
                    classes.append("x")
                    starts.append(start)
                    start, kind = glue.start(), self._kinds[folded[glue.start() : done]]
            classes.append(kind)
            starts.append(start)
        starts.append(len(text))
        return "".join(classes), starts

    def _word_class(self, word: str, folded: str) -> str:
        if word in self._zones or word == "Z":
            return "Z"
        if word == "T" or word.isspace():
            return "T" if word == "T" else " "
        return self._kinds.get(folded, "x")

    def _read(self, match: re.Match[str], text: str, starts: list[int], year: int | None) -> tuple[str, str] | None:
        def tokens(group: str, kinds: str) -> list[str]:
            return [
                text[starts[index] : starts[index + 1]]
                for index in range(*match.span(group))
                if match.string[index] in kinds
            ]

        day = self._day(match["date"], tokens("date", "DYE"), tokens("date", "M"), year)
        if day is None:
            return None
        for group in ("after", "before"):
            if match[group]:
                span = match.span(group)
                clock = self._clock(match[group], text[starts[span[0]] : starts[span[1]]])
                if clock and len(day) == len("2019-04-07"):
                    return f"{day}T{clock[0]}", clock[1]
        return day, "day" if len(day) > len("2019-04") else "month"

    def _day(self, form: str, figures: list[str], month: list[str], year: int | None) -> str | None:
        short_year = False
        if form == "E":
            parts = [figures[0][:4], figures[0][4:6], figures[0][6:]]
        elif month:
            number = self._months[fold(month[0])]
            years = [figure for figure in figures if len(figure) == 4]
            days = [figure for figure in figures if len(figure) < 4]
            if not days:
                bare = month[0].islower() and len(month[0]) < SHORTEST_BARE_MONTH and "." not in form
                return None if bare or not years else f"{int(years[0]):04}-{number:02}"
            if not years and len(days) > 1:
                years, short_year = days[1:], True
            parts = [years[0] if years else str(year), str(number), days[0]]
        elif "m" in form:
            if "Y" not in form:
                parts = [str(year), *figures]
            elif "d" in form:
                parts = figures
            else:
                return f"{int(figures[0]):04}-{int(figures[1]):02}" if 1 <= int(figures[1]) <= 12 else None
        elif form[0] == "Y":
            parts = figures
        else:
            first, second, last = figures
            short_year = len(last) != 4
            month_first = self._month_first(int(first), int(second), "." in form)
            if month_first is None:
                return None
            parts = [last, first, second] if month_first else [last, second, first]
        full_year = int(parts[0])
        if short_year:
            if len(parts[0]) != 2 or LAST_SHORT_YEAR < full_year < FIRST_SHORT_YEAR:
                return None
            full_year += 2000 if full_year <= LAST_SHORT_YEAR else 1900
        try:
            return date(full_year, int(parts[1]), int(parts[2])).isoformat() if full_year in YEARS else None
        except ValueError:
            return None

    def _month_first(self, first: int, second: int, dots: bool) -> bool | None:
        if dots or first > 12 or first == second:
            return False
        if second > 12:
            return True
        return self._order == "mdy" if self._order else None

    def _clock(self, form: str, raw: str) -> tuple[str, str] | None:
        """The time in ISO form and its precision.

        A zone's name gives no offset: IST is three zones, and papers write EST in summer. Figures and Z do.
        """
        zone = _OFFSET.search(raw)
        figures = [int(figure) for figure in _FIGURES.findall(raw[: zone.start()] if zone else raw)]
        # A fraction of a second is not told; an hour alone is what the clock shows: 5 AM is 05:00.
        hour, minute, *second = [*figures[: form.count("D")], 0] if len(figures) == 1 else figures[:3]
        if "P" in form and hour <= 12:
            hour = hour % 12 + (12 if self._is_afternoon(raw) else 0)
        if hour > 23 or minute > 59 or (second and second[0] > 59):
            return None
        told = f"{hour:02}:{minute:02}" + (f":{second[0]:02}" if second else "")
        offset = ""
        if zone and zone["sign"] and int(zone["hours"]) <= WIDEST_OFFSET:
            offset = f"{zone['sign'].replace('−', '-')}{int(zone['hours']):02}:{int(zone['minutes'] or 0):02}"
        elif zone and not zone["sign"]:
            offset = "Z"
        return told + offset, "second" if second else "minute"

    def _is_afternoon(self, raw: str) -> bool:
        folded = fold(raw)
        return any(word in folded for word in self._afternoon)


def _number_class(digits: str) -> str:
    if len(digits) <= 2:
        return "D"
    if len(digits) == 4:
        return "Y" if int(digits) in YEARS else "Q"
    return "E" if len(digits) == 8 else "N"


def _numbers(months: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """The months' numbers by word; a word that is two months, as `listopad` among Slavic languages, is left out."""
    numbers: dict[str, int] = {}
    doubtful = set()
    for number, names in enumerate(months, start=1):
        for name in names:
            word = fold(name).rstrip(".")
            if numbers.setdefault(word, number) != number:
                doubtful.add(word)
    return {word: number for word, number in numbers.items() if word not in doubtful}
