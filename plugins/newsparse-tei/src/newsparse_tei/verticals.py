"""Vertical text: a word a line, structure as tags, as corpus managers (Sketch Engine, NoSketch Engine, CWB) read it.

Takes articles, gives ``<doc>`` elements whose attributes say what the article is and where it came from. A ``<g/>``
stands where no blank parts two words. What is a word is simple and the same for every language: whatever blanks part,
less the punctuation at its ends; a language that writes no blanks needs a segmenter of its own.
"""

import unicodedata
from collections.abc import Iterator
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

import attrs

from newsparse import Article, Origin, Role, WriteContext, xml_text

_TAGS = {
    Role.SECTION: "section",
    Role.HEADLINE: "head",
    Role.DECK: "deck",
    Role.BYLINE: "byline",
    Role.DATELINE: "dateline",
    Role.SUBHEAD: "subhead",
    Role.BODY: "p",
    Role.CAPTION: "caption",
}


class VerticalWriter:
    """A ``<doc>`` an article."""

    def __init__(self, stream: BinaryIO, context: WriteContext):
        self._stream = stream
        self._replaced = context.replaced

    def write(self, article: Article) -> None:
        """Write one article."""
        values = {
            "id": article.id,
            "title": article.headline,
            "author": "|".join(article.authors),
            "date": article.published and article.published.iso,
            "language": article.language,
            "source": article.source,
            **attrs.asdict(article.origin or Origin()),
        }
        attributes = "".join(
            f" {name}={quoteattr(self._held(' '.join(str(value).split())))}"
            for name, value in values.items()
            if value not in (None, "")
        )
        lines = [f"<doc{attributes}>"]
        for role, text in _pieces(article):
            if words := list(_words(self._held(text))):
                lines += [f"<{_TAGS[role]}>", *words, f"</{_TAGS[role]}>"]
        self._stream.write(("\n".join([*lines, "</doc>"]) + "\n").encode())

    def close(self) -> None:
        """Nothing stands behind the last article."""

    def _held(self, text: str) -> str:
        return xml_text(text, self._replaced)


def _pieces(article: Article) -> Iterator[tuple[Role, str]]:
    if article.section:
        yield Role.SECTION, article.section
    if article.headline:
        yield Role.HEADLINE, article.headline
    yield from ((Role.DECK, line) for line in article.deck)
    if article.byline:
        yield Role.BYLINE, article.byline
    dateline = article.dateline.raw if article.dateline else None
    if dateline and not any(paragraph.startswith(dateline) for paragraph in article.body):
        yield Role.DATELINE, dateline
    running = [(block.role, block.text) for block in article.blocks if block.role in (Role.BODY, Role.SUBHEAD)]
    yield from running or ((Role.BODY, paragraph) for paragraph in article.body)
    for caption in article.captions:
        if text := caption.raw or caption.text:
            yield Role.CAPTION, text


def _words(text: str) -> Iterator[str]:
    """The words of a text and its signs, as lines, a glue between those that no blank parts."""
    for chunk in text.split():
        start, stop = 0, len(chunk)
        while start < stop and _is_sign(chunk[start]):
            start += 1
        while stop > start and _is_sign(chunk[stop - 1]):
            stop -= 1
        parts = [*chunk[:start], *filter(None, [chunk[start:stop]]), *chunk[stop:]]
        for number, part in enumerate(parts):
            if number:
                yield "<g/>"
            yield escape(part)


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
