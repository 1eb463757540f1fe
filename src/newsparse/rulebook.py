"""What a line shows by itself: its shape and the rules that its words and patterns meet.

Takes rules and a line, gives a set of observations as an integer, a bit each: the shapes first, then the rules in their
order, last whether the line holds a date and whether it is a person's name. Words are indexed, so a line costs the
same however many there are.
"""

import re
from collections.abc import Callable, Iterable

from newsparse.extensions import Rule
from newsparse.shapes import BITS, SHAPES, shape_bits

# The name of the observation that a short line holds a date: a month or weekday beside figures.
DATE_LINE = "date_line"
# A date with its words ("Published Tuesday, 21 November, 2017 - 07:30 | Updated ...") rarely takes more.
DATE_LINE_LENGTH = 110
# The name of the observation that a line holds a person's name and nothing else: a given name opens what is shaped so.
PERSON_LINE = "person_line"
# How much of a line may hold the literals without which a rule's pattern is not tried; a dateline is shorter.
HEAD_LENGTH = 80
# Single words are looked for in lines of up to this length: a date or an agency's name in a longer line is its
# sentence's business.
WORDS_LENGTH = 110
# How much of a line's end may hold the words that open a credit: one with two names and two agencies is no longer.
TAIL_LENGTH = 90
# Keys of at most three characters index a phrase by its start or end: enough to leave a handful of candidates.
_INDEX = (1, 2, 3)
_MARKS = ".,:;()[]/|'\""


class Rulebook:
    """The rules of one parser, ready to be asked of any line.

    Attributes:
        names: The name of each bit, from the lowest.
    """

    def __init__(self, rules: Iterable[Rule]):
        self.rules = tuple(rules)
        self.names = (*SHAPES, *(rule.name for rule in self.rules), DATE_LINE, PERSON_LINE)
        self._date_line, self._person_line = 1 << len(self.names) - 2, 1 << len(self.names) - 1
        self._compile()

    def _compile(self) -> None:
        """Index the rules' words so that a line costs the same however many words there are."""
        self._whole: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._starts: dict[str, list[tuple[str, int]]] = {}
        self._ends: dict[str, list[tuple[str, int]]] = {}
        self._tails: list[tuple[Callable[[str], object], int]] = []
        self._patterns: list[tuple[Callable[[str], object], tuple[str, ...], int, int]] = []
        for number, rule in enumerate(self.rules):
            bit = 1 << len(SHAPES) + number
            for key in rule.lines:
                self._whole[key] = self._whole.get(key, 0) | bit
            for key in rule.words:
                self._words[key] = self._words.get(key, 0) | bit
            for key in filter(None, rule.starts):
                self._starts.setdefault(key[: _INDEX[-1]], []).append((key, bit))
            for key in filter(None, rule.ends):
                self._ends.setdefault(key[-_INDEX[-1] :], []).append((key, bit))
            if rule.tails:
                words = "|".join(map(re.escape, sorted(rule.tails, key=len, reverse=True)))
                self._tails.append((re.compile(rf"(?<!\w)(?:{words})\s?[:=：＝]").search, bit))
            if rule.pattern is not None:
                self._patterns.append((re.compile(rule.pattern).match, rule.contains, rule.longest, bit))
        places = {rule.name: 1 << len(SHAPES) + number for number, rule in enumerate(self.rules)}
        self._month, self._given, self._alone = (
            places.get(name, 0) for name in ("month_word", "given_name", "name_alone")
        )
        self._longest = max(
            (rule.longest for rule in self.rules if rule.lines or rule.starts or rule.ends or rule.words), default=0
        )

    def bits(self, text: str, key: str) -> int:
        """What a line shows by itself: its shape and the rules it meets."""
        bits = shape_bits(text)
        length = len(text)
        if length <= self._longest:
            bits |= self._whole.get(key, 0)
            starts, ends = self._starts, self._ends
            for size in _INDEX:
                start, end = key[:size], key[-size:]
                if start in starts:
                    for phrase, bit in starts[start]:
                        if not bits & bit and key.startswith(phrase) and _parted(key, len(phrase), phrase[-1]):
                            bits |= bit
                if end in ends:
                    for phrase, bit in ends[end]:
                        if not bits & bit and key.endswith(phrase) and _parted(key, -len(phrase) - 1, phrase[0]):
                            bits |= bit
            if length <= WORDS_LENGTH:
                bits |= self._word_bits(key)
        tail = key[-TAIL_LENGTH:]
        if ":" in tail or "=" in tail or "：" in tail or "＝" in tail:
            for search, bit in self._tails:
                if search(tail):
                    bits |= bit
        head = text[:HEAD_LENGTH]
        for match, literals, longest, bit in self._patterns:
            if length > longest:
                continue
            for literal in literals:
                if literal in head:
                    break
            else:
                if literals:
                    continue
            if match(text):
                bits |= bit
        if bits & self._month and bits & BITS["has_digit"] and length <= DATE_LINE_LENGTH:
            bits |= self._date_line
        if bits & self._alone and bits & self._given:
            bits |= self._person_line
        return bits

    def _word_bits(self, key: str) -> int:
        """The rules that a word anywhere in a line meets."""
        words = self._words
        bits = 0
        for word in key.split():
            if word in words:
                bits |= words[word]
            elif word[-1] in _MARKS or word[0] in _MARKS:
                bits |= words.get(word.strip(_MARKS), 0)
        return bits


def _parted(key: str, at: int, edge: str) -> bool:
    """Whether a phrase that ends (or begins) at a place of the key ends with a word there.

    Scripts that are written without blanks have no such place: there any neighbour will do.
    """
    if not -len(key) <= at < len(key):
        return True
    neighbour = key[at]
    return not (neighbour.isalnum() and edge.isalnum()) or neighbour > "\u2e7f"
