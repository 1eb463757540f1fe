"""A folder that mixes formats, read by the command line: what each file was taken for, and what could not be read."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

MAIL = "From: a@b.c\nTo: d@e.f\nSubject: Rain Ends\nDate: Thu, 19 Feb 2015 17:18:40 +1100\n\nIt rained.\n"
TABLE = "title,text\nSnow Falls,It snowed.\n"


def parse(*arguments: str, cwd: Path) -> tuple[int, list[str], list[str]]:
    """Exit code, headlines and lines on stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "newsparse", "parse", *arguments],
        capture_output=True,
        cwd=cwd,
        timeout=120,
        env={"NEWSPARSE_PLUGINS": "", "PYTHONPATH": ":".join(sys.path)},
    )
    headlines = [json.loads(line)["headline"] for line in done.stdout.splitlines()]
    return done.returncode, headlines, done.stderr.decode().splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(MAIL)
    with zipfile.ZipFile(tmp_path / "in" / "b.zip", "w") as archive:
        archive.writestr("t.csv", TABLE)
    (tmp_path / "in" / "c.json").write_text('[{"title": "Hail", "text": "It hailed."}]')
    return tmp_path


def test_each_file_is_read_as_what_it_is_and_stderr_says_why(folder: Path) -> None:
    code, headlines, told = parse("in", cwd=folder)
    assert (code, headlines) == (0, ["Rain Ends", "Snow Falls", "Hail"])
    assert told == [
        "newsparse: in/a.txt: read as email (90 of 100, by content)",
        "newsparse: in/b.zip/t.csv: read as csv (80 of 100, by content and name)",
        "newsparse: in/c.json: read as json (65 of 100, by content)",
    ]


def test_a_broken_input_is_named_and_the_others_are_written(folder: Path) -> None:
    whole = (folder / "in" / "b.zip").read_bytes()
    (folder / "in" / "b2.zip").write_bytes(whole[:50])
    code, headlines, told = parse("in", cwd=folder)
    assert (code, headlines) == (1, ["Rain Ends", "Snow Falls", "Hail"])
    assert [line for line in told if "cannot read in/b2.zip" in line]


def test_of_many_files_the_rest_is_counted(folder: Path) -> None:
    for number in range(30):
        (folder / "in" / f"d{number:02}.csv").write_text(TABLE)
    code, headlines, told = parse("in", cwd=folder)
    assert (code, len(headlines), len(told)) == (0, 33, 21)
    assert told[-1] == "newsparse: 13 more files: 13 as csv"


def test_files_that_were_named_and_folders_of_texts_need_no_word(folder: Path) -> None:
    assert parse("in/a.txt", "in/c.json", cwd=folder) == (0, ["Rain Ends", "Hail"], [])
    (folder / "texts").mkdir()
    (folder / "texts" / "a.txt").write_text("TT\n")
    assert parse("texts", cwd=folder) == (0, [], [])


@pytest.mark.parametrize(
    ("flags", "code"), [((), 1), (("--depth", "1"), 1), (("--limit", "4000", "--depth", "3"), 0)], ids=str
)
def test_flags_raise_the_limits(flags: tuple[str, ...], code: int, folder: Path) -> None:
    table = "title,text\nSnow Falls,It snowed.\nRain," + "x" * 3000 + "\n"
    with zipfile.ZipFile(folder / "outer.zip", "w") as archive:
        archive.write(folder / "in" / "b.zip", "b.zip")
        archive.writestr("t.csv", table)
    default = () if flags else ("--limit", "1000")
    assert parse("outer.zip", *default, *flags, cwd=folder)[0] == code
