"""Where a text's lines lie as a source's articles begin: the same lines again in the same places.

Takes the layouts of a profile and the keys of lines, gives the places where one of them fits. Each layout is looked for
by the one line or repeat that it is known by, so a text costs one look a line and layout.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from newsparse.forms import place_of
from newsparse.models import Role

# Of a place met twice, what the second line is; a role that is not here stays what it is.
_AGAIN = {Role.HEADLINE: Role.HEADLINE_REPEAT, Role.CAPTION: Role.CAPTION_REPEAT}


class _Form:
    """One layout, ready to be found."""

    def __init__(self, layout: Sequence[str], level: Callable[[str], str]):
        self.size = len(layout)
        self.lines = {place: level(word) for place, word in enumerate(layout) if place_of(word) is None}
        # For each place the first one with the same word; a repeat is one with an earlier place.
        self.first = [layout.index(word) for word in layout]
        self.places = sorted(set(self.first) - self.lines.keys())
        self.repeats = [(first, place) for place, first in enumerate(self.first) if first < place]
        self.roles: list[Role] = []
        for place, word in enumerate(layout):
            role = place_of(word) or Role.MARKER
            self.roles.append(_AGAIN.get(role, role) if self.first[place] < place else role)

    def candidates(self, keys: Sequence[str]) -> Iterator[int]:
        """Where it may begin."""
        if self.lines:
            place, line = next(iter(self.lines.items()))
            return (index - place for index, key in enumerate(keys) if key == line and index >= place)
        first, again = self.repeats[0]
        pairs = zip(keys[first:], keys[again:], strict=False)
        return (index for index, (one, other) in enumerate(pairs) if one == other)

    def fits(self, keys: Sequence[str], start: int) -> bool:
        """Whether it begins at an index: every line is there, equal where it should be and else not."""
        part = keys[start : start + self.size]
        if len(part) < self.size or any(part[place] != line for place, line in self.lines.items()):
            return False
        if any(part[place] != part[first] for first, place in self.repeats):
            return False
        distinct = {part[place] for place in self.places}
        return len(distinct) == len(self.places) and distinct.isdisjoint(self.lines.values())


class Layouts:
    """The layouts of one profile.

    Args:
        layouts: As `SourceProfile.layouts` has them.
        level: How the lines of the site's own are levelled before they are compared.

    Example:
        >>> layouts = Layouts([["headline", "TT", "headline"]])
        >>> list(layouts.find(["Home", "Rain Ends", "TT", "Rain Ends", "It rained."]))[0][0]
        1
    """

    def __init__(self, layouts: Iterable[Sequence[str]], level: Callable[[str], str] = str):
        # Where two fit, the longer one says more.
        self._forms = sorted((_Form(layout, level) for layout in layouts), key=lambda form: -form.size)

    def find(self, keys: Sequence[str]) -> Iterator[tuple[int, list[Role]]]:
        """Where layouts begin, each with the roles of its lines; they do not overlap."""
        found: dict[int, _Form] = {}
        for form in self._forms:
            for start in form.candidates(keys):
                if start not in found and form.fits(keys, start):
                    found[start] = form
        stop = 0
        for start, form in sorted(found.items(), key=lambda item: item[0]):
            if start >= stop:
                stop = start + form.size
                yield start, form.roles
