"""Whatever an article holds, what is written is valid and reads back the same text."""

import csv
import io
import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newsparse.dicts import article_from_dict, article_to_dict
from newsparse.extensions import WriteContext
from newsparse.models import Article, Block, Caption, Credit, Role, WireDate
from newsparse.outputs import render
from newsparse.plugins import load_plugins
from newsparse.rows import article_from_row

CORE = load_plugins([])
# A reader of Markdown as strict as CommonMark and as eager as GitHub's: every sign that either takes for markup counts.
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
LINE_END_RE = re.compile(r"\r\n|\r|\n")

EVIL = (
    "]]>",
    "<script>alert(1)</script> &amp; &#0; <!-- x -->",
    "# *md* _it_ `c` [a](b) ![c](d) ~~e~~ | f | g\n--- | ---",
    "- a\n> b\n1. c\n=====\n    code",
    "quotes \" and ' and\r\nline ends\rof\nevery kind",
    "'; DROP TABLE articles; --",
    "beep \x07 escape \x1b[31m cut \x00 page \x0c next \x85 and \u2028 more",
    "torn \ud83c word",
    "\u202eالعربية\u202c עברית",
    "=1+1",
    "back\\slash\\",
    "${x} %s {y} \\N{BULLET}",
    "a\u0301 ﬁ ß 🏳️‍🌈 \U0010ffff \ufffe",
)
texts = st.sampled_from(EVIL) | st.text(st.characters(codec=None, exclude_categories=()), min_size=1, max_size=30)
articles = st.builds(
    lambda headline, deck, section, byline, body, subhead, caption, credit: Article(
        headline=headline,
        deck=deck,
        section=section,
        byline=byline,
        published=WireDate("2031-05-06", "day"),
        captions=[Caption(caption, f"{caption} ({credit})", Credit(credit))],
        body=body,
        blocks=[Block(Role.SUBHEAD, subhead), *(Block(Role.BODY, paragraph) for paragraph in body)],
        extra={"said": credit},
    ),
    texts,
    st.lists(texts, max_size=2),
    texts,
    texts,
    st.lists(texts, min_size=1, max_size=3),
    texts,
    texts,
    texts,
)


def rendered(given: Any, format: str, **options: str) -> Any:
    return render(given, format, options, CORE)


def without(text: str, characters: str = "") -> str:
    """The text as a format gives it back that can hold neither lone surrogates nor these characters."""
    return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" or sign in characters else sign for sign in text)


def stripped_lines(text: str) -> list[str]:
    return [line for line in map(str.strip, LINE_END_RE.split(text)) if line]


def pieces(article: Article) -> list[str]:
    """All pieces of one of these articles in the order in which it is read."""
    above = [
        article.section,
        article.headline,
        *article.deck,
        article.byline,
        article.published and article.published.iso,
    ]
    captions = [caption.raw for caption in article.captions]
    return [text or "" for text in (*above, *(block.text for block in article.blocks), *captions)]


@given(articles)
def test_json_gives_the_article_back(article: Article) -> None:
    # A high and a low surrogate side by side are one character to JSON.
    expected = article_from_dict(json.loads(json.dumps(article_to_dict(article))))
    assert article_from_dict(json.loads(rendered(article, "json"))["articles"][0]) == expected
    [line] = rendered([article], "jsonl").splitlines()
    assert article_from_dict(json.loads(line)) == expected


def everywhere(value: Any) -> Any:
    """JSON values whose every text is as `without` has it."""
    if isinstance(value, dict):
        return {without(name): everywhere(item) for name, item in value.items()}
    if isinstance(value, list):
        return [everywhere(item) for item in value]
    return without(value) if isinstance(value, str) else value


@given(articles)
def test_csv_gives_the_article_back(article: Article) -> None:
    [row] = csv.DictReader(io.StringIO(rendered(article, "csv"), newline=""), strict=True)
    assert article_from_row(row) == article_from_dict(everywhere(article_to_dict(article)))
    rows = list(csv.DictReader(io.StringIO(rendered(article, "csv", rows="paragraph"), newline=""), strict=True))
    assert [row["text"] for row in rows] == [without(block.text) for block in article.blocks]


@given(articles)
def test_sqlite_gives_the_texts_back(article: Article) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(rendered(article, "sqlite"))
        [row] = database.execute("SELECT headline, section, byline, text FROM articles").fetchall()
        assert row == tuple(
            without(text or "", "\0") for text in (article.headline, article.section, article.byline, article.text)
        )
        paragraphs = database.execute("SELECT text FROM paragraphs ORDER BY number").fetchall()
        assert paragraphs == [(without(block.text, "\0"),) for block in article.blocks]
        assert database.execute("SELECT raw FROM captions").fetchall() == [
            (without(article.captions[0].raw or "", "\0"),)
        ]
        # SQLite's own functions see the whole text.
        assert database.execute("SELECT length(headline) FROM articles").fetchall() == [(len(article.headline or ""),)]
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@given(articles)
def test_text_gives_the_pieces_back(article: Article) -> None:
    running, captions = rendered(article, "text").removesuffix("\n").split("\n\n\n") if pieces(article) else ("", "")
    found = [*running.split("\n\n"), *captions.split("\n\n")]
    assert found == [text for text in ("\n".join(stripped_lines(without(piece))) for piece in pieces(article)) if text]


@given(articles)
def test_markdown_shows_the_pieces(article: Article) -> None:
    shown = []
    for token in MARKDOWN.parse(rendered(article, "markdown")):
        assert token.type in ("inline", "paragraph_open", "paragraph_close", "blockquote_open", "blockquote_close") or (
            token.tag in ("h1", "h2")
        )
        if token.type == "inline":
            children = token.children or []
            assert {child.type for child in children} <= {"text", "em_open", "em_close", "strong_open", "strong_close"}
            shown.append("".join(child.content for child in children))
    assert shown == [
        text for text in (" ".join(stripped_lines(without(piece, "\0"))) for piece in pieces(article)) if text
    ]


@pytest.mark.parametrize("name", ["csv", "json", "jsonl", "markdown", "sqlite", "standoff", "text"])
def test_a_paragraph_of_a_megabyte_is_written_whole(name: str) -> None:
    long = "The river — & <b> *rose* \u202eنهر " * 40_000
    written = rendered(Article(headline="Rain", body=[long]), name)
    data = written.encode() if isinstance(written, str) else written
    assert len(data) >= len(long.encode())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("json", {}),
        ("jsonl", {}),
        ("standoff", {}),
        ("csv", {"\ud83c": 2}),
        ("text", {"\ud83c": 2}),
        ("markdown", {"\ud83c": 2, "\0": 1}),
    ],
)
def test_what_a_format_cannot_hold_is_counted(name: str, expected: dict[str, int]) -> None:
    context = WriteContext()
    writer = CORE.formats[name].open(io.BytesIO(), context)
    writer.write(Article(headline="torn \ud83c", body=["and \0 \ud83c \x07"]))
    writer.close()
    assert context.replaced == Counter(expected)
