"""Whatever is written is what the standards' own schemas let pass."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from referencing import Registry, Resource

from newsparse import Article, Parser
from newsparse_ninjs.items import VERSIONS, ninjs_item
from newsparse_ninjs.names import is_uri, stamp_text
from newsparse_ninjs.newsarticles import news_article
from tests.any_articles import articles, parsed_articles
from tests.samples import BARE, FLOOD

# Articles have many parts, and on a busy machine they are drawn slowly.
BUSY = (HealthCheck.too_slow,)
STAMP = {"version": "0.1.0", "plugins": {"newsparse-ninjs": "0.1.0"}, "profile": None, "settings": "00ff"}
GEOJSON = "https://geojson.org/schema/GeoJSON.json"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@pytest.fixture(scope="session")
def schemas(data_folder: Path) -> Mapping[str, Validator]:
    folder = data_folder / "schemas" / "ninjs"
    registry: Registry[Any] = Registry().with_resource(
        GEOJSON, Resource.from_contents(json.loads((folder / "GeoJSON-stub.json").read_text(encoding="utf-8")))
    )
    found = {}
    for version in VERSIONS:
        schema = json.loads((folder / f"ninjs-schema_{version}.json").read_text(encoding="utf-8"))
        found[version] = validator_for(schema)(schema, registry=registry)
    return found


@pytest.fixture(scope="session")
def corpus_articles(data_folder: Path) -> list[Article]:
    return list(parsed_articles(data_folder))


def assert_ninjs(article: Article, schemas: Mapping[str, Validator]) -> None:
    for version, schema in schemas.items():
        item = json.loads(json.dumps(ninjs_item(article, version, stamp_text(STAMP))))
        assert [error.message for error in schema.iter_errors(item)] == []
        dates = {name.lower(): value for name, value in item.items() if "created" in name.lower() or name == "expires"}
        assert all(MOMENT.fullmatch(value) for value in dates.values())
        assert is_uri(item["uri"])


@pytest.mark.parametrize("article", [FLOOD, BARE, Article()], ids=["full", "bare", "empty"])
def test_ninjs_validates(article: Article, schemas: Mapping[str, Validator]) -> None:
    assert_ninjs(article, schemas)


@given(articles())
@settings(max_examples=60, suppress_health_check=BUSY)
def test_ninjs_of_any_article_validates(schemas: Mapping[str, Validator], article: Article) -> None:
    assert_ninjs(article, schemas)


def test_ninjs_of_the_corpus_validates(schemas: Mapping[str, Validator], corpus_articles: list[Article]) -> None:
    for article in corpus_articles:
        assert_ninjs(article, schemas)


class Vocabulary:
    """What schema.org says of types and properties."""

    def __init__(self, folder: Path):
        with (folder / "types-news-excerpt.csv").open(encoding="utf-8", newline="") as rows:
            self.allowed = {row["label"]: set(_cells(row["properties"])) for row in csv.DictReader(rows)}
        with (folder / "schemaorg-current-https-properties.csv").open(encoding="utf-8", newline="") as rows:
            # Of properties the first cell is an address like those of types.
            self.properties = {row["label"]: row for row in csv.DictReader(rows)}
        with (folder / "types-hierarchy.csv").open(encoding="utf-8", newline="") as rows:
            self.above = {row["label"]: _cells(row["subTypeOf"]) for row in csv.DictReader(rows)}

    def faults(self, node: Mapping[str, Any]) -> Iterator[str]:
        kind = node["@type"]
        assert kind in self.above
        for name, value in node.items():
            if name.startswith("@"):
                continue
            if kind in self.allowed:
                if name not in self.allowed[kind]:
                    yield f"{kind} has no {name}"
            elif not set(_cells(self.properties[name]["domainIncludes"])) & self.types_above(kind):
                yield f"{kind} has no {name}"
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    if not set(_cells(self.properties[name]["rangeIncludes"])) & self.types_above(one["@type"]):
                        yield f"{name} is no {one['@type']}"
                    yield from self.faults(one)
                elif not isinstance(one, str | int):
                    yield f"{name} is {one!r}"

    def types_above(self, kind: str) -> set[str]:
        found = {kind}
        for above in self.above.get(kind, ()):
            found |= self.types_above(above)
        return found


def _cells(text: str) -> list[str]:
    return [cell.rsplit("/", 1)[1] for cell in text.split(", ") if cell]


@pytest.fixture(scope="session")
def vocabulary(data_folder: Path) -> Vocabulary:
    return Vocabulary(data_folder / "schemas" / "schema-org")


def test_the_check_of_json_ld_finds_faults(vocabulary: Vocabulary) -> None:
    node = {"@type": "NewsArticle", "headlin": "x", "author": {"@type": "Place", "name": "y", "caption": "z"}}
    assert list(vocabulary.faults(node)) == ["NewsArticle has no headlin", "author is no Place", "Place has no caption"]


@pytest.mark.parametrize("article", [FLOOD, BARE, Article()], ids=["full", "bare", "empty"])
def test_json_ld_has_properties_and_types_of_schema_org(article: Article, vocabulary: Vocabulary) -> None:
    assert list(vocabulary.faults(news_article(article, STAMP))) == []


@given(articles())
@settings(max_examples=60, suppress_health_check=BUSY)
def test_json_ld_of_any_article_does_too(vocabulary: Vocabulary, article: Article) -> None:
    node = json.loads(json.dumps(news_article(article, STAMP)))
    assert list(vocabulary.faults(node)) == []
    assert is_uri(node["@id"])


def test_json_ld_of_the_corpus_does_too(vocabulary: Vocabulary, corpus_articles: list[Article]) -> None:
    for article in corpus_articles:
        assert list(vocabulary.faults(news_article(article, STAMP))) == []


def test_render_gives_the_versions_by_option(parser: Parser) -> None:
    found = [json.loads(parser.render(BARE, "ninjs", version=version)) for version in VERSIONS]
    assert [item.get("standard", item.get("$standard"))["version"] for item in found] == list(VERSIONS)
