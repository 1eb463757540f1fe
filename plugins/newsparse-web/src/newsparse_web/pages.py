"""Pages to documents: a page's text in lines, what its markup says of them, what it states of itself.

Takes the bytes of an HTML page, gives a `Document`. The decoder finds the article: labels with a weight tell it which
elements a line stands in, and nothing is cut away here.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import attrs

from newsparse import Document, Issue, Label, Origin, Role
from newsparse.lines import normalise
from newsparse.readers.charsets import Decoded, decode
from newsparse_web.marks import MarkedLine, marked, marked_lines, without_marks
from newsparse_web.statements import Statements, statements_of
from newsparse_web.weights import WEIGHTS

UNPARSED = "html-unparsed"
"""The code of an issue: the page could not be parsed as HTML."""

# Where HTML states its encoding: within the first 1024 bytes, says the standard; sites need more.
_CHARSET_RE = re.compile(rb"<meta\s[^<>]*?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]++)", re.IGNORECASE)
_CHARSET_WITHIN = 8192
_PARAGRAPHS = frozenset(("paragraph", "paragraph of the article"))
# The parser's search for the main content takes the square of the depth of a page; real pages have a tenth of this one.
_DEPTH = 200
_DEEP = " > ".join("*" * _DEPTH)
# The shortest title that a line is compared with: a shorter one is a section's or a site's name.
_SHORTEST_TITLE = 12


def decode_page(data: bytes | bytearray, encoding: str | None = None) -> Decoded:
    """The source of a page.

    Args:
        data: Its bytes.
        encoding: What the caller or the server says they are; else the page's own meta element is asked.
    """
    from resiliparse.parse.encoding import map_encoding_to_html5

    stated = _CHARSET_RE.search(data, 0, _CHARSET_WITHIN)
    name = encoding or (stated[1].decode("ascii") if stated else None)
    return decode(data, name and map_encoding_to_html5(name, fallback_utf8=False))


def page_document(decoded: Decoded, origin: Origin, extra: Mapping[str, object] | None = None) -> Document:
    """The document of a page.

    Args:
        decoded: Its source.
        origin: Where it came from.
        extra: What the container of the page states of it, by name.
    """
    issues = list(decoded.issues)
    try:
        lines = _page_lines(decoded.text)
    except Exception as error:  # the parser is another library's, and no page may stop the others
        issues.append(Issue(UNPARSED, f"the page could not be parsed ({error}); its source is the text"))
        return Document(decoded.text, origin, fields=_named(extra or {}), issues=issues)
    stated = statements_of(decoded.text)
    said = _mark_titles(lines, stated.headlines)
    text = "\n".join(line.text for line in lines)
    if not text.strip():
        return Document(text, origin, issues=issues)
    fields = [*_fields(stated, said), *_named(extra or {})]
    return Document(text, origin, _labels(lines), fields, issues, 1 if stated.is_article else None)


def _page_lines(html: str) -> list[MarkedLine]:
    """The lines of a page with all that its markup says of them."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(marked(html))
    lines = list(marked_lines(extract_plain_text(tree)))
    main = None
    if tree.document is None or tree.document.query_selector(_DEEP) is None:
        main = set(without_marks(extract_plain_text(tree, main_content=True, comments=False)))
    sizes: Counter[int] = Counter()
    for line in lines:
        if main is not None and line.text and line.text.strip() not in main:
            line.facts = line.facts - _PARAGRAPHS | {"outside of the main content"}
        elif not line.facts.isdisjoint(_PARAGRAPHS):
            sizes[line.article] += len(line.text)
    # Teasers and comments are articles too, in HTML's sense: the one of the page is the longest.
    longest = max(sizes, key=lambda article: sizes[article], default=0)
    for line in lines:
        if line.article not in (0, longest):
            line.facts = line.facts - _PARAGRAPHS | {"another article"}
    return lines


def _mark_titles(lines: Sequence[MarkedLine], titles: Sequence[str]) -> bool:
    """Note which lines are what the page states as its headline; whether any is, or has the form of one."""
    keys = {normalise(title) for title in titles if len(title) >= _SHORTEST_TITLE}
    lengths = {len(key) for key in keys}
    said = False
    for line in lines:
        if len(line.text.strip()) in lengths and normalise(line.text.strip()) in keys:
            line.facts |= {"stated headline"}
            said = True
        said = said or "h1" in line.facts
    return said


def _labels(lines: Sequence[MarkedLine]) -> Iterator[Label]:
    for number, line in enumerate(lines, 1):
        for role, weight, reason in _evidence(line.facts):
            yield Label(number, role, weight=weight, reason=reason)


@cache
def _evidence(facts: frozenset[str]) -> Sequence[tuple[Role, int, str]]:
    """What a line's facts come to, a weight for each role."""
    weights: dict[Role, int] = {}
    for fact in sorted(facts):
        for role, weight in WEIGHTS[fact].items():
            weights[role] = weights.get(role, 0) + weight
    reason = f"markup: {', '.join(sorted(facts))}"
    return [(role, weight, reason) for role, weight in weights.items() if weight]


def _fields(stated: Statements, said: bool) -> Iterator[tuple[int | None, str, object]]:
    """What a page states, as fields of its article."""
    values = attrs.asdict(stated, recurse=False)
    for name in ("published", "updated", "authors", "source", "language"):
        if values[name]:
            yield 0, name, values[name]
    places = dict(stated.places)
    if stated.headlines and not said:
        yield 0, "headline", stated.headlines[0]
        places["headline"] = "page title"
    if stated.url:
        yield 0, "url", stated.url
    if places:
        yield 0, "stated_by", places


def _named(extra: Mapping[str, object]) -> list[tuple[int | None, str, object]]:
    return [(None, name, value) for name, value in extra.items()]
