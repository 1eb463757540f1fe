"""Counts of what the dumps of one source share.

Takes parsed dumps, gives `Counts`, which add up: two samples counted apart and merged are one sample. Lines, openings
of articles, header labels and the ends of captions are counted, by dump; memory grows with what is distinct in them, up
to named limits.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

import attrs

from newsparse.dump import Dump, Line
from newsparse.forms import LONGEST_LAYOUT
from newsparse.lines import normalise
from newsparse.models import Article, Role

MOST_LINES = 200_000
"""How many distinct lines are counted; beyond, those met in one dump only are forgotten, then those in two."""
MOST_FORMS = 10_000
"""How many distinct layouts, labels and credits are counted, in the same way."""
LONGEST_SHARED = 600
"""Longer lines are not counted: no furniture is."""

# A repeat farther away than this is no layout: openings of articles have ten lines, with both captions twice 14.
_LAYOUT_REACH = 14
# A byline of three names; a longer line that holds one says more than who wrote it.
_LONGEST_NAMED = 90
# Lines up to this length may be a site's own sign in a layout; a headline or caption is longer.
_SIGN = 12
_LABEL = re.compile(r"([^\W\d_][\w /&-]{1,24}?)[ \t]?:[ \t]+(\S.{0,160})$")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]][\s.]*$")
_PLACES = {
    Role.HEADLINE_REPEAT: Role.HEADLINE,
    Role.CAPTION_REPEAT: Role.CAPTION,
    **{role: role for role in (Role.HEADLINE, Role.CAPTION, Role.DECK, Role.BYLINE, Role.TIMESTAMP, Role.SECTION)},
}


@attrs.define
class Sighting:
    """What was seen of one line."""

    text: str
    """The line as it was first met."""
    dumps: int = 0
    lines: int = 0
    roles: Counter[Role] = attrs.field(factory=Counter)
    """What it was read as, by line."""
    inside: int = 0
    """How often it stood among the lines of an article."""
    parting: int = 0
    """How often an article ended before it and the next one began behind it."""
    named: int = 0
    """In how many dumps it held the name of an author or the raw text of a credit."""
    dated: int = 0
    """In how many dumps it held an article's date."""

    def add(self, other: "Sighting") -> None:
        """Count what another sample saw of the same line."""
        self.dumps += other.dumps
        self.lines += other.lines
        self.roles.update(other.roles)
        self.inside += other.inside
        self.parting += other.parting
        self.named += other.named
        self.dated += other.dated


@attrs.define
class Counts:
    """What was counted in some dumps of one source. It grows with what is distinct in them, up to named limits."""

    dumps: int = 0
    lines: dict[str, Sighting] = attrs.field(factory=dict)
    """Sightings by the line's key."""
    layouts: Counter[tuple[str, ...]] = attrs.field(factory=Counter)
    """Openings of articles, by dump."""
    labels: Counter[tuple[str, str]] = attrs.field(factory=Counter)
    """Header labels and the field that the value looked like, by dump."""
    credits: Counter[str] = attrs.field(factory=Counter)
    """Names at the end of captions that are no agency known, by dump."""

    def add(self, dump: Dump) -> None:
        """Count a dump."""
        self.dumps += 1
        lines = [line for line in dump.lines if line.text]
        keys = [_key(line) for line in lines]
        names, days = _names(dump.articles), _days(dump.articles)
        self._add_lines(lines, keys, names, days)
        self.layouts.update(set(_layouts(lines, keys)))
        self.labels.update(set(_labels(lines, names, days)))
        self.credits.update({name for article in dump.articles for name in _credits(article)})
        self._forget()

    def merge(self, other: "Counts") -> None:
        """Count what another sample of the same source counted."""
        self.dumps += other.dumps
        for key, seen in other.lines.items():
            mine = self.lines.setdefault(key, Sighting(seen.text))
            # Whichever sample comes first, the same text is shown.
            mine.text = min(mine.text, seen.text)
            mine.add(seen)
        self.layouts.update(other.layouts)
        self.labels.update(other.labels)
        self.credits.update(other.credits)
        self._forget()

    def _add_lines(
        self, lines: Sequence[Line], keys: Sequence[str], names: Collection[str], days: Collection[str]
    ) -> None:
        here: dict[str, Sighting] = {}
        for index, (line, key) in enumerate(zip(lines, keys, strict=True)):
            if len(key) > LONGEST_SHARED:
                continue
            seen = here.get(key)
            if seen is None:
                seen = here[key] = Sighting(line.text, dumps=1)
                # Only short lines name an author alone; a paragraph may well name one among other things.
                seen.named = int(len(key) <= _LONGEST_NAMED and any(name in key for name in names))
                seen.dated = int(len(key) <= _LONGEST_NAMED and any(day in key for day in days))
            seen.text = min(seen.text, line.text)
            seen.lines += 1
            seen.roles[line.role] += 1
            above = _article_at(reversed(lines[max(0, index - _LAYOUT_REACH) : index]))
            below = _article_at(lines[index + 1 : index + 1 + _LAYOUT_REACH])
            if above is not None and below is not None:
                seen.inside += above == below
                # An article begins right behind a separator.
                seen.parting += above != below and lines[index + 1].article == below
        for key, seen in here.items():
            mine = self.lines.setdefault(key, Sighting(seen.text))
            mine.text = min(mine.text, seen.text)
            mine.add(seen)

    def _forget(self) -> None:
        """Drop what is rarest where there is too much of it."""
        floor = 1
        while len(self.lines) > MOST_LINES:
            self.lines = {key: seen for key, seen in self.lines.items() if seen.dumps > floor}
            floor += 1
        for counter in (self.layouts, self.labels, self.credits):
            if len(counter) > MOST_FORMS:
                for form, _ in counter.most_common()[MOST_FORMS // 2 :]:
                    del counter[form]


def _article_at(lines: Iterable[Line]) -> int | None:
    """The article of the first line that has one."""
    return next((line.article for line in lines if line.article is not None), None)


def _layouts(lines: Sequence[Line], keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The openings of articles in which lines come again, as a profile's layouts have them."""
    start = 0
    while start < len(lines):
        stop = _echo_end(keys, start)
        layout = _layout(lines[start:stop], keys[start:stop]) if stop else None
        if layout:
            yield layout
        start = stop if stop and layout else start + 1


def _echo_end(keys: Sequence[str], start: int) -> int | None:
    """Where an opening ends that begins with a line which comes again: behind the last repeat of a line in it."""
    reach = keys[start : start + _LAYOUT_REACH]
    if len(reach[0]) <= _SIGN or reach[0] not in reach[1:]:
        return None
    last = max(index for index, key in enumerate(reach) if key in reach[:index] and len(key) > _SIGN)
    return start + last + 1


def _layout(lines: Sequence[Line], keys: Sequence[str]) -> tuple[str, ...] | None:
    """The words of a layout, or ``None`` where a line in it is neither a place nor a sign."""
    words: dict[str, str] = {}
    used: Counter[str] = Counter()
    for index, (line, key) in enumerate(zip(lines, keys, strict=True)):
        if key in words:
            continue
        if len(key) <= _SIGN:
            words[key] = line.text
            continue
        role = Role.HEADLINE if index == 0 else _PLACES.get(line.role)
        if role is None or (role is Role.HEADLINE and index):
            return None
        used[role] += 1
        words[key] = f"{role}{used[role] if used[role] > 1 else ''}"
    return tuple(words[key] for key in keys) if len(keys) <= LONGEST_LAYOUT else None


def _labels(lines: Iterable[Line], names: Collection[str], days: Collection[str]) -> Iterator[tuple[str, str]]:
    """Labels of header lines, with the field whose value they hold, if they hold one."""
    for line in lines:
        found = _LABEL.match(line.text)
        if found:
            value = normalise(found[2])
            named, dated = any(name in value for name in names), any(day in value for day in days)
            yield found[1], "authors" if named else "published" if dated else ""


def _names(articles: Iterable[Article]) -> set[str]:
    """Keys of authors and credits."""
    names = {author for article in articles for author in article.authors}
    names |= {each.credit.raw for article in articles for each in article.captions if each.credit and each.credit.raw}
    return {normalise(name).strip() for name in names}


def _days(articles: Iterable[Article]) -> set[str]:
    """Keys of dates of publication and update, as they were written."""
    dates = (date for article in articles for date in (article.published, article.updated))
    return {normalise(date.raw).strip() for date in dates if date and date.raw}


def _credits(article: Article) -> Iterator[str]:
    """Names in brackets at the end of captions that were not taken for a credit."""
    for caption in article.captions:
        found = _BRACKETED.search(caption.text or "") if caption.credit is None else None
        if found and found[1][0].isupper():
            yield found[1]


def _key(line: Line) -> str:
    return normalise(line.text).strip()
