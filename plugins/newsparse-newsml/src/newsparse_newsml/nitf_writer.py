"""One article to NITF 3.6."""

from typing import TYPE_CHECKING, BinaryIO

from newsparse import Article, OutputFormat, Role, WriteContext
from newsparse_newsml.details import NAME, details_of
from newsparse_newsml.pieces import (
    add,
    clean,
    guid_of,
    language_of,
    new,
    origin_of,
    running,
    several,
    shown,
    stamps,
    token,
    truncated,
    words,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

NITF_NAMESPACE = "http://iptc.org/std/NITF/2006-10-18/"
# From 1, most urgent, to 8.
_URGENCIES = frozenset("12345678")
# The one value that NITF 3.6 allows; its DTD heritage.
_VERSION = "-//IPTC//DTD NITF 3.6//EN"


class _Writer:
    """Writes an article to a stream; see `newsparse.extensions.Writer`."""

    def __init__(self, stream: BinaryIO, context: WriteContext):
        self._stream = stream
        self._context = context

    def write(self, article: Article) -> None:
        from lxml.etree import indent, tostring

        root = nitf(article, self._context)
        indent(root[0], level=1)
        self._stream.write(tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n")

    def close(self) -> None:
        """Nothing stands behind the article."""


def nitf(article: Article, context: WriteContext) -> "_Element":
    """The `nitf` element that an article is."""
    root = new(NITF_NAMESPACE, "nitf", version=_VERSION)
    if language := language_of(article):
        root.set("baselang", language)
    _head(add(root, "head"), article, context)
    body = add(root, "body")
    _body_head(add(body, "body.head"), article)
    content = add(body, "body.content")
    content.text = "\n"
    for role, text in running(article):
        if role is Role.CAPTION:
            media = add(content, "media", media_type="image")
            add(media, "media-reference")
            add(media, "media-caption", text)
            media.tail = "\n"
        else:
            add(content, "hl2" if role is Role.SUBHEAD else "p", text).tail = "\n"
    return root


def _meta(head: "_Element", name: str, content: str) -> None:
    add(head, "meta", name=name, content=content)


def _head(head: "_Element", article: Article, context: WriteContext) -> None:
    extra = article.extra
    if article.headline:
        add(head, "title", article.headline)
    _meta(head, "generator", f"newsparse {context.stamp.get('version', '')}".strip())
    for name, value in stamps(context.stamp):
        _meta(head, f"newsparse:{name}", value)
    if origin := origin_of(article):
        _meta(head, "newsparse:origin", origin)
    if slugline := words(extra.get("slugline")):
        _meta(head, "slugline", slugline)
    _meta(head, NAME, details_of(article, [shown(caption) for caption in article.captions]))
    docdata = add(head, "docdata")
    if status := token(extra.get("status")):
        docdata.set("management-status", status)
    add(docdata, "doc-id", id_string=guid_of(article))
    if (urgency := words(extra.get("urgency"))) in _URGENCIES:
        add(docdata, "urgency", ed_urg=urgency)
    if date := truncated(article.published):
        add(docdata, "date.issue", norm=_basic(date))
    for note in several(extra.get("ed_note"))[:1]:
        add(docdata, "ed-msg", info=note)
    if keywords := several(extra.get("keywords")):
        key_list = add(docdata, "key-list")
        for keyword in keywords:
            add(key_list, "keyword", key=keyword)
    if article.section:
        add(head, "pubdata", position__section=article.section)
    for author in article.authors:
        add(head, "revision-history", name=author, function="writer-author")
    if date := truncated(article.updated):
        add(head, "revision-history", function="editor", norm=_basic(date))


def _basic(date: str) -> str:
    """A date in the basic form of ISO 8601, as NITF wants it: ``20310506T070800-0500``."""
    day, sign, time = date.partition("T")
    return day.replace("-", "") + sign + time.replace(":", "") if len(day) > len("2031-05") else date


def _body_head(head: "_Element", article: Article) -> None:
    if article.headline or article.deck:
        hedline = add(head, "hedline")
        add(hedline, "hl1", article.headline or "")
        for line in article.deck:
            add(hedline, "hl2", line)
    if article.byline:
        add(head, "byline", article.byline)
    if article.source:
        add(head, "distributor", article.source)
    dateline = article.dateline
    if dateline and (raw := clean(dateline.raw or dateline.place or "")):
        place = clean(dateline.place or "")
        if place and raw.startswith(place):
            added = add(head, "dateline")
            add(added, "location", place).tail = raw[len(place) :]
        else:
            add(head, "dateline", raw)


NITF = OutputFormat(
    "nitf", ".nitf", "application/nitf+xml", holds="one", open=_Writer, title="NITF 3.6: one article a file"
)
