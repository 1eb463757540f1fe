"""Markup to facts of lines: which elements the text of each line stands in.

A page is parsed and rendered by resiliparse, at its speed. So that its lines still know their elements, the source
gets a mark behind each start tag and before each end tag of interest before it is parsed: a noncharacter, which no
text may hold (Unicode 23.7). The marks come out where the elements' text does, and are taken out again. A mark that the
parser drops, or that stands where there is no such element, costs a hint and nothing else.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import attrs

# Elements by the kind of fact they make. Attributes are looked at only in `_CLASSES`.
_KINDS: Mapping[str, str] = {
    "figcaption": "figcaption",
    "h1": "h1",
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
    "p": "paragraph",
    "time": "time",
    "address": "author",
    "a": "link",
    "aside": "aside",
    **dict.fromkeys(("nav", "footer", "dialog"), "frame"),
    "header": "header",
    "main": "main",
    "article": "article",
}
_MARKED = tuple(dict.fromkeys(_KINDS.values()))
_FIRST = 0xFDD0
_OPENS = {kind: chr(_FIRST + 2 * number) for number, kind in enumerate(_MARKED)}
_CLOSES = {kind: chr(_FIRST + 2 * number + 1) for number, kind in enumerate(_MARKED)}
_KIND_OF = {mark: kind for kind, mark in (*_OPENS.items(), *_CLOSES.items())}
_MARK_RE = re.compile("([\ufdd0-\ufdef])")
# A tag ends at the next `>`; one with `<` or `>` inside an attribute is passed over or marked inside of the attribute,
# which hides the mark. So every character is looked at once.
_TAG_RE = re.compile(rf"(<(/?(?:img|{'|'.join(_KINDS)}))(?=[\s/>])[^<>]*+>)", re.IGNORECASE)
# The text for those who see no picture is no line of the page. resiliparse would leave it out with figcaptions only.
_ALT_RE = re.compile(r"\salt\s*+=", re.IGNORECASE)
_INSERTED = {name: _OPENS[kind] for name, kind in _KINDS.items()} | {
    f"/{name}": _CLOSES[kind] for name, kind in _KINDS.items()
}
_ENDS = frozenset(f"/{name}" for name in _KINDS)
# Elements whose end tag may be left out, or that hold no other block: the next of them ends it.
_UNNESTED = frozenset(("h1", "heading", "paragraph", "link"))
_BLOCKS = frozenset(_MARKED) - {"time", "link"}
# What is left of a line that only marks made: nothing, or the bullet of an item of a list.
_NOTHING = frozenset(("", "•"))
# From which share of its characters on a line is a link.
_LINK_SHARE = 0.8


def marked(html: str) -> str:
    """The source with marks in it, and without the texts that stand for pictures."""
    parts = _TAG_RE.split(html)
    for place in range(1, len(parts), 3):
        name = parts[place + 1].lower()
        parts[place + 1] = ""
        if name == "img":
            parts[place] = _ALT_RE.sub(" data-alt=", parts[place])
        elif name in _ENDS:
            parts[place] = _INSERTED[name] + parts[place]
        elif name in _INSERTED:
            parts[place] += _INSERTED[name]
    return "".join(parts)


@attrs.define
class MarkedLine:
    """A line of a page, and where it stands."""

    text: str = ""
    facts: frozenset[str] = frozenset()
    """As `WEIGHTS` names them."""
    article: int = 0
    """The number of the innermost `article` element around it, from 1; 0 where there is none."""


def marked_lines(rendered: str) -> Iterator[MarkedLine]:
    """The lines of a rendered page without the marks."""
    standing = _Standing()
    is_gap = was_dropped = False
    for line in rendered.split("\n"):
        if not line:
            # Lines that only marks made may leave two gaps where the page has one.
            if not (is_gap and was_dropped):
                yield MarkedLine()
            is_gap = True
            continue
        parts = _MARK_RE.split(line)
        text = _joined(parts)
        if text.strip() in _NOTHING and len(parts) > 1:
            # Only marks made this line, so without them there is none.
            was_dropped = True
            for mark in parts[1::2]:
                standing.pass_mark(mark)
            continue
        yield standing.line(text, parts)
        is_gap = was_dropped = False


def without_marks(rendered: str) -> Iterator[str]:
    """The lines of a rendered page as `marked_lines` gives them, without the blanks around them."""
    for line in rendered.split("\n"):
        if text := _joined(_MARK_RE.split(line)).strip():
            yield text


def _joined(parts: Sequence[str]) -> str:
    """The texts between marks as one: blanks on both sides of a mark are one blank."""
    text = parts[0]
    for part in parts[2::2]:
        text += part.lstrip(" ") if text[-1:] == " " or not text else part
    return text.rstrip()


class _Standing:
    """In which elements a page has been read to."""

    def __init__(self) -> None:
        self._open = dict.fromkeys(_MARKED, 0)
        self._articles: list[int] = []
        self._seen = 0

    def pass_mark(self, mark: str) -> None:
        """Go into an element, or out of it."""
        kind = _KIND_OF.get(mark)
        if kind is None:
            return
        if kind in _BLOCKS:
            for other in _UNNESTED:
                self._open[other] = 0
        opens = mark == _OPENS[kind]
        if opens:
            self._open[kind] = 1 if kind in _UNNESTED else self._open[kind] + 1
        else:
            self._open[kind] = max(0, self._open[kind] - 1)
        if kind == "article":
            if opens:
                self._seen += 1
                self._articles.append(self._seen)
            elif self._articles:
                self._articles.pop()

    def line(self, text: str, parts: Sequence[str]) -> MarkedLine:
        """A line, given as texts with the marks between them: where its first words stand."""
        first: Sequence[str] | None = None
        article = linked = total = 0
        for place, part in enumerate(parts):
            if place % 2:
                self.pass_mark(part)
            elif size := len(part.strip()):
                if first is None:
                    first = tuple(kind for kind, count in self._open.items() if count)
                    article = self._articles[-1] if self._articles else 0
                total += size
                linked += size if self._open["link"] else 0
        if first is None:
            return MarkedLine(text)
        return MarkedLine(text, _facts(first, linked >= _LINK_SHARE * total), article)


@cache
def _facts(kinds: Sequence[str], is_link: bool) -> frozenset[str]:
    """What the elements around a line come to. There are as many answers as sets of kinds, which are few."""
    known = set(kinds) - {"link", "header", "main", "article", "frame"}
    in_article = not {"main", "article"}.isdisjoint(kinds)
    if "h1" not in known and ("frame" in kinds or ("header" in kinds and not in_article)):
        known.add("frame of the page")
    if is_link:
        known = (known - {"paragraph"}) | {"link"}
    if in_article and "paragraph" in known and known.isdisjoint(("aside", "figcaption", "frame of the page")):
        known = (known - {"paragraph"}) | {"paragraph of the article"}
    return frozenset(known)
