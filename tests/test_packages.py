"""Wheels and sdists of the core and of every plugin: what is in them, and that they work where the tree is not.

They are built by the backend itself and installed into an empty virtual environment, offline: what they need besides
is linked there from the environment of the tests.
"""

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from email import message_from_string
from pathlib import Path

import pytest
from packaging.requirements import Requirement

buildapi = pytest.importorskip("flit_core.buildapi", reason="flit_core, which builds, is missing")

ROOT = Path(__file__).parent.parent
# The core stands without the plugins of the tree; what speaks of them does not.
pytestmark = pytest.mark.skipif(not (ROOT / "plugins").is_dir(), reason="the plugins of the tree are not here")
FOLDERS = [ROOT, *sorted(path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml"))]
# It needs an engine of hundreds of megabytes, which is not there where tests run.
WITHOUT_ITS_ENGINE = {"newsparse-ray"}
# What a package holds: code, tables of data, the page's parts, and the mark that it is typed.
CONTENT = re.compile(r"newsparse\w*/(?:[a-z0-9_]+/)*(?:[\w-]+\.(?:py|toml|txt|jsonl|sql|css|js|html)|py\.typed)")
ABOUT = re.compile(r"newsparse\w*-[\d.]+\.dist-info/(?:METADATA|WHEEL|RECORD|entry_points\.txt|licenses/LICENSE)")
SDIST = re.compile(r"(?:src/.+|PKG-INFO|pyproject\.toml|README\.md|LICENSE)")

# For each plugin, commands that need it, in a folder with the seed and these files; each is to say something.
PAGE = (
    "<html><body><h1>Ferry Returns to Harbour</h1><p>The ferry came in on Monday, the port authority said.</p></body>"
)
EXPORT = ROOT / "plugins/newsparse-archives/tests/exports/lexisnexis.txt"
MESSAGE = (
    b"\x01abc062 3 i 40 ccccb dpa 061\r\n\nHarbour/weather/\r\n\x021ST LEAD\r\nFerries stay in the harbour =\r\n\n"
    b"   Portville (dpa) - The ferries of the town stayed in the harbour\r\non Monday, a clerk said.\r\n\n"
    b"\x03131137 GMT Nov 13\r\n\x7f\n\x7f\x04"
)
USES = {
    "newsparse-aawsat": ["lines seeds/ --source aawsat"],
    "newsparse-agencies": ["lines seeds/ --source reuters"],
    "newsparse-archives": ["parse export.txt --from lexisnexis --to jsonl"],
    "newsparse-arrow": ["parse seeds/ -o articles.parquet", "parse articles.parquet --to jsonl"],
    "newsparse-example": ["parse seeds/ --to example-headlines"],
    "newsparse-feeds": [
        "parse seeds/ --to rss:title=Seed,link=https://example.com/ -o seed.rss",
        "parse seed.rss --from feeds --to jsonl",
    ],
    "newsparse-newsml": ["parse seeds/ --to newsml-g2 -o seed.newsml", "parse seed.newsml --from newsml-g2 --to jsonl"],
    "newsparse-ninjs": ["parse seeds/ --to ninjs -o seed.ninjs.json", "parse seed.ninjs.json --from ninjs --to jsonl"],
    "newsparse-tei": ["parse seeds/ --to tei"],
    "newsparse-web": ["parse page.html --from html --to jsonl"],
    "newsparse-wire": ["parse wire.txt --from iptc7901 --to jsonl"],
}


def project(folder):
    return tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """The wheel of each distribution, by its folder."""
    target = tmp_path_factory.mktemp("wheels")
    return {folder: target / _built(folder, buildapi.build_wheel, target) for folder in FOLDERS}


def _built(folder, build, target):
    here = Path.cwd()
    os.chdir(folder)
    try:
        return build(str(target))
    finally:
        os.chdir(here)


class Elsewhere:
    """A folder and a virtual environment without the tree."""

    def __init__(self, folder):
        self.folder = folder
        venv.create(folder / "venv", with_pip=False, symlinks=True)
        self.python = folder / "venv" / "bin" / "python"
        [self.packages] = (folder / "venv" / "lib").glob("python*/site-packages")

    def install(self, wheels):
        pip = [sys.executable, "-m", "pip", "-q", "--python", str(self.python), "install"]
        subprocess.run([*pip, "--no-index", "--no-deps", "--no-compile", *map(str, wheels)], check=True)

    def link(self, needed):
        """What a distribution needs, from here, with what that needs."""
        found = importlib.metadata.distribution(Requirement(needed).name)
        for top in {path.parts[0] for path in found.files or () if path.parts[0] not in ("..", "__pycache__")}:
            if not (self.packages / top).exists():
                (self.packages / top).symlink_to(found.locate_file(top))
        for more in found.requires or ():
            marker = Requirement(more).marker
            if marker is None or marker.evaluate({"extra": ""}):
                self.link(more)

    def run(self, *command):
        inside = self.folder / "work"
        inside.mkdir(exist_ok=True)
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        return subprocess.run(command, cwd=inside, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory, wheels):
    if os.name != "posix":
        pytest.skip("packages are linked into the environment, as POSIX has it")
    place = Elsewhere(tmp_path_factory.mktemp("elsewhere"))
    place.install(wheels.values())
    for folder in FOLDERS:
        if folder.name not in WITHOUT_ITS_ENGINE:
            for needed in project(folder)["dependencies"]:
                if not needed.startswith("newsparse"):
                    place.link(needed)
    work = place.folder / "work"
    work.mkdir()
    (work / "seeds").symlink_to(ROOT / "seeds")
    (work / "README.md").write_bytes((ROOT / "README.md").read_bytes())
    (work / "export.txt").write_bytes(EXPORT.read_bytes())
    (work / "wire.txt").write_bytes(MESSAGE)
    (work / "page.html").write_text(PAGE, encoding="utf-8")
    return place


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_wheel_holds_the_package_and_nothing_else(folder, wheels):
    with zipfile.ZipFile(wheels[folder]) as wheel:
        names = wheel.namelist()
    package = project(folder)["name"].replace("-", "_")
    assert {f"{package}/__init__.py", f"{package}/py.typed"} <= set(names)
    assert [name for name in names if not CONTENT.fullmatch(name) and not ABOUT.fullmatch(name)] == []
    assert {name.partition("/")[0] for name in names if not ABOUT.fullmatch(name)} == {package}
    files = {path.relative_to(folder / "src") for path in (folder / "src" / package).rglob("*") if path.is_file()}
    assert {str(path) for path in files if "__pycache__" not in path.parts} <= set(names)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_wheel_says_what_it_is(folder, wheels):
    said = project(folder)
    with zipfile.ZipFile(wheels[folder]) as wheel:
        [path] = (name for name in wheel.namelist() if name.endswith("METADATA"))
        metadata = message_from_string(wheel.read(path).decode("utf-8"))
    assert (metadata["Name"], metadata["Version"]) == (said["name"], said["version"])
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Summary"] == said["description"]
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata.get_payload().startswith(f"# {said['name']}\n")
    plain = [needed for needed in metadata.get_all("Requires-Dist") if "extra ==" not in needed]
    assert len(plain) == len(said["dependencies"])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_an_sdist_can_be_built_from_and_holds_nothing_else(folder, tmp_path):
    with tarfile.open(tmp_path / _built(folder, buildapi.build_sdist, tmp_path)) as sdist:
        names = [name.partition("/")[2] for name in sdist.getnames()]
    assert [name for name in names if not SDIST.fullmatch(name) or "__pycache__" in name] == []
    assert {"pyproject.toml", "README.md", "LICENSE", "PKG-INFO"} <= set(names)


def test_the_core_works_without_the_tree(elsewhere):
    done = elsewhere.run(str(elsewhere.python.with_name("newsparse")), "parse", "seeds/")
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line)["headline"][:7] for line in done.stdout.splitlines()] == ["Misrata", "US Mili"]
    found = elsewhere.run(str(elsewhere.python), "-c", "import newsparse; print(newsparse.__file__)").stdout
    assert Path(found).is_relative_to(elsewhere.packages)


def test_the_lines_of_the_readme_run_without_the_tree(elsewhere):
    done = elsewhere.run(str(elsewhere.python), "-m", "doctest", "README.md")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_plugin_is_found_without_the_tree(elsewhere):
    done = elsewhere.run(str(elsewhere.python), "-m", "newsparse", "plugins", "--json")
    assert done.returncode == 0
    assert all(folder.name in done.stdout for folder in FOLDERS[1:] if folder.name not in WITHOUT_ITS_ENGINE)
    assert "fail" not in done.stderr


@pytest.mark.parametrize(
    "folder",
    [folder for folder in FOLDERS[1:] if folder.name not in WITHOUT_ITS_ENGINE],
    ids=lambda folder: folder.name,
)
def test_every_plugin_works_without_the_tree(folder, elsewhere):
    for command in USES[folder.name]:
        done = elsewhere.run(str(elsewhere.python), "-m", "newsparse", *command.split())
        assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert "Traceback" not in done.stderr
