import io
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

import newsparse
from newsparse.dump import Dump, Line
from newsparse.errors import OptionError
from newsparse.extensions import WriteContext
from newsparse.models import Article, Issue, Origin, Role
from newsparse.outputs import render, write_item
from newsparse.plugins import load_plugins
from tests.samples import BARE, FLOOD

CORE = load_plugins([])
SEED = Path(__file__).parent.parent / "seeds" / "000_ea817f18116cfa36.txt"


def write(path: Path, items: Iterable[Article | Dump]) -> Counter[str]:
    """Write a file as the command line does, over what is there; the characters that were replaced."""
    stream = io.BytesIO()
    context = WriteContext(stamp={"version": "1"}, previous=str(path) if path.exists() else None)
    writer = CORE.formats["sqlite"].open(stream, context)
    for item in items:
        write_item(writer, item)
    writer.close()
    path.write_bytes(stream.getvalue())
    return context.replaced


def ask(path: Path, question: str, *values: object) -> list[Any]:
    """The rows of an answer, those of one column without their tuple."""
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute(question, values).fetchall()
    return [row[0] if len(row) == 1 else row for row in rows]


def dump_of(text: str, path: str, **origin: Any) -> Dump:
    article = Article(headline=text, body=(f"{text} for two days.",))
    lines = (
        Line(1, 0, len(text) + 1, text + "\n", text, Role.HEADLINE, 0),
        Line(2, len(text) + 1, len(text) + 2, "\n", "", Role.BLANK),
    )
    return Dump(text + "\n\n", (article,), lines, (Issue("odd", "odd end", 2),), origin=Origin(path, **origin))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "news.sqlite"


def test_the_seed_is_in_the_tables(parser: newsparse.Parser, file: Path) -> None:
    text = SEED.read_text(encoding="utf-8")
    dump = parser.parse(text)
    write(file, [dump])
    assert ask(file, "SELECT headline FROM articles ORDER BY number") == [each.headline for each in dump.articles]
    assert ask(file, "SELECT id FROM articles ORDER BY number") == [each.id for each in dump.articles]
    counts = "SELECT count(*) FROM paragraphs JOIN articles USING (article) GROUP BY articles.number ORDER BY 1 DESC"
    assert ask(file, counts) == [16, 4]
    assert ask(file, "SELECT agency, via, date, place FROM captions ORDER BY article") == [
        ("Reuters", None, "2019-04-07", "Benghazi, Libya"),
        ("SANA", "Reuters", "2020-02", "near Qamishli, Syria"),
    ]
    assert "".join(ask(file, "SELECT raw FROM lines ORDER BY number")) == text
    roles = "SELECT role, articles.number - 1 FROM lines LEFT JOIN articles USING (article) ORDER BY lines.number"
    assert ask(file, roles) == [(line.role.value, line.article) for line in dump.lines]


def test_every_field_has_a_column(file: Path) -> None:
    write(file, [attrs.evolve(FLOOD, updated=FLOOD.published)])
    with closing(sqlite3.connect(file)) as database:
        database.row_factory = sqlite3.Row
        article = dict(database.execute("SELECT * FROM articles").fetchone())
        caption = dict(database.execute("SELECT * FROM captions WHERE number = 1").fetchone())
        dump = dict(database.execute("SELECT * FROM dumps").fetchone())
    assert article == {
        "article": 1,
        "dump": 1,
        "number": 1,
        "id": FLOOD.id,
        "headline": "River Floods Harbour",
        "deck": '["Ferries stay in port","Second night of rain"]',
        "section": "Region",
        "authors": '["Ada Moss","Ben Reed"]',
        "byline": "By Ada Moss and Ben Reed",
        "dateline": "PORT ELM —",
        "dateline_place": "PORT ELM",
        "dateline_date": None,
        "dateline_agency": None,
        "published": "2031-05-06T07:08",
        "published_precision": "minute",
        "published_raw": "May 6",
        "updated": "2031-05-06T07:08",
        "updated_precision": "minute",
        "updated_raw": "May 6",
        "language": "en",
        "source": "Elm Courier",
        "text": "The river rose.\n\nBridges shut\n\nIt fell again.",
        "extra": '{"mood":"wet","scores":[1,null,2.5]}',
    }
    assert caption == {
        "caption": 1,
        "article": 1,
        "number": 1,
        "text": "A boat in a street.",
        "raw": "A boat in a street. (Elm Press)",
        "credit": "Elm Press",
        "agency": "Elm Press",
        "photographer": None,
        "via": None,
        "place": "Port Elm",
        "date": "2031-05",
        "date_precision": "month",
        "date_raw": "May 2031",
        "flags": '["file","handout"]',
        "start": 90,
        "stop": 120,
    }
    assert FLOOD.origin
    assert {name: dump[name] for name in attrs.asdict(FLOOD.origin)} == attrs.asdict(FLOOD.origin)
    assert ask(file, "SELECT role, text, start, stop FROM paragraphs") == [
        ("body", "The river rose.", 30, 45),
        ("subhead", "Bridges shut", 50, 62),
        ("body", "It fell again.", 70, 84),
    ]
    assert ask(file, "SELECT value FROM articles, json_each(authors)") == ["Ada Moss", "Ben Reed"]


def test_a_second_run_replaces_its_own_rows(file: Path) -> None:
    rain, storm = dump_of("Rain", "rain.txt", digest="sha256:01"), dump_of("Storm", "storm.txt", digest="sha256:02")
    tables = ("dumps", "articles", "paragraphs", "lines", "issues")
    write(file, [rain, storm])
    once = [ask(file, f"SELECT count(*) FROM {table}") for table in tables]
    assert once == [[2], [2], [2], [4], [2]]
    write(file, [attrs.evolve(rain, articles=(attrs.evolve(rain.articles[0], section="Weather"),)), storm])
    assert [ask(file, f"SELECT count(*) FROM {table}") for table in tables] == once
    assert ask(file, "SELECT section FROM articles ORDER BY headline") == ["Weather", None]
    assert ask(file, "SELECT headline FROM articles_search WHERE articles_search MATCH 'rain'") == ["Rain"]
    assert ask(file, "PRAGMA integrity_check") == ["ok"]
    assert ask(file, "PRAGMA foreign_key_check") == []


def test_what_a_second_run_no_longer_finds_is_gone(file: Path) -> None:
    rain = dump_of("Rain", "rain.txt", digest="sha256:01")
    write(file, [rain])
    write(file, [attrs.evolve(rain, articles=(), lines=rain.lines[1:], issues=())])
    assert ask(file, "SELECT count(*) FROM articles") == [0]
    assert ask(file, "SELECT count(*) FROM lines") == [1]
    assert ask(file, "SELECT rowid FROM articles_search WHERE articles_search MATCH 'rain'") == []


@pytest.mark.parametrize(
    "origins",
    [
        pytest.param([{"path": "a.txt", "digest": "1"}, {"path": "b.txt", "digest": "1"}], id="a copied file"),
        pytest.param(
            [{"path": "a", "record": 1, "digest": "1"}, {"path": "a", "record": 2, "digest": "1"}], id="records"
        ),
        pytest.param([{"path": "a", "member": "x"}, {"path": "a", "member": "y"}], id="members"),
        pytest.param([{"path": "a", "offset": 0}, {"path": "a", "offset": 9}], id="places in a file"),
        pytest.param([{"path": None}, {"path": None}], id="no origin, twice in one run"),
    ],
)
def test_equal_articles_of_different_inputs_all_stay_and_share_an_id(file: Path, origins: list[dict[str, Any]]) -> None:
    dumps = [dump_of("Rain", **origin) for origin in origins]
    write(file, dumps)
    write(file, dumps)
    assert ask(file, "SELECT count(*), count(DISTINCT id) FROM articles") == [(2, 1)]


def test_runs_one_after_another_add_up(file: Path) -> None:
    for name in ("a.txt", "b.txt", "a.txt"):
        write(file, [dump_of("Rain", name, digest="sha256:01")])
    assert ask(file, "SELECT path FROM dumps ORDER BY path") == ["a.txt", "b.txt"]


def test_articles_without_a_dump_are_written_too(file: Path) -> None:
    write(file, [FLOOD, BARE, attrs.evolve(BARE, origin=FLOOD.origin)])
    assert ask(file, "SELECT headline FROM articles") == ["River Floods Harbour", "Rain Ends", "Rain Ends"]
    assert ask(file, "SELECT count(*) FROM lines") == [0]


def test_a_record_may_be_a_number_or_a_name(file: Path) -> None:
    write(file, [dump_of("Rain", "a", record=record) for record in (7, "7", 1 << 80)])
    assert ask(file, "SELECT record, typeof(record) FROM dumps") == [
        (7, "integer"),
        ("7", "text"),
        (str(1 << 80), "text"),
    ]


def test_the_stamp_of_each_run_is_kept(file: Path) -> None:
    [dump] = newsparse.Parser(plugins=[]).iter_dumps([SEED])
    file.write_bytes(bytes(render(dump, "sqlite", plugins=CORE)))  # type: ignore[arg-type]
    write(file, [dump_of("Rain", "rain.txt")])
    stamps = [json.loads(stamp) for stamp in ask(file, "SELECT stamp FROM runs JOIN dumps USING (run) ORDER BY run")]
    assert stamps[0].keys() == {"version", "plugins", "profile", "settings"}
    assert stamps[1] == {"version": "1"}


def test_search_finds_words_without_their_accents(file: Path) -> None:
    write(file, [Article(headline="Mañana lluvia", body=("Il pleut à Genève.",)), FLOOD])
    for word, found in (("manana", "Mañana lluvia"), ("geneve", "Mañana lluvia"), ("bridges", "River Floods Harbour")):
        assert ask(file, "SELECT headline FROM articles_search WHERE articles_search MATCH ?", word) == [found]
    assert ask(file, "SELECT text FROM captions_search WHERE captions_search MATCH 'boat'") == ["A boat in a street."]


def test_what_sqlite_cannot_hold_is_replaced_and_counted(file: Path) -> None:
    dump = dump_of("Torn \ud83c and \x00 cut", "a\udcff.txt")
    replaced = write(file, [dump])
    assert ask(file, "SELECT headline FROM articles") == ["Torn \ufffd and \ufffd cut"]
    assert ask(file, "SELECT raw FROM lines WHERE number = 1") == ["Torn \ufffd and \ufffd cut\n"]
    # Headline, paragraph, running text and line; the path once.
    assert replaced == Counter("\ud83c\x00" * 4 + "\udcff")


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"no database at all" * 100, "is no SQLite database"), (None, "a database, but not one of newsparse")],
    ids=["text", "another database"],
)
def test_a_file_of_another_kind_is_not_touched(file: Path, content: bytes | None, message: str) -> None:
    if content is None:
        with closing(sqlite3.connect(file)) as database:
            database.execute("CREATE TABLE mine (x)")
            database.commit()
    else:
        file.write_bytes(content)
    before = file.read_bytes()
    with pytest.raises(OptionError, match=message):
        write(file, [FLOOD])
    assert file.read_bytes() == before


def test_tables_of_a_later_version_are_not_touched(file: Path) -> None:
    write(file, [FLOOD])
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(OptionError, match="a newsparse with other tables"):
        write(file, [FLOOD])


def test_an_empty_file_becomes_a_database(file: Path) -> None:
    file.touch()
    write(file, [])
    assert ask(file, "SELECT count(*) FROM articles") == [0]


def test_a_broken_database_is_named(file: Path) -> None:
    write(file, [FLOOD] * 50)
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(OptionError, match="is no SQLite database"):
        write(file, [FLOOD])
