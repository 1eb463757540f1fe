import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse import Parser, streams
from newsparse.errors import OptionError, PluginError, UnknownReaderError
from newsparse.extensions import Config, Document, ReadContext, Reader
from newsparse.hookspecs import hookimpl
from newsparse.inputs import INCOMPLETE, iter_documents
from newsparse.models import Origin
from newsparse.plugins import PluginSet, load_plugins
from newsparse.sniffing import Taken
from tests.samples_of_bytes import PIECES

CORE = load_plugins([])
PARSER = Parser(plugins=CORE)


def with_readers(*readers: Reader, strict: bool = False) -> PluginSet:
    class Readers:
        __name__ = "newsparse-test"

        @hookimpl
        def newsparse_register_readers(self) -> tuple[Reader, ...]:
            return readers

    return load_plugins([Readers()], Config(strict=strict))


def read(*inputs: Any, plugins: PluginSet = CORE, **settings: Any) -> list[Document]:
    return list(iter_documents(inputs, plugins, **settings))


def codes(document: Document) -> list[str]:
    return [issue.code for issue in document.issues]


def path_of(document: Document) -> str | None:
    return document.origin.path if document.origin else None


def test_inputs_come_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"snow")
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "rain"}\n{"text": "hail"}\n')
    found = read(str(tmp_path / "b.txt"), tmp_path / "a.jsonl", io.BytesIO(b"wind"))
    assert [document.text for document in found] == ["snow", "rain", "hail", "wind"]
    assert [path_of(document) for document in found] == [
        str(tmp_path / "b.txt"),
        *[str(tmp_path / "a.jsonl")] * 2,
        None,
    ]


def test_one_input_need_not_stand_in_a_list(tmp_path: Path) -> None:
    path = tmp_path / "rain.txt"
    path.write_bytes(b"rain")
    for one in (path, str(path), io.BytesIO(b"rain")):
        assert [document.text for document in iter_documents(one, CORE)] == ["rain"]


def test_a_folder_is_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c.txt", ".hidden.txt", ".git/config", "b/.x/y.txt", "b/c/d/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [document.text for document in read(tmp_path)] == ["a.txt", "b/10.txt", "b/2.txt", "b/c/d/e.txt", "c.txt"]


def test_a_hidden_folder_that_is_named_is_walked(tmp_path: Path) -> None:
    (tmp_path / ".news").mkdir()
    (tmp_path / ".news" / "rain.txt").write_text("rain")
    assert [document.text for document in read(tmp_path / ".news")] == ["rain"]


def test_links_and_pipes_do_not_hold_a_walk_up(tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("rain")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "linked.txt").symlink_to(tmp_path / "rain.txt")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe")
    found = read(tmp_path)
    assert [(Path(path_of(document) or "").name, document.text) for document in found] == [
        ("linked.txt", "rain"),
        ("nowhere.txt", ""),
        ("rain.txt", "rain"),
    ]
    assert codes(found[1]) == ["unreadable"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [("gone.txt", "No such file"), ("", "No such file"), ("rain\0.txt", "null byte"), ("x" * 5000, "too long")],
    ids=["missing", "empty", "null-byte", "too-long"],
)
def test_an_input_that_cannot_be_opened_is_an_issue(path: str, reason: str) -> None:
    document, after = read(path, io.BytesIO(b"rain"))
    assert (document.text, path_of(document)) == ("", path)
    (issue,) = document.issues
    assert issue.code == "unreadable"
    assert issue.code in INCOMPLETE
    assert reason in issue.message
    assert after.text == "rain"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_listed_is_an_issue(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0)
    (document,) = read(folder)
    assert codes(document) == ["unreadable"]
    assert "Permission denied" in document.issues[0].message


class Breaking(io.RawIOBase):
    """Gives what it has and then fails as a bad disk does."""

    def __init__(self, data: bytes):
        self.data = data

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self.data:
            raise OSError(5, "Input/output error")
        part = self.data[: min(len(buffer), 7)]
        self.data = self.data[len(part) :]
        buffer[: len(part)] = part
        return len(part)


def test_a_text_that_breaks_off_keeps_what_was_read() -> None:
    document, after = read(Breaking(b"rain in the valley"), io.BytesIO(b"snow"))
    assert document.text == "rain in the valley"
    assert codes(document) == ["cut-short"]
    assert "Input/output error" in document.issues[0].message
    assert after.text == "snow"


def test_records_that_break_off_keep_what_was_read() -> None:
    found = read(Breaking(b'{"text": "rain"}\n' * 3), reader="jsonl")
    assert [(document.text, codes(document)) for document in found] == [
        ("rain", []),
        ("rain", []),
        ("rain", ["cut-short"]),
    ]


def test_what_breaks_off_before_any_record_is_told_all_the_same() -> None:
    found = read(Breaking(b""), reader="jsonl")
    assert [(document.text, codes(document)) for document in found] == [("", ["cut-short"])]


def test_records_are_handed_on_as_they_come() -> None:
    stream = Breaking(b'{"text": "rain"}\n' * 10_000)
    found = iter_documents(stream, CORE)
    assert next(found).text == "rain"
    assert len(stream.data) > 17 * 1_000
    *rest, cut = found
    assert [document.text for document in rest] == ["rain"] * 9_999
    assert (cut.text, codes(cut)) == ("", ["cut-short"])


@pytest.mark.parametrize("members", [1, 3])
def test_gzip_is_unwrapped_by_its_content(members: int) -> None:
    (document,) = read(io.BytesIO(gzip.compress(b"rain ") * members))
    assert document.text == "rain " * members
    assert document.issues == ()


def test_the_name_inside_the_wrapping_counts(tmp_path: Path) -> None:
    path = tmp_path / "rain.JSONL.GZ"
    path.write_bytes(gzip.compress(b'{"text": "rain"}\n'))
    (document,) = read(path)
    assert document.text == "rain"
    assert path_of(document) == str(path)


def test_gzip_that_is_cut_keeps_what_was_read() -> None:
    lines = b"".join(
        json.dumps({"text": f"rain {number}", "n": number**7}).encode() + b"\n" for number in range(20_000)
    )
    packed = gzip.compress(lines)
    whole = [document.text for document in read(io.BytesIO(packed))]
    assert len(whole) == 20_000
    for stop in (len(packed) // 2, len(packed) - 4):
        found = read(io.BytesIO(packed[:stop]))
        texts = [document.text for document in found if document.text]
        assert len(texts) > 20_000 * 0.4
        assert texts == whole[: len(texts)]
        assert [code for document in found for code in codes(document) if code in INCOMPLETE] == ["cut-short"]


def test_gzip_with_a_flipped_byte_keeps_what_was_read() -> None:
    packed = bytearray(gzip.compress(b"rain " * 100))
    packed[-6] ^= 1
    (document,) = read(io.BytesIO(packed))
    assert document.text == "rain " * 100
    assert codes(document) == ["cut-short"]
    assert "CRC" in document.issues[0].message


@given(st.binary(max_size=200))
def test_no_bytes_after_the_mark_of_gzip_make_reading_fail(data: bytes) -> None:
    (document,) = read(io.BytesIO(b"\x1f\x8b\x08" + data))
    assert "cut-short" in codes(document)


def test_a_bomb_is_cut_and_an_option_lets_it_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "EXPANSION_FREE", 1000)
    packed = gzip.compress(bytes(1_000_000))
    (cut,) = read(io.BytesIO(packed))
    assert len(cut.text) < 500_000
    assert codes(cut) == ["cut-short"]
    assert "raise the option expansion" in cut.issues[0].message
    (whole,) = read(io.BytesIO(packed), options={"expansion": "2000"})
    assert (len(whole.text), whole.issues) == (1_000_000, ())


def test_what_is_small_may_expand_as_it_likes() -> None:
    (document,) = read(io.BytesIO(gzip.compress(b" " * 1_000_000)))
    assert (len(document.text), document.issues) == (1_000_000, ())


def test_standard_input_is_a_dash() -> None:
    code = (
        "from newsparse.inputs import iter_documents; from newsparse.plugins import load_plugins\n"
        "for document in iter_documents(['-'], load_plugins([])): print(document.text, document.origin.path)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=b"rain", capture_output=True, timeout=60)
    assert (done.stdout, done.stderr) == (b"rain -\n", b"")


def test_a_stream_is_left_open_and_named_where_it_has_a_name(tmp_path: Path) -> None:
    path = tmp_path / "rain.txt"
    path.write_bytes(b"rain")
    with path.open("rb") as stream:
        (document,) = read(stream)
        assert path_of(document) == str(path)
        assert not stream.closed


def test_a_text_stream_is_a_wrong_call_for_a_reader_of_bytes() -> None:
    with pytest.raises(OptionError, match="open it in binary"):
        read(io.StringIO("rain"), reader="jsonl")


def test_a_reader_can_be_named() -> None:
    (document,) = read(io.BytesIO(b'{"text": "rain"}'), reader="text")
    assert document.text == '{"text": "rain"}'


def test_wrong_calls_are_told_before_anything_is_read() -> None:
    with pytest.raises(UnknownReaderError, match="'papyrus'; known: csv, email, json, jsonl, mbox, text"):
        iter_documents(["gone.txt"], CORE, reader="papyrus")
    with pytest.raises(OptionError, match="text has no option 'colour'; known: limit, expansion"):
        iter_documents(["gone.txt"], CORE, reader="text", options={"colour": "red"})
    with pytest.raises(OptionError, match="unknown encoding 'no-such'"):
        iter_documents(["gone.txt"], CORE, encoding="no-such")


def test_encoding_and_options_reach_the_reader() -> None:
    record = b'{"prose": "' + "дождь".encode("cp1251") + b'"}'
    (document,) = read(io.BytesIO(record), encoding="cp1251", options={"text": "prose"})
    assert document.text == "дождь"


def test_an_option_goes_to_the_readers_that_take_it() -> None:
    found = read(io.BytesIO(b"rain"), io.BytesIO(b'{"prose": "snow"}\n'), options={"text": "prose"})
    assert [document.text for document in found] == ["rain", "snow"]
    with pytest.raises(OptionError, match="no reader has an option 'colour'"):
        iter_documents(["gone.txt"], CORE, options={"colour": "red"})


def test_files_that_are_no_input_are_skipped(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    assert [document.text for document in read(tmp_path, skip=lambda path: path.endswith("a.txt"))] == ["b.txt"]


def test_what_each_file_is_taken_for_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "From: a@b.c\nTo: d@e.f\nSubject: Rain\nDate: Thu, 19 Feb 2015 17:18:40 +1100\n\nx\n"
    )
    (tmp_path / "b.csv").write_text("rain\n")
    (tmp_path / "c.csv").write_text("title,text\nRain,It rained.\n")
    told: list[Taken] = []
    read(tmp_path, tell=told.append)
    assert [(taken.reader.name, taken.reason) for taken in told] == [
        ("email", "content"),
        ("csv", "name"),
        ("csv", "content and name"),
    ]
    assert str(told[1]) == f"{tmp_path / 'b.csv'}: read as csv (50 of 100, by name)"


def reader_of(name: str, score: Any, read: Any = None) -> Reader:
    def sniff(head: bytes, name: str) -> int:
        if isinstance(score, Exception):
            raise score
        return score  # type: ignore[no-any-return]

    def tell(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
        yield Document(f"{name}: {stream.read().decode()}", Origin(path=context.path))

    return Reader(name, sniff=sniff, read=read or tell)


def test_the_surest_reader_reads() -> None:
    plugins = with_readers(reader_of("sure", 80), reader_of("unsure", 30))
    (document,) = read(io.BytesIO(b"rain"), plugins=plugins)
    assert (document.text, document.issues) == ("sure: rain", ())


def test_a_close_runner_up_is_told() -> None:
    plugins = with_readers(reader_of("a", 80), reader_of("b", 75))
    (document,) = read(io.BytesIO(b"rain"), plugins=plugins)
    assert (document.text, codes(document)) == ("a: rain", ["reader-guessed"])
    assert "may be b (75)" in document.issues[0].message


def test_of_two_equally_sure_readers_the_hosts_first_one_reads() -> None:
    plugins = with_readers(reader_of("zulu", 90), reader_of("alpha", 90))
    (document,) = read(io.BytesIO(b"rain"), plugins=plugins)
    assert document.text == "alpha: rain"


@pytest.mark.parametrize("score", [ValueError("no idea"), None, "much"], ids=["raises", "none", "text"])
def test_a_reader_that_fails_to_sniff_is_an_issue_that_names_it(score: Any) -> None:
    (document,) = read(io.BytesIO(b"rain"), plugins=with_readers(reader_of("broken", score)))
    assert (document.text, codes(document)) == ("rain", ["plugin-failed"])
    assert document.issues[0].plugin == "newsparse-test"
    with pytest.raises(PluginError, match="sniff of reader broken"):
        read(io.BytesIO(b"rain"), plugins=with_readers(reader_of("broken", score), strict=True))


def breaks_off(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    yield Document("first")
    raise IndexError("no second")


def gives_strings(stream: BinaryIO, context: ReadContext) -> Iterator[Any]:
    yield Document("first")
    yield "second"


@pytest.mark.parametrize(
    ("reader", "reason"), [(breaks_off, "IndexError: no second"), (gives_strings, "gave a str, not a Document")]
)
def test_a_reader_that_fails_is_an_issue_that_names_it(reader: Any, reason: str) -> None:
    plugins = with_readers(reader_of("broken", 99, reader))
    first, failed, after = read(io.BytesIO(b"rain"), io.BytesIO(b"snow"), plugins=plugins)[:3]
    assert (first.text, first.issues) == ("first", ())
    assert (failed.text, codes(failed)) == ("", ["cut-short"])
    assert reason in failed.issues[0].message
    assert failed.issues[0].plugin == "newsparse-test"
    assert after.text == "first"
    with pytest.raises(PluginError, match="read of reader broken"):
        read(io.BytesIO(b"rain"), plugins=with_readers(reader_of("broken", 99, reader), strict=True))


def test_a_reader_may_move_about_in_a_file(tmp_path: Path) -> None:
    def backwards(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
        stream.seek(-4, io.SEEK_END)
        end = stream.read()
        stream.seek(0)
        yield Document((end + b"|" + stream.read(4) + b"|%d" % stream.tell()).decode())

    path = tmp_path / "rain.txt"
    path.write_bytes(b"rain, then snow")
    (document,) = read(path, plugins=with_readers(reader_of("backwards", 99, backwards)))
    assert document.text == "snow|rain|4"


@pytest.mark.parametrize("reader", [None, *CORE.readers])
@given(data=st.binary(max_size=300) | st.lists(st.sampled_from(PIECES)).map(b"".join))
def test_any_bytes_are_dumps_and_no_line_is_lost(reader: str | None, data: bytes) -> None:
    for dump in PARSER.iter_dumps([io.BytesIO(data)], reader=reader):
        assert "".join(line.raw for line in dump.lines) == dump.text
        json.dumps(dump.to_dict())


def test_an_input_is_read_only_when_its_turn_comes(tmp_path: Path) -> None:
    path = tmp_path / "late.txt"
    found = iter_documents([io.BytesIO(b"rain"), path], CORE)
    assert next(found).text == "rain"
    path.write_text("snow")
    assert next(found).text == "snow"
