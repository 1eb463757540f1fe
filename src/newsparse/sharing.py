"""The words that a line shares with the running text below it: a headline names what its story is about, a menu does not.

Takes the lines of a window, marks those whose words the next sentences use. Only short lines are asked, and only about a few sentences,
so the cost stays a fraction of splitting the text.
"""

from collections.abc import Mapping, Sequence
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
        "shares_behind_none": "none of its longer words stands in the last sentences",
        "shares_behind_some": "fewer than a third of its longer words stand in the last sentences",
        "shares_behind_half": "a third or more do",
    }
)

# How many sentences below are read: the first paragraphs say again what the headline said.
SENTENCES = 5
# Words shorter than this (in scripts with blanks) are mostly grammar.
WORD_LENGTH = 4
# Lines of fewer longer words than this share by chance.
LEAST_WORDS = 2
# Of lines that share, the best one must share at least this many words.
LEAST_BEST = 2
# Longer lines are running text themselves.
LONGEST = 180
# What a word that is not shared takes off a line's rank, in shared words: a long teaser shares more words than a headline by length alone.
UNSHARED = 0.25

_PROSE = SHAPE_BITS["prose"]
_MARKS = ".,:;!?\"'()[]-"


def mark_sharing(
    around: list[int], lines: Lines, own: Sequence[int], sums: Sequence[int], bits: Mapping[str, int]
) -> None:
    """Mark what the short lines of a window share with the sentences below and above.

    Args:
        around: The observations, to which these are added.
        lines: The window.
        own: What each line shows by itself.
        sums: The running number of sentences.
        bits: The bit of each observation.
    """
    rows, keys = lines.rows, lines.keys
    levels = [bits[f"shares_{name}"] for name in ("none", "some", "half", "most")]
    behind_levels = [bits[f"shares_behind_{name}"] for name in ("none", "some", "half", "half")]
    best_bit = bits["shares_best"]
    sentences = [index for index, shown in enumerate(own) if shown & _PROSE]
    if not sentences:
        return
    words: dict[int, frozenset[str]] = {}

    def words_of(index: int) -> frozenset[str]:
        found = words.get(index)
        if found is None:
            found = words[index] = frozenset(_words(keys[index][:1000]))
        return found

    pools: dict[tuple[int, int], frozenset[str]] = {}

    def pool(first: int, last: int) -> frozenset[str]:
        """The words of some sentences, from one number up to another."""
        found = pools.get((first, last))
        if found is None:
            found = pools[first, last] = frozenset().union(*map(words_of, sentences[first:last]))
        return found

    best, best_rank, best_block = -1, 0.0, -1
    for index, shown in enumerate(own):
        if shown & _PROSE or len(keys[index]) > LONGEST:
            continue
        mine = words_of(index)
        if len(mine) < LEAST_WORDS:
            continue
        row, number = rows[index], sums[index]
        first, last = max(number - SENTENCES, 0), min(number + SENTENCES, len(sentences))
        while first < number and row - rows[sentences[first]] > REACH:
            first += 1
        while last > number and rows[sentences[last - 1]] - row > REACH:
            last -= 1
        if first < number:
            around[index] |= behind_levels[_level(len(mine & pool(first, number)), len(mine))]
        if last == number:
            continue
        shared = len(mine & pool(number, last))
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
    """The longer words of a line; in scripts without blanks every two characters that stand side by side."""
    words = [word.strip(_MARKS) for word in key.split()]
    longer = [word for word in words if len(word) >= WORD_LENGTH]
    if longer and len(key) > 16 * len(words) and not key.isascii():
        longer = [pair for word in longer for pair in map("".join, zip(word, word[1:], strict=False))]
    return longer
