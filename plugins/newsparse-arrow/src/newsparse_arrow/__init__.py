"""Parses columns of Arrow, and reads and writes Parquet, for newsparse.

pyarrow is loaded when something of it is first used, so that listing plugins costs next to nothing.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from newsparse import Document, OutputFormat, ReadContext, Reader, WriteContext, hookimpl
from newsparse_arrow.columns import NAMED

if TYPE_CHECKING:
    from newsparse_arrow.kernel import parse_batch, parse_column, parsed_schema
    from newsparse_arrow.schemas import ARTICLE, PARSED
    from newsparse_arrow.writers import ParquetWriter

__all__ = ["ARTICLE", "PARSED", "parse_batch", "parse_column", "parsed_schema"]

_HOMES = {
    "ARTICLE": "schemas",
    "PARSED": "schemas",
    "parse_batch": "kernel",
    "parse_column": "kernel",
    "parsed_schema": "kernel",
}
# Every Parquet file begins and ends with these bytes: https://parquet.apache.org/docs/file-format/
_MARK = b"PAR1"
_SURE, _NAMED, _NO = 99, 50, 0


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def _sniff(head: bytes, name: str) -> int:
    return _SURE if head.startswith(_MARK) else _NAMED if name.endswith(".parquet") else _NO


def _read(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    from newsparse_arrow.readers import read_parquet

    return read_parquet(stream, context)


def _open(stream: BinaryIO, context: WriteContext) -> "ParquetWriter":
    from newsparse_arrow.writers import ParquetWriter

    return ParquetWriter(stream, context)


@hookimpl
def newsparse_register_readers() -> Iterable[Reader]:
    """Parquet."""
    return (
        Reader(
            "parquet",
            (".parquet",),
            _sniff,
            _read,
            ("text", "headline", "extra", "limit"),
            "Parquet: a row a record, an article or a text in one of its columns; newsparse's own too",
        ),
    )


@hookimpl
def newsparse_register_formats() -> Iterable[OutputFormat]:
    """Parquet."""
    return (
        OutputFormat(
            "parquet",
            ".parquet",
            "application/vnd.apache.parquet",
            binary=True,
            open=_open,
            options=("columns", "compression"),
            title=f"Parquet: a row an article, all of it or the columns of {', '.join(NAMED)}",
        ),
    )
