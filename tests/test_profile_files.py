from importlib import resources
from pathlib import Path

import pytest

from newsparse import Clue, LinePattern, ProfileError, Role, SourceProfile, load_profile, load_profiles
from newsparse.forms import check_pattern, place_of
from newsparse.profilefiles import read_profile

FULL = r"""
name = "harbour"
title = "Harbour Press"
version = "1"
languages = ["en", "sv"]
markers = ["A-A+"]
furniture = ["Terms of use"]
separators = ["=== next ==="]
credits = ["Harbour Press"]
layouts = [["headline", "caption", "A-A+", "headline", "caption"]]
opens = ["TITLE"]

[recognise]
lines = { "A-A+" = 30 }
starts = ["HARBOUR (HP) -"]
phrases = { "Harbour Press" = 40 }
layout = 60

[labels]
TITLE = "headline"
LENGTH = "length"

[[patterns]]
name = "sign-off"
role = "other"
contains = ["Reporting by"]
pattern = '\(Reporting by (?P<reporting>[^;)]++)\)$'
"""


def test_every_key_of_a_file_is_a_field_of_the_profile() -> None:
    assert read_profile(FULL) == SourceProfile(
        "harbour",
        title="Harbour Press",
        version="1",
        languages=("en", "sv"),
        markers=("A-A+",),
        furniture=("Terms of use",),
        separators=("=== next ===",),
        credits=("Harbour Press",),
        layouts=(("headline", "caption", "A-A+", "headline", "caption"),),
        opens=("TITLE",),
        recognise=(
            Clue("A-A+", "line", 30),
            Clue("HARBOUR (HP) -", "start", 50),
            Clue("Harbour Press", "phrase", 40),
            Clue("", "layout", 60),
        ),
        labels={"TITLE": "headline", "LENGTH": "length"},
        patterns=(LinePattern("sign-off", r"\(Reporting by (?P<reporting>[^;)]++)\)$", Role.OTHER, ("Reporting by",)),),
    )


def test_a_name_is_enough() -> None:
    assert read_profile('name = "harbour"') == SourceProfile("harbour")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        pytest.param("name = ", "it is no TOML", id="no-toml"),
        pytest.param('title = "Harbour"', "name is missing: write name", id="no-name"),
        pytest.param('name = "x"\nmarker = ["A"]', "unknown key marker; known: name, .*markers", id="unknown-key"),
        pytest.param('name = "x"\nmarkers = "A"', "markers is 'A': write a list", id="no-list"),
        pytest.param('name = "x"\nmarkers = [3]', "markers is 3: write a text in quotes", id="no-text"),
        pytest.param('name = "x"\nmarkers = [" "]', "markers is ' ': write a text", id="blank"),
        pytest.param('name = "x"\nlabels = ["A"]', "labels is .*: write a table", id="no-table"),
        pytest.param('name = "x"\nopens = ["A"]', "opens names 'A', which is none of the labels", id="opens"),
        pytest.param('name = "x"\n[recognise]\nwords = ["A"]', "unknown key recognise.words", id="unknown-clue"),
        pytest.param('name = "x"\n[recognise.lines]\nA = 0', "recognise.lines.'A' is 0: .* from 1 to 100", id="points"),
        pytest.param('name = "x"\n[recognise]\nlayout = true', "recognise.layout is True", id="points-bool"),
        pytest.param('name = "x"\n[[patterns]]\npattern = "A"', "patterns: name", id="nameless-pattern"),
        pytest.param('name = "x"\n[[patterns]]\nname = "p"', "patterns p: pattern is ''", id="no-pattern"),
        pytest.param(
            'name = "x"\n[[patterns]]\nname = "p"\npattern = "A"\nrole = "credits"',
            "role is 'credits'; known",
            id="role",
        ),
        pytest.param('name = "x"\n[[patterns]]\nname = "p"\npattern = "(A+)+"', "repeats a repeat", id="nested"),
        pytest.param('name = "x"\nlayouts = [["headline", "caption"]]', "fits any text", id="layout-of-anything"),
        pytest.param('name = "x"\nlayouts = [["TT", "headline"]]', "begins with an article's first line", id="layout"),
    ],
)
def test_what_is_wrong_is_named_with_file_key_and_remedy(tmp_path: Path, toml: str, message: str) -> None:
    path = tmp_path / "harbour.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(ProfileError, match=rf"(?s)harbour\.toml: .*{message}"):
        load_profile(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"nowhere\.toml: cannot be read: No such file"):
        load_profile(tmp_path / "nowhere.toml")
    with pytest.raises(ProfileError, match="nowhere: cannot be read"):
        load_profiles(tmp_path / "nowhere")


def test_a_file_that_is_not_utf8_is_named_with_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "harbour.toml"
    path.write_bytes(b'name = "h\xe4fen"')
    with pytest.raises(ProfileError, match="byte 9 is not UTF-8"):
        load_profile(path)


def test_a_folder_gives_its_profiles_by_file_name(tmp_path: Path) -> None:
    for name in ("rain", "breeze"):
        (tmp_path / f"{name}.toml").write_text(f'name = "{name}"', encoding="utf-8")
    (tmp_path / "README.md").write_text("no profile", encoding="utf-8")
    assert [profile.name for profile in load_profiles(tmp_path)] == ["breeze", "rain"]


def test_a_package_s_folder_gives_its_profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "harbour_profiles"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "harbour.toml").write_text('\ufeffname = "harbour"', encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert [profile.name for profile in load_profiles(resources.files("harbour_profiles"))] == ["harbour"]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"(a+)+", "repeats a repeat"),
        (r"(?:a|b+)*", "repeats a repeat"),
        (r"(a+){1,4}", "repeats a repeat"),
        (r"(?=(a*)*)b", "repeats a repeat"),
        (r"a*b*c*", "3 repeats that may backtrack"),
        (r"(a)\1", "refers back"),
        (r"(a", "is no regular expression"),
    ],
)
def test_a_pattern_that_may_take_forever_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(ProfileError, match=reason):
        check_pattern(pattern)


@pytest.mark.parametrize("pattern", [r"a*b*c*+", r"\d{4}-\d{2}-\d{2}", r"(?:a++;)+", r"(?i:by) (?P<authors>.+)$"])
def test_a_pattern_that_cannot_is_taken(pattern: str) -> None:
    check_pattern(pattern)


def test_a_layout_s_words_are_places_or_lines() -> None:
    assert [place_of(word) for word in ("headline", "caption2", "TT", "body", "caption22")] == [
        Role.HEADLINE,
        Role.CAPTION,
        None,
        None,
        None,
    ]
