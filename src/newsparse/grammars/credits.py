"""Who supplied a picture, as a credit says it; where a caption's credit begins, `endings` knows."""

import re
import unicodedata

from newsparse.grammars.names import Names, capitalised
from newsparse.grammars.phrases import UNSPACED, Phrases, fold
from newsparse.locales import Locale
from newsparse.models import Credit

# A credit alone on its line is short; what is longer is a caption or a paragraph.
LONGEST = 200
# The names of a credit, behind its label: photographer, client, agency and through whom.
LONGEST_NAMES = 100
# Words of a credit without slash, label or agency, as `(Museum of the City of Doe)`: more make a remark.
MOST_WORDS = 8
# Parts of a credit between slashes: `Jane Doe/Paper/Agency/dpa/File`.
MOST_PARTS = 5
# Words in small letters that a credit may hold beside its own: `Jane Doe og John Roe`. More make a sentence.
MOST_SMALL_WORDS = 1

FLAGS = ("file", "handout", "screenshot", "illustration", "pool", "restricted")

CLOSERS = {")": "(", "]": "[", "）": "（", "】": "【", "］": "［"}
BLANKS = " \t\xa0\u3000"
TRIM = BLANKS + ",;:|/-–—•·"
COLON = re.compile(r"\s?(?:[:：=＝]|\.{3}|…)\s*")
COPYRIGHT = re.compile(r"(?:©|\([cC]\)|（[cCＣ]）|\bCopyright\b)\s*(?:\d{4}\s+)?")

_PART = re.compile(r"\s*[/|;]\s*|\s*,\s+|\s+[-–—]\s+")
_SLASH = re.compile(r"\s*[/|]\s*")
_WORD_END = re.compile(r"[\s/,]+")
_WORD_START = re.compile(r"[\s/,(\[:;-]+|\A")


class Credits:
    r"""Reads credits in the words of a locale.

    Example:
        >>> from newsparse.locales import read_locale
        >>> words = 'name = "en"\n[captions]\ncredits = ["photo"]\n[agencies]\nnames = ["Reuters"]'
        >>> Credits(read_locale(words)).read("Photo: Jane Doe/Reuters").photographer
        'Jane Doe'
    """

    def __init__(self, locale: Locale, names: Names | None = None):
        self.names = names or Names(locale)
        labels = [label.rstrip(" :：=＝・") or label for label in locale.of("captions.credits")]
        self.labels = Phrases(labels)
        # A label of several words needs no colon: `Photo by Jane Doe`.
        self.spoken = tuple(fold(label) for label in labels if " " in label)
        self.flags = Phrases(word for flag in FLAGS for word in locale.of(f"captions.{flag}"))
        self._flags = {flag: Phrases(locale.of(f"captions.{flag}")) for flag in FLAGS}
        self._via = Phrases(locale.of("captions.via"))
        self._clients = Phrases(locale.of("captions.clients"))
        self._rights = Phrases(locale.of("captions.rights"))
        self._pointers = Phrases(locale.of("captions.openers"))

    def read(self, text: str) -> Credit | None:
        """The credit that a whole line is, or ``None``: `Photo: Jane Doe/Reuters`, `(Image credit: Museum)`, `AP`."""
        if len(text) > LONGEST:
            return None
        inner = text.strip(BLANKS)
        bracketed = inner[-1:] in CLOSERS and opening_bracket(inner) == 0
        if bracketed:
            inner = inner[1:-1].strip(BLANKS)
        return self.credit_of(inner) if self.is_credit(inner, sure=bracketed) else None

    def is_credit(self, inner: str, sure: bool = False) -> bool:
        """Whether words are a credit; `sure` where only credits and remarks stand: in brackets behind a full stop."""
        if not inner or len(inner) > LONGEST or inner.replace("-", "").isdecimal():
            return False
        folded = fold(inner)
        if self._pointers.at(folded, 0) == len(folded):
            return False
        if self.names.is_agency(inner) or COPYRIGHT.match(inner):
            return True
        label = self.labels.at(folded, 0)
        if label and label < len(inner) and self.is_name(COLON.sub("", inner[label:].lstrip(BLANKS), count=1)):
            return sure or " " in inner[:label] or COLON.match(inner, label) is not None
        # Scripts without blanks hang the label on the name: 警視庁提供.
        if inner >= UNSPACED and self.labels.before(folded, len(folded)):
            return True
        if self.is_signed(inner):
            return True
        words = _WORD_END.split(inner)
        if any(fold(word) in self._via for word in words) or any(map(self.names.is_agency, (words[0], words[-1]))):
            return self.is_name(inner)
        return (
            sure
            and len(words) <= MOST_WORDS
            and inner[0].isupper()
            and not any(map(str.isdecimal, inner))
            and all(word[:1].isupper() or self._is_joined(word) for word in words)
        )

    def is_signed(self, text: str) -> bool:
        """Whether a text is an agency, or agencies and persons between slashes: `AP Photo`, `Jane Doe/Reuters`."""
        if self.names.is_agency(self.unlabelled(text)):
            return True
        if "/" not in text and "|" not in text:
            return False
        parts = [part for part in _SLASH.split(text) if part]
        return (
            1 < len(parts) <= MOST_PARTS
            and all(map(self._is_part, parts))
            and any(self.names.is_agency(self.unlabelled(part)) or self.names.is_person(part) for part in parts)
        )

    def is_name(self, rest: str) -> bool:
        """Whether the words behind a label can be names: short, and no sentence."""
        rest = self._without_rights(rest).strip(BLANKS)
        words = rest.split()
        if not words or len(rest) > LONGEST_NAMES:
            return False
        if sum(map(self._is_small, words)) > MOST_SMALL_WORDS:
            return False
        return not words[0][0].islower() or self.names.is_agency(_WORD_END.split(rest, maxsplit=1)[0])

    def is_flag(self, text: str) -> bool:
        """Whether a text says no more than that a picture is old, given out and the like."""
        return fold(text).strip(".:") in self.flags

    def flags_in(self, text: str) -> list[str]:
        """The flags whose words stand in a credit or label."""
        folded = fold(text)
        starts = [match.end() for match in _WORD_START.finditer(folded)]
        return [flag for flag, words in self._flags.items() if any(words.at(folded, start) for start in starts)]

    def unlabelled(self, text: str) -> str:
        """A name less the label words around it: `AP Photo`, `Photo: AP`, `Photo by AP`."""
        if text in self.names.agencies:
            return text
        folded = fold(text)
        stop = self.labels.at(folded, 0)
        if stop:
            text = COLON.sub("", text[stop:].lstrip(BLANKS), count=1).strip(BLANKS)
            folded = fold(text)
        start = self.labels.before(folded, len(text))
        if start and not text[start - 1].isalnum() and not self.names.is_agency(text[start:]):
            text = text[:start].strip(BLANKS)
        return text

    def credit_of(self, inner: str) -> Credit:
        """What a credit's words say: known agencies, else the first part that is no person, are the agency."""
        rest = self._without_rights(inner)
        mark = COPYRIGHT.match(rest)
        rest = self.unlabelled(rest[mark.end() :] if mark else rest).strip(BLANKS)
        rest, via = _cut(rest, self._via)
        rest, client = _cut(rest, self._clients)
        agencies = [client] if client else []
        unknown: list[str] = []
        person: str | None = None
        for part in filter(None, _PART.split(rest)):
            name = self.unlabelled(COPYRIGHT.sub("", part).strip(BLANKS + ".([)]"))
            if not name or self.is_flag(part):
                continue
            if self.names.is_agency(name):
                agencies.append(unicodedata.normalize("NFKC", name))
            elif person is None and self.names.is_person(name):
                person = capitalised(name)
            else:
                unknown.append(name)
        agency = "/".join(dict.fromkeys(agencies)) or (unknown[0] if unknown else None)
        return Credit(inner, agency, person, via)

    def _is_part(self, part: str) -> bool:
        """Whether a part between slashes holds no word of a sentence."""
        words = part.split()
        if self.names.is_agency(part) or self.is_flag(part) or self._via.at(fold(part), 0):
            return True
        own = (self.names.agencies, self.names.particles, self._via, self._clients)
        return len(words) <= MOST_WORDS and all(
            not word[0].islower() or any(word in kind for kind in own) for word in words
        )

    def _is_joined(self, word: str) -> bool:
        return word in self.names.particles or word in self.names.outlets

    def _is_small(self, word: str) -> bool:
        """Whether a word is in small letters and none of those that stand in credits."""
        word = word.strip(".,;:")
        return word[:1].islower() and not (
            self._is_joined(word)
            or word in self.labels
            or word in self._via
            or word in self._clients
            or any(part in self.names.agencies for part in word.split("/"))
        )

    def _without_rights(self, text: str) -> str:
        bare = text.rstrip(BLANKS + ".")
        start = self._rights.before(fold(bare), len(bare))
        return bare[:start].rstrip(TRIM + ".") if start else text


def opening_bracket(text: str) -> int | None:
    """Where the bracket that ends a text opens, within `LONGEST` characters."""
    closer = text[-1]
    opener = CLOSERS[closer]
    depth = 0
    for position in range(len(text) - 1, max(len(text) - LONGEST, 0) - 1, -1):
        if text[position] == closer:
            depth += 1
        elif text[position] == opener:
            depth -= 1
            if not depth:
                return position
    return None


def _cut(text: str, words: Phrases) -> tuple[str, str | None]:
    """A text up to one of some words, and what stands behind it."""
    folded = fold(text)
    for match in _WORD_START.finditer(folded):
        stop = words.at(folded, match.end())
        behind = text[stop:].strip(TRIM) if stop else ""
        if behind:
            return text[: match.start()].strip(TRIM), unicodedata.normalize("NFKC", behind)
    return text, None
