"""Who wrote an article and when: its byline and its dates.

Takes the lines of one article with their roles, gives a `Head`. What stands nearest below the headline speaks of the
article first; a later byline is a biography's, a box's or another story's.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

import attrs

from newsparse.dump import ROLE_NUMBERS
from newsparse.grammars import Grammars
from newsparse.models import Role, WireDate

# Lines of one byline stand so close together: a date or a role may stand between two names.
BYLINE_DISTANCE = 2
# How many lines above the headline may say who and when, where no byline and no timestamp does.
LINES_ABOVE = 3
# Such a line is short: a longer one is a sentence that names a day.
LONGEST_STRAY = 160

_BYLINE, _TIMESTAMP, _HEADLINE = (ROLE_NUMBERS[role] for role in (Role.BYLINE, Role.TIMESTAMP, Role.HEADLINE))
_BODY = ROLE_NUMBERS[Role.BODY]
# Roles whose lines say something else for certain.
_TAKEN = frozenset(
    ROLE_NUMBERS[role]
    for role in (Role.BODY, Role.DECK, Role.HEADLINE, Role.CAPTION, Role.CAPTION_REPEAT, Role.CREDIT, Role.FIELD)
)


@attrs.frozen
class Head:
    """Who wrote an article and when."""

    byline: str | None = None
    authors: tuple[str, ...] = ()
    published: WireDate | None = None
    """The day of publication; where only an update is stated, that."""
    updated: WireDate | None = None


def article_head(lines: Sequence[tuple[int, str]], grammars: Grammars, others: Grammars) -> Head:
    """The byline and the dates of an article.

    Args:
        lines: Its lines that are not blank, those in no article too, each with its role's number.
        grammars: The grammars of its language.
        others: The grammars of all languages, for dates in another one.
    """
    places = [place for place, (role, _) in enumerate(lines) if role in (_BYLINE, _TIMESTAMP)]
    title = next((place for place, (role, _) in enumerate(lines) if role == _HEADLINE), 0)
    places.sort(key=lambda place: (place < title, abs(place - title)))
    bylines = [place for place in places if lines[place][0] == _BYLINE]
    byline, authors = _byline(lines, sorted(bylines), title, grammars) if bylines else (None, ())
    strays = list(_strays(lines, title)) if not authors or not places else []
    if not authors:
        signed = [lines[place][1] for place in places if lines[place][0] == _TIMESTAMP]
        byline, authors = _signed([*signed, *strays], byline, grammars)
    texts = [lines[place][1] for place in places]
    published, updated = _dates(texts, grammars)
    if published is None and updated is None:
        published, updated = _dates([*texts, *strays], others)
    return Head(byline, authors, published or updated, updated)


def _byline(
    lines: Sequence[tuple[int, str]], places: Sequence[int], title: int, grammars: Grammars
) -> tuple[str | None, tuple[str, ...]]:
    """The byline and the names in it: of the first lines together that name somebody.

    An agency or a desk is an author where it signs alone.
    """
    groups: list[list[int]] = []
    for place in places:
        if not groups or place - groups[-1][-1] > BYLINE_DISTANCE:
            groups.append([])
        groups[-1].append(place)
    groups.sort(key=lambda group: (group[0] < title, abs(group[0] - title)))
    parts = [[lines[place][1] for place in group] for group in groups]
    agency: tuple[str, tuple[str, ...]] | None = None
    # A name alone is an author only where no line says outright who wrote.
    for lone in (False, True):
        for texts in parts:
            # `By` and a name on lines of their own are one byline.
            for tried in (texts, [" ".join(texts)]):
                found = [one for text in tried if (one := grammars.bylines.read(text, lone=lone)) is not None]
                names = [name for one in found for name in one.authors]
                if names:
                    return " ".join(texts), tuple(dict.fromkeys(names))
                if agency is None and (signed := [one.agency for one in found if one.agency]):
                    agency = " ".join(texts), tuple(dict.fromkeys(signed))
    return agency or (" ".join(parts[0]), ())


def _signed(texts: Sequence[str], byline: str | None, grammars: Grammars) -> tuple[str | None, tuple[str, ...]]:
    """The byline and the names in the first line that names a writer beside something else: `By A Writer, 7 April`."""
    for text in texts:
        found = grammars.bylines.read(text)
        if found is not None and (found.authors or found.agency):
            return byline or text, found.authors or (found.agency or "",)
    return byline, ()


def _strays(lines: Sequence[tuple[int, str]], title: int) -> Iterator[str]:
    """Short lines about the headline whose role is another, the nearest below first: one may say who and when."""
    first = next((place for place in range(title, len(lines)) if lines[place][0] == _BODY), len(lines))
    for place in chain(range(title, first), range(title - 1, max(-1, title - 1 - LINES_ABOVE), -1)):
        role, text = lines[place]
        if role not in _TAKEN and len(text) <= LONGEST_STRAY:
            yield text


def _dates(texts: Sequence[str], grammars: Grammars) -> tuple[WireDate | None, WireDate | None]:
    """The first date of publication and of update among some lines."""
    published = updated = None
    for text in texts:
        stamp = grammars.timestamps.read(text)
        if stamp is not None:
            published = published or stamp.published
            updated = updated or stamp.updated
    return published, updated
