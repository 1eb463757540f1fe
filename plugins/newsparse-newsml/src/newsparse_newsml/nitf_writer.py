"""One article to NITF 3.6."""

from typing import TYPE_CHECKING, BinaryIO

from newsparse import Article, OutputFormat, Role, WriteContext
from newsparse_newsml.details import NAME, details_of
from newsparse_newsml.pieces import (
    Xml,
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
    xml = Xml(context.replaced)
    root = new(NITF_NAMESPACE, "nitf", version=_VERSION)
    if language := language_of(article):
        root.set("baselang", language)
    _head(xml, xml.add(root, "head"), article, context)
    body = xml.add(root, "body")
    _body_head(xml, xml.add(body, "body.head"), article)
    content = xml.add(body, "body.content")
    content.text = "\n"
    for role, text in running(article):
        if role is Role.CAPTION:
            media = xml.add(content, "media", media_type="image")
            xml.add(media, "media-reference")
            xml.add(media, "media-caption", text)
            media.tail = "\n"
        else:
            xml.add(content, "hl2" if role is Role.SUBHEAD else "p", text).tail = "\n"
    return root


def _meta(xml: Xml, head: "_Element", name: str, content: str) -> None:
    xml.add(head, "meta", name=name, content=content)


def _head(xml: Xml, head: "_Element", article: Article, context: WriteContext) -> None:
    extra = article.extra
    if article.headline:
        xml.add(head, "title", article.headline)
    _meta(xml, head, "generator", f"newsparse {context.stamp.get('version', '')}".strip())
    for name, value in stamps(context.stamp):
        _meta(xml, head, f"newsparse:{name}", value)
    if origin := origin_of(article):
        _meta(xml, head, "newsparse:origin", origin)
    if slugline := words(extra.get("slugline")):
        _meta(xml, head, "slugline", slugline)
    _meta(xml, head, NAME, details_of(article, [shown(caption) for caption in article.captions]))
    docdata = xml.add(head, "docdata")
    if status := token(extra.get("status")):
        docdata.set("management-status", status)
    xml.add(docdata, "doc-id", id_string=guid_of(article))
    if (urgency := words(extra.get("urgency"))) in _URGENCIES:
        xml.add(docdata, "urgency", ed_urg=urgency)
    if date := truncated(article.published):
        xml.add(docdata, "date.issue", norm=_basic(date))
    for note in several(extra.get("ed_note"))[:1]:
        xml.add(docdata, "ed-msg", info=note)
    if keywords := several(extra.get("keywords")):
        key_list = xml.add(docdata, "key-list")
        for keyword in keywords:
            xml.add(key_list, "keyword", key=keyword)
    if article.section:
        xml.add(head, "pubdata", position__section=article.section)
    for author in article.authors:
        xml.add(head, "revision-history", name=author, function="writer-author")
    if date := truncated(article.updated):
        xml.add(head, "revision-history", function="editor", norm=_basic(date))


def _basic(date: str) -> str:
    """A date in the basic form of ISO 8601, as NITF wants it: ``20310506T070800-0500``."""
    day, sign, time = date.partition("T")
    return day.replace("-", "") + sign + time.replace(":", "") if len(day) > len("2031-05") else date


def _body_head(xml: Xml, head: "_Element", article: Article) -> None:
    if article.headline or article.deck:
        hedline = xml.add(head, "hedline")
        xml.add(hedline, "hl1", article.headline or "")
        for line in article.deck:
            xml.add(hedline, "hl2", line)
    if article.byline:
        xml.add(head, "byline", article.byline)
    if article.source:
        xml.add(head, "distributor", article.source)
    dateline = article.dateline
    if dateline and (raw := dateline.raw or dateline.place):
        place = dateline.place
        if place and raw.startswith(place):
            added = xml.add(head, "dateline")
            xml.add(added, "location", place).tail = xml.text(raw[len(place) :])
        else:
            xml.add(head, "dateline", raw)


NITF = OutputFormat(
    "nitf", ".nitf", "application/nitf+xml", holds="one", open=_Writer, title="NITF 3.6: one article a file"
)
