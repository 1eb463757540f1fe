"""Dates inside a line: forms, languages, limits."""

import functools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsparse.grammars import Grammars
from newsparse.locales import core_locales, merge_locales, read_locale

LOCALES = {locale.name: locale for locale in core_locales()}


@functools.cache
def grammars(language):
    return Grammars(merge_locales([LOCALES[language], LOCALES["und"]]))


def isos(text, language="en", year=None):
    return [found.date.iso for found in grammars(language).dates.find_all(text, year)]


ENGLISH = {
    "2019-04-07": ["2019-04-07"],
    "2019-04-07T14:04": ["2019-04-07T14:04"],
    "2019-04-07T14:04Z": ["2019-04-07T14:04Z"],
    "2019-04-07 14:04:59 +0530": ["2019-04-07T14:04:59+05:30"],
    "2019-04-07T14:04:59.123456+05:30": ["2019-04-07T14:04:59+05:30"],
    "April 7, 2019": ["2019-04-07"],
    "7 April 2019": ["2019-04-07"],
    "Apr. 7, 2019": ["2019-04-07"],
    "Sunday, April 7, 2019": ["2019-04-07"],
    "the 7th of April, 2019": ["2019-04-07"],
    "7-Apr-2019": ["2019-04-07"],
    "2019 April 7": ["2019-04-07"],
    "APRIL 7 2019": ["2019-04-07"],
    "February 2020": ["2020-02"],
    "Feb. 2020": ["2020-02"],
    "20/1/2026": ["2026-01-20"],
    "1/20/2026": ["2026-01-20"],
    "7.4.2019": ["2019-04-07"],
    "2019/04/07": ["2019-04-07"],
    "20260416": ["2026-04-16"],
    "11/19/19 06:56 AM": ["2019-11-19T06:56"],
    "25.04.24": ["2024-04-25"],
    "Nov. 19, 2019 8:21 am ET": ["2019-11-19T08:21"],
    "Nov. 19, 2019, 8:21 p.m.": ["2019-11-19T20:21"],
    "Nov. 19, 2019 at 12:05 am": ["2019-11-19T00:05"],
    "Nov. 19, 2019 at 12:05 pm": ["2019-11-19T12:05"],
    "June 30, 2026 - 4.34pm": ["2026-06-30T16:34"],
    "June 26, 2023 5 AM PT": ["2023-06-26T05:00"],
    "17:41 JST, October 13, 2024": ["2024-10-13T17:41"],
    "30 August 2023 • 4:45pm": ["2023-08-30T16:45"],
    "Sat 24 Feb 2024 12.42 CET": ["2024-02-24T12:42"],
    "16 January 2026 - 13:55 GMT+1": ["2026-01-16T13:55+01:00"],
    "from May 3, 2020 to June 4, 2021": ["2020-05-03", "2021-06-04"],
    # Lookalikes.
    "31 February 2019": [],
    "April 31, 2019": [],
    "2019-13-01": [],
    "0001-01-01": [],
    "9999-12-31": [],
    "4/7/2019": [],
    "April 5-7, 2019": [],
    "8:21 am": [],
    "2019": [],
    "April": [],
    "April 7": [],
    "version 3.11.2": [],
    "192.168.10.20": [],
    "1.2.3.4": [],
    "they came out 2020 times": [],
    "a score of 3-2": [],
    "phone 555-2019-04": [],
    "12345678": [],
    "4/7/19": [],
    "25:61, no date": [],
    "in the 2010s": [],
}


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items(), ids=ENGLISH)
def test_english_forms_give_their_dates_and_lookalikes_none(text, expected):
    assert isos(text) == expected


OTHERS = [
    ("de", "01. April 2025, 15:25 Uhr", "2025-04-01T15:25"),
    ("de", "22.11.2024 07.57", "2024-11-22T07:57"),
    ("de", "12. MÄR 2025 18:03", "2025-03-12T18:03"),
    ("de", "13. Mai 2026 um 15:44", "2026-05-13T15:44"),
    ("fr", "30 août 2023 à 14h52", "2023-08-30T14:52"),
    ("fr", "1er janvier 2024", "2024-01-01"),
    ("fr", "le 18 juil. 2024 à 08:01", "2024-07-18T08:01"),
    ("es", "16 de septiembre de 2024", "2024-09-16"),
    ("es", "Lunes, 2 diciembre 2024 - 02:24", "2024-12-02T02:24"),
    ("es", "04/07/2019", "2019-07-04"),
    ("ru", "7 апреля 2019 г.", "2019-04-07"),
    ("ru", "07.04.2019, 14:04", "2019-04-07T14:04"),
    ("ar", "7 أبريل 2019", "2019-04-07"),
    ("ar", "٧ أبريل ٢٠١٩", "2019-04-07"),
    ("ja", "2025年1月13日 20時01分", "2025-01-13T20:01"),
    ("ja", "2025年1月13日20:01", "2025-01-13T20:01"),
    ("ja", "2025/1/21 20:50", "2025-01-21T20:50"),
    ("ja", "２０２５年１月１３日", "2025-01-13"),
    ("ja", "2025年1月", "2025-01"),
]


@pytest.mark.parametrize(("language", "text", "expected"), OTHERS, ids=[row[1] for row in OTHERS])
def test_other_languages_give_their_dates(language, text, expected):
    assert isos(text, language) == [expected]


def test_figures_alone_follow_the_locale_and_are_not_read_without_one():
    order = 'name = "xx"\n[dates]\norder = "{}"'
    read = {name: Grammars(read_locale(order.format(name))).dates.find("4/7/2019") for name in ("dmy", "mdy")}
    assert read["dmy"].date.iso == "2019-07-04"
    assert read["mdy"].date.iso == "2019-04-07"
    assert Grammars(LOCALES["und"]).dates.find("4/7/2019") is None
    assert Grammars(LOCALES["und"]).dates.find("4.7.2019").date.iso == "2019-07-04"


def test_a_month_of_two_languages_is_read_only_where_they_agree():
    toml = 'name = "{}"\n[dates]\nmonths = [{}]'
    empty = '["x"]'
    october = read_locale(toml.format("hr", ", ".join([empty] * 9 + ['["listopad"]'] + [empty] * 2)))
    november = read_locale(toml.format("cs", ", ".join([empty] * 10 + ['["listopad"]'] + [empty])))
    assert Grammars(october).dates.find("3 listopad 2020").date.iso == "2020-10-03"
    assert Grammars(merge_locales([october, november])).dates.find("3 listopad 2020") is None


def test_a_day_without_year_is_read_in_the_year_that_is_given():
    assert isos("Nov 22", year=2024) == ["2024-11-22"]
    assert isos("29 February", year=2023) == []


def test_a_date_knows_its_words_precision_and_place():
    (found,) = grammars("en").dates.find_all("in Doeville, Sunday, April 7, 2019, he said")
    assert (found.date.raw, found.date.precision) == ("Sunday, April 7, 2019", "day")
    assert "in Doeville, Sunday, April 7, 2019, he said"[found.start : found.stop].startswith("Sunday")


HOSTILE = ["(", "1", "1 ", "1/", "1:1 ", "April ", "April 7, ", "2019-", "٣", " ", "a" * 7, "年1月", "İ1", "W., "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_lines_are_read_in_bounded_time(piece):
    line = piece * (100_000 // len(piece))
    began = time.process_time()
    list(grammars("en").dates.find_all(line))
    # A thousand characters are looked at; a tenth of a second is a hundred times what they take.
    assert time.process_time() - began < 0.1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "ja", "ar", "de"]))
def test_any_text_is_read(text, language):
    for found in grammars(language).dates.find_all(text, 2020):
        assert 0 <= found.start < found.stop <= len(text)
        assert found.date.raw in text
