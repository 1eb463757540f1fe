"""The parser as it is called: what it is told, and what it refuses."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

import newsparse
from newsparse import Document, Label, ParseContext, Parser, Role, SourceProfile
from newsparse.extensions import LineView
from newsparse.windows import BLOCK

SEED = next((Path(__file__).parent.parent / "seeds").glob("*.txt")).read_bytes().decode("utf-8")


@pytest.mark.parametrize(("told", "expected"), [(1, 1), (2, 2)])
def test_who_knows_the_number_of_articles_says_so(parser: Parser, told: int, expected: int) -> None:
    assert expected == len(parser.parse(SEED, articles=told).articles)


def test_a_number_that_the_text_does_not_hold_is_met_as_nearly_as_it_can(parser: Parser) -> None:
    found = len(parser.parse(f"{SEED}\n\n\n{SEED}", articles=5).articles)

    assert 4 <= found <= 6


def test_what_is_no_text_is_a_wrong_call(parser: Parser) -> None:
    with pytest.raises(TypeError, match=r"newsparse\.read takes files"):
        parser.parse(b"Rain Ends")  # type: ignore[arg-type]


def test_unknown_names_are_named_with_those_that_are_known() -> None:
    with pytest.raises(newsparse.UnknownLanguageError, match="unknown language 'xx'; known: ar, cs"):
        Parser(languages=("xx",), plugins=[])
    with pytest.raises(newsparse.UnknownSourceError, match="unknown source 'nowhere'; known: none"):
        Parser(source="nowhere", plugins=[])


def test_a_parser_pickles_however_much_it_remembers() -> None:
    parser = Parser(plugins=[], languages=("en",))
    expected = [parser.parse(f"{SEED}\n\nRain {number} Ends\n\n{SEED[number:]}") for number in range(0, 400, 4)]
    restored = pickle.loads(pickle.dumps(parser))

    assert parser.config == restored.config
    assert expected[-1] == restored.parse(expected[-1].text)


def test_stated_roles_and_starts_are_obeyed(parser: Parser) -> None:
    text = "Old News\nRain Ends\nIt rained.\nLENGTH: 2 words\nSnow Begins\nIt snowed.\n"
    stated = [
        Label(1, Role.FURNITURE),
        Label(2, Role.HEADLINE),
        Label(3, Role.BODY),
        Label(4, Role.FIELD),
        Label(5, Role.BODY, starts_article=True),
        Label(6, Role.CAPTION),
    ]
    fields = [(0, "section", "Weather"), (None, "wire", "7")]
    dump = parser.parse_document(Document(text, labels=stated, fields=fields))

    assert [line.role for line in dump.lines] == ["furniture", "headline", "body", "field", "body", "caption"]
    assert [line.article for line in dump.lines] == [None, 0, 0, 0, 1, 1]
    assert [(one.headline, one.section) for one in dump.articles] == [("Rain Ends", "Weather"), (None, None)]
    assert [one.extra for one in dump.articles] == [{"wire": "7"}, {"wire": "7"}]


def test_a_field_that_cannot_be_is_left_out_and_named(parser: Parser) -> None:
    dump = parser.parse_document(Document(SEED, fields=[(0, "authors", "one name"), (1, "section", "World")]))

    assert [article.section for article in dump.articles] == [None, "World"]
    assert [issue.code for issue in dump.issues] == ["field-refused"]


def test_a_document_whose_lines_are_all_stated_begins_articles_where_it_says_and_nowhere_else(parser: Parser) -> None:
    text = "Rain Ends\nIt rained.\n\nSnow Begins\nIt snowed.\n\nWind Turns\nIt blew.\n"
    roles = [Role.HEADLINE, Role.BODY, Role.BLANK, Role.HEADLINE, Role.BODY, Role.BLANK, Role.HEADLINE, Role.BODY]
    labels = [Label(line, role, line == 7) for line, role in enumerate(roles, 1) if role is not Role.BLANK]
    dump = parser.parse_document(Document(text, labels=labels))

    assert [line.article for line in dump.lines] == [0, 0, None, 0, 0, None, 1, 1]
    assert [article.body for article in dump.articles] == [("It rained.", "It snowed."), ("It blew.",)]
    assert [dump.confidence(index) for index in (0, 1)] == [1.0, 1.0]
    assert dump.doubts() == ()


def test_a_label_with_a_weight_makes_its_line_as_much_surer(parser: Parser) -> None:
    def margin(weight: int) -> int:
        labels = [Label(5, Role.MARKER, weight=weight)]
        found = parser.parse_document(Document(SEED, labels=labels)).explainer.margins()[4]
        assert found is not None
        return found[0]

    # The seed's fifth line is a marker without any label.
    assert margin(200) - margin(100) == 100


def test_a_document_that_states_its_number_is_read_as_with_that_hint(parser: Parser) -> None:
    stated = parser.parse_document(Document(SEED, articles=1))

    assert stated == parser.parse(SEED, articles=1)
    assert len(stated.articles) == 1
    assert parser.parse_document(Document(SEED, articles=2), articles=1) == parser.parse(SEED)
    none = parser.parse_document(Document(SEED, articles=0))
    assert none.articles == ()
    assert {line.article for line in none.lines} == {None}


@pytest.mark.parametrize(
    ("role", "said"),
    [pytest.param(Role.CAPTION, ("A quay.",), id="caption"), pytest.param(Role.FIELD, (), id="field")],
)
def test_what_is_stated_to_begin_is_an_article_whatever_it_holds(
    parser: Parser, role: Role, said: tuple[str, ...]
) -> None:
    one = Document("A quay.\n", labels=[Label(1, role)], fields=[(0, "wire", "7")])
    begun = attrs.evolve(one, labels=[Label(1, role, starts_article=True)])

    assert parser.parse_document(one).articles == ()
    for document in (begun, attrs.evolve(one, articles=1)):
        dump = parser.parse_document(document)
        (article,) = dump.articles
        assert tuple(caption.text for caption in article.captions) == said
        assert article.extra == {"wire": "7"}
        assert dump.lines[0].article == 0


def test_fields_alone_are_an_article_where_one_is_stated(parser: Parser) -> None:
    document = Document(fields=[(0, "headline", "Rain Ends")], articles=1)

    assert [article.headline for article in parser.parse_document(document).articles] == ["Rain Ends"]
    assert parser.parse_document(attrs.evolve(document, articles=None)).articles == ()
    assert parser.parse("", articles=1).articles == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", " \r"])
def test_lines_that_go_on_are_one_paragraph_and_stay_lines_of_the_ledger(parser: Parser, end: str) -> None:
    lines = {
        "  Rain Ends After": Role.HEADLINE,
        "  Two Days": Role.HEADLINE,
        "A flooded quay in": Role.CAPTION,
        "Westhaven.": Role.CAPTION,
        "It rained for": Role.BODY,
        "  two days in": Role.BODY,
        "the valley.": Role.BODY,
        "It stopped.": Role.BODY,
        "A flooded quay in ": Role.CAPTION,
        "Westhaven. ": Role.CAPTION,
    }
    begins = {"  Rain Ends After", "A flooded quay in", "It rained for", "It stopped.", "A flooded quay in "}
    labels = [Label(line, lines[text], continues=text not in begins) for line, text in enumerate(lines, 1)]
    text = end.join(lines)
    dump = parser.parse_document(Document(text, labels=labels, articles=1))
    (article,) = dump.articles

    assert article.headline == "Rain Ends After Two Days"
    assert article.body == ("It rained for two days in the valley.", "It stopped.")
    assert [block.text for block in article.blocks] == [article.headline, "A flooded quay in Westhaven.", *article.body]
    assert [" ".join(text[slice(*block.span or ())].split()) for block in article.blocks] == [
        block.text for block in article.blocks
    ]
    assert [caption.span for caption in article.captions] == [article.blocks[1].span]
    repeats = [Role.CAPTION_REPEAT, Role.CAPTION_REPEAT]
    assert [line.role for line in dump.lines] == [*list(lines.values())[:-2], *repeats]
    assert {line.article for line in dump.lines} == {0}


def test_a_line_goes_on_only_from_one_that_is_the_same(parser: Parser) -> None:
    labels = [Label(1, Role.HEADLINE), Label(2, Role.BODY, continues=True), Label(3, Role.FURNITURE)]
    labels += [Label(4, Role.BODY, continues=True), Label(5, Role.BODY, starts_article=True, continues=True)]
    dump = parser.parse_document(
        Document("Rain Ends\nIt rained\nPage 2\nand stopped.\nIt snowed.\n", labels=labels, articles=2)
    )

    assert [article.body for article in dump.articles] == [("It rained and stopped.",), ("It snowed.",)]


def test_lines_go_on_in_a_stream_as_in_a_text() -> None:
    def annotate(lines: LineView, context: ParseContext) -> Iterator[Label]:
        for line in lines:
            if line.text.startswith("Rain"):
                yield Label(line.number, Role.HEADLINE, starts_article=True)
            elif line.text:
                yield Label(line.number, Role.BODY, continues=line.text.startswith("and"))

    parser = Parser(source=SourceProfile("wrapped", annotate=annotate), languages=("en",), plugins=[])
    text = "".join(f"Rain {number}\n\nIt rained {number} times\nand stopped.\nIt is dry.\n\n" for number in range(9000))
    assert len(text.splitlines()) > BLOCK
    whole = parser.parse(text).articles
    assert whole[8000].body == ("It rained 8000 times and stopped.", "It is dry.")
    pieces = list(parser.iter_articles([text]))
    assert [article.body for article in pieces] == [article.body for article in whole]


def test_of_fields_that_are_stated_twice_the_last_one_holds(parser: Parser) -> None:
    labels = [Label(1, Role.HEADLINE), Label(2, Role.HEADLINE, starts_article=True)]
    fields = [
        (1, "section", "World"),
        (None, "section", "Weather"),
        (None, "a", 1),
        (0, "section", "Sport"),
        (0, "b", 2),
    ]
    dump = parser.parse_document(Document("Rain Ends\nSnow Begins\n", labels=labels, fields=fields))

    assert [article.section for article in dump.articles] == ["Sport", "Weather"]
    assert [article.extra for article in dump.articles] == [{"a": 1, "b": 2}, {"a": 1}]
