"""Text for people to read, plain or in Markdown.

An article is its headline, deck, byline, date, running text with subheads, and then its captions. In plain text a blank
line parts paragraphs, two part the captions from the rest and three part articles. No piece of an article holds a blank
line, so a program can take the file apart again.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import BinaryIO

from newsparse.characters import markdown_text, utf8
from newsparse.extensions import OutputFormat, WriteContext
from newsparse.formats.pieces import pieces
from newsparse.models import Article, Role

# The line ends of the ledger and of CommonMark. Other separators are characters inside a line.
_LINE_END_RE = re.compile(r"\r\n|\n|\r")


_Compose = Callable[[Article, Counter[str]], str]


class _Writer:
    """Writes each article as a string, a parting between two of them."""

    def __init__(self, stream: BinaryIO, context: WriteContext, parting: str, compose: _Compose):
        self._stream = stream
        self._replaced = context.replaced
        self._parting = parting
        self._compose = compose
        self._first = True

    def write(self, article: Article) -> None:
        text = self._compose(article, self._replaced)
        self._stream.write(utf8(("" if self._first else self._parting) + text + "\n", self._replaced))
        self._first = False

    def close(self) -> None:
        """Nothing stands behind the last article."""


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, _LINE_END_RE.split(text)) if line]


def _plain(article: Article, replaced: Counter[str]) -> str:
    running: list[str] = []
    captions: list[str] = []
    for piece in pieces(article):
        (captions if piece.role is Role.CAPTION else running).append("\n".join(_lines(piece.text)))
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


def _marked(article: Article, replaced: Counter[str]) -> str:
    parts = ((piece.role, _escaped(markdown_text(piece.text, replaced))) for piece in pieces(article))
    return "\n\n".join(_MARKS.get(role, "{}").format(text) for role, text in parts if text)


def _open_text(stream: BinaryIO, context: WriteContext) -> _Writer:
    return _Writer(stream, context, "\n\n\n", _plain)


def _open_markdown(stream: BinaryIO, context: WriteContext) -> _Writer:
    return _Writer(stream, context, "\n---\n\n", _marked)


TEXT = OutputFormat(
    "text", ".txt", "text/plain", open=_open_text, title="plain text to read; three blank lines part articles"
)
MARKDOWN = OutputFormat(
    "markdown", ".md", "text/markdown", open=_open_markdown, title="Markdown; a rule parts articles"
)
