import pytest

from newsparse import Role

HEAD = b"\x01abc062 4 i 211 ccccb   dpa 061\r\n\nHarbour/weather/\r\n\x02"
BODY = b" =\r\n\n   Portville (dpa) - The ferries of the town stayed in the harbour on\r\nMonday, a clerk said.\r\n\n"
TAIL = b"\x03131137 GMT Nov 13\r\n\x7f\n\x7f\x04"


def message(head: bytes = b"Ferries stay in the harbour", body: bytes = BODY, tail: bytes = TAIL) -> bytes:
    return HEAD + head + body + tail


def test_a_message_gives_its_article(read):
    (dump,) = read("iptc7901", message())
    (article,) = dump.articles
    assert article.headline == "Ferries stay in the harbour"
    assert article.body == ("Portville (dpa) - The ferries of the town stayed in the harbour on Monday, a clerk said.",)
    assert (article.dateline.place, article.dateline.agency, article.source) == ("Portville", "dpa", "dpa")
    assert article.published.iso == "2013-11-13T11:37+00:00"
    assert article.extra == {
        "source_id": "abc",
        "number": "062",
        "priority": 4,
        "category": "i",
        "word_count": 211,
        "service": "ccccb   dpa 061",
        "slugline": "Harbour/weather",
        "keywords": ["Harbour", "weather"],
        "sent": "131137 GMT Nov 13",
        "created": "2013-11-13T11:37:00+00:00",
        "city": "Portville",
    }
    assert dump.issues == ()


def test_the_text_keeps_its_control_characters_and_every_line_its_role(read):
    (dump,) = read("iptc7901", message())
    assert dump.text.encode("ascii") == message()
    assert [line.role for line in dump.lines if line.role is not Role.BLANK] == [
        Role.FIELD,
        Role.FIELD,
        Role.HEADLINE,
        Role.BODY,
        Role.BODY,
        Role.FIELD,
        Role.FIELD,
        Role.FIELD,
    ]
    assert (dump.origin.encoding, dump.origin.record, dump.origin.offset, dump.origin.line) == ("utf-8", 1, 0, 1)


@pytest.mark.parametrize(
    ("head", "field", "wanted"),
    [
        pytest.param(b"REFILE\n2ND LEAD\nFerries stay", "take", "REFILE 2ND LEAD", id="takes"),
        pytest.param(b"Eil BEL*5\nFerries stay", "take", "Eil BEL*5", id="signal"),
        pytest.param(b"(Bericht)\nFerries stay", "take", "(Bericht)", id="genre-in-brackets"),
        pytest.param(b"Ferries stay\n(Foto Archiv)", "photos", "(Foto Archiv)", id="picture"),
        pytest.param(b"Sperrfrist: 1800\nFerries stay", "embargo", "Sperrfrist: 1800", id="embargo"),
        pytest.param(b"(Embargo till noon)\nFerries stay", "embargo", "(Embargo till noon)", id="embargo-in-brackets"),
        pytest.param(
            b"(Berichtigung: Im zweiten Absatz muss es richtig heissen,\ndass es drei waren.)\nFerries stay",
            "ed_note",
            "(Berichtigung: Im zweiten Absatz muss es richtig heissen, dass es drei waren.)",
            id="note-over-two-lines",
        ),
        pytest.param(b"BERICHTIGUNG\nFerries stay", "notice", "correction", id="correction"),
        pytest.param(b"(Annulation)\nFerries stay", "notice", "kill", id="kill"),
    ],
)
def test_lines_above_the_body_are_fields(read, head, field, wanted):
    (dump,) = read("iptc7901", message(head))
    (article,) = dump.articles
    assert article.headline == "Ferries stay"
    assert article.extra[field] == wanted


def test_a_headline_that_is_wrapped_is_one(read):
    head = b"Ferries stay in the harbour as the storm over the northern isles goes\non until Sunday"
    head += b"\nBy Jane Doe and JOHN ROE"
    (dump,) = read("iptc7901", message(head))
    (article,) = dump.articles
    assert article.headline == ("Ferries stay in the harbour as the storm over the northern isles goes on until Sunday")
    assert (article.byline, article.authors) == ("By Jane Doe and JOHN ROE", ("Jane Doe", "John Roe"))


def test_byline_and_picture_note_may_stand_below_the_mark(read):
    body = b" =\r\nVon Jane Doe, abc\r\n(Foto Archiv)\r\n" + BODY.removeprefix(b" =\r\n")
    (article,) = read("iptc7901", message(body=body))[0].articles
    assert (article.byline, article.authors, article.deck) == ("Von Jane Doe, abc", ("Jane Doe",), ())
    assert article.extra["photos"] == "(Foto Archiv)"
    assert article.body[0].startswith("Portville (dpa)")


def test_text_right_below_the_mark_is_no_byline(read):
    body = b" =\r\nBy Monday the ferries of the town stayed in the harbour, a clerk said on\r\nTuesday.\r\n"
    (article,) = read("iptc7901", message(body=body))[0].articles
    assert (article.byline, len(article.body)) == (None, 1)


def test_a_signal_may_have_a_mark_of_its_own(read):
    (article,) = read("iptc7901", message(b"BULLETIN =\r\nFerries stay"))[0].articles
    assert (article.headline, article.extra["take"]) == ("Ferries stay", "BULLETIN")


@pytest.mark.parametrize("mark", [b"# Notizblock", b"# dpa-Notizblock", b"## abc Bloc-notes", b"# Notebook"], ids=str)
def test_a_notebook_is_not_for_print(read, mark):
    (article,) = read("iptc7901", message(body=BODY + mark + b"\r\n\r\n- Jane Doe\r\n"))[0].articles
    assert len(article.body) == 1


def test_short_lines_above_the_headline_are_its_section(read):
    (dump,) = read("iptc7901", message(b"Weather\nIsles:\nFerries stay in the harbour of the town"))
    (article,) = dump.articles
    assert (article.section, article.headline) == ("Weather Isles:", "Ferries stay in the harbour of the town")


def test_what_is_not_for_print_is_not_in_the_body(read):
    body = BODY + b"# dpa Notebook\n\n* * * *\nThe following information is not intended for publication\n"
    body += b"- Jane Doe\n\ndpa jd rmo\n"
    (dump,) = read("iptc7901", message(body=body))
    (article,) = dump.articles
    assert len(article.body) == 1
    assert article.extra["signoff"] == "dpa jd rmo"
    assert next(line.text for line in dump.lines if line.role is Role.OTHER) == "# dpa Notebook"


def test_what_stands_above_the_dateline_is_a_summary(read):
    body = b" =\n\nThe ferries stay where they are, for the storm goes on and on.\n\n" + BODY.split(b"\n\n", 1)[1]
    (dump,) = read("iptc7901", message(body=body))
    (article,) = dump.articles
    assert article.deck == ("The ferries stay where they are, for the storm goes on and on.",)
    assert article.body[0].startswith("Portville")


def test_rows_of_a_table_stay_rows(read):
    (dump,) = read("iptc7901", message(body=b" =\n\n| North | - | South | 2:1 |\n| East  | - | West  | 0:0 |\n"))
    (article,) = dump.articles
    assert article.body == ("| North | - | South | 2:1 |", "| East  | - | West  | 0:0 |")


@pytest.mark.parametrize(
    ("end", "field", "wanted"),
    [
        (b"091223 dec 18", "created_local", "2018-12-09T12:23"),
        (b"150930 JUL 94", "created_local", "1994-07-15T09:30"),
        (b"062130 Okt 24", "created_local", "2024-10-06T21:30"),
        (b"242200 GMT Jun 17", "created", "2017-06-24T22:00:00+00:00"),
        (b"242200 MESZ Jun 17", "created", "2017-06-24T22:00:00+02:00"),
        (b"992200 GMT Jun 17", "sent", "992200 GMT Jun 17"),
        (b"no time at all", "sent", "no time at all"),
    ],
)
def test_end_lines_are_read_in_any_language(read, end, field, wanted):
    (dump,) = read("iptc7901", message(tail=b"\x03" + end + b"\r\n\x7f\x04"))
    assert dump.articles[0].extra[field] == wanted


@pytest.mark.parametrize(
    "header",
    [b"abc0062 3  rs 46", b"EXT010 3 POL 1024 F BELGA-0102 COR 703", b"abc00075 1 i 5  vvvvb KNA 170123-89-1#2"],
)
def test_headers_vary(read, header):
    (dump,) = read("iptc7901", message().replace(HEAD[1:33], header))
    assert dump.issues == ()
    assert dump.articles[0].extra["category"] == header.split()[2].decode()


def test_a_copy_without_control_characters_is_read_the_same(read):
    bare = bytes(byte for byte in message() if byte not in b"\x01\x02\x03\x04\x7f")
    framed, stripped = read("iptc7901", message() * 2), read("iptc7901", bare * 2)
    for dump, other in zip(stripped, framed, strict=True):
        (article,), (wanted,) = dump.articles, other.articles
        assert (article.headline, article.body, article.extra) == (wanted.headline, wanted.body, wanted.extra)
        assert dump.issues == ()


def test_each_message_is_decoded_by_itself(read):
    plain, cp1252, utf8 = read(
        "iptc7901",
        message() + message("Fähren bleiben".encode("cp1252")) + message("Fähren bleiben".encode()),
    )
    assert [dump.origin.encoding for dump in (plain, cp1252, utf8)] == ["utf-8", "cp1252", "utf-8"]
    assert {dump.articles[0].headline for dump in (cp1252, utf8)} == {"Fähren bleiben"}
    assert [issue.code for issue in cp1252.issues] == ["charset-guessed"]
    assert "message 2" in cp1252.issues[0].message


def test_text_before_the_first_message_is_kept_and_named(read):
    first, second = read(
        "iptc7901", b"the end of an earlier story\r\n\x03130900 Nov 13\r\n\x04" + message() + message()
    )
    assert [len(dump.articles) for dump in (first, second)] == [1, 1]
    assert [issue.code for issue in first.issues] == ["text-outside"]
    assert first.lines[0].role is Role.FURNITURE
    assert second.origin.record == 2
    assert second.origin.offset == len(first.text)


def test_a_damaged_header_is_named_and_what_it_still_says_is_kept(read):
    (dump,) = read("iptc7901", message().replace(b"abc062 4 i 211", b"abc062 4 i ???"))
    assert [issue.code for issue in dump.issues] == ["header-unread"]
    assert (dump.articles[0].extra["number"], dump.articles[0].extra["priority"]) == ("062", 4)


def test_a_message_whose_soh_is_damaged_still_begins_there(read):
    assert len(read("iptc7901", message() + message().replace(b"\x01", b"\x81") + message())) == 3


def test_a_text_may_begin_with_an_entry_of_a_list(read):
    (dump,) = read("iptc7901", message(body=b" =\r\n\r\n- Elm 2:1\r\n- Moss 0:0\r\n\r\n"))
    assert dump.articles[0].body == ("- Elm 2:1", "- Moss 0:0")


def test_a_wrapped_paragraph_is_one_block_with_one_span(read):
    (dump,) = read("iptc7901", message())
    (article,) = dump.articles
    assert article.text == article.body[0]
    start, stop = article.blocks[-1].span
    assert dump.text[start:stop] == BODY.decode()[8:].strip()
