"""The format ``parquet``: a row an article, all of it or the columns of a well-known table.

Takes articles, gives one file in row groups. What made it stands in the file's metadata under ``newsparse``.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from newsparse import Article, WireDate, WriteContext
from newsparse.options import choice_option
from newsparse_arrow.columns import NAMED
from newsparse_arrow.schemas import ARTICLE, article_values, held

WHOLE = "newsparse"
"""The option ``columns`` for all of an article."""
METADATA = b"newsparse"
"""The key of the file's metadata that says what made it, as JSON."""

COMPRESSIONS = ("zstd", "snappy", "gzip", "none")

# A row group is written when it has so many articles or characters: it is what a reader has in memory at once.
_ROWS, _CHARACTERS = 10_000, 1 << 22
_TYPES = {"string": pa.string(), "double": pa.float64(), "int64": pa.int64(), "list<string>": pa.list_(pa.string())}


class ParquetWriter:
    """Writes articles to a stream, a row group at a time."""

    def __init__(self, stream: BinaryIO, context: WriteContext):
        columns = choice_option(context.options, "columns", (WHOLE, *NAMED))
        compression = choice_option(context.options, "compression", COMPRESSIONS)
        fields, self._values = (list(ARTICLE), article_values) if columns == WHOLE else _named(columns)
        self._schema = pa.schema(fields, {METADATA: json.dumps(dict(context.stamp)).encode()})
        # pyarrow closes a stream that it was given, and this one is the caller's.
        self._sink = pa.PythonFile(_Open(stream), "w")
        self._file = pq.ParquetWriter(self._sink, self._schema, compression=compression)
        self._replaced = context.replaced
        self._rows: list[dict[str, Any]] = []
        self._size = 0

    def write(self, article: Article) -> None:
        """Write an article."""
        row = self._values(article)
        self._rows.append(row)
        self._size += sum(map(len, article.body))
        if len(self._rows) >= _ROWS or self._size >= _CHARACTERS:
            self._flush()

    def close(self) -> None:
        """Write what is left, and the file's own end."""
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        if self._rows:
            self._file.write_table(self._table())
            self._rows, self._size = [], 0

    def _table(self) -> Any:
        try:
            return pa.Table.from_pylist(self._rows, self._schema)
        except UnicodeEncodeError:
            return pa.Table.from_pylist(held(self._rows, self._replaced), self._schema)


class _Open:
    """A stream of bytes to write to, which stays open."""

    closed = False

    def __init__(self, stream: BinaryIO):
        self.write = stream.write
        self.flush = stream.flush

    def close(self) -> None:
        """Nothing: the stream is the caller's."""


def _named(columns: str) -> tuple[list[Any], Callable[[Article], dict[str, Any]]]:
    """The fields of a well-known table, and what makes its rows."""
    table = NAMED[columns]

    def values(article: Article) -> dict[str, Any]:
        return {name: _first(article, places, kind) for name, (kind, places) in table.items()}

    return [pa.field(name, _TYPES[kind]) for name, (kind, _) in table.items()], values


def _first(article: Article, places: tuple[str, ...], kind: str) -> Any:
    """The first value of some places of an article, as the kind of its column."""
    for place in places:
        value = _fitting(_at(article, place), kind)
        if value is not None:
            return value
    return [] if kind == "list<string>" else None


def _at(article: Article, place: str) -> Any:
    field, _, name = place.partition(" ")
    if field == "extra":
        return _stated(article.extra, name)
    return getattr(article.origin if field == "origin" else article, name or field, None)


def _stated(extra: Mapping[str, Any], name: str) -> Any:
    """What an input stated in a column: by its name, or below ``extra`` where the name is one of ours."""
    inner = extra.get("extra")
    return extra.get(name, inner.get(name) if isinstance(inner, dict) else None)


def _fitting(value: Any, kind: str) -> Any:
    """A value as a column of this kind holds it, or `None`."""
    if kind == "list<string>":
        return [str(item) for item in value] if value and not isinstance(value, str) else None
    if kind == "double":
        return float(value) if isinstance(value, int | float) else None
    if isinstance(value, WireDate):
        return value.iso or None
    if isinstance(value, tuple):
        return "\n".join(value) or None
    return value if isinstance(value, str) and value else None
