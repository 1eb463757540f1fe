"""The development corpus, which is no part of this tree: the one place that knows where it lies and how it is laid out.

The environment variable ``NEWSPARSE_DATA`` names the folder that holds ``corpus/``; without it there is no corpus, and
whoever needs one says so and goes on without.
"""

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VARIABLE = "NEWSPARSE_DATA"
NO_DATA = f"{VARIABLE} is not set: it names the folder that holds corpus/"
ARTICLE_SETS = ("residue", "page", "multi")


FOLDS = 5


def fold_of(group: str) -> int:
    """The fold of a publisher group: by its name alone, so that every tool finds the same."""
    return int(hashlib.sha1(group.encode()).hexdigest(), 16) % FOLDS


def groups_by_id(corpus: Path) -> dict[str, str]:
    """The publisher group of each page and main content."""
    return {row["id"]: row["group"] for name in ("residue", "page") for row in article_rows(corpus, name)}


def folds_of(row: dict[str, Any], groups: dict[str, str]) -> str:
    """The folds that a text touches, as the names of the tables that have not seen it: ``0``, ``03``."""
    if "fold" in row:
        found = {row["fold"]}
    elif "url" in row:
        found = {fold_of(host_of(row["url"]))}
    elif "group" in row:
        found = {fold_of(row["group"])}
    else:
        found = {fold_of(groups.get(article["from"], article["from"])) for article in row["articles"]}
    return "".join(map(str, sorted(found)))


def host_of(url: str) -> str:
    """The host of an address, as publishers are called."""
    return url.split("//")[-1].split("/")[0].removeprefix("www.")


def data_folder() -> Path | None:
    """The folder that holds ``corpus/``, or `None` where the variable is not set."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


def article_file(corpus: Path, name: str) -> Path:
    """The gold file of one of `ARTICLE_SETS`."""
    return corpus / f"{name}.dev.jsonl.gz"


def article_rows(corpus: Path, name: str) -> Iterator[dict[str, Any]]:
    """The records of one of `ARTICLE_SETS`: ``{id, text, language, articles, ...}``."""
    with gzip.open(article_file(corpus, name), "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def labelled_texts(corpus: Path) -> Iterator[tuple[dict[str, Any], str, list[tuple[int, str, int]]]]:
    """The hand-labelled texts: index row, text, and ``(line number, role, article or -1)`` of each non-blank line."""
    folder = corpus / "lines"
    with (folder / "index.jsonl").open(encoding="utf-8") as index:
        rows = [json.loads(line) for line in index]
    for row in rows:
        text = (folder / "texts" / f"{row['id']}.txt").read_bytes().decode("utf-8")
        labels = json.loads((folder / "labels" / f"{row['id']}.json").read_text(encoding="utf-8"))
        yield row, text, [(number, role, article) for number, role, article in labels]


def every_text(corpus: Path) -> dict[str, str]:
    """All texts of the corpus by a name of their own."""
    texts = {f"{name}/{row['id']}": row["text"] for name in ARTICLE_SETS for row in article_rows(corpus, name)}
    texts.update((f"lines/{row['id']}", text) for row, text, _ in labelled_texts(corpus))
    return texts
