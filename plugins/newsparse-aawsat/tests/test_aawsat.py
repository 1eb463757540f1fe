from pathlib import Path

import pytest
from hypothesis import given, settings

import newsparse
import newsparse_aawsat
from benchmarks import layouts
from newsparse.testing import Case, KnownDump, assert_case, check_plugin, dumps, load_cases

CASES = load_cases(Path(__file__).parent / "cases")
PLAIN = newsparse.Parser(plugins=[])
INSTALLED = newsparse.Parser(plugins=[newsparse_aawsat])
SEED = Path(__file__).parents[3] / "seeds" / "000_ea817f18116cfa36.txt"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    assert_case(case, [newsparse_aawsat])


def test_the_seed_gives_the_same_articles_and_is_known_as_the_papers() -> None:
    text = SEED.read_text(encoding="utf-8")
    dump, plain = INSTALLED.parse(text), PLAIN.parse(text)
    assert dump.source == "aawsat"
    assert dump.lines == plain.lines
    assert [article.body for article in dump.articles] == [article.body for article in plain.articles]
    assert [article.captions for article in dump.articles] == [article.captions for article in plain.articles]
    assert {article.source for article in dump.articles} == {"Asharq Al-Awsat"}


def test_a_slash_in_a_caption_of_2017_makes_no_photographer() -> None:
    [case] = [case for case in CASES if str(case) == "template-of-2017"]
    [dump] = case.dumps([newsparse_aawsat])
    [caption] = dump.articles[0].captions
    assert caption.text == "The mayor opens the ferry pier in Port Hallam"
    assert caption.credit == newsparse.Credit("NNA", "NNA")


@given(dumps([layouts.standard, layouts.with_number, layouts.without_caption, layouts.padded], max_stories=3))
@settings(max_examples=25)
def test_stories_come_back_from_every_layout_with_a_marker(known: KnownDump) -> None:
    dump = INSTALLED.parse(known.text)
    assert dump.source == "aawsat"
    assert [article.headline for article in dump.articles] == [story.headline for story in known.stories]
    assert [article.body for article in dump.articles] == [story.paragraphs for story in known.stories]


def test_the_plugin_keeps_what_every_plugin_must() -> None:
    check_plugin(newsparse_aawsat, [case.text for case in CASES])


def test_the_rest_of_the_corpus_stays_as_it_is() -> None:
    from benchmarks import corpus

    folder = corpus.data_folder()
    if folder is None:
        pytest.skip(corpus.NO_DATA)
    texts = corpus.every_text(folder / "corpus")
    # Some texts of the corpus were laid out in this form by those who made it; they have its marker.
    strangers = [name for name, text in texts.items() if "TT" not in text.split("\n")]
    assert len(strangers) > 500
    # All texts take a minute; every third shows the same.
    for name in strangers[::3]:
        assert INSTALLED.parse(texts[name]) == PLAIN.parse(texts[name]), name
