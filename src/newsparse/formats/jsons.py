r"""JSON: one object with all articles, or an article a line.

Keys stand in the order of the records' fields. A lone surrogate is written as a ``\\u`` escape, so that reading gives
it back.
"""

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

from newsparse.dicts import SCHEMA, article_to_dict
from newsparse.extensions import OutputFormat, WriteContext
from newsparse.models import Article

LONG = 1 << 20
"""An article with so many characters is written a field at a time; with a shorter one that would save nothing."""

# A reader that splits lines as `str.splitlines` does would cut a record at these, which JSON allows in a string.
_LINE_ENDS = tuple((sign, f"\\u{ord(sign):04x}") for sign in "\x85\u2028\u2029")

# Made once: `json.dumps` makes an encoder for every call that is not all defaults.
_plain = json.JSONEncoder(ensure_ascii=False).encode
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _utf8(text: str) -> bytes:
    # The only characters that UTF-8 refuses are lone surrogates, and in JSON these stand inside strings, where Python's
    # notation of them is JSON's escape.
    return text.encode("utf-8", "backslashreplace")


def json_line(value: object) -> bytes:
    """A value as one line of JSON Lines, its line end included."""
    line = _compact(value)
    for sign, escape in _LINE_ENDS:
        line = line.replace(sign, escape)
    return _utf8(line) + b"\n"


def _write_long(stream: BinaryIO, fields: Mapping[str, Any]) -> None:
    """Write a value as `json_line` has it, a field at a time: of a text of megabytes fewer copies are held."""
    for number, (name, value) in enumerate(fields.items()):
        stream.write(_utf8(f"{',' if number else '{'}{_compact(name)}:"))
        stream.write(json_line(value).removesuffix(b"\n"))
    stream.write(b"}\n")


def _object(fields: Mapping[str, Any], margin: str) -> str:
    """An object with a line for each field. A layout of every level is Python's own slow way, dearer than a parse."""
    lines = ",\n".join(f"{margin}  {_compact(name)}: {_plain(value)}" for name, value in fields.items())
    return f"{{\n{lines}\n{margin}}}"


class _JsonWriter:
    """``{"newsparse": ..., "articles": [...], "issues": [...]}``."""

    def __init__(self, stream: BinaryIO, context: WriteContext):
        self._stream = stream
        self._context = context
        self._lead = "\n    "
        stamp: Mapping[str, Any] = {"schema": SCHEMA, **context.stamp}
        stream.write(_utf8(f'{{\n  "newsparse": {_object(stamp, "  ")},\n  "articles": ['))

    def write(self, article: Article) -> None:
        self._stream.write(_utf8(self._lead + _object(article_to_dict(article), "    ")))
        self._lead = ",\n    "

    def close(self) -> None:
        end = "]" if self._lead.isspace() else "\n  ]"
        rows = [
            {"code": issue.code, "message": issue.message, "line": issue.line, "plugin": issue.plugin}
            for issue in self._context.issues
        ]
        issues = ",".join("\n    " + _plain(row) for row in rows) + "\n  " * bool(rows)
        self._stream.write(_utf8(f'{end},\n  "issues": [{issues}]\n}}\n'))


class _JsonLinesWriter:
    """An article a line."""

    def __init__(self, stream: BinaryIO, context: WriteContext):
        self._stream = stream

    def write(self, article: Article) -> None:
        fields = article_to_dict(article)
        if len(fields["text"] or "") < LONG:
            self._stream.write(json_line(fields))
        else:
            _write_long(self._stream, fields)

    def close(self) -> None:
        """Nothing stands behind the last line."""


JSON = OutputFormat(
    "json", ".json", "application/json", open=_JsonWriter, title="one JSON object: newsparse, articles, issues"
)
JSONL = OutputFormat(
    "jsonl", ".jsonl", "application/jsonl", joins=True, open=_JsonLinesWriter, title="JSON Lines: an article a line"
)
