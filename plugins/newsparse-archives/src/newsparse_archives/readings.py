"""What the lines of a record state: the texts of each field, and a role for every line."""

from collections import Counter

import attrs

from newsparse import Role

TEXT_FIELDS = frozenset({"lead", "body"})
"""The fields that are the running text."""

_ROLES = {
    "headline": Role.HEADLINE,
    "deck": Role.DECK,
    "byline": Role.BYLINE,
    "lead": Role.BODY,
    "body": Role.BODY,
}


@attrs.define
class Reading:
    """What the lines of a record state."""

    layout: str = ""
    values: dict[str, list[tuple[int, str]]] = attrs.field(factory=dict)
    """For each field the indexes of its lines and their texts without labels."""
    roles: dict[int, Role] = attrs.field(factory=dict)
    """For each line that is not blank its role."""
    labelled: set[str] = attrs.field(factory=set)
    """The fields that a label or the layout's anchor gave."""
    unmapped: Counter[str] = attrs.field(factory=Counter)
    """Labels that no table knows, and how often each stands there."""
    is_whole: bool = False
    """Whether the record's end was seen."""

    def add(self, index: int, field: str, text: str, role: Role | None = None) -> None:
        """Put a line's text into a field."""
        self.roles[index] = role or (_ROLES.get(field, Role.FIELD) if text else Role.FIELD)
        if text:
            self.values.setdefault(field, []).append((index, text))

    def add_unknown(self, index: int, label: str) -> None:
        """Count a label that no table knows."""
        self.roles[index] = Role.FIELD
        self.unmapped[label] += 1

    @property
    def is_article(self) -> bool:
        """Whether there is anything that makes an article; a picture alone is one, too."""
        return not self.values.keys().isdisjoint({"headline", "captions", *TEXT_FIELDS})

    @property
    def unused(self) -> int:
        """How many lines no field took."""
        return sum(role is Role.OTHER for role in self.roles.values())
