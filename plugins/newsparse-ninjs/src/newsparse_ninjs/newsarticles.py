"""Articles to schema.org's NewsArticle, as JSON-LD.

Takes an article, gives a JSON object whose properties and types are those of schema.org 30.0. Pictures are
ImageObjects without an address: of a picture the text has only what is said of it.
"""

from collections.abc import Mapping
from typing import Any

from newsparse import Article, Caption, Origin, Role
from newsparse_ninjs.names import OWN, OWN_URI, is_uri

CONTEXT = "https://schema.org"
PLAIN = "text/plain"
"""`encodingFormat` of an article whose body is no markup, whatever signs it holds."""
PARTING = "\n\n"
"""What stands between two paragraphs of `articleBody`."""
RAW = "description"
"""The property of a picture that holds its whole line, where that is more than the caption."""
SUBHEAD = "WebPageElement"
"""The type of the parts that name subheads; their position counts the paragraphs of the body from 1."""

# Texts that an extra value may give, by its name.
_EXTRA_TEXTS = {
    "url": "url",
    "title": "name",
    "version": "version",
    "status": "creativeWorkStatus",
    "created": "dateCreated",
    "expires": "expires",
    "copyrightnotice": "copyrightNotice",
    "usageterms": "usageInfo",
    "abstract": "abstract",
}


def news_article(article: Article, stamp: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """An article as a NewsArticle.

    Args:
        article: The article.
        stamp: What made it; stands as the publisher of the structured data.

    Example:
        >>> news_article(Article(headline="Rain", section="Weather"))["articleSection"]
        'Weather'
    """
    extra = article.extra
    dateline = article.dateline
    uri = extra.get("uri")
    identity = article.id
    paragraphs, subheads = _running(article)
    return _said(
        {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "@id": uri if is_uri(uri) else OWN_URI + identity,
            "headline": article.headline,
            "description": _one_or_many(article.deck),
            "articleSection": article.section,
            "author": [_named("Person", name) for name in article.authors],
            "creditText": article.byline,
            "dateline": dateline and dateline.raw,
            "locationCreated": dateline and _named("Place", dateline.place),
            "datePublished": article.published and article.published.iso,
            "dateModified": article.updated and article.updated.iso,
            "inLanguage": article.language,
            "publisher": _named("Organization", article.source),
            **(_extra(extra) if extra else {}),
            "encodingFormat": PLAIN if paragraphs else None,
            "articleBody": PARTING.join(paragraphs),
            "hasPart": subheads,
            "image": [_image(caption) for caption in article.captions],
            "identifier": _property("id", identity),
            "isBasedOn": _origin(article.origin),
            "sdPublisher": _maker(stamp or {}),
        }
    )


def _extra(extra: Mapping[str, Any]) -> dict[str, Any]:
    """The extra values that schema.org has a place for."""
    return {
        **{name: extra[key] for key, name in _EXTRA_TEXTS.items() if isinstance(extra.get(key), str)},
        "copyrightHolder": _named("Organization", extra.get("copyrightholder")),
        "keywords": _texts(extra.get("keywords")) or _texts(extra.get("subject_names")),
    }


def _said(node: Mapping[str, Any]) -> dict[str, Any]:
    """The node without what says nothing."""
    return {name: value for name, value in node.items() if value is not None and value != "" and value != []}


def _named(kind: str, name: object) -> dict[str, Any] | None:
    return {"@type": kind, "name": name} if isinstance(name, str) and name else None


def _one_or_many(values: tuple[str, ...]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []


def _running(article: Article) -> tuple[list[str], list[dict[str, Any]]]:
    """The paragraphs of the running text, and which of them are subheads."""
    running = [(block.role, block.text) for block in article.blocks if block.role in (Role.BODY, Role.SUBHEAD)]
    if [text for role, text in running if role is Role.BODY] != list(article.body):
        # Blocks hold what the lines gave, but a stated body may be another one.
        running = [(Role.BODY, text) for text in article.body]
    subheads = [
        {"@type": SUBHEAD, "headline": text, "position": number}
        for number, (role, text) in enumerate(running, 1)
        if role is Role.SUBHEAD
    ]
    return [text for _, text in running], subheads


def _image(caption: Caption) -> dict[str, Any]:
    credit = caption.credit
    return _said(
        {
            "@type": "ImageObject",
            "caption": caption.text,
            RAW: caption.raw if caption.raw != caption.text else None,
            "creditText": credit and credit.raw,
            "creator": credit and _named("Person", credit.photographer),
            "sourceOrganization": credit and _named("Organization", credit.agency),
            "provider": credit and _named("Organization", credit.via),
            "contentLocation": _named("Place", caption.place),
            "dateCreated": caption.date and caption.date.iso,
            "keywords": list(caption.flags),
        }
    )


def _property(name: str, value: object) -> dict[str, Any]:
    return {"@type": "PropertyValue", "propertyID": OWN + name, "value": value}


def _origin(origin: Origin | None) -> dict[str, Any] | None:
    """The file, member and record that the article was read from, as a work."""
    if origin is None:
        return None
    names = ("member", "record", "reader", "encoding", "digest", "offset", "line")
    found = [(name, getattr(origin, name)) for name in names]
    entries = [_property(name, value) for name, value in found if value is not None]
    return _said({"@type": "CreativeWork", "name": origin.path, "identifier": entries})


def _maker(stamp: Mapping[str, Any]) -> dict[str, Any] | None:
    """Newsparse and what it was told, as who made the structured data."""
    if not stamp:
        return None
    entries = [
        _property(name, value if isinstance(value, str) else str(value))
        for name, value in stamp.items()
        if value not in (None, "", [], {})
    ]
    return {"@type": "Organization", "name": "newsparse", "identifier": entries}
