"""Access to the values of a ninjs item of any version: names in lower case, texts by role, parts by name."""

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from newsparse import Role
from newsparse.markup import Piece, is_markup, pieces
from newsparse.stated import paragraphs

Json = Mapping[str, Any]

SAME = frozenset(("", "main", "text", "plain", "html", "xhtml", "richtext", "caption", "abstract", "summary", "raw"))
"""Roles of descriptions that say the same as another one, in another form."""

# The text of an item, best first: markup keeps paragraphs and subheads apart.
_BODY_ROLES = ("main", "xhtml", "html", "richtext", "html5", "text", "plain", "plaintext", "")
_MARKUP_KINDS = ("html", "xml", "richtext", "nitf")


@attrs.frozen
class Text:
    """A headline, body or description."""

    role: str
    value: str
    markup: bool

    @property
    def plain(self) -> str:
        """The text without its markup and the blanks around it."""
        return " ".join(text for _, text in pieces(self.value)) if self.markup else self.value.strip()


def lowered(item: Json) -> dict[str, Any]:
    """An object with its names in lower case; of two that are the same then, the first."""
    found: dict[str, Any] = {}
    for name, value in item.items():
        found.setdefault(name.lower(), value)
    return found


def objects_of(item: Json, *names: str) -> list[dict[str, Any]]:
    """The objects under some names, which may be lists of them; a mere string is the name of one."""
    found = []
    for name in names:
        value = item.get(name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                found.append(lowered(one))
            elif isinstance(one, str):
                found.append({"name": one})
    return found


def parts_of(item: Json, name: str) -> list[dict[str, Any]]:
    """Associations or renditions: an object of objects in 1.x, a list of objects in 2.x and 3.x."""
    value = item.get(name)
    if not isinstance(value, dict):
        return objects_of(item, name)
    return [lowered(one) for one in value.values() if isinstance(one, dict)]


def alternatives_of(item: Json) -> dict[str, str]:
    """Alternative identifiers by role: an object in 1.x, a list of objects in 2.x and 3.x."""
    value = item.get("altids")
    if isinstance(value, dict):
        return {str(role): one for role, one in value.items() if isinstance(one, str)}
    entries = objects_of(item, "altids")
    return {str(entry.get("role", "")): entry["value"] for entry in entries if isinstance(entry.get("value"), str)}


def single_of(item: Json, name: str) -> str | int | float | None:
    """A value that stands for itself: a text without the blanks around it, or a number."""
    value = item.get(name)
    if isinstance(value, int | float):
        # JSON has no infinity, though Python reads numbers that are too large as such.
        return value if value - value == 0 else None
    return text_of(item, name)


def text_of(item: Json, *names: str) -> str | None:
    """The first of some values that is a text with something in it, without the blanks around it."""
    for name in names:
        value = item.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def texts_of(item: Json, single: str, several: str) -> list[Text]:
    """Texts of one kind: lists in 2.x and 3.x; names in 1.x, where the part behind ``_`` is the role."""
    found = [_text(one.get("role"), one.get("value"), one.get("contenttype")) for one in objects_of(item, several)]
    for name, value in item.items():
        if name == single or name.startswith(f"{single}_"):
            role = name.partition("_")[2]
            found.append(_text(role, value, role))
    return [text for text in found if text]


def _text(role: object, value: object, kind: object) -> Text | None:
    if not isinstance(value, str) or not value.strip():
        return None
    stated = str(kind or "").lower()
    plain = stated == "text" or "plain" in stated
    markup = any(word in stated for word in _MARKUP_KINDS) or (not plain and is_markup(value))
    return Text(str(role or "").lower(), value, markup)


def best_of(texts: Iterable[Text]) -> Text | None:
    """The one of several texts that say the same: the main one before others, plain before markup."""
    return min(texts, key=lambda text: (text.role not in SAME, text.markup), default=None)


def running_of(item: Json) -> list[Piece]:
    """The paragraphs and subheads of an item: of its main bodies the one in markup, else the plain one."""
    rank = {role: number for number, role in enumerate(_BODY_ROLES)}
    bodies = texts_of(item, "body", "bodies")
    best = min(bodies, key=lambda text: (text.role not in rank, not text.markup, rank.get(text.role, 0)), default=None)
    if best is None:
        return []
    return pieces(best.value) if best.markup else [(Role.BODY, text) for text in paragraphs(best.value)]
