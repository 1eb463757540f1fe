import gzip
import io
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest

import newsparse_web
from newsparse import Document, Parser, ReadContext
from newsparse_web.readers import WARC, WET

PAGE = (
    b"<html><body><article><h1>Ferries stay in port</h1><p>The ferries stayed in port on Monday.</p></article></body>"
)
TEXT = b"Ferries stay in port\n\nThe ferries stayed in port on Monday, the clerk said.\n"


def record(
    number: int, block: bytes, kind: str = "response", content_type: str = "application/http", length: int = 0
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:032}>\r\n"
        f"WARC-Date: 2031-05-06T07:08:09Z\r\nWARC-Target-URI: http://example.com/{number}\r\n"
        f"WARC-Identified-Content-Language: eng\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {length or len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(
    number: int, body: bytes = PAGE, headers: str = "Content-Type: text/html; charset=utf-8\r\n", status: int = 200
) -> bytes:
    return record(number, f"HTTP/1.1 {status} OK\r\n{headers}\r\n".encode() + body)


def conversion(number: int, text: bytes = TEXT) -> bytes:
    return record(number, text, "conversion", "text/plain")


INFO = record(0, b"software: none\r\n", "warcinfo", "application/warc-fields")


def read(data: bytes, limit: int = 0) -> list[Document]:
    options = {"limit": str(limit)} if limit else {}
    return list(WARC.read(io.BytesIO(data), ReadContext(path="a.warc", options=options)))


def uris(documents: Iterable[Document]) -> list[str]:
    found = (value for document in documents for _, name, value in document.fields if name == "WARC-Target-URI")
    return [value.rpartition("/")[2] for value in found]


def codes(documents: Iterable[Document]) -> list[str]:
    return [issue.code for document in documents for issue in document.issues]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_each_page_of_a_warc_is_a_dump(pack, tmp_path: Path) -> None:
    path = tmp_path / ("a.warc" if pack is bytes else "a.warc.gz")
    path.write_bytes(b"".join(map(pack, (INFO, response(1), response(2)))))
    parser = Parser(plugins=[newsparse_web])
    dumps = list(parser.iter_dumps([path]))
    assert [dump.articles[0].headline for dump in dumps] == ["Ferries stay in port"] * 2
    assert dumps[1].articles[0].extra == {
        "WARC-Target-URI": "http://example.com/2",
        "WARC-Date": "2031-05-06T07:08:09Z",
        "WARC-Record-ID": f"<urn:uuid:{2:032}>",
        "WARC-Identified-Content-Language": "eng",
    }
    origin = dumps[1].origin
    assert origin is not None
    assert (origin.reader, origin.record) == ("warc", f"<urn:uuid:{2:032}>")
    assert origin.offset == len(INFO) + len(response(1))


def test_each_text_of_a_wet_is_a_dump(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.wet.gz"
    path.write_bytes(b"".join(map(gzip.compress, (INFO, conversion(1), conversion(2)))))
    dumps = list(Parser(plugins=[newsparse_web]).iter_dumps([path]))
    assert [dump.text for dump in dumps] == [TEXT.decode()] * 2
    assert {dump.origin.reader for dump in dumps if dump.origin} == {"wet"}


def test_content_that_is_coded_is_unpacked() -> None:
    packed = gzip.compress(PAGE)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    headers = "Content-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    [document] = read(response(1, chunked, headers))
    assert "The ferries stayed" in document.text
    assert document.issues == ()


def test_what_is_no_page_is_counted() -> None:
    picture = "Content-Type: image/png\r\n"
    documents = read(
        response(1, b"x", picture) + response(2) + response(3, b"y", picture) + response(4, PAGE, status=404)
    )
    assert uris(documents) == ["2"]
    [issue] = documents[-1].issues
    assert issue.code == "records-passed-over"
    assert "image/png (2)" in issue.message
    assert "status 404 (1)" in issue.message


def test_a_record_over_the_limit_is_named_and_the_next_one_read() -> None:
    documents = read(response(1, PAGE * 100) + response(2), limit=1000)
    assert uris(documents) == ["2"]
    assert codes(documents) == ["cut-short"]


@pytest.mark.parametrize(
    "broken",
    [
        b"XX" + response(2),
        response(2).replace(b"WARC/1.0", b"WORC/1.0"),
        response(2).replace(b"Content-Length: ", b"Content-Length: x"),
        response(2).replace(b"\r\n\r\nHTTP", b"\r\nHTTP"),
        record(2, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE, length=30),
        record(2, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE, length=300),
        record(2, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE, length=3_000_000),
    ],
    ids=["noise", "magic", "length", "heads run together", "too short", "too long", "far too long"],
)
def test_a_broken_record_is_named_and_the_next_ones_read(broken: bytes) -> None:
    documents = read(response(1) + broken + response(3) + response(4))
    found = uris(documents)
    assert found[0] == "1"
    assert found[-2:] == ["3", "4"]
    assert "record-broken" in codes(documents)


def test_a_file_that_breaks_off_gives_what_came_before() -> None:
    whole = response(1) + response(2) + response(3)
    documents = read(whole[: -len(response(3)) // 2])
    assert uris(documents)[:2] == ["1", "2"]
    assert "record-broken" in codes(documents)


def test_files_that_are_cut_or_damaged_never_raise() -> None:
    random = Random(5)
    whole = INFO + response(1) + conversion(2) + response(3)
    for number in range(200):
        data = bytearray(whole)
        if number % 2:
            del data[random.randrange(len(data)) :]
        else:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        assert all(isinstance(document, Document) for document in read(bytes(data)))


def test_records_are_read_one_at_a_time() -> None:
    class Counted(io.BytesIO):
        most = 0

        def read(self, size: int | None = -1) -> bytes:
            chunk = super().read(size)
            self.most = max(self.most, self.tell())
            return chunk

    stream = Counted(response(1, PAGE * 50) * 200)
    next(iter(WARC.read(stream, ReadContext())))
    assert stream.most < len(stream.getvalue()) / 4


def test_web_archives_are_recognised_by_content() -> None:
    head = INFO + conversion(1)
    assert WET.sniff(head, "") > WARC.sniff(head, "") > 0
    assert WARC.sniff(INFO + response(1), "") > WET.sniff(INFO + response(1), "") == 0
