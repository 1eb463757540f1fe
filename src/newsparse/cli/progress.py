"""How far long work has come, on stderr where that is a terminal: rich's display if it is there, else a counter."""

import sys
import time
from typing import Any, Protocol, Self

from newsparse.cli.terminal import many

# Work that is done sooner shows nothing.
PATIENCE_SECONDS = 1.0
# Often enough to look alive, seldom enough to cost nothing.
STEP_SECONDS = 0.2


class _Display(Protocol):
    def show(self, text: str) -> None: ...

    def close(self) -> None: ...


class _Counter:
    def show(self, text: str) -> None:
        print(f"\r{text}\x1b[K", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


class _Rich:
    def __init__(self, progress: Any):
        self._progress = progress
        self._progress.start()
        self._task = progress.add_task("", total=None)

    def show(self, text: str) -> None:
        self._progress.update(self._task, description=text)

    def close(self) -> None:
        self._progress.stop()


def _display() -> _Display:
    try:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
    except ImportError:
        return _Counter()
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return _Rich(Progress(*columns, console=Console(stderr=True), transient=True))


class Progress:
    """Counts dumps and articles, and shows the counts once the work takes long.

    Args:
        wanted: Whether to show anything: not where the results themselves run over the terminal.
    """

    def __init__(self, wanted: bool = True):
        self._wanted = wanted and sys.stderr.isatty()
        self._next = time.monotonic() + PATIENCE_SECONDS
        self._display: _Display | None = None
        self._dumps = self._articles = 0

    def step(self, articles: int) -> None:
        """Count one more dump and its articles."""
        self._dumps += 1
        self._articles += articles
        if not self._wanted or (now := time.monotonic()) < self._next:
            return
        self._next = now + STEP_SECONDS
        if self._display is None:
            self._display = _display()
        self._display.show(f"{many(self._dumps, 'dump')}, {many(self._articles, 'article')}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._display is not None:
            self._display.close()
