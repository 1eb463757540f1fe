"""How right the parser is on a corpus with gold, by the corpus' own scorers.

    python benchmarks/accuracy.py [FOLDER] [--sets residue page multi lines seed-layout] [--by language] [--coarse]

FOLDER is laid out as the development corpus is (``residue.dev.jsonl.gz``, ``page...``, ``multi...``, ``lines/``,
``score.py``, ``score_roles.py``); without it the one in NEWSPARSE_DATA. One parser reads everything. ``residue``
and ``page`` are scored twice: told that there is one article, and finding out. ``seed-layout`` puts the stories of
``lines/`` into the layouts of the seed's site (`benchmarks.layouts`), one to four in a text, always in the same
way. Below the scorer's tables stand the standard errors, how often the language is right, and the texts that are read
worst; at the end what others reach.

With ``--tables PREFIX`` each text is read with the table of ``tools/train.py --folds`` that has seen no publisher of
it, and a text without such a table is left out: these are the cross-validated figures. Without it they are of the
weights that ship, which have seen this corpus: they show what a change does, not how well a new publisher is read.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it also runs as a file

from benchmarks import corpus, layouts, sureness
from benchmarks.stories import Story
from benchmarks.tables import unseen
from newsparse import Article, Dump, Parser

SETS = ("residue", "page", "multi", "lines", "seed-layout")
BY = ("publisher", "language", "source", "mode", "renderer")
LAYOUT_DUMPS = 200
TO_THE_DAY = ("day", "minute", "second")

Prediction = dict[str, Any]


def article_prediction(article: Article) -> Prediction:
    """An article as ``score.py`` takes it."""
    published = article.published
    return {
        "headline": article.headline,
        "body": list(article.body),
        "captions": [caption.text for caption in article.captions if caption.text],
        "authors": list(article.authors),
        "date": published.iso[:10] if published and published.precision in TO_THE_DAY else None,
        "language": article.language,
    }


def line_predictions(dump: Dump) -> list[tuple[int, str, int]]:
    """The lines that are not blank as ``score_roles.py`` takes them."""
    return [
        (line.number, line.role.value, -1 if line.article is None else line.article) for line in dump.lines if line.text
    ]


def write_predictions(path: Path, rows: Iterable[Prediction]) -> float:
    """Write the predictions, a line each; the seconds that making them took."""
    start = time.perf_counter()
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    return time.perf_counter() - start


def run_scorer(folder: Path, script: str, *arguments: object) -> None:
    """Print what one of the corpus' scorers says."""
    subprocess.run([sys.executable, folder / script, *map(str, arguments)], check=True)
    print(flush=True)


class Parsers:
    """Which parser reads which text."""

    def __init__(self, folder: Path, prefix: Path | None):
        self._shipped = Parser(plugins=[])
        self._prefix = prefix
        self._groups = corpus.groups_by_id(folder) if prefix else {}

    def of(self, row: dict[str, Any]) -> Parser | None:
        """The parser for the text of a row; `None` where none is without its publishers."""
        return unseen(self._prefix, corpus.folds_of(row, self._groups)) if self._prefix else self._shipped


def score_articles(parsers: Parsers, folder: Path, name: str, scratch: Path, filters: list[str]) -> None:
    """The table of one set of articles; of sets of single articles, told and not told."""
    files = []
    for told in (None,) if name == "multi" else (1, None):
        files.append(scratch / f"{name}{', told' if told else ''}.jsonl")
        spent = write_predictions(files[-1], _articles(parsers, folder, name, told))
        print(f"{files[-1].stem}: {spent:.1f} s", flush=True)
    gold = _gold(folder, name, files[0], scratch)
    run_scorer(folder, "score.py", gold, *files, *filters)
    for predictions in files:
        sureness.report(folder, gold, predictions)


def _gold(folder: Path, name: str, predictions: Path, scratch: Path) -> Path:
    """The gold of the texts that were read."""
    known = {json.loads(line)["id"] for line in predictions.read_text(encoding="utf-8").splitlines()}
    target = scratch / f"{name}.gold.jsonl.gz"
    with gzip.open(target, "wt", encoding="utf-8") as lines:
        rows = corpus.article_rows(folder, name)
        lines.writelines(json.dumps(row) + "\n" for row in rows if row["id"] in known)
    return target


def _articles(parsers: Parsers, folder: Path, name: str, told: int | None) -> Iterator[Prediction]:
    for row in corpus.article_rows(folder, name):
        parser = parsers.of(row)
        if parser is None:
            continue
        dump = parser.parse(row["text"], articles=told)
        yield {"id": row["id"], "articles": [article_prediction(article) for article in dump.articles]}


def score_lines(parsers: Parsers, folder: Path, lines: Path, scratch: Path, flags: list[str]) -> None:
    """The tables of labelled lines, whose texts and labels lie in `lines`."""
    with (lines / "index.jsonl").open(encoding="utf-8") as index:
        rows = sorted(map(json.loads, index), key=lambda row: str(row["id"]))
    predictions = scratch / f"{lines.name}.jsonl"
    spent = write_predictions(predictions, _lines(parsers, lines, rows))
    print(f"{lines.name}: {len(rows)} texts, {spent:.1f} s", flush=True)
    run_scorer(folder, "score_roles.py", lines / "texts", lines / "labels", predictions, *flags)


def _lines(parsers: Parsers, lines: Path, rows: Iterable[dict[str, Any]]) -> Iterator[Prediction]:
    for row in rows:
        parser = parsers.of(row)
        if parser is not None:
            text = (lines / "texts" / f"{row['id']}.txt").read_bytes().decode("utf-8")
            yield {"id": row["id"], "lines": line_predictions(parser.parse(text))}


def labelled_stories(folder: Path) -> dict[tuple[str, int], list[Story]]:
    """The stories of the hand-labelled texts that have a headline and a body, by language and fold."""
    stories: dict[tuple[str, int], list[Story]] = {}
    for row, text, labels in corpus.labelled_texts(folder):
        lines = text.split("\n")
        of_role: dict[str, list[str]] = {}
        for number, role, _ in labels:
            of_role.setdefault(role, []).append(lines[number - 1].strip())
        if "headline" in of_role and "body" in of_role:
            story = Story(
                headline=of_role["headline"][0],
                body=tuple((lines[n - 1].strip(), role) for n, role, _ in labels if role in ("body", "subhead")),
                captions=tuple(of_role.get("caption", ())),
                deck=tuple(of_role.get("deck", ())),
                related=tuple(of_role.get("related", ())),
            )
            key = row["language"], corpus.fold_of(corpus.host_of(row["url"]))
            stories.setdefault(key, []).append(story)
    return stories


def seed_layouts(folder: Path, count: int = LAYOUT_DUMPS) -> Iterator[tuple[str, str, int, layouts.LabelledDump]]:
    """Layout, language, fold and dump: stories in the layouts of the seed's site, one to four of one kind in a text."""
    random = Random(count)
    stories = labelled_stories(folder)
    keys = sorted(stories)
    names = list(layouts.LAYOUTS)
    for number in range(count):
        name = names[number % len(names)]
        # A language and fold is drawn as often as it has stories.
        language, fold = random.choices(keys, [len(stories[each]) for each in keys])[0]
        own = stories[language, fold]
        chosen = random.sample(own, min(len(own), random.randint(1, 4)))
        gaps = [random.randint(1, 3) for _ in chosen]
        yield name, language, fold, layouts.joined([layouts.LAYOUTS[name](story) for story in chosen], gaps)


def write_seed_layouts(folder: Path, target: Path) -> None:
    """The same as files, laid out as ``lines/`` is; the layout's name is the group by which the scorer reports."""
    for part in ("texts", "labels"):
        (target / part).mkdir(parents=True)
    with (target / "index.jsonl").open("w", encoding="utf-8") as index:
        for number, (layout, language, fold, dump) in enumerate(seed_layouts(folder)):
            name = f"{number:03}"
            (target / "texts" / f"{name}.txt").write_bytes(dump.text.encode("utf-8"))
            (target / "labels" / f"{name}.json").write_text(json.dumps(dump.labels), encoding="utf-8")
            index.write(json.dumps({"id": name, "group": layout, "language": language, "fold": fold}) + "\n")


def main() -> None:
    """Print the scorers' tables for the sets asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    options.add_argument("--sets", nargs="+", choices=SETS, default=SETS)
    options.add_argument(
        "--tables", type=Path, metavar="PREFIX", help="read each text with weights that have not seen it"
    )
    options.add_argument("--by", choices=BY, help="sub-rows of the sets of articles")
    options.add_argument("--language", help="score only articles of this language")
    options.add_argument("--coarse", action="store_true", help="fold the 16 roles of `lines` into six")
    chosen = options.parse_args()
    data = corpus.data_folder()
    folder = chosen.folder or (data and data / "corpus")
    if folder is None:
        options.error(f"name a FOLDER; {corpus.NO_DATA}")
    filters = [f"--{name}={value}" for name, value in (("by", chosen.by), ("language", chosen.language)) if value]
    parsers = Parsers(folder, chosen.tables)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for name in chosen.sets:
            if name in corpus.ARTICLE_SETS:
                score_articles(parsers, folder, name, scratch, filters)
            elif name == "lines":
                score_lines(parsers, folder, folder / "lines", scratch, ["--confusion", *["--coarse"] * chosen.coarse])
            else:
                write_seed_layouts(folder, scratch / name)
                score_lines(parsers, folder, scratch / name, scratch, ["--coarse", "--confusion"])
    print(f"What others reach, as the corpus says:\n\n{sureness.peers(folder)}")


if __name__ == "__main__":
    main()
