"""What is written is read by feedparser, atoma and Python's own XML reader, and has what the standards ask for."""

import io
from pathlib import Path
from xml.etree import ElementTree as ET

import atoma
import feedparser
import pytest
from hypothesis import HealthCheck, given, settings

import newsparse_feeds
from newsparse import Article, Parser, WriteContext
from tests.any_articles import articles, parsed_articles
from tests.samples import BARE, FLOOD

# Articles have many parts, and on a busy machine they are drawn slowly.
BUSY = (HealthCheck.too_slow,)
STAMP = {"version": "0.1.0", "plugins": {"newsparse-feeds": "0.1.0"}, "profile": None, "settings": "00ff"}
FORMATS = {form.name: form for form in newsparse_feeds.newsparse_register_formats()}
ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
each_format = pytest.mark.parametrize("name", ["rss", "atom"])


def written(name: str, *given: Article, **options: str) -> bytes:
    stream = io.BytesIO()
    writer = FORMATS[name].open(stream, WriteContext(options, STAMP))
    for article in given:
        writer.write(article)
    writer.close()
    return stream.getvalue()


def assert_rss(data: bytes, count: int) -> None:
    """RSS 2.0's rules of what must be there, and atoma's reading."""
    root = ET.fromstring(data)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    assert all((channel.findtext(name) or "").strip() for name in ("title", "link", "description"))
    items = channel.findall("item")
    assert len(items) == count
    for item in items:
        assert item.find("title") is not None
        assert item.findtext("guid")
    assert len(atoma.parse_rss_bytes(data).items) == count


def assert_atom(data: bytes, count: int) -> None:
    """RFC 4287's rules of what must be there, and atoma's reading."""
    root = ET.fromstring(data)
    assert root.tag == f"{ATOM}feed"
    assert all(root.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == count
    for entry in entries:
        assert all(len(entry.findall(f"{ATOM}{name}")) == 1 for name in ("id", "title", "updated", "content"))
    assert len(atoma.parse_atom_bytes(data).entries) == count


CHECKS = {"rss": assert_rss, "atom": assert_atom}


def assert_feed(name: str, *given: Article) -> None:
    data = written(name, *given)
    CHECKS[name](data, len(given))
    feed = feedparser.parse(io.BytesIO(data))
    assert not feed.bozo, feed.get("bozo_exception")
    assert (feed.version, len(feed.entries)) == ({"rss": "rss20", "atom": "atom10"}[name], len(given))


@each_format
def test_a_feed_has_what_it_must(name: str) -> None:
    assert_feed(name)
    assert_feed(name, Article())
    assert_feed(name, FLOOD, BARE, FLOOD)


@given(articles())
@settings(max_examples=40, suppress_health_check=BUSY)
@each_format
def test_any_article_makes_a_sound_feed(name: str, article: Article) -> None:
    assert_feed(name, article)


@pytest.fixture(scope="module")
def corpus_articles(data_folder: Path) -> list[Article]:
    return list(parsed_articles(data_folder))


@each_format
def test_the_corpus_makes_sound_feeds(name: str, corpus_articles: list[Article]) -> None:
    assert_feed(name, *corpus_articles)


def test_feedparser_finds_every_value() -> None:
    (entry,) = feedparser.parse(io.BytesIO(written("rss", FLOOD))).entries
    assert entry.title == "River Floods Harbour"
    assert [author.name for author in entry.authors] == ["Ada Moss", "Ben Reed"]
    assert entry.published == "Tue, 06 May 2031 07:08:00 +0000"
    assert [tag.term for tag in entry.tags] == ["Region"]
    assert entry.content[0].value == "<p>The river rose.</p><h2>Bridges shut</h2><p>It fell again.</p>"
    assert entry.media_credit == [{"content": "Elm Press"}]


def test_pictures_are_media_rss() -> None:
    for name in FORMATS:
        contents = ET.fromstring(written(name, FLOOD)).iter(f"{MEDIA}content")
        texts = (f"{MEDIA}description", f"{MEDIA}credit")
        found = [(one.get("medium"), *map(one.findtext, texts)) for one in contents]
        assert found == [("image", "A boat in a street.", "Elm Press"), ("image", "The bridge.", None)]


@each_format
def test_a_feed_says_what_made_it_and_where_from(name: str) -> None:
    feed = feedparser.parse(io.BytesIO(written(name, FLOOD)))
    assert feed.feed.np_stamp == {"version": "0.1.0", "plugins": '{"newsparse-feeds": "0.1.0"}', "settings": "00ff"}
    assert feed.feed.generator.startswith("newsparse")
    (entry,) = feed.entries
    origin = entry.np_origin
    assert (origin["path"], origin["member"], origin["record"]) == ("elm.zip", "may/elm.txt", "2")


@each_format
def test_title_and_link_are_options(name: str) -> None:
    feed = feedparser.parse(io.BytesIO(written(name, title="Elm <Courier>", link="http://example.com/"))).feed
    assert feed.title == "Elm <Courier>"
    assert "http://example.com/" in (feed.get("link"), feed.get("id"))


@each_format
def test_what_xml_cannot_hold_is_counted(name: str, parser: Parser) -> None:
    stream = io.BytesIO()
    context = WriteContext()
    writer = FORMATS[name].open(stream, context)
    writer.write(Article(headline="bell \x07 torn \ud800"))
    writer.close()
    assert context.replaced == {"\x07": 1, "\ud800": 1}
    assert "bell \ufffd torn \ufffd" in stream.getvalue().decode()


def test_the_formats_are_known_by_name(parser: Parser) -> None:
    assert b"<rss" in str(parser.render(BARE, "rss")).encode()
    assert b"<feed" in str(parser.render([BARE, FLOOD], "atom")).encode()
