"""The kernel: a column of texts in, a column of articles out, for every engine that speaks Arrow.

Takes strings or their bytes as any Arrow array, gives `PARSED` structs, one a row, in the same order and of the same
class as the column given. A row that cannot be parsed says why in ``error`` and costs no other row anything.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

import pyarrow as pa

from newsparse import Document, Issue, OptionError, Parser
from newsparse.candidates import FAILURES, reason_of
from newsparse.characters import told
from newsparse.readers.charsets import decode
from newsparse.readers.limits import RECORD
from newsparse_arrow.schemas import PARSED, article_values, held, issue_values

REPLACED = "characters-replaced"
"""The code of an issue: lone surrogates became U+FFFD, since Arrow's texts are UTF-8."""

_TEXTS = (
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.binary(),
    pa.large_binary(),
    pa.binary_view(),
    # What engines give where they have seen nothing but nulls.
    pa.null(),
)
# A chunk of a column is parsed in pieces, so that the articles of one stay far below the 2 GiB that an array of texts
# holds.
_PIECE = 1024

Batch = TypeVar("Batch")
Row = Mapping[str, Any] | None


def parse_column(texts: Any, *, parser: Parser | None = None, limit: int = RECORD, apart: bool = False) -> Any:
    """The articles of a column of texts.

    Args:
        texts: An `pyarrow.Array` or `pyarrow.ChunkedArray` of strings, large strings, string views, binaries, or a
            dictionary of those. Bytes that are not UTF-8 are decoded as the readers of newsparse do it.
        parser: How texts are parsed; it pickles, so that engines can send it along. ``None``: a parser with default
            settings, made once a process.
        limit: How many bytes a text may have.
        apart: Parse in a process of its own, so that a text which ends that process costs its own row alone.

    Returns:
        `PARSED` structs, as an array or a chunked array as given. A null stays a null; an empty text has no articles.

    Raises:
        OptionError: It is no column of texts.

    Example:
        >>> parsed = parse_column(pa.array(["Rain Ends\\n\\nThe rain ended, the mayor said on Monday.\\n", None]))
        >>> [row and len(row["articles"]) for row in parsed.to_pylist()]
        [1, None]
    """
    if not _holds_texts(texts.type):
        raise OptionError(f"a column of texts is parsed, not one of {texts.type}")
    if apart:
        from newsparse_arrow.apart import process

        return process(parser, limit).parse(texts)
    parser = parser or _default()
    if not isinstance(texts, pa.ChunkedArray):
        return parsed_array(texts, parser, limit)
    return pa.chunked_array([parsed_array(piece, parser, limit) for piece in _pieces(texts)], PARSED)


def parse_batch(
    batch: Batch, *, text: str = "text", parser: Parser | None = None, limit: int = RECORD, apart: bool = False
) -> Batch:
    """A table or record batch with the articles, issues and error of each row as three more columns.

    Args:
        batch: A `pyarrow.Table` or `pyarrow.RecordBatch`.
        text: The name of the column of texts. It stays, as all others do.
        parser: As for `parse_column`.
        limit: As for `parse_column`.
        apart: As for `parse_column`.

    Raises:
        OptionError: There is no such column, or it holds no texts, or a column has one of the three names.

    Example:
        >>> table = pa.table({"url": ["a.example"], "text": ["Rain Ends\\n"]})
        >>> parse_batch(table).column_names
        ['url', 'text', 'articles', 'issues', 'error']
    """
    table: Any = batch
    schema = parsed_schema(table.schema, text)
    parsed = parse_column(table.column(text), parser=parser, limit=limit, apart=apart)
    made: Batch = type(table).from_arrays([*table.columns, *parsed.flatten()], schema=schema)
    return made


def parsed_schema(schema: Any, text: str = "text") -> Any:
    """The schema that `parse_batch` makes of a schema.

    Raises:
        OptionError: There is no such column, or it holds no texts, or a column has a name that is needed.
    """
    if schema.names.count(text) != 1:
        raise OptionError(f"there is no column {text!r} or there are several; columns: {', '.join(schema.names)}")
    if not _holds_texts(schema.field(text).type):
        raise OptionError(f"a column of texts is parsed, and {text!r} is one of {schema.field(text).type}")
    for field in PARSED:
        if field.name in schema.names:
            raise OptionError(f"there is a column {field.name!r} already: rename it")
        schema = schema.append(field)
    return schema


@lru_cache(1)
def _default() -> Parser:
    return Parser()


def _holds_texts(kind: Any) -> bool:
    return (kind.value_type if pa.types.is_dictionary(kind) else kind) in _TEXTS


def _pieces(texts: Any) -> Iterator[Any]:
    for chunk in texts.chunks:
        for start in range(0, len(chunk), _PIECE):
            yield chunk.slice(start, _PIECE)


def parsed_array(texts: Any, parser: Parser, limit: int, begin: Callable[[], None] = lambda: None) -> Any:
    """An array of texts as an array of `PARSED`; `begin` is called before each one."""
    plain = texts.dictionary_decode() if pa.types.is_dictionary(texts.type) else texts
    rows = []
    for text in plain:
        begin()
        rows.append(_row(text.as_buffer(), parser, limit) if text.is_valid else None)
    try:
        return pa.array(rows, PARSED)
    # One row that Arrow does not take spoils them all: each is then looked at alone.
    except (UnicodeEncodeError, pa.ArrowException):
        return pa.array([_fitting(row) for row in rows], PARSED)


def _row(text: Any, parser: Parser, limit: int) -> Row:
    """What becomes of one text's bytes."""
    if text.size > limit:
        return failed(f"the text has {text.size} bytes, more than {limit}, and was not parsed: raise the limit")
    # Whatever goes wrong with one text, an engine must not try all rows of its batch again for it.
    try:
        dump = parser.parse_document(_document(text))
        return {
            "articles": [article_values(article) for article in dump.articles],
            "issues": [issue_values(issue) for issue in dump.issues],
            "error": None,
        }
    except FAILURES as error:
        return failed(reason_of(error))


def _document(text: Any) -> Document:
    try:
        return Document(str(text, "utf-8"))
    except UnicodeDecodeError:
        decoded = decode(text.to_pybytes(), None)
        return Document(decoded.text, issues=decoded.issues)


def _fitting(row: Row) -> Row:
    """A row as Arrow takes it: characters replaced that UTF-8 does not hold, or an error in its place."""
    replaced: dict[str, int] = {}
    fitting: Row = held(row, replaced)
    if fitting and replaced:
        issue = Issue(REPLACED, told(replaced, "Arrow"))
        fitting = {**fitting, "issues": [*fitting["issues"], held(issue_values(issue), {})]}
    try:
        pa.array([fitting], PARSED)
    except pa.ArrowException as error:
        return failed(reason_of(error))
    return fitting


def failed(reason: str) -> dict[str, Any]:
    """The row of a text that could not be parsed."""
    return {"articles": None, "issues": [], "error": reason}
