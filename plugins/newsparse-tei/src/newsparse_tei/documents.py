"""TEI P5: a corpus with a header of its own and a TEI element an article.

Takes articles, gives one document in the vocabulary of https://tei-c.org/guidelines/p5/. What made it stands in the
corpus' header, where an article came from in the article's. An article is a `div`: heads, byline and dateline above,
then paragraphs, figures and parts in reading order. Each piece of text stands in the document once.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import BinaryIO

import attrs
from lxml import etree

from newsparse import Article, Caption, Origin, Role, WireDate, WriteContext, xml_text

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# https://www.w3.org/TR/xmlschema-2/#language
_LANGUAGE_RE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
# https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-teidata.versionNumber.html
_VERSION_RE = re.compile(r"[\d]+[a-z]*[\d]*(\.[\d]+[a-z]*[\d]*){0,3}")
# https://www.w3.org/TR/xmlschema-2/#dateTime and its shorter kinds; a time without seconds is ISO 8601 alone.
_DATE_RE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(?P<seconds>:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?")
_READING = frozenset({Role.BODY, Role.SUBHEAD, Role.CAPTION})


class TeiWriter:
    """A ``teiCorpus`` that grows by an article at a time."""

    def __init__(self, stream: BinaryIO, context: WriteContext):
        self._stream = stream
        self._context = context
        self._number = 0
        stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write(f'<teiCorpus xmlns="{NAMESPACE}">\n'.encode())
        self._put(self._corpus_header())

    def write(self, article: Article) -> None:
        """Write one article as a TEI element."""
        self._number += 1
        self._put(_new("TEI", self._article_header(article), self._text(article), n=str(self._number)))

    def close(self) -> None:
        """Finish the corpus."""
        if not self._number:
            # A corpus without any text is none by TEI's rules.
            nothing = _new(
                "fileDesc",
                _new("titleStmt", _new("title")),
                _new("publicationStmt", _new("p")),
                _new("sourceDesc", _new("p", "No article was found.")),
            )
            self._put(_new("TEI", _new("teiHeader", nothing), _new("text", _new("body", _new("p")))))
        self._stream.write(b"</teiCorpus>\n")

    def _put(self, element: etree._Element) -> None:
        self._stream.write(etree.tostring(element, encoding="utf-8"))
        self._stream.write(b"\n")

    def _held(self, text: str) -> str:
        return xml_text(text, self._context.replaced)

    def _corpus_header(self) -> etree._Element:
        stamp = self._context.stamp
        version = str(stamp.get("version") or "0")
        found = _VERSION_RE.match(version)
        said = "; ".join(f"{name}: {_json(stamp[name])}" for name in stamp if name != "version")
        application = _new(
            "application",
            _new("label", self._held(f"newsparse {version}")),
            ident="newsparse",
            version=found.group() if found else "0",
        )
        if said:
            application.append(_new("desc", self._held(said)))
        return _new(
            "teiHeader",
            _new(
                "fileDesc",
                _new("titleStmt", _new("title", "News articles")),
                _new("publicationStmt", _new("p", "Not published: written by newsparse.")),
                _new("sourceDesc", _new("p", "Each text's own header says where it came from.")),
            ),
            _new("encodingDesc", _new("appInfo", application)),
        )

    def _article_header(self, article: Article) -> etree._Element:
        title = self._held(article.headline or article.id)
        authors = [self._held(author) for author in article.authors]
        bibl = _new("bibl", _new("title", title, level="a"), *(_new("author", author) for author in authors))
        if article.source:
            bibl.append(_new("publisher", self._held(article.source)))
        for kind, date in (("published", article.published), ("updated", article.updated)):
            if date:
                bibl.append(self._date(date, kind))
        bibl.append(_new("idno", article.id, type="newsparse"))
        for name, value in attrs.asdict(article.origin or Origin()).items():
            if value is not None:
                bibl.append(_new("idno", self._held(str(value)), type=name))
        if article.extra:
            bibl.append(_new("note", self._held(_json(article.extra)), type="extra"))
        header = _new(
            "teiHeader",
            _new(
                "fileDesc",
                _new("titleStmt", _new("title", title), *(_new("author", author) for author in authors)),
                _new("publicationStmt", _new("p", "Not published: written by newsparse.")),
                _new("sourceDesc", bibl),
            ),
        )
        if language := _language(article):
            header.append(_new("profileDesc", _new("langUsage", _new("language", ident=language))))
        return header

    def _date(self, date: WireDate, kind: str) -> etree._Element:
        element = _new("date", self._held(date.raw or date.iso), type=kind)
        if name := _date_attribute(date.iso):
            element.set(name, date.iso)
        return element

    def _text(self, article: Article) -> etree._Element:
        whole = _new("div", type="article")
        for kind, texts in (("section", [article.section]), ("headline", [article.headline]), ("deck", article.deck)):
            whole.extend(_new("head", self._held(text), type=kind) for text in texts if text)
        if article.byline:
            whole.append(_new("byline", self._held(article.byline)))
        dateline = article.dateline.raw if article.dateline else None
        if dateline and not any(paragraph.startswith(dateline) for paragraph in article.body):
            whole.append(_new("dateline", self._held(dateline)))
        part = whole
        for piece in _reading_order(article):
            if isinstance(piece, Caption):
                part.append(self._figure(piece))
            elif piece[0] is Role.SUBHEAD:
                # A head may only open a division, so what follows it is a part of its own.
                part = etree.SubElement(whole, f"{{{NAMESPACE}}}div", type="part")
                part.append(_new("head", self._held(piece[1])))
            else:
                part.append(_new("p", self._held(piece[1])))
        for element in whole.iter():
            # A line for each piece; inside a piece every blank is the text's own.
            element.tail = None if element is whole else "\n"
        text = _new("text", _new("body", whole))
        if language := _language(article):
            text.set(_LANG, language)
        return text

    def _figure(self, caption: Caption) -> etree._Element:
        figure = _new("figure")
        if caption.text:
            figure.append(_new("head", self._held(caption.text)))
        if caption.credit and caption.credit.raw:
            figure.append(_new("bibl", self._held(caption.credit.raw), type="credit"))
        if not len(figure):
            figure.append(_new("head", self._held(caption.raw or "")))
        return figure


def _reading_order(article: Article) -> Iterator[Caption | tuple[Role, str]]:
    """Captions, paragraphs and subheads; captions that no block has come last."""
    captions = iter(article.captions)
    blocks = [block for block in article.blocks if block.role in _READING]
    running: Iterable[tuple[Role, str]] = [(block.role, block.text) for block in blocks]
    if not any(block.role is not Role.CAPTION for block in blocks):
        running = [*running, *((Role.BODY, paragraph) for paragraph in article.body)]
    for role, text in running:
        if role is not Role.CAPTION:
            yield role, text
        elif caption := next(captions, None):
            yield caption
    yield from captions


def _language(article: Article) -> str | None:
    language = article.language
    return language if language and _LANGUAGE_RE.fullmatch(language) else None


def _date_attribute(iso: str) -> str | None:
    """The attribute that takes a date, if it is one."""
    found = _DATE_RE.fullmatch(iso)
    try:
        datetime.fromisoformat(iso + "0001-01-01"[len(iso) :])
    except ValueError:
        return None
    return found and ("when-iso" if "T" in iso and not found["seconds"] else "when")


def _new(name: str, *content: "etree._Element | str", **attributes: str) -> etree._Element:
    """An element of TEI; a text among its content comes first."""
    # The stubs know of no default namespace.
    element = etree.Element(f"{{{NAMESPACE}}}{name}", attributes, nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    for part in content:
        if isinstance(part, str):
            element.text = part
        else:
            element.append(part)
    return element


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
