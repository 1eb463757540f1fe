"""Articles to RSS 2.0 with Media RSS, and to Atom.

Takes articles one at a time, writes an item or entry each. Text is escaped, never put in CDATA, so no text can end its
element; what XML cannot hold becomes U+FFFD.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

import attrs

from newsparse import Article, Caption, Credit, Origin, Role, WireDate, WriteContext, xml_text
from newsparse.markup import Piece, markup_of
from newsparse_feeds.marks import ATOM, CONTENT, DC, FLAGS_APART, MEDIA, OWN, OWN_URN, UNDATED

OPTIONS = ("title", "link")
"""The name and the address of the feed: RSS and Atom have every feed carry both."""
_TITLE, _LINK = "newsparse", "https://example.invalid/"

_LINK_RE = re.compile(r"https?://[\w.~:/?#\[\]@!$&'()*+,;=%-]+", re.ASCII)
# A carriage return as it stands would be read as a line feed.
_TEXT_ENTITIES = {"\r": "&#13;"}
_VALUE_ENTITIES = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;", '"': "&quot;"}


class FeedWriter:
    """Writes a feed: its head when it is opened, then an element for each article."""

    def __init__(
        self,
        stream: BinaryIO,
        context: WriteContext,
        head: Iterable[str],
        item: Callable[[Article, "Xml"], str],
        end: str,
    ):
        self._stream = stream
        self._xml = Xml(context)
        self._item = item
        self._end = end
        self._put('<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(head) + "\n")

    def write(self, article: Article) -> None:
        """Write one article."""
        self._put(self._item(article, self._xml) + "\n")

    def close(self) -> None:
        """Finish the feed."""
        self._put(self._end + "\n")

    def _put(self, text: str) -> None:
        self._stream.write(text.encode())


class Xml:
    """Elements as text, of whatever characters."""

    def __init__(self, context: WriteContext):
        self._replaced = context.replaced

    def element(self, name: str, text: str | None, **attributes: str | None) -> str:
        """An element with a text; nothing where there is no text."""
        if text is None:
            return ""
        inner = escape(xml_text(text, self._replaced), _TEXT_ENTITIES)
        return f"<{name}{self.attributes(attributes)}>{inner}</{name}>"

    def empty(self, name: str, attributes: Mapping[str, str | None]) -> str:
        """An element of attributes alone; nothing where none says anything."""
        written = self.attributes(attributes)
        return f"<{name}{written}/>" if written else ""

    def attributes(self, values: Mapping[str, str | None]) -> str:
        """The attributes that say something."""
        return "".join(
            f' {name}="{escape(xml_text(value, self._replaced), _VALUE_ENTITIES)}"'
            for name, value in values.items()
            if value
        )


Item = Callable[[Article, Xml], str]


def open_rss(stream: BinaryIO, context: WriteContext) -> FeedWriter:
    """A writer of RSS 2.0."""
    xml = Xml(context)
    title, link = context.options.get("title", _TITLE), context.options.get("link", _LINK)
    spaces = {"xmlns:content": CONTENT, "xmlns:dc": DC, "xmlns:media": MEDIA, "xmlns:np": OWN}
    head = (
        f'<rss version="2.0"{xml.attributes(spaces)}>',
        "<channel>",
        xml.element("title", title),
        xml.element("link", link),
        xml.element("description", title),
        xml.element("generator", f"newsparse {context.stamp.get('version', '')}".strip()),
        xml.empty("np:stamp", _stamp(context.stamp)),
    )
    return FeedWriter(stream, context, head, _rss_item, "</channel>\n</rss>")


def open_atom(stream: BinaryIO, context: WriteContext) -> FeedWriter:
    """A writer of Atom."""
    xml = Xml(context)
    title, link = context.options.get("title", _TITLE), context.options.get("link", _LINK)
    head = (
        f"<feed{xml.attributes({'xmlns': ATOM, 'xmlns:dc': DC, 'xmlns:media': MEDIA, 'xmlns:np': OWN})}>",
        xml.element("id", link),
        xml.element("title", title),
        # An entry without an author takes the feed's.
        f"<author>{xml.element('name', title)}</author>",
        xml.element("updated", UNDATED),
        xml.element("generator", "newsparse", version=str(context.stamp.get("version", ""))),
        xml.empty("np:stamp", _stamp(context.stamp)),
    )
    return FeedWriter(stream, context, head, _atom_entry, "</feed>")


def _stamp(stamp: Mapping[str, Any]) -> dict[str, str]:
    said = {name: value for name, value in stamp.items() if value}
    return {name: value if isinstance(value, str) else json.dumps(value, default=str) for name, value in said.items()}


def _rss_item(article: Article, xml: Xml) -> str:
    own = article.id
    published = _moment(article.published)
    identity = article.extra.get("id")
    parts = (
        # An item has a title or a description, if an empty one.
        xml.element("title", article.headline or ""),
        xml.element("link", _link(article)),
        xml.element("guid", identity if _is_said(identity) else OWN_URN + own, isPermaLink="false"),
        xml.element("pubDate", format_datetime(published) if published else None),
        xml.element("category", article.section),
        *(xml.element("dc:creator", name) for name in article.authors),
        xml.element("dc:publisher", article.source),
        xml.element("dc:language", article.language),
        xml.element("dc:rights", _text(article, "rights")),
        xml.element("description", _deck(article)),
        xml.element("content:encoded", markup_of(_running(article)) or None),
        *_shared(article, own, xml),
    )
    return f"<item>{''.join(parts)}</item>"


def _atom_entry(article: Article, xml: Xml) -> str:
    own = article.id
    published, updated = _moment(article.published), _moment(article.updated)
    identity = article.extra.get("id")
    latest = updated or published
    parts = (
        xml.element("id", identity if _is_said(identity) else OWN_URN + own),
        xml.element("title", article.headline or ""),
        xml.element("published", published.isoformat() if published else None),
        xml.element("updated", latest.isoformat() if latest else UNDATED),
        *(f"<author>{xml.element('name', name)}</author>" for name in article.authors),
        xml.empty("category", {"term": article.section}),
        xml.empty("link", {"rel": "alternate", "href": link}) if (link := _link(article)) else "",
        xml.element("rights", _text(article, "rights")),
        xml.element("dc:publisher", article.source),
        xml.element("dc:language", article.language),
        xml.element("summary", _deck(article), type="html"),
        # An entry without a link must have a content, if an empty one.
        xml.element("content", markup_of(_running(article)), type="html"),
        *_shared(article, own, xml),
    )
    return f"<entry>{''.join(parts)}</entry>"


def _is_said(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _text(article: Article, name: str) -> str | None:
    value = article.extra.get(name)
    return value if isinstance(value, str) and value else None


def _link(article: Article) -> str | None:
    link = _text(article, "link") or _text(article, "url")
    return (
        link if link and link.startswith(("http://", "https://")) and link.isprintable() and " " not in link else None
    )


def _deck(article: Article) -> str | None:
    return markup_of((Role.BODY, line) for line in article.deck) or None


def _running(article: Article) -> list[Piece]:
    running: list[Piece] = [
        (block.role, block.text) for block in article.blocks if block.role in (Role.BODY, Role.SUBHEAD)
    ]
    if [text for role, text in running if role is Role.BODY] != list(article.body):
        # Blocks hold what the lines gave, but a stated body may be another one.
        running = [(Role.BODY, text) for text in article.body]
    return running


def _iso(date: WireDate | None) -> str | None:
    return date.iso if date else None


def _moment(date: WireDate | None) -> datetime | None:
    """A date as feeds have it: a day is its midnight, and what has no zone is in UTC; a month is no moment."""
    if date is None or len(date.iso) < len("2031-05-06"):
        return None
    try:
        moment = datetime.fromisoformat(date.iso)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _shared(article: Article, own: str, xml: Xml) -> Iterator[str]:
    """Pictures, and what only newsparse says."""
    for number, caption in enumerate(article.captions, 1):
        yield _picture(caption, f"{OWN_URN}{own}:picture:{number}", xml)
    dateline = article.dateline
    in_text = dateline and dateline.raw and article.body and article.body[0].startswith(dateline.raw)
    yield xml.empty(
        "np:article",
        {
            "id": own,
            "byline": article.byline,
            "published": _iso(article.published),
            "updated": _iso(article.updated),
            "dateline": None if in_text or dateline is None else dateline.raw,
        },
    )
    found = ((part.name, getattr(article.origin, part.name, None)) for part in attrs.fields(Origin))
    yield xml.empty("np:origin", {name: str(value) for name, value in found if value is not None})


def _picture(caption: Caption, urn: str, xml: Xml) -> str:
    """A picture by what is said of it; of an address the text knows nothing, so its name stands in for one."""
    credit = caption.credit or Credit()
    own = {
        "raw": caption.raw,
        "place": caption.place,
        "date": _iso(caption.date),
        "flags": FLAGS_APART.join(flag for flag in caption.flags if " " not in flag),
        "agency": credit.agency,
        "photographer": credit.photographer,
        "via": credit.via,
    }
    parts = (
        xml.element("media:description", caption.text, type="plain"),
        xml.element("media:credit", credit.raw if caption.credit else None),
        xml.empty("np:picture", own),
    )
    return f'<media:content url="{urn}" medium="image">{"".join(parts)}</media:content>'
