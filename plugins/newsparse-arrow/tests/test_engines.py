"""The recipes of the docs, word for word, in the engines that they are for; and what becomes of faults there.

``python -m pytest -m engines plugins/newsparse-arrow plugins/newsparse-ray`` runs them, where requirements-engines.txt
is installed.
"""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from newsparse.testing import dump_text, plain, printed_twice, story
from newsparse_arrow import parse_batch

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "parse-a-corpus.md"
RECIPES = {
    section.partition("\n")[0]: code[1]
    for section in PAGE.read_text(encoding="utf-8").split("\n## ")
    if (code := re.search(r"```python\n(.*?)```", section, re.S))
}
ENGINES = {
    "pyarrow": "pyarrow",
    "DuckDB": "duckdb",
    "Polars": "polars",
    "Spark": "pyspark",
    "Hugging Face datasets": "datasets",
    "Dask": "distributed",
    "Daft": "daft",
}
# Starting Java and its workers takes most of a minute where a machine is busy.
PATIENCE = 240
POISON = "Well Is Closed in Valley\n\nThe well was found to hold poison on Monday, the mayor said, and was closed.\n"

# The recipes' own names, with a plugin that fails on one text: they run unchanged but for where they import from.
FAULTY = """
import os, signal
from pathlib import Path

import newsparse_arrow
from newsparse import Parser, hookimpl
from newsparse_arrow import PARSED, parsed_schema

FAULT, MARK = os.environ["FAULT"], Path(os.environ["MARK"])


class Faulty:
    @hookimpl
    def newsparse_finalize_article(self, draft):
        if "poison" in draft.article.text:
            if FAULT == "raise":
                raise RuntimeError("poison")
            if FAULT == "end" or not MARK.exists():
                MARK.touch()
                os.kill(os.getpid(), signal.SIGKILL)


SETTINGS = {"parser": Parser(plugins=[Faulty()], strict=True), "apart": FAULT == "end"}


def parse_batch(batch):
    return newsparse_arrow.parse_batch(batch, **SETTINGS)


def parse_column(texts):
    return newsparse_arrow.parse_column(texts, **SETTINGS)
"""


def needed(heading):
    if importlib.util.find_spec(ENGINES[heading]) is None:
        pytest.skip(f"{ENGINES[heading]} is not installed: see requirements-engines.txt")


@pytest.fixture
def corpus(tmp_path):
    """A folder with ``pages/``: 120 rows in 3 files, with a null, an empty text and one that a plugin may fail on."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "articles").mkdir()
    (tmp_path / "faulty.py").write_text(FAULTY, encoding="utf-8")
    texts: list[str | None] = [None, "", POISON]
    for seed in range(117):
        layout = printed_twice if seed % 2 else plain
        texts.append(dump_text([story(Random(seed + extra), 4) for extra in range(1 + seed % 3)], layout))
    Random(7).shuffle(texts)
    pages = pa.table({"url": [f"https://a.example/{number}" for number in range(120)], "text": texts})
    for part in range(3):
        pq.write_table(pages.slice(40 * part, 40), tmp_path / "pages" / f"{part}.parquet")
    return tmp_path


def run(corpus, code, fault=None):
    """Run a recipe in a process of its own, with faults where one is named."""
    if fault:
        code = code.replace("newsparse_arrow", "faulty")
    # What tries again must find the same class in another process, so the recipe is not the main module's text.
    (corpus / "recipe.py").write_text(code, encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(corpus),
        "HF_HUB_OFFLINE": "1",
        "HF_HOME": str(corpus / "cache"),
        "FAULT": fault or "",
        "MARK": str(corpus / "mark"),
    }
    done = subprocess.run(
        [sys.executable, "recipe.py"], cwd=corpus, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return rows_of(corpus / "articles")


def rows_of(folder):
    return by_url(ds.dataset(folder, format="parquet").to_table(columns=["url", "articles", "issues", "error"]))


def by_url(table) -> list[dict[str, Any]]:
    return sorted(table.to_pylist(), key=lambda row: str(row["url"]))


def expected(corpus, error=None):
    """The rows as one process makes them; where a word of an error is given, with it in the row of the poison."""
    parsed = parse_batch(pq.read_table(corpus / "pages"))
    rows = by_url(parsed)
    if error:
        [at] = [number for number, row in enumerate(rows) if row["text"] == POISON]
        rows[at] |= {"articles": None, "issues": [], "error": error}
    return [{name: value for name, value in row.items() if name != "text"} for row in rows]


def with_one_error(rows, word):
    """The rows, and the one error among them, which says a word."""
    [error] = [row["error"] for row in rows if row["error"]]
    assert word in error
    return error


def test_every_recipe_has_an_engine_that_it_is_tried_in():
    assert set(RECIPES) == {*ENGINES, "Ray"}


def test_the_recipe_for_pyarrow_gives_the_rows_of_one_call(corpus):
    assert run(corpus, RECIPES["pyarrow"]) == expected(corpus)


def test_the_command_line_gives_the_same_articles_in_one_process_and_in_two(corpus):
    def lean(article):
        return {name: value for name, value in article.items() if name not in ("origin", "extra")}

    for name, more in {"one": [], "two": ["--jobs", "2"]}.items():
        command = [sys.executable, "-m", "newsparse", "parse", "pages", "-o", f"{name}.parquet", *more]
        subprocess.run(command, cwd=corpus, check=True, capture_output=True, timeout=PATIENCE)
    assert (corpus / "one.parquet").read_bytes() == (corpus / "two.parquet").read_bytes()
    found = [(json.loads(row["extra"])["url"], lean(row)) for row in pq.read_table(corpus / "one.parquet").to_pylist()]
    rows = [(row["url"], lean(article)) for row in expected(corpus) for article in row["articles"] or ()]
    assert sorted(found, key=repr) == sorted(rows, key=repr)


@pytest.mark.engines
@pytest.mark.parametrize("heading", [heading for heading in ENGINES if heading != "pyarrow"])
def test_a_recipe_gives_the_rows_of_one_call(corpus, heading):
    needed(heading)
    assert run(corpus, RECIPES[heading]) == expected(corpus)


@pytest.mark.engines
@pytest.mark.parametrize("heading", ENGINES)
def test_a_text_that_cannot_be_parsed_costs_one_row(corpus, heading):
    needed(heading)
    rows = run(corpus, RECIPES[heading], "raise")
    assert rows == expected(corpus, with_one_error(rows, "poison"))


@pytest.mark.engines
@pytest.mark.parametrize("heading", ["Dask", "Spark"])
def test_a_text_that_ends_its_process_each_time_costs_one_row(corpus, heading):
    needed(heading)
    rows = run(corpus, RECIPES[heading], "end")
    assert rows == expected(corpus, with_one_error(rows, "signal 9"))


@pytest.mark.engines
@pytest.mark.parametrize("heading", ["Dask", "Spark"])
def test_a_worker_that_is_killed_once_changes_nothing(corpus, heading):
    needed(heading)
    assert run(corpus, RECIPES[heading], "end once") == expected(corpus)
    assert (corpus / "mark").exists()
