"""Who wrote an article, as a byline says it."""

import re

from newsparse.grammars.dates import Dates
from newsparse.grammars.names import Names, capitalised
from newsparse.grammars.phrases import Phrases, fold
from newsparse.locales import Locale
from newsparse.models import Byline

# A byline of four names with their desks takes about this much; a longer line is a paragraph that begins with `By`.
LONGEST = 250
# Small words that are neither joiners nor parts of names: more of them than this make a sentence.
MOST_SMALL_WORDS = 3

# How many words may stand between a writer's name and what he is: `is a New York based senior politics reporter`.
MOST_INTRODUCING = 9

# A preposition in capitals must be this long to close the names: `Jane Doe For The Paper`.
SHORTEST_CAPITAL_CLOSER = 3
# Shortened parts of a name with their full stop: `Jr.`.
LONGEST_SHORTENED = 3

# What parts a byline's names from outlet, place and date. A slash or a hyphen alone parts only between blanks.
_FIELD = re.compile(r"\s+[-–—―/]{1,2}\s+|\s*[|·•;:：\t\[\]【】<>]\s*|\s{2,}|\s*[({（]")
_PIECE = re.compile(r"\s*[,/、，،・]\s*")
_AT = re.compile(r"\s*[@\d#]")
_OPENING = re.compile(r"[\s(\[（【*•·–—,|/-]*")
_WIDE_BLANK = re.compile(r"(?<=,) {2,}|(?<=^\w{2}) {2,}|(?<=^\w{3}) {2,}")
_BEHIND_OPENER = re.compile(r"[\s:：./]*")


class Bylines:
    r"""Reads bylines in the words of a locale.

    Precision before recall: what is not shaped like a person's name is no author, one word alone never is, and a byline
    whose first name cannot be read has no author at all.

    Example:
        >>> from newsparse.locales import read_locale
        >>> words = 'name = "en"\n[bylines]\nopeners = ["by"]\njoiners = ["and"]'
        >>> Bylines(read_locale(words)).read("By Jane Doe and John Roe").authors
        ('Jane Doe', 'John Roe')
    """

    def __init__(self, locale: Locale, dates: Dates | None = None, names: Names | None = None):
        self._dates = dates or Dates(locale)
        self._names = names or Names(locale)
        self._openers = Phrases(locale.of("bylines.openers"))
        self._joiners = Phrases(locale.of("bylines.joiners"))
        self._sections = Phrases(locale.of("lines.sections"))
        # What follows the name in a note on a writer: `is` a reporter, `contributed`.
        self._notes = frozenset(fold(phrase.split()[0]) for phrase in locale.of("lines.biography"))
        self._labels = Phrases([*locale.of("dates.published"), *locale.of("dates.updated")])
        # What closes the names inside a field: `Jane Doe in Berlin`, `Jane Doe for The Paper`.
        self._closers = Phrases([*locale.of("captions.places"), *locale.of("captions.clients")])

    def read(self, text: str, lone: bool = False) -> Byline | None:
        """The byline that a line is, or ``None`` if no author and no agency can be read.

        Args:
            text: The line.
            lone: The line is known to be a byline, so that a name without any opener counts.
        """
        if len(text) > LONGEST:
            return None
        raw = text.strip()
        # Blanks behind a comma or an opener part nothing: `By  Jane Doe,  John Roe`.
        text = _WIDE_BLANK.sub(" ", raw.replace("\xa0", " ").replace("\u200b", " "))
        date = self._dates.find(text)
        opened = self._opened(text, lone)
        introduced = opened is not None
        if date and date.start == 0 and not introduced:
            text = text[date.stop :]
            opened = self._opened(text, lone)
            introduced, date = opened is not None, None
        if date and lone and not introduced and not self._names.is_given(text.lstrip()):
            # A name may stand behind the date, too: `28 April 2024, 14:26 / Jane Doe`.
            behind = text[list(self._dates.find_all(text))[-1].stop :].lstrip(" ,|/·•–—-")
            if self._names.is_given(behind):
                text, date = behind, None
        start = _OPENING.match(text).end() if opened is None else opened  # type: ignore[union-attr]
        names = text[start : date.start if date and date.start >= start else len(text)]
        pieces, roled = self._pieces(self._field(names))
        # A name in a field of its own before a date is a byline, too: `Jane Doe / SITE / 7 April 2019`.
        fielded = date is not None and date.start > start and _FIELD.search(names) is not None and len(pieces) == 1
        if not pieces or not (lone or introduced or roled or fielded):
            return None
        authors, agency = [], None
        if lone:
            pieces = [name for piece in pieces for name in self._names.several(piece)]
            # `Jane Doe | John Roe`: further fields are names where a given name says so.
            others = (field.strip() for field in _FIELD.split(names)[1:])
            pieces += [other for other in others if self._names.is_given(other) and self._names.is_person(other)]
        for number, piece in enumerate(pieces):
            if self._names.is_agency(piece):
                agency = agency or piece
            elif self._names.is_person(piece) or ((introduced or roled) and self._names.is_uncased_person(piece)):
                authors.append(capitalised(piece))
            elif number == 0:
                break
        if lone and introduced and not authors and not agency and self._names.is_desk(pieces[0]):
            agency = pieces[0]
        if not authors and not agency:
            return None
        return Byline(tuple(dict.fromkeys(authors)), agency, raw)

    def introduced(self, text: str) -> str | None:
        """The person whom a note introduces as a writer: `Jane Doe is a politics reporter`."""
        if not self._names.is_given(text):
            return None
        words = text[:LONGEST].split()
        count = next((at for at, word in enumerate(words) if not word[0].isupper()), len(words))
        name = " ".join(words[:count])
        if count == len(words) or fold(words[count]) not in self._notes or not self._names.is_person(name):
            return None
        said = fold(" ".join(words[count : count + MOST_INTRODUCING]))
        starts = (match.end() for match in re.finditer(r"\s", said))
        return capitalised(name) if any(self._names.roles.at(said, start) for start in starts) else None

    def opens(self, text: str) -> bool:
        """Whether a line says outright that a name follows: `By`, `Text:`."""
        return self._opened(text.strip(), False) is not None

    def _opened(self, text: str, lone: bool) -> int | None:
        """Where the names begin behind an opener, which may stand behind a field: `14:07 | By Jane Doe`.

        In a line known to be a byline it may also stand behind a section: `Opinion by Jane Doe`.
        """
        folded = fold(text)
        starts = [_OPENING.match(text).end(), *(field.end() for field in _FIELD.finditer(text))]  # type: ignore[union-attr]
        section = self._sections.at(folded, starts[0]) if lone else None
        if section:
            starts.append(section + 1)
        for start in starts:
            stop = self._openers.at(folded, start)
            if stop is None:
                stop = self._glued_opener(text, folded, start)
            if stop is not None and stop < len(text) and text[stop] != "-":
                # One opener may follow another: `Autorin/Autor Jane Doe`.
                while stop is not None:
                    start = _BEHIND_OPENER.match(text, stop).end()  # type: ignore[union-attr]
                    stop = self._openers.at(folded, start)
                return start
        return None

    def _glued_opener(self, text: str, folded: str, start: int) -> int | None:
        """Where an opener glued to a name ends: `byJane Doe`."""
        for stop in range(start + 2, min(start + 12, len(text))):
            if text[stop].isupper() and text[stop - 1].islower():
                return stop if folded[start:stop] in self._openers else None
        return None

    def _field(self, names: str) -> str:
        """The first field of a byline, which holds its names, less labels, figures, places and clients."""
        first = _FIELD.split(names, maxsplit=1)[0]
        figure = _AT.search(first)
        if figure:
            first = first[: figure.start()]
            words = first.split()
            while words and self._dates.is_word(fold(words[-1].rstrip(".,"))):
                words.pop()
            first = " ".join(words)
        folded = fold(first)
        for match in re.finditer(r"(?<=[^\W\d_])(?=[A-Z])|(?<=\s)", first):
            start = match.start()
            glued = not first[start - 1].isspace()
            # `Miguel A. Doe` is a name in Spanish, too, where `a` is a preposition.
            closes = not glued and self._closers.at(folded, start)
            if closes and (
                first[closes : closes + 1] != " "
                or (first[start].isupper() and closes - start < SHORTEST_CAPITAL_CLOSER)
            ):
                closes = None
            if self._labels.at(folded, start) or closes:
                return first[:start].rstrip(" ,-–—")
        return first.strip(" ,)]")

    def _pieces(self, field: str) -> tuple[list[str], bool]:
        """The names and other parts of a field, and whether a writer's role stands with one."""
        words = field.split(" ")
        small = [
            word
            for word in words
            if word[:1].islower()
            and fold(word) not in self._names.particles
            and fold(word.strip(",")) not in self._joiners
            and fold(word.strip(",")) not in self._names.roles
        ]
        if len(small) > MOST_SMALL_WORDS:
            return [], False
        pieces = []
        roled = False
        for part in _PIECE.split(self._parted(field)):
            whole = part.strip()
            if not self._names.is_agency(whole):
                whole = self._names.unglued(whole)
            # `Jane Doe Jr.` keeps its full stop, `Jane Doe.` does not.
            if whole.endswith(".") and len(whole.rsplit(" ", 1)[-1]) > LONGEST_SHORTENED:
                whole = whole[:-1]
            piece = self._names.without_role(whole)
            roled = roled or piece != part.strip(" .")
            if piece:
                pieces.append(piece)
            elif not pieces and not part:
                continue
        return pieces, roled

    def _parted(self, field: str) -> str:
        """A field with commas in the place of joiners."""
        folded = fold(field)
        parts, done = [], 0
        for match in re.finditer(r"\s", field):
            start = match.end()
            stop = self._joiners.at(folded, start)
            # A joiner stands between blanks: `A.` is an initial where `a` means and.
            if stop and start > done and (field[stop : stop + 1] or "x") in " \u3000":
                parts.append(field[done : match.start()])
                done = stop
        return ",".join([*parts, field[done:]])
