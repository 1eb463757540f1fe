"""Where ``newsparse parse`` puts what it writes: whole files, in their folder, with what could not be held told."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import newsparse
from newsparse.cli.outputs import Choice as OutputChoice
from newsparse.cli.outputs import FolderOutput, whole_file
from newsparse.dump import Dump
from newsparse.models import Article, Origin
from newsparse.plugins import load_plugins

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "000_ea817f18116cfa36.txt"
COMMAND = [sys.executable, "-m", "newsparse"]
CORE = load_plugins([])
STORY = """\
Harbour Opens Again After Storm

The harbour that had been shut since Sunday night opened again on Monday, the port authority said in a statement.

All ferries were on time by noon, although some of the passengers had waited for a day, a spokeswoman told reporters.
"""


def run(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "NEWSPARSE_PLUGINS": ""}
    done = subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, cwd=cwd, env=environment)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_database_is_added_to_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "copy.txt").write_text(STORY)
    counts = []
    for inputs in (["a.txt"], ["a.txt", "copy.txt"], ["./a.txt"], ["copy.txt"]):
        done = run("parse", *inputs, "--to", "sqlite", "-o", "out.db", cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        counts.append((count(tmp_path / "out.db", "articles"), count(tmp_path / "out.db", "lines")))
    assert counts == [(1, 5), (2, 10), (2, 10), (2, 10)]
    with closing(sqlite3.connect(tmp_path / "out.db")) as database:
        assert database.execute("SELECT count(DISTINCT id) FROM articles").fetchone() == (1,)
        assert database.execute("SELECT DISTINCT json_extract(stamp, '$.version') FROM runs").fetchall() == [
            (newsparse.__version__,)
        ]


def test_a_file_that_is_no_database_is_wrong_usage_and_stays(tmp_path: Path) -> None:
    (tmp_path / "out.db").write_text("precious")
    done = run("parse", SEED, "--to", "sqlite", "-o", tmp_path / "out.db")
    assert done.returncode == 2
    assert b"is no SQLite database" in done.stderr
    assert (tmp_path / "out.db").read_text() == "precious"
    assert [path.name for path in tmp_path.iterdir()] == ["out.db"]


def test_standoff_goes_through_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    done = run("parse", "a.txt", SEED, "--to", "standoff", cwd=tmp_path)
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["text"] == STORY
    assert second["text"] == SEED.read_text(encoding="utf-8")
    assert first["metadata"]["origin"]["path"] == "a.txt"


def test_equal_settings_have_equal_hashes(tmp_path: Path) -> None:
    stamps = []
    for name, marker in (("a", "A-A+"), ("b", "A-A+"), ("c", "Print")):
        (tmp_path / f"{name}.toml").write_text(f'name = "harbour"\nmarkers = ["{marker}"]\n')
    profiles = [["--profile", str(tmp_path / f"{name}.toml")] for name in "abc"]
    for arguments in ([], ["--language", "en"], ["--language", "en"], ["--articles", "1"], *profiles):
        done = run("parse", SEED, "--to", "json", *arguments)
        stamps.append(json.loads(done.stdout)["newsparse"])
    hashes = [stamp["settings"] for stamp in stamps]
    assert hashes[1] == hashes[2]
    assert hashes[4] == hashes[5]
    assert len(set(hashes)) == 5
    dump = newsparse.Parser(plugins=[]).parse("Rain\n")
    rendered = json.loads(str(newsparse.Parser(plugins=[]).render(dump, "json")))["newsparse"]
    assert rendered == stamps[0]


def test_what_the_format_cannot_hold_is_told_once_for_all_files(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(STORY.replace("noon", "no\0on"))
    for out in ("out.md", "out/"):
        done = run("parse", "a.txt", "b.txt", "--to", "markdown", "-o", out, cwd=tmp_path)
        assert done.returncode == 0
        assert done.stderr.decode() == ("newsparse: 2 characters that markdown cannot hold became U+FFFD: U+0000 (2)\n")
    assert "no\ufffdon" in (tmp_path / "out" / "b.md").read_text(encoding="utf-8")
    assert run("parse", "a.txt", "--to", "csv", "-o", "out.csv", cwd=tmp_path).stderr == b""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
@pytest.mark.parametrize("out", ["out.csv", "out.sqlite"])
def test_after_a_kill_the_old_file_still_stands(tmp_path: Path, number: int, out: str) -> None:
    target = tmp_path / out
    assert run("parse", SEED, "-o", target).returncode == 0
    before = target.read_bytes()
    process = subprocess.Popen(
        [*COMMAND, "parse", str(SEED), "-", "-o", str(target)],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "NEWSPARSE_PLUGINS": ""},
        # A shell that runs the tests in the background has its processes ignore the signal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".*.tmp")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(number)
    assert process.wait() != 0
    assert process.stdin
    process.stdin.close()
    assert target.read_bytes() == before


def folder_output(folder: Path, format: str = "jsonl", roots: tuple[str, ...] = ()) -> FolderOutput:
    return FolderOutput(folder, roots, OutputChoice(CORE.format(format), CORE, {}))


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def dump_from(path: str) -> Dump:
    return Dump(articles=[Article(headline="../../etc/passwd")], origin=Origin(path))


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        pytest.param(["../../x.txt", "..", "."], ["--1.jsonl", "-.jsonl", "x.jsonl"], id="upwards"),
        pytest.param(["/etc/passwd"], ["passwd.jsonl"], id="absolute"),
        pytest.param(["a\0b.txt", "a\nb.txt"], ["a-b-1.jsonl", "a-b.jsonl"], id="NUL and line end"),
        pytest.param(["C:\\x\\y.txt"], ["C-x-y.jsonl"], id="Windows path"),
        pytest.param(
            ["CON.txt", "nul", "com1.a.txt", "conman"],
            ["CON-.jsonl", "com1-.a.jsonl", "conman.jsonl", "nul-.jsonl"],
            id="devices",
        ),
        pytest.param(["A.txt", "a.md", "a.txt"], ["A.jsonl", "a-1.jsonl", "a-2.jsonl"], id="case"),
        pytest.param(["caf\u00e9.txt", "cafe\u0301.txt"], ["caf\u00e9-1.jsonl", "caf\u00e9.jsonl"], id="accents"),
        pytest.param(
            ["n" * 300 + ".txt", "n" * 300 + "m.txt"], ["n" * 50 + "-1.jsonl", "n" * 50 + ".jsonl"], id="long"
        ),
        pytest.param([".hidden.txt", "-"], ["-.jsonl", "hidden.jsonl"], id="hidden and stdin"),
        pytest.param(["\u202etxt.exe", "\ud800.txt"], ["-.jsonl", "-txt.jsonl"], id="bidi and surrogate"),
    ],
)
def test_names_stay_in_the_folder(tmp_path: Path, paths: list[str], expected: list[str]) -> None:
    with folder_output(tmp_path / "out") as output:
        for path in paths:
            output.write(dump_from(path))
    assert names(tmp_path) == sorted(f"out/{name}" for name in expected)


def test_the_folders_of_an_input_stay_below_the_output(tmp_path: Path) -> None:
    with folder_output(tmp_path / "out", roots=("in",)) as output:
        for path in ("in/../../x.txt", "in/nul/a.txt", "in/deep/er/b.txt"):
            output.write(dump_from(path))
    assert names(tmp_path) == ["out/-/-/x.jsonl", "out/deep/er/b.jsonl", "out/nul-/a.jsonl"]


def test_a_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    with whole_file(target) as stream:
        stream.write(b"half")
        assert not target.exists()
    assert target.read_bytes() == b"half"

    def fail() -> Any:
        with whole_file(target) as stream:
            stream.write(b"other")
            raise KeyError("torn")

    with pytest.raises(KeyError):
        fail()
    assert target.read_bytes() == b"half"
    assert names(tmp_path) == ["out.txt"]
