"""A caption: its text, credit, place, date and flags."""

import re

from newsparse.grammars.credits import FLAGS, Credits
from newsparse.grammars.dates import Dates, FoundDate
from newsparse.grammars.endings import Endings
from newsparse.grammars.names import Names
from newsparse.grammars.phrases import Phrases, fold
from newsparse.locales import Locale
from newsparse.models import Caption, Span

# Captions of two sentences and a credit have up to 700 characters; what is longer keeps its text and no more is read.
LONGEST = 1500
# Place and date close a caption: they are sought in its last characters, which hold the longest last sentence seen.
REACH = 300
# A preposition stands this close before the date or the end that its place touches.
PLACE_REACH = 90
# Words of a place: `Port of Doe, Doe Province, Doe`.
MOST_WORDS = 8
# Abbreviations of states, and prepositions before a day, are no longer than this: `Calif`, `on`.
SHORT_WORD = 5
# Words of a day in a week that may stand behind a place: `on Saturday`.
MOST_DAY_WORDS = 2

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f.'’‘`-])*")
_GAP = re.compile(r",?\s+|\s*,\s*")
_STARTS = re.compile(r"(?<=[\s,(])(?=[^\W\d_])")
_AROUND = " ,.("


class Captions:
    r"""Reads captions in the words of a locale.

    Example:
        >>> from newsparse.locales import read_locale
        >>> words = 'name = "en"\n[captions]\nplaces = ["in"]\n[agencies]\nnames = ["Reuters"]'
        >>> Captions(read_locale(words)).read("A street in Doeville, 2019-04-07. (Reuters)").place
        'Doeville'
    """

    def __init__(self, locale: Locale, dates: Dates | None = None, credits: Credits | None = None):
        self._dates = dates or Dates(locale)
        self._endings = Endings(credits or Credits(locale))
        self._particles = (credits.names if credits else Names(locale)).particles
        self._kept = Phrases(locale.of("captions.places_kept"))
        self._places = Phrases([*locale.of("captions.places"), *locale.of("captions.places_kept")])
        # A word alone (`file`, `pool`) flags a picture only in a credit or label; several together do so anywhere.
        self._phrases = [(fold(word), flag) for flag in FLAGS for word in locale.of(f"captions.{flag}") if " " in word]

    def read(self, text: str, span: Span | None = None) -> Caption:
        """The caption that a line is, with what its end says of credit, place and date.

        Args:
            text: The line.
            span: Where it stands in the dump, to be kept with the caption.
        """
        raw = text.strip()
        if len(raw) > LONGEST:
            return Caption(text=raw, raw=raw, span=span)
        found = self._endings.split(raw)
        folded = fold(raw)
        flags = found.flags.union(flag for phrase, flag in self._phrases if phrase in folded)
        end = found.text[-REACH:]
        # The last day: what a picture shows comes before where and when it was taken.
        day = next(reversed([*self._dates.find_all(end)]), None)
        return Caption(
            text=found.text or None,
            raw=raw or None,
            credit=found.credit,
            place=self._place(end, day),
            date=day.date if day else None,
            flags=tuple(flag for flag in FLAGS if flag in flags),
            span=span,
        )

    def _place(self, text: str, day: FoundDate | None) -> str | None:
        """The last place behind a preposition that touches the date or ends the text.

        Any other place may be a part of the story.
        """
        folded = fold(text)
        place = None
        for match in _STARTS.finditer(text, max((day.start if day else len(text)) - PLACE_REACH, 0)):
            stop = self._places.at(folded, match.start())
            gap = _GAP.match(text, stop) if stop else None
            end = self._place_end(text, gap.end()) if gap else None
            if gap and end and self._closes(text, end, day):
                kept = self._kept.at(folded, match.start()) == stop
                place = text[match.start() if kept else gap.end() : end].rstrip(" ,")
                # `La Doe, Wis.` keeps its full stop, `Doeville.` does not.
                place = place if "," in place or "." in place[:-1] else place.rstrip(".")
        return place

    def _closes(self, text: str, end: int, day: FoundDate | None) -> bool:
        """Whether a place that stops at an offset touches the date, a day of the week or the end of the text."""
        if day and end <= day.start:
            between = fold(text[end : day.start].strip(_AROUND))
            # `on` may stand between a place and its day: `in Doeville on April 7, 2019`.
            return not between or (len(between) <= SHORT_WORD and between in self._places)
        words = text[end:].strip(_AROUND).split()
        return not words or (len(words) <= MOST_DAY_WORDS and self._dates.is_word(fold(words[-1])))

    def _place_end(self, text: str, start: int) -> int | None:
        """Where the capitalised words from an offset on end; a month or weekday ends them."""
        stop = None
        for _ in range(MOST_WORDS):
            word = _WORD.match(text, start)
            if not word:
                break
            folded = fold(word[0])
            small = folded in self._particles or folded == "of"
            if self._dates.is_word(folded) or not (word[0][0].isupper() or (small and stop)):
                break
            if not small:
                stop = word.end()
                # A full stop behind a whole word ends the sentence; behind a short one it shortens: `La Doe, Wis.`
                if word[0].endswith(".") and len(word[0]) > SHORT_WORD + 1:
                    return stop - 1
            gap = _GAP.match(text, word.end())
            if not gap:
                break
            start = gap.end()
        return stop
