"""E-mails and mailboxes: what the header states, what the text is, and what is broken about either."""

import io
import json
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse import Article, Dump, Parser, Role
from newsparse.extensions import Document, ReadContext, Reader
from newsparse.readers.mails import EMAIL, MBOX
from newsparse.readers.messages import header_text
from newsparse.readers.paragraphs import unflowed

HEADER = b"From: The desk <desk@courier.example>\r\nTo: all@courier.example\r\nMessage-ID: <1@courier.example>\r\n"
DATE = b"Date: Thu, 19 Feb 2015 17:18:40 +1100\r\n"


def message(text: bytes, *fields: bytes, subject: bytes = b"Rain Ends") -> bytes:
    lines = b"".join(field + b"\r\n" for field in fields)
    return HEADER + DATE + b"Subject: " + subject + b"\r\n" + lines + b"\r\n" + text


def document(data: bytes, reader: Reader = EMAIL, **options: str) -> Document:
    [found] = reader.read(io.BytesIO(data), ReadContext("rain.eml", None, options))
    return found


def dump(parser: Parser, data: bytes, **options: str) -> Dump:
    [found] = parser.iter_dumps([io.BytesIO(data)], reader="email", options=options)
    return found


def article(parser: Parser, data: bytes) -> Article:
    [found] = dump(parser, data).articles
    return found


def test_a_message_is_an_article(parser: Parser) -> None:
    found = article(parser, b" \r\n" + message(b"It rained.\r\n\r\nIt stopped.\r\n"))
    assert (found.headline, found.body) == ("Rain Ends", ("It rained.", "It stopped."))
    assert found.source == "The desk <desk@courier.example>"
    assert found.published is not None
    assert (found.published.iso, found.published.precision) == ("2015-02-19T17:18:40+11:00", "second")
    assert found.extra == {"message_id": "<1@courier.example>"}
    assert found.authors == ()


def test_every_field_of_the_header_has_its_line(parser: Parser) -> None:
    found = dump(parser, message(b"It rained.", b"Received: by a;\r\n\tat noon", b"X-Desk: =?utf-8?Q?F=C3=A4hre?="))
    fields = [line.text for line in found.lines if line.role is Role.FIELD]
    assert fields[1:] == [
        "To: all@courier.example",
        "Message-ID: <1@courier.example>",
        "Date: Thu, 19 Feb 2015 17:18:40 +1100",
        "Received: by a; at noon",
        "X-Desk: Fähre",
    ]


def test_lines_that_were_wrapped_are_one_paragraph(parser: Parser) -> None:
    wrapped = b"The rain ended on Monday, the mayor of the valley said when he came\r\nback from the harbour.\r\n"
    assert article(parser, message(wrapped + b"\r\nDry.\r\nWindy.")).body == (
        "The rain ended on Monday, the mayor of the valley said when he came back from the harbour.",
        "Dry.",
        "Windy.",
    )


def test_flowed_text_is_made_whole(parser: Parser) -> None:
    text = b"It rained \r\nall day.\r\nIt stopped.\r\n-- \r\nThe desk\r\n"
    found = dump(parser, message(text, b"Content-Type: text/plain; format=flowed"))
    assert found.articles[0].body == ("It rained all day.", "It stopped.")
    assert [line.text for line in found.lines if line.role is Role.FURNITURE] == ["--", "The desk"]
    assert unflowed(["re ", "gen"], deletes_space=True) == ["regen"]


MULTIPART = b'Content-Type: multipart/%s; boundary="x"'
PLAIN = b"--x\r\nContent-Type: text/plain; charset=%s\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n"
HTML = b"--x\r\nContent-Type: text/html\r\n\r\n<p>It <b>poured</b>.</p><p>All day.</p>\r\n"
PICTURE = b"--x\r\nContent-Type: image/png; name=quay.png\r\n\r\nxyz\r\n"


@pytest.mark.parametrize(
    ("kind", "parts", "body"),
    [
        pytest.param(
            b"alternative", [PLAIN % (b"utf-8", b"7bit", b"It rained."), HTML], ("It rained.",), id="plain-wins"
        ),
        pytest.param(b"alternative", [HTML], ("It poured.", "All day."), id="markup-alone"),
        pytest.param(b"alternative", [PLAIN % (b"utf-8", b"7bit", b" "), HTML], ("It poured.", "All day."), id="blank"),
        pytest.param(b"mixed", [PLAIN % (b"utf-8", b"base64", b64encode("Fähre".encode()))], ("Fähre",), id="base64"),
        pytest.param(b"mixed", [PLAIN % (b"iso-8859-1", b"quoted-printable", b"F=E4hre")], ("Fähre",), id="latin-1"),
        pytest.param(b"mixed", [PLAIN % (b"no-such", b"8bit", "Fähre".encode())], ("Fähre",), id="unknown-charset"),
        pytest.param(
            b"mixed", [PLAIN % (b"utf-8", b"7bit", b"a"), PLAIN % (b"utf-8", b"7bit", b"b")], ("a", "b"), id="two"
        ),
    ],
)
def test_the_text_is_found_in_the_parts(kind: bytes, parts: list[bytes], body: tuple[str, ...], parser: Parser) -> None:
    assert article(parser, message(b"".join(parts) + b"--x--\r\n", MULTIPART % kind)).body == body


def test_parts_that_are_no_text_are_named() -> None:
    parts = PLAIN % (b"utf-8", b"7bit", b"It rained.") + PICTURE
    found = document(message(parts + b"--x--", MULTIPART % b"mixed"))
    [issue] = found.issues
    assert issue.code == "attachments-left-out"
    assert "1 parts are no text and were left out: quay.png (image/png)" in issue.message


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Rain", "Rain"),
        ("=?utf-8?Q?Rain=20=C3=9C?=", "Rain Ü"),
        ("=?UTF-8?B?w5w=?= =?UTF-8?B?w5w=?= and =?iso-8859-1?q?=DC?=", "ÜÜ and Ü"),
        ("=?utf-8?Q?=C3?= =?utf-8?Q?=9C?=", "Ü"),
        ("=?no-such?Q?Rain?=", "Rain"),
        ("=?utf-8?B?***?= x", " x"),
        ("a =? b ?= c", "a =? b ?= c"),
        ("Fähre", "Fähre"),
        ("F\udce4hre", "Fähre"),
    ],
)
def test_words_of_a_header_are_decoded(value: str, text: str) -> None:
    assert header_text(value) == text


def test_a_newsletter_can_be_read_as_a_dump() -> None:
    found = document(message(b"Rain Ends\r\n\r\nIt rained.\r\n"), body="dump")
    assert found.text.endswith("\n\nRain Ends\r\n\r\nIt rained.")
    assert {label.role for label in found.labels} == {Role.FIELD}
    assert found.fields == ()


def test_a_form_in_json_gives_its_values(parser: Parser) -> None:
    form = {"Headline": ["Rain Ends"], "Abstract": ["Dry"], "Body": ["It rained.\nAll day."], "Sign off": ["AM"]}
    found = article(parser, message(json.dumps({**form, "News Value": ["4"]}).encode(), subject=b"Story"))
    assert (found.headline, found.deck, found.body) == ("Rain Ends", ("Dry",), ("It rained.", "All day."))
    assert found.extra == {
        "sign_off": "AM",
        "urgency": "4",
        "abstract": "Dry",
        "subject": "Story",
        "message_id": "<1@courier.example>",
    }


FROM = b"From desk@courier.example Thu Feb 19 17:18:40 2015\n"


def mailbox(*texts: bytes) -> bytes:
    return b"".join(FROM + message(text).replace(b"\r\n", b"\n") + b"\n\n" for text in texts)


def test_a_mailbox_gives_its_messages_one_by_one() -> None:
    data = mailbox(b"It rained.\n\n>From here on it poured.\n>>From x\n\nFrom the desk: dry.\n", b"It snowed.\n")
    first, second = MBOX.read(io.BytesIO(data), ReadContext("rain.mbox"))
    assert "\nFrom here on it poured.\n>From x\nFrom the desk: dry.\n" in first.text
    assert first.origin is not None
    assert second.origin is not None
    assert (first.origin.record, first.origin.offset, first.origin.line) == (1, 0, 1)
    place = data.index(FROM, 1)
    assert (second.origin.record, second.origin.offset) == (2, place)
    assert second.origin.line == data[:place].count(b"\n") + 1


def test_a_message_over_the_limit_is_named_and_the_next_ones_are_read() -> None:
    data = mailbox(b"It rained. " * 100, b"It snowed.", b"long line" * 1000)
    first, second, third = MBOX.read(io.BytesIO(data), ReadContext("rain.mbox", None, {"limit": "400"}))
    assert [issue.code for issue in (*first.issues, *third.issues)] == ["cut-short", "cut-short"]
    assert "It snowed." in second.text


@pytest.mark.parametrize(
    "broken", [b"From: \xff\r\n\r\n", b"Content-Type: multipart/mixed\r\n\r\n--x", b"Date: never\r\n\r\n"]
)
def test_a_broken_message_is_read_as_far_as_it_goes(broken: bytes) -> None:
    assert document(b"Subject: Rain\r\n" + broken).text.startswith("Rain\n")


def test_parts_nested_deeper_than_python_calls_are_text() -> None:
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000))
    found = document(b"Subject: Rain\r\n" + nested + b"\r\nIt rained.")
    assert "bad-message" in [issue.code for issue in found.issues]
    assert found.text.endswith("It rained.\n")


@given(st.binary(max_size=200), st.integers(0, 400))
def test_a_message_that_is_cut_or_damaged_gives_a_document(noise: bytes, place: int) -> None:
    whole = message(b"".join([PLAIN % (b"utf-8", b"base64", b"w5w="), HTML, b"--x--"]), MULTIPART % b"mixed")
    assert document(whole[:place] + noise + whole[place + 9 :]).origin is not None


def test_the_real_messages_give_their_stated_values(data_folder: Path, parser: Parser) -> None:
    folder = data_folder / "samples" / "email"
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for name, stated in expected.items():
        [found] = parser.iter_dumps([folder / name])
        [story] = found.articles
        form = stated.get("form", {})
        assert story.headline == stated.get("headline", form.get("headline"))
        assert " ".join(story.body).startswith(stated.get("body_starts", form.get("body")))
        assert story.source == stated.get("source", story.source)
        assert story.published is not None
        assert story.published.iso == stated.get("created", story.published.iso)
        for key in {"subject", "message_id"} & stated.keys():
            assert story.extra[key] == stated[key]
        for key in form.keys() - {"headline", "body"}:
            assert story.extra[key] == form[key]
