"""The words that a line shares with the running text below it: a headline names its story, a menu does not.

Takes the lines of a window, marks those whose words the next sentences use. Only short lines that are no sentences are
asked, where they stand first, and only about a few sentences, so the cost stays near that of splitting the text.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from newsparse.lines import Lines
from newsparse.shapes import BITS as SHAPE_BITS
from newsparse.windows import REACH

SHARINGS = MappingProxyType(
    {
        "shares_none": "none of its longer words stands in the next sentences",
        "shares_some": "fewer than a third of its longer words stand there",
        "shares_half": "a third to two thirds of them do",
        "shares_most": "more than two thirds of them do",
        "shares_best": "of the lines up to the next sentences it shares most",
        "above_shares_none": "none of its longer words stands in the last sentences",
        "above_shares_some": "fewer than half of them stand there",
        "above_shares_most": "half of them or more do",
        **{
            f"kin_{side}_{level}": f"a longer line: how many of its long words stand in the long lines {side}"
            for side in ("above", "below")
            for level in range(4)
        },
    }
)

# How many sentences below are read, and how much of each: the first paragraphs say again what the headline said.
SENTENCES = 8
SENTENCE_LENGTH = 200
# Words shorter than this (in scripts with blanks) are mostly grammar.
WORD_LENGTH = 4
# Words are looked for by their beginnings: "finances" in the headline is "financed" in the story.
STEM_LENGTH = 6
# Lines of fewer longer words than this share by chance.
LEAST_WORDS = 2
# Of lines that share, the best one must share at least this many words.
LEAST_BEST = 2
# Longer lines are running text themselves.
LONGEST = 120
# What a word that is not shared takes off a line's rank, in shared words: a long teaser shares more words than a
# headline by length alone.
UNSHARED = 0.25

_PROSE = SHAPE_BITS["prose"]
# Sentences are told by their end and captions by their credit.
_TOLD = SHAPE_BITS["ends_sentence"] | SHAPE_BITS["bracket_short"]
# Characters from here on are of scripts of which many are written without blanks; words longer than this on average are
# none.
_WIDE = "\u0e00"
_WIDE_WORD = 14


def mark_sharing(
    around: list[int], lines: Lines, own: Sequence[int], sums: Sequence[int], bits: Mapping[str, int]
) -> None:
    """Mark what the short lines of a window share with the sentences below them.

    Args:
        around: The observations so far, to which these are added.
        lines: The window.
        own: What each line shows by itself.
        sums: The running number of sentences.
        bits: The bit of each observation.
    """
    rows, keys = lines.rows, lines.keys
    levels = [bits[name] for name in ("shares_none", "shares_some", "shares_half", "shares_most")]
    best_bit, seen = bits["shares_best"], bits["seen_before"]
    sentences = [index for index, shown in enumerate(own) if shown & _PROSE]
    total = len(sentences)
    pools: dict[tuple[int, int], str] = {}
    above_levels = [bits[name] for name in ("above_shares_none", "above_shares_some", "above_shares_most")]
    best, best_rank, best_block = -1, 0.0, -1
    for index, shown in enumerate(own):
        if shown & _TOLD or around[index] & seen:
            continue
        number = sums[index]
        key = keys[index]
        if len(key) > LONGEST:
            continue
        mine = _words(key)
        if len(mine) < LEAST_WORDS:
            continue
        start = number - SENTENCES if number > SENTENCES else 0
        while start < number and rows[index] - rows[sentences[start]] > REACH:
            start += 1
        if start < number:
            pool = _pool(pools, start, number, sentences, keys)
            shared = sum(map(pool.__contains__, mine))
            around[index] |= above_levels[0 if not shared else 1 if shared * 2 < len(mine) else 2]
        last = number + SENTENCES if number + SENTENCES < total else total
        while last > number and rows[sentences[last - 1]] - rows[index] > REACH:
            last -= 1
        if last == number:
            continue
        pool = _pool(pools, number, last, sentences, keys)
        shared = sum(map(pool.__contains__, mine))
        around[index] |= levels[_level(shared, len(mine))]
        if number != best_block:
            if best >= 0:
                around[best] |= best_bit
            best, best_rank, best_block = -1, 0.0, number
        rank = shared - UNSHARED * (len(mine) - shared)
        if shared >= LEAST_BEST and rank > best_rank:
            best, best_rank = index, rank
    if best >= 0:
        around[best] |= best_bit


# What is running text shares its rarer words with what stands around it, a teaser does not: how many long lines on
# each side are read, how much of each, from which length on, and the counts at which the observation changes.
KIN_LINES = 4
KIN_LENGTH = 240
KIN_LEAST = 60
KIN_WORD = 6
# The level of each count.
_KIN_LEVELS = (0, 1, 2, 2, 3)


def mark_kin(around: list[int], lines: Lines, bits: Mapping[str, int]) -> None:
    """Mark how many rare words long lines share with the long lines above and below."""
    rows, texts, keys = lines.rows, lines.texts, lines.keys
    places = [index for index, text in enumerate(texts) if len(text) >= KIN_LEAST]
    stems = [_stems(keys[index]) for index in places]
    above: list[set[str]] = [set() for _ in places]
    below: list[set[str]] = [set() for _ in places]
    for distance in range(1, KIN_LINES + 1):
        for number in range(len(places) - distance):
            if rows[places[number + distance]] - rows[places[number]] <= REACH:
                shared = stems[number] & stems[number + distance]
                if shared:
                    below[number] |= shared
                    above[number + distance] |= shared
    above_bits = [bits[f"kin_above_{level}"] for level in _KIN_LEVELS]
    below_bits = [bits[f"kin_below_{level}"] for level in _KIN_LEVELS]
    for number, index in enumerate(places):
        more, less = len(above[number]), len(below[number])
        around[index] |= above_bits[min(more, 4)] | below_bits[min(less, 4)]


def _stems(key: str) -> set[str]:
    """The beginnings of a long line's longer words."""
    words = key[:KIN_LENGTH].split()
    if len(words) * _WIDE_WORD < min(len(key), KIN_LENGTH) and key > _WIDE:
        return {pair for word in words for pair in map("".join, pairwise(word))}
    return {word[:STEM_LENGTH] for word in words if len(word) >= KIN_WORD}


def _pool(
    pools: dict[tuple[int, int], str], start: int, stop: int, sentences: Sequence[int], keys: Sequence[str]
) -> str:
    """The beginnings of some sentences in one text, made once."""
    pool = pools.get((start, stop))
    if pool is None:
        pool = "\n".join([keys[sentence][:SENTENCE_LENGTH] for sentence in sentences[start:stop]])
        pools[start, stop] = pool
    return pool


def _level(shared: int, count: int) -> int:
    return 0 if not shared else 1 if shared * 3 < count else 2 if shared * 3 <= count * 2 else 3


def _words(key: str) -> list[str]:
    """The beginnings of a line's longer words; in scripts without blanks every two characters side by side."""
    words = key.replace(",", "").split()
    if len(words) * _WIDE_WORD < len(key) and key > _WIDE:
        return [pair for word in words for pair in map("".join, pairwise(word))]
    return [word[:STEM_LENGTH] for word in words if len(word) >= WORD_LENGTH]
