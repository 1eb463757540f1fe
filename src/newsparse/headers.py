"""What a source's lines state of their article: header lines and the groups of patterns, read into fields.

Takes a decided stretch of lines and its profile, gives the fields of its articles as a document states them. A value
that the field's grammar cannot read is kept under its own name in `Article.extra`: a wrong date is worse than none.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from newsparse.dump import NO_ARTICLE, ROLE_NUMBERS
from newsparse.extensions import SourceProfile
from newsparse.forms import LONGEST_LINE
from newsparse.grammars import Grammars
from newsparse.lines import normalise
from newsparse.models import Role
from newsparse.profiles import has_one, header_of
from newsparse.reading import Stretch

Field = tuple[int | None, str, Any]

_FIELD = ROLE_NUMBERS[Role.FIELD]


def stated_in_lines(
    profile: SourceProfile, stretch: Stretch, owners: Sequence[int], grammars: Callable[[int], Grammars]
) -> list[Field]:
    """The fields that a stretch's lines state: index of the article, name, value.

    A line that belongs to no article speaks of the one before it, or of the first.

    Args:
        profile: The profile.
        stretch: The lines with their roles.
        owners: For each line the index of its article, or `NO_ARTICLE`.
        grammars: The grammars for the article of an index.
    """
    if not (profile.labels or profile.patterns) or max(owners, default=NO_ARTICLE) == NO_ARTICLE:
        return []
    fields: list[Field] = []
    article = 0
    stated = _statements(profile)
    for row, text in zip(stretch.rows, stretch.texts, strict=True):
        article = max(article, owners[row])
        for label, name, value in stated(text, stretch.roles[row] == _FIELD):
            fields += [(article, *field) for field in _read(label, name, value, grammars(article))]
    return fields


def _statements(profile: SourceProfile) -> Callable[[str, bool], Iterator[tuple[str, str, str]]]:
    """A function that gives the statements of a line: the label or group, the field's name and the value as written."""
    header = header_of(profile)
    forms = [(re.compile(form.pattern), form) for form in profile.patterns]
    forms = [(pattern, form) for pattern, form in forms if pattern.groupindex]

    def statements(text: str, is_field: bool) -> Iterator[tuple[str, str, str]]:
        label = header(normalise(text)) if is_field else None
        if label is not None:
            value = text.partition(":")[2].strip()
            if value:
                yield label, profile.labels[label], value
        if len(text) > LONGEST_LINE:
            return
        for pattern, form in forms:
            found = pattern.match(text) if has_one(form, text) else None
            for name, value in found.groupdict().items() if found else ():
                if value and value.strip():
                    yield name, name, value.strip()

    return statements


def _read(label: str, name: str, value: str, grammars: Grammars) -> Iterator[tuple[str, Any]]:
    """The fields that a value gives, read by the grammar of its field."""
    if name in ("authors", "byline"):
        found = grammars.bylines.read(value, lone=True)
        if name == "byline":
            yield "byline", value
        if found and found.authors:
            yield "authors", found.authors
        elif name == "authors":
            yield label, value
    elif name in ("published", "updated"):
        stamp = grammars.timestamps.read(value)
        date = stamp and (stamp.published or stamp.updated)
        yield (name, date) if date else (label, value)
    elif name == "dateline":
        dateline = grammars.datelines.read(value, lone=True)
        yield (name, dateline) if dateline else (label, value)
    elif name == "deck":
        yield name, (value,)
    else:
        yield name, value
