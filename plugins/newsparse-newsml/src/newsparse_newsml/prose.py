"""Running text in XHTML, NITF or plain text, to paragraphs with their roles.

Takes an element or a string, gives ``(role, text)`` in reading order, one paragraph, heading, list item, table row or
caption each. No markup is judged by its looks: only elements that say what they are have a role.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsparse import Role
from newsparse_newsml.items import name_of
from newsparse_newsml.sheets import collapsed, preserves

if TYPE_CHECKING:
    from lxml.etree import _Element

Lines = Iterator[tuple[Role, str]]

# Elements that begin and end a paragraph.
_BLOCKS = frozenset({
    "address", "article", "aside", "bibliography", "block", "blockquote", "body", "body.content", "bq", "caption",
    "center", "col", "colgroup", "credit", "dd", "div", "dl", "dt", "fieldset", "figure", "fn", "footer", "form",
    "header", "hr", "html", "li", "main", "media", "nav", "nitf-table", "note", "ol", "p", "pre", "q-block",
    "section", "table", "tagline", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2"})
_CAPTIONS = frozenset({"figcaption", "media-caption"})
_CREDITS = frozenset({"media-producer"})
_CELLS = frozenset({"td", "th", "nitf-col"})
# What is not text to be read: code, pictures, what the head of a page or picture holds.
_SILENT = frozenset({
    "head", "iframe", "media-metadata", "media-object", "media-reference", "noscript", "object", "script",
    "style", "svg", "template", "title",
})  # fmt: skip
# `br`: XML forbids this character in a text, so none can be there.
_BREAK = "\v"
_EMPTY_LINE = re.compile(rf"{_BREAK}[ \t\r\n]*{_BREAK}[ \t\r\n{_BREAK}]*")
# Wire copy inside one element: hard-wrapped lines, a new paragraph indented by some blanks or behind an empty line.
_WIRE_PARAGRAPH = re.compile(r"\n[ \t]*\n[ \t\n]*|\n[ \t]{2,}(?=\S)")
_BLANK_LINE = re.compile(r"\n[ \t]*\n[ \t\n]*")
_FLUSH_LINE = re.compile(r"\n(?=[^\s])")
# Wire copy is wrapped at 64 to 80 characters; half of its lines at least are full to these parts of the longest.
_NARROWEST, _WIDEST, _FULL = 40, 100, 0.75
# Tags in a text that was meant to be markup.
_TAGGED = re.compile(
    r"</?(?:p|br|div|span|b|i|em|strong|h[1-6]|ul|ol|li|table|html|body|a)\b[^<>]{0,500}>", re.IGNORECASE
)


def prose_of(element: "_Element") -> Lines:
    """The paragraphs in and below an element."""
    walk = _Walk()
    walk.enter(element, preserves(element))
    walk.flush()
    yield from walk.lines


def prose_of_text(text: str) -> Lines:
    """The paragraphs of a string, which may hold tags of HTML."""
    if _TAGGED.search(text):
        from lxml.html import fromstring

        # A tree of its own: lxml's HTML parser takes anything and fetches nothing.
        root = fromstring(f"<div>{_FORBIDDEN_IN_HTML.sub(' ', text)}</div>")
        yield from prose_of(root)
        return
    text = text.replace("\r\n", "\n")
    for paragraph in _paragraphs(text) if _is_wrapped(text) else map(collapsed, text.split("\n")):
        if paragraph:
            yield Role.BODY, paragraph


def _is_wrapped(text: str) -> bool:
    """Whether a plain text's lines end where there was no more room, and not where a thought did."""
    lengths = sorted(len(line.strip()) for line in text.split("\n") if line.strip())
    return bool(lengths) and _NARROWEST <= lengths[-1] <= _WIDEST and lengths[len(lengths) // 2] >= lengths[-1] * _FULL


_FORBIDDEN_IN_HTML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f]")


class _Walk:
    """Text on its way into paragraphs."""

    def __init__(self) -> None:
        self.lines: list[tuple[Role, str]] = []
        self._role = Role.BODY
        self._texts: list[str] = []
        self._preserve = False

    def enter(self, element: "_Element", preserve: bool) -> None:
        """Take all text in an element and behind its children."""
        name = name_of(element).lower()
        if not name or name in _SILENT:
            return
        role = self._role_of(name)
        space = element.get("{http://www.w3.org/XML/1998/namespace}space")
        preserve = space == "preserve" if space else preserve
        is_block = role is not None or name in _BLOCKS
        outer = self._role, self._preserve
        if is_block:
            self.flush()
            self._role = role or (self._role if self._role is not Role.SUBHEAD or name in ("p", "span") else Role.BODY)
            self._preserve = preserve
        if name == "br":
            self._texts.append(_BREAK)
        if element.text:
            self._texts.append(element.text)
        is_row = name in ("tr", "nitf-table-row")
        for child in element:
            self.enter(child, preserve)
            if is_row and name_of(child).lower() in _CELLS and child.getnext() is not None:
                self._texts.append(" ")
            if child.tail:
                # Between the cells of a row stands the layout of the source and nothing else.
                self._texts.append(child.tail.strip() if is_row else child.tail)
        if name == "pre":
            self._texts = ["\n".join(line.rstrip() for line in "".join(self._texts).split("\n"))]
            self._lines_apart()
        if is_block:
            self.flush()
            self._role, self._preserve = outer

    def _role_of(self, name: str) -> Role | None:
        if name in _HEADINGS:
            return Role.SUBHEAD
        if name in _CAPTIONS:
            return Role.CAPTION
        return Role.CREDIT if name in _CREDITS else None

    def _lines_apart(self) -> None:
        """What is laid out by hand keeps its lines."""
        text = "".join(self._texts)
        self._texts.clear()
        for line in text.split("\n"):
            if line.strip():
                self.lines.append((self._role, line.strip()))

    def flush(self) -> None:
        """End the paragraph."""
        text = "".join(self._texts)
        self._texts.clear()
        if self._preserve:
            if text.strip():
                self.lines.append((self._role, text.replace(_BREAK, "\n")))
            return
        for part in _EMPTY_LINE.split(text):
            part = part.replace(_BREAK, " ")
            paragraphs = _paragraphs(part) if "\n" in part else [collapsed(part)]
            self.lines += [(self._role, paragraph) for paragraph in paragraphs if paragraph]


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text that may be hard-wrapped.

    Lines that all begin alike are the layout of the source; where some are flush and others indented, the indented ones
    begin paragraphs, as in wire copy.
    """
    text = text.strip("\r\n")
    flush = _FLUSH_LINE.search(text)
    parts = (_WIRE_PARAGRAPH if flush else _BLANK_LINE).split(text)
    return [paragraph for part in parts if (paragraph := collapsed(part))]
