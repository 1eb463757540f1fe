"""JSON: a record, a list of records, an object that holds such a list, or what newsparse wrote.

Takes bytes, gives a `Document` a record. A file that is cut or broken gives the records before the fault.
"""

import codecs
import hashlib
import json
import math
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from newsparse.extensions import Document, ReadContext, Reader
from newsparse.options import number_option
from newsparse.readers.charsets import check_encoding, decode
from newsparse.readers.limits import WHOLE, read_whole
from newsparse.readers.rows import OPTIONS, BadRecordError, Columns, Place, states_text

# How sure the reader is: of newsparse's own files, by known columns, by name and content, by content, by name.
_OWN, _KNOWN, _NAMED_JSON, _JSON, _NAMED, _NO = 99, 65, 60, 40, 35, 0
# What follows the bracket or brace that opens JSON.
_START_RE = re.compile(rb'\[\s*(?:[\[{"\d-]|\]|$)|\{\s*(?:"|\}|$)')
# The keys of the files that the format `json` and `Dump.to_dict` give, in whatever layout.
_OWN_RE = re.compile(rb'\{\s*"newsparse"\s*:|\{\s*"schema"\s*:\s*1\s*,\s*"text"\s*:')
_KEY_RE = re.compile(rb'"([A-Za-z_ -]{1,40})"\s*:')
# What opens a list of objects.
_LIST_RE = re.compile(r"\[\s*(?=\{)")
_BLANK_RE = re.compile(r"[\s,]*")
# The keys under which services and files put their list; of others the first list of objects is taken.
_LISTS = ("articles", "items", "results", "data", "docs", "stories", "records", "entries")


def _finite(number: str) -> float | None:
    # NaN and infinity are no JSON, though tables are often written with them; they say that there is no value.
    value = float(number)
    return value if math.isfinite(value) else None


_DECODER = json.JSONDecoder(parse_constant=lambda name: None, parse_float=_finite)


def loads(text: str) -> dict[str, Any]:
    """The object that a text is.

    Raises:
        BadRecordError: It is none.
    """
    record = _value(text)
    if not isinstance(record, dict):
        raise BadRecordError(f"a JSON {type(record).__name__}, where a record is an object")
    return record


def _value(text: str) -> Any:
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise BadRecordError("nested too deeply") from None
    except ValueError as error:
        raise BadRecordError(f"no JSON: {error}") from None


def _sniff(head: bytes, name: str) -> int:
    head = head.removeprefix(codecs.BOM_UTF8).lstrip()
    named = name.endswith(JSON.suffixes)
    if not _START_RE.match(head):
        return _NAMED if named else _NO
    if _OWN_RE.match(head):
        return _OWN
    keys = [found[1].decode() for found in _KEY_RE.finditer(head)]
    return _KNOWN if states_text(keys) else _NAMED_JSON if named else _JSON


def _read(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    check_encoding(context.encoding)
    limit = number_option(context.options, "limit", WHOLE)
    data, issues = read_whole(stream, limit, context.path)
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    decoded = decode(data, context.encoding)
    data.clear()
    columns = Columns.chosen(context.options)
    place = Place(context, JSON.name, 0)
    issues = (*decoded.issues, *issues)
    for number, record in enumerate(_records(decoded.text, columns), 1):
        place = Place(context, JSON.name, number)
        origin = place.origin(decoded.encoding, digest)
        if isinstance(record, BadRecordError):
            yield place.bad(record, origin, issues)
        else:
            try:
                yield columns.document(record, place, origin, issues)
            except BadRecordError as error:
                yield place.bad(error, origin, issues)
        issues = ()
    if issues:
        yield Document(origin=place.origin(decoded.encoding, digest), issues=issues)
    yield from columns.report(place)


def _records(text: str, columns: Columns) -> Iterator[dict[str, Any] | BadRecordError]:
    """The records of a text, and a fault for each value that is none."""
    try:
        value = _value(text)
    except BadRecordError as error:
        yield from _before_fault(text, error)
        return
    if isinstance(value, dict):
        value = _list_in(value, columns)
    if not isinstance(value, list):
        yield BadRecordError(f"a JSON {type(value).__name__}, where records are objects")
        return
    for record in value:
        is_record = isinstance(record, dict)
        yield record if is_record else BadRecordError(f"a JSON {type(record).__name__}, where a record is an object")


def _list_in(value: dict[str, Any], columns: Columns) -> list[Any]:
    """The records of an object: itself, unless it has no text and holds a list of objects."""
    chosen = columns.text in value if columns.text else states_text([name for name in value if value[name]])
    lists = {
        name: item
        for name, item in value.items()
        if isinstance(item, list) and all(isinstance(part, dict) for part in item) and (item or name in _LISTS)
    }
    ours = "articles" in lists and ("newsparse" in value or "schema" in value)
    if not lists or (chosen and not ours):
        return [value]
    return next((lists[name] for name in _LISTS if name in lists), next(iter(lists.values())))


def _before_fault(text: str, error: BadRecordError) -> Iterator[dict[str, Any] | BadRecordError]:
    """The records that stand before a fault, one after another or in a list, and the fault."""
    position = _blanks(text, 0)
    opened = None if text.startswith("{", position) and _decoded(text, position) else _LIST_RE.search(text)
    if opened:
        position = opened.end()
    while found := _decoded(text, position):
        record, position = found
        yield record if isinstance(record, dict) else BadRecordError("a value that is no object")
        position = _blanks(text, position)
        if position == len(text) and not opened:
            # Records one after another are no fault, only another way to write them.
            return
    yield error


def _decoded(text: str, position: int) -> tuple[Any, int] | None:
    try:
        return _DECODER.raw_decode(text, position)
    except (ValueError, RecursionError):
        return None


def _blanks(text: str, position: int) -> int:
    found = _BLANK_RE.match(text, position)
    return found.end() if found else position


JSON = Reader(
    "json",
    (".json",),
    _sniff,
    _read,
    OPTIONS,
    "JSON: a record, or a list of them, an article or a text in one of its columns; newsparse's own too",
)
