import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import newsparse_ninjs
from benchmarks import corpus
from newsparse import Article, Document, Parser, ReadContext


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser(plugins=[newsparse_ninjs], strict=True)


@pytest.fixture(scope="session")
def documents() -> Callable[..., list[Document]]:
    """Bytes, or JSON values, through one of the readers."""
    readers = {reader.name: reader for reader in newsparse_ninjs.newsparse_register_readers()}

    def read(name: str, data: Any, encoding: str | None = None, **options: str) -> list[Document]:
        given = data if isinstance(data, bytes) else json.dumps(data).encode()
        return list(readers[name].read(io.BytesIO(given), ReadContext("rain.json", encoding, options)))

    return read


@pytest.fixture(scope="session")
def article(parser: Parser, documents: Callable[..., list[Document]]) -> Callable[..., Article]:
    """The one article of a JSON value that a reader reads."""

    def read(name: str, data: Any) -> Article:
        (document,) = documents(name, data)
        (found,) = parser.parse_document(document).articles
        return found

    return read


@pytest.fixture(scope="session")
def there_and_back(parser: Parser, documents: Callable[..., list[Document]]) -> Callable[..., Article]:
    """An article written in a format and read again."""

    def go(given: Article, name: str, **options: str) -> Article:
        written = parser.render(given, name, **options)
        assert isinstance(written, str)
        (document,) = documents(name, written.encode())
        (found,) = parser.parse_document(document).articles
        return found

    return go


@pytest.fixture(scope="session")
def data_folder() -> Path:
    folder = corpus.data_folder()
    if folder is None:
        pytest.skip(corpus.NO_DATA)
    return folder
