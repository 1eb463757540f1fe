"""Tables: CSV with a row an article, as RFC 4180 has it, in UTF-8.

A cell of a list holds its items with a line end between them; no item holds one. An empty cell is what is not there.
"""

import csv
import io
import json
from collections.abc import Iterable
from typing import BinaryIO

from newsparse.extensions import OutputFormat, WriteContext
from newsparse.formats.utf8 import utf8
from newsparse.models import Article, Origin
from newsparse.options import choice_option

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
    "path",
    "member",
    "record",
    "extra",
)
"""The columns of a row an article. They are fixed: a new one is added at the end."""
ROWS = ("article",)
"""What a row may be, by the option ``rows``."""


def _list(items: Iterable[str | None]) -> str:
    return "\n".join(" ".join((item or "").splitlines()) for item in items)


def _row(article: Article) -> tuple[object, ...]:
    origin = article.origin or Origin()
    captions = article.captions
    return (
        article.id,
        article.headline,
        _list(article.deck),
        article.section,
        _list(article.authors),
        article.byline,
        article.dateline and article.dateline.raw,
        article.published and article.published.iso,
        article.updated and article.updated.iso,
        _list(caption.text for caption in captions),
        _list(caption.credit.raw if caption.credit else None for caption in captions),
        _list(article.body),
        article.language,
        article.source,
        origin.path,
        origin.member,
        origin.record,
        json.dumps(article.extra, ensure_ascii=False) if article.extra else "",
    )


class _CsvWriter:
    def __init__(self, stream: BinaryIO, context: WriteContext):
        choice_option(context.options, "rows", ROWS)
        self._stream = stream
        self._put(COLUMNS)

    def _put(self, row: tuple[object, ...]) -> None:
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\r\n").writerow(row)
        self._stream.write(utf8(buffer.getvalue()))

    def write(self, article: Article) -> None:
        self._put(_row(article))

    def close(self) -> None:
        """Nothing stands behind the last row."""


CSV = OutputFormat("csv", ".csv", "text/csv", open=_CsvWriter, options=("rows",), title="CSV: a row an article")
