"""Tables: CSV as RFC 4180 has it, in UTF-8; a row is an article, a paragraph or a caption.

An empty cell is what is not there. A table of articles gives every article back exactly, through `newsparse.rows`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from newsparse.characters import utf8
from newsparse.extensions import OutputFormat, WriteContext
from newsparse.formats.pieces import running_text
from newsparse.models import Article, Credit
from newsparse.options import choice_option
from newsparse.rows import COLUMNS, ORIGIN_COLUMNS, article_to_row, origin_cells

PARAGRAPH_COLUMNS = ("id", "number", "role", "text", "start", "stop", "headline", "language", "source", *ORIGIN_COLUMNS)
"""The columns of a row a paragraph: the article's id, the paragraph's number in it from 1, ``body`` or ``subhead``."""
CAPTION_COLUMNS = (
    "id",
    "number",
    "text",
    "raw",
    "credit",
    "agency",
    "photographer",
    "via",
    "place",
    "date",
    "flags",
    "start",
    "stop",
    "headline",
    "language",
    "source",
    *ORIGIN_COLUMNS,
)
"""The columns of a row a caption: the article's id, the caption's number in it from 1."""

# A spreadsheet takes a cell that begins with one of these for a formula, also in its wide form:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_BOM = "\ufeff"
# What makes quotes necessary. Quotes stand around a line end of any kind, so no reader splits a row there.
_SPECIAL_RE = re.compile('[",\r\n]')

_Row = Iterable[object]


def _article_rows(article: Article) -> Iterator[_Row]:
    row = article_to_row(article)
    yield [row[name] for name in COLUMNS]


def _paragraph_rows(article: Article) -> Iterator[_Row]:
    ends = (article.headline, article.language, article.source, *origin_cells(article).values())
    for number, block in enumerate(running_text(article), 1):
        yield (article.id, number, block.role.value, block.text, *(block.span or (None, None)), *ends)


def _caption_rows(article: Article) -> Iterator[_Row]:
    ends = (article.headline, article.language, article.source, *origin_cells(article).values())
    for number, caption in enumerate(article.captions, 1):
        credit = caption.credit or Credit()
        yield (
            article.id,
            number,
            caption.text,
            caption.raw,
            credit.raw,
            credit.agency,
            credit.photographer,
            credit.via,
            caption.place,
            caption.date and caption.date.iso,
            "\n".join(caption.flags),
            *(caption.span or (None, None)),
            *ends,
        )


_ROWS = {
    "article": (COLUMNS, _article_rows),
    "paragraph": (PARAGRAPH_COLUMNS, _paragraph_rows),
    "caption": (CAPTION_COLUMNS, _caption_rows),
}


class _CsvWriter:
    def __init__(self, stream: BinaryIO, context: WriteContext):
        columns, self._rows = _ROWS[choice_option(context.options, "rows", tuple(_ROWS))]
        self._spreadsheet = choice_option(context.options, "spreadsheet", ("no", "yes")) == "yes"
        self._stream = stream
        self._replaced = context.replaced
        if self._spreadsheet:
            stream.write(_BOM.encode())
        self._put(columns)

    def write(self, article: Article) -> None:
        for row in self._rows(article):
            self._put(row)

    def close(self) -> None:
        """Nothing stands behind the last row."""

    def _put(self, row: _Row) -> None:
        # `csv.writer` looks at every character several times over, which was a third of what all of writing cost.
        cells = ["" if cell is None else str(cell) for cell in row]
        if self._spreadsheet:
            cells = [f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell for cell in cells]
        line = ",".join([_quoted(cell) if _SPECIAL_RE.search(cell) else cell for cell in cells])
        self._stream.write(utf8(line + "\r\n", self._replaced))


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


CSV = OutputFormat(
    "csv",
    ".csv",
    "text/csv",
    open=_CsvWriter,
    options=("rows", "spreadsheet"),
    title="CSV: a row an article, a paragraph or a caption",
)
