"""What the three readers make of files, sound and broken. All names and words are invented."""

import io
import itertools
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsparse
import newsparse_newsml
from newsparse import Document, OptionError, ReadContext, Reader, Role
from newsparse.inputs import INCOMPLETE
from newsparse_newsml.dates import read_date
from newsparse_newsml.readers import NEWSML, NEWSML_G2, NITF

PARSER = newsparse.Parser(plugins=[newsparse_newsml])

G2 = """<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">
 <header><sent>2031-05-06T09:00:00Z</sent><priority>4</priority></header>
 <itemSet>
  <newsItem guid="urn:newsml:elm.example:1" version="3" standard="NewsML-G2" standardversion="2.28" xml:lang="en-GB">
   <rightsInfo><copyrightHolder><name>Elm Press</name></copyrightHolder><usageTerms>No archive</usageTerms></rightsInfo>
   <itemMeta>
    <itemClass qcode="ninat:text"/><provider literal="elm.example"/>
    <versionCreated> 2031-05-06T08:30:00+0200 </versionCreated><firstCreated>2031-05-06T07:08:00+02:00</firstCreated>
    <embargoed>2031-05-07T00:00:00Z</embargoed><pubStatus qcode="stat:usable"/>
    <edNote>Adds mayor</edNote><signal qcode="sig:update"/><deliverableOf>somewhere</deliverableOf>
   </itemMeta>
   <contentMeta>
    <urgency>3</urgency>
    <located type="cptype:city"><name>Port Elm</name>
     <broader type="cptype:country"><name>Elmland</name></broader></located>
    <infoSource><name>Elm Press</name></infoSource>
    <creator><name>EP</name></creator><creator><name>Ada Moss</name></creator>
    <language tag="en"/><keyword>flood</keyword>
    <genre><name>Report</name></genre>
    <subject qcode="medtop:17000000"><name>weather</name></subject>
    <slugline>ELM-FLOOD</slugline>
    <headline role="hld:subHeadline">Ferries stay in port</headline>
    <headline>River floods
       harbour</headline>
    <dateline>PORT ELM, May 6 (Elm Press) -</dateline>
    <by>By Ada Moss</by>
   </contentMeta>
   <contentSet>
    <inlineXML contenttype="application/xhtml+xml" wordcount="7">
     <html xmlns="http://www.w3.org/1999/xhtml"><head><title>River floods harbour</title></head><body>
      <h1>River floods harbour</h1>
      <p>The river <b>rose</b>.</p>
      <h2>Bridges shut</h2>
      <figure><img src="boat.jpg"/><figcaption>A boat in a street.</figcaption></figure>
      <ul><li>The old bridge</li><li>The new bridge</li></ul>
      <table><tr><td>Elm</td><td>3</td></tr></table>
     </body></html>
    </inlineXML>
    <remoteContent href="boat.jpg" rendition="rnd:thumb"/>
   </contentSet>
  </newsItem>
  <newsItem guid="urn:newsml:elm.example:2"><itemMeta><itemClass qcode="icls:picture"/></itemMeta>
   <contentMeta><headline>Boat</headline><description role="drol:caption">A boat. (Ben Reed/Elm Press)</description>
   </contentMeta></newsItem>
  <packageItem guid="urn:newsml:elm.example:3"><itemMeta><itemClass qcode="ninat:composite"/></itemMeta>
   <groupSet root="r"><group id="r" role="grpRole:main">
    <itemRef residref="urn:newsml:elm.example:1"><headline>River floods harbour</headline></itemRef>
    <itemRef residref="urn:newsml:elm.example:2"><title>Boat</title></itemRef></group></groupSet></packageItem>
 </itemSet>
</newsMessage>
"""

NEWSML_12 = """<?xml version="1.0" encoding="ISO-8859-1"?>
<NewsML Version="1.2">
 <NewsEnvelope><TransmissionId>77</TransmissionId><DateAndTime>20310506T090000Z</DateAndTime>
  <Priority FormalName="4"/></NewsEnvelope>
 <NewsItem>
  <Identification><NewsIdentifier><ProviderId>elm.example</ProviderId><DateId>20310506</DateId>
   <NewsItemId>F1</NewsItemId><RevisionId PreviousRevision="1" Update="N">2</RevisionId>
   <PublicIdentifier>urn:newsml:elm.example:20310506:F1:2</PublicIdentifier></NewsIdentifier></Identification>
  <NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20310506T070800+0200</FirstCreated>
   <ThisRevisionCreated>20310506T083000+0200</ThisRevisionCreated><Status FormalName="Usable"/>
   <Urgency FormalName="3"/></NewsManagement>
  <NewsComponent>
   <NewsLines><HeadLine>Fähre bleibt im Hafen</HeadLine><SubHeadLine>Zweite Nacht Regen</SubHeadLine>
    <ByLine>Von Ada Moss</ByLine><DateLine>PORT ELM</DateLine><SlugLine>ELM-FLOOD</SlugLine>
    <CopyrightLine>Elm Press</CopyrightLine><KeywordLine>Regen</KeywordLine>
    <NewsLine><NewsLineType FormalName="CatchWord"/><NewsLineText>Wetter</NewsLineText></NewsLine></NewsLines>
   <AdministrativeMetadata><Source><Party FormalName="EP"/></Source></AdministrativeMetadata>
   <DescriptiveMetadata><Language FormalName="de-de"/><Genre FormalName="Report"/>
    <SubjectCode><Subject FormalName="17000000"/></SubjectCode>
    <Location><Property FormalName="City" Value="Port Elm"/></Location>
    <Property FormalName="Words" Value="7"/><Property FormalName="Router" Value="x"/></DescriptiveMetadata>
   <NewsComponent><Role FormalName="Main"/><ContentItem><MediaType FormalName="Text"/><DataContent><nitf><body>
    <body.content><p>Der Fluss stieg.</p><p>Er fiel.</p></body.content></body></nitf></DataContent></ContentItem>
   </NewsComponent>
   <NewsComponent><Role FormalName="Photo"/><NewsLines><HeadLine>Ein Boot.</HeadLine></NewsLines>
    <ContentItem Href="boat.jpg"><MediaType FormalName="Photo"/></ContentItem></NewsComponent>
  </NewsComponent>
 </NewsItem>
</NewsML>
"""

NITF_FILE = """<?xml version="1.0"?>
<nitf version="-//IPTC//DTD NITF 3.2//EN">
 <head><title>River</title><meta name="anpa-category" content="a"/><meta name="desk" content="7"/>
  <tobject tobject.type="news"><tobject.property tobject.property.type="Current"/>
   <tobject.subject tobject.subject.refnum="17000000" tobject.subject.type="Weather"/></tobject>
  <docdata management-status="Usable"><doc-id id-string="elm.1"/><urgency ed-urg="3"/>
   <date.issue norm="20310506T070800+0200"/><date.expire norm="20310606T070800"/><ed-msg info="Adds mayor"/>
   <evloc city="Port Elm"/><key-list><keyword key="flood"/></key-list></docdata>
  <pubdata position.section="Region"/><revision-history norm="20310506T083000+0200" function="editor"/></head>
 <body><body.head>
   <hedline><hl1>River floods harbour</hl1><hl2>Ferries stay in port</hl2></hedline>
   <byline>By <person>Ada Moss</person>, <byttl>Elm Press Writer</byttl></byline><distributor>Elm Press</distributor>
   <dateline><location><city>PORT ELM</city></location>, <story.date norm="20310506">May 6</story.date></dateline>
   <abstract><p>Second night of rain.</p></abstract></body.head>
  <body.content><block><p>The river
      rose.</p><hl2>Bridges shut</hl2>
   <media media-type="image"><media-reference source="boat.jpg"/><media-caption>A boat.</media-caption>
    <media-producer>Ben Reed/Elm Press</media-producer></media>
   <p>It fell <br/>again.<br/><br/>Slowly.</p><p/></block></body.content>
  <body.end><tagline>EP ar</tagline></body.end></body>
</nitf>
"""

FILES = {"newsml-g2": (NEWSML_G2, G2), "newsml": (NEWSML, NEWSML_12), "nitf": (NITF, NITF_FILE)}


def documents(reader: Reader, data: bytes | str, encoding: str | None = None, **options: str) -> list[Document]:
    raw = data.encode() if isinstance(data, str) else data
    return list(reader.read(io.BytesIO(raw), ReadContext("elm.xml", encoding, options)))


def articles(reader: Reader, data: bytes | str) -> list[newsparse.Article]:
    dumps = [PARSER.parse_document(document) for document in documents(reader, data)]
    assert not [issue for dump in dumps for issue in dump.issues if issue.code == "field-refused"]
    return [article for dump in dumps for article in dump.articles]


def codes(found: list[Document]) -> list[str]:
    return [issue.code for document in found for issue in document.issues]


def test_an_item_of_a_message_gives_what_it_states() -> None:
    story, *_ = articles(NEWSML_G2, G2)
    assert story.headline == "River floods harbour"
    assert story.deck == ("Ferries stay in port",)
    assert (story.byline, story.authors) == ("By Ada Moss", ("Ada Moss",))
    assert story.dateline is not None
    assert story.dateline.raw == "PORT ELM, May 6 (Elm Press) -"
    assert (story.dateline.place, story.dateline.agency) == ("PORT ELM", "Elm Press")
    assert story.published == newsparse.WireDate("2031-05-06T07:08:00+02:00", "second", "2031-05-06T07:08:00+02:00")
    assert story.updated is not None
    assert story.updated.iso == "2031-05-06T08:30:00+02:00"
    assert story.body == ("The river rose.", "The old bridge", "The new bridge", "Elm 3")
    assert [block.text for block in story.blocks if block.role == "subhead"] == ["Bridges shut"]
    assert [caption.text for caption in story.captions] == ["A boat in a street."]
    assert (story.language, story.source) == ("en", "Elm Press")
    expected = {
        "item": "newsItem",
        "guid": "urn:newsml:elm.example:1",
        "version": "3",
        "type": "text",
        "status": "usable",
        "urgency": 3,
        "priority": 4,
        "slugline": "ELM-FLOOD",
        "word_count": 7,
        "ed_note": "Adds mayor",
        "signals": ["sig:update"],
        "keywords": ["flood"],
        "genres": ["Report"],
        "subject_codes": ["17000000"],
        "subject_names": ["weather"],
        "city": "Port Elm",
        "country": "Elmland",
        "created": "2031-05-06T07:08:00+02:00",
        "embargoed": "2031-05-07T00:00:00+00:00",
        "copyright_holder": "Elm Press",
        "usage_terms": "No archive",
        "creators": ["EP"],
        "renditions": [{"href": "boat.jpg", "rendition": "rnd:thumb"}],
    }
    assert {name: story.extra.get(name) for name in expected} == expected


def test_what_has_no_place_is_counted_by_name_and_left_out() -> None:
    first = documents(NEWSML_G2, G2)[0]
    (issue,) = first.issues
    assert issue.code == "unmapped"
    assert issue.message == "elm.xml: values without a place in an article: 1 deliverableOf"
    assert not any("somewhere" in str(value) for _, _, value in first.fields)


def test_a_picture_has_its_description_as_caption() -> None:
    picture = articles(NEWSML_G2, G2)[1]
    (caption,) = picture.captions
    assert (caption.text, caption.raw) == ("A boat.", "A boat. (Ben Reed/Elm Press)")
    assert (picture.headline, picture.body, picture.extra["type"]) == ("Boat", (), "picture")


def test_a_picture_with_a_caption_alone_is_an_article() -> None:
    item = G2.replace("<headline>Boat</headline>", "")
    picture = articles(NEWSML_G2, item)[1]
    assert (picture.headline, picture.body) == (None, ())
    assert [caption.text for caption in picture.captions] == ["A boat."]
    assert [block.role for block in picture.blocks] == [Role.CAPTION]
    assert picture.extra["guid"] == "urn:newsml:elm.example:2"


def test_the_text_of_a_package_is_the_list_of_its_items() -> None:
    package = articles(NEWSML_G2, G2)[2]
    assert (package.headline, package.body) == (None, ("River floods harbour", "Boat"))
    assert package.extra["ref_ids"] == ["urn:newsml:elm.example:1", "urn:newsml:elm.example:2"]
    assert (package.extra["groups"], package.extra["refs_in_main_group"]) == (1, 2)


def test_concepts_have_names_and_definitions() -> None:
    item = """<conceptItem guid="c1"><itemMeta><itemClass qcode="cinat:concept"/></itemMeta>
      <concept><conceptId qcode="elm:1"/><name>Elm</name><definition>A tree.</definition></concept></conceptItem>"""
    (concept,) = articles(NEWSML_G2, item)
    assert (concept.headline, concept.body, concept.extra["item"]) == ("Elm", ("A tree.",), "conceptItem")


def test_an_item_of_newsml_1_gives_what_it_states() -> None:
    (story,) = articles(NEWSML, NEWSML_12.encode("iso-8859-1"))
    assert (story.headline, story.deck) == ("Fähre bleibt im Hafen", ("Zweite Nacht Regen",))
    assert (story.byline, story.authors) == ("Von Ada Moss", ("Ada Moss",))
    assert story.dateline == newsparse.Dateline("PORT ELM", raw="PORT ELM")
    assert story.body == ("Der Fluss stieg.", "Er fiel.")
    assert [caption.text for caption in story.captions] == ["Ein Boot."]
    assert (story.language, story.source) == ("de", "EP")
    expected = {
        "guid": "urn:newsml:elm.example:20310506:F1:2",
        "provider_id": "elm.example",
        "date_id": "20310506",
        "item_id": "F1",
        "version": "2",
        "number": "77",
        "priority": 4,
        "urgency": 3,
        "status": "usable",
        "type": "text",
        "slugline": "ELM-FLOOD",
        "copyright_holder": "Elm Press",
        "keyword_line": "Regen",
        "catchword": "Wetter",
        "city": "Port Elm",
        "genres": ["Report"],
        "subject_codes": ["17000000"],
        "word_count": 7,
        "rendition_files": ["boat.jpg"],
        "associated": [{"uri": "boat.jpg"}],
    }
    assert {name: story.extra.get(name) for name in expected} == expected


def test_an_item_in_two_languages_is_two_stories() -> None:
    component = """<NewsComponent Duid="{0}" xml:lang="{0}"><NewsLines><HeadLine>Head {0}</HeadLine></NewsLines>
      <NewsComponent><Role FormalName="Body"/><ContentItem><DataContent>Text {0}.
        More {0}.</DataContent></ContentItem></NewsComponent></NewsComponent>"""
    outer = f"<NewsComponent>{component.format('nl')}{component.format('fr')}</NewsComponent>"
    found = articles(NEWSML, f"<NewsML><NewsItem>{outer}</NewsItem></NewsML>")
    assert [(one.language, one.headline, one.body, one.extra["guid"]) for one in found] == [
        ("nl", "Head nl", ("Text nl.", "More nl."), "nl"),
        ("fr", "Head fr", ("Text fr.", "More fr."), "fr"),
    ]


@pytest.mark.parametrize("space", ["", ' xmlns="http://iptc.org/std/NITF/2006-10-18/"'], ids=["bare", "namespace"])
def test_nitf_gives_what_it_states(space: str) -> None:
    (story,) = articles(NITF, NITF_FILE.replace("<nitf", f"<nitf{space}", 1))
    assert (story.section, story.headline) == ("Region", "River floods harbour")
    assert story.deck == ("Ferries stay in port", "Second night of rain.")
    assert (story.byline, story.authors) == ("By Ada Moss", ("Ada Moss",))
    assert story.dateline == newsparse.Dateline(
        "PORT ELM", newsparse.WireDate("2031-05-06", "day", "20310506"), raw="PORT ELM, May 6"
    )
    assert story.published is not None
    assert story.updated is not None
    assert (story.published.iso, story.updated.iso) == ("2031-05-06T07:08:00+02:00", "2031-05-06T08:30:00+02:00")
    assert story.body == ("The river rose.", "It fell again.", "Slowly.")
    (caption,) = story.captions
    assert caption.text == "A boat."
    assert caption.credit is not None
    assert caption.credit.photographer == "Ben Reed"
    expected = {
        "title": "River",
        "category": "a",
        "genres": ["Current"],
        "subjects": [{"code": "17000000", "name": "Weather"}],
        "status": "usable",
        "guid": "elm.1",
        "urgency": 3,
        "expires": "2031-06-06T07:08:00",
        "ed_note": "Adds mayor",
        "place_names": ["Port Elm"],
        "keywords": ["flood"],
        "byline_title": "Elm Press Writer",
        "abstract": "Second night of rain.",
        "sub_headline": "Ferries stay in port",
        "city": "PORT ELM",
        "tagline": "EP ar",
    }
    assert {name: story.extra.get(name) for name in expected} == expected
    assert "1 meta" in documents(NITF, NITF_FILE)[0].issues[0].message


@pytest.mark.parametrize(
    ("inside", "body"),
    [
        pytest.param("<p>The river\n   rose\n   high.</p>", ["The river rose high."], id="layout-of-the-source"),
        pytest.param(
            "<p>(Adds)\n    * One\n    * Two\n    By Ada\n    Rain fell on\nthe valley.\n    It rained.</p>",
            ["(Adds)", "* One", "* Two", "By Ada", "Rain fell on the valley.", "It rained."],
            id="wire-copy",
        ),
        pytest.param("<p>One<br/>two<br/> <br/>three</p>", ["One two", "three"], id="line-breaks"),
        pytest.param("<p>One</p>two<p>three</p>", ["One", "two", "three"], id="text-between-paragraphs"),
        pytest.param("<pre>Elm  3\nOak  4</pre>", ["Elm  3", "Oak  4"], id="laid-out-by-hand"),
        pytest.param("<p><a href='x'>Rain</a> &amp; <script>no()</script>snow</p>", ["Rain & snow"], id="inline"),
        pytest.param("<dl><dt>Elm</dt><dd>A tree</dd></dl>", ["Elm", "A tree"], id="definitions"),
    ],
)
def test_running_text_is_one_paragraph_a_line(inside: str, body: list[str]) -> None:
    item = f"<newsItem><contentSet><inlineXML><html><body>{inside}</body></html></inlineXML></contentSet></newsItem>"
    assert list(articles(NEWSML_G2, item)[0].body) == body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param("One.\n\nTwo.", ["One.", "Two."], id="empty-lines"),
        pytest.param("<![CDATA[<p>One &amp; two</p><p>Three</p>]]>", ["One & two", "Three"], id="html-inside"),
        pytest.param("&lt;b&gt;One&lt;/b&gt; and two", ["One and two"], id="escaped-html"),
        pytest.param("- one\n- two of them, here\n- three", ["- one", "- two of them, here", "- three"], id="list"),
        pytest.param("R&amp;D 3 &lt; 4", ["R&D 3 < 4"], id="signs"),
    ],
)
def test_plain_text_is_one_paragraph_a_line(text: str, body: list[str]) -> None:
    item = f"<newsItem><contentSet><inlineData contenttype='text/plain'>{text}</inlineData></contentSet></newsItem>"
    assert list(articles(NEWSML_G2, item)[0].body) == body


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("2031-05-06T07:08:09.123Z", "2031-05-06T07:08:09+00:00", "second"),
        ("20310506T070809+0100", "2031-05-06T07:08:09+01:00", "second"),
        (" 2031-05-06 07:08 ", "2031-05-06T07:08", "minute"),
        ("20310506", "2031-05-06", "day"),
        ("2031-05", "2031-05", "month"),
        ("2031", "2031", "year"),
    ],
)
def test_dates_are_as_precise_as_they_are_stated(text: str, iso: str, precision: str) -> None:
    date = read_date(text)
    assert date is not None
    assert (date.iso, date.precision) == (iso, precision)


@pytest.mark.parametrize("text", ["", None, "soon", "20311306", "2031-05-06T25:00", "9" * 5000])
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert read_date(text) is None


def test_a_sender_that_is_known_has_a_zone() -> None:
    winter, summer = read_date("20310106T120000", "STT"), read_date("20310706T120000", " stt ")
    assert winter is not None
    assert summer is not None
    assert (winter.iso[-6:], summer.iso[-6:]) == ("+02:00", "+03:00")


@pytest.mark.parametrize(
    ("head", "name", "scores"),
    [
        (G2, "elm.xml", (97, 0, 0)),
        (NEWSML_12, "", (0, 97, 0)),
        (NITF_FILE, "elm.txt", (0, 0, 97)),
        ("\ufeff<!-- <nitf> --><n:newsItem xmlns:n='x'>", "", (97, 0, 0)),
        ("<html>", "elm.xml", (0, 0, 0)),
        ("<?xml version='1.0'?>", "elm.nitf", (0, 0, 40)),
        ("Rain ends", "elm.xml", (0, 0, 0)),
        ("", "", (0, 0, 0)),
    ],
)
def test_the_root_element_says_whose_a_file_is(head: str, name: str, scores: tuple[int, ...]) -> None:
    for data in (head.encode(), head.encode("utf-16")):
        assert tuple(reader.sniff(data, name) for reader in (NEWSML_G2, NEWSML, NITF)) == scores


def test_files_put_end_to_end_give_every_story_once() -> None:
    parts = [G2.encode(), NEWSML_12.encode("iso-8859-1"), NITF_FILE.encode(), NITF_FILE.partition("?>")[2].encode()]
    for order in itertools.permutations(parts):
        found = articles(NITF, b"".join(order))
        assert len(found) == 6
        assert sorted(one.headline or "" for one in found)[:3] == ["", "Boat", "Fähre bleibt im Hafen"]


def test_a_file_cut_short_and_the_next_one_are_told_apart() -> None:
    cut = NITF_FILE[: NITF_FILE.index("<p>It fell")]
    first, second = documents(NITF, cut + NITF_FILE)
    assert "The river rose." in first.text
    assert "broken-markup" in codes([first])
    assert "Slowly." in second.text


def test_items_stream() -> None:
    item = b"<newsItem guid='a'><contentMeta><headline>Rain ends</headline></contentMeta></newsItem>"

    class Endless(io.RawIOBase):
        started = False

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            data = item if self.started else b"<newsMessage><itemSet>"
            self.started = True
            buffer[: len(data)] = data
            return len(data)

    stream: Any = io.BufferedReader(Endless(), len(item))
    found = NEWSML_G2.read(stream, ReadContext())
    for number in range(1, 2000):
        document = next(found)
        assert document.origin is not None
        assert (document.text, document.origin.record) == ("Rain ends", number)


def test_an_item_over_the_limit_is_read_to_the_limit() -> None:
    huge = NITF_FILE.replace("<p/>", "<p>More rain.</p>" * 20_000)
    (document,) = documents(NITF, huge, limit="70000")
    assert "The river rose." in document.text
    assert "cut-short" in codes([document])
    assert codes(documents(NITF, huge)) == ["unmapped"]
    with pytest.raises(OptionError, match="limit takes a whole number"):
        documents(NITF, huge, limit="much")


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))


@pytest.mark.parametrize(
    ("kind", "inside", "message"),
    [
        pytest.param(BOMB, "&e11;", "entities are not expanded: e11", id="bomb"),
        pytest.param('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;", "external entities are not read", id="file"),
        pytest.param('<!ENTITY x SYSTEM "http://127.0.0.1:9/">', "&x;", "external entities are not read", id="net"),
        pytest.param('<!ENTITY x "snow">', '<a b="&x;">&x;</a>', "entities are not expanded: x", id="own"),
        pytest.param("", "&x;", "entities are not expanded: x", id="undeclared"),
    ],
)
def test_no_entity_is_expanded(kind: str, inside: str, message: str) -> None:
    start = time.monotonic()
    file = f"<!DOCTYPE nitf [{kind}]>" + NITF_FILE.partition("?>")[2].replace("The river", f"Rain {inside} The river")
    (document,) = documents(NITF, file)
    assert time.monotonic() - start < 5
    assert any(message in issue.message for issue in document.issues if issue.code in INCOMPLETE)
    assert "It fell again." in document.text
    assert "&" in document.text
    assert "haha" not in document.text


@pytest.mark.parametrize(
    "kind",
    [
        'SYSTEM "http://127.0.0.1:9/nitf.dtd"',
        'PUBLIC "-//X//EN" "nitf.dtd" [<!ENTITY % more SYSTEM "http://127.0.0.1:9/x"> %more; <!-- ]> -->]',
    ],
    ids=["external", "parameter"],
)
def test_a_document_type_is_named_and_not_read(kind: str) -> None:
    found = documents(NITF, f"<!DOCTYPE nitf {kind}>" + NITF_FILE.partition("?>")[2])
    assert codes(found) == ["dtd-not-read", "unmapped"]
    assert "Slowly." in found[0].text


def test_names_of_html_are_characters_and_lone_signs_stay() -> None:
    (document,) = documents(NITF, NITF_FILE.replace("The river", "R&D &eacute;&nbsp;&hellip; &#0; &#x41;"))
    assert "R&D é\xa0… \ufffd A" in document.text
    assert "broken-markup" in codes([document])


@pytest.mark.parametrize(
    ("data", "text", "code"),
    [
        pytest.param(NEWSML_12.encode("utf-8"), "Fähre", "charset-damaged", id="declares-another"),
        pytest.param(
            NEWSML_12.encode("iso-8859-1").replace(b"ISO-8859-1", b"UTF-8"), "Fähre", "charset-damaged", id="cp"
        ),
        pytest.param(NEWSML_12.encode("utf-16"), "Fähre", None, id="utf-16"),
        pytest.param(NEWSML_12.encode("utf-16-le"), "Fähre", None, id="utf-16-without-mark"),
        pytest.param(b"\xef\xbb\xbf" + NEWSML_12.encode(), "Fähre", "charset-damaged", id="mark"),
        pytest.param(
            NEWSML_12.replace("Fähre", "Паром").replace("ISO-8859-1", "windows-1251").encode("cp1251"),
            "Паром",
            None,
            id="cyrillic",
        ),
        pytest.param(
            NEWSML_12.replace("Fähre", "雨").replace("ISO-8859-1", "ISO-2022-JP").encode("iso2022_jp"),
            "雨",
            None,
            id="stateful",
        ),
        pytest.param(NEWSML_12.replace("ISO-8859-1", "punycode").encode(), "Fähre", None, id="no-encoding-of-files"),
    ],
)
def test_encodings_are_read_as_they_are(data: bytes, text: str, code: str | None) -> None:
    (document,) = documents(NEWSML, data)
    assert text in document.text
    assert [found for found in codes([document]) if found != "unmapped"] == ([code] if code else [])


def test_the_encoding_that_the_caller_names_beats_the_declared_one() -> None:
    data = NEWSML_12.replace("Fähre", "Паром").encode("cp1251")
    assert "Паром" in documents(NEWSML, data, "cp1251")[0].text


@pytest.mark.parametrize("data", [b"", b"   ", b"Rain", b"<html/>", b"\0\1", b"<nitf", b"<!DOCTYPE", b"<?xml "])
def test_what_holds_no_item_is_told(data: bytes) -> None:
    (document,) = documents(NITF, data)
    assert document.text == ""
    assert codes([document])


SIGNS = [b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"<?xml ", b"<!DOCTYPE x [", b"<nitf>", b"</nitf>", b"&#0;"]


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
@settings(max_examples=60)
def test_no_damage_makes_a_reader_fail(name: str, data: st.DataObject) -> None:
    reader, text = FILES[name]
    raw = bytearray(text.encode())
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 2))] = data.draw(st.sampled_from(SIGNS) | st.binary(max_size=3))
    cut = bytes(raw[: data.draw(st.integers(0, len(raw)))])
    found = documents(reader, cut)
    assert found
    for document in found:
        assert document.text or document.issues
        dump = PARSER.parse_document(document)
        assert "".join(line.raw for line in dump.lines) == document.text
        assert len(dump.articles) == (1 if document.text.strip() else 0)
        assert "field-refused" not in [issue.code for issue in dump.issues]


@given(st.binary(max_size=200))
@settings(max_examples=60)
def test_no_bytes_make_a_reader_fail(data: bytes) -> None:
    for reader in (NEWSML_G2, NEWSML, NITF):
        assert 0 <= reader.sniff(data, "elm.xml") <= 100
        assert all(document.text or document.issues for document in documents(reader, data))


def test_a_catalogue_is_known_as_the_standards_own_and_holds_no_item() -> None:
    data = b'<c:catalog xmlns:c="http://iptc.org/std/nar/2006-10-01/"><c:scheme alias="a"/></c:catalog>'
    (dump,) = PARSER.iter_dumps([io.BytesIO(data)])
    assert dump.origin is not None
    assert (dump.origin.reader, dump.articles) == ("newsml-g2", ())
    assert "no item of news was found" in dump.issues[0].message


def test_nitf_says_what_a_text_is_about_and_where_it_was_written() -> None:
    data = b"""<nitf><head><docdata><identified-content>
        <location><city>Port Elm</city></location><location location-code="7"/><location>Oakland</location>
        <person>Ada Moss</person><org>Elm Ferries</org><event>Elm Fair</event>
      </identified-content></docdata></head>
      <body><body.head><hedline><hl1>Rain</hl1></hedline><dateline><location>PORT ELM, Elmland</location></dateline>
      </body.head><body.content><p>It rained.</p></body.content></body></nitf>"""
    (dump,) = PARSER.iter_dumps([io.BytesIO(data)])
    (article,) = dump.articles
    assert article.extra["place_names"] == ["Port Elm", "Oakland"]
    assert (article.extra["person_names"], article.extra["organisation_names"]) == (["Ada Moss"], ["Elm Ferries"])
    assert (article.extra["event_names"], article.extra["city"]) == (["Elm Fair"], "PORT ELM")
    assert dump.issues == ()


def test_each_of_several_documents_has_its_own_encoding_declared_or_not() -> None:
    lines = "<NewsComponent><NewsLines><HeadLine>{}</HeadLine></NewsLines></NewsComponent>"
    page = f"<NewsML><NewsItem>{lines}</NewsItem></NewsML>\n"
    data = b'<?xml version="1.0" encoding="iso-8859-1"?>' + page.format("Öl").encode("latin-1")
    data += page.format("Nässe — 雨").encode() + page.format("Über").encode("cp1252")
    dumps = PARSER.iter_dumps([io.BytesIO(data)])
    assert [article.headline for dump in dumps for article in dump.articles] == ["Öl", "Nässe — 雨", "Über"]
