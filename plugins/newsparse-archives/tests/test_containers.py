"""RTF and DOCX hold the same layouts; whose they are is found inside."""

import io
import sys
import zipfile

import docx
import pytest

import newsparse_archives
from newsparse import ReadContext
from newsparse.inputs import INCOMPLETE


def as_rtf(text: str) -> bytes:
    """A text as RTF: a paragraph a line, what is not ASCII escaped."""
    signs = "".join(sign if ord(sign) < 128 else f"\\u{ord(sign)}?" for sign in text).replace("\n", "\\par\n")
    return f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl\\f0 Times;}}\\f0 {signs}}}".encode("ascii")


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


MAKERS = {"rtf": as_rtf, "docx": as_docx}


@pytest.mark.parametrize("container", MAKERS)
@pytest.mark.parametrize(("reader", "name"), [("lexisnexis", "nexis-uni.txt"), ("factiva", "factiva-plain.txt")])
def test_a_container_gives_what_its_text_gives(read, export, container, reader, name):
    plain = [article for dump in read(reader, export(name)) for article in dump.articles]
    packed = [article for dump in read(container, MAKERS[container](export(name))) for article in dump.articles]
    assert [(a.headline, a.byline, a.source, a.published, a.section, a.body, a.extra) for a in packed] == [
        (a.headline, a.byline, a.source, a.published, a.section, a.body, a.extra) for a in plain
    ]


@pytest.mark.parametrize("container", MAKERS)
def test_a_container_is_recognised_by_its_first_bytes(container):
    data = MAKERS[container]("Rain")
    scores = {one.name: one.sniff(data[:8192], "export") for one in newsparse_archives.newsparse_register_readers()}
    assert max(scores, key=lambda name: scores[name]) == container
    assert scores["docx"] * scores["rtf"] == 0


@pytest.mark.parametrize("container", MAKERS)
def test_a_text_of_no_vendor_is_read_as_plain_text(read, container):
    (dump,) = read(container, MAKERS[container]("The ferry was late again on Monday, the harbour master said."))
    assert [issue.code for issue in dump.issues] == ["unknown-layout"]
    assert "harbour master" in dump.text


@pytest.mark.parametrize("container", MAKERS)
def test_a_broken_container_is_named(read, export, container):
    data = MAKERS[container](export("nexis-uni.txt"))
    for size in range(0, len(data), len(data) // 20):
        read(container, data[:size])
    (dump,) = read("docx", as_docx("Rain")[:-30])
    assert {issue.code for issue in dump.issues} <= INCOMPLETE
    assert "the DOCX cannot be read" in dump.issues[0].message


def test_an_archive_that_expands_too_far_is_named(read):
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as members,
        members.open("word/document.xml", "w") as member,
    ):
        for _ in range(257):
            member.write(bytes(1 << 20))
    (dump,) = read("docx", stream.getvalue())
    assert "the DOCX expands to 269,484,032 bytes" in dump.issues[0].message
    assert dump.issues[0].code in INCOMPLETE


@pytest.mark.parametrize(("container", "module"), [("rtf", "striprtf.striprtf"), ("docx", "docx")])
def test_a_missing_extra_says_how_to_install_it(monkeypatch, container, module):
    monkeypatch.setitem(sys.modules, module, None)
    (reader,) = (one for one in newsparse_archives.newsparse_register_readers() if one.name == container)
    (document,) = reader.read(io.BytesIO(MAKERS[container]("Rain") if container == "rtf" else b"PK"), ReadContext("a"))
    assert document.issues[0].message.endswith(f"python -m pip install newsparse-archives[{container}]")
    assert document.issues[0].code in INCOMPLETE
