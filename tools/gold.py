"""Gold to labels: for each line of a text the roles it may have, as far as gold articles or hand labels tell.

Where gold is silent a line may have any role that gold does not rule out; the trainer sums over them. Gold is known to
miss some list items and subheads that are running text, and may hold only the shorter form of a caption.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the corpus is read as the benchmarks do

from benchmarks.corpus import FOLDS, article_rows, fold_of, host_of
from newsparse.grammars import Grammars
from newsparse.lines import normalise, split_lines
from newsparse.locales import core_locales, merge_locales
from newsparse.models import Role
from newsparse.weights import CHAIN_ROLES

# A line that shares this much of its four-word runs with a gold paragraph is that paragraph, cut or joined.
COVERED = 0.7
# Gold captions come without credit; a credit has at most this many words more.
CREDIT_WORDS = 12
# Two lines that share this much of their words are one headline, as the corpus' scorer has it.
NEAR = 0.8
# A line that names an author or holds the date of gold is a byline or timestamp, if it is no longer than this ...
BYLINE_LENGTH = 160
# ... and stands no further than this from headline and running text.
HEAD_LINES = 12
# What stands before the first name in a line that is a byline first of all.
OPENER_LENGTH = 20
__all__ = ["FOLDS", "Labelled", "fold_of", "labelled_texts"]

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f])")


@attrs.frozen
class Labelled:
    """A text with what is known of its lines."""

    id: str
    group: str
    text: str
    allowed: tuple[frozenset[Role], ...]
    """For each line that is not blank the roles it may have."""
    starts: Mapping[int, bool] = attrs.field(factory=dict)
    """For some lines (by their place among those that are not blank) whether a later article starts there."""
    groups: frozenset[str] = frozenset()
    """All publisher groups in the text."""
    weight: float = 1.0


def labelled_texts(folder: Path) -> list[Labelled]:
    """Everything a corpus folder holds: pages, main contents, dumps of several articles and hand-labelled lines."""
    texts: list[Labelled] = []
    groups: dict[str, str] = {}
    for name in ("residue", "page"):
        for row in article_rows(folder, name):
            groups[row["id"]] = row["group"]
            texts.append(_from_articles(row, name, frozenset([row["group"]])))
    for row in article_rows(folder, "multi"):
        own = frozenset(groups.get(article["from"], article["from"]) for article in row["articles"])
        texts.append(_from_articles(row, "multi", own))
    return [*texts, *hand_labelled(folder / "lines")]


def hand_labelled(folder: Path) -> Iterator[Labelled]:
    """The texts whose every line was labelled by hand; they count twice."""
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        host = host_of(row["url"])
        text = (folder / "texts" / f"{row['id']}.txt").read_text(encoding="utf-8")
        labels = json.loads((folder / "labels" / f"{row['id']}.json").read_text())
        yield from_labels(f"lines/{row['id']}", host, text, labels, frozenset([host]), 2.0)


def from_labels(
    name: str, group: str, text: str, labels: Sequence[Sequence[Any]], groups: frozenset[str], weight: float
) -> Labelled:
    """A text whose every line has a label: line number from 1, role, index of the article or -1."""
    known = {number: (Role(role), article) for number, role, article in labels}
    allowed, starts, seen = [], {}, -1
    for place, index in enumerate(split_lines(text).rows):
        role, article = known.get(index + 1, (None, -1))
        allowed.append(frozenset([role]) if role else frozenset(CHAIN_ROLES))
        if article is not None and article >= 0:
            starts[place] = article > max(seen, 0)
            seen = max(seen, article)
    return Labelled(name, group, text, tuple(allowed), starts, groups, weight)


class _Article:
    """What gold says of one article, ready to be looked up."""

    def __init__(self, gold: Mapping[str, Any]):
        self.body = {_key(paragraph) for paragraph in gold.get("body") or ()}
        self.subheads = {_key(subhead) for subhead in gold.get("subheads") or ()}
        self.deck = {_key(line) for line in gold.get("deck") or ()}
        self.headline = _key(gold.get("headline") or "")
        self.captions = [_words(caption) for caption in gold.get("captions") or ()]
        self.authors = [_key(name) for name in gold.get("authors") or ()]
        days = gold.get("days") or ([gold["date"][:10]] if gold.get("date") else [])
        self.days = frozenset(days)
        self.silent = {Role.CAPTION} if gold.get("captions") is None else set()
        if gold.get("authors") is None:
            self.silent.add(Role.BYLINE)
        if gold.get("deck") is None:
            self.silent.add(Role.DECK)
        if not gold.get("headline"):
            self.silent.add(Role.HEADLINE)
        words = _words("\n".join(gold.get("body") or ()))
        self.runs = set(zip(words, words[1:], words[2:], words[3:], strict=False))


def _from_articles(row: Mapping[str, Any], name: str, groups: frozenset[str]) -> Labelled:
    lines = split_lines(row["text"])
    golds = [_Article(article) for article in row["articles"]]
    spans = [article.get("lines") or (0, len(lines.stops)) for article in row["articles"]]
    owner = 0
    owners = []
    for index in lines.rows:
        while owner + 1 < len(spans) and index >= spans[owner + 1][0]:
            owner += 1
        owners.append(owner)
    allowed = [frozenset[Role]()] * len(owners)
    for number, gold in enumerate(golds):
        places = [place for place, own in enumerate(owners) if own == number]
        for place, roles in zip(places, _article_roles(gold, [lines.texts[place] for place in places]), strict=True):
            allowed[place] = roles
    # The spans of gold say where each article begins.
    starts = {place: place > 0 and owners[place] != owners[place - 1] for place in range(len(owners))}
    return Labelled(row["id"], row.get("group", ""), row["text"], tuple(allowed), starts, groups)


def _article_roles(gold: _Article, texts: Sequence[str]) -> list[frozenset[Role]]:
    """For each line of one article the roles it may have."""
    found = [_line_roles(gold, text) for text in texts]
    if gold.headline:
        keys = [_key(text).lstrip("•*- ") for text in texts]
        copies = [place for place, key in enumerate(keys) if key == gold.headline]
        near = [place for place, key in enumerate(keys) if key != gold.headline and _is_near(key, gold.headline)]
        for place in near:
            # With a kicker or the site's name, or worded anew.
            found[place] = found[place] | {Role.HEADLINE_REPEAT}
        if not copies:
            copies = near
        body = next((place for place, roles in enumerate(found) if roles == {Role.BODY}), len(found))
        above = [place for place in copies if place < body]
        for place in copies:
            found[place] = frozenset([Role.HEADLINE_REPEAT, Role.RELATED, Role.FURNITURE])
        if above:
            # The first copy, unless it is one of a menu far above the one that the article has.
            first = next(place for place in above if above[-1] - place <= 40)
            found[first] = frozenset([Role.HEADLINE])
            for place in above:
                if place > first:
                    found[place] = frozenset([Role.HEADLINE_REPEAT])
    _mark_heads(gold, texts, found)
    return found


def _mark_heads(gold: _Article, texts: Sequence[str], found: list[frozenset[Role]]) -> None:
    """Mark the lines about headline and body that name an author or hold the date; others are of other stories."""
    body = [place for place, roles in enumerate(found) if roles == {Role.BODY}]
    title = next((place for place, roles in enumerate(found) if roles == {Role.HEADLINE}), body[0] if body else 0)
    first, last = (body[0], body[-1]) if body else (title, title)
    near = {*range(max(0, min(title, first) - HEAD_LINES), first + HEAD_LINES), *range(last + 1, last + 1 + HEAD_LINES)}
    for place in near.intersection(range(len(texts))):
        roles, text = found[place], texts[place]
        if len(roles) < 4 or len(text) > BYLINE_LENGTH:
            continue
        key = _key(text)
        names = [key.find(author) for author in gold.authors if author and author in key]
        if names and place <= last:
            opens = min(names) <= OPENER_LENGTH or not any(char.isdigit() for char in key)
            found[place] = frozenset([Role.BYLINE] if opens else [Role.BYLINE, Role.TIMESTAMP])
        elif names:
            found[place] = roles | {Role.BYLINE}
        elif gold.days and _days(text) & gold.days:
            found[place] = frozenset([Role.TIMESTAMP])


def _is_near(one: str, other: str) -> bool:
    """Whether two lines are one headline but for a kicker, a site's name or a few words."""
    words, others = set(_words(one)), set(_words(other))
    if not words or max(len(words), len(others)) > 2 * min(len(words), len(others)):
        return False
    return one in other or other in one or 2 * len(words & others) >= NEAR * (len(words) + len(others))


_UNKNOWN = frozenset(CHAIN_ROLES) - {
    Role.BODY,
    Role.HEADLINE,
    Role.HEADLINE_REPEAT,
    Role.SUBHEAD,
    Role.CAPTION,
    Role.CAPTION_REPEAT,
    Role.BYLINE,
    Role.DECK,
}


def _line_roles(gold: _Article, text: str) -> frozenset[Role]:
    key = _key(text)
    if key in gold.deck:
        return frozenset([Role.DECK, Role.BODY]) if key in gold.body else frozenset([Role.DECK])
    if key in gold.subheads:
        return frozenset([Role.SUBHEAD])
    if key in gold.body:
        return frozenset([Role.BODY])
    words = _words(text)
    if gold.captions and any(_is_caption(caption, words) for caption in gold.captions):
        return frozenset([Role.CAPTION, Role.CAPTION_REPEAT])
    runs = list(zip(words, words[1:], words[2:], words[3:], strict=False))
    if len(words) >= 8 and sum(run in gold.runs for run in runs) >= COVERED * len(runs):
        return frozenset([Role.BODY])
    silent = set(gold.silent)
    if Role.CAPTION in silent:
        silent.add(Role.CAPTION_REPEAT)
    return _UNKNOWN | silent


_GRAMMARS = Grammars(merge_locales(core_locales()))


def _days(text: str) -> set[str]:
    """The days that a line holds as date of publication or update."""
    stamp = _GRAMMARS.timestamps.read(text)
    dates = (stamp.published, stamp.updated) if stamp else ()
    return {date.iso[:10] for date in dates if date}


def _is_caption(gold: Sequence[str], words: Sequence[str]) -> bool:
    if not gold or not words:
        return False
    if gold == words:
        return True
    common = len(set(gold) & set(words))
    if 2 * common >= 0.8 * (len(set(gold)) + len(set(words))):
        return True
    return len(words) <= len(gold) + CREDIT_WORDS and " ".join(gold) in " ".join(words)


def _key(text: str) -> str:
    return " ".join(normalise(text).split())


def _words(text: str) -> list[str]:
    return _WORD.findall(_UNSPACED.sub(r" \1 ", normalise(text)))
