import csv
import io
import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.errors import OptionError, RecordError
from newsparse.formats.tables import CAPTION_COLUMNS, PARAGRAPH_COLUMNS
from newsparse.models import Article, Block, Caption, Credit, Dateline, Origin, Role, WireDate
from newsparse.outputs import render
from newsparse.plugins import load_plugins
from newsparse.rows import COLUMNS, article_from_row, article_to_row
from tests.samples import BARE, FLOOD

CORE = load_plugins([])
BOM = "\ufeff"

# CSV is UTF-8: it holds every character but lone surrogates.
texts = st.text(st.characters(codec="utf-8", exclude_categories=()), max_size=20)
maybe = st.none() | texts
spans = st.none() | st.tuples(st.integers(0, 99), st.integers(0, 99))
dates = st.none() | st.builds(WireDate, texts, texts, maybe)
captions = st.builds(
    Caption,
    maybe,
    maybe,
    st.none() | st.builds(Credit, texts, maybe, maybe, maybe),
    maybe,
    dates,
    st.lists(texts, max_size=2),
    spans,
)
numbers = st.none() | st.integers()
articles = st.builds(
    Article,
    headline=maybe,
    deck=st.lists(texts, max_size=2),
    section=maybe,
    authors=st.lists(texts, max_size=2),
    byline=maybe,
    dateline=st.none() | st.builds(Dateline, maybe, dates, maybe, maybe),
    published=dates,
    updated=dates,
    captions=st.lists(captions, max_size=2),
    body=st.lists(texts, max_size=3),
    blocks=st.lists(st.builds(Block, st.sampled_from(Role), texts, spans), max_size=3),
    language=maybe,
    source=maybe,
    origin=st.none() | st.builds(Origin, maybe, maybe, st.none() | st.integers() | texts, *[maybe] * 3, *[numbers] * 2),
    extra=st.dictionaries(texts, texts | st.integers() | st.lists(texts, max_size=2), max_size=2),
)


def table(given: Any, **options: str) -> list[dict[str, str]]:
    """The rows as Python's own reader has them."""
    text = render(given, "csv", options, CORE)
    assert isinstance(text, str)
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_csv_has_a_row_an_article() -> None:
    text = render([FLOOD, BARE], "csv", plugins=CORE)
    assert text.startswith(",".join(COLUMNS) + "\r\n")
    flood, bare = table([FLOOD, BARE])
    rest = json.loads(flood.pop("rest"))
    assert flood == {
        "id": FLOOD.id,
        "headline": "River Floods Harbour",
        "deck": "Ferries stay in port\nSecond night of rain",
        "section": "Region",
        "authors": "Ada Moss\nBen Reed",
        "byline": "By Ada Moss and Ben Reed",
        "dateline": "PORT ELM —",
        "published": "2031-05-06T07:08",
        "updated": "",
        "captions": "A boat in a street.\nThe bridge.",
        "credits": "Elm Press\n",
        "body": "The river rose.\nIt fell again.",
        "language": "en",
        "source": "Elm Courier",
        "path": "elm.zip",
        "member": "may/elm.txt",
        "record": "2",
        "reader": "text",
        "encoding": "utf-8",
        "digest": "sha256:00ff",
        "offset": "40",
        "line": "3",
        "extra": '{"mood":"wet","scores":[1,null,2.5]}',
    }
    assert {name: value for name, value in bare.items() if value} == {"id": BARE.id, "headline": "Rain Ends"}
    # What the cells say is not said again.
    assert rest.keys() == {"dateline", "published", "captions", "blocks"}
    assert rest["blocks"][:3] == [["headline", 0, 20], ["body", 30, 45], ["subhead", 50, 62, "Bridges shut"]]


@given(articles)
def test_a_row_gives_its_article_back(article: Article) -> None:
    assert article_from_row(article_to_row(article)) == article
    [row] = table(article)
    assert article_from_row(row) == article


def test_a_row_of_another_program_is_read_by_the_names_of_its_columns() -> None:
    row = {
        "headline": "Rain",
        "authors": "Ada Moss\nBen Reed",
        "published": "2031-05",
        "captions": "A boat.",
        "mood": "wet",
    }
    assert article_from_row(row) == Article(
        headline="Rain",
        authors=("Ada Moss", "Ben Reed"),
        published=WireDate("2031-05", "month"),
        captions=(Caption("A boat."),),
    )


@pytest.mark.parametrize(
    "cell",
    ["{", "[]", "[1]", '"x"', '{"blocks": [["body", 0, 1]]}', '{"blocks": 3}', '{"captions": [4]}', "[" * 100_000],
    ids=["torn", "list", "numbers", "text", "block without text", "no blocks", "no captions", "nested too deeply"],
)
def test_a_row_that_was_not_written_so_is_an_error(cell: str) -> None:
    with pytest.raises(RecordError, match="not an article's"):
        article_from_row({"headline": "Rain", "rest": cell, "captions": "x" if "captions" in cell else ""})


def test_csv_has_a_row_a_paragraph() -> None:
    rows = table([FLOOD, Article(headline="Rain Ends", body=["It rained."])], rows="paragraph")
    assert tuple(rows[0]) == PARAGRAPH_COLUMNS
    assert [(row["id"], row["number"], row["role"], row["text"], row["start"]) for row in rows] == [
        (FLOOD.id, "1", "body", "The river rose.", "30"),
        (FLOOD.id, "2", "subhead", "Bridges shut", "50"),
        (FLOOD.id, "3", "body", "It fell again.", "70"),
        (rows[3]["id"], "1", "body", "It rained.", ""),
    ]
    assert rows[0]["headline"] == "River Floods Harbour"
    assert (rows[0]["path"], rows[0]["record"], rows[0]["digest"]) == ("elm.zip", "2", "sha256:00ff")


def test_csv_has_a_row_a_caption() -> None:
    first, second = table([FLOOD, BARE], rows="caption")
    assert tuple(first) == CAPTION_COLUMNS
    assert {name: first[name] for name in CAPTION_COLUMNS[1:13]} == {
        "number": "1",
        "text": "A boat in a street.",
        "raw": "A boat in a street. (Elm Press)",
        "credit": "Elm Press",
        "agency": "Elm Press",
        "photographer": "",
        "via": "",
        "place": "Port Elm",
        "date": "2031-05",
        "flags": "file\nhandout",
        "start": "90",
        "stop": "120",
    }
    assert (second["number"], second["text"], second["member"]) == ("2", "The bridge.", "may/elm.txt")


@pytest.mark.parametrize("start", list("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"))
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    article = Article(headline=f"{start}1+1", body=(f"{start}cmd", "No formula: =2"))
    text = render(article, "csv", {"spreadsheet": "yes"}, CORE)
    assert isinstance(text, str)
    assert text.startswith(BOM)
    [row] = csv.DictReader(io.StringIO(text.removeprefix(BOM), newline=""), strict=True)
    assert row["headline"] == f"'{start}1+1"
    assert row["body"] == f"'{start}cmd\nNo formula: =2"
    assert table(article)[0]["headline"] == f"{start}1+1"


def test_no_cell_of_a_spreadsheet_changes_but_for_the_apostrophe() -> None:
    text = render([FLOOD, BARE], "csv", {"spreadsheet": "yes"}, CORE)
    assert text == BOM + str(render([FLOOD, BARE], "csv", plugins=CORE))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rows": "word"}, "rows takes article or paragraph or caption, not 'word'"),
        ({"spreadsheet": "maybe"}, "spreadsheet takes no or yes, not 'maybe'"),
    ],
    ids=["rows", "spreadsheet"],
)
def test_an_option_with_another_value_is_an_error(options: dict[str, str], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        render(BARE, "csv", options, CORE)


def test_a_headline_cannot_break_out_of_its_cell() -> None:
    evil = attrs.evolve(FLOOD, headline='"a",b\r\n"c"\n\x00\u2028;=1')
    [row] = table(evil)
    assert row["headline"] == evil.headline
    assert article_from_row(row) == evil
