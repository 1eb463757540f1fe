import pytest

from newsparse import OptionError, Role

AP = (
    b"\x16\x16\x01W2870\x1fasian\nr i\x13\x11 BC-AS--Portville-FerryS 2ndLd-Writethru   11-13 0345\r\n"
    b"\x02^BC-AS--Portville-Ferry Service, 2nd Ld-Writethru,321<\r\n"
    b"^Ferries stay in the harbour<\r\n"
    b"^AP Photo XYZ101, XYZ102<\r\n"
    b"^Eds: Updates with the mayor. With AP Photos.<\r\n"
    b"^By JANE DOE and JOHN ROE=\r\n"
    b"^Associated Press=\r\n"
    b"\t   PORTVILLE, Atlantis (AP) _ The ferries of the town stayed in the harbour. \r\n"
    b" \r\n"
    b"\t   ``We wait,'' the mayor said.\r\n"
    b"\t   ___\r\n"
    b"^Other isles=\r\n"
    b"\t   Snow fell there.\r\n"
    b"\r\n\t   \x03AP-WF-11-13-13 1509GMT<\r\n\r\n\x0c\r\n\x04"
)
KYODO = (
    b"\x01a0123KYODO\x1f-----\r\nr i\x14\x11 bc-atlantis-ferry     12-09 0344\r\n"
    b"\x02^Ferries stay in the harbour of the old town+\r\n"
    b"     PORTVILLE, Dec. 9 Kyodo - The ferries of the town stayed in the\r\n"
    b"harbour on Sunday, the mayor said.\r\n"
    b"     They may leave on Monday.\r\n"
    b"\x03KWS-21:37-09-12-18\r\n\x04"
)
BAY_CITY = (
    b"\x16\x16\x01a0017\x1f-----\r\nr n\x13\x11 BC-FERRY     05-02 0120\r\n"
    b"\x02^BC-FERRY<\r\n"
    b"^Ferries Stay In Harbour<\r\n"
    b"\t   The ferries stayed in the harbour on Monday because of the waves that\r\n"
    b"came in from the west.\r\n"
    b"\x03\x04"
)
AAP = (
    b"\x16\x16\x01R0042\r\nr d\x13\x11 bc-Ferries     07-04 0080\r\n"
    b"\x02^bc-Ferries<\r\n^Ferries stay in harbour<\r\n   PORTVILLE, July 4 AAP - The ferries stayed.\r\n\x03\r\n\x04"
)


def test_a_message_gives_its_article(read):
    (dump,) = read("anpa1312", AP)
    (article,) = dump.articles
    assert article.headline == "Ferries stay in the harbour"
    assert (article.byline, article.authors) == ("By JANE DOE and JOHN ROE", ("Jane Doe", "John Roe"))
    assert (article.dateline.place, article.dateline.agency) == ("PORTVILLE, Atlantis", "AP")
    assert article.body == (
        "PORTVILLE, Atlantis (AP) _ The ferries of the town stayed in the harbour.",
        "``We wait,'' the mayor said.",
        "Snow fell there.",
    )
    assert article.published.iso == "2013-11-13T15:09+00:00"
    assert article.extra == {
        "level": "W",
        "number": "2870",
        "selector": "asian",
        "priority": "r",
        "category": "i",
        "tabular": False,
        "keyword": "BC-AS--Portville-FerryS",
        "take": "2ndLd-Writethru",
        "date": "11-13",
        "word_count": 345,
        "slugline": "BC-AS--Portville-Ferry Service",
        "slug_word_count": 321,
        "photos": "AP Photo XYZ101, XYZ102",
        "ed_note": "Eds: Updates with the mayor. With AP Photos.",
        "byline_title": "Associated Press",
        "sent": "AP-WF-11-13-13 1509GMT",
        "wire": "WF",
        "created": "2013-11-13T15:09:00+00:00",
        "city": "PORTVILLE",
    }
    assert article.source == "AP"
    assert dump.issues == ()
    assert dump.text.encode() == AP
    assert [line.text for line in dump.lines if line.role is Role.SUBHEAD] == ["^Other isles="]
    assert [line.text for line in dump.lines if line.role is Role.MARKER] == ["___"]


def test_kyodo_sends_no_syn_no_slug_and_the_day_before_the_month(read):
    (dump,) = read("anpa1312", KYODO)
    (article,) = dump.articles
    assert article.headline == "Ferries stay in the harbour of the old town"
    assert article.body == (
        "PORTVILLE, Dec. 9 Kyodo - The ferries of the town stayed in the harbour on Sunday, the mayor said.",
        "They may leave on Monday.",
    )
    assert (article.extra["word_count"], article.extra["created_local"]) == (344, "2018-12-09T21:37")
    assert article.dateline.date.iso == "2018-12-09"
    assert dump.issues == ()


def test_bay_city_closes_with_no_end_line(read):
    (dump,) = read("anpa1312", BAY_CITY)
    (article,) = dump.articles
    assert (article.headline, article.extra["slugline"]) == ("Ferries Stay In Harbour", "BC-FERRY")
    assert article.body == (
        "The ferries stayed in the harbour on Monday because of the waves that came in from the west.",
    )
    assert article.published is None
    assert dump.issues == ()


def test_aap_leaves_out_the_selector(read):
    (dump,) = read("anpa1312", AAP)
    (article,) = dump.articles
    assert (article.headline, article.extra["level"], article.extra["number"]) == (
        "Ferries stay in harbour",
        "R",
        "0042",
    )
    assert (article.dateline.place, article.source) == ("PORTVILLE", "AAP")


def test_a_variant_can_be_named(read):
    (dump,) = read("anpa1312", BAY_CITY, variant="upi")
    assert dump.articles[0].source == "UPI"
    with pytest.raises(OptionError, match="variant takes auto or kyodo"):
        read("anpa1312", BAY_CITY, variant="telex")


@pytest.mark.parametrize(
    ("old", "new", "field", "wanted"),
    [
        pytest.param(b"2ndLd-Writethru ", b"Kill ", "notice", "kill", id="kill"),
        pytest.param(b"2ndLd-Writethru ", b"CORRECTIVE ", "notice", "correction", id="correction"),
        pytest.param(b"2ndLd-Writethru ", b"Advisory ", "notice", "advisory", id="advisory"),
        pytest.param(b"^Ferries stay in", b"^BULLETIN KILL<\r\n^Ferries stay in", "notice", "kill", id="bulletin-kill"),
        pytest.param(b"^AP Photo", b"^For release Sunday<\r\n^AP Photo", "embargo", "For release Sunday", id="embargo"),
        pytest.param(b"^AP Photo", b"^$Adv30<\r\n^AP Photo", "advance", "$Adv30", id="advance"),
        pytest.param(b"^BC-AS", b"^*9006<\r\n^BC-AS", "routing", "*9006", id="routing"),
        pytest.param(b" 0345", b" ", "word_count", None, id="no-words"),
        pytest.param(b"11-13-13 1509GMT", b"04-28-94 1420EDT", "created", "1994-04-28T14:20:00-04:00", id="1994"),
        pytest.param(b"\x13\x11", b"\x13\x12", "tabular", True, id="tabular"),
    ],
)
def test_what_has_no_field_goes_to_extra(read, old, new, field, wanted):
    (dump,) = read("anpa1312", AP.replace(old, new))
    assert dump.articles[0].extra.get(field) == wanted


def test_rows_of_a_table_stay_rows_with_tabs_between_columns(read):
    data = AP.replace(b"\t   Snow fell there.", b"\x08Tampa\x10Bay\x1f^^ 73^^ ^^ 52^^ ^^ .584\r\n\x08Boston\x1f^^ 66")
    (dump,) = read("anpa1312", data)
    assert dump.articles[0].body[-2:] == ("Tampa Bay\t73\t52\t.584", "Boston\t66")


def test_an_alert_has_no_headline(read):
    data = AP[: AP.index(b"^Ferries")] + AP[AP.index(b"\t   PORT") :]
    (dump,) = read("anpa1312", data)
    (article,) = dump.articles
    assert article.headline is None
    assert article.body[0].startswith("PORTVILLE")


def test_variants_in_one_stream_are_told_apart(read):
    dumps = read("anpa1312", AP + KYODO + BAY_CITY + AAP + AP)
    assert [len(dump.articles) for dump in dumps] == [1] * 5
    assert [dump.articles[0].extra["number"] for dump in dumps] == ["2870", "0123", "0017", "0042", "2870"]


def test_copies_without_control_characters_are_read(read):
    bare = bytes(byte for byte in AP if byte >= 32 or byte in b"\t\r\n").replace(b"asian", b"-----") + b"\r\n"
    dumps = read("anpa1312", bare * 2)
    assert [dump.articles[0].headline for dump in dumps] == ["Ferries stay in the harbour"] * 2
    assert [dump.articles[0].extra["created"] for dump in dumps] == ["2013-11-13T15:09:00+00:00"] * 2


def test_text_on_the_line_of_the_end_mark_is_text_alone(read):
    (dump,) = read("anpa1312", AP.replace(b"\r\n\r\n\t   \x03", b"\x03"))
    assert dump.articles[0].body[-1] == "Snow fell there."
    assert dump.articles[0].extra["wire"] == "WF"


def test_no_sign_of_the_wire_stands_in_a_block(read):
    copy = b"^Ferry Stuck<\r\n\t   PORT ELM (AP) _ A ferry was stuck,\r\npolice said.<\r\n"
    copy += b"^WEATHER<\r\n\t   It rained.<\r\n"
    data = (
        b"\x16\x16\x01a1234\x1f-----\r\nu a \x11 AM-Boats   11-13 0120\r\n\x02^AM-Boats,120<\r\n" + copy + b"\x03\x04"
    )
    (article,) = read("anpa1312", data)[0].articles
    assert [block.text for block in article.blocks] == [
        "Ferry Stuck",
        "PORT ELM (AP) _ A ferry was stuck, police said.",
        "WEATHER",
        "It rained.",
    ]


@pytest.mark.parametrize(
    ("end", "moment"),
    [
        pytest.param(b"AP-WF-11-13-13 1509GMT<", "2013-11-13T15:09+00:00", id="as the standard has it"),
        pytest.param(b"ap-ny-11-13-94 1509est<", "1994-11-13T15:09-05:00", id="small letters"),
        pytest.param(b"UPI-11-13-94 1509 EST", "1994-11-13T15:09-05:00", id="without a wire"),
        pytest.param(b"KWS-21:37-13-11-18", "2018-11-13T21:37", id="Kyodo"),
    ],
)
def test_end_lines_vary(read, end, moment):
    data = (
        b"\x16\x16\x01a1234\x1f-----\r\nu a \x11 AM-Boats   11-13 0120\r\n\x02^Ferry Stuck<\r\n\t   It rained.\r\n\x03"
    )
    (article,) = read("anpa1312", data + end + b"\r\n\x04")[0].articles
    assert article.published.iso == moment


def test_the_only_head_line_is_the_headline_even_if_it_opens_like_the_keyword(read):
    data = b"\x16\x16\x01v0042\r\nr s \x11 Ferry   11-13 0120\r\n\x02^Ferry stuck in bay=\r\n"
    data += b"^By Ada Moss<\r\n   It rained.\r\n\x03\x04"
    (article,) = read("anpa1312", data)[0].articles
    assert (article.headline, article.byline) == ("Ferry stuck in bay", "By Ada Moss")


def test_the_heads_of_the_nineties_are_read(read):
    head = b"^PM-Quake, 3rd Ld-Writethru, a0540,0812<\r\n^LaserPhoto ELM1<\r\n^Quake Hits Elm<\r\n"
    data = b"\x16\x16\x01a0555\x1f-----\r\nr i \x12 PM-Quake 3rdLd a0540 01-18 0800\r\n\x02" + head
    (article,) = read("anpa1312", data + b"\t   It shook.\r\n\x03AP-NY-01-18-94 0612EST<\r\n\x04")[0].articles
    assert (article.headline, article.extra["photos"]) == ("Quake Hits Elm", "LaserPhoto ELM1")
    assert (article.extra["slugline"], article.extra["reference"]) == ("PM-Quake", "a0540")
    assert (article.extra["slug_word_count"], article.extra["tabular"]) == (812, True)
