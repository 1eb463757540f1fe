"""The docs say what the code does: every name is in the reference, every example runs, the schema fits."""

import doctest
import importlib
import importlib.util
import inspect
import json
import pkgutil
import re
from pathlib import Path

import attrs
import jsonschema
import pytest

import newsparse
from newsparse import candidates, errors, hookspecs, inputs, recognition, sniffing
from newsparse.cli import command_line
from newsparse.plugins import load_plugins
from newsparse.readers import charsets, limits, rows

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted(path for path in (ROOT / "docs").rglob("*.md") if "_build" not in path.parts)
SCHEMA = json.loads((REFERENCE / "schema-1.json").read_text(encoding="utf-8"))
RECORDS = {
    "article": newsparse.Article,
    "block": newsparse.Block,
    "caption": newsparse.Caption,
    "credit": newsparse.Credit,
    "dateline": newsparse.Dateline,
    "date": newsparse.WireDate,
    "issue": newsparse.Issue,
    "origin": newsparse.Origin,
    "reason": newsparse.Reason,
}
TEXTS = {
    "seed": (ROOT / "seeds" / "000_ea817f18116cfa36.txt").read_text(encoding="utf-8"),
    "nothing": "",
    "surrogate": "Rain \ud800 Ends\r\n\r\nIt rained for two days in the valley, the mayor said on Monday.\r",
    "byline and dateline": (
        "Bridge Opens After Repair\n\nBy Ada Lindgren\nJune 3, 2024\n\n"
        "PORT LINDEN, June 3 (Harbour Press) - The bridge over the river is open again, the city said on Monday.\n"
    ),
}


def named_in(page):
    """The words in backticks of a page's tables and text."""
    return set(re.findall(r"`([^`\n]+)`", (REFERENCE / page).read_text(encoding="utf-8")))


def modules():
    names = [module.name for module in pkgutil.walk_packages(newsparse.__path__, "newsparse.")]
    return ["newsparse", *(name for name in names if name != "newsparse.__main__")]


@pytest.fixture(scope="module")
def plugins():
    return newsparse.Parser(plugins=[]).plugins


def test_every_role_is_in_the_reference():
    assert {str(role) for role in newsparse.Role} <= named_in("roles.md")


def test_every_format_of_the_core_is_in_the_reference_with_its_options(plugins):
    words = named_in("formats.md")
    for form in plugins.formats.values():
        assert {form.name, form.suffix, *form.options} <= words


def test_every_reader_of_the_core_is_in_the_reference_with_its_options(plugins):
    words = named_in("readers.md")
    for reader in plugins.readers.values():
        assert {reader.name, *reader.suffixes, *reader.options} <= words


@pytest.mark.parametrize("folder", sorted((ROOT / "plugins").glob("newsparse-*")), ids=lambda folder: folder.name)
def test_what_a_plugin_of_this_project_registers_is_in_the_reference(folder):
    name = folder.name.replace("-", "_")
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{folder.name} is not installed")
    registered = load_plugins([importlib.import_module(name)])
    core = load_plugins([])
    assert set(registered.formats) - set(core.formats) <= named_in("formats.md")
    assert set(registered.readers) - set(core.readers) <= named_in("readers.md")


def test_every_hook_is_in_the_reference_with_its_arguments():
    hooks = {name: function for name, function in vars(hookspecs).items() if name.startswith("newsparse_")}
    signatures = {f"{name}({', '.join(inspect.signature(function).parameters)})" for name, function in hooks.items()}
    assert len(signatures) >= 6
    assert signatures <= named_in("hooks.md")


def test_every_error_is_in_the_reference():
    found = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert "UnknownFormatError" in found
    assert found <= named_in("errors.md")


def test_every_issue_code_is_in_the_reference():
    codes = {
        charsets.GUESSED,
        charsets.DAMAGED,
        rows.BAD_RECORD,
        limits.CUT,
        inputs.UNREADABLE,
        inputs.SET_ASIDE,
        sniffing.READER_GUESSED,
        candidates.FAILED,
        recognition.GUESSED,
        recognition.UNSURE,
    }
    assert codes <= named_in("errors.md")


@pytest.mark.parametrize("record", [*RECORDS.values(), newsparse.Line], ids=lambda record: record.__name__)
def test_every_field_of_a_record_is_in_the_reference(record):
    page = "api.md" if record is newsparse.Reason else "fields.md"
    words = named_in(page) if page == "fields.md" else {"name", "weight"}
    assert {field.name for field in attrs.fields(record)} <= words


def test_the_properties_of_an_article_are_in_the_reference():
    found = {name for name, value in vars(newsparse.Article).items() if isinstance(value, property)}
    assert found == {"text", "id"}
    assert found <= named_in("fields.md")


def test_every_public_name_is_on_the_page_of_the_api():
    page = (REFERENCE / "api.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"\.\. (?:auto\w+|py:\w+):: (?:newsparse\.\w+\.)?(\w+)", page))
    assert set(newsparse.__all__) <= documented


READS = {"parse", "lines", "view", "learn"}
LISTS = {"formats", "plugins", "completion"}
WHOSE = {"what reads": READS, "what reads, what lists": READS | LISTS, "all": None}


def commands(parser, name=""):
    """Each command with its options, `-h` apart, which all have."""
    yield name, {option for action in parser._actions for option in action.option_strings} - {"-h", "--help"}
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for below, parser_below in action.choices.items():
                yield from commands(parser_below, f"{name} {below}".strip())


def test_every_command_is_in_the_reference():
    page = (REFERENCE / "command-line.md").read_text(encoding="utf-8")
    # `plugin` alone does nothing: what is below it does.
    names = {name for name, _ in commands(command_line())} - {"", "plugin"}
    assert len(names) > 7
    assert {name for name in names if f"\n| `newsparse {name}" not in page} == set()


def test_every_option_is_in_the_reference_with_the_commands_that_take_it():
    page = (REFERENCE / "command-line.md").read_text(encoding="utf-8")
    documented = set()
    for cells in re.findall(r"^\| (`-.+?) \| (.+?) \|", page, re.M):
        owners = WHOSE.get(cells[1], {name.removeprefix("newsparse") for name in re.findall(r"`([^`]+)`", cells[1])})
        documented |= {(option, owner) for option in re.findall(r"`(-[-\w]+)", cells[0]) for owner in owners or ()}
    taken = {(option, name) for name, options in commands(command_line()) for option in options}
    assert documented == taken


def links(page):
    """The files that a page leads to; plugins of the tree count where they are, since the core stands without them."""
    found = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    return [target for target in found if (ROOT / "plugins").is_dir() or "plugins/" not in target]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_to_files(page):
    for target in links(page):
        assert (page.parent / target).exists(), target


def test_links_of_the_readme_lead_to_files():
    for target in links(ROOT / "README.md"):
        assert (ROOT / target).exists(), target


# examples


def test_the_readme_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert tried > 5
    assert failed == 0


@pytest.mark.parametrize("name", modules())
def test_the_examples_in_docstrings_run(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


@pytest.mark.parametrize("name", newsparse.__all__)
def test_every_public_name_has_a_docstring(name):
    value = getattr(newsparse, name)
    # pluggy's marker is an object of its own, described on the page of the hooks.
    assert name == "hookimpl" or inspect.getdoc(value)


# the schema


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", RECORDS)
def test_the_schema_has_the_fields_of_the_records(name):
    fields = [field.name for field in attrs.fields(RECORDS[name])]
    derived = {"text", "id"} if name == "article" else set()
    assert set(SCHEMA["$defs"][name]["properties"]) == {*fields, *derived}
    assert set(SCHEMA["$defs"][name]["required"]) == {*fields, *derived}


def test_the_schema_has_the_roles():
    assert SCHEMA["$defs"]["role"]["enum"] == [str(role) for role in newsparse.Role]


@pytest.mark.parametrize("explain", [False, True], ids=["plain", "explained"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_dumps_fit_the_schema(text, explain):
    value = json.loads(json.dumps(newsparse.Parser(plugins=[]).parse(text).to_dict(explain=explain)))
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    assert set(value) == set(SCHEMA["properties"])
    for line in value["lines"]:
        assert set(line) <= set(SCHEMA["$defs"]["line"]["properties"])


def test_full_records_made_by_hand_fit_the_schema():
    date = newsparse.WireDate("2024-06-03T14:05", "minute", "June 3, 2024, 2:05 pm")
    article = newsparse.Article(
        headline="Rain",
        deck=("It ended.",),
        authors=("Ada Lindgren",),
        dateline=newsparse.Dateline("Port Linden", date, "HP", "PORT LINDEN (HP) -"),
        published=date,
        captions=(newsparse.Caption("Rain.", "Rain. (HP)", newsparse.Credit("HP", "HP"), "Linden", date, ("file",)),),
        blocks=(newsparse.Block(newsparse.Role.BODY, "It rained.", (0, 10)),),
        origin=newsparse.Origin("a.txt", "b", "7", "text", "utf-8", "sha256:00", 0, 1),
        extra={"urgency": 4},
    )
    dump = newsparse.Dump("", [article], [newsparse.Line(raw="x", text="y")], [newsparse.Issue("a", "b", 1, "c")])
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(dump.to_dict())))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"schema": 2}, id="another schema"),
        pytest.param({"text": None}, id="no text"),
        pytest.param({"lines": [{"number": 0}]}, id="a line without its parts"),
        pytest.param({"articles": [{"headline": "Rain"}]}, id="an article without its parts"),
    ],
)
def test_the_schema_refuses_what_is_no_dump(change):
    value = {**newsparse.Parser(plugins=[]).parse("Rain\n").to_dict(), **change}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(value)
