"""SQLite: articles, paragraphs, captions, lines and issues in tables, with full-text search.

Takes dumps, gives one file. It grows: rows of a dump replace those that an earlier run made of the same place of the
same input, and all others stay. The tables are in ``database.sql``.
"""

import json
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from newsparse.characters import sqlite_text
from newsparse.dump import Dump
from newsparse.errors import OptionError
from newsparse.extensions import OutputFormat, WriteContext
from newsparse.formats.pieces import running_text
from newsparse.formats.places import digest_of, place_of
from newsparse.models import Article, Caption, Dateline, Origin, WireDate

if TYPE_CHECKING:
    import sqlite3

# What a database says of itself in its header: "nwsp", as `file` could show it, and the version of the tables.
_APPLICATION = 0x6E777370
_TABLES = 1
# SQLite's integers have 64 bits.
_LARGEST = 1 << 63


class _SqliteWriter:
    """A database of its own while it is written, private and on disk; its bytes go to the stream at the end."""

    def __init__(self, stream: BinaryIO, context: WriteContext):
        import sqlite3

        self._stream = stream
        self._replaced = context.replaced
        # An empty name is SQLite's own for a file that nobody else sees and that goes away with the connection.
        self._database = sqlite3.connect("", isolation_level=None)
        try:
            if not (context.previous and _copied(context.previous, self._database)):
                script = files("newsparse").joinpath("formats", "database.sql").read_text(encoding="utf-8")
                self._database.executescript(script)
                self._database.execute(f"PRAGMA application_id = {_APPLICATION}")
                self._database.execute(f"PRAGMA user_version = {_TABLES}")
            # The file is copied when it is whole, so nobody ever needs to roll anything back.
            self._database.execute("PRAGMA journal_mode = OFF")
            self._database.execute("PRAGMA foreign_keys = ON")
            self._database.execute("CREATE TEMP TABLE met (place TEXT PRIMARY KEY, times INTEGER) WITHOUT ROWID")
            self._database.execute("BEGIN")
            self._run = self._run_of(_json(context.stamp))
        except BaseException:
            self._database.close()
            raise

    def write(self, article: Article) -> None:
        """An article without its dump: a dump without lines."""
        self.write_dump(Dump(articles=(article,), origin=article.origin))

    def write_dump(self, dump: Dump) -> None:
        number = self._dump_of(dump)
        articles = [self._article(number, place, article) for place, article in enumerate(dump.articles, 1)]
        self._insert_all(
            "lines",
            (
                (
                    number,
                    line.number,
                    line.role.value,
                    None if line.article is None else articles[line.article],
                    line.start,
                    line.stop,
                    line.raw,
                )
                for line in dump.lines
            ),
        )
        self._insert_all(
            "issues", ((None, number, issue.code, issue.message, issue.line, issue.plugin) for issue in dump.issues)
        )

    def close(self) -> None:
        import sqlite3

        with closing(self._database), tempfile.TemporaryDirectory() as folder:
            self._database.execute("COMMIT")
            whole = Path(folder) / "whole.sqlite"
            with closing(sqlite3.connect(whole)) as copy:
                self._database.backup(copy)
            with whole.open("rb") as stream:
                shutil.copyfileobj(stream, self._stream)

    def _run_of(self, stamp: str) -> int:
        self._database.execute("INSERT OR IGNORE INTO runs (stamp) VALUES (?)", (stamp,))
        return int(self._database.execute("SELECT run FROM runs WHERE stamp = ?", (stamp,)).fetchone()[0])

    def _dump_of(self, dump: Dump) -> int:
        """The number of a dump's new row; what an earlier run made of the same place is gone."""
        origin = dump.origin or Origin()
        place = place_of(dump)
        [times] = self._database.execute(
            "INSERT INTO met VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times", (place,)
        ).fetchone()
        key = f"{place}-{times}"
        self._database.execute("DELETE FROM dumps WHERE key = ?", (key,))
        values = (
            origin.path,
            origin.member,
            origin.record,
            origin.reader,
            origin.encoding,
            digest_of(dump),
            origin.offset,
            origin.line,
            dump.source,
        )
        return self._insert("dumps", (None, key, self._run, *values))

    def _article(self, dump: int, place: int, article: Article) -> int:
        dateline = article.dateline or Dateline()
        values = (
            article.headline,
            _json(article.deck),
            article.section,
            _json(article.authors),
            article.byline,
            dateline.raw,
            dateline.place,
            dateline.date and dateline.date.iso,
            dateline.agency,
            *_date(article.published),
            *_date(article.updated),
            article.language,
            article.source,
            article.text,
            _json(article.extra),
        )
        number = self._insert("articles", (None, dump, place, article.id, *values))
        self._insert_all(
            "paragraphs",
            (
                (number, count, block.role.value, block.text, *(block.span or (None, None)))
                for count, block in enumerate(running_text(article), 1)
            ),
        )
        self._insert_all(
            "captions",
            ((None, number, count, *_caption(caption)) for count, caption in enumerate(article.captions, 1)),
        )
        return number

    def _insert(self, table: str, row: tuple[Any, ...]) -> int:
        marks = ",".join("?" * len(row))
        cursor = self._database.execute(f"INSERT INTO {table} VALUES ({marks})", self._held(row))
        return int(cursor.lastrowid or 0)

    def _insert_all(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        held = [self._held(row) for row in rows]
        if held:
            self._database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(held[0]))})", held)

    def _held(self, row: tuple[Any, ...]) -> list[Any]:
        """The values as SQLite can hold them."""
        return [
            sqlite_text(value, self._replaced)
            if isinstance(value, str)
            else str(value)
            if isinstance(value, int) and not -_LARGEST <= value < _LARGEST
            else value
            for value in row
        ]


def _copied(path: str, database: "sqlite3.Connection") -> bool:
    """Whether the file holds anything; then the database is filled with it.

    Raises:
        OptionError: The file is no database of ours.
    """
    import sqlite3

    if not Path(path).stat().st_size:
        return False
    try:
        with closing(sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)) as old:
            marks = [old.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
            if marks == [_APPLICATION, _TABLES]:
                old.backup(database)
                return True
    except sqlite3.DatabaseError as error:
        raise OptionError(f"{path} is no SQLite database ({error}): name another output") from error
    if marks[0] == _APPLICATION:
        raise OptionError(f"{path} was made by a newsparse with other tables: name another output")
    raise OptionError(f"{path} is a database, but not one of newsparse: name another output")


def _date(date: WireDate | None) -> tuple[str | None, ...]:
    return (date.iso, date.precision, date.raw) if date else (None, None, None)


def _caption(caption: Caption) -> tuple[Any, ...]:
    credit = caption.credit
    named = (credit.raw, credit.agency, credit.photographer, credit.via) if credit else (None,) * 4
    return (
        caption.text,
        caption.raw,
        *named,
        caption.place,
        *_date(caption.date),
        _json(caption.flags),
        *(caption.span or (None, None)),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


SQLITE = OutputFormat(
    "sqlite",
    ".sqlite",
    "application/vnd.sqlite3",
    binary=True,
    open=_SqliteWriter,
    title="SQLite: articles, paragraphs, captions, lines and issues, with search",
)
