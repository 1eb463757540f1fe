"""Bylines: the authors they name, and lines that name none."""

import functools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsparse.grammars import Grammars
from newsparse.locales import core_locales, merge_locales

LOCALES = {locale.name: locale for locale in core_locales()}


@functools.cache
def grammars(language):
    return Grammars(merge_locales([LOCALES[language], LOCALES["und"]]))


def authors(text, language="en", lone=False):
    byline = grammars(language).bylines.read(text, lone)
    return byline and (*byline.authors, *([f"agency: {byline.agency}"] if byline.agency else []))


JANE, JOHN, BOTH = ("Jane Doe",), ("John Roe",), ("Jane Doe", "John Roe")

OPENED = {
    "By Jane Doe": JANE,
    "by Jane Doe": JANE,
    "BY JANE DOE": JANE,
    "By: Jane Doe": JANE,
    "bySauli Doe": ("Sauli Doe",),
    "By\xa0Jane Doe": JANE,
    "(By Jane Doe)": JANE,
    "• By Jane Doe": JANE,
    "Written by Jane Doe": JANE,
    "By Jane Doe and John Roe": BOTH,
    "By Jane Doe & John Roe": BOTH,
    "By Jane Doe, John Roe": BOTH,
    "By Jane Doe/John Roe": BOTH,
    "By JANE DOE, JOHN ROE and MAX MÜLLER": (*BOTH, "Max Müller"),
    "By  STEVE DOE, THOMAS ROE and AMELIA DOE-DUVALL": ("Steve Doe", "Thomas Roe", "Amelia Doe-Duvall"),
    "By JJ MCROE": ("JJ McRoe",),
    "By Dr. Jane O'Doe-Smith III": ("Dr. Jane O'Doe-Smith III",),
    "By Jane van der Doe": ("Jane van der Doe",),
    "By Jane M. Doe": ("Jane M. Doe",),
    "By John Roe Jr.": ("John Roe Jr.",),
    "By Fayez al-Doe": ("Fayez al-Doe",),
    "By Jane Doe, Staff Writer": JANE,
    "By Jane Doe Political Correspondent": JANE,
    "By Jane Doe | April 7, 2019": JANE,
    "By Jane Doe | Island News": JANE,
    "By Jane Doe - The Doeville Times - Friday, April 28, 2023": JANE,
    "By Jane Doe - 11/19/19 06:56 AM EST": JANE,
    "By Jane Doe April 7, 2019": JANE,
    "By Jane Doe   published  19 May 2026": JANE,
    "By Jane Doe, CNN": JANE,
    "By Jane Doe in Berlin": JANE,
    "By Jane Doe For The Paper": JANE,
    "By Jane DoeBusiness Columnist": JANE,
    "By Jonathan GarberISLANDBusiness": ("Jonathan Garber",),
    "By Jane Doe and AP": ("Jane Doe", "agency: AP"),
    "Reporting by Jane Doe; Editing by John Roe": JANE,
    "11/19/2019 by Jane Doe": JANE,
    "5:45 AM PST 11/19/2019  by   Jane Doe": JANE,
    "14:07 | By Jane Doe": JANE,
    "Jane Doe, Staff Writer": JANE,
    "Jane Doe / SITE.COM / Apr 16, 2026, 14:04 IST": JANE,
    "Jane Doe · Island News · Posted: Oct 14, 2022 9:27 AM ET": JANE,
    "By Reuters": ("agency: Reuters",),
    "By THE ASSOCIATED PRESS": ("agency: THE ASSOCIATED PRESS",),
}

NO_BYLINES = [
    "By the time",
    "By 2030",
    "By Monday",
    "By Monday Morning",
    "By far the best",
    "By land and sea",
    "By Our Correspondent",
    "By agencies",
    "By Agency Staff",
    "By Staff",
    "By Doeville Times",
    "By The Island",
    "By MDR Radio",
    "By Jane",
    "By Ilanga D",
    "By jane doe",
    "abby",
    "Abby Doe",
    "Bye Jane Doe",
    "Jane Doe",
    "By Jane Doe's account of it, the town was quiet and nobody knew what had been going on there.",
    "By noon Jane Doe had left the town with all of her friends and a dog.",
    "By the river, Jane Doe and John Roe",
    "Editing by",
    "By",
    "",
    "By @janedoe",
    "By janedoe@example.com",
]


@pytest.mark.parametrize(("text", "expected"), OPENED.items(), ids=OPENED)
def test_bylines_give_their_authors(text, expected):
    assert authors(text) == expected


@pytest.mark.parametrize("text", NO_BYLINES)
def test_lookalikes_give_nothing(text):
    assert authors(text) is None


LONE = {
    "Jane Doe": JANE,
    "JANE DOE": JANE,
    "• Jane Doe": JANE,
    "Jane Doe and John Roe": BOTH,
    "Jane Doe/John Roe": BOTH,
    "Jane Doe in Berlin": JANE,
    "Jane Doe|Published": JANE,
    "Jane Doe 2 minutes read": JANE,
    "Jen RoePublished Jul 17, 2024, 11:21am": ("Jen Roe",),
    "Opinion by Jane Doe": JANE,
    "Adam Roe and AP": ("Adam Roe", "agency: AP"),
    "Associated Press in Valencia": ("agency: Associated Press",),
    "Assistant Sports EditorFollow": None,
    "Journalist": None,
    "The Yomiuri Shimbun": None,
    "Share this article": None,
    "2 minutes read": None,
}


@pytest.mark.parametrize(("text", "expected"), LONE.items(), ids=LONE)
def test_a_line_known_to_be_a_byline_needs_no_opener(text, expected):
    assert authors(text, lone=True) == expected


OTHERS = [
    ("de", "Von Jane Doe", JANE),
    ("de", "Von Jane Doe und John Roe, dpa", ("Jane Doe", "John Roe", "agency: dpa")),
    ("de", "Von Ulrich DoeKorrespondent", ("Ulrich Doe",)),
    ("de", "Autor: Jane Doe und John Roe, Zürich", BOTH),
    ("de", "Von Jane Doe 28.04.2023, 18:11 Uhr", JANE),
    ("de", "Do 25.04.24 | 14:07 Uhr | Von Jane Doe", JANE),
    ("de", "Von dpa", ("agency: dpa",)),
    ("de", "Von Anfang an", None),
    ("de", "Von Montag bis Freitag", None),
    ("fr", "Par Jane Doe", JANE),
    ("fr", "Par Jane Doe et John Roe", BOTH),
    ("fr", "Par Le Journal et AFP", None),
    ("fr", "Par la suite", None),
    ("es", "Por Jane Doe", JANE),
    ("es", "Por Miguel A. Doe y Jane Roe", ("Miguel A. Doe", "Jane Roe")),
    ("es", "Por la tarde", None),
    ("ru", "Автор: Иван Доев", ("Иван Доев",)),
    ("ar", "كتب: محمد علي", ("محمد علي",)),
    ("ja", "文＝山田 太郎", ("山田 太郎",)),
]


@pytest.mark.parametrize(("language", "text", "expected"), OTHERS, ids=[row[1] for row in OTHERS])
def test_other_languages_open_bylines_with_their_own_words(language, text, expected):
    assert authors(text, language) == expected


def test_a_name_without_capital_letters_needs_an_opener():
    assert authors("山田 太郎", "ja", lone=True) is None
    assert authors("محمد علي", "ar", lone=True) is None


def test_a_byline_keeps_the_words_of_the_line():
    assert grammars("en").bylines.read("  By JANE DOE ").raw == "By JANE DOE"


HOSTILE = ["(", "1 ", " ", "By A.A.A", "By ", "A", "Aa", "aA", "A b ", "Jane Doe, ", "Jane Doe | ", "and "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_lines_are_read_in_bounded_time(piece):
    began = time.process_time()
    for size in (200, 249, 100_000):
        grammars("en").bylines.read(("By " + piece * size)[:size], lone=True)
    # Longer lines are not looked at; 250 characters take far less than a tenth of a second.
    assert time.process_time() - began < 0.1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "ja", "ar", "de"]), st.booleans())
def test_any_text_is_read(text, language, lone):
    for opened in (text, f"By {text}"):
        byline = grammars(language).bylines.read(opened, lone)
        assert byline is None or byline.authors or byline.agency
