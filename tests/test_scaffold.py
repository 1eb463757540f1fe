"""What `newsparse plugin new` writes passes its own tests at once, and nothing is written over."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from newsparse import SourceProfile, hookimpl, load_profile
from newsparse.cli.plugin import plugin_files
from newsparse.testing import Case, assert_case

COMMAND = [sys.executable, "-m", "newsparse", "plugin", "new"]


def run(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, arguments)], cwd=folder, capture_output=True, text=True)


@pytest.fixture(scope="module")
def scaffold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scaffold")
    done = run("newsparse-lind-herald", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("next: cd newsparse-lind-herald")
    return folder / "newsparse-lind-herald"


def test_its_tests_pass_at_once(scaffold: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], cwd=scaffold, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout


def test_its_files_are_named_after_it(scaffold: Path) -> None:
    assert {str(path) for path, _ in plugin_files("lind-herald")} == {
        str(path.relative_to(scaffold))
        for path in scaffold.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    project = tomllib.loads((scaffold / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "newsparse-lind-herald"
    assert project["entry-points"]["newsparse"] == {"lind-herald": "newsparse_lind_herald"}
    assert project["dependencies"] == ["newsparse >=0.1,<0.2"]


def test_nothing_is_left_to_fill_in(scaffold: Path) -> None:
    for path, content in plugin_files("lind-herald"):
        assert "$" not in path + content


def test_nothing_is_written_over(scaffold: Path) -> None:
    before = (scaffold / "README.md").stat().st_mtime_ns
    done = run("lind-herald", folder=scaffold.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there already" in done.stderr
    assert (scaffold / "README.md").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "name",
    ["", "Harbour", "1harbour", "harbour_press", "-harbour", "harbour-", "a--b", "../harbour", "härbour", "a" * 41],
)
def test_what_is_no_name_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    done = run("-o", "new", "--", name, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no name of a plugin" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    done = run("harbour", "-o", "no/such/folder", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("newsparse: no/such/folder: ")


@pytest.mark.parametrize("name", ["example", "x", "harbour-press", "lind-courier-daily-news", "zeitung24"])
def test_its_first_case_holds_whatever_the_outlet_is_called(name: str, tmp_path: Path) -> None:
    for path, content in plugin_files(name):
        (tmp_path / Path(path).name).write_text(content, encoding="utf-8")

    class Plugin:
        @hookimpl
        def newsparse_register_sources(self) -> list[SourceProfile]:
            return [load_profile(tmp_path / f"{name}.toml")]

    for case in ("printed-page", "page-of-another-site"):
        expected = json.loads((tmp_path / f"{case}.json").read_text(encoding="utf-8"))
        assert_case(Case(tmp_path / f"{case}.txt", expected), [Plugin()])
