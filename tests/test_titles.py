"""Which line becomes the headline, and who is read as the writer, where the path left a choice."""

import pytest

from newsparse.dump import ROLE_NUMBERS
from newsparse.grammars import Grammars, load_grammars
from newsparse.heads import article_head
from newsparse.locales import core_locales, merge_locales
from newsparse.models import Role
from newsparse.titles import settle_title, title_text

HEADLINE = "Harbour pilots end their strike in Port Amaro"
PARAGRAPH = "Harbour pilots in Port Amaro voted on Wednesday to end a strike that had kept forty ships at sea."


def settled(*lines: tuple[str, str], stated: tuple[int, ...] = ()) -> list[str]:
    roles = bytearray(ROLE_NUMBERS[Role(role)] for role, _ in lines)
    settle_title(roles, range(len(lines)), [text for _, text in lines], stated)
    names = {number: role.value for role, number in ROLE_NUMBERS.items()}
    return [names[role] for role in roles]


def test_a_repeat_without_a_headline_is_the_headline() -> None:
    lines = ("headline_repeat", HEADLINE), ("body", PARAGRAPH), ("headline_repeat", HEADLINE)
    assert settled(*lines) == ["headline", "body", "headline_repeat"]


def test_a_headline_alone_goes_before_one_in_a_line_with_its_site() -> None:
    lines = ("headline", f"News Ports {HEADLINE}"), ("headline_repeat", HEADLINE), ("body", PARAGRAPH)
    assert settled(*lines) == ["headline_repeat", "headline", "body"]


def test_what_stands_twice_above_the_text_goes_before_what_it_does_not_repeat() -> None:
    repeat = "headline_repeat", HEADLINE
    lines = repeat, ("marker", "Share"), repeat, ("headline", "Ships may enter again on Thursday"), ("body", PARAGRAPH)
    assert settled(*lines) == ["headline_repeat", "marker", "headline", "deck", "body"]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            (("headline", HEADLINE), ("body", PARAGRAPH), ("headline_repeat", HEADLINE)), id="a repeat below the text"
        ),
        pytest.param(
            (("headline", HEADLINE), ("headline_repeat", "Port Amaro pilots end strike"), ("body", PARAGRAPH)),
            id="a repeat in other words",
        ),
        pytest.param(
            (("headline", HEADLINE), ("headline_repeat", "Weather"), ("headline_repeat", "Weather")), id="a short line"
        ),
    ],
)
def test_a_headline_stays(lines: tuple[tuple[str, str], ...]) -> None:
    assert settled(*lines) == [role for role, _ in lines]


def test_a_paragraph_that_was_taken_for_a_headline_is_not_searched() -> None:
    lines = ("headline", f"{HEADLINE} {PARAGRAPH * 10}"), ("headline_repeat", HEADLINE), ("body", PARAGRAPH)
    assert settled(*lines) == [role for role, _ in lines]


def test_stated_roles_stay() -> None:
    lines = ("headline_repeat", HEADLINE), ("body", PARAGRAPH)
    assert settled(*lines, stated=(0,)) == ["headline_repeat", "body"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("• Pilots end strike", "Pilots end strike"),
        ("4. Pilots end strike", "Pilots end strike"),
        ("4.5 million ships wait", "4.5 million ships wait"),
        ("2019: the year of the pilots", "2019: the year of the pilots"),
        ("*", "*"),
    ],
)
def test_a_headline_loses_the_mark_of_a_list(line: str, title: str) -> None:
    assert title_text(line) == title


def english() -> Grammars:
    return Grammars(merge_locales([locale for locale in core_locales() if locale.name in ("und", "en")]))


def authors(*lines: tuple[str, str]) -> tuple[str, ...]:
    numbered = [(ROLE_NUMBERS[Role(role)], text) for role, text in lines]
    return article_head(numbered, english(), load_grammars()).authors


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        pytest.param(
            (("byline", "Social Sharing"), ("timestamp", "Anna Roe · NPN News · Posted: Aug 8, 2024")),
            ("Anna Roe",),
            id="a given name beside a date before what is only shaped like a name",
        ),
        pytest.param((("section", "Anna Roe"),), ("Anna Roe",), id="a name alone that was taken for a section"),
        pytest.param((("section", "Port Amaro"),), (), id="a place alone"),
        pytest.param((("subhead", "By Lena Marsh, North Pier Radio"),), ("Lena Marsh",), id="an opener"),
        pytest.param((("byline", "By  Lena Marsh,  Tom Hale"),), ("Lena Marsh", "Tom Hale"), id="wide blanks"),
    ],
)
def test_the_writer_is_read_from_the_lines_below_the_headline(
    lines: tuple[tuple[str, str], ...], names: tuple[str, ...]
) -> None:
    assert authors(("headline", HEADLINE), *lines, ("body", PARAGRAPH)) == names


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        pytest.param(
            (("byline", "Anna Roe Tom Hale Maria Lena Marsh"),),
            ("Anna Roe", "Tom Hale", "Maria Lena Marsh"),
            id="several without commas",
        ),
        pytest.param((("byline", "Anna Roe | Tom Hale"),), ("Anna Roe", "Tom Hale"), id="a field each"),
        pytest.param(
            (("timestamp", "28 April 2024, 14:26, Anna Roe"),), ("Anna Roe",), id="behind the date and its time"
        ),
    ],
)
def test_names_are_told_apart_by_given_names(lines: tuple[tuple[str, str], ...], names: tuple[str, ...]) -> None:
    assert authors(("headline", HEADLINE), *lines, ("body", PARAGRAPH)) == names


@pytest.mark.parametrize(("line", "names"), [("Anna Roe", ("Anna Roe",)), ("Port Amaro", ()), ("More News", ())])
def test_a_name_alone_below_the_text_is_its_writer(line: str, names: tuple[str, ...]) -> None:
    assert authors(("headline", HEADLINE), ("body", PARAGRAPH), ("body", PARAGRAPH), ("marker", line)) == names


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("Anna Roe is a politics reporter for North Pier Radio.", ("Anna Roe",)),
        ("Anna Roe is a fisherman who lives in Port Amaro.", ()),
        ("Anna Roe told reporters that the strike was over.", ()),
        ("The harbour is a reporter's dream.", ()),
    ],
)
def test_a_note_below_the_text_may_introduce_the_writer(note: str, names: tuple[str, ...]) -> None:
    assert authors(("headline", HEADLINE), ("body", PARAGRAPH), ("body", PARAGRAPH), ("other", note)) == names


def test_a_month_glued_to_an_agency_is_a_date() -> None:
    stamp = english().timestamps.read("Associated PressApril 28, 2023 GMT")
    assert stamp is not None
    assert stamp.published is not None
    assert stamp.published.iso == "2023-04-28"
