"""Real messages, which are no part of this tree: each must say what is stated of it, alone and in a stream."""

import json
import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import newsparse
from benchmarks import corpus
from newsparse import Article

FORMATS = ("iptc7901", "anpa1312", "zczc")
# What speaks of the collection, of another file, or of what another reader makes of the file.
NO_VALUES = frozenset({"format", "note", "stated_by", "source_file", "documents", "stories", "place_stated_upstream"})
ENDINGS = ("_contains", "_contain", "_lacks", "_starts", "_in_file")
STREAMS = 6


@pytest.fixture(scope="module")
def data() -> Path:
    folder = corpus.data_folder()
    if folder is None or not (folder / "samples").is_dir():
        pytest.skip(corpus.NO_DATA)
    return folder / "samples"


def samples(data: Path, name: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The samples of a format: file, what is stated of it."""
    for file, expected in json.loads((data / name / "expected.json").read_text("utf-8")).items():
        yield data / name / file, expected


def stories(expected: dict[str, Any]) -> list[dict[str, Any]]:
    """What is stated of each story of a file."""
    return expected.get("stories") or [expected]


def value(article: Article, name: str) -> Any:
    """What an article says under a stated name: in its own field, else in `extra`."""
    own = {
        "headline": article.headline,
        "byline": article.byline,
        "dateline": article.dateline.raw if article.dateline else None,
        "language": article.language,
        "source": article.source,
        "body": " ".join(article.body),
        "table_rows": [paragraph for paragraph in article.body if paragraph.startswith("|")],
    }
    for ending in ENDINGS:
        name = name.removesuffix(ending)
    return own[name] if name in own else article.extra.get(name)


def plain(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def meets(article: Article, name: str, wanted: Any) -> bool:
    got = value(article, name)
    if name == "created":
        return got is not None and datetime.fromisoformat(got) == datetime.fromisoformat(wanted)
    if name == "table_rows":
        return len(got) == wanted
    if name == "table_rows_contain":
        rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in got]
        return all(row in rows for row in wanted)
    if name.endswith("_contains"):
        return all(plain(part) in plain(got) for part in wanted)
    if name.endswith("_lacks"):
        return not any(plain(part) in plain(got) for part in wanted)
    if name.endswith("_starts"):
        return bool(plain(got).startswith(plain(wanted)))
    return bool(plain(got) == plain(wanted))


def unmet(article: Article, expected: dict[str, Any]) -> list[str]:
    """The stated values that an article does not have."""
    return [
        f"{name}: wanted {wanted!r}, got {value(article, name)!r}"
        for name, wanted in expected.items()
        if name not in NO_VALUES and not meets(article, name, wanted)
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_every_sample_says_what_is_stated_of_it(data, parser, name):
    for path, expected in samples(data, name):
        dumps = list(parser.iter_dumps([path]))
        assert {dump.origin.reader for dump in dumps} == {name}
        articles = [article for dump in dumps for article in dump.articles]
        wanted = stories(expected)
        assert len(articles) == len(wanted), path.name
        assert [unmet(article, story) for article, story in zip(articles, wanted, strict=True)] == [[]] * len(wanted)


@pytest.mark.parametrize("name", FORMATS)
def test_every_byte_of_a_sample_stands_in_a_ledger(data, parser, name):
    for path, _ in samples(data, name):
        dumps = list(parser.iter_dumps([path]))
        assert all("".join(line.raw for line in dump.lines) == dump.text for dump in dumps)
        assert b"".join(dump.text.encode(dump.origin.encoding) for dump in dumps) == path.read_bytes()


@pytest.mark.parametrize("name", FORMATS)
def test_streams_of_samples_give_each_story_once(data, read, name):
    files = list(samples(data, name))
    chance = random.Random(name)
    for _ in range(STREAMS):
        chance.shuffle(files)
        between = chance.choice([b"", b"\n", b"\r\n"])
        dumps = read(name, between.join(path.read_bytes() for path, _ in files))
        articles = [article for dump in dumps for article in dump.articles]
        wanted = [story for _, expected in files for story in stories(expected)]
        assert len(articles) == len(wanted)
        assert [unmet(article, story) for article, story in zip(articles, wanted, strict=True)] == [[]] * len(wanted)


@pytest.mark.parametrize("name", FORMATS)
def test_samples_come_back_from_json(data, parser, name):
    for path, _ in samples(data, name):
        for dump in parser.iter_dumps([path]):
            assert newsparse.from_dict(json.loads(json.dumps(dump.to_dict()))) == dump
