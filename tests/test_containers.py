"""What is packed: archives and compressions in each other, their bounds, and what is broken about them."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse import streams
from newsparse.extensions import Document, ReadContext, Reader
from newsparse.hookspecs import hookimpl
from newsparse.inputs import INCOMPLETE, iter_documents
from newsparse.plugins import load_plugins

CORE = load_plugins([])


def read(data: bytes, **settings: Any) -> list[Document]:
    return list(iter_documents([io.BytesIO(data)], settings.pop("plugins", CORE), **settings))


def member_of(document: Document) -> str | None:
    return document.origin.member if document.origin else None


def found(data: bytes, **settings: Any) -> list[tuple[str | None, str]]:
    return [(member_of(document), document.text) for document in read(data, **settings)]


def faults(documents: list[Document]) -> list[tuple[str | None, str]]:
    return [(member_of(document), issue.code) for document in documents for issue in document.issues]


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def zstandard(data: bytes) -> bytes:
    zstd = pytest.importorskip("backports.zstd", reason="the extra newsparse[zst] is not installed")
    packed: bytes = zstd.compress(data)
    return packed


@pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar"])
def test_each_member_is_an_input_of_its_own(pack: Callable[[dict[str, bytes]], bytes]) -> None:
    data = pack(
        {
            "b/rain.txt": b"rain",
            "a.jsonl": b'{"text": "snow"}\n{"text": "hail"}\n',
            ".hidden/x.txt": b"no",
            "__MACOSX/._rain.txt": b"no",
        }
    )
    assert found(data) == [("b/rain.txt", "rain"), ("a.jsonl", "snow"), ("a.jsonl", "hail")]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard])
def test_what_is_compressed_is_read_as_what_it_holds(pack: Callable[[bytes], bytes]) -> None:
    packed = pack(b"rain in the valley " * 5000)
    assert found(packed) == [(None, "rain in the valley " * 5000)]
    assert faults(read(packed[: len(packed) // 2])) == [(None, "cut-short")]


def test_archives_in_archives_are_unpacked() -> None:
    inner = zipped({"rain.txt": b"rain", "snow.txt.gz": gzip.compress(b"snow")})
    data = gzip.compress(tarred({"in/inner.zip": inner, "hail.txt": b"hail"}))
    assert found(data) == [
        ("in/inner.zip/rain.txt", "rain"),
        ("in/inner.zip/snow.txt.gz", "snow"),
        ("hail.txt", "hail"),
    ]


def test_records_of_a_member_name_it_in_their_issues() -> None:
    [document] = read(zipped({"a.jsonl": b"{rain}\n"}))
    assert document.issues[0].message.startswith("the input/a.jsonl, line 1: no JSON")


def test_layers_beyond_the_depth_are_named_and_an_option_lets_them_through() -> None:
    data = b"rain"
    for _ in range(6):
        data = gzip.compress(data)
    whole = zipped({"a.txt": b"snow", "deep.gz": data, "b.txt": b"hail"})
    documents = read(whole)
    assert [document.text for document in documents] == ["snow", "", "hail"]
    assert faults(documents) == [("deep.gz", "unreadable")]
    assert "more than 5 layers; raise the option depth" in documents[1].issues[0].message
    assert [document.text for document in read(whole, options={"depth": "7"})] == ["snow", "rain", "hail"]


def test_a_bomb_is_named_and_what_came_before_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "EXPANSION_FREE", 10_000)
    bomb = zipped({"a.txt": b"rain", "b.txt": bytes(3_000_000), "c.txt": b"snow"})
    documents = read(bomb)
    assert [len(document.text) < 1_000_000 for document in documents] == [True] * 3
    assert documents[0].text == "rain"
    assert faults(documents) == [("b.txt", "cut-short"), (None, "cut-short")]
    assert "behind b.txt was not read" in documents[2].issues[0].message
    assert [document.text[:4] for document in read(bomb, options={"expansion": "9000"})] == ["rain", "\0\0\0\0", "snow"]


def test_layers_share_one_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "EXPANSION_FREE", 100_000)
    inner = zipped({f"{number}.txt": bytes(40_000) for number in range(50)})
    documents = read(zipped({"a.zip": inner, "b.zip": inner}), options={"expansion": "20"})
    assert sum(len(document.text) for document in documents) <= 400_000
    assert "cut-short" in [code for _, code in faults(documents)]


def test_an_archive_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = zipped({"rain.txt": b"rain" * 100})
    assert faults(read(whole[:60])) == [(None, "unreadable")]
    damaged = bytearray(whole)
    damaged[45] ^= 0xFF
    assert [code for _, code in faults(read(bytes(damaged)))] == ["cut-short"]
    locked = bytearray(whole)
    # The flag of a password, in the member's own header and in the archive's list.
    locked[6] |= 1
    locked[whole.index(b"PK\x01\x02") + 8] |= 1
    [document] = read(bytes(locked))
    assert faults([document]) == [("rain.txt", "unreadable")]
    assert "password" in document.issues[0].message


def test_a_tar_file_that_is_cut_gives_what_came_before() -> None:
    whole = tarred({"a.txt": b"rain", "b.txt": b"snow" * 1000})
    documents = read(whole[:2500])
    assert documents[0].text == "rain"
    assert {code for _, code in faults(documents)} <= INCOMPLETE
    assert faults(documents)


def test_an_office_document_is_no_archive() -> None:
    [document] = read(zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}))
    assert faults([document]) == [(None, "unreadable")]
    assert "an Office document, and no reader for that is installed" in document.issues[0].message


def test_a_reader_that_knows_an_archive_reads_it_whole() -> None:
    class Office:
        __name__ = "newsparse-office"

        @hookimpl
        def newsparse_register_readers(self) -> tuple[Reader, ...]:
            def read(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
                with zipfile.ZipFile(stream) as archive:
                    yield Document(archive.read("word/document.xml").decode())

            return (Reader("office", (".docx",), lambda head, name: 95 * (b"[Content_Types].xml" in head), read),)

    data = zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"rain"})
    plugins = load_plugins([Office()])
    assert [document.text for document in read(data, plugins=plugins)] == ["rain"]
    assert [document.text for document in read(data, plugins=plugins, reader="office")] == ["rain"]
    assert found(zipped({"in/rain.docx": data}), plugins=plugins)[0][1] == "rain"


@pytest.mark.parametrize("mark", [b"PK\x03\x04", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"\0" * 257 + b"ustar"])
@given(data=st.binary(max_size=600))
def test_no_bytes_behind_a_mark_make_reading_fail(mark: bytes, data: bytes) -> None:
    for document in read(mark + data):
        assert document.issues


@given(st.integers(0, 2000), st.binary(max_size=8))
def test_no_damage_to_an_archive_makes_reading_fail(place: int, noise: bytes) -> None:
    for pack in (zipped, tarred):
        data = bytearray(pack({"a.txt": b"rain" * 50, "b.jsonl": b'{"text": "snow"}\n'}))
        place %= len(data)
        data[place : place + len(noise)] = noise
        for document in read(bytes(data)):
            assert document.text or document.issues or document.origin
