"""Which line is an article's headline, where the path left a better one beside it.

Takes the lines of one article with their roles, changes the roles of at most two of them.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from newsparse.dump import ROLE_NUMBERS
from newsparse.lines import normalise
from newsparse.models import Role

# A headline that another line holds is so long at the least, so that no single word is meant.
LEAST_TITLE = 16
# What is longer than this is a paragraph that was taken for a headline: its words are not compared.
LONGEST_TITLE = 400
# Two lines that share so much of the shorter one's words are one headline, cut or worded anew.
ALIKE = 0.5

# Marks of a list that a page's headline may be an entry of: the last step of a path of pages.
_MARK = re.compile(r"(?:[•*▪·●]|\d{1,2}\.)\s+(?=\S)")

_HEADLINE, _REPEAT, _BODY, _DECK, _OTHER = (
    ROLE_NUMBERS[role] for role in (Role.HEADLINE, Role.HEADLINE_REPEAT, Role.BODY, Role.DECK, Role.OTHER)
)


def settle_title(roles: bytearray, rows: Sequence[int], texts: Sequence[str], stated: Collection[int]) -> None:
    """Make the right line the headline among those that repeat each other.

    A page may print its headline in a line with its site or section, then alone: the line alone is the headline. What
    repeats a headline is one itself where no line was taken for the headline, or only one that it does not repeat.

    Args:
        roles: The role's number of every line, by its index; changed in place.
        rows: The indexes of the article's lines.
        texts: Their texts.
        stated: The indexes of lines whose roles must stay.
    """
    repeats = [place for place, row in enumerate(rows) if roles[row] == _REPEAT and row not in stated]
    if not repeats:
        return
    title = next((place for place, row in enumerate(rows) if roles[row] == _HEADLINE), None)
    if title is not None and (rows[title] in stated or len(texts[title]) > LONGEST_TITLE):
        return
    first = next((place for place, row in enumerate(rows) if roles[row] == _BODY), len(rows))
    if title is None:
        # The last one above the text stands where the story begins.
        above = [place for place in repeats if place < first]
        roles[rows[above[-1] if above else repeats[0]]] = _HEADLINE
        return
    keys = [normalise(text) for text in texts]
    counts = Counter(keys)
    whole = keys[title]
    for place in repeats:
        if keys[place] in whole:
            if place > title and LEAST_TITLE <= len(keys[place]) < len(whole):
                roles[rows[title]], roles[rows[place]] = _REPEAT, _HEADLINE
            return
        if _is_alike(keys[place], whole):
            return
    for place in reversed(repeats):
        if place < first and len(keys[place]) >= LEAST_TITLE and counts[keys[place]] > 1:
            roles[rows[title]], roles[rows[place]] = _DECK if place < title < first else _OTHER, _HEADLINE
            return


def title_text(line: str) -> str:
    """A headline less the mark of the list that it is an entry of.

    Example:
        >>> title_text("• Harbour pilots end their strike")
        'Harbour pilots end their strike'
    """
    mark = _MARK.match(line)
    return line[mark.end() :] if mark else line


def _is_alike(one: str, other: str) -> bool:
    """Whether two lines share most words of the shorter one."""
    words, others = set(one.split()), set(other.split())
    return len(words & others) >= ALIKE * min(len(words), len(others))
