import pytest

from newsparse import OptionError, Role

SPORT = (
    b"   ZCZC AAP\r\n$T\r\n:Rowing\r\n=Portville Cup\r\n^ROWING:  Results of the Portville Cup\r\n*X\r\n&T\r\n"
    b"+15039001\r\nPORTVILLE, Dec 7 AAP - Results of the cup on the lake.\r\n\tHeat 1\r\n"
    b"\t1. Jane Doe (Old Town)      1:14.85\r\nAAP\r\nNNNN\r\n"
)
RADIO = (
    b"ZCZC AAP\r\n\n%A\r\n\n#Ferries_BC1\r\n\n$Ferries stay in harbour\r\n\n:(PORTVILLE)\r\n\n&AAPIS\\Doej\r\n\n"
    b"*07000000\r\n\n@QLD\r\n\nThe ferries stayed in the harbour.\n\nAAP RTV\r\n\nNNNN"
)
RACING = (
    b"ZCZC FMG000\nYY TDR\nRACING : Portville FIELDS Thursday\nWeather: Fine\n1_12.55 Harbour Plate 1200m\nNNNN\r\n"
)
PLAIN = b"ZCZC 014\nThe ferries of the town stayed in the harbour on Monday, a clerk told reporters there.\nNNNN\n"


def test_signs_open_the_header_lines(read):
    (dump,) = read("zczc", SPORT)
    (article,) = dump.articles
    assert article.headline == "ROWING: Results of the Portville Cup"
    assert article.extra == {
        "service": "AAP",
        "category": "T",
        "keyword": "Rowing",
        "take": "Portville Cup",
        "tabular": False,
        "level": "T",
        "subject_code": "15039001",
        "signoff": "AAP",
        "city": "PORTVILLE",
    }
    assert article.body == (
        "PORTVILLE, Dec 7 AAP - Results of the cup on the lake.",
        "Heat 1",
        "1. Jane Doe (Old Town)      1:14.85",
    )
    assert dump.issues == ()


def test_the_radio_desk_gives_the_signs_another_meaning(read):
    (dump,) = read("zczc", RADIO)
    (article,) = dump.articles
    assert article.headline == "Ferries stay in harbour"
    assert article.body == ("The ferries stayed in the harbour.",)
    assert article.extra == {
        "service": "AAP",
        "category": "A",
        "slugline": "Ferries_BC1",
        "take": "(PORTVILLE)",
        "creator": "AAPIS\\Doej",
        "subject_code": "07000000",
        "place": "QLD",
        "signoff": "AAP RTV",
    }


@pytest.mark.parametrize(
    ("line", "headline", "slugline", "take"),
    [
        (b"RACING : Portville FIELDS Thursday", "Portville FIELDS Thursday", "Portville FIELDS Thursday", None),
        (b"Portville Comment races 1-6", "Portville Comment races 1-6", "Portville Comment", "races 1-6"),
        (b":Portville Comment races 1-6", "Portville Comment races 1-6", "Portville Comment", "races 1-6"),
    ],
)
def test_the_racing_desk_writes_slug_and_take_into_the_headline(read, line, headline, slugline, take):
    (dump,) = read("zczc", RACING.replace(b"RACING : Portville FIELDS Thursday", line))
    (article,) = dump.articles
    assert (article.headline, article.extra["slugline"], article.extra.get("take")) == (headline, slugline, take)
    assert article.extra["routing"] == "YY TDR"
    assert article.body == ("Weather: Fine", "1_12.55 Harbour Plate 1200m")


def test_a_desk_can_be_named(read):
    (dump,) = read("zczc", RADIO, variant="aap")
    assert dump.articles[0].extra["routing"] == "A"
    with pytest.raises(OptionError, match="variant takes auto or radio"):
        read("zczc", RADIO, variant="telex")


def test_tables_keep_their_layout(read):
    table = b"*T\r\n              Dividend     Winners\r\nDivision 1     $10.85         2\r\n"
    (dump,) = read("zczc", SPORT.replace(b"*X\r\n", b"").replace(b"+15039001\r\n", table))
    assert dump.articles[0].extra["tabular"] is True
    assert "Division 1     $10.85         2" in dump.articles[0].body


def test_a_copy_without_a_header_is_left_to_the_decoder(read):
    (dump,) = read("zczc", PLAIN)
    assert len(dump.articles) == 1
    assert dump.articles[0].extra == {"service": "014"}
    assert [line.role for line in dump.lines if line.text in ("ZCZC 014", "NNNN")] == [Role.FIELD, Role.FIELD]


def test_a_sign_that_no_desk_knows_is_counted_once_an_input(read):
    dumps = read("zczc", (RACING.replace(b"RACING :", b"%x\nRACING :")) * 2)
    assert [issue.code for dump in dumps for issue in dump.issues] == ["unmapped"]
    assert "% line (2)" in dumps[-1].issues[0].message


def test_copies_follow_each_other_with_or_without_nnnn(read):
    bare = SPORT.replace(b"NNNN\r\n", b"").rstrip()
    dumps = read("zczc", bare + RADIO + RACING + PLAIN + bare)
    assert [dump.articles[0].extra["service"] for dump in dumps] == ["AAP", "AAP", "FMG000", "014", "AAP"]


def test_a_copy_that_breaks_off_is_named(read):
    (dump,) = read("zczc", SPORT[: SPORT.index(b"1:14")])
    assert [issue.code for issue in dump.issues] == ["message-cut"]
    assert len(dump.articles[0].body) == 3


def test_a_number_may_stand_above_the_header_lines(read):
    data = b"ZCZC\r\nEA1234\r\n$ n\r\n:Ferry\r\n^Ferry stuck\r\nIt rained.\r\nNNNN\r\n"
    (article,) = read("zczc", data)[0].articles
    assert (article.headline, article.body) == ("Ferry stuck", ("It rained.",))
    assert (article.extra["routing"], article.extra["category"]) == ("EA1234", "n")


def test_the_end_may_stand_behind_day_and_time(read):
    (dump,) = read("zczc", b"ZCZC AB\r\n:Ferry\r\n^Ferry stuck\r\nIt rained. (ANSA)\r\n04-MAR-19 10:15 NNNN\r\n")
    (article,) = dump.articles
    assert (article.body, article.dateline, article.extra["sent"]) == (("It rained. (ANSA)",), None, "04-MAR-19 10:15")
    assert dump.issues == ()


@pytest.mark.parametrize("line", [b"AAP RTV kn/ldj", b"AAP am", b"AAP", b"AAP MP"], ids=str)
def test_a_service_and_initials_sign_off(read, line):
    (dump,) = read("zczc", b"ZCZC AB\r\n:Ferry\r\n^Ferry stuck\r\nIt rained.\r\n" + line + b"\r\n")
    assert dump.articles[0].extra["signoff"] == line.decode()
    assert dump.issues == ()


def test_a_sentence_signs_nothing_off(read):
    (dump,) = read("zczc", b"ZCZC AB\r\n:Ferry\r\n^Ferry stuck\r\nIt rained.\r\n\r\nAAP Tower reopens\r\nNNNN\r\n")
    assert dump.articles[0].body == ("It rained.", "AAP Tower reopens")
