"""Programs that people open our outputs with; each test is left out where its program is not installed."""

import csv
import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

import newsparse
from newsparse.models import Article
from newsparse.outputs import render
from newsparse.plugins import load_plugins
from tests.samples import FLOOD

CORE = load_plugins([])
SEED = Path(__file__).parent.parent / "seeds" / "000_ea817f18116cfa36.txt"
ODD = Article(headline='Quote " comma, NA\nnext', body=["01234", "null", "\u202eالعربية"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    [dump] = newsparse.Parser(plugins=[]).iter_dumps([SEED])
    for format in ("csv", "jsonl", "sqlite"):
        written = render([dump, FLOOD, ODD], format, plugins=CORE)
        (tmp_path / f"out.{format}").write_bytes(written.encode() if isinstance(written, str) else written)
    return tmp_path


HEADLINES = [
    "Misrata Militias Mobilize to Save Libya’s Sarraj",
    "US Military Says It Strikes Iran-Backed Militia Facility in Syria",
    FLOOD.headline,
    ODD.headline,
]


def test_pandas_reads_csv_and_jsonl(folder: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    table = pandas.read_csv(folder / "out.csv", keep_default_na=False)
    assert list(table["headline"]) == HEADLINES
    assert [len(body.split("\n")) for body in table["body"]] == [16, 4, 2, 3]
    assert list(pandas.read_json(folder / "out.jsonl", lines=True)["headline"]) == HEADLINES


def test_duckdb_reads_csv_and_jsonl(folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    rows = duckdb.sql(
        f"SELECT headline FROM read_csv('{folder}/out.csv', header = true, all_varchar = true)"
    ).fetchall()
    assert [row[0] for row in rows] == HEADLINES
    rows = duckdb.sql(f"SELECT unnest(captions).credit.agency FROM read_json('{folder}/out.jsonl')").fetchall()
    assert [row[0] for row in rows] == ["Reuters", "SANA", "Elm Press", None]


def test_the_shell_of_sqlite_reads_the_database(folder: Path) -> None:
    if not shutil.which("sqlite3"):
        pytest.skip("the sqlite3 shell is not installed")
    question = "SELECT group_concat(raw, '') FROM (SELECT raw FROM lines ORDER BY dump, number)"
    done = subprocess.run(["sqlite3", folder / "out.sqlite", question], capture_output=True, check=True)
    assert done.stdout.decode() == SEED.read_text(encoding="utf-8") + "\n"


TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# Comma, quotation mark, UTF-8, from the first line on: what a spreadsheet's dialog asks for.
INFILTER = "--infilter=CSV:44,34,76,1"


def in_a_spreadsheet(path: Path) -> ElementTree.Element:
    """What LibreOffice makes of a table."""
    if not (office := shutil.which("soffice")):
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "ods", INFILTER, "--outdir", path.parent, path]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    with zipfile.ZipFile(path.with_suffix(".ods")) as archive:
        return ElementTree.fromstring(archive.read("content.xml"))


def test_a_spreadsheet_opens_the_table_and_runs_none_of_its_cells(tmp_path: Path) -> None:
    evil = [Article(headline=text, body=["It rained.", "=2+3"]) for text in ("=1+1", "+1+1", "-1+1", "@SUM(1)", "Rain")]
    written = render([*evil, FLOOD], "csv", {"spreadsheet": "yes"}, CORE)
    (tmp_path / "out.csv").write_bytes(str(written).encode())
    root = in_a_spreadsheet(tmp_path / "out.csv")
    cells = list(root.iter(f"{TABLE}table-cell"))
    assert not [cell for cell in cells if cell.get(f"{TABLE}formula")]
    shown = {"\n".join("".join(line.itertext()) for line in cell.iter(f"{TEXT}p")) for cell in cells}
    for row in csv.DictReader(io.StringIO(str(written).removeprefix("\ufeff"), newline="")):
        assert {row["headline"], row["body"], row["captions"]} <= shown
