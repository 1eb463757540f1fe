"""JSON Lines: a record a line, one column of it the text.

Takes bytes, gives a `Document` a line. The other columns go to `Article.extra`. A line that is no record gives a
document without text and with an issue, and reading goes on.
"""

import codecs
import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import attrs

from newsparse.extensions import Document, ReadContext, Reader
from newsparse.models import Article, Issue, Origin
from newsparse.options import number_option
from newsparse.readers.charsets import check_encoding, decode
from newsparse.readers.texts import CUT

LIMIT = 1 << 26
"""How many bytes a line may have, unless the option ``limit`` says otherwise."""
TEXT_COLUMNS = (
    "text",
    "content",
    "body",
    "article",
    "maintext",
    "articleBody",
    "article_text",
    "full_text",
    "raw_text",
    "page_content",
    "story",
    "document",
)
"""The columns that are taken for the text where the option ``text`` names none; the first one that holds text wins."""
BAD_RECORD = "bad-record"
"""The code of an issue: a line is no JSON object, or has no text."""

# How sure the reader is: by name and first line, by its first line, by its name alone. A text file's name gives 50.
_SURE, _LIKELY, _NAMED, _NO = 95, 70, 60, 0
# A record may have thousands of columns; a message shows where to look.
_COLUMNS_SHOWN = 20
_CHUNK = 1 << 20

# A column of such a name is the input's own and no field of ours, so it may only go to `extra`.
_FIELDS = frozenset(field.name for field in attrs.fields(Article))


class _BadRecordError(ValueError):
    """A line that gives no text; its message says why."""


def _sniff(head: bytes, name: str) -> int:
    line, end, _ = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    named = name.endswith(JSONL.suffixes)
    if not line.startswith(b"{"):
        return _NAMED if named else _NO
    try:
        # In Latin-1 all bytes are letters: whether this is JSON does not hang on the encoding.
        likely = isinstance(json.loads(line.decode("latin-1")), dict)
    except (ValueError, RecursionError):
        # The head may be too short for the first line.
        likely = named and not end
    return _SURE if likely and named else _LIKELY if likely else _NAMED if named else _NO


def _read(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    check_encoding(context.encoding)
    limit = number_option(context.options, "limit", LIMIT)
    wanted = context.options.get("text")
    columns = (wanted,) if wanted else TEXT_COLUMNS
    number = offset = 0
    while line := stream.readline(limit + 1):
        number += 1
        start, offset = offset, offset + len(line)
        if len(line) > limit and not line.endswith(b"\n"):
            offset += _skip_line(stream)
            place = _Place(context, start, number)
            message = f"{place} has more than {limit} bytes and was not read: raise the option limit"
            yield Document(origin=place.origin(), issues=(Issue(CUT, message),))
        elif not line.isspace():
            yield _document(line, _Place(context, start, number), columns)


@attrs.frozen
class _Place:
    """Where a line stands."""

    context: ReadContext
    start: int
    number: int

    def __str__(self) -> str:
        return f"{self.context.path or 'the input'}, line {self.number}"

    def origin(self, encoding: str | None = None, digest: str | None = None) -> Origin:
        path = self.context.path
        return Origin(path, None, self.number, JSONL.name, encoding, digest, self.start, self.number)


def _skip_line(stream: BinaryIO) -> int:
    """Read to the end of the line; how many bytes that was."""
    skipped = 0
    while chunk := stream.readline(_CHUNK):
        skipped += len(chunk)
        if chunk.endswith(b"\n"):
            break
    return skipped


def _document(line: bytes, place: _Place, columns: tuple[str, ...]) -> Document:
    decoded = decode(line, place.context.encoding)
    origin = place.origin(decoded.encoding, f"sha256:{hashlib.sha256(line).hexdigest()}")
    issues = [attrs.evolve(issue, message=f"{place}: {issue.message}") for issue in decoded.issues]
    try:
        record = _record(decoded.text)
        column, text = _text(record, columns)
    except _BadRecordError as error:
        return Document(origin=origin, issues=(*issues, Issue(BAD_RECORD, f"{place}: {error}")))
    rest = {name: value for name, value in record.items() if name != column}
    ours = {name: rest.pop(name) for name in sorted(_FIELDS & rest.keys())}
    fields = [(None, name, value) for name, value in rest.items()]
    return Document(text, origin, fields=[(None, "extra", ours), *fields] if ours else fields, issues=issues)


def _record(line: str) -> dict[str, Any]:
    try:
        record = _DECODER.decode(line)
    except RecursionError:
        raise _BadRecordError("nested too deeply") from None
    except ValueError as error:
        raise _BadRecordError(f"no JSON: {error}") from None
    if not isinstance(record, dict):
        raise _BadRecordError(f"a JSON {type(record).__name__}, where a record is an object")
    return record


def _finite(number: str) -> float | None:
    # NaN and infinity are no JSON, though tables are often written with them; they say that there is no value.
    value = float(number)
    return value if math.isfinite(value) else None


_DECODER = json.JSONDecoder(parse_constant=lambda name: None, parse_float=_finite)


def _text(record: Mapping[str, Any], columns: tuple[str, ...]) -> tuple[str, str]:
    """The column that holds the text, and the text: a string, or paragraphs as a list of strings."""
    for column in columns:
        value = record.get(column)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = "\n\n".join(value)
        if isinstance(value, str) and value:
            return column, value
    there = ", ".join(list(record)[:_COLUMNS_SHOWN]) or "none"
    raise _BadRecordError(f"no text in {' or '.join(columns)}; its columns: {there}; name one with the option text")


JSONL = Reader(
    "jsonl",
    (".jsonl", ".ndjson", ".jsonlines"),
    _sniff,
    _read,
    ("text", "limit"),
    "JSON Lines: a record a line, one column of it the text",
)
