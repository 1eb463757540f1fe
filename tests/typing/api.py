"""Checked by mypy --strict and never run: the public API as a caller with types uses it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, assert_type

import newsparse
from newsparse import (
    Article,
    Block,
    Caption,
    Config,
    Credit,
    Dateline,
    Document,
    Dump,
    Issue,
    Label,
    Line,
    Origin,
    OutputFormat,
    Parser,
    ReadContext,
    Reader,
    Reason,
    Role,
    Rule,
    SourceProfile,
    WireDate,
    WriteContext,
    hookimpl,
)


def read_a_dump(text: str, path: Path) -> None:
    dump = newsparse.parse(text, articles=1)
    assert_type(dump, Dump)
    assert_type(dump.articles, tuple[Article, ...])
    assert_type(dump.lines[0], Line)
    assert_type(dump.lines[0].role, Role)
    assert_type(dump.lines[0].article, int | None)
    assert_type(dump.explain(1), tuple[Reason, ...])
    assert_type(dump.confidence(0), float | None)
    assert_type(newsparse.from_dict(dump.to_dict()), Dump)
    assert_type(newsparse.render(dump, "json"), str | bytes)
    article = dump.articles[0]
    assert_type(article.headline, str | None)
    assert_type(article.body, tuple[str, ...])
    assert_type(article.captions, tuple[Caption, ...])
    assert_type(article.captions[0].credit, Credit | None)
    assert_type(article.published, WireDate | None)
    assert_type(article.dateline, Dateline | None)
    assert_type(article.text, str)
    parser = Parser(source="aawsat", languages=("en", "ar"), plugins=None, strict=False)
    assert_type(parser.iter_dumps([path, "seeds"]), Iterator[Dump])
    with path.open(encoding="utf-8") as stream:
        assert_type(parser.iter_articles(stream), Iterator[Article])
    for each in newsparse.read("seeds", path):
        assert_type(each, Dump)


def make_records_by_hand() -> Dump:
    date = WireDate("2024-06-03", "day")
    caption = Caption(text="Rain.", credit=Credit("HP", agency="HP"), date=date, flags=["file"], span=(0, 5))
    article = Article(
        headline="Rain",
        body=("It rained.",),
        captions=[caption],
        blocks=(Block(Role.BODY, "It rained."),),
        dateline=Dateline(place="Port Linden"),
        origin=Origin(path="a.txt"),
        extra={"urgency": 4},
    )
    return Dump(text="Rain\n", articles=[article], lines=[Line(raw="Rain\n", text="Rain")], issues=[Issue("x", "y")])


class HeadlineWriter:
    """Satisfies `newsparse.extensions.Writer` without naming it."""

    def __init__(self, stream: BinaryIO, context: WriteContext):
        self.stream = stream

    def write(self, article: Article) -> None:
        self.stream.write((article.headline or "").encode())

    def close(self) -> None:
        self.stream.flush()


def sniff(head: bytes, name: str) -> int:
    return 100 if head.startswith(b"HP") else 0


def read(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    yield Document(stream.read().decode(), labels=[Label(1, Role.HEADLINE)], fields=[(0, "urgency", 4)])


@hookimpl
def newsparse_register_formats(config: Config) -> Iterable[OutputFormat]:
    return [OutputFormat("headlines", ".lst", open=HeadlineWriter, options=("mark",))]


@hookimpl
def newsparse_register_readers() -> Iterable[Reader]:
    return [Reader("hp", suffixes=[".hp"], sniff=sniff, read=read)]


@hookimpl
def newsparse_register_sources() -> Iterable[SourceProfile]:
    return [SourceProfile("hp", title="Harbour Press", markers=["A-A+"], labels={"LENGTH": "length"})]


@hookimpl
def newsparse_register_rules() -> Iterable[Rule]:
    return [Rule("hp_share", lines=["pass it on"], weights={"marker": 20}, title="a share button")]
