import io
import random
import tracemalloc
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsparse
import newsparse_wire
from newsparse import Parser, ReadContext
from newsparse_wire.anpa1312 import ANPA1312
from newsparse_wire.iptc7901 import IPTC7901
from newsparse_wire.messages import messages
from newsparse_wire.zczc import ZCZC

MESSAGES = {
    "iptc7901": (
        b"\x01abc062 4 i 211 dpa 061\r\n\nHarbour/\r\n\x02Ferries stay =\r\n\n"
        b"   Portville (dpa) - No ferry left.\r\n\n\x03131137 GMT Nov 13\r\n\x7f\n\x7f\x04"
    ),
    "anpa1312": (
        b"\x16\x16\x01a0123\x1f-----\r\nr i\x13\x11 BC-Ferry     12-09 0344\r\n\x02^BC-Ferry<\r\n^Ferries stay<\r\n"
        b"\t   PORTVILLE (AP) _ No ferry left.\r\n\t   \x03AP-WF-12-09-18 1509GMT<\r\n\x0c\r\n\x04"
    ),
    "zczc": (
        b"ZCZC AAP\r\n$T\r\n:Ferries\r\n^Ferries stay\r\n*X\r\nPORTVILLE, Dec 7 AAP - No ferry left.\r\nAAP\r\nNNNN\r\n"
    ),
}
READERS = {reader.name: reader for reader in newsparse_wire.newsparse_register_readers()}
FLIPS = 200
PIECES = [b"\x01", b"\x02", b"\x03", b"\x04", b"\x16\x16\x01", b"\x7f", b"=\r\n", b"^", b"<", b"\n", b"ZCZC", b"NNNN"]

names = pytest.mark.parametrize("name", MESSAGES)


@names
def test_a_message_cut_anywhere_is_read_as_far_as_it_goes(read, name):
    data = MESSAGES[name]
    for size in range(len(data)):
        for dump in read(name, data[:size]):
            assert dump.text.encode("latin-1") == data[:size]
            assert len(dump.articles) <= 1
            if b"No ferry left" in data[:size] and dump.articles:
                assert "No ferry left" in dump.articles[0].text


@names
def test_a_cut_message_is_named(read, name):
    data = MESSAGES[name]
    (dump,) = read(name, data[: data.index(b" ferry left")])
    assert "message-cut" in [issue.code for issue in dump.issues]


@names
def test_a_flipped_byte_loses_neither_line_nor_the_other_messages(read, name):
    chance = random.Random(name)
    whole = MESSAGES[name] * 3
    for _ in range(FLIPS):
        data = bytearray(whole)
        data[chance.randrange(len(data))] = chance.randrange(256)
        dumps = read(name, bytes(data), encoding="latin-1")
        assert "".join(line.raw for dump in dumps for line in dump.lines) == "".join(dump.text for dump in dumps)
        assert sum(len(dump.text.encode(dump.origin.encoding)) for dump in dumps) == len(data)
        assert sum("No ferry left" in article.text for dump in dumps for article in dump.articles) >= 2


@names
@given(data=st.lists(st.sampled_from(PIECES) | st.binary(max_size=20)).map(b"".join))
@settings(max_examples=60)
def test_no_bytes_make_a_reader_fail(parser, name, data):
    reader = READERS[name]
    assert 0 <= reader.sniff(data, "feed.txt") <= 100
    for text in (data, MESSAGES[name][:60] + data):
        for document in reader.read(io.BytesIO(text), ReadContext()):
            dump = parser.parse_document(document)
            assert "".join(line.raw for line in dump.lines) == dump.text
            assert newsparse.from_dict(dump.to_dict()) == dump


@names
@pytest.mark.parametrize("encoding", ["utf-16", "cp037", "iso2022_jp", "utf-7", "cp1251"])
def test_a_wrong_charset_is_no_failure(read, name, encoding):
    assert read(name, MESSAGES[name], encoding=encoding)
    assert read(name, MESSAGES[name].decode().encode("utf-16"))


@names
def test_messages_are_found_wherever_the_stream_is_cut(read, name):
    class Drops(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 1, 7) if size and size > 0 else size)

    data = b"noise\r\n" + MESSAGES[name] * 5
    documents = list(READERS[name].read(Drops(data), ReadContext()))
    assert [document.origin.record for document in documents] == [1, 2, 3, 4, 5]
    for document, following in pairwise(documents):
        assert following.origin.offset == document.origin.offset + len(document.text)
        assert following.origin.line == document.origin.line + document.text.count("\n")


@names
def test_a_message_over_the_limit_is_named_and_the_next_one_read(read, name):
    long = MESSAGES[name].replace(b"No ferry left.", b"No ferry left. " * 500)
    first, second = read(name, long + MESSAGES[name], limit="2000")
    assert first.issues[0].code == "cut-short"
    assert "raise the option limit" in first.issues[0].message
    assert len(first.text) == 2000
    assert (second.origin.offset, second.origin.line) == (len(long), 1 + long.count(b"\n"))
    assert second.articles[0].headline == "Ferries stay"


@pytest.mark.parametrize("wire", [IPTC7901, ANPA1312, ZCZC], ids=lambda wire: wire.name)
def test_memory_does_not_grow_with_the_stream(wire):
    class Long(io.RawIOBase):
        left = 2_000_000

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            data = MESSAGES[wire.name] * (len(buffer) // len(MESSAGES[wire.name]) + 1)
            size = min(len(buffer), self.left)
            buffer[:size] = data[:size]
            self.left -= size
            return size

    stream: Any = Long()
    tracemalloc.start()
    count = sum(1 for _ in messages(stream, wire.start))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count > 2_000_000 // (2 * len(MESSAGES[wire.name]))
    assert peak < 600_000


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        (MESSAGES["iptc7901"], "feed.txt", "iptc7901"),
        (MESSAGES["anpa1312"], "feed.txt", "anpa1312"),
        (MESSAGES["zczc"], "feed.txt", "zczc"),
        (b"\x7f\x7f\r\n\x7f" + MESSAGES["iptc7901"], "", "iptc7901"),
        (b"the end of a story\r\n" * 20 + MESSAGES["anpa1312"], "line.log", "anpa1312"),
        (MESSAGES["iptc7901"].replace(b"\x01", b""), "dpa.txt", "iptc7901"),
        (b"\x01\x01\x01\x01\nFrom: jane@example.org\n\nHello\n", "mail.mmdf", "text"),
        (b"The word ZCZC opened telegrams.\n" * 5, "essay.txt", "text"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "program", "text"),
        (b"\x7fELF\x02\x01a word of a program\n and more\x02\x03", "program", "text"),
        (MESSAGES["iptc7901"].replace(b"abc062", b"a?c062"), "feed.txt", "iptc7901"),
    ],
)
def test_the_surest_reader_is(parser: Parser, data, name, reader):
    scores = {known: found.sniff(data, name) for known, found in parser.plugins.readers.items()}
    assert max(scores, key=lambda known: scores[known]) == reader


def test_a_kit_of_checks_finds_nothing_wrong():
    from newsparse.testing import check_plugin

    check_plugin(newsparse_wire)
