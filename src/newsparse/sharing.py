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
    }
)

# How many sentences below are read, and how much of each: the first paragraphs say again what the headline said.
SENTENCES = 3
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
    best, best_rank, best_block = -1, 0.0, -1
    for index, shown in enumerate(own):
        if shown & _TOLD or around[index] & seen:
            continue
        number = sums[index]
        if number == total:
            break
        key = keys[index]
        if len(key) > LONGEST:
            continue
        mine = _words(key)
        if len(mine) < LEAST_WORDS:
            continue
        last = number + SENTENCES if number + SENTENCES < total else total
        while last > number and rows[sentences[last - 1]] - rows[index] > REACH:
            last -= 1
        if last == number:
            continue
        pool = pools.get((number, last))
        if pool is None:
            pool = "\n".join([keys[sentence][:SENTENCE_LENGTH] for sentence in sentences[number:last]])
            pools[number, last] = pool
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


def _level(shared: int, count: int) -> int:
    return 0 if not shared else 1 if shared * 3 < count else 2 if shared * 3 <= count * 2 else 3


def _words(key: str) -> list[str]:
    """The beginnings of a line's longer words; in scripts without blanks every two characters side by side."""
    words = key.replace(",", "").split()
    if len(words) * _WIDE_WORD < len(key) and key > _WIDE:
        return [pair for word in words for pair in map("".join, pairwise(word))]
    return [word[:STEM_LENGTH] for word in words if len(word) >= WORD_LENGTH]
