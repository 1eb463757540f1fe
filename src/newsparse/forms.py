"""The forms that a source profile gives for lines and for the openings of articles, checked before they are used.

Takes a regular expression or a layout; what cannot be found in linear time, or would be found everywhere, is an error.
"""

import re
from collections.abc import Iterator
from typing import Any

from newsparse.errors import ProfileError
from newsparse.models import Role

# A line of more characters is a paragraph; a sign-off, a story number or a note of the editor is shorter. With this
# bound a pattern's cost has one too.
LONGEST_LINE = 400
# Repeats that may backtrack in one pattern. What two of them cost on a line that fits neither is the square of the
# line's length, which `LONGEST_LINE` bounds; three would be its cube. Possessive ones never backtrack and do not count.
MOST_REPEATS = 2
# What may be missing, `?`, and repeats a fixed number of times have no room to backtrack in.
SHORT_REPEAT = 1
# More than any opening of an article has: headline, deck, byline, time and two captions, all twice, and markers.
LONGEST_LAYOUT = 40

_PLACE = re.compile(r"([a-z_]+?)(\d?)$")
# What stands in a layout for any line of that role; two of one role are told apart by a digit: `caption`, `caption2`.
_PLACES = frozenset({Role.HEADLINE, Role.DECK, Role.BYLINE, Role.TIMESTAMP, Role.SECTION, Role.CAPTION, Role.CREDIT})


def place_of(token: str) -> Role | None:
    """The role for which a word of a layout stands, or ``None`` for the line itself.

    Example:
        >>> place_of("caption2"), place_of("TT")
        (<Role.CAPTION: 'caption'>, None)
    """
    found = _PLACE.match(token)
    return Role(found[1]) if found and found[1] in _PLACES else None


def check_layout(layout: tuple[str, ...]) -> None:
    """See to it that a layout can be found and cannot be found everywhere.

    Raises:
        ProfileError: It is too long, has no line or repeat to know it by, or begins with a line of the site's own.
    """
    if len(layout) > LONGEST_LAYOUT:
        raise ProfileError(f"a layout of {len(layout)} lines: {LONGEST_LAYOUT} are the most")
    if not layout or place_of(layout[0]) is None:
        raise ProfileError("a layout begins with an article's first line, as headline; leave out what stands above it")
    if len(set(layout)) == len(layout) and all(map(place_of, layout)):
        raise ProfileError(f"layout {' '.join(layout)!r} fits any text: repeat a line, or name one of the site's own")


def check_pattern(pattern: str) -> None:
    r"""See to it that a pattern is a regular expression that cannot backtrack for long.

    Raises:
        ProfileError: It is none; it repeats a repeat, as ``(a+)+``; it has more than `MOST_REPEATS` repeats that may
            backtrack; or it refers back to a group.

    Example:
        >>> check_pattern(r"\(Reporting by (?P<reporting>[^;)]++)\)$")
    """
    # Python's own reader of patterns: guessing at their text would let some through and refuse harmless ones.
    from re import _constants, _parser  # type: ignore[attr-defined]

    try:
        tree = _parser.parse(pattern)
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise ProfileError(f"pattern {pattern!r} is no regular expression: {error}") from None
    repeats = 0

    def look(part: Any, repeated: bool) -> None:
        nonlocal repeats
        for name, value in part:
            if name in (_constants.GROUPREF, _constants.GROUPREF_EXISTS):
                raise ProfileError(f"pattern {pattern!r} refers back to a group; write what it may hold instead")
            if name in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
                least, most, inner = value
                if repeated and most > max(least, 1):
                    raise ProfileError(
                        f"pattern {pattern!r} repeats a repeat; make the inner one possessive, as [^)]++"
                    )
                repeats += most > max(least, SHORT_REPEAT)
                look(inner, repeated or most > 1)
            else:
                for inner in _subpatterns(value, _parser.SubPattern):
                    look(inner, repeated)

    look(tree, repeated=False)
    if repeats > MOST_REPEATS:
        raise ProfileError(
            f"pattern {pattern!r} has {repeats} repeats that may backtrack; {MOST_REPEATS} are the most: "
            "make the others possessive, as [^)]++"
        )


def _subpatterns(value: Any, kind: type) -> Iterator[Any]:
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _subpatterns(item, kind)
