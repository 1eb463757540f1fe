import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import newsparse
from benchmarks.corpus import every_text
from newsparse import Dump, Parser
from tests.digests import digest, digests_elsewhere


@pytest.fixture(scope="module")
def texts(data_folder: Path) -> list[str]:
    found = list(every_text(data_folder / "corpus").values())
    assert len(found) > 500
    return found


@pytest.fixture(scope="module")
def dumps(texts: list[str], parser: Parser) -> list[Dump]:
    return [parser.parse(text) for text in texts]


@pytest.fixture(scope="module")
def expected(dumps: list[Dump]) -> list[str]:
    """The digest of each dump, in the order of the corpus."""
    return [digest(dump) for dump in dumps]


def test_the_lines_of_every_text_tile_it(texts, dumps):
    assert ["".join(line.raw for line in dump.lines) for dump in dumps] == texts


def test_every_dump_comes_back_from_json(dumps):
    for dump in dumps:
        assert newsparse.from_dict(json.loads(json.dumps(dump.to_dict()))) == dump


def test_the_order_of_texts_changes_nothing(texts, expected):
    cold = Parser(plugins=[])
    assert [digest(cold.parse(text)) for text in reversed(texts)] == expected[::-1]


def test_eight_threads_on_one_parser_find_the_same(texts, expected):
    shared = Parser(plugins=[])
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda text: digest(shared.parse(text)), texts)) == expected


def test_another_process_with_another_hash_seed_finds_the_same(texts, expected):
    assert digests_elsewhere(texts, hash_seed=7) == expected
