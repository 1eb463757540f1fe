"""Articles to NewsML-G2 2.35, power conformance: one a `newsItem`, several a `newsMessage`.

The first article waits for the second, so that a file with one is an item; from then on each is written as it comes.
"""

from typing import TYPE_CHECKING, BinaryIO

from newsparse import Article, OutputFormat, Role, WriteContext
from newsparse_newsml.details import NAME, OWN_GUID, UNKNOWN, UNNAMED, details_of
from newsparse_newsml.pieces import (
    Xml,
    filled,
    guid_of,
    language_of,
    moment,
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

NAR = "http://iptc.org/std/nar/2006-10-01/"
XHTML = "http://www.w3.org/1999/xhtml"
VERSION = "2.35"

_URGENCIES = frozenset("123456789")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Where the codes of `ninat`, `stat`, `crol` and `hld` are explained.
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


class _Writer:
    """Writes articles to a stream; see `newsparse.extensions.Writer`."""

    def __init__(self, stream: BinaryIO, context: WriteContext):
        self._stream = stream
        self._context = context
        self._first: Article | None = None
        self._is_message = False

    def write(self, article: Article) -> None:
        if not self._is_message and self._first is None:
            self._first = article
            return
        if self._first is not None:
            self._open(self._first)
            self._item(self._first)
            self._first = None
        self._item(article)

    def close(self) -> None:
        if self._first is not None:
            self._stream.write(_DECLARATION)
            self._item(self._first)
            return
        if not self._is_message:
            self._open(Article())
        self._stream.write(b"</itemSet>\n</newsMessage>\n")

    def _open(self, article: Article) -> None:
        self._is_message = True
        sent = filled(article.updated) or filled(article.published) or UNKNOWN
        head = f'<newsMessage xmlns="{NAR}">\n<header><sent>{sent}</sent></header>\n<itemSet>\n'
        self._stream.write(_DECLARATION + head.encode())

    def _item(self, article: Article) -> None:
        from lxml.etree import tostring

        root = news_item(article, self._context)
        self._stream.write(tostring(root, encoding="utf-8", with_tail=False) + b"\n")


def news_item(article: Article, context: WriteContext) -> "_Element":
    """The `newsItem` element that an article is."""
    from lxml.etree import indent

    xml = Xml(context.replaced)
    language = language_of(article)
    root = new(NAR, "newsItem", standard="NewsML-G2", standardversion=VERSION, conformance="power")
    root.set("guid", xml.text(guid_of(article)))
    version = words(article.extra.get("version"))
    if version and version.isascii() and version.isdigit() and int(version[:18]):
        root.set("version", version[:18])
    if language:
        root.set(_LANG, language)
    xml.add(root, "catalogRef", href=_CATALOG)
    xml.add(xml.add(root, "catalog"), "scheme", alias="newsparse", uri=OWN_GUID)
    _management(xml, xml.add(root, "itemMeta"), article, context)
    _description(xml, xml.add(root, "contentMeta"), article, language)
    # Only the metadata is laid out: in running text blanks are text.
    indent(root)
    _content(xml, xml.add(root, "contentSet"), article, language)
    # The last line end of the layout stands in front of the content, not behind it.
    root[-2].tail, root[-1].tail = "\n  ", "\n"
    return root


def _management(xml: Xml, meta: "_Element", article: Article, context: WriteContext) -> None:
    xml.add(meta, "itemClass", qcode="ninat:text")
    if source := words(article.source):
        xml.add(meta, "provider", literal=source)
    else:
        xml.add(meta, "provider", qcode=UNNAMED)
    xml.add(meta, "versionCreated", filled(article.updated) or filled(article.published) or UNKNOWN)
    if created := moment(article.published):
        xml.add(meta, "firstCreated", created)
    if status := token(article.extra.get("status")):
        xml.add(meta, "pubStatus", qcode=f"stat:{status}")
    xml.add(meta, "generator", "newsparse", versioninfo=str(context.stamp.get("version", "")))
    for name, value in stamps(context.stamp):
        xml.add(meta, "generator", words(value), role=f"newsparse:{name}")
    for note in several(article.extra.get("ed_note")):
        xml.add(meta, "edNote", note)
    if origin := origin_of(article):
        xml.add(meta, "itemMetaExtProperty", rel="newsparse:origin", value=origin)
    details = details_of(article, [shown(caption) for caption in article.captions])
    xml.add(meta, "itemMetaExtProperty", rel=NAME, value=details)


def _description(xml: Xml, meta: "_Element", article: Article, language: str | None) -> None:
    extra = article.extra
    if (urgency := words(extra.get("urgency"))) in _URGENCIES:
        xml.add(meta, "urgency", urgency)
    for name, date in (("contentCreated", article.published), ("contentModified", article.updated)):
        if text := truncated(date):
            xml.add(meta, name, text)
    if source := words(article.source):
        xml.add(xml.add(meta, "infoSource"), "name", source)
    for author in filter(None, map(words, article.authors)):
        xml.add(xml.add(meta, "creator", role="crol:author"), "name", author)
    if language:
        xml.add(meta, "language", tag=language)
    for keyword in several(extra.get("keywords")):
        xml.add(meta, "keyword", keyword)
    if slugline := words(extra.get("slugline")):
        xml.add(meta, "slugline", slugline)
    if article.section:
        xml.add(meta, "headline", article.section, role="newsparse:section")
    if article.headline:
        xml.add(meta, "headline", article.headline)
    for line in article.deck:
        xml.add(meta, "headline", line, role="hld:subHeadline")
    if article.dateline and (raw := article.dateline.raw or article.dateline.place):
        xml.add(meta, "dateline", raw)
    if article.byline:
        xml.add(meta, "by", article.byline)


def _content(xml: Xml, content: "_Element", article: Article, language: str | None) -> None:
    html = new(XHTML, "html")
    xml.add(content, "inlineXML", contenttype="application/xhtml+xml").append(html)
    if language:
        html.set(_LANG, language)
    xml.add(xml.add(html, "head"), "title", article.headline or "")
    body = xml.add(html, "body")
    body.text = "\n"
    for role, text in running(article):
        if role is Role.CAPTION:
            figure = xml.add(body, "figure")
            xml.add(figure, "figcaption", text)
            figure.tail = "\n"
        else:
            xml.add(body, "h2" if role is Role.SUBHEAD else "p", text).tail = "\n"


NEWSML_G2 = OutputFormat(
    "newsml-g2",
    ".newsml",
    "application/vnd.iptc.g2.newsitem+xml",
    open=_Writer,
    title=f"NewsML-G2 {VERSION}: a newsItem, or a newsMessage for several articles",
)
