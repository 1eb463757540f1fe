import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

import newsparse_ninjs
from newsparse import Article, Document, Parser, Role, article_to_dict

Read = Callable[..., Article]
Documents = Callable[..., list[Document]]

# Whatever version says it, the article is this.
HEADLINE, DECK, BODY = (
    "Ferries Stay in Port",
    "Second night of rain",
    ("The ferries stayed.", "They may leave on Monday."),
)
VERSIONS = {
    "1.x": {
        "uri": "http://example.com/1",
        "headline": HEADLINE,
        "headline_deck": DECK,
        "byline": "By Ada Moss",
        "body_text": "The ferries stayed. They may leave on Monday.",
        "body_xhtml": "<p>The ferries stayed.</p><p>They may leave on Monday.</p>",
        "versioncreated": "2031-05-06T07:08:09Z",
        "infosource": [{"name": "Elm Press"}],
        "subject": [{"name": "weather", "code": "17000000"}],
        "pubstatus": "usable",
        "copyrightholder": "Elm Press",
        "embargoed": "2031-05-07T00:00:00Z",
        "associations": {"main": {"type": "picture", "description_text": "A boat.", "byline": "Ben Reed"}},
    },
    "1.6": {
        "uri": "http://example.com/1",
        "headline_main": HEADLINE,
        "headline_deck": DECK,
        "byline": "By Ada Moss",
        "body_main": "The ferries stayed. They may leave on Monday.",
        "body_richtext": "<p>The ferries stayed.</p> <p>They may leave on Monday.</p>",
        "versioncreated": "2031-05-06T07:08:09Z",
        "infosource": [{"name": "Elm Press"}],
        "subject": [{"name": "weather", "code": "17000000"}],
        "pubstatus": "usable",
        "copyrightholder": "Elm Press",
        "embargoed": "2031-05-07T00:00:00Z",
        "associations": {"main": {"type": "picture", "description_main": "A boat.", "byline": "Ben Reed"}},
    },
    "2.x": {
        "uri": "http://example.com/1",
        "headlines": [{"role": "main", "value": HEADLINE}, {"role": "deck", "value": DECK}],
        "by": "By Ada Moss",
        "bodies": [
            {"role": "text", "contenttype": "text/plain", "value": "The ferries stayed. They may leave on Monday."},
            {
                "role": "xhtml",
                "contenttype": "text/html",
                "value": "<body><p>The ferries stayed.</p><p>They may leave on Monday.</p></body>",
            },
        ],
        "versioncreated": "2031-05-06T07:08:09Z",
        "infosources": [{"name": "Elm Press"}],
        "subjects": [{"name": "weather", "literal": "17000000"}],
        "pubstatus": "usable",
        "copyrightholder": "Elm Press",
        "embargoed": "2031-05-07T00:00:00Z",
        "associations": [
            {"name": "main", "type": "picture", "descriptions": [{"value": "A boat."}], "by": "Ben Reed"},
        ],
    },
    "3.x": {
        "uri": "http://example.com/1",
        "headlines": [{"role": "main", "value": HEADLINE}, {"role": "deck", "value": DECK}],
        "by": "By Ada Moss",
        "bodies": [
            {"contentType": "text/plain", "value": "The ferries stayed.\n\nThey may leave\non Monday."},
        ],
        "versionCreated": "2031-05-06T07:08:09Z",
        "infoSources": [{"name": "Elm Press"}],
        "subjects": [{"name": "weather", "literal": "17000000"}],
        "pubStatus": "usable",
        "copyrightHolder": "Elm Press",
        "embargoedUntil": "2031-05-07T00:00:00Z",
        "associations": [
            {"name": "main", "type": "picture", "descriptions": [{"value": "A boat."}], "by": "Ben Reed"},
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize("item", VERSIONS.values(), ids=VERSIONS)
def test_every_version_says_the_same(item: dict[str, Any], article: Read) -> None:
    found = article("ninjs", item)
    assert (found.headline, found.deck, found.body) == (HEADLINE, (DECK,), BODY)
    assert (found.byline, found.authors, found.source) == ("By Ada Moss", ("Ada Moss",), "Elm Press")
    assert found.updated is not None
    assert (found.updated.iso, found.published) == ("2031-05-06T07:08:09Z", None)
    (caption,) = found.captions
    assert (caption.text, caption.credit and caption.credit.raw) == ("A boat.", "Ben Reed")
    assert found.extra == {
        "uri": "http://example.com/1",
        "subject_names": ["weather"],
        "subject_codes": ["17000000"],
        "status": "usable",
        "copyrightholder": "Elm Press",
        "embargoed": "2031-05-07T00:00:00Z",
        "associated": [{"type": "picture", "caption": "A boat."}],
        "associations_count": 1,
    }


def test_every_value_has_a_line_with_its_role(documents: Documents, parser: Parser) -> None:
    (document,) = documents("ninjs", VERSIONS["3.x"])
    dump = parser.parse_document(document)
    assert [(line.role, line.text) for line in dump.lines] == [
        (Role.HEADLINE, HEADLINE),
        (Role.DECK, DECK),
        (Role.BYLINE, "By Ada Moss"),
        (Role.BODY, BODY[0]),
        (Role.BODY, BODY[1]),
        (Role.CAPTION, "A boat."),
        (Role.CREDIT, "Ben Reed"),
    ]


def test_superdesk_writes_more(article: Read) -> None:
    found = article(
        "ninjs",
        {
            "guid": "tag:1",
            "headline": "Rain",
            "body_html": "<p>It rained.</p><h2>Snow</h2><p>It snowed.</p>",
            "description_html": "<p>Wet.</p>",
            "description_text": "Wet.",
            "authors": [{"name": "Ada Moss", "role": "writer"}],
            "source": "Elm Press",
            "firstpublished": "2031-05-06T07:08:09+0000",
            "firstcreated": "2031-05-05T07:08:09+0000",
            "keywords": ["rain", "snow"],
            "service": [{"code": "w", "name": "Weather"}],
            "priority": 3,
            "associations": {
                "story": {"type": "text", "headline": "Hail"},
                "photo": {
                    "type": "picture",
                    "headline": "Port",
                    "description_text": "A boat.",
                    "body_text": "boat",
                    "byline": "Ben Reed",
                    "source": "Elm Photo",
                },
            },
        },
    )
    assert (found.authors, found.source, found.deck) == (("Ada Moss",), "Elm Press", ("Wet.",))
    assert found.text == "It rained.\n\nSnow\n\nIt snowed."
    assert found.published is not None
    assert found.published.iso == "2031-05-06T07:08:09+00:00"
    (caption,) = found.captions
    assert caption.credit is not None
    assert (caption.credit.photographer, caption.credit.agency) == ("Ben Reed", "Elm Photo")
    assert found.extra["service_names"] == ["Weather"]
    assert found.extra["keywords"] == ["rain", "snow"]
    assert found.extra["abstract"] == "Wet."
    assert found.extra["associated"] == [
        {"type": "text", "headline": "Hail"},
        {"type": "picture", "headline": "Port", "caption": "A boat.", "alt": "boat"},
    ]


@pytest.mark.parametrize(
    ("item", "headline", "captions"),
    [
        ({"uri": "u:1", "type": "picture", "description_text": "A boat."}, None, ["A boat."]),
        ({"uri": "u:1", "title": "Port", "type": "event"}, "Port", []),
        ({"uri": "u:1", "type": "video", "urgency": 3}, None, []),
    ],
    ids=["caption alone", "title alone", "no text"],
)
def test_an_item_without_a_text_is_an_article_all_the_same(
    item: dict[str, Any], headline: str | None, captions: list[str], article: Read
) -> None:
    found = article("ninjs", item)
    assert (found.headline, [caption.text for caption in found.captions]) == (headline, captions)
    assert found.extra["uri"] == "u:1"


@pytest.mark.parametrize(
    "wrapped",
    [
        [{"uri": "u:1", "headline": "Rain"}, {"uri": "u:2", "headline": "Snow"}],
        {"total": 2, "item": [{"uri": "u:1", "headline": "Rain"}, {"uri": "u:2", "headline": "Snow"}]},
        {
            "data": {
                "items": [{"item": {"uri": "u:1", "headline": "Rain"}}, {"item": {"uri": "u:2", "headline": "Snow"}}]
            }
        },
        b'{"uri": "u:1", "headline": "Rain"}\n{"uri": "u:2", "headline": "Snow"}\n',
    ],
    ids=["list", "wrapper", "answer of a service", "end to end"],
)
def test_items_are_found_wherever_they_stand(wrapped: Any, documents: Documents) -> None:
    found = documents("ninjs", wrapped)
    assert [document.text for document in found] == ["Rain\n", "Snow\n"]
    assert [document.origin and document.origin.record for document in found] == [1, 2]


def test_a_story_among_the_associations_is_an_article_of_its_own(documents: Documents) -> None:
    story = {"uri": "u:2", "type": "text", "headlines": [{"value": "Rain"}], "bodies": [{"value": "It rained."}]}
    package = {"uri": "u:1", "headline": "Package", "type": "composite", "associations": [story]}
    assert [document.text for document in documents("ninjs", package)] == ["Package\nRain\n", "Rain\nIt rained.\n"]


def test_what_has_no_field_is_counted_by_name_once_a_file(documents: Documents) -> None:
    items = [{"uri": "u:1", "headline": "Rain", "mood": {"deep": "wet"}}, {"uri": "u:2", "headline": "Snow", "mood": 1}]
    first, second = documents("ninjs", items)
    assert first.issues == ()
    (issue,) = second.issues
    assert (issue.code, issue.message) == ("unmapped", "rain.json: values without a field were left out: mood (2)")
    assert "wet" not in repr((first.fields, second.fields))


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"", ["no-item"]),
        (b"rain", ["json-damaged", "no-item"]),
        (b"{}", ["no-item"]),
        (b'{"uri": "u:1", "headline": "Ra', ["json-damaged"]),
        ('{"uri": "u:1", "headline": "Fähre"}'.encode("cp1252"), ["charset-guessed"]),
        ('{"uri": "u:1", "headline": "Fähre"}'.encode("utf-16"), []),
    ],
)
def test_bad_files_are_read_as_far_as_they_go(data: bytes, codes: list[str], documents: Documents) -> None:
    found = documents("ninjs", data)
    assert [issue.code for document in found for issue in document.issues] == codes


def test_a_file_over_the_limit_is_read_so_far(documents: Documents) -> None:
    (document,) = documents("ninjs", b'{"uri": "u:1", "headline": "Rain and snow"}', limit="36")
    assert document.text == "Rain and\n"
    assert [issue.code for issue in document.issues] == ["cut-short", "json-damaged"]


def test_a_deep_nest_is_read(documents: Documents) -> None:
    deep = b'{"uri": "u:1", "headline": "Rain", "associations": ' * 3000
    assert documents("ninjs", deep)[0].text.startswith("Rain\n")


def test_newsparse_knows_the_files(parser: Parser, tmp_path: Path) -> None:
    for version, item in VERSIONS.items():
        (tmp_path / f"{version}.json").write_text(json.dumps(item), encoding="utf-8")
    dumps = list(parser.iter_dumps([tmp_path]))
    assert [dump.origin and dump.origin.reader for dump in dumps] == ["ninjs"] * len(VERSIONS)
    assert all(dump.issues == () for dump in dumps)


@pytest.fixture(scope="session")
def samples(data_folder: Path) -> dict[Path, dict[str, Any]]:
    folder = data_folder / "samples" / "ninjs"
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return {folder / name: values for name, values in expected.items()}


# What `expected.json` says of a file beside its values; the version is that of its folder, and no file states it.
BESIDE = {"format", "stated_by", "note", "ninjs_version"}


def levelled(value: object) -> object:
    return " ".join(str(value).split()) if isinstance(value, str | int) else value


def test_samples_give_their_expected_values(samples: dict[Path, dict[str, Any]], parser: Parser) -> None:
    checked = 0
    for path, expected in samples.items():
        dump = next(iter(parser.iter_dumps([path])))
        values = article_to_dict(dump.articles[0])
        for name in expected.keys() - BESIDE:
            wanted, found = expected[name], values.get(name) or values["extra"].get(name)
            if name == "updated":
                wanted, found = datetime.fromisoformat(wanted), datetime.fromisoformat(found["iso"])
            elif name == "body_starts":
                found = values["text"][: len(wanted)]
            assert levelled(found) == levelled(wanted), (path.name, name)
            checked += 1
    assert checked == 150


def test_damaged_samples_never_raise(samples: dict[Path, dict[str, Any]], documents: Documents) -> None:
    random = Random(4)
    for path in samples:
        data = path.read_bytes()
        for _ in range(20):
            place = random.randrange(len(data))
            flipped = bytearray(data)
            flipped[place] ^= 1 << random.randrange(8)
            for damaged in (data[:place], bytes(flipped)):
                for reader in newsparse_ninjs.newsparse_register_readers():
                    assert documents(reader.name, damaged)


def test_rows_with_names_that_ninjs_has_too_keep_their_text(parser: Parser) -> None:
    row = {"headline": "Rain", "byline": "By Ada Moss", "uri": "http://example.com/1", "text": "It rained."}
    (dump,) = parser.iter_dumps([io.BytesIO(json.dumps([row]).encode())])
    assert (dump.origin and dump.origin.reader, dump.articles[0].body) == ("json", ("It rained.",))
