"""RSS and Atom to documents, through feedparser: any version, sound or not.

Takes the bytes of a feed, gives a `Document` an entry. Nothing is fetched. The content of an entry is its text, its
summary the deck; a summary of several paragraphs and no content beside it is the text.
"""

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO

import attrs

from newsparse import (
    CUT_SHORT,
    Document,
    Issue,
    Origin,
    ReadContext,
    Role,
    StatedText,
    WireDate,
    check_encoding,
    number_option,
    stated_date,
)
from newsparse.markup import Piece, is_markup, pieces
from newsparse.stated import paragraphs
from newsparse_feeds.marks import OWN_URN
from newsparse_feeds.pictures import Pictures, pictures_of

LIMIT = 1 << 26
"""How many bytes of a feed are read, unless the option ``limit`` says otherwise: it is held several times over."""
DAMAGED = "feed-damaged"
"""The code of an issue: the feed is no sound XML; what can be told of it was read."""
NO_ENTRY = "no-entry"
"""The code of an issue: there is no entry in the feed."""
UNMAPPED = "unmapped"
"""The code of an issue: what has no field, by name and number, once an input."""

_CHUNK = 1 << 20
_HTML = frozenset(("text/html", "application/xhtml+xml"))
# What expat says of entities that grow beyond all bounds.
_BOMB = "amplification"
# An entity that lies elsewhere, as a document type declares it; feedparser leaves it out without a word.
_EXTERNAL_RE = re.compile(rb"<!ENTITY\s{1,20}(?:%\s{1,20})?([^\s>]{1,60})\s{1,20}(?:SYSTEM|PUBLIC)\b")
# The encoding that an XML declaration names, to be taken out of it.
_DECLARED_RE = re.compile(rb"(<\?[^>]{0,200}?)\s{0,20}encoding\s{0,20}=\s{0,20}[\"'][^\"'>]{0,200}[\"']", re.IGNORECASE)
_DECLARATION = 500
# A document type stands at the head of its file.
_HEAD = 1 << 16
# Values of an entry that stand in `Article.extra` under feedparser's names, which are those of the standards.
_EXTRA = ("id", "link", "rights", "comments", "expired", "created")
_READ_NAMES = """
    title summary content author authors tags published updated language publisher source guidislink links credit
    media_content media_credit media_thumbnail thumbnail np_article np_origin np_picture
"""
_READ = frozenset(_EXTRA) | frozenset(_READ_NAMES.split())
_DERIVED = ("_detail", "_parsed")


def read_feed(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    """The documents of a feed's entries; issues of the feed stand in the last one."""
    check_encoding(context.encoding)
    limit = number_option(context.options, "limit", LIMIT)
    data = bytearray()
    # By chunks, so that a stream that breaks off has given what it had.
    while len(data) <= limit and (chunk := stream.read(min(_CHUNK, limit + 1 - len(data)))):
        data += chunk
    name = context.path or "the input"
    issues = []
    if len(data) > limit:
        issues.append(
            Issue(CUT_SHORT, f"{name} has more than {limit} bytes; the rest was not read: raise the option limit")
        )
        del data[limit:]
    feed, fault = _parsed(bytes(data), context.encoding)
    if fault:
        issues.append(Issue(DAMAGED, f"{name} declares an encoding that is none; what can be told of it was read"))
    issues += _faults(feed, name)
    if external := sorted({found.decode("utf-8", "replace") for found in _EXTERNAL_RE.findall(data[:_HEAD])}):
        issues.append(Issue(CUT_SHORT, f"{name}: external entities are not read: {', '.join(external[:5])}"))
    origin = Origin(
        path=context.path,
        reader="feeds",
        encoding=feed.get("encoding"),
        digest=f"sha256:{hashlib.sha256(data).hexdigest()}",
    )
    unmapped: Counter[str] = Counter()
    pictures = pictures_of(data)
    is_rss = feed.get("version", "").startswith("rss")
    last: Document | None = None
    for number, entry in enumerate(feed.entries):
        if last:
            yield last
        shown = pictures[number] if number < len(pictures) else Pictures()
        unmapped.update(key for key in dict.keys(entry) if key not in _READ and not key.endswith(_DERIVED))
        last = _Entry(entry, feed.feed, shown, is_rss).document(attrs.evolve(origin, record=number + 1))
    if last is None:
        last = Document(origin=origin)
        issues.append(Issue(NO_ENTRY, f"{name} has no entry that can be read: name another reader with --from"))
    if unmapped:
        names = ", ".join(f"{key} ({count})" for key, count in sorted(unmapped.items()))
        issues.append(Issue(UNMAPPED, f"{name}: values without a field were left out: {names}"))
    yield attrs.evolve(last, issues=(*last.issues, *issues))


def _parsed(data: bytes, encoding: str | None) -> tuple[Any, bool]:
    """The feed as feedparser reads it, and whether it declares an encoding that makes feedparser itself fail."""
    import feedparser

    headers = {"content-type": f"application/xml; charset={encoding}"} if encoding else {}
    sound = _DECLARED_RE.sub(rb"\1", data[:_DECLARATION]) + data[_DECLARATION:]
    for tried in (data, sound):
        try:
            feed = feedparser.parse(
                io.BytesIO(tried), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
            )
        except ValueError:
            continue
        return feed, tried is not data
    return feedparser.FeedParserDict(feed={}, entries=[]), True


def _faults(feed: Mapping[str, Any], name: str) -> list[Issue]:
    fault = feed.get("bozo_exception")
    # Another charset than the one declared is no fault of the text: feedparser has found the right one.
    if not feed.get("bozo") or fault is None or "Override" in type(fault).__name__ or "NonXML" in type(fault).__name__:
        return []
    if _BOMB in str(fault):
        return [Issue(CUT_SHORT, f"{name} was not read further: its entities grow beyond all bounds ({fault})")]
    return [Issue(DAMAGED, f"{name} is no sound feed ({fault}); what can be told of it was read")]


class _Entry:
    """One entry, as feedparser gives it."""

    def __init__(self, entry: dict[str, Any], feed: Mapping[str, Any], pictures: Pictures, is_rss: bool):
        self._entry = entry
        self._is_rss = is_rss
        self._feed = feed
        self._pictures = pictures
        own = entry.get("np_article")
        # What newsparse itself wrote says some things exactly.
        self._own: Mapping[str, str] | None = own if isinstance(own, dict) else None
        self._stated = StatedText("stated by the feed")

    def document(self, origin: Origin) -> Document:
        """The entry's values in reading order, and its fields."""
        entry, stated = self._entry, self._stated
        terms = [term for tag in entry.get("tags", ()) if (term := _clean(tag.get("term")))]
        if len(terms) == 1:
            stated.line(Role.SECTION, terms[0])
        stated.field("category", terms if len(terms) > 1 else None)
        stated.line(Role.HEADLINE, self._title())
        body, summary = self._content(), self._summary()
        if not body and len(summary) > 1 and self._own is None:
            body, summary = summary, []
        for _, text in summary:
            if not (self._own is None and body and body[0][1].startswith(text.rstrip(" .…[]"))):
                stated.line(Role.DECK, text)
        self._signature()
        for role, text in body:
            stated.line(role, text)
        self._captions()
        self._fields()
        name = _clean(entry.get("link")) or _clean(entry.get("id")) or "an entry without a text"
        return stated.document(origin, name=name)

    def _title(self) -> str:
        title = self._entry.get("title") or ""
        kind = (self._entry.get("title_detail") or {}).get("type")
        if self._own is None and kind in _HTML:
            return " ".join(text for _, text in pieces(title))
        return str(title)

    def _content(self) -> list[Piece]:
        """The text of the entry: the first of its contents that is none of a picture's."""
        for content in self._entry.get("content", ()):
            value = content.get("value") or ""
            if value.strip() and value.strip() not in self._pictures.texts:
                return _pieces(value, content.get("type"), self._own is not None)
        return []

    def _summary(self) -> list[Piece]:
        summary = self._entry.get("summary") or ""
        if not summary.strip() or summary.strip() in self._pictures.texts:
            return []
        contents = {content.get("value") for content in self._entry.get("content", ())}
        if summary in contents:
            # feedparser gives the content for a summary where there is none.
            return []
        return _pieces(summary, (self._entry.get("summary_detail") or {}).get("type"), self._own is not None)

    def _signature(self) -> None:
        """Authors, byline and dates."""
        entry, stated = self._entry, self._stated
        names = [name for author in entry.get("authors", ()) if (name := _clean(author.get("name")))]
        stated.field("authors", tuple(dict.fromkeys(names)))
        if self._own is not None:
            stated.line(Role.BYLINE, self._own.get("byline", ""))
            stated.line(Role.DATELINE, self._own.get("dateline", ""))
            for name in ("published", "updated"):
                date = stated_date(self._own.get(name))
                stated.field(name, date and attrs.evolve(date, raw=None))
            return
        if names:
            stated.line(Role.BYLINE, ", ".join(names))
        published, updated = _date(entry, "published"), _date(entry, "updated")
        if self._is_rss and not published:
            # RSS 1.0 has one date, that of Dublin Core, which feedparser calls an update.
            published, updated = updated, None
        if published:
            stated.line(Role.TIMESTAMP, published.raw or published.iso)
            stated.field("published", published)
        stated.field("updated", updated)

    def _captions(self) -> None:
        for caption in self._pictures.captions:
            self._stated.line(Role.CAPTION, caption.raw or caption.text or "")
            if caption.credit and self._own is None:
                self._stated.line(Role.CREDIT, caption.credit.raw)
        shown = [caption for caption in self._pictures.captions if caption.text or caption.raw]
        if self._own is not None or any(caption.credit for caption in shown):
            self._stated.field("captions", tuple(shown))

    def _fields(self) -> None:
        entry, stated = self._entry, self._stated
        own = self._own is not None
        for name in _EXTRA:
            value = _clean(entry.get(name))
            # feedparser takes an identifier for a link where there is none.
            if not str(value).startswith(OWN_URN):
                stated.field(name, value)
        stated.field("language", _clean(entry.get("language")) or _clean(self._feed.get("language")))
        source = entry.get("source")
        title = _clean(source.get("title")) if isinstance(source, dict) else None
        feed = None if own else _clean(self._feed.get("title"))
        stated.field("source", _clean(entry.get("publisher")) or title or feed)
        links = [link for link in entry.get("links", ()) if link.get("rel") == "enclosure"]
        stated.field("enclosures", [href for link in links if (href := _clean(link.get("href")))])
        origin = entry.get("np_origin")
        for name, value in origin.items() if own and isinstance(origin, dict) else ():
            stated.field(f"origin_{name}", value)


def _clean(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _pieces(value: str, kind: str | None, own: bool) -> list[Piece]:
    if own or kind in _HTML or is_markup(value):
        return pieces(value)
    return [(Role.BODY, text) for text in paragraphs(value)]


def _date(entry: dict[str, Any], name: str) -> WireDate | None:
    """A date of the entry: ISO 8601, as mail has it, or whatever feedparser makes of it."""
    # feedparser's own look-up gives the one date for the other.
    exact = {key: dict.__getitem__(entry, key) for key in dict.keys(entry)}
    raw = exact.get(name)
    if not isinstance(raw, str):
        return None
    if date := stated_date(raw):
        return date
    try:
        return WireDate(parsedate_to_datetime(raw).isoformat(), "second", raw)
    except (ValueError, TypeError, IndexError):
        pass
    parsed = exact.get(f"{name}_parsed")
    return WireDate("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*parsed[:6]), "second", raw) if parsed else None
