"""The tables that the docs make from the code are whole, and every one of them stands on a page."""

import re
from pathlib import Path

import pytest

from newsparse import Parser
from newsparse.locales import KINDS
from newsparse.plugins import load_plugins
from newsparse.testing import load_cases

pytest.importorskip("sphinx", reason="sphinx, which builds the docs, is missing")

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


@pytest.fixture
def listings(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(DOCS))
    import listings

    return listings


def first_cells(listings, name):
    return [row[0].strip("`") for row in listings.LISTINGS[name]()][1:]


def test_every_table_stands_on_a_page(listings):
    pages = "\n".join(path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md"))
    assert set(re.findall(r"^```\{listing\} (\S+)$", pages, re.M)) == set(listings.LISTINGS)


def test_every_reason_that_the_core_gives_for_a_case_is_listed(listings):
    listed = {name for table in ("shapes", "surroundings", "words") for name in first_cells(listings, table)}
    parser = Parser(plugins=[])
    given = set()
    for case in load_cases(ROOT / "tests" / "cases"):
        dump = parser.parse(case.text)
        given |= {reason.name for line in dump.lines for reason in dump.explain(line.number)}
    assert len(given) > 50
    assert {re.sub(r"^(before|behind):", "", name) for name in given} <= listed


def test_an_observation_without_a_description_fails_the_build(listings, monkeypatch):
    from sphinx.errors import ExtensionError

    monkeypatch.setattr(listings, "SHAPES", {**listings.SHAPES, "length_to_3": ""})
    with pytest.raises(ExtensionError, match="length_to_3"):
        first_cells(listings, "shapes")


def test_every_language_and_kind_of_words_is_listed(listings):
    assert first_cells(listings, "locales") == list(load_plugins([]).locales)
    assert first_cells(listings, "kinds") == list(KINDS)


def test_every_code_of_an_issue_of_the_core_is_in_the_reference(listings):
    page = (DOCS / "reference" / "errors.md").read_text(encoding="utf-8")
    codes = set(listings.issue_codes(ROOT / "src"))
    assert {"cut-short", "field-refused", "source-unsure"} <= codes
    assert codes <= set(re.findall(r"`([a-z-]+)`", page))


@pytest.mark.skipif(not (ROOT / "plugins").is_dir(), reason="the plugins of the tree are not here")
def test_every_code_of_an_issue_of_a_plugin_is_listed(listings):
    rows = list(listings.LISTINGS["issues-of-plugins"]())[1:]
    assert ("`newsparse-web`", "`record-broken`") in [row[:2] for row in rows]
    assert all(meaning for *_, meaning in rows)


@pytest.mark.parametrize("folder", sorted((ROOT / "plugins").glob("newsparse-*")), ids=lambda folder: folder.name)
def test_every_option_of_a_plugin_is_documented(folder):
    name = folder.name.replace("-", "_")
    module = pytest.importorskip(name, reason=f"{folder.name} is not installed", exc_type=ImportError)
    core, found = load_plugins([]), load_plugins([module])
    pages = [folder / "README.md", *(DOCS / "reference").glob("*.md"), *(DOCS / "how-to").glob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    for kind in ("formats", "readers"):
        for named in set(getattr(found, kind)) - set(getattr(core, kind)):
            for option in getattr(found, kind)[named].options:
                assert re.search(rf"`{option}`|[:,]{option}=", text), f"{named}:{option}"
