"""Roles to articles: records made of the lines that the path gave to one article.

Takes a `Stretch` of lines with their roles, gives its articles and for every line the article it belongs to; folds what
repeats, reads the small grammars, puts everything in reading order.
"""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence, Set
from itertools import pairwise

import attrs

from newsparse.dump import NO_ARTICLE, ROLE_NUMBERS, ROLES
from newsparse.grammars import Grammars
from newsparse.heads import article_head
from newsparse.languages import Languages
from newsparse.lines import normalise
from newsparse.models import Article, Block, Caption, Dateline, Origin, Role, Span, WireDate
from newsparse.reading import Stretch
from newsparse.titles import settle_title, title_text

# How many captions are remembered; sized as the decoder's steps are, for about 2,000 texts.
MEMORY = 8192
# A credit on a line of its own stands right below its caption, or below the caption's repeat.
CREDIT_DISTANCE = 2
# A block is the one record of which an article has many: filling its slots by hand takes half the time.
_new = object.__new__
_set_role, _set_text, _set_span = (vars(Block)[name].__set__ for name in ("role", "text", "span"))
# Roles by number: an enumeration's own hash is a Python call, too dear for every line.
_BODY, _SUBHEAD, _HEADLINE, _DECK = (ROLE_NUMBERS[role] for role in (Role.BODY, Role.SUBHEAD, Role.HEADLINE, Role.DECK))
_CAPTION, _CAPTION_REPEAT, _CREDIT = (ROLE_NUMBERS[role] for role in (Role.CAPTION, Role.CAPTION_REPEAT, Role.CREDIT))
_BYLINE, _TIMESTAMP, _SECTION = (ROLE_NUMBERS[role] for role in (Role.BYLINE, Role.TIMESTAMP, Role.SECTION))
_DATELINE = ROLE_NUMBERS[Role.DATELINE]
# What stands in `Article.blocks`.
_BLOCKS = frozenset({_HEADLINE, _DECK, _CAPTION, _BODY, _SUBHEAD})
# Roles that stand in the text but in no article.
_OUTSIDE = frozenset(ROLE_NUMBERS[role] for role in (Role.MARKER, Role.RELATED, Role.FURNITURE, Role.BLANK))
# Roles without one of which there is no article.
_SUBSTANCE = frozenset({_HEADLINE, _BODY})

# A line of an article in the making: its role's number, its text and its index in the stretch.
_Line = tuple[int, str, int]


@attrs.frozen
class Words:
    """The words that articles are read with."""

    languages: Languages
    """What tells the language of an article."""
    all_words: Grammars
    """The grammars of all languages at once, for an article whose language is unknown."""
    by_language: Mapping[str, Grammars]
    """The grammars of each language, with the words that no language owns."""

    _captions: dict[tuple[Grammars, str], tuple[Caption, str]] = attrs.field(
        factory=dict, init=False, eq=False, repr=False
    )

    def of(self, language: str | None) -> Grammars:
        """The grammars of a language, or of all where it is unknown."""
        return self.by_language.get(language or "", self.all_words)

    def caption(self, text: str, grammars: Grammars) -> tuple[Caption, str]:
        """The caption that a line is, without a span, and what it shares with its repeats.

        Agencies' captions come again on many pages, so they are remembered.
        """
        found = self._captions.get((grammars, text))
        if found is None:
            if len(self._captions) >= MEMORY:
                self._captions.clear()
            caption = grammars.captions.read(text)
            found = self._captions[grammars, text] = caption, normalise(caption.text or text).rstrip(" .")
        return found


def build_articles(
    stretch: Stretch,
    words: Words,
    source: str | None = None,
    origin: Origin | None = None,
    stated: Collection[int] = (),
) -> tuple[list[Article], "array[int]"]:
    """The articles of a stretch of lines, and for each line the index of its article or `NO_ARTICLE`.

    What begins at a line of `stated` is an article even without headline and paragraph. A caption that repeats another
    one of its article, with or without its credit, becomes a repeat in the stretch's roles.
    """
    articles: list[Article] = []
    owners = array("l", [NO_ARTICLE]) * len(stretch.roles)
    starts = [0, *stretch.starts]
    edges = [*(bisect_left(stretch.rows, row) for row in starts), len(stretch.rows)]
    roles = stretch.roles
    for start, (first, last) in zip(starts, pairwise(edges), strict=True):
        rows, texts = stretch.rows[first:last], stretch.texts[first:last]
        settle_title(roles, rows, texts, stretch.stated)
        around = [(roles[row], text) for row, text in zip(rows, texts, strict=True)]
        lines = [(role, text, row) for (role, text), row in zip(around, rows, strict=True) if role not in _OUTSIDE]
        kinds = {role for role, _, _ in lines}
        if kinds.isdisjoint(_SUBSTANCE) and start not in stated:
            continue
        number = len(articles)
        for _, _, row in lines:
            owners[row] = number
        if stretch.continued:
            lines = _joined(lines, stretch)
        articles.append(_article(lines, kinds, around, stretch, words, source, origin))
    return articles, owners


def _joined(lines: Sequence[_Line], stretch: Stretch) -> list[_Line]:
    """The lines of an article, those that go on from the line above joined to it where both have one role."""
    groups: list[list[_Line]] = []
    for line in lines:
        if line[2] in stretch.continued and groups and groups[-1][0][0] == line[0]:
            groups[-1].append(line)
        else:
            groups.append([line])
    stretch.last_rows.update((group[0][2], group[-1][2]) for group in groups if len(group) > 1)
    return [(group[0][0], " ".join(text for _, text, _ in group), group[0][2]) for group in groups]


def _span(stretch: Stretch, row: int, text: str) -> Span:
    """Where a line's text stands in the stretch's text, with the lines that go on from it."""
    start = stretch.stops[row - 1] if row else 0
    if not stretch.text.startswith(text, start):
        raw = stretch.text[start : stretch.stops[row]]
        start += len(raw) - len(raw.lstrip())
    if row in stretch.last_rows:
        return start, start + len(stretch.text[start : stretch.stops[stretch.last_rows[row]]].rstrip())
    return start, start + len(text)


def _article(
    lines: Sequence[_Line],
    kinds: Set[int],
    around: Sequence[tuple[int, str]],
    stretch: Stretch,
    words: Words,
    source: str | None,
    origin: Origin | None,
) -> Article:
    """The article that some lines make; `kinds` are the roles among them, `around` the lines of no article too."""

    def texts(role: int) -> list[str]:
        return [text for own, text, _ in lines if own == role] if role in kinds else []

    body, headlines = texts(_BODY), texts(_HEADLINE)
    language = words.languages.language(body or headlines)
    grammars = words.of(language)
    captions: Sequence[Caption] = ()
    if _CAPTION in kinds:
        captions, repeats = _captions(lines, stretch, words, grammars)
        if repeats:
            lines = [line for line in lines if line[2] not in repeats]
            body = texts(_BODY)
            for row in repeats:
                for each in range(row, stretch.last_rows.get(row, row) + 1):
                    if stretch.roles[each] in (_CAPTION, _BODY):
                        stretch.roles[each] = _CAPTION_REPEAT
    sections = texts(_SECTION)
    head = article_head(around, grammars, words.all_words)
    return Article(
        headline=title_text(headlines[0]) if headlines else None,
        deck=texts(_DECK),
        section=sections[0] if sections else None,
        authors=head.authors,
        byline=head.byline,
        dateline=_dateline(texts(_DATELINE), body, head.published, grammars),
        published=head.published,
        updated=head.updated,
        captions=captions,
        body=body,
        blocks=_blocks(lines, stretch),
        language=language,
        source=source,
        origin=origin,
    )


def _blocks(lines: Sequence[_Line], stretch: Stretch) -> list[Block]:
    """Headline, deck, captions, paragraphs and subheads in reading order."""
    whole, stops, last_rows = stretch.text, stretch.stops, stretch.last_rows
    blocks = []
    for role, text, row in lines:
        if role in _BLOCKS:
            start = stops[row - 1] if row else 0
            stop = start + len(text)
            if whole[start] != text[0] or row in last_rows:
                start, stop = _span(stretch, row, text)
            block = _new(Block)
            _set_role(block, ROLES[role])
            _set_text(block, text)
            _set_span(block, (start, stop))
            blocks.append(block)
    return blocks


def _captions(
    lines: Sequence[_Line], stretch: Stretch, words: Words, grammars: Grammars
) -> tuple[list[Caption], set[int]]:
    """The captions, each once, and the rows of those that repeat one with or without its credit.

    A credit alone on the line below belongs to the caption above it. A paragraph that is a caption's text word for word
    repeats it, too, unless it is the first: there stories open with what their picture shows.
    """
    captions: list[Caption] = []
    repeats: set[int] = set()
    known: dict[str, int] = {}
    latest = -1
    longest = 0
    is_open = False
    place = 0
    for number, (role, text, row) in enumerate(lines):
        if role == _CAPTION:
            caption, key = words.caption(text, grammars)
            latest, place = known.setdefault(key, len(captions)), number
            if latest == len(captions):
                longest = max(longest, len(key) + 1)
                captions.append(_placed(caption, _span(stretch, row, text)))
                continue
            repeats.add(row)
            if captions[latest].credit is None and caption.credit is not None:
                captions[latest] = attrs.evolve(captions[latest], credit=caption.credit)
        elif role == _BODY:
            may_repeat = is_open and len(text) <= longest and row not in stretch.stated
            if may_repeat and normalise(text).rstrip(" .") in known:
                repeats.add(row)
            is_open = True
        elif role == _CREDIT and latest >= 0 and number - place <= CREDIT_DISTANCE:
            if captions[latest].credit is None:
                captions[latest] = attrs.evolve(captions[latest], credit=grammars.credits.read(text))
            latest = -1
    return captions, repeats


def _placed(caption: Caption, span: Span) -> Caption:
    """A caption with its place in the text; made by hand, `attrs.evolve` takes thrice as long."""
    return Caption(caption.text, caption.raw, caption.credit, caption.place, caption.date, caption.flags, span)


def _dateline(
    lone: Sequence[str], body: Sequence[str], published: WireDate | None, grammars: Grammars
) -> Dateline | None:
    """The dateline on a line of its own, else the one that opens the first paragraph."""
    for text in lone:
        dateline = grammars.datelines.read(text, published, lone=True)
        if dateline is not None:
            return dateline
    return grammars.datelines.read(body[0], published) if body else None
