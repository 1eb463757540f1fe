"""The reader ``parquet``: a row a record.

Takes a stream, gives a `Document` a row, read a few rows at a time; files of the format ``parquet`` give their articles
back, and so do tables that `newsparse_arrow.parse_batch` made. A damaged row group costs its own rows.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, BinaryIO, cast

import attrs
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from newsparse import UNREADABLE, Article, Document, Issue, ReadContext, RecordError
from newsparse.candidates import reason_of
from newsparse.options import number_option
from newsparse.readers.charsets import check_encoding, decode
from newsparse.readers.columns import TEXT, folded
from newsparse.readers.limits import CUT, RECORD, too_long
from newsparse.readers.own import is_sound, own_document
from newsparse.readers.rows import BadRecordError, Columns, Place
from newsparse_arrow.schemas import ARTICLE, PARSED, article_of

NAME = "parquet"

# Few enough that rows of many megabytes, which pack to nothing, still fit in memory.
_ROWS = 16
# The columns that the kernel adds.
_KERNEL = tuple(field.name for field in PARSED)
# What Arrow raises for a file that is none or is damaged; it uses the classes of Python for some.
_FAULTS = (pa.ArrowException, OSError, ValueError)


def read_parquet(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    """The documents of a Parquet file.

    Raises:
        OptionError: There is no such encoding, or the limit is no number.
    """
    check_encoding(context.encoding)
    limit = number_option(context.options, "limit", RECORD)
    columns = Columns.chosen(context.options)
    place = Place(context, NAME, 0)
    with _seekable(stream) as source:
        try:
            file = pq.ParquetFile(source)
            schema, groups = file.schema_arrow, file.num_row_groups
        except _FAULTS as error:
            name = context.path or "the input"
            issue = Issue(UNREADABLE, f"cannot read {name}: it is no whole Parquet file ({reason_of(error)})")
            yield Document(origin=place.origin(), issues=(issue,))
            return
        rows = _Rows(schema, context.encoding)
        first = 0
        for group in range(groups):
            count = file.metadata.row_group(group).num_rows
            number = first
            try:
                for batch in file.iter_batches(_ROWS, [group], use_threads=False):
                    for record, issues in rows.of(batch):
                        number += 1
                        place = Place(context, NAME, number)
                        yield from _documents(record, place, columns, schema, limit, issues)
            except _FAULTS as error:
                lost = first + count - number
                message = f"{place.context.path or 'the input'}: {lost} rows behind row {number} cannot be read"
                yield Document(origin=place.origin(), issues=(Issue(CUT, f"{message} ({reason_of(error)})"),))
            first += count
    yield from columns.report(place)


@contextmanager
def _seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream, or a copy on the disk of one that cannot be read from its end."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield cast(BinaryIO, copy)


@attrs.frozen
class _Rows:
    """Batches of rows as records of JSON values."""

    schema: Any
    encoding: str | None

    def of(self, batch: Any) -> Iterator[tuple[dict[str, Any], list[Issue]]]:
        """The records of a batch, each with what was wrong with its texts; nulls are left out."""
        columns = [_plain(column) for column in batch.columns]
        for number in range(batch.num_rows):
            issues: list[Issue] = []
            record = {}
            for name, column in zip(batch.schema.names, columns, strict=True):
                if (value := self._value(column[number], issues)) is not None:
                    record[name] = value
            yield record, issues

    def _value(self, cell: Any, issues: list[Issue]) -> Any:
        try:
            value = cell.as_py()
        except UnicodeDecodeError:
            # The bytes of a text that is not UTF-8; inside of lists and structs they cannot be had.
            value = cell.as_buffer().to_pybytes() if hasattr(cell, "as_buffer") else None
        return self._json(value, issues)

    def _json(self, value: Any, issues: list[Issue]) -> Any:
        if isinstance(value, bytes):
            # Old writers do not say that a column of bytes is one of texts.
            decoded = decode(value, self.encoding)
            issues += decoded.issues
            return decoded.text
        if isinstance(value, list | tuple):
            return [self._json(item, issues) for item in value]
        if isinstance(value, dict):
            return {str(name): self._json(item, issues) for name, item in value.items()}
        if value is None or isinstance(value, str | bool | int):
            return value
        if isinstance(value, float):
            # JSON has no such number, and pandas writes nulls so.
            return value if value - value == 0 else None
        return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else str(value)


def _plain(column: Any) -> Any:
    """A column whose values Python can hold: times as ISO 8601, which has no bounds and needs no time zones."""
    kind = column.type
    if pa.types.is_temporal(kind) and not pa.types.is_interval(kind):
        try:
            texts = column.cast(pa.string())
        except pa.ArrowException:
            # The names of time zones are the system's, and this one has them not: the value counts from UTC.
            texts = column.cast(pa.timestamp(kind.unit)).cast(pa.string())
        return pa.compute.replace_substring_regex(texts, r"\.0+(Z?)$", r"\1")
    return column


def _documents(
    record: Mapping[str, Any], place: Place, columns: Columns, schema: Any, limit: int, issues: Sequence[Issue]
) -> Iterator[Document]:
    """The documents of a row: the articles that newsparse wrote there, else what its columns state."""
    size = sum(len(value) for value in record.values() if isinstance(value, str))
    if size > limit:
        yield Document(origin=place.origin(), issues=(too_long(place, limit),))
        return
    faults = [attrs.evolve(issue, message=f"{place}: {issue.message}") for issue in issues]
    try:
        if columns.text is None and _is_own(schema):
            yield _own(record, place, faults)
        elif columns.text is None and _is_parsed(schema):
            yield from _parsed(record, place, faults)
        else:
            yield columns.document(record, place, place.origin("utf-8"), faults)
    except (BadRecordError, RecordError) as error:
        yield place.bad(error, place.origin(), faults)


def _is_own(schema: Any) -> bool:
    """Whether the format ``parquet`` wrote such columns; another program may have changed their types since."""
    return _names(schema) == _names(ARTICLE)


def _is_parsed(schema: Any) -> bool:
    """Whether `parse_batch` added its columns."""
    if not set(_KERNEL) <= set(schema.names):
        return False
    kind = schema.field("articles").type
    return hasattr(kind, "value_type") and pa.types.is_struct(kind.value_type) and _is_own(kind.value_type)


def _names(fields: Iterable[Any]) -> list[str]:
    return [field.name for field in fields]


def _own(record: Mapping[str, Any], place: Place, faults: Sequence[Issue]) -> Document:
    document = own_document(_sound(record), place.origin(), NAME)
    return attrs.evolve(document, issues=(*document.issues, *faults))


def _parsed(record: Mapping[str, Any], place: Place, faults: Sequence[Issue]) -> Iterator[Document]:
    """The articles of a row that the kernel made, the row's other columns in their ``extra``; its error as an issue."""
    issues = [*faults, *(Issue(**issue) for issue in record.get("issues", ()))]
    if error := record.get("error"):
        yield place.bad(error, place.origin(), issues)
        return
    # The text that was parsed is in the articles.
    others = {name: value for name, value in record.items() if name not in _KERNEL and folded(name) not in TEXT}
    beside = {name: value for name, value in others.items() if not isinstance(value, dict)}
    for values in record.get("articles", ()):
        article = _sound(values)
        extra = {name: value for name, value in beside.items() if name not in article.extra}
        article = attrs.evolve(article, extra={**extra, **article.extra})
        yield attrs.evolve(own_document(article, place.origin(), NAME), issues=issues)
        issues = []
    if issues:
        yield Document(origin=place.origin(), issues=issues)


def _sound(values: Mapping[str, Any]) -> Article:
    article = article_of(values)
    if not is_sound(article):
        raise RecordError("not an article's row")
    return article
