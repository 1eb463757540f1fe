"""Ray for real, on this machine: ``python -m pytest -m engines plugins/newsparse-ray``."""

import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from newsparse.testing import dump_text, plain, story
from newsparse_arrow import parse_batch

pytestmark = pytest.mark.engines
pytest.importorskip("ray", reason="ray is not installed: see requirements-engines.txt")

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "parse-a-corpus.md"
POISON = "Well Is Closed in Valley\n\nThe well was found to hold poison on Monday, the mayor said, and was closed.\n"
# Ray alone takes most of a minute to start where a machine is busy.
PATIENCE = 600
ROWS = 2300
"""More than two blocks of rows."""

# A plugin that fails on one text: it raises, ends its process each time, or ends Ray's worker once or each time.
FAULTY = """
import os, signal, sys
from pathlib import Path
import ray
import newsparse_ray
from newsparse import Parser, hookimpl

FAULT, MARK = os.environ["FAULT"], Path(os.environ["MARK"])


class Faulty:
    @hookimpl
    def newsparse_finalize_article(self, draft):
        if "poison" not in draft.article.text:
            return
        if FAULT == "raise":
            raise RuntimeError("poison")
        if FAULT == "end":
            os.kill(os.getpid(), signal.SIGKILL)
        # This process is the child of Ray's worker.
        if FAULT == "worker" or not MARK.exists():
            MARK.touch()
            os.kill(os.getppid(), signal.SIGKILL)


if __name__ == "__main__":
    from faulty import Faulty
    ray.init(include_dashboard=False, num_cpus=2)
    pages = ray.data.read_parquet("pages")
    parsed = newsparse_ray.parse(pages, parser=Parser(plugins=[Faulty()], strict=True))
    parsed.write_parquet("articles")
"""


@pytest.fixture(scope="module")
def pages():
    texts: list[str | None] = [dump_text([story(Random(seed), 2)], plain) for seed in range(40)]
    column = [None, "", POISON, *(texts[number % 40] for number in range(ROWS - 3))]
    Random(7).shuffle(column)
    return pa.table({"url": [f"https://a.example/{number}" for number in range(ROWS)], "text": column})


@pytest.fixture(scope="module")
def whole(pages):
    """The rows as one process makes them."""
    return by_url(parse_batch(pages).drop_columns(["text"]))


@pytest.fixture
def folder(tmp_path, pages):
    (tmp_path / "pages").mkdir()
    pq.write_table(pages.slice(0, 2000), tmp_path / "pages" / "a.parquet")
    pq.write_table(pages.slice(2000), tmp_path / "pages" / "b.parquet")
    return tmp_path


def run(folder, *command, fault=""):
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "RAY_USAGE_STATS_ENABLED": "0",
        "FAULT": fault,
        "MARK": str(folder / "mark"),
    }
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )


def by_url(table):
    return sorted(table.to_pylist(), key=lambda row: row["url"])


def rows_of(folder):
    return by_url(
        ds.dataset(folder / "articles", format="parquet").to_table(columns=["url", "articles", "issues", "error"])
    )


def faulty(folder, fault):
    (folder / "faulty.py").write_text(FAULTY, encoding="utf-8")
    return run(folder, "faulty.py", fault=fault)


def test_the_command_gives_the_rows_of_one_call_and_counts_them(folder, whole):
    done = run(folder, "-m", "newsparse_ray", "pages", "articles")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "newsparse_ray: 2,300 rows in, 2,300 rows out, 0 of them with an error\n" in done.stderr
    assert rows_of(folder) == whole


def test_rows_with_an_error_are_counted_by_their_reason(folder, whole, pages):
    sizes = [len(text.encode()) for text in pages["text"].to_pylist() if text]
    done = run(folder, "-m", "newsparse_ray", "pages", "articles", "--limit", str(max(sizes) - 1))
    assert done.returncode == 1
    number = sizes.count(max(sizes))
    assert f"2,300 rows out, {number:,} of them with an error\n" in done.stderr
    assert f"newsparse_ray: {number:,} x the text has {max(sizes)} bytes" in done.stderr


def test_the_recipe_of_the_docs_gives_the_rows_of_one_call(folder, whole):
    [recipe] = re.findall(r"```python\n(import newsparse_ray\n.*?)```", PAGE.read_text("utf-8"), re.S)
    (folder / "recipe.py").write_text(recipe, encoding="utf-8")
    done = run(folder, "recipe.py")
    assert done.returncode == 0, done.stderr[-3000:]
    assert rows_of(folder) == whole


@pytest.mark.parametrize(("fault", "word"), [("raise", "poison"), ("end", "signal 9")])
def test_a_poison_document_costs_one_row(folder, whole, pages, fault, word):
    done = faulty(folder, fault)
    assert done.returncode == 0, done.stderr[-3000:]
    rows = rows_of(folder)
    [row] = [row for row in rows if row["error"]]
    assert word in row["error"]
    assert pages["text"][pages["url"].index(row["url"]).as_py()].as_py() == POISON
    assert row["articles"] is None
    assert [other for other in rows if other is not row] == [other for other in whole if other["url"] != row["url"]]


def test_a_worker_that_is_killed_once_changes_nothing(folder, whole):
    done = faulty(folder, "worker once")
    assert done.returncode == 0, done.stderr[-3000:]
    assert (folder / "mark").exists()
    assert rows_of(folder) == whole


def test_a_worker_that_is_killed_each_time_ends_the_run(folder):
    done = faulty(folder, "worker")
    assert done.returncode != 0
    assert "WorkerCrashedError" in done.stderr


# wrong usage


def test_a_folder_that_holds_something_is_not_written_to(folder):
    (folder / "articles").mkdir()
    (folder / "articles" / "old.parquet").touch()
    done = run(folder, "-m", "newsparse_ray", "pages", "articles")
    assert (done.returncode, done.stderr) == (
        2,
        "newsparse_ray: articles is not empty: its rows could not be told from new ones\n",
    )


def test_a_column_that_is_not_there_is_wrong_usage(folder):
    done = run(folder, "-m", "newsparse_ray", "pages", "articles", "--text", "body")
    assert done.returncode == 2
    assert "there is no column 'body' or there are several; columns: url, text" in done.stderr


def test_an_input_that_is_not_there_is_named(folder):
    done = run(folder, "-m", "newsparse_ray", "no-such-folder", "articles")
    assert (done.returncode, done.stderr) == (
        1,
        "newsparse_ray: cannot read no-such-folder: there is no such file or folder\n",
    )
