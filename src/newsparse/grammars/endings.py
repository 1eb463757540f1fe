"""Where a caption ends and its credit begins."""

import re

import attrs

from newsparse.grammars.credits import BLANKS, CLOSERS, COLON, COPYRIGHT, LONGEST, TRIM, Credits, opening_bracket
from newsparse.grammars.phrases import UNSPACED, fold
from newsparse.models import Credit

# A credit that neither bracket nor label marks: two names and two agencies.
LONGEST_BARE = 100
# Credits in a row, as `(AP Photo/Jane Doe) - Copyright AP`.
MOST_CREDITS = 3
# A full stop behind a shorter capitalised word closes a title (`Gen.`, `Capt.`), not a sentence.
LONGEST_TITLE = 5
# Agencies that no list has sign with up to this many capitals.
LONGEST_SIGNATURE = 8
# Words before a slash among which an agency is sought: `... in the valley The Associated Press/Jane Doe`.
MOST_AGENCY_WORDS = 4

_SENTENCE_END = re.compile(r"[.!?。！？][\"'”’»)）]?(?:\s+|(?=[^\W\d_]))|[)）\]]\s+|\s{2,}|\xa0\s*")
_FULL_STOPS = ".!?。！？"
_BEFORE_CREDIT = _FULL_STOPS + "\"”»'’)"
_BAR = re.compile(r"\s+[|/–—-]\s+|,\s+|/|[=＝]")
_GLUE = re.compile(r"(?<=[^\W\d_A-Z]{3})(?=[A-Z])")
_WORD = re.compile(r"\S+")
_FLAG_END = re.compile(r"\s?(?::|[-–—]{1,2}\s)")

_Found = tuple[int, str]


@attrs.frozen
class CaptionEnd:
    """A caption's text, the credit that was taken off it, and the flags that stand around it."""

    text: str
    credit: Credit | None = None
    flags: frozenset[str] = frozenset()


class Endings:
    """Takes credits off captions."""

    def __init__(self, credits: Credits):
        self._credits = credits
        self._names = credits.names

    def split(self, caption: str) -> CaptionEnd:
        """A caption without the credits at its end, the fullest of them, and the flags that open it or stand there.

        A flag in brackets of its own, as `(File photo)`, belongs to the text.
        """
        text = rest = caption.rstrip(BLANKS)
        best: Credit | None = None
        flags = set(self._opening_flags(caption))
        for _ in range(MOST_CREDITS):
            # Behind a first credit only a bracket may hold another one.
            found = self._last(rest) if best is None or rest[-1:] in CLOSERS else None
            if not found:
                break
            start, inner = found
            flags.update(self._credits.flags_in(inner))
            rest = rest[:start].rstrip(TRIM)
            if self._credits.is_flag(inner):
                continue
            text = rest
            credit = self._credits.credit_of(inner)
            if best is None or _fullness(credit) > _fullness(best):
                best = credit
        return CaptionEnd(text, best, frozenset(flags))

    def _opening_flags(self, text: str) -> list[str]:
        """The flag that opens a caption before a colon or dash: `FILE PHOTO: `, `FILE - `."""
        stop = self._credits.flags.at(fold(text[:LONGEST_BARE]), 0)
        return self._credits.flags_in(text[:stop]) if stop and _FLAG_END.match(text, stop) else []

    def _last(self, text: str) -> _Found | None:
        """Where the last credit or flag of a text begins, and its words without brackets."""
        floor = max(len(text) - LONGEST, 0)
        return self._bracketed(text) or self._labelled(text, floor) or self._bare(text, floor)

    def _bracketed(self, text: str) -> _Found | None:
        closed = text.rstrip(BLANKS + ".")
        start = opening_bracket(closed) if closed[-1:] in CLOSERS else None
        if start is None:
            return None
        inner = closed[start + 1 : -1].strip(BLANKS)
        before = text[:start].rstrip(BLANKS)
        # Behind a full stop stands a credit or a remark; before it, as in `... Accord (GNA).`, what explains a word.
        sure = not before or (before[-1] in _BEFORE_CREDIT and closed == text)
        return (start, inner) if self._credits.is_flag(inner) or self._credits.is_credit(inner, sure) else None

    def _labelled(self, text: str, floor: int) -> _Found | None:
        """A credit that opens with a label: `Photo: Jane Doe`, `© Jane Doe/dpa`, `Picture by Jane Doe`."""
        folded = fold(text)
        mark = COPYRIGHT.search(text, floor)
        if mark and self._credits.is_name(text[mark.end() :]):
            return mark.start(), text[mark.start() :].strip(BLANKS)
        for colon in COLON.finditer(text, floor):
            start = self._label_before(folded, colon.start())
            if start is not None and _may_begin(text, start) and self._credits.is_name(text[colon.end() :]):
                return start, text[start:].strip(BLANKS)
        for label in self._credits.spoken:
            start = folded.rfind(label, floor)
            if start < 0 or not _may_begin(text, start):
                continue
            stop = start + len(label)
            if text[stop : stop + 1] in BLANKS and self._credits.is_name(text[stop:]):
                return start, text[start:].strip(BLANKS)
        return None

    def _label_before(self, folded: str, stop: int) -> int | None:
        """Where the label before a colon begins; a flag may be one, as `Archive photo: AP`, but not as an opening."""
        flag = self._credits.flags.before(folded, stop)
        return self._credits.labels.before(folded, stop) if flag is None else flag or None

    def _bare(self, text: str, floor: int) -> _Found | None:
        """A credit without bracket and label: behind a sentence, a bar or slash, or in an agency's slash form."""
        cut = self._sentence_end(text, floor)
        rest = text[cut:].strip(BLANKS)
        if cut > floor and rest and (self._credits.is_credit(rest) or self._is_lone(rest)):
            return cut, rest
        for match in _BAR.finditer(text, max(cut - 1, 0)):
            rest = text[match.end() :].strip(BLANKS)
            if not match.start() or not rest or len(rest) > LONGEST_BARE:
                continue
            bar = match[0].strip()
            if bar == "/" and match[0] == "/" and text[match.start() - 1] not in BLANKS:
                found = self._slashed_person(text, cut, match.start(), rest)
                if found:
                    return found
            elif self._credits.is_signed(rest) or (bar in "|/" and self._is_lone(rest)):
                return match.start(), rest
        return self._slashed_agency(text, cut)

    def _sentence_end(self, text: str, floor: int) -> int:
        """Where the last sentence ends, or a double blank or bracket before an agency."""
        end = floor
        for match in _SENTENCE_END.finditer(text, max(floor, len(text) - LONGEST_BARE)):
            rest = text[match.end() :]
            if not rest:
                break
            sign = match[0][0]
            # A bracket ends no sentence, and behind a title comes a name: there an agency alone shows a credit.
            ends = not _is_title(text[: match.start()]) if sign in _FULL_STOPS else sign in BLANKS
            if ends or self._credits.is_signed(rest):
                end = match.end()
        return end

    def _is_lone(self, rest: str) -> bool:
        """Whether words behind a full stop or a bar are a person, or a signature that no list has: `NNA`."""
        signature = rest.isupper() and rest.isalpha() and len(rest) <= LONGEST_SIGNATURE
        return signature or self._names.is_person(rest)

    def _slashed_person(self, text: str, cut: int, slash: int, rest: str) -> _Found | None:
        """A person before the slash and an agency behind it, after words without any mark: `... a town Jane Doe/AP`."""
        if not (self._names.is_agency(rest) or self._names.is_outlet(rest) or self._credits.is_signed(rest)):
            return None
        words = [word.start() for word in _WORD.finditer(text, cut, slash)]
        # Two words are a person, three where the one between is an initial: what stands before belongs to the caption.
        initial = len(words) > 2 and len(text[words[-2] : words[-1]].strip(BLANKS + ".")) == 1
        start = words[-3] if initial else words[-2] if len(words) > 1 else slash
        glue = _GLUE.search(text, start, slash)
        start = glue.start() if glue else start
        return (start, text[start:].strip(BLANKS)) if self._names.is_person(text[start:slash]) else None

    def _slashed_agency(self, text: str, cut: int) -> _Found | None:
        """An agency before the slash and names behind it, after words without any mark: `... a town AP/Jane Doe`."""
        slash = text.find("/", cut)
        words = [word.start() for word in _WORD.finditer(text, cut, slash)] if slash > cut else []
        for start in reversed(words[-MOST_AGENCY_WORDS:]):
            if self._names.is_agency(self._credits.unlabelled(text[start:slash])):
                return (start, text[start:]) if self._credits.is_signed(text[start:]) else None
        return None


def _fullness(credit: Credit) -> int:
    return sum(part is not None for part in (credit.agency, credit.photographer, credit.via))


def _may_begin(text: str, start: int) -> bool:
    """Whether a label may begin here: at a word's start, glued behind a word with a capital, or without blanks."""
    if not start or text[start] >= UNSPACED:
        return True
    before = text[start - 1]
    return not before.isalnum() or (text[start].isupper() and not before.isupper())


def _is_title(text: str) -> bool:
    """Whether the word before a full stop is an initial, or short as a title or a state: `Gen.`, `Wis.`."""
    word = next(iter(text[-LONGEST_BARE:].rsplit(None, 1)[-1:]), "")
    return word[:1].isupper() and (len(word) == 1 or (len(word) <= LONGEST_TITLE and not word.isupper()))
