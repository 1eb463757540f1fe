"""What a source profile says of a text's lines, as labels.

Takes a `SourceProfile` and the text, gives `Label` records: its markers, separators and header labels, and what its own
`annotate` adds. A profile acts only on text that is its source's: the caller decides that.
"""

from collections.abc import Iterator

from newsparse.dump import Ledger
from newsparse.extensions import Label, ParseContext, SourceProfile
from newsparse.lines import normalise, split_lines
from newsparse.models import Role

# How strongly a profile's own words speak: more than any shape, less than what a format states.
PROFILE_WEIGHT = 60


def profile_labels(profile: SourceProfile, text: str) -> Iterator[Label]:
    """The labels that a profile's data give to a text's lines.

    Example:
        >>> list(profile_labels(SourceProfile("x", markers=["Print It"]), "Rain\\nPrint it\\n"))
        [Label(line=2, role=<Role.MARKER: 'marker'>, starts_article=False, weight=60, reason='marker of x')]
    """
    markers = {normalise(word).strip() for word in profile.markers}
    separators = {normalise(word).strip() for word in profile.separators}
    fields = tuple(normalise(label).strip() + ":" for label in profile.labels)
    lines = split_lines(text)
    parted = False
    for row, key in zip(lines.rows, lines.keys, strict=True):
        if key in separators:
            parted = True
            yield Label(row + 1, Role.MARKER, weight=None, reason=f"separator of {profile.name}")
            continue
        if parted:
            yield Label(row + 1, starts_article=True, weight=None, reason=f"behind a separator of {profile.name}")
            parted = False
        if key in markers:
            yield Label(row + 1, Role.MARKER, weight=PROFILE_WEIGHT, reason=f"marker of {profile.name}")
        elif fields and key.startswith(fields):
            yield Label(row + 1, Role.FIELD, weight=None, reason=f"header of {profile.name}")


def annotated_labels(profile: SourceProfile, text: str, context: ParseContext) -> list[Label]:
    """The labels that a profile's own function gives to a text's lines; what it raises comes through."""
    if profile.annotate is None:
        return []
    stops = split_lines(text).stops
    view = Ledger(text, stops, bytes(len(stops)), [-1] * len(stops))
    return list(profile.annotate(view, context))
