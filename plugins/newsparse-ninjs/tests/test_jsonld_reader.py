import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsparse import Article, Document, Parser, Role

Read = Callable[..., Article]
Documents = Callable[..., list[Document]]

HEADLINE, BODY = "Ferries Stay in Port", ("The ferries stayed.", "They may leave on Monday.")
PLAIN: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "articleSection": "Harbour",
    "author": {"@type": "Person", "name": "Ada Moss"},
    "publisher": {"@type": "Organization", "name": "Elm Courier"},
    "datePublished": "2031-05-06T07:08:09+02:00",
    "inLanguage": "en",
    "articleBody": "\n".join(BODY),
    "image": {
        "@type": "ImageObject",
        "url": "http://example.com/1.jpg",
        "caption": "A boat.",
        "creditText": "Elm Press",
    },
}
PERSON, PICTURE = {"@id": "#ada"}, {"@id": "#boat"}
FORMS = {
    "plain": PLAIN,
    "a list": [PLAIN],
    "a graph": {
        "@context": "https://schema.org/",
        "@graph": [
            {"@type": "WebPage", "name": "Elm"},
            {**PLAIN, "author": PERSON, "image": PICTURE},
            {"@type": "Person", "@id": "#ada", "name": "Ada Moss", "image": PICTURE},
            {"@type": "ImageObject", "@id": "#boat", "caption": "A boat.", "creditText": "Elm Press", "author": PERSON},
        ],
    },
    "a list of items": {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": PLAIN}]},
    "several types": {**PLAIN, "@type": ["Thing", "ReportageNewsArticle"]},
    "markup": {**PLAIN, "articleBody": "".join(f"<p>{text}</p>" for text in BODY)},
    "names as texts": {**PLAIN, "author": ["Ada Moss"], "publisher": "Elm Courier", "articleSection": ["Harbour"]},
    "addresses": {
        name if name.startswith("@") else f"http://schema.org/{name}": value
        for name, value in {**PLAIN, "@type": "http://schema.org/NewsArticle"}.items()
    },
    "expanded": {
        "@type": ["https://schema.org/NewsArticle"],
        **{
            f"https://schema.org/{name}": [{"@value": value}] if isinstance(value, str) else [value]
            for name, value in PLAIN.items()
            if not name.startswith("@")
        },
    },
}


@pytest.mark.parametrize("value", FORMS.values(), ids=FORMS)
def test_every_form_says_the_same(value: Any, article: Read) -> None:
    found = article("jsonld", value)
    assert (found.headline, found.body, found.section) == (HEADLINE, BODY, "Harbour")
    assert (found.authors, found.source, found.language) == (("Ada Moss",), "Elm Courier", "en")
    assert found.published is not None
    assert found.published.iso == "2031-05-06T07:08:09+02:00"
    (caption,) = found.captions
    assert (caption.text, caption.credit and caption.credit.raw) == ("A boat.", "Elm Press")


def test_every_value_has_a_line_with_its_role(documents: Documents, parser: Parser) -> None:
    (document,) = documents("jsonld", PLAIN)
    assert [line.role for line in parser.parse_document(document).lines] == [
        Role.SECTION,
        Role.HEADLINE,
        Role.TIMESTAMP,
        Role.BODY,
        Role.BODY,
        Role.CAPTION,
        Role.CREDIT,
    ]


@pytest.mark.parametrize(
    "author",
    [
        {"@type": "Organization", "name": "Elm Press"},
        "https://example.com/ada",
        {"@type": "Person", "url": "https://x.y/"},
    ],
    ids=["organisation", "address", "person without a name"],
)
def test_what_is_no_name_is_no_author(author: Any, article: Read) -> None:
    assert article("jsonld", {**PLAIN, "author": author}).authors == ()


def test_text_of_json_ld_is_no_other_thing(documents: Documents) -> None:
    found = documents("jsonld", {"@context": "https://schema.org", "@type": "Recipe", "name": "Soup"})
    assert [(document.text, [issue.code for issue in document.issues]) for document in found] == [("", ["no-item"])]


def test_what_has_no_field_is_counted_by_name(documents: Documents) -> None:
    (document,) = documents("jsonld", {**PLAIN, "speakable": {"@type": "SpeakableSpecification"}})
    assert [issue.message for issue in document.issues] == [
        "rain.json: values without a field were left out: speakable (1)"
    ]


def test_newsparse_knows_the_files(parser: Parser, tmp_path: Path) -> None:
    for number, value in enumerate(FORMS.values()):
        (tmp_path / f"{number}.json").write_text(json.dumps(value), encoding="utf-8")
    dumps = list(parser.iter_dumps([tmp_path]))
    assert [dump.origin and dump.origin.reader for dump in dumps] == ["jsonld"] * len(FORMS)
