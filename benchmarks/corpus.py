"""The development corpus, which is no part of this tree: the one place that knows where it lies and how it is laid out.

The environment variable ``NEWSPARSE_DATA`` names the folder that holds ``corpus/``; without it there is no corpus, and
whoever needs one says so and goes on without.
"""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VARIABLE = "NEWSPARSE_DATA"
NO_DATA = f"{VARIABLE} is not set: it names the folder that holds corpus/"
ARTICLE_SETS = ("residue", "page", "multi")


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
