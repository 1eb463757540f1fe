"""Several files end to end, in any order and of any container, give each story once."""

import io
import random

import pytest

from newsparse import ReadContext
from newsparse_archives.readers import READERS

FILES = {
    "lexisnexis": (
        "lexisnexis.txt",
        "lexisnexis-german.txt",
        "lexisnexis-french.txt",
        "lexisnexis.html",
        "nexis-uni.txt",
    ),
    "factiva": ("factiva-indexed.txt", "factiva-plain.txt", "factiva-plain.html", "factiva.xml"),
    "proquest": ("proquest.txt",),
    "europresse": ("europresse.html", "europresse-before.html"),
}


@pytest.mark.parametrize("reader", FILES)
@pytest.mark.parametrize("joint", ["", "\n", "\ufeff"], ids=["nothing", "line", "mark"])
def test_joined_files_give_each_story_once(read, export, reader, joint):
    chance = random.Random(11)
    alone = {name: [a.id for dump in read(reader, export(name)) for a in dump.articles] for name in FILES[reader]}
    for _ in range(3):
        chosen = chance.choices(FILES[reader], k=5)
        found = [a.id for dump in read(reader, joint.join(map(export, chosen))) for a in dump.articles]
        assert found == [one for name in chosen for one in alone[name]]


@pytest.mark.parametrize("reader", FILES)
def test_an_export_is_recognised_by_its_first_bytes(export, reader):
    for name in FILES[reader]:
        scores = {one.name: one.sniff(export(name).encode()[:8192], "export") for one in READERS}
        best, second, *_ = sorted(scores, key=lambda one: -scores[one])
        assert best == reader
        assert scores[best] - scores[second] > 10


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["crlf", "cr"])
def test_line_ends_do_not_matter(read, export, end):
    text = export("lexisnexis.txt")
    assert [a.id for dump in read("lexisnexis", text.replace("\n", end)) for a in dump.articles] == [
        a.id for dump in read("lexisnexis", text) for a in dump.articles
    ]


def test_a_document_knows_its_place_in_the_file(read, export):
    text = export("lexisnexis.txt")
    data = text.encode("utf-8-sig")
    for dump in read("lexisnexis", data):
        origin = dump.origin
        assert data[origin.offset :].decode("utf-8-sig").startswith(dump.text)
        assert text.split("\n")[origin.line - 1] == dump.text.split("\n")[0]


@pytest.mark.parametrize(("reader", "name"), [("lexisnexis", "lexisnexis.txt"), ("factiva", "factiva-plain.html")])
def test_records_come_while_the_stream_is_read(export, reader, name):
    stream = io.BytesIO(export(name).encode() * 50)
    (one,) = (one for one in READERS if one.name == reader)
    documents = one.read(stream, ReadContext(name))
    for _ in range(5):
        next(documents)
    assert stream.tell() < len(stream.getvalue()) / 4
