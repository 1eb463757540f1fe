"""The seed's right answer, whole."""

from collections import Counter
from pathlib import Path

from newsparse import Credit, Parser, Role, WireDate

SEED = next((Path(__file__).parent.parent / "seeds").glob("*.txt")).read_bytes().decode("utf-8")
DUMP = Parser(plugins=[]).parse(SEED)


def test_there_are_two_articles_with_sixteen_and_four_paragraphs() -> None:
    assert [len(article.body) for article in DUMP.articles] == [16, 4]


def test_each_headline_stands_once() -> None:
    assert [article.headline for article in DUMP.articles] == [
        "Misrata Militias Mobilize to Save Libya’s Sarraj",
        "US Military Says It Strikes Iran-Backed Militia Facility in Syria",
    ]


def test_each_article_has_one_caption_with_credit_place_and_date() -> None:
    first, second = (caption for article in DUMP.articles for caption in article.captions)

    assert first.text is not None
    assert first.text.endswith("advancing to Tripoli, in Benghazi, Libya April 7, 2019.")
    assert Credit(raw="Reuters", agency="Reuters") == first.credit
    assert first.place == "Benghazi, Libya"
    assert WireDate("2019-04-07", "day", "April 7, 2019") == first.date
    assert second.text == "A convoy of US military vehicles near Qamishli, Syria, February 2020."
    assert Credit(raw="SANA/via Reuters", agency="SANA", via="Reuters") == second.credit
    assert second.place == "near Qamishli, Syria"
    assert WireDate("2020-02", "month", "February 2020") == second.date


def test_what_the_text_does_not_say_is_none() -> None:
    for article in DUMP.articles:
        assert (
            article.authors,
            article.byline,
            article.dateline,
            article.published,
            article.updated,
            article.section,
            article.deck,
            article.source,
        ) == ((), None, None, None, None, None, (), None)
        assert article.language == "en"


def test_ten_lines_are_set_aside_each_with_reasons_and_none_is_lost() -> None:
    aside = [line for line in DUMP.lines if line.role in (Role.HEADLINE_REPEAT, Role.CAPTION_REPEAT, Role.MARKER)]

    assert Counter({Role.CAPTION_REPEAT: 6, Role.HEADLINE_REPEAT: 2, Role.MARKER: 2}) == Counter(
        line.role for line in aside
    )
    assert all(any(reason.weight > 0 for reason in DUMP.explain(line.number)) for line in aside)
    assert Counter(line.role for line in DUMP.lines) - Counter(line.role for line in aside) == Counter(
        {Role.BLANK: 29, Role.BODY: 20, Role.HEADLINE: 2, Role.CAPTION: 2}
    )
    assert "".join(line.raw for line in DUMP.lines) == SEED


def test_spans_are_places_in_the_text() -> None:
    for article in DUMP.articles:
        for block in article.blocks:
            assert block.span is not None
            assert block.text == SEED[slice(*block.span)]
        for caption in article.captions:
            assert caption.span is not None
            assert caption.raw == SEED[slice(*caption.span)]
