"""Whose text it is: the source profile that the head of a text gives away, if any does.

Takes the installed profiles and the head, gives a `Settled`. Every clue of every profile is looked for at once: whole
lines and beginnings of lines in dictionaries, phrases by a search each; a profile without clues costs nothing. Where no
profile is sure, or two are about as sure, the text is read as any other.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

import attrs

from newsparse.extensions import CERTAIN, Clue, SourceProfile
from newsparse.forms import place_of
from newsparse.grammars.phrases import parts_words
from newsparse.layouts import Layouts
from newsparse.models import Issue

HEAD = 1 << 15
"""How much of a text decides whose it is, in characters: a page with its menus, or several articles without."""
CLEAR = 30
"""By how many points the best profile must beat the next one; fewer are less than one plain clue."""
GUESSED = "source-guessed"
"""The code of an issue about a source that was chosen while another one came to `CERTAIN` points too."""
UNSURE = "source-unsure"
"""The code of an issue about a text that two sources claim with about equal right: it is read as any text."""

# Beginnings of lines are found by their first characters.
_INDEX = 3


@attrs.frozen
class Settled:
    """Whose a text is."""

    profile: SourceProfile | None = None
    issue: Issue | None = None
    """What the runner-up was, where it came close."""


_NOBODY = Settled()


class Recognition:
    """Tells sources by the heads of their texts.

    Args:
        profiles: The profiles; of those without clues none is ever recognised.

    Example:
        >>> recognition = Recognition([SourceProfile("x", recognise=[Clue("A-A+", points=100)])])
        >>> recognition.settle("Rain Ends\\nA-A+\\n").profile.name
        'x'
    """

    def __init__(self, profiles: Iterable[SourceProfile]):
        self._profiles = [profile for profile in profiles if profile.recognise]
        self._lines: dict[str, list[tuple[int, Clue]]] = {}
        self._starts: dict[str, list[tuple[int, Clue]]] = {}
        self._phrases: list[tuple[int, Clue]] = []
        self._layouts: list[tuple[int, Clue, Layouts, list[set[str]]]] = []
        for number, profile in enumerate(self._profiles):
            for clue in profile.recognise:
                own = number, attrs.evolve(clue, text=clue.text.strip())
                if clue.kind == "line":
                    self._lines.setdefault(own[1].text, []).append(own)
                elif clue.kind == "start":
                    self._starts.setdefault(own[1].text[:_INDEX], []).append(own)
                elif clue.kind == "phrase":
                    self._phrases.append(own)
                else:
                    signs = [{word for word in layout if place_of(word) is None} for layout in profile.layouts]
                    self._layouts.append((*own, Layouts(profile.layouts), signs))

    def __bool__(self) -> bool:
        return bool(self._profiles)

    def settle(self, text: str) -> Settled:
        """Whose text it is, by its first `HEAD` characters."""
        points = self._points(head_of(text))
        if not points:
            return _NOBODY
        # Of equal ones the first by name, so that the order in which plugins are found makes no difference.
        ranked = sorted(points.items(), key=lambda item: (-item[1], self._profiles[item[0]].name))
        best, most = ranked[0]
        if most < CERTAIN:
            return _NOBODY
        winner = self._profiles[best]
        if len(ranked) == 1 or ranked[1][1] < min(CERTAIN, most - CLEAR + 1):
            return Settled(winner)
        second, less = ranked[1]
        rival = f"{winner.name} ({most} points) and {self._profiles[second].name} ({less})"
        if most - less < CLEAR:
            return Settled(
                None, Issue(UNSURE, f"two sources claim this text: {rival}; it was read as any text, name one")
            )
        message = f"two sources claim this text: {rival}; it was read as {winner.name}'s, name the other if it is wrong"
        return Settled(winner, Issue(GUESSED, message))

    def _points(self, head: str) -> dict[int, int]:
        """The points of the profiles that have any."""
        points: dict[int, int] = {}

        def count(number: int, clue: Clue) -> None:
            points[number] = points.get(number, 0) + clue.points

        lines = list(filter(None, map(str.strip, head.splitlines())))
        distinct = set(lines)
        for line in self._lines.keys() & distinct:
            for own in self._lines[line]:
                count(*own)
        if self._starts:
            for sign in self._starts.keys() & {line[:_INDEX] for line in distinct}:
                opened = [line for line in distinct if line.startswith(sign)]
                for number, clue in self._starts[sign]:
                    if any(line.startswith(clue.text) for line in opened):
                        count(number, clue)
        for number, clue in self._phrases:
            if clue.text in head and _holds_words(head, clue.text):
                count(number, clue)
        for number, clue, layouts, signs in self._layouts:
            # Most texts lack the site's own lines, and then need no look at how their lines lie.
            if any(own <= distinct for own in signs) and next(layouts.find(lines), None):
                count(number, clue)
        return points


def head_of(text: str) -> str:
    """The part of a text that decides whose it is: whole lines of its first `HEAD` characters."""
    if len(text) <= HEAD:
        return text
    head = text[:HEAD]
    return head[: head.rfind("\n") + 1] or head


def with_head(chunks: Iterable[str]) -> tuple[str, Iterator[str]]:
    """The head of a text that comes in chunks, and the chunks again."""
    rest = iter(chunks)
    read: list[str] = []
    size = 0
    for chunk in rest:
        read.append(chunk)
        size += len(chunk)
        if size > HEAD:
            break
    head = "".join(read)
    return head, chain([head], rest)


def _holds_words(text: str, words: str) -> bool:
    """Whether some words stand in a text with no letter or digit glued to them."""
    at = text.find(words)
    while at >= 0:
        stop = at + len(words)
        opens = at == 0 or parts_words(text[at - 1], words[0])
        if opens and (stop == len(text) or parts_words(words[-1], text[stop])):
            return True
        at = text.find(words, at + 1)
    return False
