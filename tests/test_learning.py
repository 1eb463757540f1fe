"""A source profile from counts: what it proposes, what it leaves alone, and that counts add up."""

import tomllib
from pathlib import Path

import attrs
import pytest

from newsparse import Clue, Document, Label, Parser, Role, load_profile
from newsparse.cli import main
from newsparse.counting import Counts
from newsparse.profilefiles import read_profile
from newsparse.proposals import proposal_toml, propose

STORIES = {
    "Ferry Returns to Harbour After Storm": "The ferry that had waited outside the harbour came in, the port said.",
    "Bridge Opens After Year of Repair": "The bridge over the river Lind is open again after a year, the city said.",
    "Rain Ends in Northern Valleys": "The rain that had flooded the valley ended in the night, the service said.",
    "Museum Finds Lost Map in Cellar": "The museum of the port has found a map that it had missed for years, it said.",
    "School Wins Prize for Solar Roof": "The school on the hill won a prize for the roof that pupils built, it said.",
}
MENU = ["Harbour Press: News of the Coast", "Harbour Tides", "Ferry Timetables"]
FOOT = ["Terms of the Harbour Press", "About the Harbour Newsroom"]


def page(headline: str, body: str, number: int) -> Document:
    """A page of a made-up site: menu, headline and caption twice around its button, author, story, footer.

    Its lines are labelled, so that nothing rests on how a text without labels is read.
    """
    caption = f"The scene on Monday, as a reader of the paper saw it from house number {number}. (Harbour Pictures)"
    opening = [headline, caption, "A-A+", headline, caption]
    author = "By Ada Lindgren" if number < 3 else "By Jo Berg"
    story = [body, f"It was time number {number} in a year, a man who lives close by told the paper on Monday."]
    lines = [*MENU, *opening, author, *story, *FOOT]
    roles = ["furniture"] * 3 + ["headline", "caption", "marker", "headline_repeat", "caption_repeat", "byline"]
    return labelled(lines, [*roles, "body", "body", "furniture", "furniture"])


def labelled(lines: list[str], roles: list[str]) -> Document:
    labels = [Label(2 * place + 1, Role(role)) for place, role in enumerate(roles)]
    return Document("\n\n".join(lines) + "\n", labels=labels)


PAGES = [page(headline, body, number) for number, (headline, body) in enumerate(STORIES.items())]


@pytest.fixture(scope="module")
def english() -> Parser:
    return Parser(languages=("en",), plugins=[])


def counted(parser: Parser, pages: list[Document]) -> Counts:
    counts = Counts()
    for text in pages:
        counts.add(parser.parse_document(text))
    return counts


def test_what_all_pages_share_is_the_site_s(english: Parser) -> None:
    profile = propose(counted(english, PAGES), "harbour").profile
    assert {*profile.markers, *profile.furniture} == {*MENU, *FOOT, "A-A+"}
    assert profile.name == "harbour"


def test_stories_and_authors_are_left_alone(english: Parser) -> None:
    proposal = propose(counted(english, PAGES), "harbour")
    named = " ".join(entry.value for entry in proposal.entries)
    assert "Lindgren" not in named
    assert not any(headline in named for headline in STORIES)


def test_the_layout_of_openings_is_found(english: Parser) -> None:
    profile = propose(counted(english, PAGES), "harbour").profile
    assert ("headline", "caption", "A-A+", "headline", "caption") in profile.layouts


def test_two_dumps_are_not_enough(english: Parser) -> None:
    assert propose(counted(english, PAGES[:2]), "harbour").entries == ()


def test_the_source_is_recognised_by_what_was_learned(english: Parser) -> None:
    profile = propose(counted(english, PAGES[:4]), "harbour").profile
    assert Clue(MENU[0], points=34) in profile.recognise
    again = Parser(source=profile, plugins=[]).parse(PAGES[4].text)
    (article,) = again.articles
    assert article.headline == "School Wins Prize for Solar Roof"
    kept = {line.text for line in again.lines if line.article is not None}
    assert kept.isdisjoint([*MENU, *FOOT, "A-A+"])


def test_counts_add_up_in_any_order(english: Parser) -> None:
    whole = counted(english, PAGES)
    for cut in (1, 3):
        parts = [counted(english, PAGES[:cut]), counted(english, PAGES[cut:])]
        for one, other in (parts, [counted(english, PAGES[cut:]), counted(english, PAGES[:cut])]):
            one.merge(other)
            assert proposal_toml(propose(one, "harbour")) == proposal_toml(propose(whole, "harbour"))


def test_memory_has_a_limit(english: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsparse.counting.MOST_LINES", 20)
    counts = counted(english, PAGES)
    assert len(counts.lines) <= 20
    assert {*MENU, *FOOT} <= {seen.text for seen in counts.lines.values()}


def test_header_labels_become_fields(english: Parser) -> None:
    writers = ["Jo Berg", "Ada Lindgren", "Eva Holm", "Per Lund", "Ida Falk"]
    pages = [
        attrs.evolve(
            labelled([headline, f"LENGTH: {len(body)} words", f"Words: {writer}", body], ["headline", "other"]),
            fields=[(0, "authors", [writer])],
        )
        for writer, (headline, body) in zip(writers, STORIES.items(), strict=True)
    ]
    profile = propose(counted(english, pages), "harbour").profile
    assert profile.labels == {"LENGTH": "length", "Words": "authors"}


def test_the_file_is_the_profile_with_what_each_entry_rests_on(english: Parser) -> None:
    proposal = propose(counted(english, PAGES), "harbour")
    toml = proposal_toml(proposal)
    assert read_profile(toml).furniture == proposal.profile.furniture
    assert read_profile(toml).layouts == proposal.profile.layouts
    assert read_profile(toml).recognise == proposal.profile.recognise
    (line,) = [line for line in toml.splitlines() if MENU[0] in line and "#" in line]
    assert "# 5 dumps: 5 lines" in line


def test_a_line_with_half_a_character_is_still_toml(english: Parser) -> None:
    odd = 'Print \ud800 "all" \\ of it\x7f'
    proposal = propose(
        counted(english, [Document(text.text + odd + "\n", labels=text.labels) for text in PAGES]), "harbour"
    )
    assert odd in proposal.profile.furniture
    assert tomllib.loads(proposal_toml(proposal))["name"] == "harbour"


def test_the_command_writes_a_file_that_parse_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, text in enumerate(PAGES):
        (tmp_path / f"{number}.txt").write_text(text.text, encoding="utf-8")
    out = tmp_path / "harbour.toml"
    inputs = [str(tmp_path / f"{number}.txt") for number in range(4)]
    assert main(["learn", *inputs, "--name", "harbour", "-o", str(out)]) == 0
    assert "from 4 dumps" in capsys.readouterr().err
    assert load_profile(out).name == "harbour"
    assert main(["parse", str(tmp_path / "4.txt"), "--profile", str(out), "--to", "json"]) == 0
    assert '"School Wins Prize for Solar Roof"' in capsys.readouterr().out
    assert main(["parse", inputs[0], "--profile", str(tmp_path / "0.txt")]) == 2
    assert "0.txt: it is no TOML" in capsys.readouterr().err
