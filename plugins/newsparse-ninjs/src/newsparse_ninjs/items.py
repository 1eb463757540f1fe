"""Articles to ninjs, in versions 3.1, 2.2 and 1.6.

Takes an article, gives the JSON object that IPTC's schema of the version lets pass. An item is composed with the names
of 3.1 and then said again in the words of an older version: the structure of 2.x is that of 3.x, 1.x has no lists.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from newsparse import Article, Caption, Role
from newsparse.markup import Piece, markup_of
from newsparse_ninjs.names import (
    AUTHOR,
    CONCEPTS,
    NEWS_TYPES,
    OWN,
    OWN_URI,
    PHOTOGRAPHER,
    STATUSES,
    VIA,
    is_uri,
    moment,
    own_ids,
)

VERSIONS = ("3.1", "2.2", "1.6")
"""The versions that can be written, the default first."""

_SCHEMA = "https://www.iptc.org/std/ninjs/ninjs-schema_{}.json"
_TEXT, _HTML = "text/plain", "text/html"
# Names of 3.x that are not simply in lower case in 2.x.
_RENAMED = {"embargoedUntil": "embargoed"}
_SINGULAR = {**CONCEPTS, "infoSources": "infosource"}
# Texts that an extra value may give.
_EXTRA_TEXTS = {
    "profile": "profile",
    "version": "version",
    "copyrightholder": "copyrightHolder",
    "copyrightnotice": "copyrightNotice",
    "usageterms": "usageTerms",
    "ednote": "edNote",
    "title": "title",
    "slugline": "slugline",
    "located": "located",
}
_EXTRA_DATES = {
    "created": "firstCreated",
    "contentcreated": "contentCreated",
    "embargoed": "embargoedUntil",
    "expires": "expires",
}
_URGENCIES = range(1, 10)


def ninjs_item(article: Article, version: str = VERSIONS[0], stamp: str = "") -> dict[str, Any]:
    """An article as a ninjs item.

    Args:
        article: The article.
        version: One of `VERSIONS`.
        stamp: What made it, in a few words; stands among the alternative identifiers.

    Example:
        >>> ninjs_item(Article(headline="Rain"))["headlines"]
        [{'role': 'main', 'contentType': 'text/plain', 'value': 'Rain'}]
    """
    return _NAMING[version](_said(_item(article, version, stamp)))


def _item(article: Article, version: str, stamp: str) -> dict[str, Any]:
    identity = article.id
    own = OWN_URI + identity
    item: dict[str, Any] = {
        "uri": own,
        "standard": {"name": "ninjs", "version": version, "schema": _SCHEMA.format(version)},
        "type": "text",
        "language": article.language,
        "headlines": _headlines(article),
        "by": article.byline,
        "people": [{"name": name, "rel": AUTHOR} for name in article.authors],
        "infoSources": [{"name": article.source}] if article.source else None,
        "bodies": _bodies(article),
        "associations": [_picture(caption, number, own) for number, caption in enumerate(article.captions, 1)],
        "altIds": [{"role": role, "value": value} for role, value in own_ids(article, identity, stamp).items()],
    }
    if article.extra:
        _add_extra(item, article.extra)
    if article.dateline and article.dateline.place:
        item["located"] = article.dateline.place
    if article.published:
        item["firstCreated"] = moment(article.published.iso)
    if article.updated:
        item["versionCreated"] = moment(article.updated.iso)
    return item


def _add_extra(item: dict[str, Any], extra: Mapping[str, Any]) -> None:
    """Add the extra values that ninjs has a place for, if they are what ninjs has there."""
    item |= {name: extra[key] for key, name in _EXTRA_TEXTS.items() if _is_text(extra.get(key))}
    item |= {name: moment(extra.get(key)) for key, name in _EXTRA_DATES.items()}
    for name, value, fits in (
        ("uri", extra.get("uri"), is_uri),
        ("type", extra.get("type"), NEWS_TYPES.__contains__),
        ("pubStatus", extra.get("status"), STATUSES.__contains__),
        ("urgency", extra.get("urgency"), _is_urgency),
    ):
        if fits(value):
            item[name] = value
    if _is_text(extra.get("abstract")):
        item["descriptions"] = [_text("abstract", extra["abstract"])]
    for plural, singular in CONCEPTS.items():
        item[plural] = [*item.get(plural, ()), *_concepts(extra, singular)]


def _is_urgency(value: object) -> bool:
    # A boolean is a number to Python alone.
    return type(value) is int and value in _URGENCIES


def _said(item: Mapping[str, Any]) -> dict[str, Any]:
    """The item without what says nothing."""
    return {name: value for name, value in item.items() if value is not None and value != "" and value != []}


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _text(role: str, value: str, kind: str = _TEXT) -> dict[str, str]:
    return {"role": role, "contentType": kind, "value": value}


def _headlines(article: Article) -> list[dict[str, str]]:
    found = [("main", article.headline), ("kicker", article.section), *(("deck", line) for line in article.deck)]
    return [_text(role, value) for role, value in found if value]


def _bodies(article: Article) -> list[dict[str, str]]:
    """The running text, plain and as HTML, which keeps subheads and paragraphs apart."""
    running: list[Piece] = [
        (block.role, block.text) for block in article.blocks if block.role in (Role.BODY, Role.SUBHEAD)
    ]
    if [text for role, text in running if role is Role.BODY] != list(article.body):
        # Blocks hold what the lines gave, but a stated body may be another one.
        running = [(Role.BODY, text) for text in article.body]
    if not running:
        return []
    plain = "\n\n".join(text for _, text in running)
    return [_text("main", plain), _text("xhtml", markup_of(running), _HTML)]


def _picture(caption: Caption, number: int, own: str) -> dict[str, Any]:
    credit = caption.credit
    date = caption.date.iso if caption.date else None
    descriptions = [_text("caption", caption.text)] if caption.text else []
    if caption.raw and caption.raw != caption.text:
        descriptions.append(_text("raw", caption.raw))
    sources = [{"name": credit.agency}] if credit and credit.agency else []
    if credit and credit.via:
        sources.append({"name": credit.via, "role": VIA})
    return _said(
        {
            "name": f"picture{number}",
            "uri": f"{own}:picture:{number}",
            "type": "picture",
            "descriptions": descriptions,
            "by": credit and credit.raw,
            "people": [{"name": credit.photographer, "rel": PHOTOGRAPHER}] if credit and credit.photographer else None,
            "infoSources": sources,
            "located": caption.place,
            "contentCreated": moment(date),
            "genres": [{"name": flag} for flag in caption.flags],
            "altIds": [{"role": OWN + "date", "value": date}] if date and moment(date) != date else None,
        }
    )


def _concepts(extra: Mapping[str, Any], singular: str) -> Iterable[dict[str, str]]:
    """The concepts that extra values name."""
    names, codes = (_texts(extra.get(f"{singular}_{part}")) for part in ("names", "codes"))
    if names and len(names) == len(codes):
        return [{"name": name, "literal": code} for name, code in zip(names, codes, strict=True)]
    return [*({"name": name} for name in names), *({"literal": code} for code in codes)]


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list | tuple) else []


def _lower(value: Any) -> Any:
    """The item with the names of 2.x."""
    if isinstance(value, dict):
        return {_RENAMED.get(name, name.lower()): _lower(item) for name, item in value.items()}
    return [_lower(item) for item in value] if isinstance(value, list) else value


def _flat(item: Mapping[str, Any]) -> dict[str, Any]:
    """The item with the names of 1.x: no lists of texts, but a name for each role."""
    flat: dict[str, Any] = {}
    for name, value in item.items():
        if name in ("headlines", "bodies", "descriptions"):
            flat |= _by_role(name, value)
        elif name == "associations":
            flat[name] = {picture["name"]: _flat({**picture, "name": None}) for picture in value}
        elif name == "altIds":
            flat["altids"] = {entry["role"]: entry["value"] for entry in value}
        elif name == "standard":
            flat["$standard"] = value
        elif name in _SINGULAR:
            flat[_SINGULAR[name]] = [_coded(entry, name) for entry in value]
        elif value is not None:
            flat["byline" if name == "by" else _RENAMED.get(name, name.lower())] = value
    return flat


_FLAT_NAMES = {"headlines": "headline", "bodies": "body", "descriptions": "description"}
_FLAT_ROLES = {("headlines", "main"): "headline", ("bodies", "main"): "body_text"}


def _by_role(name: str, entries: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Texts by name and role; several of one role, as lines of a deck, are lines of one text."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        role = entry["role"]
        found.setdefault(_FLAT_ROLES.get((name, role), f"{_FLAT_NAMES[name]}_{role}"), []).append(entry["value"])
    return {key: "\n".join(values) for key, values in found.items()}


def _coded(entry: Mapping[str, str], name: str) -> dict[str, str]:
    """A concept of 1.x: a code for the literal, and a source with a relation in place of a role."""
    renamed = {"literal": "code", "role": "rel"} if name == "infoSources" else {"literal": "code"}
    return {renamed.get(key, key): value for key, value in entry.items()}


_NAMING: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"3.1": dict, "2.2": _lower, "1.6": _flat}
