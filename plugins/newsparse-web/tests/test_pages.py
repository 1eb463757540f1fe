from collections.abc import Callable
from pathlib import Path
from random import Random

import attrs
import pytest

import newsparse_web
from newsparse import Document, Dump, Origin, Parser, ReadContext, Role
from newsparse.readers.charsets import Decoded
from newsparse.testing.growth import MOST_GROWTH, growth
from newsparse_web.marks import marked, marked_lines
from newsparse_web.pages import decode_page, page_document
from newsparse_web.readers import HTML

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Ferries stay in port | Elm Courier</title>
<meta property="og:type" content="article"><meta property="og:title" content="Ferries stay in port as storm nears">
<meta property="og:site_name" content="Elm Courier"><meta property="og:url" content="https://example.com/ferries">
<meta property="article:published_time" content="2031-05-06T07:08:09+02:00">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"},
{"@type": "NewsArticle", "headline": "Ferries stay in port as storm nears", "dateModified": "2031-05-06T09:00:00Z",
"author": [{"@type": "Person", "name": "Ada Moss"}, {"@type": "Organization", "name": "Elm Courier"}]}]}</script>
<style>p { color: red }</style></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/port">Harbour news</a></li></ul></nav></header>
<main><article><h1>Ferries stay in port as storm nears</h1>
<p class="byline">By Ada Moss</p><time datetime="2031-05-06">6 May 2031</time>
<figure><img src="a.jpg" alt="boats">
<figcaption>Boats in the old harbour of Portville on Monday. (Elm Press)</figcaption></figure>
<p>The ferries of the town stayed in the harbour on Monday, a clerk of the port said, as a storm came nearer.</p>
<h2>Waves of four metres</h2>
<p>Waves of four metres were seen off the coast in the morning, and the port closed its gates at noon, she said.</p>
<aside><h3>Read more</h3><p><a href="/x">Storm warnings for the whole of the coast until Friday</a></p></aside>
<p>Passengers may use their tickets on any other day of the week, the company wrote to them in a letter.</p>
</article></main>
<footer><p>All rights reserved by the Elm Courier and its owners.</p></footer>
<script>document.write("<p>Never text</p>")</script></body></html>"""


def page(html: str | bytes) -> Document:
    data = html.encode() if isinstance(html, str) else html
    return page_document(decode_page(data), Origin())


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(plugins=[newsparse_web])


@pytest.fixture(scope="module")
def dump(parser: Parser) -> Dump:
    return parser.parse_document(page(PAGE))


def roles(dump: Dump) -> dict[str, Role]:
    return {line.text: line.role for line in dump.lines if line.text}


def test_a_page_is_one_article(dump: Dump) -> None:
    [article] = dump.articles
    assert article.headline == "Ferries stay in port as storm nears"
    assert [text.split()[0] for text in article.body] == ["The", "Waves", "Passengers"]
    assert [caption.text for caption in article.captions] == ["Boats in the old harbour of Portville on Monday."]


def test_what_the_page_states_fills_the_fields_and_says_so(dump: Dump) -> None:
    [article] = dump.articles
    assert article.published is not None
    assert article.updated is not None
    assert (article.published.iso, article.updated.iso) == ("2031-05-06T07:08:09+02:00", "2031-05-06T09:00:00Z")
    assert (article.authors, article.source, article.language) == (("Ada Moss",), "Elm Courier", "en-GB")
    assert article.extra == {
        "url": "https://example.com/ferries",
        "stated_by": {
            "published": "article:published_time",
            "updated": "JSON-LD dateModified",
            "authors": "JSON-LD author",
        },
    }


def test_every_line_of_the_page_is_in_the_ledger(dump: Dump) -> None:
    found = roles(dump)
    assert found["Waves of four metres"] is Role.SUBHEAD
    assert found["All rights reserved by the Elm Courier and its owners."] in (
        Role.FURNITURE,
        Role.MARKER,
        Role.RELATED,
    )
    assert "".join(line.raw for line in dump.lines) == dump.text


def test_markup_is_named_among_the_reasons(dump: Dump) -> None:
    [line] = [line for line in dump.lines if line.role is Role.CAPTION]
    reasons = [reason.name for reason in dump.explain(line.number)]
    assert any("figcaption" in reason for reason in reasons), reasons


def test_scripts_styles_comments_and_texts_of_pictures_are_no_lines() -> None:
    text = page("<body><!-- <p>gone</p> --><p>Rain</p><script>var a = '<p>x</p>'</script><img alt='rain'>"
                "<style>p {}</style><template><p>y</p></template><noscript>z</noscript></body>").text  # fmt: skip
    assert text.split() == ["Rain"]


def test_character_references_are_read_once_and_never_as_markup() -> None:
    html = "<!DOCTYPE html [<!ENTITY a 'bomb'><!ENTITY b '&a;&a;'>]><p>1 &lt;script&gt; &amp;lt; &b; &#xfdd0;2</p>"
    assert page(html).text.strip().endswith("1 <script> &lt; &b; 2")


@pytest.mark.parametrize(
    ("html", "facts"),
    [
        ("<figure><figcaption><p>A boat</p></figcaption></figure>", {"figcaption", "paragraph"}),
        ("<article><p>It <a href=x>rained</a> all day.</p></article>", {"paragraph of the article"}),
        ("<article><p><a href=x>It rained</a></p></article>", {"link"}),
        ("<p>First<h2>Second</h2>", {"heading"}),
        ("<header><h1>Rain</h1></header>", {"h1"}),
        ("<header><p>Rain</p></header>", {"frame of the page", "paragraph"}),
        ("<article><header><p>Rain</p></header></article>", {"paragraph of the article"}),
        ("<nav>Home</nav>", {"frame of the page"}),
        ("</nav></p><div>Rain</div>", set()),
        ("<address>Ada Moss</address>", {"author"}),
    ],
    ids=["figcaption", "paragraph", "link", "unclosed", "title", "head", "own head", "nav", "stray", "author"],
)  # fmt: skip
def test_a_line_knows_its_elements(html: str, facts: set[str]) -> None:
    from resiliparse.extract.html2text import extract_plain_text

    lines = [line for line in marked_lines(extract_plain_text(marked(f"<body>{html}"))) if line.text]
    assert set(lines[-1].facts) == facts


def test_marks_change_no_line() -> None:
    from resiliparse.extract.html2text import extract_plain_text

    html = "<body>" + PAGE.partition("<body>")[2].replace('alt="boats"', "")
    plain = extract_plain_text(html)  # without the gap above the script, which has a mark
    assert [line.text for line in marked_lines(extract_plain_text(marked(html)))] == [*plain.split("\n"), ""]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Ada Moss", True),
        ("Moss", False),
        ("Elm Courier", False),
        ("https://example.com/ada", False),
        ("ada@example.com", False),
        ("Ada Moss, for the desk of the harbour", False),
    ],
)
def test_an_author_is_a_person_or_none(name: str, kept: bool, parser: Parser) -> None:
    html = f'<meta name="author" content="{name}"><meta property="og:site_name" content="Elm Courier"><p>It rained.'
    fields = {field: value for _, field, value in page(html).fields}
    assert fields.get("authors") == ((name,) if kept else None)


def test_a_title_that_no_line_says_is_the_headline(parser: Parser) -> None:
    html = '<meta property="og:title" content="Rain ends in the valley"><p>The rain ended on Monday, the mayor said.'
    [article] = parser.parse_document(page(html)).articles
    assert article.headline == "Rain ends in the valley"
    assert article.extra["stated_by"] == {"headline": "page title"}


@pytest.mark.parametrize(
    "script", ["{", "[" * 100_000, '{"@type": 1}', '[null, {"@type": "NewsArticle", "author": {"name": [1]}}]']
)
def test_json_that_is_none_states_nothing(script: str) -> None:
    document = page(f'<script type="application/ld+json">{script}</script><p>It rained.</p>')
    assert document.text.strip() == "It rained."
    assert document.issues == ()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ('<meta charset="windows-1251"><p>Дождь'.encode("cp1251"), "cp1251"),
        ("<p>Zürich".encode(), "utf-8"),
        ("<p>Zürich".encode("cp1252"), "cp1252"),
        ("\ufeff<p>Zürich".encode("utf-16-le"), "utf-16-le"),
    ],
    ids=["stated", "utf-8", "guessed", "mark"],
)
def test_the_encoding_is_the_stated_one_or_found(data: bytes, encoding: str) -> None:
    decoded = decode_page(data)
    assert decoded.encoding == encoding
    assert "�" not in page(data).text


def test_pages_that_are_cut_or_damaged_are_read_as_far_as_they_go(parser: Parser) -> None:
    random = Random(7)
    whole = PAGE.encode()
    for number in range(200):
        data = bytearray(whole)
        if number % 2:
            del data[random.randrange(len(data)) :]
        else:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        dump = parser.parse_document(page(bytes(data)))
        assert "".join(line.raw for line in dump.lines) == dump.text
        assert len(dump.articles) <= 1


def test_an_empty_page_has_no_article(parser: Parser) -> None:
    for html in ("", "<html></html>", '<meta property="og:type" content="article"><div></div>'):
        assert parser.parse_document(page(html)).articles == ()


def test_a_page_over_the_limit_is_cut_and_named(tmp_path: Path, parser: Parser) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    [dump] = parser.iter_dumps([path], options={"limit": "1500"})
    assert [issue.code for issue in dump.issues] == ["cut-short"]
    [whole] = parser.iter_dumps([path])
    assert whole.origin is not None
    assert (whole.origin.reader, whole.issues) == ("html", ())


@pytest.mark.parametrize(
    ("head", "score"),
    [(b"<!doctype html><p>", 70), (b"\xef\xbb\xbf <?xml version='1.0'?><html xmlns='x'>", 70), (b"<rss><channel>", 0)],
)
def test_pages_are_recognised_by_content(head: bytes, score: int) -> None:
    assert HTML.sniff(head, "") == score


@pytest.mark.parametrize(
    "unit", ["<p>rain ", "<figcaption>", "<a href='", "<meta name=a", "<script>ld+json", "</nav>", "<article>a</p>"]
)
def test_time_grows_with_the_page_alone(unit: str) -> None:
    def work(size: int) -> Callable[[], object]:
        decoded = Decoded(unit * size, "utf-8")
        return lambda: page_document(decoded, Origin())

    found = growth(work, 500, 64_000)
    assert found is None or found < MOST_GROWTH


def test_a_file_gives_what_its_page_gives(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    with path.open("rb") as stream:
        [document] = HTML.read(stream, ReadContext(path=str(path)))
    assert document.origin is not None
    assert document.origin.path == str(path)
    assert attrs.evolve(document, origin=Origin()) == page(PAGE)
    assert document.articles == 1
