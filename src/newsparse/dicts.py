"""Records to dictionaries of JSON values and back, exactly.

Takes records, gives dictionaries whose keys stand in the order of the fields; ``from_dict(dump.to_dict()) == dump``,
through `json.dumps` too. Built by hand and not by attrs' own `asdict`, which costs a third of a parse.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from newsparse.dump import Dump, Line, Reason
from newsparse.errors import RecordError
from newsparse.models import Article, Block, Caption, Credit, Dateline, Issue, Origin, Role, WireDate

SCHEMA = 1
_T = TypeVar("_T")


def _date(date: WireDate | None) -> dict[str, Any] | None:
    return {"iso": date.iso, "precision": date.precision, "raw": date.raw} if date else None


def _caption(caption: Caption) -> dict[str, Any]:
    credit = caption.credit
    return {
        "text": caption.text,
        "raw": caption.raw,
        "credit": credit
        and {"raw": credit.raw, "agency": credit.agency, "photographer": credit.photographer, "via": credit.via},
        "place": caption.place,
        "date": _date(caption.date),
        "flags": list(caption.flags),
        "span": caption.span and list(caption.span),
    }


def _dateline(dateline: Dateline | None) -> dict[str, Any] | None:
    if dateline is None:
        return None
    return {
        "place": dateline.place,
        "date": _date(dateline.date),
        "agency": dateline.agency,
        "raw": dateline.raw,
    }


def _origin(origin: Origin | None) -> dict[str, Any] | None:
    if origin is None:
        return None
    return {
        "path": origin.path,
        "member": origin.member,
        "record": origin.record,
        "reader": origin.reader,
        "encoding": origin.encoding,
        "digest": origin.digest,
        "offset": origin.offset,
        "line": origin.line,
    }


def article_to_dict(article: Article) -> dict[str, Any]:
    """An article as JSON values: its fields and what follows from them, ``text`` and ``id``.

    Example:
        >>> article_to_dict(Article(headline="Rain"))["headline"]
        'Rain'
    """
    return {
        "id": article.id,
        "headline": article.headline,
        "deck": list(article.deck),
        "section": article.section,
        "authors": list(article.authors),
        "byline": article.byline,
        "dateline": _dateline(article.dateline),
        "published": _date(article.published),
        "updated": _date(article.updated),
        "captions": [_caption(caption) for caption in article.captions],
        "body": list(article.body),
        "blocks": [
            {"role": block.role.value, "text": block.text, "span": block.span and list(block.span)}
            for block in article.blocks
        ],
        "text": article.text,
        "language": article.language,
        "source": article.source,
        "origin": _origin(article.origin),
        "extra": article.extra,
    }


def _line(line: Line, text: str, reasons: Sequence[Reason] | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "number": line.number,
        "start": line.start,
        "stop": line.stop,
        "role": line.role.value,
        "article": line.article,
    }
    # The dump's text says what a parsed line holds; only lines made by hand may say otherwise.
    if line.start is None or line.stop is None or text[line.start : line.stop] != line.raw:
        row["raw"] = line.raw
    if line.text != line.raw.strip():
        row["text"] = line.text
    if reasons is not None:
        row["reasons"] = [{"name": reason.name, "weight": reason.weight} for reason in reasons]
    return row


def dump_to_dict(dump: Dump, explain: bool = False) -> dict[str, Any]:
    """A dump as JSON values; see `Dump.to_dict`."""
    explainer = dump.explainer if explain else None
    return {
        "schema": SCHEMA,
        "text": dump.text,
        "articles": [article_to_dict(article) for article in dump.articles],
        "lines": [
            _line(line, dump.text, explainer.reasons(index) if explainer else None)
            for index, line in enumerate(dump.lines)
        ],
        "issues": [
            {"code": issue.code, "message": issue.message, "line": issue.line, "plugin": issue.plugin}
            for issue in dump.issues
        ],
        "source": dump.source,
        "origin": _origin(dump.origin),
    }


class _StoredReasons:
    """The reasons that a dictionary held."""

    def __init__(self, rows: Iterable[tuple[Reason, ...]]):
        self._rows = tuple(rows)

    def reasons(self, index: int) -> tuple[Reason, ...]:
        return self._rows[index]

    def margins(self) -> Sequence[tuple[int, Role] | None]:
        return [None] * len(self._rows)


def _each(build: Callable[[Mapping[str, Any]], _T], rows: Iterable[Mapping[str, Any]]) -> tuple[_T, ...]:
    return tuple(build(row) for row in rows)


def _read_date(row: Mapping[str, Any] | None) -> WireDate | None:
    return WireDate(**row) if row else None


def _span(span: Sequence[int] | None) -> tuple[int, int] | None:
    return (span[0], span[1]) if span else None


def _read_caption(row: Mapping[str, Any]) -> Caption:
    credit = row.get("credit")
    return Caption(
        text=row.get("text"),
        raw=row.get("raw"),
        credit=Credit(**credit) if credit else None,
        place=row.get("place"),
        date=_read_date(row.get("date")),
        flags=row.get("flags", ()),
        span=_span(row.get("span")),
    )


def _read_dateline(row: Mapping[str, Any] | None) -> Dateline | None:
    return Dateline(**{**row, "date": _read_date(row.get("date"))}) if row else None


def _read_origin(row: Mapping[str, Any] | None) -> Origin | None:
    return Origin(**row) if row else None


def article_from_dict(row: Mapping[str, Any]) -> Article:
    """The article that `article_to_dict` wrote; ``text`` and ``id`` follow from the rest.

    Raises:
        RecordError: The dictionary is not what `article_to_dict` writes.
    """
    try:
        return Article(
            headline=row.get("headline"),
            deck=row.get("deck", ()),
            section=row.get("section"),
            authors=row.get("authors", ()),
            byline=row.get("byline"),
            dateline=_read_dateline(row.get("dateline")),
            published=_read_date(row.get("published")),
            updated=_read_date(row.get("updated")),
            captions=_each(_read_caption, row.get("captions", ())),
            body=row.get("body", ()),
            blocks=_each(
                lambda block: Block(Role(block["role"]), block["text"], _span(block.get("span"))), row.get("blocks", ())
            ),
            language=row.get("language"),
            source=row.get("source"),
            origin=_read_origin(row.get("origin")),
            extra=dict(row.get("extra") or {}),
        )
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise RecordError(f"not an article's dictionary: {error}") from error


def _read_line(row: Mapping[str, Any], text: str) -> Line:
    start, stop = row.get("start"), row.get("stop")
    raw = row["raw"] if "raw" in row else text[start:stop]
    return Line(row["number"], start, stop, raw, row.get("text", raw.strip()), Role(row["role"]), row.get("article"))


def from_dict(row: Mapping[str, Any]) -> Dump:
    """The dump that `Dump.to_dict` wrote.

    Raises:
        RecordError: The dictionary is not what `Dump.to_dict` writes, or is of a schema this version does not know.

    Example:
        >>> import newsparse
        >>> dump = newsparse.parse("Rain Ends\\n")
        >>> newsparse.from_dict(dump.to_dict()) == dump
        True
    """
    schema = row.get("schema")
    if schema != SCHEMA:
        raise RecordError(f"schema {schema!r} of a dump's dictionary; this newsparse reads schema {SCHEMA}")
    try:
        text = row["text"]
        lines = row["lines"]
        stored = any("reasons" in line for line in lines)
        return Dump(
            text=text,
            articles=_each(article_from_dict, row["articles"]),
            lines=tuple(_read_line(line, text) for line in lines),
            issues=_each(lambda issue: Issue(**issue), row["issues"]),
            source=row.get("source"),
            origin=_read_origin(row.get("origin")),
            explainer=_StoredReasons(_each(lambda reason: Reason(**reason), line.get("reasons", ())) for line in lines)
            if stored
            else None,
        )
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise RecordError(f"not a dump's dictionary: {error}") from error
