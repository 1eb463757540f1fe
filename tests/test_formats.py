import io
import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.dicts import article_from_dict, article_to_dict
from newsparse.dump import Dump
from newsparse.errors import OptionError, UnknownFormatError
from newsparse.extensions import OutputFormat, WriteContext
from newsparse.formats import CORE_FORMATS
from newsparse.formats.jsons import json_line
from newsparse.hookspecs import hookimpl
from newsparse.models import Article, Caption, Dateline, Issue
from newsparse.outputs import render
from newsparse.plugins import PluginSet, load_plugins
from tests.samples import BARE, FLOOD

CORE = load_plugins([])

FLOOD_TEXT = """\
Region

River Floods Harbour

Ferries stay in port

Second night of rain

By Ada Moss and Ben Reed

2031-05-06T07:08

PORT ELM —

The river rose.

Bridges shut

It fell again.


A boat in a street. (Elm Press)

The bridge.
"""

FLOOD_MARKDOWN = """\
*Region*

# River Floods Harbour

**Ferries stay in port**

**Second night of rain**

*By Ada Moss and Ben Reed*

*2031-05-06T07:08*

PORT ELM —

The river rose.

## Bridges shut

It fell again.

> A boat in a street. (Elm Press)

> The bridge.
"""

texts = st.text(st.characters(codec=None, exclude_categories=()), min_size=1, max_size=30)


def rendered(articles: Any, format: str, **options: object) -> str:
    text = render(articles, format, options, CORE)
    assert isinstance(text, str)
    return text


def test_text_is_laid_out_for_reading() -> None:
    assert rendered(FLOOD, "text") == FLOOD_TEXT


def test_three_blank_lines_part_the_articles_of_a_text() -> None:
    assert rendered([BARE, FLOOD, BARE], "text") == f"Rain Ends\n\n\n\n{FLOOD_TEXT}\n\n\nRain Ends\n"


def test_a_dateline_that_the_body_holds_is_not_said_twice() -> None:
    article = Article(dateline=Dateline(raw="PORT ELM —"), body=("PORT ELM — The river rose.",))
    assert rendered(article, "text") == "PORT ELM — The river rose.\n"


@given(st.lists(texts, max_size=4), st.lists(texts, max_size=3))
def test_no_piece_of_an_article_can_part_a_text(paragraphs: list[str], deck: list[str]) -> None:
    article = Article(headline="Rain Ends", deck=deck, body=paragraphs, captions=[Caption(text=text) for text in deck])
    text = rendered([article, article], "text")
    first, second = text.removesuffix("\n").split("\n\n\n\n")
    assert first == second
    assert first.count("\n\n\n") <= 1
    assert first.startswith("Rain Ends")


def test_markdown_marks_what_is_what() -> None:
    assert rendered(FLOOD, "markdown") == FLOOD_MARKDOWN


def test_a_rule_parts_the_articles_of_markdown() -> None:
    assert rendered([BARE, BARE], "markdown") == "# Rain Ends\n\n---\n\n# Rain Ends\n"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("5 * 3_4 [note] `x` ~y~ <b>", r"5 \* 3\_4 \[note\] \`x\` \~y\~ \<b>"),
        ("# No heading", r"\# No heading"),
        ("- no item", r"\- no item"),
        ("--- no rule", r"\--- no rule"),
        ("> no quote", r"\> no quote"),
        ("12. no item", r"12\. no item"),
        ("3) no item", r"3\) no item"),
        ("In 2031. It rained", "In 2031. It rained"),
        ("Salt & sand", "Salt & sand"),
        ("AT&amp;T &#8212;", r"AT\&amp;T \&\#8212;"),
        ("back\\slash", r"back\\slash"),
        ("two\n\nlines", "two lines"),
    ],
)
def test_signs_of_markdown_are_escaped(text: str, escaped: str) -> None:
    assert rendered(Article(body=(text,)), "markdown") == escaped + "\n"


def test_json_is_one_object_with_articles_and_issues() -> None:
    dump = Dump(articles=(FLOOD, BARE), issues=(Issue("charset-guessed", "byte 0xE9", 1),))
    text = rendered(dump, "json")
    found = json.loads(text)
    assert list(found) == ["newsparse", "articles", "issues"]
    assert found["newsparse"]["schema"] == 1
    assert tuple(map(article_from_dict, found["articles"])) == dump.articles
    assert found["issues"] == [{"code": "charset-guessed", "message": "byte 0xE9", "line": 1, "plugin": None}]
    assert '\n      "headline": "River Floods Harbour",\n' in text


def test_json_without_articles_is_whole() -> None:
    text = rendered([], "json")
    found = json.loads(text)
    assert (found["articles"], found["issues"]) == ([], [])
    assert text.endswith('\n  "articles": [],\n  "issues": []\n}\n')


def test_json_lines_join() -> None:
    both = rendered([FLOOD, BARE], "jsonl")
    assert both == rendered(FLOOD, "jsonl") + rendered(BARE, "jsonl")
    assert [article_from_dict(json.loads(line)) for line in both.splitlines()] == [FLOOD, BARE]


@given(texts, st.lists(texts, max_size=3), st.dictionaries(texts, texts, max_size=2))
def test_json_gives_every_text_back(headline: str, body: list[str], extra: dict[str, str]) -> None:
    article = Article(headline=headline, body=body, extra=extra)
    # A high and a low surrogate side by side are one character to JSON, as they are to UTF-16.
    expected = article_from_dict(json.loads(json.dumps(attrs.asdict(article))))
    assert article_from_dict(json.loads(rendered(article, "json"))["articles"][0]) == expected
    (line,) = rendered(article, "jsonl").splitlines()
    assert article_from_dict(json.loads(line)) == expected


@pytest.mark.parametrize("name", ["text", "markdown", "csv"])
def test_a_lone_surrogate_becomes_a_replacement_character(name: str) -> None:
    assert "torn \ufffd word" in rendered(Article(body=("torn \ud83c word",)), name)


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_a_lone_surrogate_is_an_escape_in_json(name: str) -> None:
    assert r"torn \ud83c word" in rendered(Article(body=("torn \ud83c word",)), name)


@pytest.mark.parametrize("format", CORE_FORMATS, ids=lambda format: format.name)
def test_an_unknown_option_names_the_known_ones(format: OutputFormat) -> None:
    with pytest.raises(
        OptionError, match=f"{format.name} has no option 'colour'; known: {', '.join(format.options) or 'none'}"
    ):
        render(BARE, format.name, {"colour": "red"}, CORE)


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(UnknownFormatError, match="'papyrus'; known: csv, json"):
        render(BARE, "papyrus", plugins=CORE)


@pytest.mark.parametrize("wrong", ["text", [1], [None]], ids=["str", "numbers", "none"])
def test_only_articles_and_dumps_are_rendered(wrong: Any) -> None:
    with pytest.raises(OptionError, match="an article or a dump can be rendered, not"):
        render(wrong, "text", plugins=CORE)


class CardWriter:
    def __init__(self, stream: Any, context: WriteContext):
        self.stream = stream

    def write(self, article: Article) -> None:
        self.stream.write(b"card\xff")

    def close(self) -> None:
        self.stream.write(b".")


@pytest.fixture
def cards() -> PluginSet:
    class Cards:
        @hookimpl
        def newsparse_register_formats(self) -> list[OutputFormat]:
            return [OutputFormat("card", ".card", "application/card", binary=True, holds="one", open=CardWriter)]

    return load_plugins([Cards()])


def test_a_binary_format_gives_bytes(cards: PluginSet) -> None:
    assert render(BARE, "card", plugins=cards) == b"card\xff."


def test_a_format_of_one_article_refuses_several(cards: PluginSet) -> None:
    with pytest.raises(OptionError, match="card holds one article a file, and there are several: write to a folder"):
        render([BARE, BARE], "card", plugins=cards)


def test_writers_take_articles_one_at_a_time_and_leave_the_stream_open() -> None:
    for format in CORE_FORMATS:
        stream = io.BytesIO()
        writer = format.open(stream, WriteContext())
        writer.write(FLOOD)
        # A database is a whole only when it is closed; until then it waits on disk.
        assert format.binary or b"River Floods Harbour" in stream.getvalue()
        writer.close()
        assert b"River Floods Harbour" in stream.getvalue()
        assert not stream.closed


def test_issues_that_come_while_writing_are_written() -> None:
    issues: list[Issue] = []
    stream = io.BytesIO()
    writer = CORE.formats["json"].open(stream, WriteContext(issues=issues))
    writer.write(BARE)
    issues.append(Issue("cut-short", "elm.txt breaks off"))
    writer.close()
    assert [issue["code"] for issue in json.loads(stream.getvalue())["issues"]] == ["cut-short"]


def test_an_article_of_megabytes_is_a_line_like_any_other() -> None:
    article = Article(
        headline="torn \ud83c", body=["The river\u2028 rose. \ud83c " * 100_000, "It fell."], extra={"a": [1]}
    )
    written = render([FLOOD, article], "jsonl", plugins=CORE)
    assert written.count("\n") == 2
    assert written.splitlines()[1].encode() + b"\n" == json_line(article_to_dict(article))
