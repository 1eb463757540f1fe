"""Lines of dates: when an article was published and updated."""

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


def stamps(text, language="en"):
    stamp = grammars(language).timestamps.read(text)
    return stamp and (stamp.published and stamp.published.iso, stamp.updated and stamp.updated.iso)


ENGLISH = {
    "April 7, 2019": ("2019-04-07", None),
    "Published 7 April 2019": ("2019-04-07", None),
    "Published: 7 April 2019": ("2019-04-07", None),
    "First published on 7 April 2019.": ("2019-04-07", None),
    "Posted Apr 7 2019": ("2019-04-07", None),
    "Updated April 7, 2019": (None, "2019-04-07"),
    "Last updated on April 7, 2019 at 9:15 a.m.": (None, "2019-04-07T09:15"),
    "UPDATED: APRIL 7, 2019": (None, "2019-04-07"),
    "Updated Nov. 19, 2019 8:21 am ET / Original Nov. 18, 2019 5:00 pm ET": ("2019-11-18T17:00", "2019-11-19T08:21"),
    "Published Jul 17, 2024, 11:21am | Updated Jul 17, 2024, 6:39pm": ("2024-07-17T11:21", "2024-07-17T18:39"),
    "Jen DoePublished Jul 17, 2024, 11:21am": ("2024-07-17T11:21", None),
    "Jane Doe · Island News · Posted: Aug 08, 2024 4:00 AM EDT | Last Updated: August 8": (
        "2024-08-08T04:00",
        "2024-08-08",
    ),
    "Posted: Dec 30, 2024 | Updated: January 2": ("2024-12-30", None),
    "Posted: Oct 14, 2022 9:27 AM ET | Last Updated: 24 minutes ago": ("2022-10-14T09:27", None),
    "Tuesday, 21 November, 2017 - 07:30": ("2017-11-21T07:30", None),
    "20/1/2026 18:30": ("2026-01-20T18:30", None),
    "2026-04-16T14:04+05:30": ("2026-04-16T14:04+05:30", None),
    "2019-11-19T12:48:14Z": ("2019-11-19T12:48:14Z", None),
    "Apr 16, 2026, 14:04 IST": ("2026-04-16T14:04", None),
    "Friday, 22 Nov 2024 4:55 PM MYT": ("2024-11-22T16:55", None),
    "Wed, Oct 16, 2024 page1": ("2024-10-16", None),
    "Island News February 24, 2020, 7:57 AM": ("2020-02-24T07:57", None),
    "By Jane Doe, in News · 31 Jan 2025, 20:02 · 0 Comments": ("2025-01-31T20:02", None),
    "Published April 2019": ("2019-04", None),
    # Lookalikes.
    "1 hour ago": None,
    "5:53 PM": None,
    "Published": None,
    "Updated 14:20": None,
    "Last Updated: August 8": None,
    "Yesterday": None,
    "Monday": None,
    "31 February 2019": None,
    "2019-13-01": None,
    "1/1/0001": None,
    "31/12/9999": None,
    "4/7/2019": None,
    "Season 2019": None,
    "2019": None,
    "Reading time: 4 minutes": None,
    "Page 12 of 2019": None,
    "He died on 7 April 2019, aged 80, in the city that he had loved.": None,
    "The court will hear the case of the mayor of Doeville again on 7 April 2019.": None,
    "": None,
}


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items(), ids=ENGLISH)
def test_lines_of_dates_give_both_dates_and_lookalikes_none(text, expected):
    assert stamps(text) == expected


OTHERS = [
    ("de", "erstellt: 01. April 2025, 15:25 in: Stadt | Kommentare : 0", ("2025-04-01T15:25", None)),
    ("de", "Veröffentlicht am 13. Mai 2026 um 15:44", ("2026-05-13T15:44", None)),
    ("de", "Aktualisiert am 07.01.2026 - 18:50 UhrLesedauer: 4 Min.", (None, "2026-01-07T18:50")),
    ("de", "Stand: 10:49 UhrLesedauer: 5 Minuten", None),
    ("fr", "Publié le 30 août 2023 à 14h52, modifié le 30 août 2023 à 15h54", ("2023-08-30T14:52", "2023-08-30T15:54")),
    ("fr", "il y a 3 heures", None),
    ("es", "Actualizado a 10/07/2026 22:39", (None, "2026-07-10T22:39")),
    ("es", "25/04/2026 Actualizado a las 15:10h.", ("2026-04-25", None)),
    ("ru", "Опубликовано: 7 апреля 2019, 14:04", ("2019-04-07T14:04", None)),
    ("ru", "Обновлено 7 апреля 2019", (None, "2019-04-07")),
    ("ar", "7 أبريل 2019", ("2019-04-07", None)),
    ("ja", "2025年1月13日 20時01分", ("2025-01-13T20:01", None)),
    ("ja", "公開日：2025年1月13日 更新日：2025年1月14日", ("2025-01-13", "2025-01-14")),
]


@pytest.mark.parametrize(("language", "text", "expected"), OTHERS, ids=[row[1] for row in OTHERS])
def test_other_languages_label_dates_with_their_own_words(language, text, expected):
    assert stamps(text, language) == expected


HOSTILE = ["(", "1", "1 ", " ", "Updated ", "2019-01-01 ", "April 7, 2019 ", "Updated 2019-01-01"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_lines_are_read_in_bounded_time(piece):
    began = time.process_time()
    for size in (249, 100_000):
        grammars("en").timestamps.read((piece * size)[:size])
    # Longer lines are not looked at; 250 characters take far less than a tenth of a second.
    assert time.process_time() - began < 0.1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "ja", "ar", "de"]))
def test_any_text_is_read(text, language):
    for dated in (text, f"Published 7 April 2019 {text}", f"{text} 2019-04-07"):
        stamp = grammars(language).timestamps.read(dated)
        assert stamp is None or stamp.published or stamp.updated
