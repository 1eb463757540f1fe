from collections.abc import Callable
from random import Random

import attrs
import pytest

from newsparse import CUT_SHORT, Article, Caption, Credit, Dateline, Document, Origin, Parser, Role, WireDate
from newsparse.characters import xml_text
from tests.any_articles import NASTY
from tests.samples import BARE, FLOOD

Documents = Callable[..., list[Document]]
ArticlesOf = Callable[[bytes], list[Article]]
each_format = pytest.mark.parametrize("name", ["rss", "atom"])

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Elm Courier</title><link>http://example.com/</link><description>News</description><language>en</language>
<item><title>Ferries &amp;amp; Boats Stay</title><link>http://example.com/1</link><guid>tag:1</guid>
<dc:creator>Ada Moss</dc:creator><pubDate>Tue, 06 May 2031 07:08:09 +0200</pubDate><category>Harbour</category>
<description>They stay in port.</description>
<content:encoded><![CDATA[<p>The ferries <em>stayed</em>.</p><h3>Monday</h3><p>They may leave.</p>]]></content:encoded>
<media:content url="http://example.com/1.jpg" medium="image"><media:description>A boat.</media:description>
<media:credit>Elm Press</media:credit></media:content>
<media:content url="http://example.com/2.jpg"><media:description>The port.</media:description></media:content>
<enclosure url="http://example.com/1.mp3" type="audio/mpeg" length="1"/></item>
<item><title>Rain</title><description>&lt;p&gt;It rained.&lt;/p&gt;&lt;p&gt;It stopped.&lt;/p&gt;</description>
<category>a</category><category>b</category></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><id>tag:f</id><title>Ulmer Bote</title>
<updated>2031-05-06T07:08:09Z</updated>
<entry><id>tag:2</id><title type="html">Regen &amp;lt;heute&amp;gt;</title><updated>2031-05-06T07:08:09Z</updated>
<published>2031-05-05T00:00:00Z</published><author><name>Ada Moos</name></author><summary>Es regnet.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Der Regen fällt.</p><p>Er hört auf.</p></div>
</content>
</entry></feed>""".encode()

RDF = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Elm</title></channel>
<item rdf:about="y"><title>Rain</title><link>http://example.com/</link><dc:date>2031-05-06</dc:date></item></rdf:RDF>"""


def test_rss_is_read_entry_by_entry(articles_of: ArticlesOf) -> None:
    ferries, rain = articles_of(RSS)
    assert (ferries.headline, ferries.deck, ferries.section) == (
        "Ferries & Boats Stay",
        ("They stay in port.",),
        "Harbour",
    )
    assert ferries.text == "The ferries stayed.\n\nMonday\n\nThey may leave."
    assert (ferries.authors, ferries.source, ferries.language) == (("Ada Moss",), "Elm Courier", "en")
    assert ferries.published == WireDate("2031-05-06T07:08:09+02:00", "second", "Tue, 06 May 2031 07:08:09 +0200")
    assert ferries.updated is None
    assert ferries.captions == (Caption("A boat.", "A boat.", Credit("Elm Press")), Caption("The port.", "The port."))
    assert ferries.extra == {"id": "tag:1", "link": "http://example.com/1", "enclosures": ["http://example.com/1.mp3"]}
    # A synopsis has one paragraph, so two are the text.
    assert (rain.deck, rain.body, rain.section) == ((), ("It rained.", "It stopped."), None)
    assert rain.extra["category"] == ["a", "b"]


def test_atom_is_read(articles_of: ArticlesOf) -> None:
    (article,) = articles_of(ATOM)
    assert (article.headline, article.deck) == ("Regen <heute>", ("Es regnet.",))
    assert article.body == ("Der Regen fällt.", "Er hört auf.")
    assert article.published is not None
    assert article.updated is not None
    assert (article.published.iso, article.updated.iso) == ("2031-05-05T00:00:00Z", "2031-05-06T07:08:09Z")
    assert (article.source, article.language) == ("Ulmer Bote", "de")


def test_rss_1_0_is_read(articles_of: ArticlesOf) -> None:
    (article,) = articles_of(RDF)
    assert article.published is not None
    assert (article.published.iso, article.updated) == ("2031-05-06", None)
    assert article.headline == "Rain"


def test_every_value_has_a_line_with_its_role(documents: Documents, parser: Parser) -> None:
    dump = parser.parse_document(documents(RSS)[0])
    assert [line.role for line in dump.lines] == [
        Role.SECTION, Role.HEADLINE, Role.DECK, Role.BYLINE, Role.TIMESTAMP, Role.BODY, Role.SUBHEAD, Role.BODY,
        Role.CAPTION, Role.CREDIT, Role.CAPTION,
    ]  # fmt: skip


@pytest.mark.parametrize("data", [RSS, ATOM, RDF, RSS.decode().replace("UTF-8", "UTF-16").encode("utf-16")])
def test_newsparse_knows_a_feed(data: bytes, parser: Parser, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "news.xml").write_bytes(data)
    dumps = list(parser.iter_dumps([tmp_path]))
    assert {dump.origin and dump.origin.reader for dump in dumps} == {"feeds"}
    assert [issue for dump in dumps for issue in dump.issues] == []


BOMB = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "%s">%s]>' % (
    b"a" * 50,
    b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(8)),
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no-entry"),
        (b"<rss version='2.0'><channel><item><title>Rain</title", "feed-damaged"),
        (BOMB + b"<rss version='2.0'><channel><item><title>&i;</title></item></channel></rss>", "cut-short"),
    ],
    ids=["empty", "cut", "bomb"],
)
def test_bad_feeds_are_read_as_far_as_they_go(data: bytes, code: str, documents: Documents) -> None:
    assert code in [issue.code for document in documents(data) for issue in document.issues]


def test_no_entity_is_fetched(articles_of: ArticlesOf, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "secret").write_text("SECRET")
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'.encode()
    found = articles_of(doctype + b"<rss version='2.0'><channel><item><title>Rain &x;</title></item></channel></rss>")
    assert "SECRET" not in repr(found)


@pytest.mark.parametrize("declared", ["x SYSTEM 'file:///x'", "% x SYSTEM 'http://x'", "x PUBLIC 'y' 'z'"])
def test_an_entity_that_lies_elsewhere_is_named(documents: Documents, declared: str) -> None:
    feed = f"<!DOCTYPE rss [<!ENTITY {declared}>]><rss version='2.0'><channel><item><title>Rain</title></item>"
    (document,) = documents(f"{feed}</channel></rss>".encode())
    told = [issue.message for issue in document.issues if issue.code == CUT_SHORT]
    assert [message.split(": ", 1)[1] for message in told] == ["external entities are not read: x"]


def test_damaged_feeds_never_raise(documents: Documents) -> None:
    random = Random(4)
    for data in (RSS, ATOM, RDF):
        for _ in range(30):
            place = random.randrange(len(data))
            flipped = bytearray(data)
            flipped[place] ^= 1 << random.randrange(8)
            assert documents(data[:place])
            assert documents(bytes(flipped))


def test_a_feed_over_the_limit_is_read_so_far(documents: Documents) -> None:
    found = documents(RSS, limit="1200")
    assert found[0].text
    assert "cut-short" in [issue.code for issue in found[-1].issues]


@pytest.fixture(scope="session")
def there_and_back(parser: Parser, articles_of: ArticlesOf) -> Callable[[Article, str], Article]:
    def go(article: Article, name: str) -> Article:
        (found,) = articles_of(str(parser.render(article, name)).encode())
        return found

    return go


def without_words(date: WireDate | None) -> WireDate | None:
    return date and attrs.evolve(date, raw=None)


@each_format
def test_an_article_comes_back_but_for_a_few_things(name: str, there_and_back: Callable[..., Article]) -> None:
    given = attrs.evolve(FLOOD, updated=WireDate("2031-05", "month"))
    found = there_and_back(given, name)
    for field in ("headline", "deck", "section", "authors", "byline", "body", "language", "source", "updated"):
        assert getattr(found, field) == getattr(given, field), field
    assert without_words(found.published) == without_words(given.published)
    assert found.dateline == Dateline(place="PORT ELM", raw="PORT ELM —")
    assert found.captions == tuple(
        attrs.evolve(caption, raw=caption.raw or caption.text, span=None, date=without_words(caption.date))
        for caption in given.captions
    )
    assert [(block.role, block.text) for block in found.blocks if block.role in (Role.BODY, Role.SUBHEAD)] == [
        (block.role, block.text) for block in given.blocks if block.role in (Role.BODY, Role.SUBHEAD)
    ]
    assert set(found.extra) == {f"origin_{part.name}" for part in attrs.fields(Origin)}


@each_format
def test_a_bare_article_comes_back(name: str, there_and_back: Callable[..., Article]) -> None:
    assert attrs.evolve(there_and_back(BARE, name), blocks=(), origin=None, language=None) == BARE


@each_format
def test_values_of_feeds_come_back(name: str, there_and_back: Callable[..., Article]) -> None:
    extra = {"id": "tag:1", "link": "http://example.com/1", "rights": "(c) Elm Press"}
    assert there_and_back(attrs.evolve(BARE, extra=extra), name).extra == extra


@pytest.mark.parametrize("text", [*NASTY, "x" * (1 << 20)], ids=[*map(ascii, NASTY), "1 MB"])
@each_format
def test_any_text_comes_back(name: str, text: str, there_and_back: Callable[..., Article]) -> None:
    held = xml_text(text, {})
    # feedparser takes C1 controls in markup for signs of cp1252.
    in_markup = held.replace("\x85", "\u2026")
    found = there_and_back(Article(headline=text, body=(text, "The end.")), name)
    assert (found.headline, found.body) == (held.strip(), (in_markup, "The end."))


@pytest.mark.parametrize("name", [b"utf\x00-8", b"utf-8\xa2", b"\xff", b"", b"nonesuch"], ids=str)
def test_an_encoding_that_is_none_is_passed_over(documents: Documents, name: bytes) -> None:
    data = b'<?xml version="1.0" encoding="' + name + b'"?><rss version="2.0"><channel><item><title>Rain</title></item>'
    (document,) = documents(data + b"</channel></rss>")
    assert document.text == "Rain\n"
