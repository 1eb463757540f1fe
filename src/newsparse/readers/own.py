"""Articles that newsparse wrote, back to documents: the text made of their lines, the article stated as it was.

Takes an `Article`, gives a `Document` of which the core makes the same article; its spans are those that it had.
"""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, get_args, get_origin

import attrs

from newsparse.dicts import article_from_dict
from newsparse.errors import RecordError
from newsparse.extensions import Document
from newsparse.models import Article, Caption, Origin, Role
from newsparse.stated import StatedText

# What every article has that `newsparse.dicts` wrote.
_KEYS = frozenset({"id", "headline", "authors", "captions", "body", "blocks", "origin", "extra"})


def is_own(record: object) -> bool:
    """Whether a record has the keys of an article that newsparse wrote."""
    return isinstance(record, Mapping) and record.keys() >= _KEYS


def own_article(record: Mapping[str, Any]) -> Article | None:
    """The article that newsparse wrote as this record, if it did."""
    if not is_own(record):
        return None
    try:
        article = article_from_dict(record)
    except RecordError:
        return None
    return article if is_sound(article) else None


def own_document(article: Article, origin: Origin, reason: str) -> Document:
    """The document of an article.

    Args:
        article: The article.
        origin: Where it stands in the file, for an article that does not say where it came from.
        reason: What states it.
    """
    stated = StatedText(reason)
    for role, text in _lines(article):
        stated.line(role, text)
    exact = attrs.evolve(article, origin=article.origin or origin)
    document = stated.document(exact.origin, name=article.source or "newsparse")
    return attrs.evolve(document, fields=(), stated=(exact,))


def _lines(article: Article) -> Iterator[tuple[Role, str]]:
    """What an article says, in the order in which it is read."""
    blocks = [(block.role, block.text) for block in article.blocks] or list(_made(article))
    if article.section:
        yield Role.SECTION, article.section
    asides = list(_asides(article))
    headlines = 0
    for role, text in blocks:
        if asides and headlines and role not in (Role.HEADLINE, Role.DECK):
            yield from asides
            asides = []
        headlines += role is Role.HEADLINE
        yield (Role.HEADLINE_REPEAT if role is Role.HEADLINE and headlines > 1 else role), text
    yield from asides


def _asides(article: Article) -> Iterator[tuple[Role, str]]:
    """What stands below the headline and in no block."""
    if byline := article.byline or ", ".join(article.authors):
        yield Role.BYLINE, byline
    for date in (article.published, article.updated):
        if date:
            yield Role.TIMESTAMP, date.raw or date.iso
    dateline = article.dateline and article.dateline.raw
    if dateline and not (article.body and article.body[0].startswith(dateline)):
        yield Role.DATELINE, dateline


def _made(article: Article) -> Iterator[tuple[Role, str]]:
    """The blocks of an article that has none."""
    if article.headline:
        yield Role.HEADLINE, article.headline
    for line in article.deck:
        yield Role.DECK, line
    for caption in article.captions:
        yield Role.CAPTION, caption.raw or _caption_line(caption)
    for paragraph in article.body:
        yield Role.BODY, paragraph


def _caption_line(caption: Caption) -> str:
    """A caption as agencies write it: the text, and the credit in brackets behind it."""
    credit = f"({caption.credit.raw})" if caption.credit and caption.credit.raw else ""
    return " ".join(filter(None, (caption.text, credit)))


def is_sound(value: object, kind: Any = Article) -> bool:
    """Whether a record holds, all the way down, what its fields are declared to hold.

    Example:
        >>> is_sound(Article(headline="Rain")), is_sound(Article(headline=3))
        (True, False)
    """
    if kind is Any:
        return True
    if isinstance(kind, UnionType):
        return any(is_sound(value, part) for part in get_args(kind))
    if get_origin(kind) is tuple:
        part, *rest = get_args(kind)
        count = ... if rest == [...] else len(rest) + 1
        return isinstance(value, tuple) and count in (..., len(value)) and all(is_sound(item, part) for item in value)
    if get_origin(kind) is dict:
        return isinstance(value, dict)
    if attrs.has(kind):
        return type(value) is kind and all(
            is_sound(getattr(value, field.name), field.type) for field in attrs.fields(kind)
        )
    return isinstance(value, kind) and not isinstance(value, bool)
