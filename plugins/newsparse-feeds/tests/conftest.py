import io
from collections.abc import Callable
from pathlib import Path

import pytest

import newsparse_feeds
from benchmarks import corpus
from newsparse import Article, Document, Parser, ReadContext


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser(plugins=[newsparse_feeds], strict=True)


@pytest.fixture(scope="session")
def documents() -> Callable[..., list[Document]]:
    (reader,) = newsparse_feeds.newsparse_register_readers()

    def read(data: bytes, encoding: str | None = None, **options: str) -> list[Document]:
        return list(reader.read(io.BytesIO(data), ReadContext("rain.rss", encoding, options)))

    return read


@pytest.fixture(scope="session")
def articles_of(parser: Parser, documents: Callable[..., list[Document]]) -> Callable[[bytes], list[Article]]:
    def read(data: bytes) -> list[Article]:
        return [article for document in documents(data) for article in parser.parse_document(document).articles]

    return read


@pytest.fixture(scope="session")
def data_folder() -> Path:
    folder = corpus.data_folder()
    if folder is None:
        pytest.skip(corpus.NO_DATA)
    return folder
