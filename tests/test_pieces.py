"""Long texts: read in pieces, in bounded memory, with the articles of the whole."""

import io
import json
from random import Random
from subprocess import run

import attrs
import pytest

from benchmarks.kills import command, installed
from benchmarks.texts import wire_text
from newsparse import Parser
from newsparse.inputs import CUT
from newsparse.readers import texts
from newsparse.windows import BLOCK, REACH


@pytest.fixture(scope="module")
def parser():
    return Parser(languages=("en",), plugins=[])


@pytest.fixture(scope="module")
def long_text():
    """Joined dumps of more lines than three blocks, among them an article longer than the reach."""
    chance = Random(7)
    made, lines = [], 0
    giant = ["The Longest Report of the Year", ""]
    for number in range(2 * REACH):
        giant += [f"Paragraph {number} says that the council of the valley met again on Tuesday, the mayor said.", ""]
    while lines < 100_000:
        made.append(wire_text(chance))
        lines += made[-1].count("\n")
        if len(made) == 20:
            made.append("\n".join(giant) + "\n\n")
    return "".join(made)


@pytest.fixture(scope="module")
def whole(parser, long_text):
    return [bare(article) for article in parser.parse(long_text).articles]


def bare(article):
    """What does not hang on where a text begins."""
    blocks = [attrs.evolve(block, span=None) for block in article.blocks]
    captions = [attrs.evolve(caption, span=None) for caption in article.captions]
    return attrs.evolve(article, blocks=blocks, captions=captions, origin=None)


def assert_pieces(dumps, text, whole):
    """Dumps that are the pieces of a text, with its articles, each told where it begins."""
    assert "".join(dump.text for dump in dumps) == text
    assert [bare(article) for dump in dumps for article in dump.articles] == whole
    assert len(dumps) > 2
    line = 1
    for dump in dumps:
        assert dump.origin.line == line
        assert all(article.origin == dump.origin for article in dump.articles)
        line += len(dump.lines)


def test_a_stream_gives_the_articles_of_a_hundred_thousand_lines(parser, long_text, whole):
    assert long_text.count("\n") > 3 * BLOCK
    assert max(len(article.body) for article in whole) >= 2 * REACH
    assert [bare(article) for article in parser.iter_articles(io.StringIO(long_text, newline=""))] == whole


def test_a_text_stream_gives_the_pieces_with_their_ledgers(parser, long_text, whole):
    assert_pieces(list(parser.iter_dumps([io.StringIO(long_text, newline="")])), long_text, whole)


def test_a_long_text_file_gives_pieces_that_say_where_they_begin(parser, long_text, whole, tmp_path, monkeypatch):
    monkeypatch.setattr(texts, "LONG", 1 << 20)
    path = tmp_path / "long.txt"
    path.write_bytes(b"\xef\xbb\xbf" + long_text.encode())
    dumps = list(parser.iter_dumps([path]))
    assert_pieces(dumps, long_text, whole)
    data = path.read_bytes()
    for dump in dumps:
        assert data[dump.origin.offset :].startswith(dump.text[:100].encode())
        assert (dump.origin.path, dump.origin.encoding, dump.origin.digest) == (str(path), "utf-8", None)


def test_the_number_of_articles_or_a_limit_holds_a_long_text_whole(parser, long_text, tmp_path, monkeypatch):
    monkeypatch.setattr(texts, "LONG", 1 << 10)
    path = tmp_path / "long.txt"
    path.write_text(long_text[:5000])
    [dump] = parser.iter_dumps([path], options={"limit": "2000"})
    assert len(dump.text) == 2000
    assert [issue.code for issue in dump.issues] == [CUT]


def test_what_is_broken_far_behind_the_head_is_kept_and_named(parser, tmp_path, monkeypatch):
    monkeypatch.setattr(texts, "LONG", 1 << 12)
    path = tmp_path / "long.txt"
    lines = ["Zürich is the largest city of the country, the office said.\n"] * 200
    lines[150] = "Z\udcfcrich is the largest city of the country, the office said.\n"
    path.write_bytes("".join(lines).encode("utf-8", "surrogateescape"))
    dumps = list(parser.iter_dumps([path]))
    assert "".join(dump.text for dump in dumps) == lines[0] * 200
    assert [issue.code for dump in dumps for issue in dump.issues] == ["charset-damaged"]


def test_a_text_stream_that_breaks_off_gives_what_it_had_and_an_issue(parser, tmp_path):
    path = tmp_path / "broken.txt"
    path.write_bytes(b"Rain Ends in Valley\n" * 50_000 + b"\xff\n")
    with path.open(encoding="utf-8") as stream:
        dumps = list(parser.iter_dumps([stream]))
    assert dumps[0].text.startswith("Rain Ends in Valley\n")
    assert [issue.code for issue in dumps[-1].issues] == [CUT]
    assert "utf-8" in dumps[-1].issues[0].message


def test_the_command_line_reads_a_long_text_in_pieces(long_text, tmp_path):
    path = tmp_path / "long.txt"
    text = "".join(long_text.splitlines(keepends=True)[: BLOCK + 3 * REACH])
    path.write_text(text, newline="")
    environment = installed(tmp_path / "site", "from newsparse.readers import texts\ntexts.LONG = 1 << 20\n")
    found = []
    for jobs in ((), ("--jobs", "2")):
        out = tmp_path / f"out{len(jobs)}.standoff.jsonl"
        done = run(command([str(path)], out, *jobs), env=environment, capture_output=True, text=True)
        assert done.returncode == 0
        found.append(out.read_bytes())
    rows = [json.loads(line) for line in found[0].splitlines()]
    assert "".join(row["text"] for row in rows) == text
    assert len({row["id"] for row in rows}) == len(rows) > 1
    assert found[0] == found[1]
    assert "1 document in, 1 out;" in done.stderr
