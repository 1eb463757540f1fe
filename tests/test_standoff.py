import json
from pathlib import Path
from typing import Any

import attrs
from hypothesis import given

import newsparse
from newsparse.dump import Dump
from newsparse.models import Article, Role
from newsparse.outputs import render
from newsparse.plugins import load_plugins
from tests.samples import BARE, FLOOD
from tests.strategies import dirty_text

CORE = load_plugins([])
PARSER = newsparse.Parser(plugins=[])
SEED = Path(__file__).parent.parent / "seeds" / "000_ea817f18116cfa36.txt"
ROLES = "newsparse__roles__"


def documents(given: Any) -> list[dict[str, Any]]:
    text = render(given, "standoff", plugins=CORE)
    assert isinstance(text, str)
    return [json.loads(line) for line in text.splitlines()]


def by_role(document: dict[str, Any]) -> list[tuple[int, int, str]]:
    """The lines that the spans of roles say there are."""
    return sorted(
        (start, stop, name.removeprefix(ROLES))
        for name, spans in document["attributes"].items()
        if name.startswith(ROLES)
        for start, stop, _ in spans
    )


def test_the_spans_are_the_ledger() -> None:
    [dump] = PARSER.iter_dumps([SEED])
    [document] = documents(dump)
    assert document["text"] == SEED.read_text(encoding="utf-8")
    assert by_role(document) == [(line.start, line.stop, line.role.value) for line in dump.lines]
    first, second = (
        "".join(document["text"][start:stop] for start, stop, score in spans if score == index)
        for index in (0, 1)
        for spans in [document["attributes"]["newsparse__articles__article"]]
    )
    assert all(paragraph in first for paragraph in dump.articles[0].body)
    assert all(paragraph in second for paragraph in dump.articles[1].body)
    assert document["source"] == "newsparse"
    assert document["metadata"]["origin"]["path"] == str(SEED)
    assert [article["id"] for article in document["metadata"]["articles"]] == [each.id for each in dump.articles]
    assert document["metadata"]["newsparse"]["version"] == newsparse.__version__


@given(dirty_text())
def test_the_spans_tile_any_text(text: str) -> None:
    dump = PARSER.parse(text)
    [document] = documents(dump)
    # A high and a low surrogate side by side are one character to JSON.
    if document["text"] == text:
        ends = [0, *(stop for _, stop, _ in by_role(document))]
        assert [start for start, _, _ in by_role(document)] == ends[:-1]
        assert ends[-1] == len(text)


def test_a_line_is_a_dump_and_names_its_place() -> None:
    here, there = (PARSER.parse("Rain Ends\n") for _ in range(2))
    first, second = documents([here, attrs.evolve(there, origin=newsparse.Origin("a.txt", record=2))])
    assert first["id"] != second["id"]
    assert first["id"] == documents(here)[0]["id"]


def test_an_article_without_a_dump_is_a_document_of_its_own() -> None:
    flood, bare = documents([FLOOD, BARE])
    assert bare["text"] == "Rain Ends\n\n"
    assert by_role(bare) == [(0, 10, "headline"), (10, 11, "blank")]
    pieces = [(flood["text"][start:stop].rstrip("\n"), role) for start, stop, role in by_role(flood) if role != "blank"]
    assert pieces[1] == ("River Floods Harbour", "headline")
    assert pieces[-3:] == [
        ("It fell again.", "body"),
        ("A boat in a street. (Elm Press)", "caption"),
        ("The bridge.", "caption"),
    ]
    assert flood["metadata"]["origin"] == attrs.asdict(FLOOD.origin)  # type: ignore[arg-type]


def test_a_dump_without_articles_has_its_lines() -> None:
    [document] = documents(Dump())
    assert (document["text"], document["attributes"]) == ("", {})
    assert documents(Article())[0]["text"] == ""
    assert {role for _, _, role in by_role(documents(PARSER.parse("\n\n"))[0])} == {Role.BLANK.value}
