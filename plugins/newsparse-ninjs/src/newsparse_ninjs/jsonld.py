"""schema.org NewsArticle, and its kin, to documents.

Takes the JSON objects of a file, with ``@graph``, lists or lists of items around them, gives a `Document` an article.
Names are read with or without a prefix or address, values as they stand or expanded (``@value``, lists of one).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from newsparse import Caption, Credit, Dateline, Document, Origin, Role, StatedText, WireDate, stated_date
from newsparse.markup import Piece, is_markup, pieces
from newsparse.stated import paragraphs
from newsparse_ninjs.jsons import every_object
from newsparse_ninjs.names import FLAGS, OWN, OWN_URI
from newsparse_ninjs.newsarticles import PARTING, PLAIN, RAW, SUBHEAD

Json = Mapping[str, Any]

# https://schema.org/Article and all types below it; of others the name tells.
_TYPE_RE = re.compile(r"(?:\w*Article|\w*Posting|Report)$")
_PREFIX_RE = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)")
_LINK_RE = re.compile(r"^https?://\S+$")
_EXTRA = {
    "url": "url",
    "name": "title",
    "version": "version",
    "creativeWorkStatus": "status",
    "dateCreated": "created",
    "expires": "expires",
    "copyrightNotice": "copyrightnotice",
    "copyrightYear": "copyrightYear",
    "usageInfo": "usageterms",
    "license": "license",
    "abstract": "abstract",
    "alternativeHeadline": "alternativeHeadline",
    "copyrightHolder": "copyrightholder",
    "wordCount": "wordCount",
    "isAccessibleForFree": "isAccessibleForFree",
    "genre": "genre",
    "mainEntityOfPage": "mainEntityOfPage",
    "thumbnailUrl": "thumbnailUrl",
}
_READ_NAMES = """
    @context @type @id headline description articleSection author creator creditText dateline locationCreated
    contentLocation datePublished dateModified inLanguage publisher sourceOrganization keywords encodingFormat
    articleBody text hasPart image associatedMedia identifier isBasedOn sdPublisher
"""
_READ = frozenset(_EXTRA) | frozenset(_READ_NAMES.split())


def is_article(node: Json) -> bool:
    """Whether a JSON object is a schema.org article, or something below it."""
    return any(_TYPE_RE.fullmatch(name) for name in _types(node))


def node_documents(node: Json, origin: Origin, unmapped: Counter[str]) -> Iterator[Document]:
    """The document of an article.

    Args:
        node: The JSON object.
        origin: Where it stands.
        unmapped: Counts by name the properties that are not taken.
    """
    properties = _properties(node)
    unmapped.update(name for name in properties if name not in _READ)
    yield _Article(properties).document(origin)


def link_references(values: list[Any]) -> None:
    """Give each reference, an object of nothing but an ``@id``, the plain values of the node that it refers to."""
    nodes: dict[str, dict[str, Any]] = {}
    references: list[dict[str, Any]] = []
    for node in every_object(values):
        identity = node.get("@id")
        if isinstance(identity, str) and len(node) == 1:
            references.append(node)
        elif isinstance(identity, str):
            nodes.setdefault(identity, node)
    for reference in references:
        node = nodes.get(reference["@id"], {})
        # Nodes may refer to each other: what is plain cannot run in a circle.
        reference.update({name: value for name, value in node.items() if not isinstance(value, dict | list)})


class _Article:
    """One article's properties."""

    def __init__(self, node: Json):
        self._node = node
        # What newsparse itself wrote is exact, so its blanks count.
        self._own = any(role.startswith(OWN) for role in _identifiers(node))
        self._stated = StatedText("stated by JSON-LD")
        self._running = _running(node, self._own)

    def document(self, origin: Origin) -> Document:
        """Its values in reading order, and its fields."""
        node, stated = self._node, self._stated
        sections = self._said("articleSection")
        if sections:
            stated.line(Role.SECTION, sections[0])
            stated.field("articleSection", sections[1:])
        for text in (self._said("headline") or ([] if self._running else self._said("name")))[:1]:
            stated.line(Role.HEADLINE, text)
        for text in self._said("description"):
            stated.line(Role.DECK, text)
        for text in self._said("creditText")[:1]:
            stated.line(Role.BYLINE, text)
        if published := self._date("datePublished"):
            stated.line(Role.TIMESTAMP, _text(node.get("datePublished")) or "")
            stated.field("published", published)
        stated.field("updated", self._date("dateModified"))
        self._dateline()
        for role, text in self._running:
            stated.line(role, text)
        self._captions()
        self._fields()
        name = _text(node.get("url")) or _text(node.get("@id")) or "an article without a text"
        return stated.document(origin, name=name)

    def _said(self, name: str) -> list[str]:
        """The texts of a property."""
        return _texts(self._node.get(name), exact=self._own)

    def _date(self, name: str) -> WireDate | None:
        return _date(self._node.get(name), self._own)

    def _dateline(self) -> None:
        """The dateline, unless the text opens with it; then the core reads it there."""
        raw = _text(self._node.get("dateline"))
        place = _text(self._node.get("locationCreated"))
        opening = next((text for role, text in self._running if role is Role.BODY), "")
        if raw and not opening.startswith(raw):
            self._stated.line(Role.DATELINE, raw)
            if place:
                self._stated.field("dateline", Dateline(place=place, raw=raw))
        elif place and not raw and not opening.casefold().startswith(place.partition(",")[0].casefold()):
            self._stated.field("dateline", Dateline(place=place))

    def _captions(self) -> None:
        images = [
            _image(image, self._own) for image in (*_nodes(self._node, "image"), *_nodes(self._node, "associatedMedia"))
        ]
        shown = [image for image in images if image.text or image.raw]
        for image in shown:
            self._stated.line(Role.CAPTION, image.raw or image.text or "")
            if image.credit and not self._own:
                self._stated.line(Role.CREDIT, image.credit.raw)
        if any(image.credit or image.place or image.date or image.flags for image in shown):
            self._stated.field("captions", tuple(shown))

    def _fields(self) -> None:
        node, stated = self._node, self._stated
        people = [one for name in ("author", "creator") for one in _nodes(node, name)]
        # An organisation signs, but is nobody's name; an address is no name either.
        names = [_text(one) for one in people if "Organization" not in " ".join(_types(one))]
        stated.field("authors", tuple(dict.fromkeys(name for name in names if name and not _LINK_RE.match(name))))
        stated.field("language", _text(node.get("inLanguage")))
        stated.field("source", _text(node.get("publisher")) or _text(node.get("sourceOrganization")))
        for name, key in _EXTRA.items():
            stated.field(key, _text(node.get(name)))
        keywords = [word.strip() for text in _texts(node.get("keywords")) for word in text.split(",")]
        stated.field("keywords", list(filter(None, keywords)) if not self._own else _texts(node.get("keywords")))
        identity = _text(node.get("@id"))
        if identity and not identity.startswith(OWN_URI):
            stated.field("uri", identity)
        if self._own:
            for name, value in _origin(node):
                stated.field(f"origin_{name}", value)


def _origin(node: Json) -> Iterator[tuple[str, Any]]:
    """Where newsparse, which wrote the node, had the article from."""
    for work in _nodes(node, "isBasedOn"):
        yield "path", _text(work.get("name"))
        for role, value in _identifiers(work).items():
            yield role.removeprefix(OWN), value


def _image(node: Json, own: bool) -> Caption:
    text = _text(node.get("caption"), own) or (None if own else _text(node.get("description")))
    raw = _text(node.get(RAW), own) if own else None
    photographer = _text(node.get("creator")) or _text(node.get("author"))
    holder = _text(node.get("sourceOrganization")) or (None if own else _text(node.get("copyrightHolder")))
    signed = _text(node.get("creditText")) or ("" if own else photographer or holder or "")
    credit = Credit(signed, holder, photographer, _text(node.get("provider")))
    flags = tuple(flag for flag in _texts(node.get("keywords")) if flag in FLAGS)
    return Caption(
        text,
        raw or text,
        None if credit == Credit() else credit,
        _text(node.get("contentLocation")),
        _date(node.get("dateCreated"), own),
        flags,
    )


def _date(value: object, own: bool) -> WireDate | None:
    date = stated_date(_text(value))
    return attrs.evolve(date, raw=None) if date and own else date


def _running(node: Json, own: bool) -> list[Piece]:
    body = PARTING.join(_texts(node.get("articleBody"), own) or _texts(node.get("text")))
    if not body:
        return []
    if not own and _text(node.get("encodingFormat")) != PLAIN and is_markup(body):
        return pieces(body)
    parts = [part for part in _nodes(node, "hasPart") if SUBHEAD in _types(part)]
    heads = {str(part.get("position")): _text(part.get("headline"), own) for part in parts}
    return [
        (Role.SUBHEAD if heads.get(str(number)) == text else Role.BODY, text)
        for number, text in enumerate(body.split(PARTING) if own else paragraphs(body), 1)
    ]


def _types(node: Json) -> list[str]:
    value = node.get("@type", node.get("type"))
    values = value if isinstance(value, list) else [value]
    return [_PREFIX_RE.sub("", name) for name in values if isinstance(name, str)]


def _properties(node: Json) -> dict[str, Any]:
    """The node with plain names; of two that are the same then, the first."""
    found: dict[str, Any] = {}
    for name, value in node.items():
        found.setdefault(_PREFIX_RE.sub("", name), value)
    return found


def _nodes(node: Json, name: str) -> list[dict[str, Any]]:
    """The values of a property as nodes; a mere text is the name of one."""
    value = node.get(name)
    values = value if isinstance(value, list) else [value]
    nodes = [{"name": one} if isinstance(one, str) else one for one in values]
    return [_properties(one) for one in nodes if isinstance(one, dict)]


def _texts(value: object, exact: bool = False) -> list[str]:
    """The texts that a value is: as it stands, expanded, the name of a node, or several of these."""
    if isinstance(value, list):
        # A list in a list is no JSON-LD, so one level is enough.
        return [text for one in value if not isinstance(one, list) for text in _texts(one, exact)]
    if isinstance(value, dict):
        node = _properties(value)
        for name in ("@value", "name", "url", "@id"):
            if isinstance(node.get(name), str | int | float | list):
                return _texts(node[name], exact)
        return []
    if isinstance(value, str):
        stripped = value.strip()
        return [value if exact else stripped] if stripped else []
    return [str(value).lower() if isinstance(value, bool) else str(value)] if isinstance(value, int | float) else []


def _text(value: object, exact: bool = False) -> str | None:
    return next(iter(_texts(value, exact)), None)


def _identifiers(node: Json) -> dict[str, Any]:
    """Identifiers by their property."""
    return {
        str(entry.get("propertyID")): entry.get("value")
        for entry in _nodes(node, "identifier")
        if isinstance(entry.get("value"), str | int)
    }
