import datetime as dt
import decimal
import gzip
import io
from collections import Counter
from pathlib import Path

import attrs
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsparse
import newsparse_arrow
from newsparse import Article, Block, Caption, Credit, Dateline, OptionError, Origin, Role, WireDate, WriteContext
from newsparse.testing import check_plugin
from newsparse_arrow import parse_batch, writers

PARSER = newsparse.Parser(plugins=[newsparse_arrow])
SEED = Path(__file__).parents[3] / "seeds" / "000_ea817f18116cfa36.txt"
RAIN = "Rain Ends in Valley\n\nThe rain ended on Monday, the mayor said, and the roads were dry again by noon.\n"

STORM = Article(
    headline="Storm Shuts Harbour",
    deck=("Ferries stay in port",),
    section="Region",
    authors=("Ada Moss", "Ben Reed"),
    byline="By Ada Moss and Ben Reed",
    dateline=Dateline("PORT ELM", WireDate("2031-05-06", "day", "May 6"), "Elm Press", "PORT ELM, May 6 (Elm Press) —"),
    published=WireDate("2031-05-06T07:08", "minute", "May 6, 7:08"),
    updated=WireDate("2031-05-07", "day"),
    captions=(Caption("A boat.", "A boat. (Elm Press)", Credit("Elm Press", "Elm Press")), Caption("The bridge.")),
    body=("The wind rose.", "It fell again."),
    blocks=(
        Block(Role.HEADLINE, "Storm Shuts Harbour", (0, 19)),
        Block(Role.BODY, "The wind rose."),
        Block(Role.SUBHEAD, "Bridges shut"),
        Block(Role.BODY, "It fell again."),
    ),
    language="en",
    source="Elm Courier",
    origin=Origin("elm.zip", "a.txt", 7, "text", "utf-8", "sha256:00", 0, 1),
    extra={"mood": "wet", "tags": ["sea", None, 1.5], "torn": "\ud800"},
)


def written(*articles, **options):
    return PARSER.render(articles, "parquet", **options)


def table_of(data):
    return pq.read_table(io.BytesIO(data))


def parquet(columns, **settings):
    sink = io.BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), sink, **settings)
    return sink.getvalue()


def read(data, **options):
    return list(PARSER.iter_dumps([io.BytesIO(data)], options=options))


def codes(dumps):
    return [issue.code for dump in dumps for issue in dump.issues]


def test_the_plugin_keeps_the_laws_of_plugins():
    check_plugin(newsparse_arrow, [RAIN])


# writing


def test_a_row_is_an_article_with_the_names_of_its_dictionary():
    [row] = table_of(written(STORM)).to_pylist()
    assert list(row) == list(newsparse.article_to_dict(STORM))
    assert (row["id"], row["headline"], row["text"]) == (STORM.id, "Storm Shuts Harbour", STORM.text)
    assert row["published"] == {"iso": "2031-05-06T07:08", "precision": "minute", "raw": "May 6, 7:08"}
    assert row["blocks"][0] == {"role": "headline", "text": "Storm Shuts Harbour", "start": 0, "stop": 19}
    assert row["extra"] == '{"mood": "wet", "tags": ["sea", null, 1.5], "torn": "\\ud800"}'


def test_no_article_is_a_table_without_rows():
    assert table_of(written()).num_rows == 0


def test_the_file_says_what_made_it():
    metadata = table_of(written(STORM)).schema.metadata
    assert b'"version": "0.1.0"' in metadata[writers.METADATA]


def test_the_stream_stays_open_and_lone_surrogates_are_counted():
    stream, context = io.BytesIO(), WriteContext()
    writer = PARSER.plugins.format("parquet").open(stream, context)
    writer.write(attrs.evolve(STORM, headline="torn \ud800"))
    writer.close()
    del writer
    assert not stream.closed
    assert table_of(stream.getvalue())["headline"].to_pylist() == ["torn \ufffd"]
    assert context.replaced == Counter({"\ud800": 1})


def test_rows_come_in_groups_of_a_bounded_size(monkeypatch):
    monkeypatch.setattr(writers, "_ROWS", 2)
    file = pq.ParquetFile(io.BytesIO(written(*[STORM] * 5)))
    assert [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)] == [2, 2, 1]


PAGE = {
    "url": "https://a.example/1",
    "domain": "a.example",
    "language_score": 0.5,
    "dump": "D-1",
    "image_url": "https://a.example/1.png",
}
NAMED = {
    "fineweb": {
        "text": STORM.text,
        "id": STORM.id,
        "dump": "D-1",
        "url": "https://a.example/1",
        "date": "2031-05-06T07:08",
        "file_path": "elm.zip",
        "language": "en",
        "language_score": 0.5,
        "token_count": None,
    },
    "cc-news": {
        "title": "Storm Shuts Harbour",
        "text": STORM.text,
        "domain": "a.example",
        "date": "2031-05-06T07:08",
        "description": "Ferries stay in port",
        "url": "https://a.example/1",
        "image_url": "https://a.example/1.png",
    },
    "news-please": {
        "authors": ["Ada Moss", "Ben Reed"],
        "date_download": None,
        "date_modify": "2031-05-07",
        "date_publish": "2031-05-06T07:08",
        "description": "Ferries stay in port",
        "filename": None,
        "image_url": "https://a.example/1.png",
        "language": "en",
        "localpath": "elm.zip",
        "title": "Storm Shuts Harbour",
        "maintext": STORM.text,
        "source_domain": "a.example",
        "url": "https://a.example/1",
    },
}


@pytest.mark.parametrize("name", NAMED)
def test_a_row_may_have_the_columns_of_a_well_known_table(name):
    table = table_of(written(attrs.evolve(STORM, extra=PAGE), Article(), columns=name))
    full, empty = table.to_pylist()
    assert full == NAMED[name]
    assert table.column_names == list(NAMED[name])
    absent = {"authors": [], "id": Article().id} | dict.fromkeys(NAMED[name].keys() - {"authors", "id"})
    assert empty == {column: absent[column] for column in NAMED[name]}


@pytest.mark.parametrize("compression", writers.COMPRESSIONS)
def test_the_compression_is_an_option(compression):
    file = pq.ParquetFile(io.BytesIO(written(STORM, compression=compression)))
    stated = file.metadata.row_group(0).column(0).compression
    assert stated == {"none": "UNCOMPRESSED"}.get(compression, compression.upper())


@pytest.mark.parametrize("options", [{"columns": "c4"}, {"compression": "rar"}, {"rows": "caption"}], ids=str)
def test_an_unknown_option_is_a_wrong_call(options):
    with pytest.raises(OptionError, match="option"):
        written(STORM, **options)


# reading


@pytest.mark.parametrize("record", [None, 7, -1, "urn:a", "7", 1 << 62], ids=repr)
def test_articles_come_back_equal(record):
    article = attrs.evolve(STORM, origin=attrs.evolve(STORM.origin, record=record))
    [dump] = read(written(article))
    assert dump.articles == (article,)
    assert not dump.issues


def test_an_article_without_an_origin_gets_the_files():
    [dump] = read(written(Article(headline="Rain")))
    assert dump.articles[0].origin == Origin(record=1, reader="parquet")


texts = st.text(st.characters(codec=None, exclude_categories=("Cs",)), min_size=1, max_size=12)
articles = st.builds(
    Article,
    headline=st.none() | texts,
    authors=st.lists(texts, max_size=2),
    published=st.none() | st.builds(WireDate, texts, st.just("day"), st.none() | texts),
    captions=st.lists(st.builds(Caption, st.none() | texts, flags=st.lists(texts, max_size=2)), max_size=2),
    body=st.lists(texts, max_size=3),
    extra=st.dictionaries(texts, st.none() | st.booleans() | st.integers() | texts, max_size=2),
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(articles, max_size=3))
def test_any_article_comes_back_from_its_row(given_articles):
    rows = table_of(written(*given_articles)).to_pylist()
    assert [newsparse_arrow.schemas.article_of(row) for row in rows] == given_articles


def test_columns_of_well_known_tables_need_no_options():
    rows = {
        "title": ["Storm Shuts Harbour"],
        "maintext": ["The wind rose.\nIt fell again."],
        "date_publish": [dt.datetime(2031, 5, 6, 7, 8, 9)],
        "authors": [["Ada Moss"]],
        "language": ["en"],
        "url": ["https://a.example/1"],
        "nothing": pa.nulls(1),
    }
    [dump] = read(parquet(rows))
    [article] = dump.articles
    assert (article.headline, article.body) == ("Storm Shuts Harbour", ("The wind rose.", "It fell again."))
    assert (article.authors, article.language) == (("Ada Moss",), "en")
    assert article.published is not None
    assert article.published.iso == "2031-05-06T07:08:09"
    assert article.extra == {"url": "https://a.example/1"}
    assert article.origin == Origin(record=1, reader="parquet", encoding="utf-8")


def test_a_record_with_a_text_alone_is_a_dump():
    seed = SEED.read_text(encoding="utf-8")
    dumps = read(parquet({"id": [1, 2], "text": [seed, None]}))
    assert [article.headline for article in dumps[0].articles] == [
        article.headline for article in newsparse.parse(seed).articles
    ]
    assert dumps[0].articles[1].extra["id"] == 1
    assert codes(dumps) == ["bad-record"]
    assert "record 2: no text in any known column; its columns: id;" in dumps[1].issues[0].message


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        pytest.param(pa.array([dt.date(2031, 5, 6)]), "2031-05-06", id="date"),
        pytest.param(pa.array([1], pa.timestamp("ns")), "1970-01-01 00:00:00.000000001", id="nanoseconds"),
        pytest.param(pa.array([1 << 48], pa.timestamp("ms")), "10889-08-02 05:31:50.656", id="a year beyond Python's"),
        pytest.param(pa.array([0], pa.timestamp("s", "UTC")), "1970-01-01 00:00:00Z", id="with a zone"),
        pytest.param(pa.array([0], pa.timestamp("s", "Elm/Port")), "1970-01-01 00:00:00", id="with an unknown zone"),
        pytest.param(pa.array([decimal.Decimal("1.50")]), "1.50", id="decimal"),
        pytest.param(pa.array([decimal.Decimal("2.00")]), 2, id="decimal without a fraction"),
        pytest.param(pa.array([b"caf\xe9"]), "café", id="bytes"),
        pytest.param(pa.array([float("nan")]), None, id="not a number"),
        pytest.param(pa.array([True]), True, id="boolean"),
        pytest.param(pa.array([[1, None]]), [1, None], id="list"),
        pytest.param(pa.array(["a"]).dictionary_encode(), "a", id="dictionary"),
    ],
)
def test_values_of_other_kinds_become_values_of_json(column, expected):
    [dump] = read(parquet({"text": [RAIN], "value": column}), extra="value")
    assert dump.articles[0].extra.get("value") == expected


def test_columns_that_hold_objects_are_left_out_and_counted():
    dumps = read(parquet({"text": [RAIN], "meta": [{"a": 1}]}))
    assert codes(dumps) == ["columns-left-out"]


def test_a_row_over_the_limit_is_named_and_the_next_is_read():
    dumps = read(parquet({"text": ["x" * 200, RAIN]}), limit="150")
    assert codes(dumps) == ["cut-short"]
    assert [len(dump.articles) for dump in dumps] == [0, 1]


@pytest.mark.parametrize("kind", [pa.binary(), pa.string()], ids=str)
def test_text_that_is_not_utf8_is_decoded_with_an_issue(kind):
    column = pa.Array.from_buffers(kind, 1, pa.array([b"Caf\xe9 Opens\n"]).buffers())
    [dump] = read(parquet({"text": column}))
    assert dump.text == "Café Opens\n"
    assert codes([dump]) == ["charset-guessed"]


def test_what_the_kernel_made_gives_its_articles_and_errors():
    pages = pa.table(
        {"url": ["a", "b", "c"], "text": [RAIN, SEED.read_text(encoding="utf-8"), None], "score": [1, 2, 3]}
    )
    dumps = read(parquet(parse_batch(pages, parser=PARSER, limit=200)))
    assert [len(dump.articles) for dump in dumps] == [1, 0]
    assert dumps[0].articles[0].headline == "Rain Ends in Valley"
    assert dumps[0].articles[0].extra == {"url": "a", "score": 1}
    assert "the text has" in dumps[1].issues[0].message
    assert codes(dumps) == ["bad-record"]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[: len(data) // 2], id="cut"),
        pytest.param(lambda data: b"PAR1", id="nothing but its mark"),
        pytest.param(lambda data: data[:-8] + b"\xff\xff\xff\x7fPAR1", id="a length that lies"),
    ],
)
def test_a_file_that_cannot_be_opened_is_named(damage):
    [dump] = read(damage(parquet({"text": [RAIN]})))
    assert codes([dump]) == ["unreadable"]


def test_a_damaged_row_group_costs_its_own_rows():
    data = bytearray(
        parquet({"text": [f"Rain {number}\n" for number in range(6)]}, row_group_size=2, compression="zstd")
    )
    column = pq.ParquetFile(io.BytesIO(data)).metadata.row_group(1).column(0)
    start = column.dictionary_page_offset or column.data_page_offset
    data[start : start + column.total_compressed_size] = bytes(column.total_compressed_size)
    dumps = read(bytes(data))
    assert [dump.text for dump in dumps if dump.text] == ["Rain 0\n", "Rain 1\n", "Rain 4\n", "Rain 5\n"]
    assert [dump.origin.record for dump in dumps if dump.origin and dump.text] == [1, 2, 5, 6]
    assert codes(dumps) == ["cut-short"]
    assert "2 rows behind row 2 cannot be read" in dumps[2].issues[0].message


def test_a_packed_file_is_read_and_found_by_its_content(tmp_path):
    path = tmp_path / "pages.bin.gz"
    path.write_bytes(gzip.compress(parquet({"text": [RAIN]})))
    [dump] = PARSER.iter_dumps([path])
    assert dump.articles[0].headline == "Rain Ends in Valley"
    assert dump.origin is not None
    assert dump.origin.reader == "parquet"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_a_flipped_byte_gives_no_traceback(data):
    whole = bytearray(_WHOLE)
    place = data.draw(st.integers(4, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    for dump in read(bytes(whole)):
        assert "".join(line.raw for line in dump.lines) == dump.text
        assert all(issue.code != "plugin-failed" for issue in dump.issues)


_WHOLE = parquet({"text": [RAIN, None, "Rain"], "date": [dt.datetime(2031, 5, 6), None, None]}, compression="none")
