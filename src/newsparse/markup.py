r"""HTML fragments to pieces of text: what stands in the body of ninjs, NewsML-G2, RSS and the like.

Takes markup as it comes, well-formed or not, gives paragraphs, subheads and captions in reading order. No page is
read here, with its menus and footers: a fragment is all article. Time grows with the text alone, which Python's own
`html.parser` does not promise.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape

from newsparse.models import Role

Piece = tuple[Role, str]

# A tag, or a comment; what opens like one and does not close is text. No part can be matched in two ways.
_TAG_RE = re.compile(r"<(/?)([A-Za-z][^\s/<>\"']*+)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*'|[\"'])*+)>")
_SPACE_STYLE_RE = re.compile(r"white-space\s*:\s*pre")
_LINE_END_RE = re.compile(r"\r\n|\r|\n")
# What shows that a text is meant as markup.
_MARKUP_RE = re.compile(r"</(?:p|div|b|i|a|em|strong|span|li|h\d)\s*>|<(?:br|p)\s*/?>", re.IGNORECASE)

_BLOCKS_NAMES = """
    address article aside blockquote body br caption center dd div dl dt figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hl1 hl2 hr html li main nav ol p pre section table tbody tfoot thead tr ul
"""
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "hl2"))
_CELLS = frozenset(("td", "th"))
_CAPTIONS = frozenset(("figcaption", "figure"))
_UNSEEN = frozenset(("script", "style", "noscript", "template", "head", "iframe", "svg", "select", "button", "object"))
_CELL_END = "\t"

_KEPT_SPACE = ' style="white-space: pre-wrap"'


def pieces(markup: str) -> list[Piece]:
    """The paragraphs, subheads and captions of a fragment; a row of a table is a paragraph with tabs in it.

    Example:
        >>> [text for _, text in pieces("<h2>Floods</h2><p>It <b>rained</b> &amp;\\n poured.<br/>All day.</p>")]
        ['Floods', 'It rained & poured.', 'All day.']
    """
    reading = _Reading()
    for text, tag in _tokens(_without_comments(markup)):
        if text and not reading.unseen:
            reading.text.append(text)
        if tag:
            reading.meet(tag[2].lower(), bool(tag[1]), tag[3])
    reading.end_piece()
    return reading.found


def is_markup(text: str) -> bool:
    """Whether a text that may be plain is markup: it closes an element, or opens a paragraph or line.

    Example:
        >>> is_markup("<p>It rained.</p>"), is_markup("2 < 3 > 1 <sic>")
        (True, False)
    """
    return _MARKUP_RE.search(text) is not None


def markup_of(found: Iterable[Piece]) -> str:
    """Pieces as a fragment that `pieces` reads back: ``p``, ``h2`` and ``figcaption``.

    Example:
        >>> markup_of([(Role.SUBHEAD, "Floods"), (Role.BODY, "Rain & hail.")])
        '<h2>Floods</h2><p>Rain &amp; hail.</p>'
    """
    return "".join(map(_element, found))


def _element(piece: Piece) -> str:
    role, text = piece
    name = "h2" if role is Role.SUBHEAD else "figcaption" if role is Role.CAPTION else "p"
    style = ""
    if "\n" in text or "\r" in text or text != text.strip():
        # Line ends and blanks around a text mean nothing in HTML unless it says that they do.
        style = _KEPT_SPACE
    return f"<{name}{style}>{escape(text, quote=False).replace(chr(13), '&#13;')}</{name}>"


class _Reading:
    """Where a fragment has been read to."""

    def __init__(self) -> None:
        self.found: list[Piece] = []
        self.text: list[str] = []
        self.unseen = ""
        """The element whose text no reader of the page sees, while it is open."""
        self._role = Role.BODY
        self._kept_space = False
        self._lines = False
        self._figure = False
        self._row = False

    def meet(self, name: str, closes: bool, attributes: str) -> None:
        """Go past a tag."""
        if self.unseen or name in _UNSEEN:
            if closes:
                self.unseen = "" if name == self.unseen else self.unseen
            elif not self.unseen and not attributes.endswith("/"):
                self.unseen = name
        elif name in _CELLS:
            if not closes and any(map(str.strip, self.text)):
                self.text.append(_CELL_END)
            self._row = not closes
        elif name in _BLOCKS and not (self._row and name in ("p", "div", "br")):
            self.end_piece()
            if name in _CAPTIONS:
                self._figure = not closes and name == "figcaption"
            self._role = Role.CAPTION if self._figure else Role.BODY
            if name in _HEADS and not closes:
                self._role = Role.SUBHEAD
            self._kept_space = not closes and _SPACE_STYLE_RE.search(attributes) is not None
            self._lines = not closes and name == "pre"
        elif self._row:
            self.text.append(" " * (name in ("p", "div", "br")))

    def end_piece(self) -> None:
        """What was gathered is a piece."""
        text = unescape("".join(self.text))
        self.text.clear()
        if self._kept_space:
            if text:
                self.found.append((self._role, text))
        else:
            lines = map(str.strip, _LINE_END_RE.split(text))
            self.found += [(self._role, line) for line in (lines if self._lines else [_collapsed(text)]) if line]


def _collapsed(text: str) -> str:
    """The text as a browser shows it, save that blanks within a line stay as they are."""
    return " ".join(filter(None, (line.strip() for line in _LINE_END_RE.split(text))))


def _tokens(markup: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Each tag with the text before it; the text behind the last one with none."""
    end = 0
    for tag in _TAG_RE.finditer(markup):
        yield markup[end : tag.start()], tag
        end = tag.end()
    yield markup[end:], None


def _without_comments(markup: str) -> str:
    """The markup without its comments; one that does not end hides nothing."""
    kept = []
    end = 0
    while (start := markup.find("<!--", end)) >= 0 and (stop := markup.find("-->", start)) >= 0:
        kept.append(markup[end:start])
        end = stop + len("-->")
    kept.append(markup[end:])
    return "".join(kept)
