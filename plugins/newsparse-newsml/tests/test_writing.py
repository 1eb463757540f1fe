"""What the writers write: read back field by field, and valid by the official schemas where these are at hand."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import newsparse
import newsparse_newsml
from benchmarks import corpus
from newsparse import Article, Block, Caption, Credit, Dateline, OptionError, Origin, ReadContext, Role, WireDate
from newsparse_newsml.g2_writer import NEWSML_G2 as G2_FORMAT
from newsparse_newsml.readers import NEWSML_G2, NITF
from tests.any_articles import parsed_articles

PARSER = newsparse.Parser(plugins=[newsparse_newsml])
READERS = {"newsml-g2": NEWSML_G2, "nitf": NITF}
SCHEMAS = {"newsml-g2": "newsml-g2/NewsML-G2_2.35-spec-All-Power.xsd", "nitf": "nitf/nitf-3-6.xsd"}

FLOOD = Article(
    headline='River "Floods"\nHarbour ]]> & <b>',
    deck=("Ferries stay in port", "Second  night of rain"),
    section="Region",
    authors=("Ada Moss", "Ben Reed"),
    byline="By Ada Moss and Ben Reed",
    dateline=Dateline("PORT ELM", WireDate("2031-05-06", "day", "May 6"), "EP", "PORT ELM, May 6 (EP) —"),
    published=WireDate("2031-05-06T07:08+02:00", "minute", "May 6"),
    updated=WireDate("2031-05", "month", "May"),
    captions=(
        Caption(
            "A boat.",
            "A boat. (Ben Reed/Elm Press)",
            Credit("Ben Reed/Elm Press", "Elm Press", "Ben Reed"),
            "Port Elm",
            WireDate("2031", "year", "2031"),
            ("file",),
        ),
        Caption("The bridge.", credit=Credit("Elm Press", "Elm Press")),
    ),
    body=("The river rose.", "It fell\tagain. # no <i>x</i> &amp; مرحبا ‏"),
    blocks=(
        Block(Role.HEADLINE, 'River "Floods"\nHarbour ]]> & <b>'),
        Block(Role.BODY, "The river rose."),
        Block(Role.CAPTION, "A boat. (Ben Reed/Elm Press)"),
        Block(Role.SUBHEAD, "Bridges shut"),
        Block(Role.BODY, "It fell\tagain. # no <i>x</i> &amp; مرحبا ‏"),
    ),
    language="en-GB",
    source="Elm Courier",
    origin=Origin(path="elm.txt", record=2),
    extra={"mood": "wet", "scores": [1, None, 2.5], "guid": "tag:elm", "keywords": ["a", "b"], "urgency": 3,
           "slugline": "ELM-FLOOD", "version": "7", "status": "usable", "ed_note": "Adds\nmayor", "a\0b": "\0\ud800"},
)  # fmt: skip
PLAIN = Article(body=("The river rose.",))
BARE = Article(headline="Rain Ends")
# What the formats have no place for: the origin is the new file's, spans count from its lines, and blocks lose the
# line ends that a headline or paragraph may have when it is made by hand.
FIELDS = [name for name in attrs.fields_dict(Article) if name not in ("origin", "blocks", "captions", "extra")]


def written(articles: Any, name: str) -> bytes:
    text = PARSER.render(articles, name)
    assert isinstance(text, str)
    return text.encode()


def read_back(data: bytes, name: str) -> list[Article]:
    documents = READERS[name].read(io.BytesIO(data), ReadContext("elm.xml"))
    dumps = [PARSER.parse_document(document) for document in documents]
    assert not [issue for dump in dumps for issue in dump.issues]
    return [article for dump in dumps for article in dump.articles]


def without_spans(article: Article) -> tuple[Caption, ...]:
    return tuple(attrs.evolve(caption, span=None) for caption in article.captions)


@pytest.fixture(scope="module")
def validate() -> Callable[[bytes, str], None]:
    folder = corpus.data_folder()
    if folder is None:
        pytest.skip(corpus.NO_DATA)
    schemas = {name: _schema(folder / "schemas" / path) for name, path in SCHEMAS.items()}
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False, huge_tree=True)

    def check(data: bytes, name: str) -> None:
        schemas[name].assertValid(etree.fromstring(data, parser).getroottree())

    return check


def _schema(path: Path) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    return etree.XMLSchema(etree.parse(str(path), parser))


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("article", [FLOOD, PLAIN, BARE], ids=["full", "body", "headline"])
def test_an_article_reads_back_field_by_field(article: Article, name: str) -> None:
    (back,) = read_back(written(article, name), name)
    for field in FIELDS:
        assert getattr(back, field) == getattr(article, field), field
    assert without_spans(back) == without_spans(article)
    assert {key: back.extra.get(key) for key in article.extra} == dict(article.extra)
    running = (Role.BODY, Role.SUBHEAD)
    shown = [block.text for block in article.blocks if block.role in running] or list(article.body)
    assert [block.text for block in back.blocks if block.role in running] == shown
    assert back.id == article.id


@pytest.mark.parametrize("name", READERS)
def test_an_update_may_be_stated_to_be_older_than_the_article(name: str) -> None:
    article = Article(headline="Rain", published=WireDate("2020-02", "month"), updated=WireDate("2019-11-19", "day"))
    (back,) = read_back(written(article, name), name)
    assert (back.published, back.updated) == (article.published, article.updated)


@pytest.mark.parametrize("name", READERS)
def test_a_caption_that_was_edited_since_is_what_its_element_says(name: str) -> None:
    data = written(FLOOD, name).replace(b">The bridge. (Elm Press)<", b">The new bridge. (Oak Press)<")
    (back,) = read_back(data, name)
    assert [caption.text for caption in back.captions] == ["A boat.", "The new bridge."]
    assert back.captions[1].credit is not None
    assert back.captions[1].credit.agency == "Oak Press"


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("value", ["[1]", "{", '{"captions": 3}', '{"published": []}', "[" * 5000, '{"extra": 1}'])
def test_details_that_are_broken_change_nothing(name: str, value: str) -> None:
    root = etree.fromstring(written(FLOOD, name))
    (holder,) = root.xpath("//*[@rel='newsparse:details' or @name='newsparse:details']")
    holder.set("value" if name == "newsml-g2" else "content", value)
    (back,) = read_back(etree.tostring(root), name)
    assert back.body == FLOOD.body


def test_several_articles_are_a_message_and_one_is_an_item() -> None:
    assert etree.fromstring(written(BARE, "newsml-g2")).tag.endswith("newsItem")
    message = written([FLOOD, BARE, PLAIN], "newsml-g2")
    assert etree.fromstring(message).tag.endswith("newsMessage")
    assert [article.id for article in read_back(message, "newsml-g2")] == [FLOOD.id, BARE.id, PLAIN.id]


def test_a_message_is_written_as_articles_come() -> None:
    stream = io.BytesIO()
    writer = G2_FORMAT.open(stream, newsparse.WriteContext())
    writer.write(BARE)
    writer.write(PLAIN)
    assert b"The river rose." in stream.getvalue()
    writer.close()
    assert not stream.closed


def test_nitf_refuses_several_articles() -> None:
    with pytest.raises(OptionError, match="nitf holds one article a file"):
        written([BARE, PLAIN], "nitf")


@pytest.mark.parametrize("name", READERS)
def test_stamp_and_origin_are_in_the_file(name: str) -> None:
    stream = io.BytesIO()
    stamp = {
        "version": "9.9",
        "plugins": {"elm": "1.0"},
        "profile": "elm",
        "settings": "abc",
        "odd key": 1,
        "none": None,
    }
    writer = PARSER.plugins.format(name).open(stream, newsparse.WriteContext(stamp=stamp))
    writer.write(FLOOD)
    writer.close()
    root = etree.fromstring(stream.getvalue())
    texts = [element.text or element.get("content") for element in root.xpath("//*[local-name()='generator' or @name]")]
    assert {"elm", "abc", '{"elm": "1.0"}'} <= set(texts)
    assert b"9.9" in stream.getvalue()
    (origin,) = root.xpath("//*[@rel='newsparse:origin']/@value | //*[@name='newsparse:origin']/@content")
    assert json.loads(origin) == {"path": "elm.txt", "record": 2}
    read_back(stream.getvalue(), name)


@pytest.mark.parametrize("name", READERS)
def test_what_xml_cannot_hold_becomes_a_replacement_character(
    name: str, validate: Callable[[bytes, str], None]
) -> None:
    article = Article(headline="torn \ud83c word\0", body=("\x1b[1mbold\x0b \ufffe",))
    data = written(article, name)
    validate(data, name)
    (back,) = read_back(data, name)
    assert (back.headline, back.body) == ("torn \ufffd word\ufffd", ("\ufffd[1mbold\ufffd \ufffd",))


@pytest.mark.parametrize("name", READERS)
def test_what_became_a_replacement_character_is_counted(name: str) -> None:
    context = newsparse.WriteContext()
    writer = PARSER.plugins.format(name).open(io.BytesIO(), context)
    writer.write(Article(byline="By \0", body=("\x0b and \x0b",), extra={"guid": "a\ufffe", "slugline": "\x1b"}))
    writer.close()
    assert context.replaced == {"\0": 1, "\x0b": 2, "\ufffe": 1, "\x1b": 1}


@pytest.mark.parametrize("name", READERS)
def test_a_paragraph_of_a_megabyte_reads_back(name: str, validate: Callable[[bytes, str], None]) -> None:
    article = Article(body=("rain & " * 150_000 + "snow",))
    data = written(article, name)
    validate(data, name)
    assert read_back(data, name)[0].body == article.body


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("article", [FLOOD, PLAIN, BARE, Article()], ids=["full", "body", "headline", "nothing"])
def test_what_is_written_is_valid(article: Article, name: str, validate: Callable[[bytes, str], None]) -> None:
    validate(written(article, name), name)


def test_messages_are_valid(validate: Callable[[bytes, str], None]) -> None:
    validate(written([FLOOD, BARE, FLOOD], "newsml-g2"), "newsml-g2")


@pytest.mark.parametrize("name", READERS)
def test_what_seeds_and_corpus_give_is_valid(name: str, validate: Callable[[bytes, str], None]) -> None:
    folder = corpus.data_folder()
    assert folder is not None  # else the schemas would not be here either
    articles = list(parsed_articles(folder))
    for article in articles:
        validate(written(article, name), name)
    if name == "newsml-g2":
        validate(written(articles, name), name)


anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)
some = st.none() | anything
iso = st.sampled_from(["2031", "2031-05", "2031-05-06", "2031-05-06T07:08", "2031-05-06T07:08:09+23:00", "soon", ""])
dates = st.none() | st.builds(WireDate, iso, anything, some)
credits_ = st.none() | st.builds(Credit, anything, some, some, some)
captions = st.builds(Caption, some, some, credits_, some, dates, st.lists(anything, max_size=2))
blocks = st.builds(Block, st.sampled_from(list(Role)), anything)
values = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | anything, st.lists, max_leaves=4)
names = anything | st.sampled_from(
    ["guid", "version", "urgency", "status", "keywords", "slugline", "ed_note", "newsparse:details"]
)
made = st.builds(
    Article,
    headline=some,
    deck=st.lists(anything, max_size=2),
    section=some,
    authors=st.lists(anything, max_size=2),
    byline=some,
    dateline=st.none() | st.builds(Dateline, some, dates, some, some),
    published=dates,
    updated=dates,
    captions=st.lists(captions, max_size=2),
    body=st.lists(anything, max_size=3),
    blocks=st.lists(blocks, max_size=4),
    language=some | st.sampled_from(["en", "zh-Hant-TW", "not a tag"]),
    source=some,
    origin=st.none() | st.builds(Origin, some, some, st.none() | st.integers() | anything),
    extra=st.dictionaries(names, values, max_size=3),
)


@pytest.mark.parametrize("name", READERS)
@given(article=made)
@settings(max_examples=80, deadline=None)
def test_whatever_an_article_holds_is_valid(
    article: Article, name: str, validate: Callable[[bytes, str], None]
) -> None:
    data = written(article, name)
    validate(data, name)
    list(READERS[name].read(io.BytesIO(data), ReadContext()))


# What a line of a text can be: no line ends, no blanks around, and something to see.
lines = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30)
lines = lines.map(str.strip).filter(lambda text: bool(text) and "\ufffe" not in text and "\uffff" not in text)


@pytest.mark.parametrize("name", READERS)
@given(headline=lines, deck=st.lists(lines, max_size=2), section=st.none() | lines, byline=st.none() | lines,
       body=st.lists(lines, max_size=4), source=st.none() | lines)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_any_lines_read_back_as_they_were(name: str, headline: str, deck: list[str], section: str | None,
                                          byline: str | None, body: list[str], source: str | None) -> None:  # fmt: skip
    article = Article(headline, deck, section, byline=byline, body=body, source=source)
    (back,) = read_back(written(article, name), name)
    assert (back.headline, back.deck, back.section) == (article.headline, article.deck, article.section)
    assert (back.byline, back.body, back.source) == (article.byline, article.body, article.source)
    assert (back.authors, back.dateline, back.published, back.updated) == ((), None, None, None)
