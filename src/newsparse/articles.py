"""Roles to articles: records made of the lines that the path gave to one article.

Takes a `Stretch` of lines with their roles, gives its articles and for every line the article it belongs to; folds what repeats, reads
the small grammars, puts everything in reading order.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import attrs

from newsparse.dump import NO_ARTICLE, ROLE_NUMBERS, ROLES
from newsparse.grammars import Grammars
from newsparse.languages import Languages
from newsparse.lines import normalise
from newsparse.models import Article, Block, Caption, Dateline, Origin, Role, Span, WireDate
from newsparse.reading import Stretch

# How many captions are remembered; one takes about a kilobyte.
MEMORY = 2048
# What stands in `Article.blocks`.
_BLOCKS = frozenset({Role.HEADLINE, Role.DECK, Role.CAPTION, Role.BODY, Role.SUBHEAD})
# Roles that stand in the text but in no article.
_OUTSIDE = frozenset(ROLE_NUMBERS[role] for role in (Role.MARKER, Role.RELATED, Role.FURNITURE, Role.BLANK))
# Roles without one of which there is no article.
_SUBSTANCE = frozenset(ROLE_NUMBERS[role] for role in (Role.HEADLINE, Role.BODY))
_CAPTION_REPEAT = ROLE_NUMBERS[Role.CAPTION_REPEAT]

# A line of an article in the making: its role, its text and its index in the stretch.
_Line = tuple[Role, str, int]

@attrs.frozen
class Words:
    """The words that articles are read with."""

    languages: Languages
    """What tells the language of an article."""
    all_words: Grammars
    """The grammars of all languages at once, for an article whose language is unknown."""
    by_language: Mapping[str, Grammars]
    """The grammars of each language, with the words that no language owns."""

    _captions: dict[tuple[Grammars, str], Caption] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def of(self, language: str | None) -> Grammars:
        """The grammars of a language, or of all where it is unknown."""
        return self.by_language.get(language or "", self.all_words)

    def caption(self, text: str, grammars: Grammars) -> Caption:
        """The caption that a line is, without a span: agencies' captions come again on many pages, so they are remembered."""
        caption = self._captions.get((grammars, text))
        if caption is None:
            if len(self._captions) >= MEMORY:
                self._captions.clear()
            caption = self._captions[grammars, text] = grammars.captions.read(text)
        return caption


def build_articles(
    stretch: Stretch, words: Words, source: str | None = None, origin: Origin | None = None
) -> tuple[list[Article], "array[int]"]:
    """The articles of a stretch of lines, and for each line the index of its article or `NO_ARTICLE`.

    A caption that repeats another one of its article, with or without its credit, becomes a repeat in the stretch's roles.
    """
    articles: list[Article] = []
    owners = array("l", [NO_ARTICLE]) * len(stretch.roles)
    edges = [0, *(bisect_left(stretch.rows, row) for row in stretch.starts), len(stretch.rows)]
    for first, last in pairwise(edges):
        rows = stretch.rows[first:last]
        numbers = [stretch.roles[row] for row in rows]
        if _SUBSTANCE.isdisjoint(numbers):
            continue
        lines: list[_Line] = []
        for row, number, text in zip(rows, numbers, stretch.texts[first:last], strict=True):
            if number not in _OUTSIDE:
                owners[row] = len(articles)
                lines.append((ROLES[number], text, row))
        articles.append(_article(lines, stretch, words, source, origin))
    return articles, owners


def _span(stretch: Stretch, row: int, text: str) -> Span:
    """Where a line's text stands in the stretch's text."""
    start = stretch.stops[row - 1] if row else 0
    if not stretch.text.startswith(text, start):
        raw = stretch.text[start : stretch.stops[row]]
        start += len(raw) - len(raw.lstrip())
    return start, start + len(text)


def _article(lines: Sequence[_Line], stretch: Stretch, words: Words, source: str | None, origin: Origin | None) -> Article:
    by_role: dict[Role, list[str]] = {}
    for role, text, _ in lines:
        by_role.setdefault(role, []).append(text)
    body = by_role.get(Role.BODY, [])
    headlines = by_role.get(Role.HEADLINE)
    language = words.languages.language(body or headlines or ())
    grammars = words.of(language)

    captions, repeats = _captions(lines, stretch, words, grammars)
    for row in repeats:
        stretch.roles[row] = _CAPTION_REPEAT
    bylines = by_role.get(Role.BYLINE, [])
    byline, authors = _byline(bylines, grammars)
    published, updated = _dates([*by_role.get(Role.TIMESTAMP, ()), *bylines], grammars)
    section = by_role.get(Role.SECTION)
    dateline = _dateline(by_role.get(Role.DATELINE, ()), body, published, grammars)
    blocks = [
        Block(role, text, _span(stretch, row, text)) for role, text, row in lines if role in _BLOCKS and row not in repeats
    ]
    return Article(
        headline=headlines[0] if headlines else None,
        deck=by_role.get(Role.DECK, ()),
        section=section[0] if section else None,
        authors=authors,
        byline=byline,
        dateline=dateline,
        published=published,
        updated=updated,
        captions=captions,
        body=body,
        blocks=blocks,
        language=language,
        source=source,
        origin=origin,
    )


def _captions(
    lines: Sequence[_Line], stretch: Stretch, words: Words, grammars: Grammars
) -> tuple[list[Caption], set[int]]:
    """The captions, each once, and the rows of those that repeat one with or without its credit.

    A credit alone on the line below belongs to the caption above it.
    """
    captions: list[Caption] = []
    repeats: set[int] = set()
    known: dict[str, int] = {}
    latest = -1
    for role, text, row in lines:
        if role is Role.CAPTION:
            caption = words.caption(text, grammars)
            key = normalise(caption.text or text).rstrip(" .")
            latest = known.setdefault(key, len(captions))
            if latest == len(captions):
                captions.append(_placed(caption, _span(stretch, row, text)))
                continue
            repeats.add(row)
            if captions[latest].credit is None and caption.credit is not None:
                captions[latest] = attrs.evolve(captions[latest], credit=caption.credit)
        elif role is Role.CREDIT and latest >= 0:
            if captions[latest].credit is None:
                captions[latest] = attrs.evolve(captions[latest], credit=grammars.credits.read(text))
            latest = -1
        elif role in (Role.BODY, Role.SUBHEAD, Role.HEADLINE):
            latest = -1
    return captions, repeats


def _placed(caption: Caption, span: Span) -> Caption:
    """A caption with its place in the text; made by hand, `attrs.evolve` takes thrice as long."""
    return Caption(caption.text, caption.raw, caption.credit, caption.place, caption.date, caption.flags, span)


def _byline(texts: Sequence[str], grammars: Grammars) -> tuple[str | None, tuple[str, ...]]:
    """The byline and the names in it; ``By`` and a name on lines of their own are one byline."""
    if not texts:
        return None, ()
    whole = " ".join(texts)
    found = grammars.bylines.read(whole, lone=True)
    if found is not None and found.authors:
        return whole, found.authors
    names = [name for text in texts if (one := grammars.bylines.read(text, lone=True)) for name in one.authors]
    return whole, tuple(dict.fromkeys(names))


def _dateline(
    lone: Sequence[str], body: Sequence[str], published: WireDate | None, grammars: Grammars
) -> Dateline | None:
    """The dateline on a line of its own, else the one that opens the first paragraph."""
    for text in lone:
        dateline = grammars.datelines.read(text, published, lone=True)
        if dateline is not None:
            return dateline
    return grammars.datelines.read(body[0], published) if body else None


def _dates(texts: Iterable[str], grammars: Grammars) -> tuple[WireDate | None, WireDate | None]:
    """The first date of publication and of update among some lines."""
    published = updated = None
    for text in texts:
        stamp = grammars.timestamps.read(text)
        if stamp is not None:
            published = published or stamp.published
            updated = updated or stamp.updated
    return published, updated
