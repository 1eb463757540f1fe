import re
from pathlib import Path
from xml.sax.saxutils import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsparse
import newsparse_tei
from newsparse import Article, Block, Caption, Origin, Role, WireDate, xml_text

PARSER = newsparse.Parser(plugins=[newsparse_tei])
SEED = Path(__file__).parents[3] / "seeds" / "000_ea817f18116cfa36.txt"
TAG_RE = re.compile(r"</?[a-z]+( [a-z]+=(\"[^\"<]*\"|'[^'<]*'))*/?>")
texts = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)

RAIN = """\
<doc id="{id}" title="Rain &quot;Ends&quot; &amp; Sun's Out" date="2031-05-06" language="en" path="a.txt">
<head>
Rain
"
<g/>
Ends
<g/>
"
&amp;
Sun's
Out
</head>
<p>
It
rained
(
<g/>
mother-in-law
<g/>
,
1,000
<g/>
)
<g/>
.
</p>
<subhead>
Later
</subhead>
<caption>
A
boat
<g/>
.
</caption>
</doc>
"""


def lines(article: Article) -> list[str]:
    text = PARSER.render(article, "vertical")
    assert isinstance(text, str)
    return text.split("\n")[:-1]


def joined(rows: list[str], tag: str) -> list[str]:
    """The texts of an element: words with a blank between them, none where they are glued."""
    found, text, inside, glued = [], "", False, False
    for row in rows:
        if row in (f"<{tag}>", f"</{tag}>"):
            found += [text] if inside else []
            inside, text, glued = not inside, "", True
        elif row == "<g/>":
            glued = True
        elif inside:
            text += ("" if glued else " ") + unescape(row)
            glued = False
    return found


def test_an_article_is_a_doc_with_a_word_a_line() -> None:
    article = Article(
        headline='Rain "Ends" & Sun\'s Out',
        published=WireDate("2031-05-06", "day"),
        captions=[Caption("A boat.")],
        body=["It rained (mother-in-law, 1,000)."],
        blocks=[Block(Role.BODY, "It rained (mother-in-law, 1,000)."), Block(Role.SUBHEAD, "Later")],
        language="en",
        origin=Origin("a.txt"),
    )
    expected = RAIN.replace("{id}", article.id)
    assert [*lines(article), ""] == expected.split("\n")


def test_the_seed_gives_its_paragraphs_back() -> None:
    for article in PARSER.parse(SEED.read_text(encoding="utf-8")).articles:
        assert joined(lines(article), "p") == [" ".join(paragraph.split()) for paragraph in article.body]
        assert joined(lines(article), "head") == [article.headline]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(texts, max_size=3), st.none() | texts)
def test_any_text_comes_back_but_for_its_blanks(body: list[str], headline: str | None) -> None:
    rows = lines(Article(headline=headline, body=body))
    assert joined(rows, "p") == [text for text in (" ".join(xml_text(text, {}).split()) for text in body) if text]
    for row in rows:
        assert TAG_RE.fullmatch(row) or not set(row) & set("<> \t")


@pytest.mark.parametrize("evil", ["</doc>", "<p>", "<g/>", "a\tb\nc", "&lt;"])
def test_no_word_is_a_tag(evil: str) -> None:
    rows = lines(Article(headline=evil, body=[evil], origin=Origin(evil)))
    assert joined(rows, "p") == [" ".join(evil.split())]
    assert [row.split()[0] for row in rows if row.startswith(("<doc", "</doc"))] == ["<doc", "</doc>"]
