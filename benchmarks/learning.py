"""What a learned profile does on real sites: learned from all pages of a site but one, and tried on that one, in turn.

    python -m benchmarks.learning [FOLDER] [--sites NAME ...]

FOLDER is the corpus; without it the folder ``corpus`` in that which NEWSPARSE_DATA names. The sites are the publishers
with six or more pages in ``page``, and 30 dumps of ``multi`` that are laid out like the seed. For each site:

- ``shared``: lines of the page that at least three other pages have and that are in no gold field, all pages together;
- ``found``: the share of them that the profile names; ``sure``: the share of lines that it names and no gold field has;
- ``kept``: gold lines that the profile names and that stay in their article all the same, as the decoder decides;
- body F1 and exact headlines without a profile and with it, by the corpus' own scorer.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it also runs as a file

from benchmarks import corpus
from benchmarks.accuracy import article_prediction
from benchmarks.sureness import scorer
from newsparse import Dump, Parser
from newsparse.counting import Counts
from newsparse.lines import normalise, split_lines
from newsparse.models import Role
from newsparse.proposals import propose

SEED_DUMPS = 30
LEAST_PAGES = 6
SHARED_BY = 3
DROPPED = (Role.MARKER, Role.FURNITURE, Role.RELATED)
GOLD_FIELDS = ("headline", "deck", "body", "subheads", "authors", "date", "captions", "caption_credits")

Row = dict[str, Any]


def sites(folder: Path) -> dict[str, list[Row]]:
    """The rows of each site."""
    found: dict[str, list[Row]] = {}
    for row in corpus.article_rows(folder, "page"):
        found.setdefault(row["publisher"], []).append(row)
    found = {name: rows for name, rows in found.items() if len(rows) >= LEAST_PAGES}
    seeds = (row for row in corpus.article_rows(folder, "multi") if row["mode"] == "seed")
    found["seed layout"] = [row for row, _ in zip(seeds, range(SEED_DUMPS), strict=False)]
    return found


def gold_keys(row: Row) -> set[str]:
    """The keys of all lines that are in a gold field."""
    return {
        normalise(line).strip()
        for article in row["articles"]
        for field in GOLD_FIELDS
        for value in _texts(article.get(field))
        for line in value.split("\n")
    }


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(value.get("text"))
    elif isinstance(value, Iterable):
        for item in value:
            yield from _texts(item)


def prediction(row: Row, dump: Dump) -> Row:
    """A dump as the scorer takes it."""
    return {"id": row["id"], "articles": [article_prediction(article) for article in dump.articles]}


def tried(name: str, rows: list[Row], generic: Parser, score: ModuleType) -> tuple[Counter[str], Row, Row]:
    """Counts of lines over a site's pages, and the scores without and with the profile."""
    dumps = [generic.parse(row["text"]) for row in rows]
    keys = [set(split_lines(row["text"]).keys) for row in rows]
    shared_by = Counter(key for own in keys for key in own)
    lines: Counter[str] = Counter()
    without, with_profile = {}, {}
    for index, (row, dump) in enumerate(zip(rows, dumps, strict=True)):
        counts = Counts()
        for other in (*dumps[:index], *dumps[index + 1 :]):
            counts.add(other)
        profile = propose(counts, name.replace(" ", "-")).profile
        named = {normalise(line) for line in (*profile.markers, *profile.furniture, *profile.separators)} & keys[index]
        gold = gold_keys(row)
        shared = {key for key in keys[index] if shared_by[key] > SHARED_BY} - gold
        again = Parser(source=profile, plugins=generic.plugins).parse(row["text"])
        kept = {normalise(line.text).strip() for line in again.lines if line.role not in DROPPED}
        lines.update(
            shared=len(shared), found=len(shared & named), named=len(named), wrong=len(named & gold),
            kept=len(named & gold & kept), layouts=len(profile.layouts),
        )  # fmt: skip
        without[row["id"]] = prediction(row, dump)
        with_profile[row["id"]] = prediction(row, again)
    return lines, score.score(rows, without)["ALL"], score.score(rows, with_profile)["ALL"]


def main() -> None:
    """Print a row a site."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    options.add_argument("--sites", nargs="+", metavar="NAME")
    chosen = options.parse_args()
    data = corpus.data_folder()
    folder = chosen.folder or (data and data / "corpus")
    if folder is None:
        options.error(f"name a FOLDER; {corpus.NO_DATA}")
    generic, score = Parser(plugins=[]), scorer(folder)
    print(f"{'site':22} pages shared found  sure  wrong kept   body F1       headlines    layouts")
    for name, rows in sites(folder).items():
        if chosen.sites and name not in chosen.sites:
            continue
        lines, without, with_profile = tried(name, rows, generic, score)
        found, sure = lines["found"] / max(1, lines["shared"]), 1 - lines["wrong"] / max(1, lines["named"])
        print(
            f"{name:22} {len(rows):5} {lines['shared']:6} {found:5.3f} {sure:5.3f} {lines['wrong']:5} {lines['kept']:4}"
            f"  {without['bF']:.3f} {with_profile['bF']:.3f}  {without['head']:.3f} {with_profile['head']:.3f}"
            f"  {lines['layouts'] / len(rows):.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
