import io
from collections.abc import Callable
from pathlib import Path

import pytest

import newsparse_archives
from newsparse import Dump, Parser, ReadContext

EXPORTS = Path(__file__).parent / "exports"
"""Exports as the vendors lay them out, with invented stories."""


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser(plugins=[newsparse_archives], strict=True)


@pytest.fixture(scope="session")
def read(parser: Parser) -> Callable[..., list[Dump]]:
    """A text or bytes through one of the readers: the dump of each document. No line is ever lost."""
    readers = {reader.name: reader for reader in newsparse_archives.newsparse_register_readers()}

    def read(name: str, data: str | bytes, encoding: str | None = None, **options: str) -> list[Dump]:
        context = ReadContext("export.txt", encoding, options)
        stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
        dumps = [parser.parse_document(document) for document in readers[name].read(stream, context)]
        assert all("".join(line.raw for line in dump.lines) == dump.text for dump in dumps)
        return dumps

    return read


@pytest.fixture(scope="session")
def export() -> Callable[[str], str]:
    """The text of an export, by its name."""
    return lambda name: (EXPORTS / name).read_text("utf-8")


@pytest.fixture(scope="session")
def classic(export: Callable[[str], str]) -> Callable[..., str]:
    """A LexisNexis text export of one record, with its number and headline, and lines before PUBLICATION-TYPE."""
    page = export("lexisnexis.txt")
    start, stop = (page.index(f"{number} of 2 DOCUMENTS") for number in (1, 2))
    record = page[start:stop].rstrip(" ")

    def classic(number: int = 1, total: int = 1, headline: str = "Ferry Late Again", more: str = "") -> str:
        return (
            record.replace("1 of 2 DOCUMENTS", f"\n{number} of {total} DOCUMENTS")
            .replace("Ferry Late Again", headline)
            .replace("Story 1", f"Story {number}")
            .replace("PUBLICATION-TYPE", f"{more}PUBLICATION-TYPE")
        )

    return classic
