"""Names of persons and agencies, told by their shape and the words of a locale."""

import re
import unicodedata

from newsparse.grammars.phrases import UNSPACED, Phrases, fold
from newsparse.locales import Locale

# A person's name as papers print it: `Jane Doe` to `María de los Ángeles Doe Roe`; what is longer is a sentence.
FEWEST_WORDS = 2
MOST_WORDS = 6
LONGEST_NAME = 60
# An outlet or desk that signs in a writer's place: `The Daily Doe Staff`.
MOST_DESK_WORDS = 4
# An agency's name up to this length is a word in other cases: `AP`, `Efe`, `Tass`.
LONGEST_CASED = 5
# A word of capitals this long without a vowel is a station or a party: `MDR Doe`.
SHORTEST_STATION = 3
# A name glued to what follows is split behind this many letters, so that `McRoe`, `DeDoe`, `VanRoe` stay whole.
SHORTEST_GLUED = 4

VOWELS = frozenset("aeiouyäëïöüáàâãåæéèêíìîóòôõøúùûýœаеёиоуыэюяіїєαεηιουωάέήίόύώ")
_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f.'’‘`´\u2010\u2011-])*")
_ROMAN = frozenset(("II", "III", "IV"))
_GLUED = re.compile(rf"(?<=[^\W\d_A-Z]{{{SHORTEST_GLUED - 1}}})(?=[A-Z])")
# `al-Doe`, `d'Oe`: a small prefix and a capital.
_PREFIXED = re.compile(r"(?:al|el|as|ad|ar|an|ash|d|de|l|o)[-'’][^\W\d_a-zß-ÿ]")


class Names:
    r"""Tells persons from agencies by a locale's words.

    Example:
        >>> from newsparse.locales import read_locale
        >>> names = Names(read_locale('name = "en"\n[agencies]\nnames = ["Reuters"]\n[names]\noutlets = ["news"]'))
        >>> names.is_person("Jane Doe"), names.is_person("Doe News"), names.is_agency("Reuters")
        (True, False, True)
    """

    def __init__(self, locale: Locale):
        self.agencies = frozenset(locale.of("agencies.names"))
        # Agencies sign in capitals too; short names are told by their case alone.
        self._shouted = frozenset(name.upper() for name in self.agencies if len(name) > LONGEST_CASED)
        self._articles = frozenset(map(fold, locale.of("names.articles")))
        self.outlets = frozenset(map(fold, locale.of("names.outlets")))
        self.particles = frozenset(map(fold, locale.of("names.particles")))
        self._given = frozenset(map(fold, locale.of("names.given")))
        self.roles = Phrases(locale.of("bylines.roles"))
        self._weekdays = frozenset(fold(name) for names in locale.weekdays for name in names)

    def is_agency(self, text: str) -> bool:
        """Whether a text is an agency's name, alone or with words of outlets: `AFP`, `Reuters TV`, `The AP`."""
        name = unicodedata.normalize("NFKC", text).strip() if not text.isascii() else text.strip()
        if name in self.agencies or name in self._shouted:
            return True
        words = name.split()
        if len(words) > MOST_WORDS or len(words) < FEWEST_WORDS:
            return False
        rest = [word for word in words if fold(word) not in self.outlets]
        bare = " ".join(rest)
        return bool(rest) and (bare in self.agencies or bare in self._shouted)

    def is_outlet(self, text: str) -> bool:
        """Whether a text holds a word that a person's name does not."""
        return any(fold(word.strip(".,'’")) in self.outlets for word in text.split())

    def is_desk(self, text: str) -> bool:
        """Whether a text may be an outlet or a desk that signs, where an opener says so: `The Daily Doe Staff`."""
        words = text.split()
        return (
            0 < len(words) <= MOST_DESK_WORDS
            and len(text) <= LONGEST_NAME
            and any(word[0].isupper() or "-" in word for word in words)
            and not any(fold(word.strip(".,")) in self._weekdays or word[0].isdigit() for word in words)
        )

    def is_person(self, text: str) -> bool:
        """Whether a text in a script with capitals is shaped like a person's name and holds no word against it."""
        if len(text) > LONGEST_NAME:
            return False
        words = text.split()
        if not FEWEST_WORDS <= len(words) <= MOST_WORDS:
            return False
        if fold(words[0]) in self._articles or len(words[-1].strip(".")) < FEWEST_WORDS:
            return False
        full = 0
        for word in words:
            folded = fold(word.strip("."))
            if not _LETTERS.fullmatch(word) or folded in self.outlets or folded in self._weekdays:
                return False
            if word.isupper() and len(word) >= SHORTEST_STATION and word not in _ROMAN and not set(folded) & VOWELS:
                return False
            if word[0].isupper():
                # An initial is a part of a name, but two initials are no name.
                full += len(folded) > 1
            elif folded not in self.particles and not _PREFIXED.match(word):
                return False
        return full > 0 and not words[-1].islower() and not self.is_agency(text)

    def is_given(self, text: str) -> bool:
        """Whether a text begins with a person's given name."""
        return fold(text.split(" ", 1)[0]) in self._given

    def several(self, text: str) -> list[str]:
        """The persons whose names stand side by side, told by their given names; one name alone stays as it is.

        Example:
            >>> names = Names(Locale(words={"names.given": ("jane", "john")}))
            >>> names.several("Jane Doe John Roe"), names.several("Jane John Doe")
            (['Jane Doe', 'John Roe'], ['Jane John Doe'])
        """
        parts: list[list[str]] = [[]]
        for word in text.split():
            if len(parts[-1]) >= FEWEST_WORDS and self.is_given(word) and not self.is_given(parts[-1][-1]):
                parts.append([])
            parts[-1].append(word)
        whole = [" ".join(part) for part in parts]
        return whole if all(map(self.is_given, whole)) and all(map(self.is_person, whole)) else [text]

    def is_uncased_person(self, text: str) -> bool:
        """Whether a text in a script without capitals may be a name, where an opener or a role says that one is."""
        words = text.split()
        return (
            0 < len(words) <= MOST_WORDS
            and len(text) <= LONGEST_NAME
            and all(not char.isupper() and not char.islower() for char in text)
            and all(char.isalpha() or unicodedata.category(char)[0] == "M" or char in " -'’·" for char in text)
            and (len(words) >= FEWEST_WORDS or (text >= UNSPACED and len(text) >= FEWEST_WORDS))
            and not any(fold(word) in self.outlets for word in words)
            and text not in self.agencies
        )

    def without_role(self, text: str) -> str:
        """A text less the roles at its end, also when glued: `Jane DoeStaff Writer` is `Jane Doe`."""
        while True:
            folded = fold(text)
            start = self.roles.before(folded, len(text))
            if start is None or (start and not _may_begin(text, start)):
                return text
            text = text[:start].rstrip(" ,-–—")

    def unglued(self, text: str) -> str:
        """A text up to where a capital is glued to the last word of a name: `Jane RoeOutlet` is `Jane Roe`.

        The first word stays: `MaryBeth` is a name.
        """
        space = text.find(" ")
        glue = _GLUED.search(text, space + 1) if 0 < space < LONGEST_NAME else None
        return text[: glue.start()] if glue and " " in text[: glue.start()] else text


def _may_begin(text: str, start: int) -> bool:
    """Whether a word may begin at an offset: behind anything but a letter, or glued with a capital or without case."""
    before, first = text[start - 1], text[start]
    return not before.isalnum() or (first.isupper() and before.islower()) or first >= UNSPACED


def capitalised(name: str) -> str:
    """A name without capital letters throughout: `JANE O'DOE-MCROE` is `Jane O'Doe-McRoe`.

    Bylines in capitals are an outlet's type, not how a person writes the name, and the same person stands in other
    outlets in small letters: one name should be one string. Initials (`J.R.`), numerals (`III`), mixed words stay.
    """
    words = name.split()
    every = all(word.isupper() or not word[0].isupper() for word in words)
    return " ".join(_capitalised_word(word, every) for word in words)


def _capitalised_word(word: str, every: bool) -> str:
    letters = sum(map(str.isalpha, word))
    if not word.isupper() or letters < (2 if every else 3) or word in _ROMAN or word.count(".") > 1:
        return word
    if letters == 2 and not VOWELS & set(fold(word)):
        return word
    parts = re.split(r"([-'’])", word)
    return "".join(
        f"Mc{part[2:].capitalize()}" if part.startswith("MC") and len(part) > 4 else part.capitalize() for part in parts
    )
