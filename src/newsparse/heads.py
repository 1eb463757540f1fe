"""Who wrote an article and when: its byline and its dates.

Takes the lines of one article with their roles, gives a `Head`. What stands nearest below the headline speaks of the
article first; a later byline is a biography's, a box's or another story's.
"""

from collections.abc import Iterator, Sequence

import attrs

from newsparse.dump import ROLE_NUMBERS
from newsparse.grammars import Grammars
from newsparse.models import Role, WireDate
from newsparse.shapes import PROSE_LENGTH

# Lines of one byline stand so close together: a date or a role may stand between two names.
BYLINE_DISTANCE = 2
# How many lines above the headline may say who and when, where no byline and no timestamp does.
LINES_ABOVE = 3
# How many lines at an article's end may introduce its writer.
LINES_BELOW = 40
# How many lines below the last paragraph may be the writer's name.
LINES_CLOSING = 2
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
    title = next((place for place, (role, _) in enumerate(lines) if role == _HEADLINE), 0)
    places = [place for place, (role, _) in enumerate(lines) if role in (_BYLINE, _TIMESTAMP)]
    places.sort(key=lambda place: (place < title, abs(place - title)))
    byline, authors = _writers(lines, places, title, grammars)
    texts = [lines[place][1] for place in places]
    published, updated = _dates(texts, grammars)
    if published is None and updated is None:
        published, updated = _dates([*texts, *(lines[place][1] for place in _strays(lines, title))], others)
    return Head(byline, authors, published or updated, updated)


def _writers(
    lines: Sequence[tuple[int, str]], places: Sequence[int], title: int, grammars: Grammars
) -> tuple[str | None, tuple[str, ...]]:
    """The byline and the names in it: of the first lines together that name somebody.

    What says outright who wrote (`By`, a reporter's title) goes before a name alone, a known given name before what is
    only shaped like a name. An agency or a desk is an author where it signs alone.
    """
    bylines = _groups(sorted(place for place in places if lines[place][0] == _BYLINE), title)
    stamps = [[place] for place in places if lines[place][0] == _TIMESTAMP]
    strays = list(_strays(lines, title))
    first = " ".join(lines[place][1] for place in bylines[0]) if bylines else None
    guessed: tuple[str, tuple[str, ...]] | None = None
    signed: tuple[str, tuple[str, ...]] | None = None
    for lone in (False, True):
        may_sign = grammars.names.is_given if lone else grammars.bylines.opens
        signing = _groups(sorted(place for place in strays if may_sign(lines[place][1])), title)
        for groups in (bylines, stamps, signing):
            if lone and groups is signing and (noted := _introduced(lines[title:], grammars)):
                return first, noted
            for group in groups:
                texts = [lines[place][1] for place in group]
                # `By` and a name on lines of their own are one byline.
                for tried in (texts, [" ".join(texts)]) if len(texts) > 1 else (texts,):
                    found = [one for text in tried if (one := grammars.bylines.read(text, lone=lone)) is not None]
                    names = tuple(dict.fromkeys(name for one in found for name in one.authors))
                    desks = tuple(dict.fromkeys(one.agency for one in found if one.agency))
                    byline = " ".join(texts) if groups is bylines or first is None else first
                    if names and (not lone or all(map(grammars.names.is_given, names))):
                        return byline, names
                    if names and groups is bylines:
                        guessed = guessed or (byline, names)
                    if desks and not (lone and groups is signing):
                        signed = signed or (byline, desks)
    return guessed or signed or (first, _closing(lines, grammars))


def _closing(lines: Sequence[tuple[int, str]], grammars: Grammars) -> tuple[str, ...]:
    """The writer whose name alone closes the text."""
    last = max((place for place, (role, text) in enumerate(lines) if role == _BODY), default=len(lines))
    for _, text in lines[last : last + 1 + LINES_CLOSING]:
        found = grammars.bylines.read(text, lone=True) if grammars.names.is_given(text) else None
        if found is not None and found.authors and all(map(grammars.names.is_given, found.authors)):
            return found.authors
    return ()


def _introduced(lines: Sequence[tuple[int, str]], grammars: Grammars) -> tuple[str, ...]:
    """The writer whom a note below the text introduces: `Jane Doe is a politics reporter for the paper`."""
    for _, text in lines[max(len(lines) // 2, len(lines) - LINES_BELOW) :]:
        name = grammars.bylines.introduced(text)
        if name:
            return (name,)
    return ()


def _groups(places: Sequence[int], title: int) -> list[list[int]]:
    """Places that stand close together, the group nearest below the headline first."""
    groups: list[list[int]] = []
    for place in places:
        if not groups or place - groups[-1][-1] > BYLINE_DISTANCE:
            groups.append([])
        groups[-1].append(place)
    groups.sort(key=lambda group: (group[0] < title, abs(group[0] - title)))
    return groups


def _strays(lines: Sequence[tuple[int, str]], title: int) -> Iterator[int]:
    """The places of short lines about the headline whose role is another, the nearest below first."""
    for place in range(title, len(lines)):
        role, text = lines[place]
        if role == _BODY and len(text) >= PROSE_LENGTH:
            break
        if (role == _BODY or role not in _TAKEN) and len(text) <= LONGEST_STRAY:
            yield place
    for place in range(title - 1, max(-1, title - 1 - LINES_ABOVE), -1):
        role, text = lines[place]
        if role not in _TAKEN and len(text) <= LONGEST_STRAY:
            yield place


def _dates(texts: Sequence[str], grammars: Grammars) -> tuple[WireDate | None, WireDate | None]:
    """The first date of publication and of update among some lines."""
    published = updated = None
    for text in texts:
        stamp = grammars.timestamps.read(text)
        if stamp is not None:
            published = published or stamp.published
            updated = updated or stamp.updated
    return published, updated
