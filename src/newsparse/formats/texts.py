"""Text for people to read, plain or in Markdown.

An article is its headline, deck, byline, date, running text with subheads, and then its captions. In plain text a blank
line parts paragraphs, two part the captions from the rest and three part articles. No piece of an article holds a blank
line, so a program can take the file apart again.
"""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from newsparse.extensions import OutputFormat, WriteContext
from newsparse.formats.utf8 import utf8
from newsparse.models import Article, Caption, Role


def _pieces(article: Article) -> Iterator[tuple[Role, str]]:
    """What an article says, in the order in which it is read, captions last."""
    if article.section:
        yield Role.SECTION, article.section
    if article.headline:
        yield Role.HEADLINE, article.headline
    for line in article.deck:
        yield Role.DECK, line
    if byline := article.byline or ", ".join(article.authors):
        yield Role.BYLINE, byline
    if article.published:
        yield Role.TIMESTAMP, article.published.iso
    running = [(block.role, block.text) for block in article.blocks if block.role in (Role.BODY, Role.SUBHEAD)]
    running = running or [(Role.BODY, paragraph) for paragraph in article.body]
    dateline = article.dateline.raw if article.dateline else None
    if dateline and not any(text.startswith(dateline) for _, text in running):
        yield Role.DATELINE, dateline
    yield from running
    for caption in article.captions:
        if text := _caption(caption):
            yield Role.CAPTION, text


def _caption(caption: Caption) -> str:
    if caption.raw:
        return caption.raw
    credit = f"({caption.credit.raw})" if caption.credit and caption.credit.raw else ""
    return " ".join(filter(None, (caption.text, credit)))


class _Writer:
    """Writes each article as a string, a parting between two of them."""

    def __init__(self, stream: BinaryIO, parting: str, compose: Callable[[Article], str]):
        self._stream = stream
        self._parting = parting
        self._compose = compose
        self._first = True

    def write(self, article: Article) -> None:
        self._stream.write(utf8(("" if self._first else self._parting) + self._compose(article) + "\n"))
        self._first = False

    def close(self) -> None:
        """Nothing stands behind the last article."""


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()) if line]


def _plain(article: Article) -> str:
    running: list[str] = []
    captions: list[str] = []
    for role, text in _pieces(article):
        (captions if role is Role.CAPTION else running).append("\n".join(_lines(text)))
    return "\n\n\n".join("\n\n".join(filter(None, part)) for part in (running, captions) if any(part))


# Signs that open or close something wherever they stand in CommonMark or GitHub's dialect, and entities.
_INLINE_RE = re.compile(r"[\\`*_\[\]<#~|]|&(?=#?[0-9A-Za-z]{1,31};)")
# What makes a block of a line by standing at its start: quotes, lists, rules, underlines; then ordered lists.
_BLOCK_RE = re.compile(r"[>+=:-]")
_ORDERED_RE = re.compile(r"(\d{1,9})([.)])")

_MARKS = {
    Role.HEADLINE: "# {}",
    Role.SUBHEAD: "## {}",
    Role.DECK: "**{}**",
    Role.SECTION: "*{}*",
    Role.BYLINE: "*{}*",
    Role.TIMESTAMP: "*{}*",
    Role.CAPTION: "> {}",
}


def _escaped(text: str) -> str:
    """The text on one line, with every sign of Markdown escaped."""
    line = _INLINE_RE.sub(r"\\\g<0>", " ".join(_lines(text)))
    if _BLOCK_RE.match(line):
        return "\\" + line
    return _ORDERED_RE.sub(r"\1\\\2", line, count=1) if _ORDERED_RE.match(line) else line


def _marked(article: Article) -> str:
    pieces = ((role, _escaped(text)) for role, text in _pieces(article))
    return "\n\n".join(_MARKS.get(role, "{}").format(text) for role, text in pieces if text)


def _open_text(stream: BinaryIO, context: WriteContext) -> _Writer:
    return _Writer(stream, "\n\n\n", _plain)


def _open_markdown(stream: BinaryIO, context: WriteContext) -> _Writer:
    return _Writer(stream, "\n---\n\n", _marked)


TEXT = OutputFormat(
    "text", ".txt", "text/plain", open=_open_text, title="plain text to read; three blank lines part articles"
)
MARKDOWN = OutputFormat(
    "markdown", ".md", "text/markdown", open=_open_markdown, title="Markdown; a rule parts articles"
)
