"""The plan of a large run: its inputs in parts of some megabytes, each to be done by any process.

Takes the names of inputs, gives `Part` records. Where the parts begin hangs on the inputs alone, so that the output is
the same however many processes there are.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import attrs

from newsparse.files import files_of
from newsparse.inputs import Slice, reader_of
from newsparse.plugins import PluginSet

PART = 1 << 21
"""How many bytes of input make a part: about a second of work, so that the end of a run finds no process idle for long
and a run that was stopped loses little."""
FILES = 256
"""How many files a part has at most."""

_CHUNK = 1 << 16


@attrs.frozen
class Part:
    """A part of the inputs."""

    number: int
    """From 0."""
    inputs: tuple[str | Slice, ...]
    """Files, and slices of files."""
    size: int
    """How many bytes that is."""


@attrs.frozen
class Plan:
    """The files of a run.

    Args:
        paths: The inputs, as `newsparse.inputs.iter_documents` takes them, without streams.
        plugins: The readers.
        reader: The name of the reader, where the caller named one.
        skip: Whether a file in a folder is no input.
    """

    paths: tuple[str, ...]
    plugins: PluginSet
    reader: str | None = None
    skip: Callable[[str], bool] = lambda path: False

    def parts(self) -> Iterator[Part]:
        """The parts of the inputs, in the order of the inputs; each is looked for when it is asked for."""
        number, size = 0, 0
        held: list[str | Slice] = []
        for path, bytes_ in self._files():
            for item, share in self._items(path, bytes_):
                if held and (size + share > PART or len(held) == FILES):
                    yield Part(number, tuple(held), size)
                    number, held, size = number + 1, [], 0
                held.append(item)
                size += share
        if held:
            yield Part(number, tuple(held), size)

    def size(self) -> int:
        """How many bytes all inputs have."""
        return sum(size for _, size in self._files())

    def digest(self, settings: object) -> str:
        """A hash of what the output is made of: the files' names, sizes and times of change, and the settings.

        Args:
            settings: JSON values.
        """
        found = hashlib.sha256(json.dumps([PART, FILES, settings], sort_keys=True).encode())
        for path, _ in self._files():
            try:
                about = Path(path).stat()
                row = [path, about.st_size, about.st_mtime_ns]
            except (OSError, ValueError):
                row = [path]
            found.update(json.dumps(row).encode())
        return found.hexdigest()

    def _files(self) -> Iterator[tuple[str, int]]:
        """The files with their sizes; what cannot be opened is one of no size, and its reading says why."""
        for root in self.paths:
            for path, _ in files_of(root):
                if not self.skip(path):
                    try:
                        yield path, Path(path).stat().st_size
                    except (OSError, ValueError):
                        yield path, 0

    def _items(self, path: str, size: int) -> Iterator[tuple[str | Slice, int]]:
        """A file whole, or in slices if it is large and its reader splits."""
        reader = reader_of(path, self.plugins, self.reader) if size > PART else None
        if reader is None or not reader.splits:
            yield path, size
            return
        with Path(path).open("rb") as file:
            for start, stop, line in _cuts(file):
                yield Slice(path, reader.name, start, stop, line), stop - start


def _cuts(file: BinaryIO) -> Iterator[tuple[int, int, int]]:
    """Where a file may be cut: offsets from, to and the number of the first line, each about `PART` bytes on."""
    start, line = 0, 1
    while chunk := file.read(PART):
        lines, stop = chunk.count(b"\n"), start + len(chunk)
        while not chunk.endswith(b"\n") and (chunk := file.readline(_CHUNK)):
            stop += len(chunk)
            lines += chunk.endswith(b"\n")
        yield start, stop, line
        start, line = stop, line + lines
