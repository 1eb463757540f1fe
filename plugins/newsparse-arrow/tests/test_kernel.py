import doctest
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsparse
import newsparse_arrow
from newsparse import OptionError, Parser, hookimpl
from newsparse_arrow import ARTICLE, PARSED, apart, kernel, parse_batch, parse_column, parsed_schema, schemas

CORE = Parser(plugins=[])
RAIN = "Rain Ends in Valley\n\nThe rain ended on Monday, the mayor said, and the roads were dry again by noon.\n"
SEED = (Path(__file__).parents[3] / "seeds" / "000_ea817f18116cfa36.txt").read_text(encoding="utf-8")
POISON = "Well Is Closed in Valley\n\nThe well was found to hold poison on Monday, the mayor said, and was closed.\n"


class Raising:
    """A plugin that fails on one text."""

    @hookimpl
    def newsparse_finalize_article(self, draft):
        if "poison" in draft.article.text:
            raise RuntimeError("poison")


class Ending:
    """A plugin whose process ends on one text, as a fault in a library written in C ends it."""

    @hookimpl
    def newsparse_finalize_article(self, draft):
        if "poison" in draft.article.text:
            os.kill(os.getpid(), signal.SIGKILL)


class EndingOnce:
    """A plugin whose process ends on one text, the first time."""

    def __init__(self, mark):
        self.mark = mark

    @hookimpl
    def newsparse_finalize_article(self, draft):
        if "poison" in draft.article.text and not Path(self.mark).exists():
            Path(self.mark).touch()
            os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def ended() -> Iterator[None]:
    """Ends the process that a test has parsed in."""
    yield
    apart.end()


def headlines(row):
    return [article["headline"] for article in row["articles"]]


def values_of(text):
    return [schemas.article_values(article) for article in CORE.parse(text).articles]


def test_a_row_has_the_articles_that_a_parse_of_its_text_gives():
    [first, second] = parse_column(pa.array([SEED, RAIN]), parser=CORE).to_pylist()
    assert first == {"articles": values_of(SEED), "issues": [], "error": None}
    assert len(first["articles"]) == 2
    assert headlines(second) == ["Rain Ends in Valley"]
    assert [schemas.article_of(values) for values in first["articles"]] == list(CORE.parse(SEED).articles)


def test_a_null_stays_one_and_an_empty_text_has_no_articles():
    parsed = parse_batch(pa.table({"text": [None, "", " \n"]}), parser=CORE)
    nothing = {"articles": [], "issues": [], "error": None}
    assert parsed.drop_columns(["text"]).to_pylist() == [dict.fromkeys(nothing), nothing, nothing]


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.binary(),
        pa.large_binary(),
        pa.binary_view(),
        pa.dictionary(pa.int8(), pa.string()),
    ],
    ids=str,
)
def test_texts_of_every_kind_of_column_are_parsed(kind):
    texts = pa.array([RAIN, None, SEED, RAIN]).cast(kind)
    parsed = parse_column(texts, parser=CORE)
    assert isinstance(parsed, pa.StructArray)
    assert parsed.type == PARSED
    assert parsed.equals(parse_column(pa.array([RAIN, None, SEED, RAIN]), parser=CORE))
    chunked = pa.chunked_array([texts.slice(0, 1), texts.slice(1)])
    assert isinstance(parse_column(chunked, parser=CORE), pa.ChunkedArray)
    assert parse_column(chunked, parser=CORE).to_pylist() == parsed.to_pylist()


def test_a_column_of_nothing_but_nulls_is_one_of_nulls():
    assert parse_column(pa.nulls(3), parser=CORE).null_count == 3


@pytest.mark.parametrize("number", [0, 1, 1023, 1024, 1025, 2500])
def test_a_long_column_keeps_its_rows_in_order(number):
    texts = pa.chunked_array([pa.array(["x" * index for index in range(number)], pa.string())])
    rows = parse_column(texts, parser=CORE, limit=1).to_pylist()
    assert [row["error"] and row["error"].split()[3] for row in rows[2:]] == [str(index) for index in range(2, number)]
    assert [row["error"] for row in rows[:2]] == [None, None][:number]


@pytest.mark.parametrize("kind", [pa.Table, pa.RecordBatch], ids=["table", "batch"])
def test_a_batch_keeps_its_class_and_its_other_columns(kind):
    given = kind.from_pydict({"url": ["a", "b"], "text": [RAIN, None], "score": [1.5, 2.5]})
    parsed = parse_batch(given, parser=CORE)
    assert isinstance(parsed, kind)
    assert parsed.schema == parsed_schema(given.schema)
    assert parsed.select(["url", "text", "score"]).equals(given)
    assert parse_batch(given.slice(0, 0), parser=CORE).num_rows == 0


def test_the_column_of_texts_may_have_any_name():
    parsed = parse_batch(pa.table({"maintext": [RAIN], "text": [1]}), text="maintext", parser=CORE)
    assert headlines(parsed.to_pylist()[0]) == ["Rain Ends in Valley"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        pytest.param({"body": ["a"]}, "no column 'text'", id="no such column"),
        pytest.param({"text": [1]}, "'text' is one of int64", id="no texts"),
        pytest.param({"text": [["a"]]}, "'text' is one of list", id="lists"),
        pytest.param({"text": ["a"], "error": ["b"]}, "a column 'error' already", id="a name that is needed"),
    ],
)
def test_a_wrong_call_is_named(table, message):
    with pytest.raises(OptionError, match=message):
        parse_batch(pa.table(table), parser=CORE)


def test_a_column_that_holds_no_texts_is_a_wrong_call():
    with pytest.raises(OptionError, match="not one of double"):
        parse_column(pa.array([1.0]), parser=CORE)


def test_a_text_that_cannot_be_parsed_costs_one_row():
    parser = Parser(plugins=[Raising()], strict=True)
    rows = parse_column(pa.array([RAIN, POISON, SEED, None]), parser=parser).to_pylist()
    assert rows[1]["articles"] is None
    assert "poison" in rows[1]["error"]
    assert "Raising" in rows[1]["error"]
    assert rows[0] == {"articles": values_of(RAIN), "issues": [], "error": None}
    assert rows[2] == {"articles": values_of(SEED), "issues": [], "error": None}
    assert rows[3] is None


def test_without_strict_mode_a_failing_plugin_is_an_issue_of_the_row():
    [row] = parse_column(pa.array([POISON]), parser=Parser(plugins=[Raising()])).to_pylist()
    assert row["error"] is None
    assert [issue["plugin"] for issue in row["issues"]] == ["Raising"]
    assert headlines(row) == ["Well Is Closed in Valley"]


def test_a_text_over_the_limit_is_named_and_not_parsed():
    limit = len(RAIN.encode())
    rows = parse_column(pa.array([RAIN, RAIN + "x"]), parser=CORE, limit=limit).to_pylist()
    assert rows[0]["error"] is None
    assert rows[1]["error"] == (
        f"the text has {limit + 1} bytes, more than {limit}, and was not parsed: raise the limit"
    )


def test_bytes_that_are_not_utf8_are_decoded_with_an_issue():
    text = "Café Opens in Valley\n\nThe café opened on Monday, the mayor said.\n"
    texts = pa.Array.from_buffers(pa.string(), 1, pa.array([text.encode("cp1252")]).buffers())
    [row] = parse_column(texts, parser=CORE).to_pylist()
    assert row["articles"] == values_of(text)
    assert [issue["code"] for issue in row["issues"]] == ["charset-guessed"]


class Torn:
    """A plugin that gives what UTF-8 does not hold."""

    @hookimpl
    def newsparse_finalize_article(self, draft):
        if "poison" in draft.article.text:
            draft.set("section", "torn \ud800", "for the test")


def test_what_utf8_does_not_hold_is_replaced_with_an_issue_and_spoils_no_other_row():
    rows = parse_column(pa.array([RAIN, POISON]), parser=Parser(plugins=[Torn()])).to_pylist()
    assert rows[0] == {"articles": values_of(RAIN), "issues": [], "error": None}
    assert rows[1]["articles"][0]["section"] == "torn \ufffd"
    assert [issue["code"] for issue in rows[1]["issues"]] == [kernel.REPLACED]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.none() | st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode()), max_size=8))
def test_there_are_as_many_rows_out_as_in_and_each_has_articles_or_an_error(texts):
    rows = parse_column(pa.array(texts, pa.binary()), parser=CORE, limit=50).to_pylist()
    assert len(rows) == len(texts)
    for text, row in zip(texts, rows, strict=True):
        if text is None:
            assert row is None
        else:
            assert (row["articles"] is None) == (row["error"] is not None) == (len(text) > 50)


# in a process of its own


@pytest.mark.usefixtures("ended")
def test_a_process_of_its_own_gives_the_same():
    texts = pa.chunked_array([[SEED, None], [], [RAIN, ""]], pa.string())
    assert parse_column(texts, parser=CORE, apart=True).to_pylist() == parse_column(texts, parser=CORE).to_pylist()
    one = texts.combine_chunks()
    assert parse_column(one, parser=CORE, apart=True).equals(parse_column(one, parser=CORE))
    assert parse_column(one.slice(0, 0), parser=CORE, apart=True).equals(pa.array([], PARSED))


@pytest.mark.usefixtures("ended")
def test_a_text_that_ends_its_process_each_time_costs_one_row():
    texts = pa.array([RAIN, POISON, SEED])
    rows = parse_column(texts, parser=Parser(plugins=[Ending()]), apart=True).to_pylist()
    assert rows[1] == {
        "articles": None,
        "issues": [],
        "error": "the process that parsed it ended 2 times: signal 9",
    }
    expected = [{"articles": values_of(text), "issues": [], "error": None} for text in (RAIN, SEED)]
    assert [rows[0], rows[2]] == expected


@pytest.mark.usefixtures("ended")
def test_only_texts_that_end_their_process_are_set_aside_wherever_they_stand():
    texts = pa.chunked_array([[POISON], [None, RAIN, POISON]])
    rows = parse_column(texts, parser=Parser(plugins=[Ending()]), apart=True).to_pylist()
    assert [row and row["error"] is not None for row in rows] == [True, None, False, True]


@pytest.mark.usefixtures("ended")
def test_a_text_whose_process_ends_once_is_parsed_again(tmp_path):
    parser = Parser(plugins=[EndingOnce(str(tmp_path / "mark"))])
    rows = parse_column(pa.array([RAIN, POISON]), parser=parser, apart=True).to_pylist()
    assert (tmp_path / "mark").exists()
    assert [headlines(row) for row in rows] == [["Rain Ends in Valley"], ["Well Is Closed in Valley"]]


@pytest.mark.usefixtures("ended")
def test_a_process_that_does_not_start_is_nobodys_row():
    class Unknown:
        def __reduce__(self):
            return os._exit, (3,)

    with pytest.raises(RuntimeError, match="does not start: exit code 3"):
        parse_column(pa.array([RAIN]), parser=Parser(plugins=[Unknown()]), apart=True)


def test_the_process_of_its_own_ends_with_the_one_that_made_it():
    code = (
        "import pyarrow as pa; from newsparse_arrow import apart, parse_column\n"
        "parse_column(pa.array(['Rain\\n']), apart=True); print(apart.process(None, 1 << 26).pid)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


# what others rely on


def test_the_schema_of_an_article_has_the_fields_of_its_dictionary():
    names = list(newsparse.article_to_dict(newsparse.Article()))
    assert [field.name for field in ARTICLE] == names


def test_listing_plugins_loads_no_pyarrow():
    code = "import sys, newsparse; newsparse.Parser(plugins=None).plugins.formats; print('pyarrow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_public_names_are_there_and_no_others():
    assert all(hasattr(newsparse_arrow, name) for name in newsparse_arrow.__all__)
    with pytest.raises(AttributeError, match="papyrus"):
        newsparse_arrow.papyrus  # noqa: B018
    assert pickle.loads(pickle.dumps(parse_batch)) is parse_batch


@pytest.mark.parametrize("module", [kernel, schemas], ids=["kernel", "schemas"])
def test_the_examples_in_docstrings_run(module):
    failed, tried = doctest.testmod(module)
    assert tried
    assert not failed
