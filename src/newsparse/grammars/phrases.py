"""Words and phrases found at a place of a text, for any number of languages at once.

A regular expression with a branch a phrase takes tens of milliseconds to compile for all languages; a set and the
lengths that occur in it answer the same question and cost nothing to make.
"""

from collections.abc import Iterable

# From this character on scripts write words without blanks between them, or hang endings on them (CJK, kana, Hangul):
# there a word may end anywhere.
UNSPACED = "\u2e80"


def fold(text: str) -> str:
    """The text in lower case, each character in its old place.

    Example:
        >>> fold("By JANE"), len(fold("İ"))
        ('by jane', 1)
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def parts_words(before: str, after: str) -> bool:
    """Whether a word may end between two characters."""
    return not (before.isalnum() and after.isalnum()) or before >= UNSPACED or after >= UNSPACED


class Phrases:
    """Phrases, matched at or before an offset of a folded text; the longest wins.

    Example:
        >>> Phrases(["photo", "photo by"]).at("photo by jane", 0)
        8
    """

    __slots__ = ("_after", "_before", "_phrases")

    def __init__(self, phrases: Iterable[str]):
        self._phrases = frozenset(map(fold, phrases))
        after: dict[str, set[int]] = {}
        before: dict[str, set[int]] = {}
        for phrase in self._phrases:
            after.setdefault(phrase[0], set()).add(len(phrase))
            before.setdefault(phrase[-1], set()).add(len(phrase))
        self._after = {char: sorted(lengths, reverse=True) for char, lengths in after.items()}
        self._before = {char: sorted(lengths, reverse=True) for char, lengths in before.items()}

    def __contains__(self, folded: str) -> bool:
        return folded in self._phrases

    def at(self, folded: str, start: int) -> int | None:
        """Where the phrase that begins at an offset ends."""
        for length in self._after.get(folded[start : start + 1], ()):
            stop = start + length
            if stop > len(folded) or folded[start:stop] not in self._phrases:
                continue
            if stop == len(folded) or parts_words(folded[stop - 1], folded[stop]):
                return stop
        return None

    def before(self, folded: str, stop: int) -> int | None:
        """Where the phrase that ends at an offset begins; what stands before it is the caller's to judge."""
        for length in self._before.get(folded[stop - 1 : stop] if stop else "", ()):
            if length <= stop and folded[stop - length : stop] in self._phrases:
                return stop - length
        return None
