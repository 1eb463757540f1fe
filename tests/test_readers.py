import hashlib
import io
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsparse.errors import OptionError
from newsparse.extensions import Document, ReadContext, Reader
from newsparse.readers.charsets import decode
from newsparse.readers.known import CORE_READERS
from newsparse.readers.mails import EMAIL, MBOX
from newsparse.readers.records import JSONL
from newsparse.readers.texts import TEXT
from tests.samples_of_bytes import PIECES

# The five bytes that cp1252 leaves open, and what they are read as.
OPEN_BYTES = "\x81\x8d\x8f\x90\x9d"


def documents(reader: Reader, data: bytes, encoding: str | None = None, **options: str) -> list[Document]:
    return list(reader.read(io.BytesIO(data), ReadContext("rain.txt", encoding, options)))


def as_cp1252(text: str) -> bytes:
    return b"".join(sign.encode("latin-1" if sign in OPEN_BYTES else "cp1252") for sign in text)


@pytest.mark.parametrize("reader", CORE_READERS, ids=lambda reader: reader.name)
@given(
    data=st.binary(max_size=300) | st.lists(st.sampled_from(PIECES)).map(b"".join),
    encoding=st.sampled_from([None, "cp1251", "utf-16", "iso2022_jp", "utf-7", "idna"]),
)
@example(data=b'{"text": ' + b"[" * 100_000, encoding=None)
@example(data=b'{"text": "rain", "n": ' + b"9" * 5_000 + b"}", encoding=None)
def test_no_bytes_make_a_reader_fail(reader: Reader, data: bytes, encoding: str | None) -> None:
    for document in documents(reader, data, encoding):
        assert document.origin is not None
        assert document.origin.reader == reader.name
        assert document.text or document.issues or reader in (EMAIL, MBOX) or not data.strip(b"\xff\xfe\x00")
    assert 0 <= reader.sniff(data, "rain.txt") <= 100


@given(st.binary(max_size=200))
def test_bytes_read_as_cp1252_can_be_told_from_the_text(data: bytes) -> None:
    decoded = decode(data)
    if decoded.encoding == "cp1252":
        assert as_cp1252(decoded.text) == data
        assert [issue.code for issue in decoded.issues] == ["charset-guessed"]


@given(st.text())
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()).text == text
    if not text.startswith("\ufeff"):
        assert (decode(text.encode()).text, decode(text.encode()).issues) == (text, ())


@pytest.mark.parametrize(
    ("data", "encoding", "text", "read_as"),
    [
        pytest.param(b"", None, "", "utf-8", id="nothing"),
        pytest.param("Fähre".encode(), None, "Fähre", "utf-8", id="utf-8"),
        pytest.param("Fähre".encode(), "cp1251", "Fähre", "utf-8", id="utf-8-beats-what-was-named"),
        pytest.param("Fähre".encode("utf-8-sig"), None, "Fähre", "utf-8", id="utf-8-mark"),
        pytest.param(b"\xff\xfe" + "Fähre".encode("utf-16-le"), "cp1251", "Fähre", "utf-16-le", id="utf-16-le-mark"),
        pytest.param(b"\xfe\xff" + "Fähre".encode("utf-16-be"), None, "Fähre", "utf-16-be", id="utf-16-be-mark"),
        pytest.param(b"\xff\xfe\0\0" + "Fähre".encode("utf-32-le"), None, "Fähre", "utf-32-le", id="utf-32-le-mark"),
        pytest.param(b"\0\0\xfe\xff" + "Fähre".encode("utf-32-be"), None, "Fähre", "utf-32-be", id="utf-32-be-mark"),
        pytest.param("Паром".encode("cp1251"), "cp1251", "Паром", "cp1251", id="named"),
        pytest.param("フェリー".encode("iso2022_jp"), "iso2022_jp", "フェリー", "iso2022_jp", id="named-of-seven-bits"),
        pytest.param("ferry".encode("utf-16-le"), "utf-16-le", "ferry", "utf-16-le", id="named-without-mark"),
        pytest.param("Fähre €".encode("cp1252"), None, "Fähre €", "cp1252", id="cp1252"),
        pytest.param("Fähre".encode("cp1252"), "euc_kr", "Fähre", "cp1252", id="named-wrongly"),
        pytest.param(b"ferr\x81 \x9d", None, "ferr\x81 \x9d", "cp1252", id="open-bytes-of-cp1252"),
        pytest.param("“Fähre” ‘naß’".encode() + b"\xe4", None, "“Fähre” ‘naß’ä", "utf-8", id="one-broken-byte"),
        pytest.param("フェリー".encode("cp932") + b"\x81", "cp932", "フェリー\x81", "cp932", id="named-and-cut"),
        pytest.param(b"\xff\xfef\0e\0r", None, "fe\ufffd", "utf-16-le", id="mark-and-cut"),
        pytest.param("Ü".encode("cp1252") + "Ü".encode(), None, "ÜÃœ", "cp1252", id="as-much-broken-as-right"),
    ],
)
def test_bytes_are_decoded(data: bytes, encoding: str | None, text: str, read_as: str) -> None:
    (document,) = documents(TEXT, data, encoding)
    assert document.origin is not None
    assert (document.text, document.origin.encoding) == (text, read_as)


@pytest.mark.parametrize(
    ("data", "encoding", "code", "words"),
    [
        pytest.param(b"abc \xe9", None, "charset-guessed", "byte 0xE9 at offset 4 is not utf-8", id="guessed"),
        pytest.param(b"abc \xe9", "ascii", "charset-guessed", "byte 0xE9 at offset 4 is not ascii", id="named-wrongly"),
        pytest.param("ääääää".encode() + b"\xe9!", None, "charset-damaged", "byte 0xE9 at offset 12", id="damaged"),
        pytest.param(b"\xff\xfea\0\0\xd8", None, "charset-damaged", "at offset 4 is not utf-16-le", id="marked"),
    ],
)
def test_doubt_about_an_encoding_is_an_issue(data: bytes, encoding: str | None, code: str, words: str) -> None:
    (document,) = documents(TEXT, data, encoding)
    (issue,) = document.issues
    assert issue.code == code
    assert words in issue.message


@pytest.mark.parametrize("reader", CORE_READERS, ids=lambda reader: reader.name)
@pytest.mark.parametrize("encoding", ["no-such", "hex", "rot13", "utf-8\0", "undefined"])
def test_an_encoding_that_is_none_is_a_wrong_call(reader: Reader, encoding: str) -> None:
    with pytest.raises(OptionError, match="unknown encoding"):
        documents(reader, b"rain", encoding)


def test_a_text_knows_where_it_came_from() -> None:
    data = b"\xef\xbb\xbfrain\r\nsnow"
    (document,) = documents(TEXT, data)
    assert document.text == "rain\r\nsnow"
    assert document.origin is not None
    assert document.origin.digest == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert (document.origin.path, document.origin.offset, document.origin.line) == ("rain.txt", 3, 1)


def test_a_text_is_read_to_its_limit() -> None:
    assert documents(TEXT, b"rain", limit="4")[0].issues == ()
    (document,) = documents(TEXT, b"rain and snow", limit="4")
    assert document.text == "rain"
    (issue,) = document.issues
    assert issue.code == "cut-short"
    assert "raise the option limit" in issue.message


@pytest.mark.parametrize("limit", ["", "0", "-4", "four", "4.0", "٤", "9" * 5000])
@pytest.mark.parametrize("reader", CORE_READERS, ids=lambda reader: reader.name)
def test_a_limit_is_a_number(reader: Reader, limit: str) -> None:
    with pytest.raises(OptionError, match="limit takes a whole number above 0"):
        documents(reader, b"rain", limit=limit)


def lines(*records: Any) -> bytes:
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def test_every_record_is_a_document() -> None:
    data = b"\xef\xbb\xbf" + lines({"text": "Fähre"}) + b"\n" + lines({"url": "x", "text": "rain"})
    first, second = documents(JSONL, data)
    assert (first.text, second.text) == ("Fähre", "rain")
    assert (first.fields, second.fields) == ((), ((None, "url", "x"),))
    assert first.origin is not None
    assert second.origin is not None
    assert (first.origin.record, first.origin.line, first.origin.offset) == (1, 1, 0)
    third_line = data.index(b'{"url"')
    assert (second.origin.record, second.origin.line, second.origin.offset) == (3, 3, third_line)
    assert second.origin.digest == f"sha256:{hashlib.sha256(data[third_line:]).hexdigest()}"


@pytest.mark.parametrize(
    ("record", "options", "text"),
    [
        pytest.param({"body": "b", "text": "t"}, {}, "t", id="first-known-column"),
        pytest.param({"text": "", "content": "c"}, {}, "c", id="empty-column"),
        pytest.param({"text": None, "maintext": "m"}, {}, "m", id="null-column"),
        pytest.param({"text": "t", "prose": "p"}, {"text": "prose"}, "p", id="named-column"),
        pytest.param({"body": ["one", "two"]}, {}, "one\n\ntwo", id="list-of-paragraphs"),
    ],
)
def test_one_column_holds_the_text(record: Any, options: dict[str, str], text: str) -> None:
    (document,) = documents(JSONL, lines(record), **options)
    assert document.text == text


def test_a_column_with_the_name_of_a_field_goes_to_extra_all_the_same() -> None:
    (document,) = documents(JSONL, lines({"text": "rain", "authors": "A, B", "url": "x", "published": 7}))
    assert document.fields == ((None, "extra", {"authors": "A, B", "published": 7}), (None, "url", "x"))


def test_numbers_that_json_does_not_know_are_null() -> None:
    (document,) = documents(JSONL, b'{"text": "rain", "a": NaN, "b": -Infinity, "c": 1e999, "d": 1.5}\n')
    assert [value for _, _, value in document.fields] == [None, None, None, 1.5]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(b"{'text': 'rain'}", "no JSON", id="no-json"),
        pytest.param(b'{"text": "rain"', "no JSON", id="cut"),
        pytest.param(b'["rain"]', "a JSON list", id="list"),
        pytest.param(b'"rain"', "a JSON str", id="string"),
        pytest.param(b'{"title": "Rain"}', "its columns: title", id="no-text"),
        pytest.param(b'{"text": 3}', "no text in text; its columns: text", id="number"),
        pytest.param(b"{}", "its columns: none", id="empty"),
        pytest.param(b"[" * 100_000, "nested too deeply", id="deep"),
    ],
)
def test_a_bad_line_is_an_issue_and_the_rest_goes_on(line: bytes, reason: str) -> None:
    before, bad, after = documents(JSONL, lines({"text": "rain"}) + line + b"\n" + lines({"text": "snow"}))
    assert (before.text, bad.text, after.text) == ("rain", "", "snow")
    (issue,) = bad.issues
    assert issue.code == "bad-record"
    assert "rain.txt, line 2: " in issue.message
    assert reason in issue.message
    assert bad.origin is not None
    assert bad.origin.line == 2


def test_a_line_over_the_limit_is_left_out() -> None:
    huge = lines({"text": "rain " * 1000})
    data = huge + lines({"text": "snow"})
    skipped, kept = documents(JSONL, data, limit="100")
    assert [issue.code for issue in skipped.issues] == ["cut-short"]
    assert "line 1 has more than 100 bytes" in skipped.issues[0].message
    assert kept.text == "snow"
    assert kept.origin is not None
    assert (kept.origin.line, kept.origin.offset) == (2, len(huge))
    assert documents(JSONL, data)[0].text.startswith("rain")


def test_a_line_of_the_limit_is_read() -> None:
    line = b'{"text": "rain"}'
    assert documents(JSONL, line + b"\n" + line, limit=str(len(line)))[1].text == "rain"


def test_a_line_in_another_encoding_is_read_with_an_issue() -> None:
    good, guessed = documents(JSONL, lines({"text": "Fähre"}) + '{"text": "Fähre"}'.encode("cp1252"))
    assert (good.text, guessed.text) == ("Fähre", "Fähre")
    (issue,) = guessed.issues
    assert issue.code == "charset-guessed"
    assert "line 2" in issue.message


def test_records_stream() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            line = b'{"text": "rain"}\n'
            buffer[: len(line)] = line
            return len(line)

    stream: Any = io.BufferedReader(Endless(), 17)
    found = JSONL.read(stream, ReadContext())
    assert [next(found).text for _ in range(3)] == ["rain"] * 3


@pytest.mark.parametrize(
    ("head", "name", "best"),
    [
        (b"Rain ends\n", "rain.txt", "text"),
        (b"Rain ends\n", "", "text"),
        (b"", "", "text"),
        (b"\0\0\1", "rain.bin", "text"),
        (b'{"text": "rain"}\n', "rain.jsonl", "jsonl"),
        (b'{"text": "rain"}\n', "", "jsonl"),
        (b'\xef\xbb\xbf\n{"text": "rain"}\n{', "rain.txt", "jsonl"),
        (b'{"text": "rain', "rain.ndjson", "jsonl"),
        (b"Rain ends\n", "rain.jsonl", "jsonl"),
        (b'{\n  "text": 1\n}', "rain.json", "json"),
        (b'[{"title": "Rain"}]', "", "json"),
        (b"[Applause]\nRain ends\n", "", "text"),
        (b"title,text\nRain,It rained.\n", "rain.txt", "csv"),
        (b"title\ttext\nRain\tIt rained.\n", "", "csv"),
        (b"Rain, snow and hail\nfell.\n", "", "text"),
        (b"Rain, snow and text\nfell.\n", "", "text"),
        (b"From: a@b.c\nTo: d\nSubject: Rain\nDate: today\n\nIt rained.", "rain.txt", "email"),
        (b"  \r\nReceived: by x;\r\n  now\r\nSubject: Rain\r\nFrom: a\r\nTo: b\r\n\r\n", "", "email"),
        (b"From: the desk\nTo: all\nRain ends.\n", "memo.txt", "text"),
        (b"From a@b Thu Feb 19 17:18:40 2015\nSubject: Rain\n\nIt rained.", "", "mbox"),
        (b"From here on it rained.\n", "", "text"),
        (b"{curly} words\n", "", "text"),
    ],
)
def test_the_surest_reader_is(head: bytes, name: str, best: str) -> None:
    scores = {reader.name: reader.sniff(head, name) for reader in CORE_READERS}
    assert max(scores, key=lambda reader: scores[reader]) == best
