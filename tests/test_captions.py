"""Captions: text, credit, place, date, flags; and credits alone on a line."""

import functools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsparse.grammars import Grammars
from newsparse.locales import core_locales, merge_locales
from newsparse.models import Caption, Credit, WireDate

LOCALES = {locale.name: locale for locale in core_locales()}


@functools.cache
def grammars(language):
    return Grammars(merge_locales([LOCALES[language], LOCALES["und"]]))


def caption(text, language="en"):
    return grammars(language).captions.read(text)


def credit(text, language="en"):
    found = caption(text, language)
    return found.text, found.credit and (found.credit.agency, found.credit.photographer, found.credit.via)


STREET = "A street in Doeville."
# What stands behind the sentence: agency, photographer, via.
BEHIND = {
    " (Reuters)": ("Reuters", None, None),
    " (SANA/via Reuters)": ("SANA", None, "Reuters"),
    " (AP Photo/Jane Doe)": ("AP", "Jane Doe", None),
    " (AP)": ("AP", None, None),
    " (Jane Doe/Agency)": ("Agency", "Jane Doe", None),
    " (Jane Doe/The Associated Press)": ("The Associated Press", "Jane Doe", None),
    " (Jane Doe)": (None, "Jane Doe", None),
    " (Island)": ("Island", None, None),
    " (Doeville District Court, Eastern District of Doe)": ("Doeville District Court", None, None),
    " [Jane Doe/Agency]": ("Agency", "Jane Doe", None),
    " (Photo: Jane Doe)": (None, "Jane Doe", None),
    " (Picture: Getty)": ("Getty", None, None),
    " (AFP / JANE DOE)": ("AFP", "Jane Doe", None),
    " (Photo by Jane Doe)": (None, "Jane Doe", None),
    "\xa0AP Photo/Jane Doe": ("AP", "Jane Doe", None),
    " AP Photo/Jane R. Doe": ("AP", "Jane R. Doe", None),
    " REUTERS/Jane Doe": ("REUTERS", "Jane Doe", None),
    " REUTERS/Jane Doe/File Photo": ("REUTERS", "Jane Doe", None),
    " IMAGO/Jane Doe": ("IMAGO", "Jane Doe", None),
    " Jane Doe/AP": ("AP", "Jane Doe", None),
    " Jane Doe/via Reuters": (None, "Jane Doe", "Reuters"),
    " © Jane Doe/dpa": ("dpa", "Jane Doe", None),
    " © dpa | Jane Doe": ("dpa", "Jane Doe", None),
    "© Jane Doe/dpa": ("dpa", "Jane Doe", None),
    " (c) Jane Doe": (None, "Jane Doe", None),
    " Photograph: Jane Doe/Getty": ("Getty", "Jane Doe", None),
    " Photo by Jane Doe": (None, "Jane Doe", None),
    " — Picture by Jane van Doe": (None, "Jane van Doe", None),
    " Photo: Jane Doe for The Paper via Getty Images": ("The Paper", "Jane Doe", "Getty Images"),
    " Credit...Jane Doe for The Paper": ("The Paper", "Jane Doe", None),
    "Credit...Jane Doe": (None, "Jane Doe", None),
    " Image credit: Museum of Doe": ("Museum of Doe", None, None),
    " Photo courtesy of Jane Doe": (None, "Jane Doe", None),
    " Handout via Reuters": (None, None, "Reuters"),
    " HANDOUT / AFP": ("AFP", None, None),
    " | Jane Doe": (None, "Jane Doe", None),
    " Reuters": ("Reuters", None, None),
    "AFP": ("AFP", None, None),
    " /NNA": ("NNA", None, None),
    " (AP Photo/Jane Doe) -  Copyright  AP Photo": ("AP", "Jane Doe", None),
}


@pytest.mark.parametrize(("behind", "expected"), BEHIND.items(), ids=BEHIND)
def test_a_credit_behind_a_caption_is_taken_off_and_read(behind, expected):
    assert credit(STREET + behind) == (STREET, expected)


WITHOUT_FULL_STOP = {
    "A street in Doeville, Reuters": ("A street in Doeville", ("Reuters", None, None)),
    "A street in Doeville (Reuters)": ("A street in Doeville", ("Reuters", None, None)),
    "A street in Doeville / Jane Doe": ("A street in Doeville", (None, "Jane Doe", None)),
    "A street in Doeville DC Jane Doe/via Reuters": ("A street in Doeville DC", (None, "Jane Doe", "Reuters")),
    "The mayor in the valley AP Photo/Jane Doe": ("The mayor in the valley", ("AP", "Jane Doe", None)),
}


@pytest.mark.parametrize(("text", "expected"), WITHOUT_FULL_STOP.items(), ids=WITHOUT_FULL_STOP)
def test_a_caption_without_full_stop_gives_its_credit(text, expected):
    assert credit(text) == expected


NO_CREDITS = [
    STREET,
    "The Government of Doe Accord (GDA)",
    "The Government of Doe Accord (GDA).",
    "The minister of the GNA.",
    "The mayor (left)",
    "The mayor (left) and her son (right).",
    "The mayor. (Left)",
    "The mayor in her house (2019)",
    "The mayor in her house. (2019)",
    "The town (see map)",
    "The town (pop. 20,000)",
    "The town. (see map)",
    "The singer (Doe party) waves",
    "Jane Doe with Gen. Pat Roe",
    "Jane Doe meets Capt. John Roe",
    "The mayor in La Doe, Wis.",
    "The mayor, Jane Doe",
    "The mayor and/or her son",
    "The score was 3/4",
    "In the photo: a man on a horse",
    "The source of the river Doe",
    "The image of a town that Jane Doe left behind",
    "Photo: the mayor said that she would not come back to the town again",
    "The video was seen by all of the town, said the mayor.",
    "A street - and a river",
    "Rain | the second day of it",
]


@pytest.mark.parametrize("text", NO_CREDITS)
def test_what_only_looks_like_a_credit_stays_in_the_caption(text):
    assert credit(text) == (text, None)


PLACES_AND_DATES = {
    "Jane Doe leaves Roeville for the river, in Doeville, Doeland April 7, 2019. (Reuters)": (
        "Doeville, Doeland",
        "2019-04-07",
    ),
    "A convoy near Doeville, Doeland, February 2020. (Reuters)": ("near Doeville, Doeland", "2020-02"),
    "Rain outside Doeville on May 3, 2020. (AP)": ("outside Doeville", "2020-05-03"),
    "The mayor at the Doe Rally, Friday, Aug. 30, 2024, in Johnsville, Pa. (AP Photo/Jane Doe)": (
        "Johnsville, Pa.",
        "2024-08-30",
    ),
    "The mayor speaks in Doeville on Nov. 19, 2024. Photo: Jane Doe": ("Doeville", "2024-11-19"),
    "The mayor speaks in Doeville on Saturday. (AP)": ("Doeville", None),
    "Smoke rises in Doeville, Doeland. Reuters": ("Doeville, Doeland", None),
    "The mayor of Doeville, who in Roeville met her son, waves.": (None, None),
    "The mayor in May 2020. (AP)": (None, "2020-05"),
    "The mayor waves on 31 February 2019. (AP)": (None, None),
    "The mayor in her house. (AP)": (None, None),
}


@pytest.mark.parametrize(("text", "expected"), PLACES_AND_DATES.items(), ids=PLACES_AND_DATES)
def test_place_and_date_are_read_where_a_caption_closes_with_them(text, expected):
    found = caption(text)
    assert (found.place, found.date and found.date.iso) == expected


FLAGS = {
    "FILE PHOTO: A street in Doeville. REUTERS/Jane Doe": ("file",),
    "FILE - A street in Doeville. (AP Photo/Jane Doe)": ("file",),
    "A street in Doeville. REUTERS/Jane Doe/File Photo": ("file",),
    "A street in Doeville. (File photo)": ("file",),
    "A street in Doeville. Handout via Reuters": ("handout",),
    "A street in Doeville. Pool via Reuters": ("pool",),
    "A street in Doeville. (Screenshot/Doe TV)": ("screenshot",),
    "A street in Doeville. Editorial use only. (AP)": ("restricted",),
    "The mayor had to file a complaint near the pool. (AP)": (),
}


@pytest.mark.parametrize(("text", "expected"), FLAGS.items(), ids=FLAGS)
def test_flags_are_read_from_openings_and_credits(text, expected):
    assert caption(text).flags == expected


def test_a_caption_keeps_its_raw_line_its_text_and_its_span():
    text = "A convoy near Doeville, Doeland, February 2020. (SANA/via Reuters)"
    assert grammars("en").captions.read(f" {text} ", span=(3, 70)) == Caption(
        text="A convoy near Doeville, Doeland, February 2020.",
        raw=text,
        credit=Credit(raw="SANA/via Reuters", agency="SANA", via="Reuters"),
        place="near Doeville, Doeland",
        date=WireDate(iso="2020-02", precision="month", raw="February 2020"),
        span=(3, 70),
    )


LONE = {
    "Photo: Jane Doe/Agency": ("Agency", "Jane Doe", None),
    "(Image credit: Agency)": ("Agency", None, None),
    "Bloomberg/Jane Doe": ("Bloomberg", "Jane Doe", None),
    "APA/AFP/Jane Doe": ("APA/AFP", "Jane Doe", None),
    "IMAGO/ZUMA Press": ("IMAGO/ZUMA Press", None, None),
    "AFP": ("AFP", None, None),
    "Image: Jane Van Der Doe": (None, "Jane Van Der Doe", None),
    "Picture: iStock": ("iStock", None, None),
    "Copyright AP Photo": ("AP", None, None),
    "(Jane Doe)": (None, "Jane Doe", None),
    "Rain ends": None,
    "Jane Doe": None,
    "(left)": None,
    "(2019)": None,
    "In the photo: a man": None,
    "The Image of a man": None,
    "Credit where credit is due": None,
    "": None,
}


@pytest.mark.parametrize(("text", "expected"), LONE.items(), ids=LONE)
def test_a_credit_alone_on_its_line_is_read(text, expected):
    found = grammars("en").credits.read(text)
    assert (found and (found.agency, found.photographer, found.via)) == expected


OTHERS = [
    ("de", "Eine Straße in Doestadt. Foto: dpa", ("Eine Straße in Doestadt.", ("dpa", None, None))),
    ("de", "Eine Straße. (Foto: Jane Doe/AFP)", ("Eine Straße.", ("AFP", "Jane Doe", None))),
    ("de", "Jane Doe im StudioQuelle: Jane Roe/dpa", ("Jane Doe im Studio", ("dpa", "Jane Roe", None))),
    ("de", "Eine Straße. (Symbolbild) © Jane Doe", ("Eine Straße. (Symbolbild)", (None, "Jane Doe", None))),
    ("de", "Jane Doe (CDU) und John Roe (SPD)", ("Jane Doe (CDU) und John Roe (SPD)", None)),
    ("de", "Jane Doe (r.)", ("Jane Doe (r.)", None)),
    ("fr", "Une rue à Doeville. JANE DOE / AFP", ("Une rue à Doeville.", ("AFP", "Jane Doe", None))),
    ("fr", "Une rue à Doeville (à gauche)", ("Une rue à Doeville (à gauche)", None)),
    ("es", "Una calle de Doevilla.EFE", ("Una calle de Doevilla.", ("EFE", None, None))),
    ("es", "Una calle de Doevilla. Foto: Jane Doe", ("Una calle de Doevilla.", (None, "Jane Doe", None))),
    ("ru", "Улица в городе. Фото: Иван Доев, ТАСС", ("Улица в городе.", ("ТАСС", "Иван Доев", None))),
    ("ja", "国旗＝ＡＰ", ("国旗", ("AP", None, None))),
    ("ja", "会見する市長（中）", ("会見する市長（中）", None)),
    ("ar", "شارع في المدينة (رويترز)", ("شارع في المدينة", ("رويترز", None, None))),
]


@pytest.mark.parametrize(("language", "text", "expected"), OTHERS, ids=[row[1] for row in OTHERS])
def test_other_languages_sign_pictures_with_their_own_words(language, text, expected):
    assert credit(text, language) == expected


def test_a_very_long_line_is_kept_whole():
    text = "A street. " * 1000 + "(Reuters)"
    assert caption(text) == Caption(text=text, raw=text)


HOSTILE = [
    "(",
    ")",
    "()",
    "1 ",
    " ",
    "/",
    "A/",
    "A B/",
    "Photo: ",
    "© ",
    "in A, ",
    ". A",
    "(AP) ",
    "(A ",
    "via ",
    "＝",
    "a",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_captions_are_read_in_bounded_time(piece):
    began = time.process_time()
    for size in (199, 1499, 100_000):
        text = (piece * size)[:size]
        caption(text)
        caption(text[:-1] + ")")
        grammars("en").credits.read(text)
    # Longer lines are not looked at, and a credit is sought in the last characters alone.
    assert time.process_time() - began < 0.2


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "ja", "ar", "de"]))
def test_any_text_is_read(text, language):
    for line in (text, f"{STREET} ({text})", f"{STREET} {text}/AP", f"Photo: {text}"):
        found = caption(line, language)
        assert found.raw == (line.strip() or None)
        assert found.text is None or found.text in line
