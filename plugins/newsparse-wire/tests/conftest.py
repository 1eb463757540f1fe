import io
from collections.abc import Callable

import pytest

import newsparse_wire
from newsparse import Dump, Parser, ReadContext

Read = Callable[..., list[Dump]]


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser(plugins=[newsparse_wire], strict=True)


@pytest.fixture(scope="session")
def read(parser: Parser) -> Read:
    """Bytes through one of the readers: the dump of each message."""
    readers = {reader.name: reader for reader in newsparse_wire.newsparse_register_readers()}

    def read(name: str, data: bytes, encoding: str | None = None, **options: str) -> list[Dump]:
        context = ReadContext("feed.wire", encoding, options)
        return [parser.parse_document(document) for document in readers[name].read(io.BytesIO(data), context)]

    return read
