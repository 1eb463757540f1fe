"""Tables and JSON as readers of records see them: chosen columns, stated articles, newsparse's own files."""

import hashlib
import io
import json
from typing import Any

import attrs
import pytest
from hypothesis import given

import newsparse
from newsparse import Article, Block, Caption, Credit, Dateline, Label, Origin, ParseContext, Parser, Role, WireDate
from newsparse.errors import OptionError
from newsparse.extensions import Document, Draft, ReadContext, Reader
from newsparse.readers.jsons import JSON
from newsparse.readers.records import JSONL
from newsparse.readers.tables import CSV
from tests.strategies import dirty_text

FLOOD = Article(
    headline="River Floods Harbour",
    deck=("Two streets are closed", "Ferries wait"),
    section="Weather",
    authors=("Ada Moss", "Tom Reed"),
    byline="By Ada Moss and Tom Reed",
    dateline=Dateline("Westhaven", WireDate("2019-04-07", "day", "April 7"), "HNA", "WESTHAVEN, April 7 (HNA) —"),
    published=WireDate("2019-04-07T12:30", "minute", "7 April 2019, 12:30"),
    updated=WireDate("2019-04-08", "day"),
    captions=(
        Caption("The quay.", "The quay. (Lea Horn/HNA)", Credit("Lea Horn/HNA", "HNA", "Lea Horn"), "Westhaven"),
        Caption("The quay", None, flags=("file",)),
    ),
    body=("WESTHAVEN, April 7 (HNA) — The river rose.", "Ferries\nwaited, “all day”."),
    language="en",
    source="Harbour Courier",
    origin=Origin("in/flood.txt", "a/b.txt", 3, "text", "utf-8", "sha256:00", 7, 2),
    extra={"slug": "flood", "codes": [1, None, {"a": "b"}]},
)
FORMATS = ("json", "jsonl", "csv")


def documents(reader: Reader, data: bytes, encoding: str | None = None, **options: str) -> list[Document]:
    return list(reader.read(io.BytesIO(data), ReadContext("rain.x", encoding, options)))


def read(parser: Parser, data: bytes, **settings: Any) -> list[newsparse.Dump]:
    return list(parser.iter_dumps([io.BytesIO(data)], **settings))


def article_of(parser: Parser, data: bytes, **settings: Any) -> Article:
    [article] = [article for dump in read(parser, data, **settings) for article in dump.articles]
    return article


# newsparse's own files


@pytest.mark.parametrize("format", FORMATS)
def test_an_article_comes_back_field_by_field(parser: Parser, format: str) -> None:
    data = parser.render([FLOOD, attrs.evolve(FLOOD, headline="Second")], format)
    assert isinstance(data, str)
    first, second = read(parser, data.encode())
    for dump, headline in ((first, FLOOD.headline), (second, "Second")):
        [article] = dump.articles
        assert article == attrs.evolve(FLOOD, headline=headline)
        assert dump.issues == ()


@pytest.mark.parametrize("format", FORMATS)
@given(text=dirty_text())
def test_what_was_parsed_comes_back(parser: Parser, format: str, text: str) -> None:
    if format == "csv":
        # A table has no way to hold half a character.
        text = text.encode(errors="replace").decode()
    articles = parser.parse(text).articles
    data = parser.render(articles, format)
    assert isinstance(data, str)
    back = [article for dump in read(parser, data.encode(), reader=format) for article in dump.articles]
    # An article that does not say where it came from comes from the file.
    assert [attrs.evolve(article, origin=None) for article in back] == list(articles)


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_done_again_to_an_article_that_was_finished(format: str) -> None:
    class Counts:
        @newsparse.hookimpl
        def newsparse_finalize_article(self, draft: Draft, context: ParseContext) -> None:
            draft.set("finished", draft.article.extra.get("finished", 0) + 1, "counted")

    parser = Parser(plugins=[Counts()])
    [dump] = read(parser, str(parser.render(FLOOD, format)).encode())
    assert dump.articles == (FLOOD,)
    assert [line.article for line in dump.lines if line.text] == [0] * sum(bool(line.text) for line in dump.lines)


def test_articles_that_the_text_does_not_hold_are_refused(parser: Parser) -> None:
    labels = [Label(1, Role.HEADLINE)]
    dump = parser.parse_document(Document("Rain Ends\n", labels=labels, stated=[FLOOD, FLOOD]))
    assert [article.headline for article in dump.articles] == ["Rain Ends"]
    assert [issue.code for issue in dump.issues] == ["articles-refused"]
    with pytest.raises(TypeError):
        Document(stated=["Rain Ends"])


def test_a_dump_of_our_own_gives_its_articles(parser: Parser) -> None:
    dump = parser.parse("Rain Ends in Valley\n\nThe rain ended on Monday, the mayor of the valley said.\n")
    data = json.dumps(dump.to_dict(), indent=1).encode()
    assert [article.headline for dump in read(parser, data) for article in dump.articles] == ["Rain Ends in Valley"]


@pytest.mark.parametrize("format", FORMATS)
def test_our_own_files_are_recognised_whatever_they_are_called(parser: Parser, format: str) -> None:
    long = attrs.evolve(FLOOD, body=("It rained. " * 3000,))
    for article in (FLOOD, long):
        data = parser.render(article, format)
        assert isinstance(data, str)
        scores = {
            reader.name: reader.sniff(data.encode()[:8192], "x.txt") for reader in parser.plugins.readers.values()
        }
        assert max(scores, key=lambda name: scores[name]) == format
        assert scores[format] == 99


def test_a_record_that_only_looks_like_ours_is_read_as_any_other(parser: Parser) -> None:
    record = {"id": "1", "headline": 3, "authors": [], "captions": [], "body": [], "blocks": [], "origin": None}
    document, report = documents(JSONL, json.dumps({**record, "extra": {}, "text": "It rained."}).encode())
    assert document.text == "It rained."
    assert "extra (1)" in report.issues[0].message
    document = documents(JSONL, json.dumps({**record, "headline": None, "body": [4], "extra": {}}).encode())[0]
    assert [issue.code for issue in document.issues] == ["bad-record"]


# stated articles


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        pytest.param(
            CSV,
            b'Title,Subtitle,Author,Publish Date,Text,Section\r\nRain Ends,"Dry, at last",Ada Moss,2019-04-07,'
            b'"It rained.\r\n\r\nIt stopped.",Weather\r\n',
            id="csv",
        ),
        pytest.param(
            CSV,
            b"title;subtitle;authors;date;maintext;section\nRain Ends;Dry, at last;Ada Moss;20190407;"
            b'"It rained.\nIt stopped.";Weather\n',
            id="semicolons",
        ),
        pytest.param(
            CSV,
            "title\tdek\tbyline\tpub_date\tcontent\tkicker\nRain Ends\tDry, at last\tAda Moss\t2019-04-07\t"
            '"It rained.\nIt stopped."\tWeather\n'.encode("utf-16"),
            id="tabs-in-utf-16",
        ),
        pytest.param(
            JSONL,
            b'{"headline": "Rain Ends", "standfirst": "Dry, at last", "authors": ["Ada Moss"], "date_publish": '
            b'"2019-04-07", "maintext": "It rained.\\n\\nIt stopped.", "section": "Weather"}\n',
            id="jsonl",
        ),
        pytest.param(
            JSON,
            b'{"status": "ok", "articles": [{"title": "Rain Ends", "deck": ["Dry, at last"], "author": "Ada Moss",'
            b'"datePublished": "2019-04-07", "articleBody": ["It rained.", "It stopped."], '
            b'"articleSection": "Weather"}]}',
            id="json",
        ),
    ],
)
def test_a_record_that_states_an_article_is_that_article(parser: Parser, reader: Reader, data: bytes) -> None:
    article = article_of(parser, data, reader=reader.name)
    assert (article.headline, article.deck, article.section) == ("Rain Ends", ("Dry, at last",), "Weather")
    assert article.authors == ("Ada Moss",)
    assert article.published is not None
    assert article.published.iso == "2019-04-07"
    assert article.body == ("It rained.", "It stopped.")
    assert [block.role for block in article.blocks] == [Role.HEADLINE, Role.DECK, Role.BODY, Role.BODY]
    assert isinstance(article.blocks[0], Block)
    assert article.extra == {}


def test_one_record_is_one_article_whatever_its_lines_look_like(parser: Parser) -> None:
    text = "\n\n".join(["River Floods Harbour", "By Ada Moss", "It rained in the valley all day, the mayor said."] * 4)
    article = article_of(parser, json.dumps({"title": "Rain", "text": text}).encode(), reader="json")
    assert len(article.body) == 12


def test_a_text_without_headline_is_a_dump() -> None:
    [document] = documents(CSV, b"id,text,date\n7,It rained.,2019-04-07\n")
    assert (document.text, document.labels) == ("It rained.", ())
    assert document.fields == ((None, "id", "7"), (None, "date", "2019-04-07"))


def test_a_text_that_is_named_is_a_dump_and_the_headline_stays_a_column() -> None:
    data = b'{"title": "Rain", "text": "It rained."}\n'
    [document] = documents(JSONL, data, text="text")
    assert (document.text, document.labels, document.fields) == ("It rained.", (), ((None, "title", "Rain"),))
    [document] = documents(JSONL, data, text="text", headline="title")
    assert document.text == "Rain\nIt rained.\n"


@pytest.mark.parametrize(
    ("head", "is_lines"),
    [
        pytest.param(b'{"text": "cut off\n{"text": "The ferry came."}\n', True, id="a broken first line"),
        pytest.param(b'{"text":\n "The ferry came."\n}\n', False, id="one record over several lines"),
    ],
)
def test_json_lines_are_known_by_name_also_where_the_first_line_is_broken(head: bytes, is_lines: bool) -> None:
    assert (JSONL.sniff(head, "rows.jsonl") > JSON.sniff(head, "rows.jsonl")) == is_lines


def test_columns_that_hold_records_are_counted_unless_they_are_named() -> None:
    data = b'{"text": "rain", "meta": {"a": 1}, "url": "x"}\n{"text": "snow", "meta": {}, "tags": ["a", 1]}\n'
    first, second, report = documents(JSONL, data)
    assert first.fields == ((None, "url", "x"),)
    assert second.fields == ((None, "tags", ["a", 1]),)
    [issue] = report.issues
    assert issue.code == "columns-left-out"
    assert "meta (2)" in issue.message
    first, second, report = documents(JSONL, data, extra="meta, tags")
    assert first.fields == ((None, "meta", {"a": 1}),)
    assert "url (1)" in report.issues[0].message


def test_a_date_that_is_none_stays_what_it_was() -> None:
    [document] = documents(CSV, b"title,text,date\nRain,It rained.,last week\n")
    assert (None, "date", "last week") in document.fields


# tables


def test_a_cell_may_be_larger_than_pythons_own_limit() -> None:
    cell = b"rain " * 100_000
    _, document = documents(CSV, b'title,text\nSnow,It snowed.\nRain,"' + cell + b'"\n')
    assert document.text == "Rain\n" + cell.decode().strip() + "\n"


def test_a_row_over_the_limit_is_named_and_the_next_ones_are_read() -> None:
    data = b'title,text\nRain,"' + b"x" * 300 + b'"\nSnow,It snowed.\n'
    cut, after = documents(CSV, data, limit="100")
    assert [issue.code for issue in cut.issues] == ["cut-short"]
    assert "line 2 has more than 100 bytes" in cut.issues[0].message
    assert after.text == "Snow\nIt snowed.\n"


def test_a_row_knows_its_line_and_number() -> None:
    data = b'title,text\n\nRain,"It\nrained."\nSnow,It snowed.\n'
    places = [(found.origin.record, found.origin.line) for found in documents(CSV, data) if found.origin]
    assert places == [(1, 3), (2, 5)]


def test_cells_are_decoded_as_texts_are() -> None:
    broken, named = b"title,text\nF\xe4hre,Die F\xe4hre kam.\n", "title,text\nПаром,Паром пришёл.\n".encode("cp1251")
    [document] = documents(CSV, broken)
    assert document.text == "Fähre\nDie Fähre kam.\n"
    assert [issue.code for issue in document.issues] == ["charset-guessed"]
    [document] = documents(CSV, named, "cp1251")
    assert (document.text, document.issues) == ("Паром\nПаром пришёл.\n", ())


def test_a_delimiter_can_be_named() -> None:
    [document] = documents(CSV, b"title|text,b\nRain|It rained.\n", delimiter="pipe", text="text,b")
    assert document.text == "It rained."
    with pytest.raises(OptionError, match="comma or tab"):
        documents(CSV, b"a|b\n", delimiter="dash")


def test_a_row_with_too_many_cells_says_so() -> None:
    [document] = documents(CSV, b"title,text\nRain,It rained.,again\n")
    assert [issue.code for issue in document.issues] == ["row-too-long"]
    assert "line 2: 3 cells in 2 columns" in document.issues[0].message


# JSON


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        pytest.param('[{"text": "a"}, {"text": "b"}]', ["a", "b"], id="list"),
        pytest.param('{"text": "a", "tags": ["x"]}', ["a"], id="record"),
        pytest.param('{"meta": {}, "rows": [{"text": "a"}]}', ["a"], id="list-in-an-object"),
        pytest.param('{"text": "a"}\n{"text": "b"} {"text": "c"}', ["a", "b", "c"], id="one-after-another"),
        pytest.param('[{"text": "a"}, {"text": "b"}, {"te', ["a", "b", ""], id="cut"),
        pytest.param('{"data": [{"text": "a"}, {"text" "b"}]}', ["a", ""], id="broken"),
        pytest.param('[{"text": "a"}, 7, "b"]', ["a", "", ""], id="no-records"),
        pytest.param("[]", [], id="empty"),
        pytest.param('{"text": "a", "n": 1e999}', ["a"], id="infinity"),
        pytest.param("[" * 100_000, [""], id="deep"),
    ],
)
def test_records_are_found_in_json(data: str, texts: list[str]) -> None:
    found = documents(JSON, data.encode())
    assert [document.text for document in found] == texts
    assert all(document.text or document.issues[0].code == "bad-record" for document in found)


def test_a_record_may_hold_lists_of_its_own() -> None:
    document, report = documents(JSON, b'{"text": "a", "images": [{"text": "b"}]}')
    assert document.text == "a"
    assert "images (1)" in report.issues[0].message


def test_json_is_read_to_its_limit() -> None:
    first, cut = documents(JSON, b'[{"text": "a"}, {"text": "b"}]', limit="20")
    assert first.text == "a"
    assert [issue.code for issue in (*first.issues, *cut.issues)] == ["cut-short", "bad-record"]


def test_the_id_of_a_text_of_megabytes_is_made_as_any_other() -> None:
    text = "  The river\t rose. \n\u2003" * 100_000 + "x" * 2_000_000 + "  y "
    whole = f"Rain\n{' '.join(text.split())}".encode()
    assert Article(headline="Rain", body=[text]).id == hashlib.sha256(whole).hexdigest()[:16]
