"""Whose a text is: recognised when its head is sure, any text's otherwise."""

import pytest

from newsparse import Clue, Dump, Parser, SourceProfile, hookimpl
from newsparse.recognition import CERTAIN, CLEAR, GUESSED, HEAD, UNSURE, Recognition, head_of, with_head

TEXT = """\
Ferry Returns to Harbour
A-A+

The ferry that had waited outside the harbour came in on Monday, the port authority told the Harbour Press.
"""


def settled(text: str, *profiles: SourceProfile) -> str | None:
    profile = Recognition(profiles).settle(text).profile
    return profile and profile.name


@pytest.mark.parametrize(
    ("clue", "text", "expected"),
    [
        pytest.param(Clue("A-A+"), "  A-A+ \r\n", True, id="line"),
        pytest.param(Clue("A-A+"), "A-A+ now", False, id="line-is-whole"),
        pytest.param(Clue("A-A+"), "a-a+", False, id="case-counts"),
        pytest.param(Clue("HARBOUR (HP) -", "start"), "x\n HARBOUR (HP) - It rained.", True, id="start"),
        pytest.param(Clue("HARBOUR (HP) -", "start"), "In HARBOUR (HP) - it rained.", False, id="start-is-first"),
        pytest.param(Clue("Harbour Press", "phrase"), "told the “Harbour Press”.", True, id="phrase"),
        pytest.param(Clue("Harbour Press", "phrase"), "Harbour Pressed; the Harbour Press", True, id="later-phrase"),
        pytest.param(Clue("Harbour Press", "phrase"), "Harbour Pressed", False, id="phrase-of-whole-words"),
        pytest.param(Clue("港新聞", "phrase"), "昨日の港新聞による", True, id="phrase-without-blanks"),
    ],
)
def test_a_clue_is_met_or_not(clue: Clue, text: str, expected: bool) -> None:
    sure = Clue(clue.text, clue.kind, CERTAIN)
    assert (settled(text, SourceProfile("harbour", recognise=[sure])) == "harbour") is expected


def test_a_layout_is_a_clue() -> None:
    layout = ["headline", "caption", "TT", "headline", "caption"]
    profile = SourceProfile("harbour", layouts=[layout], recognise=[Clue(kind="layout", points=CERTAIN)])
    assert settled("Home\nRain Ends\n\nA dry street.\nTT\nRain Ends\nA dry street.\nIt ended.", profile) == "harbour"
    assert settled("Home\nRain Ends\n\nA dry street.\nTT\nRain Ends\nA wet street.\nIt ended.", profile) is None


def test_clues_add_up_and_count_once() -> None:
    profile = SourceProfile("harbour", recognise=["A-A+", Clue("Harbour Press", "phrase", 50)])
    assert settled("A-A+\nHarbour Press", profile) == "harbour"
    assert settled("A-A+\nA-A+\nA-A+", profile) is None


def two(first: int, second: int) -> Recognition:
    return Recognition(
        [
            SourceProfile("harbour", recognise=[Clue("A-A+", points=first)]),
            SourceProfile("tides", recognise=[Clue("A-A+", points=second)]),
        ]
    )


def test_of_two_sources_the_clear_one_is_taken_and_the_other_one_named() -> None:
    found = two(CERTAIN + CLEAR, CERTAIN).settle("A-A+")
    assert found.profile is not None
    assert found.profile.name == "harbour"
    assert found.issue is not None
    assert found.issue.code == GUESSED
    assert "harbour (130 points) and tides (100)" in found.issue.message


def test_of_two_sources_with_equal_right_neither_is_taken() -> None:
    found = two(CERTAIN, CERTAIN - CLEAR + 1).settle("A-A+")
    assert found.profile is None
    assert found.issue is not None
    assert found.issue.code == UNSURE


def test_a_far_runner_up_is_not_worth_an_issue() -> None:
    assert two(CERTAIN, CERTAIN - CLEAR).settle("A-A+").issue is None


def test_a_profile_without_clues_is_never_recognised() -> None:
    assert not Recognition([SourceProfile("harbour", markers=["A-A+"])])


def test_only_the_head_decides() -> None:
    profile = SourceProfile("harbour", recognise=[Clue("A-A+", points=CERTAIN)])
    filler = "It rained.\n" * (HEAD // 11)
    assert settled("A-A+\n" + filler, profile) == "harbour"
    assert settled(filler + "It rained on.\nA-A+\n", profile) is None


@pytest.mark.parametrize("size", [1, 7, HEAD - 1, HEAD, HEAD + 1, 3 * HEAD])
def test_the_head_of_a_stream_is_that_of_its_text(size: int) -> None:
    text = "It rained in the valley.\n" * (2 * HEAD // 25)
    head, chunks = with_head(text[start : start + size] for start in range(0, len(text), size))
    assert head_of(head) == head_of(text)
    assert "".join(chunks) == text


class Harbour:
    """An installed plugin, as far as a parser can tell."""

    @hookimpl
    def newsparse_register_sources(self) -> list[SourceProfile]:
        clues = [Clue("A-A+", points=60), Clue("Harbour Press", "phrase", 40)]
        return [SourceProfile("harbour", title="Harbour Press", markers=["A-A+"], separators=["==="], recognise=clues)]


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(languages=("en",), plugins=[Harbour()])


def test_a_recognised_text_is_read_as_its_source_s(parser: Parser) -> None:
    dump = parser.parse(TEXT)
    assert (dump.source, dump.articles[0].source) == ("harbour", "Harbour Press")
    assert dump.lines[1].role == "marker"
    assert "harbour:marker" in [reason.name for reason in dump.explain(2)]


def test_a_stranger_s_text_is_read_as_without_the_plugin(parser: Parser) -> None:
    def columns(dump: Dump) -> object:
        return dump.to_dict(), [dump.explain(line.number) for line in dump.lines]

    text = TEXT.replace("Harbour Press", "reporters")
    assert parser.parse(text).source is None
    assert columns(parser.parse(text)) == columns(Parser(languages=("en",), plugins=[]).parse(text))


def test_who_names_a_source_is_believed(parser: Parser) -> None:
    plain = "Rain Ends\n\nThe rain in the valley ended on Monday, the mayor of the valley said.\n"
    assert parser.parse(plain).source is None
    assert Parser(source="harbour", languages=("en",), plugins=[Harbour()]).parse(plain).source == "harbour"


@pytest.mark.parametrize("size", [1, 40, 1 << 16])
def test_a_stream_is_settled_by_its_head_as_its_text_is(parser: Parser, size: int) -> None:
    stories = [TEXT.replace("Ferry", f"Ferry {n}").replace("Monday", f"Monday {n}") for n in range(400)]
    text = "\n===\n\n".join(stories)
    pieces = list(parser.iter_pieces(text[start : start + size] for start in range(0, len(text), size)))
    whole = parser.parse(text)
    assert {piece.source for piece in pieces} == {"harbour"}
    assert [article.headline for piece in pieces for article in piece.articles] == [
        article.headline for article in whole.articles
    ]
    assert [line.role for piece in pieces for line in piece.lines] == [line.role for line in whole.lines]
    assert len(whole.articles) == 400
