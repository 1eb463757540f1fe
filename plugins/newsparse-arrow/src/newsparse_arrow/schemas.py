"""Articles as Arrow has them: one struct, and dictionaries that fit it.

Takes an `Article`, gives a dictionary for `ARTICLE`, and back, exactly. The names are those of `article_to_dict`; a
span is two columns, since not every engine knows lists of a fixed size, and `extra` is JSON, since its names are not
known.
"""

import json
from collections.abc import Mapping, MutableMapping
from typing import Any

import pyarrow as pa

from newsparse import Article, Issue, RecordError, article_from_dict, article_to_dict
from newsparse.characters import utf8

_TEXT, _NUMBER = pa.string(), pa.int64()
_TEXTS = pa.list_(_TEXT)
_DATE = pa.struct({"iso": _TEXT, "precision": _TEXT, "raw": _TEXT})
_SPAN = {"start": _NUMBER, "stop": _NUMBER}

ARTICLE = pa.struct(
    {
        "id": _TEXT,
        "headline": _TEXT,
        "deck": _TEXTS,
        "section": _TEXT,
        "authors": _TEXTS,
        "byline": _TEXT,
        "dateline": pa.struct({"place": _TEXT, "date": _DATE, "agency": _TEXT, "raw": _TEXT}),
        "published": _DATE,
        "updated": _DATE,
        "captions": pa.list_(
            pa.struct(
                {
                    "text": _TEXT,
                    "raw": _TEXT,
                    "credit": pa.struct({"raw": _TEXT, "agency": _TEXT, "photographer": _TEXT, "via": _TEXT}),
                    "place": _TEXT,
                    "date": _DATE,
                    "flags": _TEXTS,
                    **_SPAN,
                }
            )
        ),
        "body": _TEXTS,
        "blocks": pa.list_(pa.struct({"role": _TEXT, "text": _TEXT, **_SPAN})),
        "text": _TEXT,
        "language": _TEXT,
        "source": _TEXT,
        "origin": pa.struct(
            {
                "path": _TEXT,
                "member": _TEXT,
                "record": _NUMBER,
                "record_id": _TEXT,
                "reader": _TEXT,
                "encoding": _TEXT,
                "digest": _TEXT,
                "offset": _NUMBER,
                "line": _NUMBER,
            }
        ),
        "extra": _TEXT,
    }
)
"""An article. Its origin's record is a number in ``record`` or a name in ``record_id``; ``extra`` is a JSON object."""

PARSED = pa.struct(
    {
        "articles": pa.list_(ARTICLE),
        "issues": pa.list_(pa.struct({"code": _TEXT, "message": _TEXT, "line": _NUMBER, "plugin": _TEXT})),
        "error": _TEXT,
    }
)
"""What becomes of a text: articles and issues, or an error that says why there are none; nothing of a null."""

# Arrow's integers have 64 bits.
_LARGEST = 1 << 63


def article_values(article: Article) -> dict[str, Any]:
    """An article as a dictionary that fits `ARTICLE`.

    Example:
        >>> article_values(Article(headline="Rain", extra={"mood": "wet"}))["extra"]
        '{"mood": "wet"}'
    """
    values = article_to_dict(article)
    values["captions"] = [_with_ends(caption) for caption in values["captions"]]
    values["blocks"] = [_with_ends(block) for block in values["blocks"]]
    values["extra"] = json.dumps(values["extra"]) if values["extra"] else None
    if origin := values["origin"]:
        record = origin["record"]
        is_number = isinstance(record, int) and -_LARGEST <= record < _LARGEST
        origin["record"] = record if is_number else None
        origin["record_id"] = None if is_number or record is None else str(record)
    return values


def article_of(values: Mapping[str, Any]) -> Article:
    """The article whose dictionary this is.

    Raises:
        RecordError: It is not what `article_values` gives.

    Example:
        >>> article = Article(headline="Rain", extra={"mood": "wet"})
        >>> article_of(article_values(article)) == article
        True
    """
    try:
        row = {name: value for name, value in values.items() if value is not None}
        for name in ("captions", "blocks"):
            row[name] = [_with_span(part) for part in row.get(name, ())]
        row["extra"] = json.loads(row.get("extra", "{}"))
        if origin := row.get("origin"):
            name = origin["record_id"]
            row["origin"] = {key: value for key, value in origin.items() if key != "record_id"}
            row["origin"] |= {"record": name} if name is not None else {}
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise RecordError(f"not an article's row: {error}") from error
    return article_from_dict(row)


def issue_values(issue: Issue) -> dict[str, Any]:
    """An issue as a dictionary that fits `PARSED`."""
    return {"code": issue.code, "message": issue.message, "line": issue.line, "plugin": issue.plugin}


def held(values: Any, replaced: MutableMapping[str, int]) -> Any:
    r"""The values with U+FFFD for every lone surrogate, which Arrow's UTF-8 does not hold, and how many there were.

    Example:
        >>> replaced = {}
        >>> held({"headline": "torn \ud800"}, replaced), replaced
        ({'headline': 'torn �'}, {'\ud800': 1})
    """
    if isinstance(values, str):
        return utf8(values, replaced).decode()
    if isinstance(values, dict):
        return {name: held(value, replaced) for name, value in values.items()}
    if isinstance(values, list):
        return [held(value, replaced) for value in values]
    return values


def _with_ends(part: dict[str, Any]) -> dict[str, Any]:
    start, stop = part.pop("span") or (None, None)
    return {**part, "start": start, "stop": stop}


def _with_span(part: Mapping[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in part.items() if name not in ("start", "stop")}
    return {**rest, "span": None if part["start"] is None else [part["start"], part["stop"]]}
