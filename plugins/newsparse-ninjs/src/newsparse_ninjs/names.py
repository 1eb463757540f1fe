"""What ninjs values are called here, for writing and reading alike.

The names of ninjs 1.x and 2.x are those of 3.x in lower case, but for a few; so one table serves all versions.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import attrs

from newsparse import Article, Origin

OWN = "newsparse:"
"""How roles of alternative identifiers begin that newsparse writes."""
OWN_URI = "urn:newsparse:"
"""How URIs begin that newsparse makes of an article's id."""
AUTHOR = "author"
"""The relation of a person who wrote the item."""
PHOTOGRAPHER = "photographer"
VIA = "via"
"""The role of the source through which a picture came."""

SINGLE: Mapping[str, str] = {
    "uri": "uri",
    "guid": "guid",
    "type": "type",
    "representationtype": "representationtype",
    "profile": "profile",
    "version": "version",
    "firstcreated": "created",
    "contentcreated": "contentcreated",
    "embargoed": "embargoed",
    "embargoeduntil": "embargoed",
    "expires": "expires",
    "pubstatus": "status",
    "urgency": "urgency",
    "priority": "priority",
    "copyrightholder": "copyrightholder",
    "copyrightnotice": "copyrightnotice",
    "usageterms": "usageterms",
    "ednote": "ednote",
    "title": "title",
    "slugline": "slugline",
    "located": "located",
    "mimetype": "mimetype",
    "charcount": "charcount",
    "wordcount": "wordcount",
}
"""Single values: the name in ninjs, in lower case, and in `Article.extra`."""

CONCEPTS: Mapping[str, str] = {
    "subjects": "subject",
    "people": "person",
    "organisations": "organisation",
    "places": "place",
    "events": "event",
    "objects": "object",
    "genres": "genre",
}
"""Lists of concepts: the name in ninjs 2.x and 3.x, and in 1.x. Their names stand in `Article.extra` as
``subject_names`` and so on, their codes as ``subject_codes``."""

ORIGIN = tuple(field.name for field in attrs.fields(Origin))
"""What is known of where an article came from."""
NEWS_TYPES = ("text", "audio", "video", "picture", "graphic", "composite", "component")
STATUSES = ("usable", "withheld", "canceled")
PICTURES = ("picture", "graphic", "video", "audio")
"""Types of items whose description is a caption."""
FLAGS = ("file", "handout", "screenshot", "illustration", "pool", "restricted")
"""What `Caption.flags` may hold."""

# RFC 3339, as JSON Schema's date-time has it.
_MOMENT_RE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
# RFC 3986, as far as JSON Schema's uri goes: a scheme and no character that must be escaped.
_URI_RE = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+(?:#(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?"
)


def is_uri(value: object) -> bool:
    """Whether a value is an absolute URI.

    Example:
        >>> is_uri("urn:a:1"), is_uri("a b")
        (True, False)
    """
    return isinstance(value, str) and _URI_RE.fullmatch(value) is not None


def moment(iso: object) -> str | None:
    """A date as JSON Schema's ``date-time``; ``None`` where it is less precise, or has no zone.

    Example:
        >>> moment("2019-04-07T10:00Z"), moment("2019-04-07")
        ('2019-04-07T10:00:00Z', None)
    """
    if not isinstance(iso, str):
        return None
    if len(iso) > len("2019-04-07T10:00") and iso[16:17] in ("Z", "+", "-"):
        iso = f"{iso[:16]}:00{iso[16:]}"
    return iso if _MOMENT_RE.fullmatch(iso) else None


def stamp_text(stamp: Mapping[str, Any]) -> str:
    """What made an output, as one value.

    Example:
        >>> stamp_text({"version": "0.1.0", "profile": None})
        '{"profile": null, "version": "0.1.0"}'
    """
    return json.dumps(dict(stamp), ensure_ascii=False, sort_keys=True, default=str) if stamp else ""


def own_ids(article: Article, identity: str, stamp: str) -> dict[str, str]:
    """What newsparse says of an article that ninjs has no field for, by the roles of alternative identifiers.

    They are its id, its origin, dates that are no moments, a dateline that the text does not open with, and the stamp.
    """
    dateline = article.dateline
    values: dict[str, Any] = {"id": identity}
    if article.origin:
        values |= {name: getattr(article.origin, name) for name in ORIGIN}
    if article.published:
        # Also where it is exact: `firstCreated` alone would not say that it was the date of publication.
        values["published"] = article.published.iso
    if article.updated and moment(article.updated.iso) != article.updated.iso:
        values["updated"] = article.updated.iso
    if dateline and dateline.raw and not (article.body and article.body[0].startswith(dateline.raw)):
        values["dateline"] = dateline.raw
    if stamp:
        values["stamp"] = stamp
    return {OWN + name: str(value) for name, value in values.items() if value is not None}
