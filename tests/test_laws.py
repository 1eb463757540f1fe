import io
import json
import pickle
import re
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from random import Random

import attrs
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import newsparse
from benchmarks.texts import wire_text, wire_texts
from newsparse import Article, Dump, Parser, Role
from newsparse.windows import BLOCK, REACH
from tests.digests import digest, digests_elsewhere
from tests.strategies import LINE_ENDS, OTHER_SEPARATORS, dirty_text, dumps, text_without_returns

MEGABYTE = 1_000_000
EXTREMES = {
    "empty": "",
    "one line end": "\n",
    "one long line": "rain and wind " * (MEGABYTE // 14),
    "one long line of brackets": "(" * MEGABYTE,
    "blank lines": "\n" * 200_000,
    "equal lines": "It rained in the valley for two days, the mayor said on Monday.\n" * 20_000,
    "a NUL": "\x00",
    "lone surrogates": "\ud800\n\udfff \udc80",
    "every separator": "rain".join((*LINE_ENDS, *OTHER_SEPARATORS, "\n\r")),
    "byte order marks": "\ufeff\nRain Ends\ufeff\n\ufeff",
}
every_extreme = pytest.mark.parametrize("text", EXTREMES.values(), ids=EXTREMES)


def examples(function):
    """The extreme texts that are short enough to be tried by every law."""
    for text in EXTREMES.values():
        if len(text) < 100:
            function = example(text)(function)
    return function


def without_spans(article: Article) -> Article:
    """An article as it would be anywhere: spans and origin say where it was found."""
    return attrs.evolve(
        article,
        captions=[attrs.evolve(caption, span=None) for caption in article.captions],
        blocks=[attrs.evolve(block, span=None) for block in article.blocks],
        origin=None,
    )


def content(dump: Dump) -> list[Article]:
    return [without_spans(article) for article in dump.articles]


def assert_ledger(dump: Dump, text: str) -> None:
    lines = list(dump.lines)
    assert sum(len(line.raw) for line in lines) == len(text)
    assert "".join(line.raw for line in lines) == text
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert [line.stop for line in lines] == list(accumulate(len(line.raw) for line in lines))
    assert all(line.stop - line.start == len(line.raw) > 0 for line in lines)


@given(dirty_text())
@examples
def test_the_lines_of_a_dump_tile_its_text(parser, text):
    assert_ledger(parser.parse(text), text)


@given(dirty_text())
@examples
def test_a_line_ends_where_editors_end_it_and_nowhere_else(parser, text):
    assert [line.raw for line in parser.parse(text).lines] == list(io.StringIO(text, newline=""))


@given(dirty_text())
@examples
def test_each_line_has_one_role_and_an_article_or_none(parser, text):
    dump = parser.parse(text)
    for line in dump.lines:
        assert line.role in Role
        assert line.text == line.raw.strip()
        assert (line.role is Role.BLANK) == (not line.text)
        assert line.article is None or line.article in range(len(dump.articles))
        assert line.role not in (Role.BLANK, Role.FURNITURE, Role.RELATED, Role.MARKER) or line.article is None


@given(dirty_text())
@examples
def test_an_article_has_lines_and_its_blocks_stand_where_they_say(parser, text):
    dump = parser.parse(text)
    assert {line.article for line in dump.lines} - {None} == set(range(len(dump.articles)))
    for article in dump.articles:
        for block in article.blocks:
            start, stop = block.span
            assert block.text
            assert dump.text[start:stop].strip() == block.text


@given(dirty_text())
@examples
def test_no_field_holds_an_empty_text(parser, text):
    for article in parser.parse(text).articles:
        fields = [article.headline, article.section, article.byline, article.language, article.source]
        fields += [*article.deck, *article.authors, *article.body]
        fields += [part for caption in article.captions for part in (caption.text, caption.raw, caption.place)]
        assert "" not in fields


@given(dirty_text(), st.integers(1, 3))
def test_a_told_number_of_articles_is_a_hint_and_loses_no_line(parser, text, number):
    assert_ledger(parser.parse(text, articles=number), text)


@settings(max_examples=30)  # each makes a parser
@given(dirty_text(), dirty_text())
def test_the_same_text_gives_the_same_dump_warm_and_cold_and_after_others(parser, text, other):
    first = parser.parse(text)
    parser.parse(other)
    assert digest(parser.parse(text)) == digest(first)
    assert digest(Parser(plugins=[]).parse(text)) == digest(first)


@settings(max_examples=10)
@given(st.lists(dirty_text() | dumps().map(lambda dump: dump.text), min_size=8, max_size=20))
def test_eight_threads_on_one_parser_find_what_one_finds(texts):
    alone = Parser(plugins=[])
    expected = [digest(alone.parse(text)) for text in texts]
    shared = Parser(plugins=[])
    start = threading.Barrier(8)

    def read(number: int) -> list[str]:
        start.wait()
        turned = texts[number:] + texts[:number]
        found = [digest(shared.parse(text)) for text in turned]
        return found[len(texts) - number :] + found[: len(texts) - number]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(read, range(8))) == [expected] * 8
    finally:
        sys.setswitchinterval(interval)


@settings(max_examples=2)
@given(st.lists(dirty_text() | dumps().map(lambda dump: dump.text), min_size=20, max_size=40), st.integers(1, 1000))
def test_another_process_with_another_hash_seed_finds_the_same(parser, texts, hash_seed):
    texts = [*texts, *wire_texts(5)]
    assert digests_elsewhere(texts, hash_seed) == [digest(parser.parse(text)) for text in texts]


# JSON's escapes make one character of a high and a low surrogate side by side; no decoder leaves such a pair in a text.
SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@given(dirty_text() | dumps().map(lambda dump: dump.text))
@examples
def test_from_dict_is_the_inverse_of_to_dict_also_through_json(parser, text):
    dump = parser.parse(text)
    row = dump.to_dict()
    assert newsparse.from_dict(row) == dump
    assume(not SURROGATE_PAIR.search(text))
    restored = newsparse.from_dict(json.loads(json.dumps(row)))
    assert restored == dump
    assert restored.to_dict() == row
    assert [article.id for article in restored.articles] == [article.id for article in dump.articles]


@given(dirty_text() | dumps().map(lambda dump: dump.text))
@examples
def test_a_pickled_dump_is_the_same_dump(parser, text):
    dump = parser.parse(text)
    restored = pickle.loads(pickle.dumps(dump))
    assert restored == dump
    assert restored.to_dict() == dump.to_dict()


@given(dumps())
def test_a_restored_dump_explains_nothing_unless_its_reasons_were_stored(parser, dump):
    parsed = parser.parse(dump.text)
    numbers = range(1, len(parsed.lines) + 1)
    reasons = [parsed.explain(number) for number in numbers]
    assert any(reasons)
    bare = newsparse.from_dict(json.loads(json.dumps(parsed.to_dict())))
    assert not any(bare.explain(number) for number in numbers)
    assert (bare.doubts(), [bare.confidence(index) for index in range(len(bare.articles))]) == (
        (),
        [None] * len(bare.articles),
    )
    stored = newsparse.from_dict(json.loads(json.dumps(parsed.to_dict(explain=True))))
    assert [stored.explain(number) for number in numbers] == reasons
    assert stored == parsed
    assert stored.to_dict(explain=True) == parsed.to_dict(explain=True)


@given(dirty_text())
@examples
def test_doubts_and_confidence_can_be_asked_of_any_dump(parser, text):
    dump = parser.parse(text)
    assert all(1 <= doubt.line <= len(dump.lines) and doubt.margin >= 0 for doubt in dump.doubts())
    confidences = [dump.confidence(index) for index in range(len(dump.articles))]
    assert all(value is None or 0 <= value <= 1 for value in confidences)


@given(dumps())
def test_the_stories_of_a_dump_come_back(parser, dump):
    found = [
        (article.headline, article.body, tuple((caption.text, caption.credit.raw) for caption in article.captions))
        for article in parser.parse(dump.text).articles
    ]
    expected = []
    for story in dump.stories:
        caption, _, credit = story.captions[0].rpartition(" (")
        expected.append((story.headline, story.paragraphs, ((caption, credit.removesuffix(")")),)))
    assert found == expected


@given(dumps(max_stories=2), dumps(max_stories=2))
def test_two_dumps_end_to_end_give_the_articles_of_both(parser, one, other):
    # What the second repeats from the first is evidence: this is a law of dumps of other words.
    lines = [{line.strip() for line in dump.text.split("\n")} for dump in (one, other)]
    assume(lines[0] & lines[1] <= {"", "TT", "20"})
    both = parser.parse(f"{one.text}\n\n\n{other.text}")
    assert content(both) == content(parser.parse(one.text)) + content(parser.parse(other.text))


@given(text_without_returns() | dumps().map(lambda dump: dump.text), st.sampled_from(LINE_ENDS))
def test_the_kind_of_line_end_changes_no_article(parser, text, end):
    assert content(parser.parse(text.replace("\n", end))) == content(parser.parse(text))


@given(text_without_returns() | dumps().map(lambda dump: dump.text), st.sampled_from((" ", "  ", "\t", "\u00a0")))
def test_blanks_at_the_ends_of_lines_change_no_text(parser, text, blank):
    assert content(parser.parse(text.replace("\n", f"{blank}\n"))) == content(parser.parse(text))


@given(dumps())
def test_doubling_a_caption_changes_only_repeats(parser, dump):
    caption = dump.stories[0].captions[0]
    doubled = parser.parse(dump.text.replace(caption, f"{caption}\n{caption}", 1))
    once = parser.parse(dump.text)
    assert content(doubled) == content(once)
    assert len(doubled.lines) == len(once.lines) + 1
    kept = [(line.text, line.role) for line in once.lines if line.role is not Role.CAPTION_REPEAT]
    assert [(line.text, line.role) for line in doubled.lines if line.role is not Role.CAPTION_REPEAT] == kept


@settings(max_examples=5)
@given(st.integers(0, 1000), st.lists(dirty_text(), max_size=10))
def test_a_stream_gives_the_articles_of_the_whole_text(parser, seed, dirt):
    random = Random(seed)
    pieces = [wire_text(random) for _ in range(REACH // 10)]
    for piece in dirt:
        pieces.insert(random.randrange(len(pieces)), piece)
    text = "".join(pieces)
    assert text.count("\n") > 3 * REACH
    # Smaller blocks than a parse uses, so that the text has several.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsparse.windows.BLOCK", REACH)
        streamed = [without_spans(article) for article in parser.iter_articles(io.StringIO(text, newline=""))]
        assert streamed == content(parser.parse(text))


@given(dirty_text(), st.integers(1, 50))
@example(EXTREMES["every separator"], 1)
def test_how_a_stream_is_cut_into_chunks_makes_no_difference(parser, text, size):
    chunks = [text[start : start + size] for start in range(0, len(text), size)]
    assert "".join(piece.text for piece in parser.iter_pieces(chunks)) == text
    assert [without_spans(article) for article in parser.iter_articles(chunks)] == content(parser.parse(text))


@every_extreme
def test_extreme_texts_obey_the_laws(parser, text):
    dump = parser.parse(text)
    assert_ledger(dump, text)
    assert parser.parse(text) == dump
    assert newsparse.from_dict(json.loads(json.dumps(dump.to_dict()))) == dump
    assert pickle.loads(pickle.dumps(dump)) == dump
    streamed = parser.iter_articles(io.StringIO(text, newline=""))
    assert [without_spans(article) for article in streamed] == content(dump)


# Long texts are read in windows of lines; these numbers of lines lie where one ends or begins.
EDGES = sorted(
    {blocks * BLOCK + reaches * REACH + one for blocks in (1, 3) for reaches in (0, 1, 2) for one in (-1, 0, 1)}
)


@pytest.mark.parametrize("lines", EDGES)
@pytest.mark.parametrize("unit", ["\n", "x\n", "It rained in the valley for two days.\r\n\r\n\r\n"])
def test_a_text_of_any_number_of_lines_is_tiled_whole_and_as_a_stream(parser, unit, lines):
    text = unit * (lines // unit.count("\n")) + "\n" * (lines % unit.count("\n"))
    assert_ledger(parser.parse(text), text)
    assert "".join(piece.text for piece in parser.iter_pieces([text])) == text


@pytest.mark.parametrize("text", ["", "\n", " \t\n\r\n", "\x0c"])
def test_a_text_without_any_article_gives_none(parser, text):
    assert parser.parse(text).articles == ()
