"""What is shipped: metadata, the two set-up commands, files that must be in the package, cheap imports."""

import re
import subprocess
import sys
import tomllib
from importlib import resources
from pathlib import Path

import pytest

import newsparse

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PLUGINS = sorted(path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml"))
# These bring an engine of hundreds of megabytes, and register nothing: they are used by their own names.
ENGINES = {"newsparse-ray"}
# Both are promised word for word: README has them, and .ci/run takes them from there.
COMMANDS = (
    "python -m pip install -e . && newsparse parse seeds/",
    "python -m pip install -r requirements-dev.txt && python -m pytest",
)


def name_of(requirement):
    return re.split(r"[\s<>=!~\[;]", requirement)[0].lower()


def test_the_core_depends_on_attrs_and_pluggy_and_nothing_else():
    assert sorted(map(name_of, PROJECT["dependencies"])) == ["attrs", "pluggy"]


def test_the_version_stands_in_one_way_only():
    assert newsparse.__version__ == PROJECT["version"]
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_has_the_set_up_commands(command):
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert lines.count(command) == 1


def test_ci_takes_the_commands_from_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert all(command not in script for command in COMMANDS)


def test_the_package_is_marked_as_typed():
    assert resources.files("newsparse").joinpath("py.typed").is_file()


def test_every_file_of_data_is_found_through_the_package():
    names = {path.name for path in resources.files("newsparse").joinpath("locales").iterdir()}
    assert {"en.toml", "und.toml"} <= names
    assert resources.files("newsparse").joinpath("weights.txt").is_file()


@pytest.mark.parametrize("module", ["newsparse", "newsparse.cli", "newsparse.errors"])
def test_imports_that_everybody_pays_for_are_cheap(module):
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    costly = {"attr", "attrs", "pluggy", "importlib.metadata", "rich", "newsparse.parser"}
    assert not costly & set(done.stdout.split())


def test_a_parse_needs_no_import_beyond_the_dependencies():
    code = "import sys, newsparse; newsparse.Parser(plugins=[]).parse('Rain'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ours = {"newsparse", "attr", "attrs", "pluggy", "__main__", "sitecustomize", "usercustomize"}
    tops = {name.split(".")[0] for name in done.stdout.split()} - ours - sys.stdlib_module_names
    # An editable installation brings a finder of its own along.
    assert not {name for name in tops if not name.startswith(("_", "__editable__"))}


def test_every_public_name_is_there():
    assert len(newsparse.__all__) == len(set(newsparse.__all__))
    assert all(hasattr(newsparse, name) for name in newsparse.__all__)
    with pytest.raises(AttributeError, match="no attribute 'papyrus'"):
        newsparse.papyrus  # noqa: B018


def test_functions_stay_functions_once_every_module_is_imported():
    code = (
        "import pkgutil, importlib, newsparse\n"
        "for module in pkgutil.walk_packages(newsparse.__path__, 'newsparse.'):\n"
        "    if not module.name.endswith('__main__'): importlib.import_module(module.name)\n"
        "assert all(callable(getattr(newsparse, name)) for name in ('parse', 'read', 'render', 'from_dict'))\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_plugin_says_what_it_is_and_what_it_needs():
    for folder in PLUGINS:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert project["name"].startswith("newsparse-"), folder
        assert "newsparse" in project.get("entry-points", {}) or folder.name in ENGINES, folder
        assert any(re.fullmatch(r"newsparse\s*>=[\d.]+,\s*<[\d.]+", need) for need in project["dependencies"]), folder
        assert (folder / "README.md").is_file(), folder
        assert list((folder / "tests").glob("test_*.py")), folder


def test_every_plugin_is_installed_by_the_test_command():
    for folder in PLUGINS:
        needed = "requirements-engines.txt" if folder.name in ENGINES else "requirements-dev.txt"
        assert f"-e plugins/{folder.name}" in (ROOT / needed).read_text(encoding="utf-8")


def test_the_seed_is_there_as_received():
    [seed] = (ROOT / "seeds").iterdir()
    assert seed.name == "000_ea817f18116cfa36.txt"
    assert len(seed.read_bytes().splitlines()) == 63
