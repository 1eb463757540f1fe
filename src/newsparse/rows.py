"""Articles to rows of text and back, exactly: what CSV writes and its reader reads.

Takes an article, gives one cell a column; ``article_from_row(article_to_row(article)) == article``. A cell says what a
person looks for: a list has a line for each item, a date its ISO form, a credit its words. What the cells do not say
stands in the last one, ``rest``, as JSON, so that nothing is lost and no cell needs escapes.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from newsparse.dicts import article_from_dict, article_to_dict
from newsparse.errors import RecordError
from newsparse.models import Article, Block, Role

ORIGIN_COLUMNS = ("path", "member", "record", "reader", "encoding", "digest", "offset", "line")
"""The columns that say where an article came from, in every table."""
COLUMNS = (
    "id",
    "headline",
    "deck",
    "section",
    "authors",
    "byline",
    "dateline",
    "published",
    "updated",
    "captions",
    "credits",
    "body",
    "language",
    "source",
    *ORIGIN_COLUMNS,
    "extra",
    "rest",
)
"""The columns of a row an article. They are fixed: a new one is added at the end."""

_TEXTS = ("headline", "section", "byline", "language", "source")
_LISTS = ("deck", "authors", "body")
_DATES = ("published", "updated")
_NUMBERS = ("record", "offset", "line")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# How precise an ISO date is follows from its length; longer ones have seconds.
_PRECISIONS = {4: "year", 7: "month", 10: "day", 16: "minute"}


def article_to_row(article: Article) -> dict[str, str]:
    """An article as cells by the names of `COLUMNS`; an empty cell is what is not there.

    Example:
        >>> row = article_to_row(Article(headline="Rain", body=("It rained.", "It stopped.")))
        >>> row["body"], row["rest"]
        ('It rained.\\nIt stopped.', '')
    """
    values = article_to_dict(attrs.evolve(article, blocks=()))
    captions = values["captions"]
    row = {
        "id": values["id"],
        **{name: values[name] or "" for name in _TEXTS},
        **{name: "\n".join(values[name]) for name in _LISTS},
        **{name: (values[name] or {}).get("iso", "") for name in _DATES},
        "dateline": (values["dateline"] or {}).get("raw") or "",
        "captions": "\n".join(caption["text"] or "" for caption in captions),
        "credits": "\n".join((caption["credit"] or {}).get("raw") or "" for caption in captions),
        **origin_cells(article),
        "extra": _json(values["extra"]) if values["extra"] else "",
    }
    rest = {name: values[name] for name, value in _said(row).items() if value != values[name]}
    if article.blocks:
        rest["blocks"] = list(_packed_blocks(article.blocks, values))
    row["rest"] = _json(rest) if rest else ""
    return row


def article_from_row(row: Mapping[str, str | None]) -> Article:
    """The article whose cells these are; columns that are missing are empty, others are passed over.

    Raises:
        RecordError: A cell is not what `article_to_row` writes.

    Example:
        >>> article = Article(headline="Rain", authors=("Ada Moss",), extra={"mood": "wet"})
        >>> article_from_row(article_to_row(article)) == article
        True
    """
    cells = {name: row.get(name) or "" for name in COLUMNS}
    try:
        values = {**_said(cells), **(json.loads(cells["rest"]) if cells["rest"] else {})}
        values["blocks"] = list(_unpacked_blocks(values))
    except (ValueError, TypeError, KeyError, RecursionError, StopIteration, RuntimeError) as error:
        raise RecordError(f"not an article's row: {error}") from error
    return article_from_dict(values)


def origin_cells(article: Article) -> dict[str, str]:
    """Where an article came from, as cells by the names of `ORIGIN_COLUMNS`."""
    if article.origin is None:
        return dict.fromkeys(ORIGIN_COLUMNS, "")
    found = ((name, getattr(article.origin, name)) for name in ORIGIN_COLUMNS)
    return {name: "" if value is None else str(value) for name, value in found}


def _said(row: Mapping[str, str]) -> dict[str, Any]:
    """What the plain cells say, as `article_to_dict` has it."""
    origin: dict[str, Any] = {name: row[name] or None for name in ORIGIN_COLUMNS}
    origin.update((name, _number(row[name])) for name in _NUMBERS)
    texts, credits = _items(row["captions"]), _items(row["credits"])
    return {
        **{name: row[name] or None for name in _TEXTS},
        **{name: _items(row[name]) for name in _LISTS},
        **{name: _date(row[name]) for name in _DATES},
        "dateline": {"place": None, "date": None, "agency": None, "raw": row["dateline"]} if row["dateline"] else None,
        "captions": [_caption(text, credit) for text, credit in zip(texts, credits, strict=True)]
        if len(texts) == len(credits)
        else [_caption(text, "") for text in texts],
        "origin": origin if any(value is not None for value in origin.values()) else None,
        "extra": json.loads(row["extra"]) if row["extra"] else {},
    }


def _items(cell: str) -> list[str]:
    return cell.split("\n") if cell else []


def _number(cell: str) -> int | str | None:
    # Python refuses to read thousands of digits, and no record is numbered with them.
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) <= 18 else cell or None


def _date(iso: str) -> dict[str, Any] | None:
    return {"iso": iso, "precision": _PRECISIONS.get(len(iso), "second"), "raw": None} if iso else None


def _caption(text: str, credit: str) -> dict[str, Any]:
    words = {"raw": credit, "agency": None, "photographer": None, "via": None} if credit else None
    return {
        "text": text or None,
        "raw": None,
        "credit": words,
        "place": None,
        "date": None,
        "flags": [],
        "span": None,
    }


def _block_texts(values: Mapping[str, Any]) -> dict[str, Iterator[Any]]:
    """For each role the texts of its blocks, as the fields have them."""
    fields: dict[Role, Iterable[Any]] = {
        Role.HEADLINE: [values["headline"]],
        Role.DECK: values["deck"],
        Role.CAPTION: [caption["raw"] for caption in values["captions"]],
        Role.BODY: values["body"],
    }
    return {role.value: iter(texts) for role, texts in fields.items()}


def _packed_blocks(blocks: Iterable[Block], values: Mapping[str, Any]) -> Iterator[list[Any]]:
    """Blocks as ``[role, start, stop]``, the text behind it where it is not the field's next one."""
    texts = _block_texts(values)
    following = {role: next(items, None) for role, items in texts.items()}
    for block in blocks:
        role, text = block.role.value, block.text
        packed = [role, *(block.span or (None, None))]
        if text is not None and following.get(role) == text:
            following[role] = next(texts[role], None)
        else:
            packed.append(text)
        yield packed


def _unpacked_blocks(values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    texts = _block_texts(values)
    for role, start, stop, *text in values.get("blocks", ()):
        span = None if start is None else [start, stop]
        yield {"role": role, "text": text[0] if text else next(texts[role]), "span": span}
