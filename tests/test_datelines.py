"""Datelines at the start of a report, and paragraphs that only look so."""

import functools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsparse.grammars import Grammars
from newsparse.locales import core_locales, merge_locales
from newsparse.models import Dateline, WireDate

LOCALES = {locale.name: locale for locale in core_locales()}


@functools.cache
def grammars(language):
    return Grammars(merge_locales([LOCALES[language], LOCALES["und"]]))


REPORT = "Rain fell on the valley for a second day and the river rose, officials said on Monday."


def dateline(opening, language="en", rest=REPORT, **known):
    found = grammars(language).datelines.read(opening + rest, **known)
    return found and (found.place, found.date and found.date.iso, found.agency, found.raw)


ENGLISH = {
    "TRIPOLI, Libya (Reuters) - ": ("TRIPOLI, Libya", None, "Reuters"),
    "BENGHAZI (AP) — ": ("BENGHAZI", None, "AP"),
    "DOEVILLE, Pa. (AP) — ": ("DOEVILLE, Pa.", None, "AP"),
    "London- ": ("London", None, None),
    "PARIS, April 7 (Xinhua) -- ": ("PARIS", None, "Xinhua"),
    "PARIS, April 7, 2019 (Xinhua) -- ": ("PARIS", "2019-04-07", "Xinhua"),
    "(Reuters) - ": (None, None, "Reuters"),
    "KYIV, March 3 — ": ("KYIV", None, None),
    "DOEVILLE, Nov 22 — ": ("DOEVILLE", None, None),
    "Berlin (dpa) - ": ("Berlin", None, "dpa"),
    "Doestadt (dpa/lni) - ": ("Doestadt", None, "dpa/lni"),
    "MOSCOW 15/06 (AFP) = ": ("MOSCOW", None, "AFP"),
    "BEIRUT: ": ("BEIRUT", None, None),
    "BEIRUT | ": ("BEIRUT", None, None),
    "HONOLULU, Hawaii (IslandNow) - ": ("HONOLULU, Hawaii", None, "IslandNow"),
    "MEXICO CITY (AP) _ ": ("MEXICO CITY", None, "AP"),
    "PORT-AU-PRINCE, Haiti — ": ("PORT-AU-PRINCE, Haiti", None, None),
    "RIO DE JANEIRO — ": ("RIO DE JANEIRO", None, None),
    "PORT OF SPAIN, Trinidad (AP) — ": ("PORT OF SPAIN, Trinidad", None, "AP"),
    "WASHINGTON—": ("WASHINGTON", None, None),
    "SPRINGFIELD – ": ("SPRINGFIELD", None, None),
    "Tokyo, Jan. 3, 2020 (Kyodo) -- ": ("Tokyo", "2020-01-03", "Kyodo"),
    "UNITED NATIONS (AP) — ": ("UNITED NATIONS", None, "AP"),
    # Lookalikes.
    "OPEC's Doe: ": None,
    "UPDATE 2-": None,
    "UPDATE - ": None,
    "BREAKING: ": None,
    "EXCLUSIVE - ": None,
    "WATCH LIVE: ": None,
    "OPINION — ": None,
    "Q: ": None,
    "A - ": None,
    "SMITH: ": None,
    "WASHINGTON IS READY ": None,
    "WASHINGTON IS READY - ": None,
    "Doe - ": None,
    "U.S. - ": None,
    "US - ": None,
    "The mayor (left) - ": None,
    "It was — as she said — ": None,
    "(GNA) - ": None,
    "(left) - ": None,
    "In Tripoli - ": None,
    "1. ": None,
    "- ": None,
    "— ": None,
    "LONG-TERM ": None,
    "": None,
}


@pytest.mark.parametrize(("opening", "expected"), ENGLISH.items(), ids=ENGLISH)
def test_paragraphs_give_their_dateline_and_lookalikes_none(opening, expected):
    assert dateline(opening) == (expected and (*expected, opening.strip()))


HEADLINES = [
    "Doe - the man",
    "US - China talks end",
    "London - a city of rain",
    "ADVERTISEMENT – DOEVILLE INTERIORS",
    "BERLIN - WHAT NEXT",
    "Port of Doeville - history",
]


@pytest.mark.parametrize("text", HEADLINES)
def test_headlines_with_a_dash_have_no_dateline(text):
    assert grammars("en").datelines.read(text) is None


def test_a_day_without_year_takes_it_from_the_publication_it_precedes():
    opening = "PARIS, Dec. 30 (Xinhua) -- "
    assert dateline(opening, published=WireDate("2019-12-31", "day"))[1] == "2019-12-30"
    assert dateline(opening, published=WireDate("2020-01-01", "day"))[1] is None
    assert dateline(opening)[1] is None


def test_a_line_known_to_be_a_dateline_needs_no_agency_and_no_dash():
    read = grammars("es").datelines.read
    assert read("Madrid-", lone=True) == Dateline("Madrid", None, None, "Madrid-")
    assert read("Doevilla, Los Prados", lone=True) == Dateline(
        "Doevilla, Los Prados", None, None, "Doevilla, Los Prados"
    )
    assert read("el martes", lone=True) is None


OTHERS = [
    (
        "de",
        "Berlin (dpa) - ",
        "Die Stadt hat am Montag einen neuen Plan für das Ufer vorgestellt.",
        ("Berlin", None, "dpa"),
    ),
    (
        "de",
        "Berlin/Köln (dpa) – ",
        "Die Stadt hat am Montag einen neuen Plan vorgestellt.",
        ("Berlin/Köln", None, "dpa"),
    ),
    (
        "fr",
        "Paris (AFP) - ",
        "Le maire de la ville a présenté lundi un nouveau plan pour la rive.",
        ("Paris", None, "AFP"),
    ),
    (
        "es",
        "Madrid, 7 abr (EFE).- ",
        "El alcalde presentó el lunes un nuevo plan para la orilla.",
        ("Madrid", None, "EFE"),
    ),
    ("ja", "【東京1月3日電】", "市は月曜日に川岸の新しい計画を発表した。", ("東京", None, None)),
    ("de", "Kommentar - ", "Die Stadt hat am Montag einen neuen Plan für das Ufer vorgestellt.", None),
    ("fr", "PODCAST - ", "Le maire de la ville a présenté lundi un nouveau plan pour la rive.", None),
]


@pytest.mark.parametrize(("language", "opening", "rest", "expected"), OTHERS, ids=[row[1] for row in OTHERS])
def test_other_languages_open_reports_in_their_own_way(language, opening, rest, expected):
    assert dateline(opening, language, rest) == (expected and (*expected, opening.strip()))


HOSTILE = ["(", "1", "1 ", " ", "- ", "A", "A ", "A, ", "—", "A—", "(AP) - ", "A-", "年", "日1"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_paragraphs_are_read_in_bounded_time(piece):
    line = piece * (100_000 // len(piece))
    began = time.process_time()
    for text in (line, line[:50_000]):
        grammars("en").datelines.read(text)
        grammars("en").datelines.read(text, lone=True)
    # Only the head is looked at.
    assert time.process_time() - began < 0.1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "ja", "ar", "de"]), st.booleans())
def test_any_text_is_read(text, language, lone):
    for opened in (text, f"TRIPOLI, {text} (Reuters) - {REPORT}", f"{text}- {REPORT}"):
        found = grammars(language).datelines.read(opened, lone=lone)
        assert found is None or opened.strip().startswith(found.raw)
