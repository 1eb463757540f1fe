"""What of an article came from which lines: the cards of the page and their way back to the dump.

Takes a `Dump`, gives for each article its `Piece` objects in the order in which a card shows them. Blocks know their
span; what has no span (byline, dates, section, dateline, fields) came from the article's lines of that role.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

import attrs

from newsparse.dump import Dump
from newsparse.models import Article, Caption, Credit, Dateline, Role, Span, WireDate

Details = tuple[tuple[str, str], ...]
# What heads a card, before captions and body, whatever their order in the dump.
HEAD = (Role.HEADLINE, Role.DECK)


@attrs.frozen
class Piece:
    """One thing that a card shows."""

    kind: str = attrs.field(converter=str)
    """The role whose look it has, or the name of a value, as ``language``."""
    lines: tuple[int, ...] = ()
    """The indices of the lines that it came from, from 0."""
    text: str = ""
    details: Details = ()
    """What was read out of the text, by name."""
    words: tuple[str, ...] = ()
    """The words of its lines that were read so."""


def pieces_of(dump: Dump) -> list[list[Piece]]:
    """The pieces of each article of a dump.

    Example:
        >>> import newsparse
        >>> dump = newsparse.parse("Rain Ends\\n\\nThe rain ended on Monday, the mayor of the valley said.\\n")
        >>> [(piece.kind, piece.lines) for piece in pieces_of(dump)[0]][:2]
        [('headline', (0,)), ('body', (2,))]
    """
    by_role: dict[int, dict[Role, list[int]]] = {}
    for index, line in enumerate(dump.lines):
        if line.article is not None and line.role != Role.BLANK:
            by_role.setdefault(line.article, {}).setdefault(line.role, []).append(index)
    starts = _starts(dump)
    return [list(_pieces(article, by_role.get(index, {}), starts)) for index, article in enumerate(dump.articles)]


def _starts(dump: Dump) -> Sequence[int]:
    """The offset of each line, or nothing where lines were made by hand and have none."""
    starts = [line.start for line in dump.lines if line.start is not None]
    return starts if len(starts) == len(dump.lines) else ()


def _within(span: Span | None, starts: Sequence[int]) -> tuple[int, ...]:
    """The lines that a span touches."""
    if span is None or not starts:
        return ()
    first, last = bisect_right(starts, span[0]) - 1, bisect_right(starts, max(span[0], span[1] - 1)) - 1
    return tuple(range(max(first, 0), last + 1))


def _pieces(article: Article, by_role: dict[Role, list[int]], starts: Sequence[int]) -> Iterator[Piece]:
    def from_role(role: Role, text: str | None, words: Sequence[str] = (), kind: str | None = None) -> Iterator[Piece]:
        if text:
            yield Piece(kind or role, tuple(by_role.get(role, ())), text, words=tuple(words))

    blocks = [Piece(block.role, _within(block.span, starts), block.text) for block in article.blocks]
    if not blocks:
        blocks = list(_made_by_hand(article))
    yield from from_role(Role.SECTION, article.section)
    for role in HEAD:
        for piece in blocks:
            if piece.kind == role:
                also = by_role.get(Role.HEADLINE_REPEAT, ()) if role == Role.HEADLINE else ()
                yield attrs.evolve(piece, lines=(*piece.lines, *also))
    yield from from_role(Role.BYLINE, article.byline or ", ".join(article.authors), article.authors)
    yield from from_role(Role.TIMESTAMP, _iso(article.published), _raw(article.published), "published")
    yield from from_role(Role.TIMESTAMP, _iso(article.updated), _raw(article.updated), "updated")
    yield from _dateline(article.dateline, by_role, blocks)
    captions = iter(_captions(article, by_role, starts))
    for piece in blocks:
        if piece.kind == Role.CAPTION:
            yield next(captions, piece)
        elif piece.kind not in HEAD:
            yield piece
    yield from captions
    yield from _facts(article, tuple(by_role.get(Role.FIELD, ())))


def _made_by_hand(article: Article) -> Iterator[Piece]:
    """The blocks of an article that names none."""
    if article.headline:
        yield Piece(Role.HEADLINE, text=article.headline)
    yield from (Piece(Role.DECK, text=text) for text in article.deck)
    yield from (Piece(Role.BODY, text=text) for text in article.body)


def _dateline(dateline: Dateline | None, by_role: dict[Role, list[int]], blocks: Sequence[Piece]) -> Iterator[Piece]:
    """The dateline, from a line of its own or from the first paragraph, which it then opens."""
    if dateline is None:
        return
    lines = tuple(by_role.get(Role.DATELINE, ()))
    if not lines:
        lines = next((piece.lines[:1] for piece in blocks if piece.kind == Role.BODY), ())
    words = _words(dateline.place, dateline.agency, *_raw(dateline.date))
    details = _details(("place", dateline.place), ("agency", dateline.agency), ("date", _iso(dateline.date)))
    yield Piece(Role.DATELINE, lines, dateline.raw or dateline.place or dateline.agency or "", details, words)


def _captions(article: Article, by_role: dict[Role, list[int]], starts: Sequence[int]) -> Iterator[Piece]:
    """The captions, each with the lines of credits that follow it and the repeats that say the same."""
    spans = [_within(caption.span, starts) for caption in article.captions]
    firsts = [lines[0] for lines in spans if lines]
    also: dict[int, list[int]] = {}
    for role in (Role.CREDIT, Role.CAPTION_REPEAT):
        for line in by_role.get(role, ()):
            # A repeat stands right behind its caption or once more further down, in the same order: the nearest
            # one before it is a guess that only the light on the page depends on.
            also.setdefault(max(bisect_right(firsts, line) - 1, 0), []).append(line)
    for number, (caption, lines) in enumerate(zip(article.captions, spans, strict=True)):
        more = [line for line in also.get(number, ()) if line not in lines]
        words = _words(caption.credit.raw if caption.credit else None, caption.place, *_raw(caption.date))
        yield Piece(Role.CAPTION, (*lines, *more), caption.text or caption.raw or "", _caption_details(caption), words)


def _caption_details(caption: Caption) -> Details:
    credit = caption.credit or Credit()
    return _details(
        ("credit", credit.raw),
        ("agency", credit.agency if credit.agency != credit.raw else None),
        ("photographer", credit.photographer),
        ("via", credit.via),
        ("place", caption.place),
        ("date", _iso(caption.date)),
        ("flags", ", ".join(caption.flags)),
    )


def _facts(article: Article, fields: tuple[int, ...]) -> Iterator[Piece]:
    """What has no place in the text."""
    details = _details(("authors", ", ".join(article.authors)), ("language", article.language))
    details += _details(("source", article.source), ("id", article.id))
    for name, value in article.extra.items():
        details += _details((name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)))
    yield Piece("record", fields, "", details)


def _details(*pairs: tuple[str, str | None]) -> Details:
    return tuple((name, value) for name, value in pairs if value)


def _iso(date: WireDate | None) -> str | None:
    return date.iso if date else None


def _raw(date: WireDate | None) -> tuple[str, ...]:
    return _words(date.raw) if date else ()


def _words(*found: str | None) -> tuple[str, ...]:
    return tuple(words for words in found if words)


def ranges(lines: Sequence[int]) -> list[int]:
    """Indices as first and last of each run, one list.

    Example:
        >>> ranges((3, 4, 5, 9))
        [3, 5, 9, 9]
    """
    found: list[int] = []
    for _, run in groupby(enumerate(lines), key=lambda pair: pair[1] - pair[0]):
        members = [line for _, line in run]
        found += [members[0], members[-1]]
    return found
