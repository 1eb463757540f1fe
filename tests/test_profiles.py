"""What a source profile does to a text: markers, separators, headers, layouts, patterns, its own functions."""

import pickle
import re
from collections.abc import Iterator
from random import Random

import attrs
import pytest

from newsparse import Document, Dump, Label, LinePattern, Parser, Role, SourceProfile
from newsparse.extensions import Draft, LineView, ParseContext
from newsparse.windows import BLOCK

BODY = "The ferry that had waited outside the harbour came in on Monday, the port authority said."
OTHER = "The bridge over the river Lind is open again after a year of repairs, the city council said."


def parsed(profile: SourceProfile, text: str) -> Dump:
    """A text read with a profile; its paragraphs are stated, so that nothing rests on how others are read."""
    stated = {BODY: Role.BODY, OTHER: Role.BODY, "Rain": Role.HEADLINE, "Wind": Role.HEADLINE}
    lines = enumerate(map(str.strip, text.splitlines()), 1)
    labels = [Label(number, stated[line]) for number, line in lines if line in stated]
    return Parser(source=profile, languages=("en",), plugins=[]).parse_document(Document(text, labels=labels))


def roles(dump: Dump) -> dict[str, str]:
    return {line.text: str(line.role) for line in dump.lines if line.text}


def test_markers_and_furniture_are_set_aside_however_they_are_written() -> None:
    profile = SourceProfile("harbour", markers=["Print it!"], furniture=["Terms – of the “Press”"])
    found = roles(parsed(profile, f'Ferry Returns\nPRINT IT!\n\n{BODY}\n\nTerms - of the "Press"\n'))
    assert found["PRINT IT!"] == "marker"
    assert found['Terms - of the "Press"'] in ("furniture", "marker", "related")
    assert found[BODY] == "body"


def test_separators_part_articles() -> None:
    dump = parsed(SourceProfile("harbour", separators=["* * *"]), f"Rain\n{BODY}\n* * *\n\nWind\n{OTHER}\n")
    assert len(dump.articles) == 2
    assert [line.article for line in dump.lines] == [0, 0, None, None, 1, 1]


HEADERS = SourceProfile(
    "harbour",
    labels={
        "TITLE": "headline",
        "WRITER": "authors",
        "LOAD-DATE": "published",
        "UPDATED": "updated",
        "FROM": "dateline",
        "SUMMARY": "deck",
        "LENGTH": "length",
    },
    opens=["TITLE"],
)


def test_header_lines_become_fields_of_their_article() -> None:
    header = "TITLE: Ferry Returns\nWriter: Jo Berg\nLOAD-DATE: June 3, 2024\nSUMMARY: It came.\nLENGTH: 355 words\n"
    dump = parsed(HEADERS, f"{header}\n{BODY}\n\n{header.replace('Jo Berg', 'Ada Lindgren')}\n{OTHER}\n")
    first, second = dump.articles
    assert (first.headline, first.authors, second.authors) == ("Ferry Returns", ("Jo Berg",), ("Ada Lindgren",))
    assert (first.published and first.published.iso, first.deck) == ("2024-06-03", ("It came.",))
    assert first.extra == {"length": "355 words"}
    assert roles(dump)["Writer: Jo Berg"] == "field"


def test_a_value_that_cannot_be_read_is_kept_and_not_guessed() -> None:
    (article,) = parsed(HEADERS, f"TITLE: Ferry Returns\nWRITER: staff\nLOAD-DATE: soon\nUPDATED:\n\n{BODY}\n").articles
    assert (article.authors, article.published, article.updated) == ((), None, None)
    assert article.extra == {"WRITER": "staff", "LOAD-DATE": "soon"}


def test_credits_are_known_to_the_grammar_of_captions() -> None:
    caption = "The ferry at the pier in Port Linden on Monday, Harbour Pictures"
    labels = [Label(1, Role.HEADLINE), Label(2, Role.CAPTION), Label(3, Role.BODY)]

    def credit(profile: SourceProfile) -> str | None:
        parser = Parser(source=profile, languages=("en",), plugins=[])
        document = Document(f"Ferry Returns\n{caption}\n{BODY}\n", labels=labels)
        found = parser.parse_document(document).articles[0].captions[0].credit
        return found and found.agency

    assert credit(SourceProfile("harbour")) is None
    assert credit(SourceProfile("harbour", credits=["Harbour Pictures"])) == "Harbour Pictures"


LAID_OUT = SourceProfile("harbour", layouts=[["headline", "caption", "TT", "headline", "caption"]])


def opened(headline: str, caption: str, body: str) -> str:
    return f"{headline}\n{caption}\nTT\n\n{headline}\n {caption}\n\n{body}\n\n"


def test_a_layout_says_what_the_lines_of_an_opening_are() -> None:
    text = opened("Ferry Returns", "At the pier", BODY) + opened("Bridge Opens", "Over the river", OTHER)
    dump = parsed(LAID_OUT, text)
    expected = ["headline", "caption", "marker", "headline_repeat", "caption_repeat", "body"]
    assert [str(line.role) for line in dump.lines if line.text] == expected * 2
    assert [article.headline for article in dump.articles] == ["Ferry Returns", "Bridge Opens"]


SIGNED = SourceProfile(
    "harbour",
    patterns=[
        LinePattern("sign-off", r"\(Reporting by (?P<reporting>[^;)]++)\)$", Role.OTHER, ("Reporting",)),
        LinePattern("number", r"No\. (?P<story_number>\d{6})$", Role.FIELD, starts_article=True),
    ],
)


def test_patterns_say_what_lines_are_and_fill_fields() -> None:
    text = f"No. 004711\nRain\n{BODY}\n(Reporting by Jo Berg)\nNo. 004712\nWind\n{OTHER}\n"
    dump = parsed(SIGNED, text)
    assert [article.extra for article in dump.articles] == [
        {"story_number": "004711", "reporting": "Jo Berg"},
        {"story_number": "004712"},
    ]
    assert roles(dump)["(Reporting by Jo Berg)"] == "other"
    assert roles(dump)["No. 004712"] == "field"


def numbered(lines: LineView, context: ParseContext) -> Iterator[Label]:
    """Every line that names its own number begins an article; the line above and below must be in reach."""
    for index, line in enumerate(lines):
        found = re.match(r"Story at line (\d+)$", line.text)
        if found and int(found[1]) == line.number:
            behind = lines[index + 1].text if index + 1 < len(lines) else "end"
            yield Label(line.number, Role.HEADLINE, starts_article=True, reason=behind or "blank")


def long_text(lines: int) -> str:
    random = Random(lines)
    rows = [BODY if random.random() < 0.5 else "" for _ in range(lines)]
    for number in range(1, lines, 997):
        rows[number - 1] = f"Story at line {number}"
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("lines", [5, BLOCK + 5])
def test_annotate_sees_lines_as_the_text_numbers_them_whole_or_streamed(lines: int) -> None:
    parser = Parser(source=SourceProfile("harbour", annotate=numbered), languages=("en",), plugins=[])
    text = long_text(lines)
    expected = [f"Story at line {number}" for number in range(1, lines, 997)]
    whole = parser.parse(text)
    assert whole.issues == ()
    assert [article.headline for article in whole.articles] == expected
    pieces = list(parser.iter_pieces(text[start : start + 5000] for start in range(0, len(text), 5000)))
    assert [article.headline for piece in pieces for article in piece.articles] == expected
    assert "".join(piece.text for piece in pieces) == text
    assert [line.role for piece in pieces for line in piece.lines] == [line.role for line in whole.lines]


def test_the_lines_given_to_annotate_are_the_text_and_cannot_be_changed() -> None:
    seen: list[object] = []

    def look(lines: LineView, context: ParseContext) -> list[Label]:
        seen.append([(line.number, line.start, line.stop, line.raw, line.text) for line in lines])
        seen.append((lines[-1].text, [line.text for line in lines[:2]], context.source))
        lines[0].text = "Mine"  # type: ignore[misc]
        return []

    text = "Rain\r\n\r\n It rained.\r"
    dump = parsed(SourceProfile("harbour", annotate=look), text)
    assert seen == [
        [(1, 0, 6, "Rain\r\n", "Rain"), (2, 6, 8, "\r\n", ""), (3, 8, 20, " It rained.\r", "It rained.")],
        ("It rained.", ["Rain", ""], "harbour"),
    ]
    assert "FrozenInstanceError" in dump.issues[0].message


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        pytest.param("body", "gave a str, not a Label", id="type"),
        pytest.param(Label(3), "label for line 3; lines 1 to 2", id="line"),
        pytest.param(Label(1, "body"), "role 'body'", id="role"),  # type: ignore[arg-type]
        pytest.param(Label(1, Role.BODY, weight=10**9), "weight 1000000000; 4000 is the most", id="weight"),
    ],
)
def test_a_label_that_cannot_be_is_a_fault_and_none_counts(label: Label, reason: str) -> None:
    profile = SourceProfile("harbour", version="3", annotate=lambda lines, context: [Label(2, Role.CAPTION), label])
    dump = parsed(profile, f"Rain\n{BODY}")
    (issue,) = dump.issues
    assert issue.plugin == "profile harbour 3"
    assert reason in issue.message
    assert dump.lines == parsed(SourceProfile("plain"), f"Rain\n{BODY}").lines


def test_mend_sets_fields_and_what_it_set_before_it_failed_stays() -> None:
    def mend(draft: Draft, context: ParseContext) -> None:
        draft.set("section", context.source, "known")
        draft.set("extra", {"when": object()}, "not JSON")

    dump = parsed(SourceProfile("harbour", mend=mend), f"Rain\n\n{BODY}")
    assert (dump.articles[0].section, dump.articles[0].extra) == ("harbour", {})
    assert "extra takes values that JSON has" in dump.issues[0].message


@pytest.mark.parametrize("profile", [LAID_OUT, SIGNED, HEADERS], ids=["layout", "patterns", "labels"])
def test_a_parser_with_a_profile_pickles(profile: SourceProfile) -> None:
    parser = Parser(source=profile, languages=("en",), plugins=[])
    text = opened("Ferry Returns", "At the pier", BODY) + f"TITLE: Rain\n{OTHER}\n(Reporting by Jo Berg)\n"
    assert pickle.loads(pickle.dumps(parser)).parse(text) == parser.parse(text)


def test_a_profile_may_be_given_by_hand_beside_one_of_its_name() -> None:
    profile = SourceProfile("harbour", title="Harbour Press")
    assert parsed(attrs.evolve(profile, title="Tides"), f"Rain\n\n{BODY}").articles[0].source == "Tides"


@pytest.mark.parametrize("field", ["markers", "credits", "separators", "furniture", "recognise", "patterns"])
def test_a_list_of_something_else_is_refused_when_the_profile_is_made(field: str) -> None:
    with pytest.raises(ValueError, match="hold"):
        SourceProfile("harbour", **{field: [3]})
