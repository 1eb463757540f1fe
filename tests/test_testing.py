"""The test kit tells what is wrong, and is content with what is right."""

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given

import newsparse
from newsparse import testing
from newsparse.errors import OptionError
from newsparse.testing import Case, assert_case, check_plugin, load_cases, outcome
from newsparse.testing.__main__ import main
from newsparse.testing.growth import MOST_GROWTH, growth
from newsparse.testing.plugin_laws import LAWS, Subject

TEXT = "Rain Ends in Valley\n\nThe rain ended on Monday after two weeks, the mayor of the valley told reporters.\n"
START = "import newsparse\nfrom newsparse import Label, OutputFormat, Reader, Role, Rule, SourceProfile, hookimpl\n"
ANNOTATED = (
    START
    + """
def annotate(lines, context):
{body}

@hookimpl
def newsparse_register_sources():
    return [SourceProfile("harbour", annotate=annotate)]
"""
)
GOOD = ANNOTATED.format(
    body="""    for line in lines:
        if line.text.startswith("Print:"):
            yield Label(line.number, Role.FURNITURE, weight=60, reason="print line")"""
)
FORMAT = (
    START
    + """
class Writer:
    count = 0
    def __init__(self, stream, context):
        self.stream = stream
    def write(self, article):
{body}
    def close(self):
        pass

@hookimpl
def newsparse_register_formats():
    return [OutputFormat("headlines", open=Writer, joins=True)]
"""
)
READER = (
    START
    + """
def sniff(head, name):
    return {score}

def read(stream, context):
    stream.read().decode({codec})
    return iter(())

@hookimpl
def newsparse_register_readers():
    return [Reader("papyrus", sniff=sniff, read=read)]
"""
)
QUADRATIC = ANNOTATED.format(
    body="""    texts = [line.text for line in lines]
    return [Label(line.number, weight=1) for line in lines if texts.count(line.text) > len(texts)]"""
)
BACKTRACKING = "import re\n" + ANNOTATED.format(
    body="""    return [Label(line.number, weight=1) for line in lines if re.search("[A-Z]+[A-Z]+:", line.text)]"""
)


@pytest.fixture
def module_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """A function that makes a module of code, as a plugin that lies on the path."""

    def make(code: str) -> ModuleType:
        name = "plugin_under_test"
        (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.delitem(sys.modules, name, raising=False)
        importlib.invalidate_caches()
        return importlib.import_module(name)

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rain.txt").write_text(TEXT, encoding="utf-8")
    expected = outcome(newsparse.Parser(plugins=[]).parse(TEXT))
    (tmp_path / "rain.json").write_text(json.dumps(expected), encoding="utf-8")
    return tmp_path


# cases


def test_a_case_that_fits_passes_and_has_its_files_name(folder: Path) -> None:
    [case] = load_cases(folder)
    assert str(case) == "rain"
    assert_case(case)


def test_a_case_that_does_not_fit_shows_line_role_and_text(folder: Path) -> None:
    expected = json.loads((folder / "rain.json").read_text(encoding="utf-8"))
    expected["lines"][0] = "furniture"
    expected["articles"][0]["headline"] = "Rain Begins"
    with pytest.raises(AssertionError) as caught:
        assert_case(Case(folder / "rain.txt", expected))
    shown = str(caught.value).splitlines()
    assert shown[0] == "rain: gives something else"
    assert "-   1 furniture          Rain Ends in Valley" in shown
    assert "+   1 headline 0         Rain Ends in Valley" in shown
    assert '- "headline": "Rain Begins",' in [" ".join(line.split()) for line in shown]


def test_an_issue_that_no_case_expects_fails_it(folder: Path, module_of: Callable[[str], ModuleType]) -> None:
    [case] = load_cases(folder)
    broken = module_of(START + "@hookimpl\ndef newsparse_register_sources():\n    return 1 // 0\n")
    with pytest.raises(AssertionError, match="plugin-failed"):
        assert_case(case, [broken])


def test_a_file_of_several_dumps_is_a_case(tmp_path: Path) -> None:
    (tmp_path / "two.jsonl").write_text(json.dumps({"text": TEXT}) + "\n" + json.dumps({"text": "\n"}) + "\n")
    rain = outcome(newsparse.Parser(plugins=[]).parse(TEXT))
    expected = {"dumps": [rain, {"lines": [""], "articles": []}]}
    assert_case(Case(tmp_path / "two.jsonl", expected))
    with pytest.raises(AssertionError, match="2 dumps, not 1"):
        assert_case(Case(tmp_path / "two.jsonl", rain))


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        pytest.param({}, "holds no case", id="nothing"),
        pytest.param({"a.txt": ""}, "a.txt has no a.json beside it", id="no expectation"),
        pytest.param({"a.txt": "", "a.json": "{}", "b.json": "{}"}, "b.json stands alone", id="no text"),
        pytest.param({"a.txt": "", "a.json": "{"}, "a.json is no JSON", id="no JSON"),
    ],
)
def test_a_folder_of_no_cases_is_a_clear_error(tmp_path: Path, files: dict[str, str], reason: str) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    with pytest.raises(OptionError, match=reason):
        load_cases(tmp_path)


def test_a_draft_is_a_case_and_is_never_written_over(
    tmp_path: Path, module_of: Callable[[str], ModuleType], capsys: pytest.CaptureFixture[str]
) -> None:
    module = module_of(GOOD)
    path = tmp_path / "rain.txt"
    path.write_text("Print: page 4\n" + TEXT)
    arguments = [str(path), "--plugin", module.__name__, "--source", "harbour"]
    assert main(arguments) == 0
    assert "rain.json" in capsys.readouterr().out
    case = Case(path, json.loads(path.with_suffix(".json").read_text()))
    assert (case.expected["settings"], case.expected["source"]) == ({"source": "harbour"}, "harbour")
    assert_case(case, [module])
    path.with_suffix(".json").write_text("mine")
    assert main(arguments) == 0
    assert path.with_suffix(".json").read_text() == "mine"


@pytest.mark.parametrize("wrong", [["--source", "papyrus"], ["--plugin", "no_such_module"]], ids=["source", "module"])
def test_a_draft_that_cannot_be_made_is_told_in_one_line(
    folder: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "rain.json").unlink()
    assert main([str(folder / "rain.txt"), *wrong]) == 2
    assert capsys.readouterr().err.startswith("newsparse.testing: ")


# strategies


@given(testing.dumps([testing.plain], max_stories=2))
def test_a_known_dump_holds_the_lines_of_its_stories_in_order(known: testing.KnownDump) -> None:
    told = [line for story in known.stories for line in (story.headline, *story.captions, *story.paragraphs)]
    assert [line for line in known.text.split("\n") if line] == told


# plugins


def test_a_good_plugin_passes_the_check(module_of: Callable[[str], ModuleType]) -> None:
    check_plugin(module_of(GOOD), ["Print: page 4\n" + TEXT])


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        pytest.param("    open('rain.log', 'w')", "file writes: open", id="a file to write"),
        pytest.param("    import socket; socket.create_connection(('localhost', 9))", "network: socket", id="network"),
        pytest.param("    import os; os.system('true')", "processes: os.system", id="a process"),
    ],
)
def test_what_a_plugin_must_keep_its_hands_off_is_told_even_if_it_hides_the_error(
    module_of: Callable[[str], ModuleType], body: str, problem: str
) -> None:
    hidden = f"    try:\n    {body}\n    except Exception:\n        pass\n    return ()"
    with pytest.raises(AssertionError, match=problem):
        check_plugin(module_of(ANNOTATED.format(body=hidden)))


def test_the_order_of_a_set_is_told(module_of: Callable[[str], ModuleType]) -> None:
    code = "@hookimpl\ndef newsparse_finalize_article(draft):\n    draft.set('all', ''.join({*'abcdefgh'}), 'any')\n"
    with pytest.raises(AssertionError, match="another hash seed gives another result"):
        check_plugin(module_of(START + code), [TEXT])


def test_a_plugin_without_end_is_cut_and_what_it_was_about_is_told(module_of: Callable[[str], ModuleType]) -> None:
    with pytest.raises(AssertionError, match="not done after 3 seconds"):
        check_plugin(module_of(ANNOTATED.format(body="    while True: pass")), patience=3)


def test_a_plugin_that_cannot_be_imported_elsewhere_is_told() -> None:
    with pytest.raises(AssertionError, match="it cannot be imported"):
        check_plugin(ModuleType("made_by_hand"))


@pytest.mark.parametrize(
    ("law", "code", "problem"),
    [
        pytest.param("registers", "x = 1", "implements no hook", id="no hook"),
        pytest.param(
            "registers",
            START + "@hookimpl\ndef newsparse_register_sauces():\n    return ()\n",
            "there is no such hook",
            id="misspelt hook",
        ),
        pytest.param(
            "registers",
            START + "@hookimpl\ndef newsparse_register_sources():\n    return [SourceProfile('')]\n",
            "without a name",
            id="no name",
        ),
        pytest.param(
            "keeps every line", ANNOTATED.format(body="    return 1 // 0"), "ZeroDivisionError", id="annotate raises"
        ),
        pytest.param(
            "repeats itself",
            "seen = []\n"
            + ANNOTATED.format(body="    seen.append(0)\n    return [Label(1, Role.OTHER)] * (len(seen) % 2)"),
            "what was read before changes the result",
            id="remembers",
        ),
        pytest.param(
            "leaves strangers alone",
            START
            + "@hookimpl\ndef newsparse_register_rules():\n"
            + "    return [Rule('any', pattern='.', weights={'furniture': 90})]\n",
            "changes text that is not its own: .*lines",
            id="a rule for every line",
        ),
        pytest.param(
            "writes",
            FORMAT.format(body="        self.stream.write(str(id(article.headline) + id(self)).encode())"),
            "two outputs|end to end are not one",
            id="addresses",
        ),
        pytest.param(
            "writes",
            FORMAT.format(
                body="        Writer.count += 1\n        self.stream.write(str(Writer.count).encode())"
            ),
            "two outputs",
            id="counts",
        ),
        pytest.param(
            "writes",
            FORMAT.format(body="        self.stream.write((article.headline or '').encode())"),
            "format headlines: raises for an article: UnicodeEncodeError.*errors='replace'",
            id="surrogates",
        ),
        pytest.param("reads", READER.format(score=100, codec="'latin-1'"), "claims plain text", id="greedy reader"),
        pytest.param("reads", READER.format(score="'yes'", codec="'latin-1'"), "not a whole number", id="word"),
        pytest.param("reads", READER.format(score=0, codec="'utf-8'"), "raises for .*UnicodeDecodeError", id="raises"),
        pytest.param("stays linear", QUADRATIC, "lines: twice the input takes", id="every pair of lines"),
        pytest.param("stays linear", BACKTRACKING, "long lines: twice the input", id="a pattern that tries every way"),
    ],
)  # fmt: skip
def test_each_law_tells_who_breaks_it(
    module_of: Callable[[str], ModuleType], law: str, code: str, problem: str
) -> None:
    found = list(LAWS[law](Subject(module_of(code), (TEXT,))))
    assert any(re.search(problem, each) for each in found), found


@pytest.mark.parametrize(
    ("power", "is_linear"), [pytest.param(1, True, id="linear"), pytest.param(2, False, id="quadratic")]
)
def test_growth_is_measured(power: int, is_linear: bool) -> None:
    ratio = growth(lambda size: lambda: sum(range(size**power)), 50, 10**8)
    assert ratio is not None
    assert (ratio <= MOST_GROWTH) == is_linear


def test_work_that_is_too_quick_to_be_measured_has_no_growth() -> None:
    assert growth(lambda size: lambda: None, 1, 1000) is None


def test_the_kit_is_imported_without_pytest_and_hypothesis() -> None:
    code = (
        "import sys; sys.modules.update(pytest=None, hypothesis=None)\n"
        "from newsparse.testing import load_cases, assert_case, check_plugin, story, dump_text\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
