"""Articles from anywhere, to be written: made by hand, by Hypothesis, and parsed from the corpus."""

import os
from collections.abc import Iterator
from pathlib import Path

from hypothesis import strategies as st

from benchmarks import corpus
from newsparse import Article, Block, Caption, Credit, Dateline, Document, Origin, Parser, Role, WireDate

# Of the corpus every so many-th text, for it takes a minute to parse; HYPOTHESIS_PROFILE=search takes all.
STRIDE = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "search" else 40
SEEDS = Path(__file__).parents[1] / "seeds"

NASTY = (
    "]]> & <b>bold</b> &amp; <!-- no -->",
    "nul \0 bell \x07 escape \x1b",
    "torn \ud800 pair \udc00",
    'He said "no"\nand \\left\t',
    "سقط المطر \u202e\u2066abc\u2069",
    "# Head\n* item\n> quote",
    "\u2028\u2029\x85\ufffe\uffff",
    "data:,x y#\u00a0",
)

DATES = ["2031", "2031-05", "2031-05-06", "2031-05-06T07:08", "2031-05-06T07:08Z", "2031-05-06T07:08:09+02:00", "soon"]

text = st.one_of(st.sampled_from(NASTY), st.text(max_size=30), st.text(st.characters(), max_size=10)).filter(bool)
maybe = st.none() | text
dates = st.none() | st.builds(
    WireDate,
    st.sampled_from(DATES),
    st.just("day"),
)
credits = st.none() | st.builds(Credit, st.just("") | text, maybe, maybe, maybe)
captions = st.builds(
    Caption, maybe, maybe, credits, maybe, dates, st.lists(st.sampled_from(["file", "pool"]) | text, max_size=2)
)
values = st.none() | st.booleans() | st.integers() | st.floats() | text | st.lists(text, max_size=2)
NAMES = """
    uri type version urgency status slugline title url created embargoed expires copyrightholder abstract keywords
    subject_names subject_codes person_names located
"""
names = st.sampled_from(NAMES.split())
origins = st.none() | st.builds(Origin, maybe, maybe, st.none() | st.integers() | text, maybe, maybe, maybe)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    body = draw(st.lists(text, max_size=4))
    blocks = [Block(Role.BODY, paragraph) for paragraph in body]
    if draw(st.booleans()):
        blocks.insert(0, Block(Role.SUBHEAD, draw(text)))
    return Article(
        headline=draw(maybe),
        deck=draw(st.lists(text, max_size=2)),
        section=draw(maybe),
        authors=draw(st.lists(text, max_size=2)),
        byline=draw(maybe),
        dateline=draw(st.none() | st.builds(Dateline, maybe, dates, maybe, maybe)),
        published=draw(dates),
        updated=draw(dates),
        captions=draw(st.lists(captions, max_size=2)),
        body=body,
        blocks=blocks if draw(st.booleans()) else (),
        language=draw(st.sampled_from([None, "en", "ar", "nb-NO"])),
        source=draw(maybe),
        origin=draw(origins),
        extra=draw(st.dictionaries(names, values, max_size=4)),
    )


def parsed_articles(folder: Path) -> Iterator[Article]:
    """The articles of the seeds and of the corpus' texts."""
    parser = Parser(plugins=[])
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))}
    every = corpus.every_text(folder / "corpus")
    for name, whole in {**texts, **dict(list(every.items())[::STRIDE])}.items():
        yield from parser.parse_document(Document(whole, Origin(path=name, record=1))).articles
