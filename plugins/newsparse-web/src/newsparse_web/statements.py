"""What a page states of itself beside its text: JSON-LD, and the meta elements of its head.

Takes the source of a page, gives `Statements`. Which names mean what is the two tables below: schema.org's, Open
Graph's and the other vocabularies that news sites use. A value that may be wrong, as a department in place of an
author, is no value: a wrong author is worse than none.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

import attrs

from newsparse import WireDate
from newsparse.stated import stated_date

# schema.org's types of pages that are one article: https://schema.org/Article and what is below it.
_ARTICLES = frozenset(
    [
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "ReviewNewsArticle",
        "AskPublicNewsArticle",
        "AdvertiserContentArticle",
        "SatiricalArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "SocialMediaPosting",
        "Report",
        "ScholarlyArticle",
        "TechArticle",
    ]
)
# Names of meta elements, in lower case, the first one that holds a value wins.
_META: Mapping[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "title"),
    "published": (
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "dcterms.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publication_date",
        "date.available",
        "parsely-pub-date",
        "sailthru.date",
        "date",
    ),
    "updated": (
        "article:modified_time",
        "og:article:modified_time",
        "datemodified",
        "dcterms.modified",
        "og:updated_time",
        "last-modified",
        "lastmod",
    ),
    "author": ("author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "parsely-author"),
    "source": ("og:site_name", "application-name", "dc.publisher", "publisher"),
    "type": ("og:type",),
    "url": ("og:url",),
}
_NAMES = frozenset(name for names in _META.values() for name in names)
_META_RE = re.compile(r"<meta\s([^<>]*+)>", re.IGNORECASE)
_ATTRIBUTE_RE = re.compile(r"([a-z:-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.IGNORECASE)
_HEAD_END_RE = re.compile(r"</head|<body", re.IGNORECASE)
_LANGUAGE_RE = re.compile(r"<html\s[^<>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*+)", re.IGNORECASE)
_SCRIPT_END_RE = re.compile(r"</script", re.IGNORECASE)
HEAD = 1 << 18
"""How many characters of a page are searched for meta elements: heads are shorter."""
_LD_TYPE = "ld+json"
LD_NODES = 10_000
"""How many values of a page's JSON-LD are looked at."""

# A name of more words, or with one of these characters, is a description, an address or several names in one.
_LONGEST_NAME = 5
_NO_NAME_RE = re.compile(r"[@/:|;()\d]|\.(?:com|org|net)\b", re.IGNORECASE)


@attrs.frozen
class Statements:
    """What a page states of itself; ``None`` and ``()`` where it does not."""

    headlines: tuple[str, ...] = ()
    """The titles it gives, the surest first."""
    authors: tuple[str, ...] = ()
    published: WireDate | None = None
    updated: WireDate | None = None
    source: str | None = None
    language: str | None = None
    url: str | None = None
    is_article: bool = False
    """Whether it says that it is one article."""
    places: Mapping[str, str] = attrs.field(factory=dict)
    """For each field that is stated the name it is stated by, as ``article:published_time``."""


def statements_of(html: str) -> Statements:
    """What a page states of itself.

    Example:
        >>> statements_of('<meta property="article:published_time" content="2031-05-06">').published.iso
        '2031-05-06'
    """
    head_end = _HEAD_END_RE.search(html, 0, HEAD)
    head = html[: head_end.start() if head_end else HEAD]
    meta = _meta(head)
    node = next(_article_nodes(html), {})
    language = _LANGUAGE_RE.search(head)
    places: dict[str, str] = {}

    def date(field: str, name: str) -> WireDate | None:
        for place, value in [(name, node.get(name)), *((each, meta.get(each)) for each in _META[field])]:
            if found := stated_date(value):
                places[field] = f"JSON-LD {place}" if place == name else place
                return found
        return None

    published, updated = date("published", "datePublished"), date("updated", "dateModified")
    source = next((meta[name] for name in _META["source"] if name in meta), None) or _name(node.get("publisher"))
    authors = tuple(dict.fromkeys(_authors(node.get("author"), source)))
    if authors:
        places["authors"] = "JSON-LD author"
    else:
        for name in _META["author"]:
            authors = authors or tuple(_authors(meta.get(name), source))
            if authors:
                places.setdefault("authors", name)
    titles = [node.get("headline"), *(meta.get(name) for name in _META["title"])]
    return Statements(
        headlines=tuple(dict.fromkeys(clean for title in titles if (clean := _clean(title)))),
        authors=authors,
        published=published,
        updated=updated,
        source=source,
        language=language[1].replace("_", "-") if language else None,
        url=meta.get("og:url"),
        is_article=bool(node) or meta.get("og:type") == "article" or "article:published_time" in meta,
        places=places,
    )


def _meta(head: str) -> dict[str, str]:
    """The values of the meta elements that `_META` names; of two the first one counts."""
    found: dict[str, str] = {}
    for tag in _META_RE.finditer(head):
        values = {each[1].lower(): each[2] or each[3] or each[4] or "" for each in _ATTRIBUTE_RE.finditer(tag[1])}
        name = (values.get("property") or values.get("name") or values.get("itemprop") or "").lower()
        if name in _NAMES and (content := _clean(values.get("content"))):
            found.setdefault(name, content)
    return found


def _article_nodes(html: str) -> Iterator[Mapping[str, Any]]:
    """The articles that a page's JSON-LD describes, in its order; scripts that are no JSON are passed over."""
    place = 0
    while (place := html.find(_LD_TYPE, place)) >= 0:
        start = html.find(">", place)
        end = _SCRIPT_END_RE.search(html, start) if start >= 0 else None
        if end is None:
            return
        place = end.start()
        try:
            value = json.loads(html[start + 1 : place], strict=False)
        except (ValueError, RecursionError):
            continue
        yield from filter(_is_article, _nodes(value))


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in a JSON value, outer ones first."""
    waiting = [value]
    for _ in range(LD_NODES):
        if not waiting:
            return
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting += [item[name] for name in ("mainEntity", "mainEntityOfPage", "@graph") if name in item]
        elif isinstance(item, list):
            waiting += reversed(item)


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(isinstance(kind, str) and kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _authors(value: Any, source: str | None) -> Iterator[str]:
    """The names of persons among stated authors."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and item.get("@type") not in (None, "Person", ["Person"]):
            continue
        name = _name(item)
        words = name.split() if name else []
        if name and 2 <= len(words) <= _LONGEST_NAME and not _NO_NAME_RE.search(name) and name != source:
            yield name


def _name(value: Any) -> str | None:
    """The name of a person or organisation, which may be an object, or a list of one."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
        return _name(value) if isinstance(value, list) else _clean(value)
    return _clean(value)


def _clean(value: Any) -> str | None:
    """A text without character references and blanks around it; sites escape once too often."""
    return (" ".join(unescape(unescape(value)).split()) or None) if isinstance(value, str) else None
