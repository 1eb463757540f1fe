"""Whatever the bytes are: read as far as they go, with an issue, no line lost."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsparse.inputs import INCOMPLETE

FILES = {
    "lexisnexis": ("lexisnexis.txt", "nexis-uni.txt", "lexisnexis.html"),
    "factiva": ("factiva-indexed.txt", "factiva-plain.txt", "factiva-plain.html", "factiva.xml"),
    "proquest": ("proquest.txt",),
    "europresse": ("europresse.html", "europresse-before.html"),
}
EACH = [pytest.param(reader, name, id=name) for reader, names in FILES.items() for name in names]
TRIES = 8
PIECES = [
    "<!--",
    "<![foo",
    "<style>",
    "</",
    "&#",
    "<!ENTITY",
    "<a href='",
    "\x00",
    "HD",
    "1 of 2 DOCUMENTS\n",
    "\r",
    "\n",
]


@pytest.mark.parametrize(("reader", "name"), EACH)
def test_a_cut_anywhere_is_read_as_far_as_it_goes(read, export, reader, name):
    data = export(name).encode()
    whole = [article.headline for dump in read(reader, data) for article in dump.articles]
    chance = random.Random(7)
    for _ in range(TRIES):
        dumps = read(reader, data[: chance.randrange(len(data))])
        assert not {issue.code for dump in dumps for issue in dump.issues} & INCOMPLETE
        found = [article.headline for dump in dumps for article in dump.articles]
        assert len(found) <= len(whole)
        # All but the record that was cut are as they were.
        assert found[:-1] == whole[: max(len(found) - 1, 0)]


@pytest.mark.parametrize(("reader", "name"), EACH)
def test_a_flipped_byte_spoils_little(read, export, reader, name):
    data = export(name).encode()
    whole = [article.body for dump in read(reader, data) for article in dump.articles]
    chance = random.Random(7)
    for _ in range(TRIES):
        flipped = bytearray(data)
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        dumps = read(reader, bytes(flipped))
        assert not {issue.code for dump in dumps for issue in dump.issues} & INCOMPLETE
        words = " ".join(word for dump in dumps for word in dump.text.split()).split()
        # Nothing is lost: of the words of all bodies all but a few are in the texts.
        missing = [word for body in whole for text in body for word in text.split() if word not in words]
        assert len(missing) <= 2


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize(
    ("reader", "name"), [("lexisnexis", "lexisnexis-german.txt"), ("europresse", "europresse.html")]
)
def test_encodings_with_a_mark_and_cp1252_without_are_read(read, export, reader, name, encoding):
    text = export(name)
    expected = [article.headline for dump in read(reader, text) for article in dump.articles]
    assert [article.headline for dump in read(reader, text.encode(encoding)) for article in dump.articles] == expected


def test_the_encoding_that_markup_declares_is_tried(read, export):
    text = export("factiva-plain.html").replace('charset="utf-8"', 'charset="cp1251"').replace("Fog lifts", "Туман")
    dumps = read("factiva", text.encode("cp1251"))
    assert dumps[2].articles[0].headline == "Туман"


def test_the_encoding_that_the_caller_names_is_used(read, export):
    data = export("factiva-plain.txt").replace("Fog lifts over", "Туман над").encode("cp1251")
    assert str(read("factiva", data, "cp1251")[1].articles[0].headline).startswith("Туман над")


def test_broken_xml_says_where_and_gives_every_record(read, export):
    dumps = read("factiva", export("factiva.xml").replace("</x:headline>", "</x:headlin>", 1))
    messages = [issue.message for dump in dumps for issue in dump.issues if issue.code == "broken-markup"]
    assert len(messages) == 1
    assert messages[0].startswith("broken XML (mismatched tag: line 4, ")
    assert len([article for dump in dumps for article in dump.articles]) == 2


def test_a_declaration_above_html_is_no_broken_xml(read, export):
    dumps = read("factiva", '<?xml version="1.0" encoding="utf-8"?>\n' + export("factiva-plain.html"))
    assert {issue.code for dump in dumps for issue in dump.issues} == {"records-counted"}


@pytest.mark.parametrize(
    "declared",
    [
        pytest.param('<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">', id="bomb"),
        pytest.param('<!ENTITY b SYSTEM "file:///etc/hostname">', id="file"),
        pytest.param('<!ENTITY % b SYSTEM "http://localhost/a.dtd"> %b;', id="parameter"),
    ],
)
def test_entities_are_refused_and_named(read, export, declared):
    head, rest = export("factiva.xml").split("\n", 1)
    bomb = f"{head}\n<!DOCTYPE PPSResponse [{declared}]>\n{rest.replace('Fog', '&b;')}"
    (dump,) = read("factiva", bomb)
    assert dump.text == ""
    assert [issue.code for issue in dump.issues if issue.code in INCOMPLETE] == ["cut-short"]
    assert any("declares entities" in issue.message for issue in dump.issues)
    before = export("factiva-indexed.txt")
    assert len([article for dump in read("factiva", before + bomb) for article in dump.articles]) == 2


def test_a_record_over_the_limit_comes_in_pieces(read, classic):
    dumps = read("lexisnexis", classic() + "x" * 3000, limit="1000")
    assert max(len(dump.text) for dump in dumps) <= 1000
    assert "longer than 1,000 characters" in " ".join(issue.message for dump in dumps for issue in dump.issues)


@pytest.mark.parametrize("reader", FILES)
@settings(max_examples=40)
@given(data=st.data())
def test_no_bytes_make_a_reader_fail(read, export, reader, data):
    lines = [line for name in FILES[reader] for line in export(name).splitlines(keepends=True)]
    pieces = st.lists(st.sampled_from([*lines, *PIECES]) | st.text(max_size=20), max_size=40)
    assert read(reader, "".join(data.draw(pieces)).encode("utf-8", "replace"))
