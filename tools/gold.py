"""Gold to labels: for each line of a text the roles it may have, as far as gold articles or hand labels tell.

Where gold is silent a line may have any role that gold does not rule out; the trainer sums over them. Gold is known to
miss some list items and subheads that are running text, and may hold only the shorter form of a caption.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from newsparse.lines import normalise, split_lines
from newsparse.models import Role
from newsparse.weights import CHAIN_ROLES

# A line that shares this much of its four-word runs with a gold paragraph is that paragraph, cut or joined.
COVERED = 0.7
# Gold captions come without credit; a credit has at most this many words more.
CREDIT_WORDS = 12
# A line that names an author of gold and is no longer than this is a byline.
BYLINE_LENGTH = 160

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


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def labelled_texts(folder: Path) -> list[Labelled]:
    """Everything a corpus folder holds: pages, main contents, dumps of several articles and hand-labelled lines."""
    texts: list[Labelled] = []
    groups: dict[str, str] = {}
    for name in ("residue", "page"):
        for row in records(folder / f"{name}.dev.jsonl.gz"):
            groups[row["id"]] = row["group"]
            texts.append(_from_articles(row, name, frozenset([row["group"]])))
    for row in records(folder / "multi.dev.jsonl.gz"):
        own = frozenset(groups.get(article["from"], article["from"]) for article in row["articles"])
        texts.append(_from_articles(row, "multi", own))
    return [*texts, *hand_labelled(folder / "lines")]


def hand_labelled(folder: Path) -> Iterator[Labelled]:
    """The texts whose every line was labelled by hand; they count twice."""
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        host = re.sub(r"^https?://(www\.)?", "", row["url"]).split("/")[0]
        text = (folder / "texts" / f"{row['id']}.txt").read_text(encoding="utf-8")
        labels = {
            n: (Role(role), article)
            for n, role, article in json.loads((folder / "labels" / f"{row['id']}.json").read_text())
        }
        allowed, starts, seen = [], {}, -1
        for place, index in enumerate(split_lines(text).rows):
            role, article = labels.get(index + 1, (None, -1))
            allowed.append(frozenset([role]) if role else frozenset(CHAIN_ROLES))
            if article is not None and article >= 0:
                starts[place] = article > max(seen, 0)
                seen = max(seen, article)
        yield Labelled(f"lines/{row['id']}", host, text, tuple(allowed), starts, frozenset([host]), 2.0)


class _Article:
    """What gold says of one article, ready to be looked up."""

    def __init__(self, gold: Mapping[str, Any]):
        self.body = {_key(paragraph) for paragraph in gold.get("body") or ()}
        self.subheads = {_key(subhead) for subhead in gold.get("subheads") or ()}
        self.deck = {_key(line) for line in gold.get("deck") or ()}
        self.headline = _key(gold.get("headline") or "")
        self.captions = [_words(caption) for caption in gold.get("captions") or ()]
        self.authors = [_key(name) for name in gold.get("authors") or ()]
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
    starts = {}
    if len(golds) == 1:
        starts = dict.fromkeys(range(len(owners)), False)
    else:
        for place, own in enumerate(owners):
            first_body = next(
                (p for p in range(place, len(owners)) if owners[p] == own and Role.BODY in allowed[p]), None
            )
            inside = any(owners[p] == own and allowed[p] == {Role.BODY} for p in range(max(0, place - 400), place))
            if own == 0 or inside or first_body is None:
                starts[place] = False
    return Labelled(row["id"], row.get("group", ""), row["text"], tuple(allowed), starts, groups)


def _article_roles(gold: _Article, texts: Sequence[str]) -> list[frozenset[Role]]:
    """For each line of one article the roles it may have."""
    found = [_line_roles(gold, text) for text in texts]
    if gold.headline:
        copies = [place for place, text in enumerate(texts) if _key(text).lstrip("•*- ") == gold.headline]
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
    return found


_UNKNOWN = frozenset(CHAIN_ROLES) - {
    Role.BODY,
    Role.HEADLINE,
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
    if len(key) <= BYLINE_LENGTH and any(author and author in key for author in gold.authors):
        return frozenset([Role.BYLINE, Role.TIMESTAMP] if any(char.isdigit() for char in key) else [Role.BYLINE])
    silent = set(gold.silent)
    if Role.CAPTION in silent:
        silent.add(Role.CAPTION_REPEAT)
    return _UNKNOWN | silent


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
