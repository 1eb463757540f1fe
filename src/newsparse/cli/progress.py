"""How far long work has come, on stderr where that is a terminal: rich's display if it is there, else a counter."""

import sys
import time
from datetime import timedelta
from typing import Any, Protocol, Self

from newsparse.cli.terminal import many

# Work that is done sooner shows nothing.
PATIENCE_SECONDS = 1.0
# Often enough to look alive, seldom enough to cost nothing.
STEP_SECONDS = 0.2


class _Display(Protocol):
    def show(self, text: str, done: int) -> None: ...

    def close(self) -> None: ...


class _Counter:
    def show(self, text: str, done: int) -> None:
        print(f"\r{text}\x1b[K", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


class _Rich:
    def __init__(self, progress: Any, total: int | None):
        self._progress = progress
        self._progress.start()
        self._task = progress.add_task("", total=total)

    def show(self, text: str, done: int) -> None:
        self._progress.update(self._task, description=text, completed=done)

    def close(self) -> None:
        self._progress.stop()


def _display(total: int | None) -> _Display:
    try:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
    except ImportError:
        return _Counter()
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return _Rich(Progress(*columns, console=Console(stderr=True), transient=True), total)


class Progress:
    """Counts dumps and articles, and shows the counts once the work takes long.

    Args:
        wanted: Whether to show anything: not where the results themselves run over the terminal.
        total: How many bytes there are to do, where that is known: then the rate and the time left are shown.
    """

    def __init__(self, wanted: bool = True, total: int | None = None):
        self._wanted = wanted and sys.stderr.isatty()
        self._total = total
        self._began = time.monotonic()
        self._next = time.monotonic() + PATIENCE_SECONDS
        self._display: _Display | None = None
        self._dumps = self._articles = 0

    def step(self, articles: int) -> None:
        """Count one more dump and its articles."""
        self._dumps += 1
        self._articles += articles
        self.show(self._dumps, self._articles)

    def show(self, dumps: int, articles: int, done: int = 0, earlier: int = 0) -> None:
        """Show how far the work is.

        Args:
            dumps: How many dumps are done.
            articles: How many articles they hold.
            done: How many bytes that is, of the total.
            earlier: How many of these an earlier run did, which say nothing of the rate.
        """
        if not self._wanted or (now := time.monotonic()) < self._next:
            return
        self._next = now + STEP_SECONDS
        if self._display is None:
            self._display = _display(self._total)
        text = f"{many(dumps, 'dump')}, {many(articles, 'article')}"
        rate = (done - earlier) / (now - self._began)
        if self._total and rate:
            left = timedelta(seconds=round((self._total - done) / rate))
            text += f", {rate / 1e6:.1f} MB/s, {done / self._total:.0%}, {left} left"
        self._display.show(text, done)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._display is not None:
            self._display.close()
