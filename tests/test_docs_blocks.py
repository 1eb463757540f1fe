"""Every block of code in the docs and the READMEs runs: here, where Sphinx's doctest does not run it.

A page's blocks run in their order, in a folder that has the files they speak of. A command that cannot run here stands
in a table with the reason, and any other command that is not ours fails.
"""

import contextlib
import doctest
import gzip
import importlib.util
import io
import json
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import attrs
import pytest

import newsparse
from newsparse.cli import main
from newsparse.testing import plain
from newsparse.testing.__main__ import main as draft
from tests.test_packages import EXPORT, MESSAGE, PAGE

ROOT = Path(__file__).parent.parent
# The core stands without the plugins of the tree; what speaks of them does not.
pytestmark = pytest.mark.skipif(not (ROOT / "plugins").is_dir(), reason="the plugins of the tree are not here")
SEED = ROOT / "seeds" / "000_ea817f18116cfa36.txt"
PAGES = sorted(
    path.relative_to(ROOT)
    for path in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", *(ROOT / "plugins").glob("*/README.md")]
    if "_build" not in path.parts
)
BLOCK = re.compile(r"^(?P<fence>`{3,})(?P<language>[a-z{}-]*)[^\n]*\n(?P<code>.*?)^(?P=fence)$", re.M | re.S)
STORY = (
    "Ferry Returns to Harbour\n\nThe ferry that had waited since Sunday came in on Monday, the port authority said.\n\n"
    "All of the passengers were well, although some of them were tired, a spokeswoman told reporters.\n"
)

# What the directives of the docs run or make themselves, and what is no code.
ELSEWHERE = {
    "",
    "text",
    "{doctest}",
    "{testsetup}",
    "{toctree}",
    "{include}",
    "{literalinclude}",
    "{eval-rst}",
    "{listing}",
}
# Commands that are not run here, by their first words, and why.
NOT_HERE = {
    "python -m pip": "installs; what it promises is in .ci/run and tests/test_packages.py",
    "python -m venv": "the same",
    "python -m build": "fetches its backend; tests/test_packages.py builds with it",
    "for folder in": "the same",
    "../clean/bin": "an environment that was made in the line before",
    "python -m pytest": "this is what runs",
    "python -m sphinx": "what .ci/run does",
    "python -m newsparse_ray": "needs Ray; plugins/newsparse-ray tests it",
    "python tools/train.py": "takes an hour and the corpus",
    "python benchmarks/accuracy.py": "the same",
    "python tools/picture.py": "needs a browser, writes into the tree",
    "datasette": "a server; tried by hand, the page says with which version",
    "soffice": "tried by hand, the page says with which version",
}
# Pages whose blocks of Python run somewhere else.
RECIPES = {
    "docs/how-to/parse-a-corpus.md": "plugins/newsparse-arrow/tests/test_engines.py runs them, where the engines are",
    "plugins/newsparse-ray/README.md": "needs Ray; its tests run it",
}

# Blocks that are the files which the commands of their page speak of.
BLOCKS_ARE_FILES = {
    "read-json-lines": ("json", "scrape.jsonl"),
    "write-a-source-profile": ("toml", "harbour.toml"),
    "contributing": ("text", "tests/cases/ferry-and-bridge.txt"),
}
# What a block uses and the page has said in words, or in an example before.
GIVEN = {
    "write-a-cleaner": {"FILE": "harbour.toml", "labels_of_box": None, "calm_headline": None},
    "profiles": {"folder": Path(), "labels_of_tables": None, "without_sign_off": None},
    "test-a-plugin": {
        "PARSER": newsparse.Parser(plugins=[]),
        "printed": plain,
        "__file__": "tests/test_plugin.py",
    },
}


def blocks(page):
    return [(block["language"], block["code"]) for block in BLOCK.finditer((ROOT / page).read_text(encoding="utf-8"))]


def commands(code):
    """The commands of a block: comments and what follows a pipe left out, prompts taken off, output passed over."""
    has_prompts = code.startswith("$ ")
    for line in code.splitlines():
        if has_prompts and not line.startswith("$ "):
            continue
        yield from line.removeprefix("$ ").split(" && ")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A folder with what the pages speak of."""
    folder = tmp_path_factory.mktemp("files")
    with contextlib.chdir(folder):
        _write_files()
    return folder


@pytest.fixture
def desk(files, tmp_path, monkeypatch):
    """A copy of that folder for one page, which is where it runs."""
    shutil.copytree(files, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    # What a block imports from there is gone with it.
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def _write_files():
    for name in ("dump.txt", "scrapes/dump.txt", "crawl/one.txt", "dumps/two.txt"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(STORY, encoding="utf-8")
    shutil.copytree(ROOT / "seeds", "seeds")
    Path("docs").mkdir()
    for path in (ROOT / "docs").glob("tutorial-*.t*"):
        shutil.copy(path, "docs")
    Path("harbour").mkdir()
    for number in range(6):
        story = STORY.replace("ferry", f"ferry {number}").replace("Harbour", f"Harbour {number}")
        Path("harbour", f"{number}.txt").write_text(f"A-A+\nPrint this page now\n{story}Terms of the Harbour Press\n")
    Path("export.txt").write_bytes(EXPORT.read_bytes())
    Path("exports").mkdir()
    shutil.copy("export.txt", "exports")
    for name in ("feed/one.txt", "line.log", "kyodo/one.txt"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(MESSAGE)
    Path("page.html").write_text(PAGE, encoding="utf-8")
    Path("saved-pages").mkdir()
    shutil.copy("page.html", "saved-pages")
    Path("crawl.warc.gz").write_bytes(
        gzip.compress(
            _record(
                "response", "application/http", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode()
            )
        )
    )
    Path("CC-MAIN-00001.warc.wet.gz").write_bytes(gzip.compress(_record("conversion", "text/plain", STORY.encode())))
    Path("more.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": STORY}).encode()))
    Path("pages.jsonl").write_text(json.dumps({"text": STORY}))
    shutil.copytree(ROOT / "plugins/newsparse-example/tests/cases", "tests/cases")
    Path("harbour.toml").write_text('name = "harbour"\nmarkers = ["A-A+"]\n', encoding="utf-8")
    Path("src/newsparse_example").mkdir(parents=True)
    shutil.copy(ROOT / "plugins/newsparse-example/src/newsparse_example/example.toml", "src/newsparse_example")
    picture = newsparse.Caption("A boat.", credit=newsparse.Credit("Elm Press", agency="Elm Press"))
    article = newsparse.Article(headline="Ferry Returns", body=("The ferry came in.",), captions=(picture,))
    for name, form in {
        "news.rss": "rss",
        "feed.json": "ninjs",
        "articles.csv": "csv",
        "articles.jsonl": "jsonl",
    }.items():
        options = {"title": "Harbour Press", "link": "https://example.com/"} if form == "rss" else {}
        Path(name).write_text(newsparse.render(article, form, **options), encoding="utf-8", newline="")
    main(["parse", "dump.txt", "-o", "pages.parquet"])
    main(["parse", "dump.txt", "--to", "sqlite", "-o", "news.db"])
    Path("newsparse_harbour.py").write_text("# A plugin without hooks.\n", encoding="utf-8")


def _record(kind, media, block):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2031-05-07T01:02:03Z\r\n"
    head += f"WARC-Target-URI: https://example.com/\r\nContent-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def run_command(line, monkeypatch):
    """Run a line of a shell, if it is one that can be run here."""
    reason = next((why for start, why in NOT_HERE.items() if line.startswith(start)), None)
    if reason or not line.partition("#")[0].strip():
        return
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|>")
    lexer.whitespace_split = True
    lexer.commenters = "#"
    pieces = [[]]
    for word in lexer:
        if word in ("|", ">"):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    if pieces[0][0] == "cat":
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(Path(pieces[0][1]).read_bytes())))
        del pieces[0], pieces[0][0]
    words = pieces[0]
    if words[0] == "cd":
        monkeypatch.chdir(words[1])
    elif words[0] == "newsparse":
        assert main(words[1:]) == 0, line
    elif words[:3] == ["python", "-m", "newsparse.testing"]:
        assert draft(words[3:]) == 0, line
    elif words[0] == "cp":
        for source in words[1:-1]:
            shutil.copy(source, words[-1])
    elif words[0] == "sqlite3" and shutil.which("sqlite3"):
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    elif words[0] not in ("sqlite3", "."):
        pytest.fail(f"{line!r} is run by nothing: run it here, or say why not in NOT_HERE")


def run_python(code, page, names):
    if ">>>" in code:
        test = doctest.DocTestParser().get_doctest(code, {}, str(page), str(page), 0)
        assert doctest.DocTestRunner().run(test).failed == 0
        return
    exec(compile(code, str(page), "exec"), names)


def with_languages(*languages):
    """The pages that have such blocks."""
    return [page for page in PAGES if any(language in languages for language, _ in blocks(page))]


@pytest.mark.parametrize("page", with_languages("sh", "console"), ids=str)
def test_the_commands_of_a_page_run(page, desk, monkeypatch):
    for language, code in blocks(page):
        if language in ("sh", "console"):
            for line in commands(code):
                run_command(line, monkeypatch)
        elif page.stem in BLOCKS_ARE_FILES and BLOCKS_ARE_FILES[page.stem][0] == language:
            Path(BLOCKS_ARE_FILES[page.stem][1]).write_text(code, encoding="utf-8")


@pytest.mark.parametrize("page", [page for page in with_languages("python", "py") if str(page) not in RECIPES], ids=str)
def test_the_python_of_a_page_runs(page, desk):
    names = {"__name__": "docs", "attrs": attrs, "newsparse": newsparse, **GIVEN.get(page.stem, {})}
    for language, code in blocks(page):
        needed = set(re.findall(r"^\s*(?:import|from) (\w+)", code, re.M)) if language in ("python", "py") else ()
        if missing := [name for name in needed if importlib.util.find_spec(name) is None]:
            pytest.skip(f"{', '.join(missing)} not installed")
        if language in ("python", "py"):
            run_python(code, page, names)
        elif page.stem in BLOCKS_ARE_FILES and BLOCKS_ARE_FILES[page.stem][0] == language:
            Path(BLOCKS_ARE_FILES[page.stem][1]).write_text(code, encoding="utf-8")


def test_queries_run(desk):
    duckdb = pytest.importorskip("duckdb", reason="duckdb, which the queries are for, is not installed")
    for page in with_languages("sql"):
        for language, code in blocks(page):
            if language == "sql":
                assert all(duckdb.sql(query).fetchall() for query in code.split(";") if query.strip())


def test_the_r_of_a_page_runs(desk):
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    main(["parse", "export.txt", "-o", "articles.csv"])
    for page in with_languages("r"):
        for language, code in blocks(page):
            if language == "r":
                subprocess.run(["Rscript", "-e", code], check=True)


@pytest.mark.parametrize("page", with_languages("toml", "json"), ids=str)
def test_the_data_of_a_page_can_be_read(page):
    for language, code in blocks(page):
        if language == "toml":
            assert tomllib.loads(code)
        elif language == "json" and page.name != "README.md":
            assert [json.loads(line) for line in code.splitlines()]


def test_the_readme_shows_what_the_seed_gives():
    shown = dict(blocks("README.md"))
    seed = SEED.read_text(encoding="utf-8")
    assert all(line.removesuffix(" ...") in seed for line in shown["text"].splitlines())
    [after] = [
        newsparse.article_to_dict(article)
        for article in newsparse.parse(seed).articles
        if article.headline == json.loads(shown["json"])["headline"]
    ]
    assert holds(after, json.loads(shown["json"]))


def holds(value, part):
    """Whether a value is another one, or more; a text that ends in dots is the beginning of one."""
    if isinstance(part, dict):
        return all(holds(value[key], each) for key, each in part.items())
    if isinstance(part, list):
        return all(map(holds, value, part))
    return value.startswith(part.removesuffix(" ...")) if isinstance(part, str) else value == part


def test_every_language_of_a_block_is_run_or_known():
    found = {language for page in PAGES for language, _ in blocks(page)}
    assert found - ELSEWHERE == {"sh", "console", "python", "py", "json", "toml", "sql", "r"}


def test_every_reason_is_still_needed():
    lines = [
        line
        for page in PAGES
        for language, code in blocks(page)
        if language in ("sh", "console")
        for line in commands(code)
    ]
    assert [start for start in NOT_HERE if not any(line.startswith(start) for line in lines)] == []
    assert all((ROOT / page).is_file() for page in RECIPES)
