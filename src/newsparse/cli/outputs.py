"""Where articles go: one stream, one file, or a folder of files.

A file is written under a temporary name beside its place and renamed when it is whole: a reader of it never meets half
a file, and after an error the old one still stands. Names of files come from names of inputs and numbers, never from
text.
"""

import re
import secrets
import shutil
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePath
from types import TracebackType
from typing import BinaryIO, Protocol, Self

import attrs

from newsparse.candidates import reason_of
from newsparse.characters import told
from newsparse.dump import Dump
from newsparse.errors import NewsparseError, OptionError, PluginError
from newsparse.extensions import OutputFormat, WriteContext, Writer
from newsparse.models import Article, Issue
from newsparse.outputs import stamp_of, write_item
from newsparse.plugins import PluginSet

# What a file's name may hold on every system; anything else becomes a hyphen.
UNSAFE_RE = re.compile(r"[^\w.-]+")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: whatever follows the first dot, it is the device.
DEVICE_RE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
# File systems take 255 bytes: room for four-byte characters, a number, a suffix and the temporary name around them.
NAME_LENGTH = 50
# So many issues of one output are kept for formats that write them at its end; stderr has told all that matter.
MOST_ISSUES = 10_000
# The name of a file of articles whose input has none, as stdin.
NAMELESS = "stdin"


@attrs.frozen
class Choice:
    """An output format and what the caller says of it."""

    form: OutputFormat
    plugins: PluginSet
    options: Mapping[str, str]
    settings: Mapping[str, object] = attrs.field(factory=dict)
    """How the articles are made, for the stamp."""
    replaced: Counter[str] = attrs.field(factory=Counter)
    """The characters that the format could not hold, of all that is written."""

    def open(self, stream: BinaryIO, dump: Dump | None, issues: Iterable[Issue], previous: Path | None) -> Writer:
        """A writer on a stream, whose first dump this is, for the file that it replaces."""
        stamp = stamp_of(self.plugins, dump, self.settings)
        there = str(previous) if previous and previous.is_file() else None
        return self.form.open(stream, WriteContext(self.options, stamp, issues, self.replaced, there))

    def tell_replaced(self) -> None:
        """Say on stderr what the format could not hold, if anything."""
        if message := told(self.replaced, self.form.name):
            print(f"newsparse: {message}", file=sys.stderr)

    @contextmanager
    def named_faults(self) -> Iterator[None]:
        """Name the plugin when its writer fails; a fault of the disk or the caller is none of the writer's.

        Raises:
            PluginError: The writer failed.
        """
        try:
            yield
        except (NewsparseError, OSError):
            raise
        except Exception as error:
            owner = self.plugins.owner("formats", self.form.name)
            raise PluginError(owner.name, owner.version, f"writing {self.form.name}", reason_of(error)) from error


class Output(Protocol):
    """What takes dumps."""

    def write(self, dump: Dump) -> None:
        """Write or show a dump's articles."""


class StreamOutput:
    """The articles of many dumps on one stream of bytes."""

    def __init__(self, stream: BinaryIO, choice: Choice, previous: Path | None = None):
        self._stream = stream
        self.choice = choice
        self._previous = previous
        self._issues: list[Issue] = []
        self._held: list[Article] = []
        self._writer: Writer | None = None
        self._is_joined = False

    @property
    def joins(self) -> bool:
        """Whether what another process wrote may be put behind what is there."""
        return self.choice.form.joins and self.choice.form.holds != "one"

    def join(self, part: BinaryIO) -> None:
        """Put what another process wrote in the same format behind what is there."""
        shutil.copyfileobj(part, self._stream)
        self._is_joined = True

    def write(self, dump: Dump) -> None:
        """Write a dump's articles and remember its issues, for a format with a place for them.

        Raises:
            OptionError: The format holds one article and this is the second.
        """
        self._issues += dump.issues[: MOST_ISSUES - len(self._issues)]
        if self.choice.form.holds == "one":
            # It waits for the end, so that nothing has gone out when a second article shows the mistake.
            self._held += dump.articles
            if len(self._held) > 1:
                raise OptionError(f"{self.choice.form.name} holds one article a file: name a folder, as -o articles/")
        else:
            with self.choice.named_faults():
                write_item(self._open(dump), dump)

    def close(self) -> None:
        """Finish the document; the stream stays open."""
        if not self._is_joined:
            with self.choice.named_faults():
                writer = self._open(None)
                for article in self._held:
                    writer.write(article)
                writer.close()
        self._stream.flush()

    def _open(self, dump: Dump | None) -> Writer:
        if self._writer is None:
            self._writer = self.choice.open(self._stream, dump, self._issues, self._previous)
        return self._writer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()


class FolderOutput:
    """A file for each input, or for each article where the format holds one.

    The folders below an input that is a folder come again below the output.
    """

    def __init__(self, folder: Path, roots: Sequence[str], choice: Choice):
        self._folder = folder
        self._roots = [PurePath(root) for root in roots]
        self._choice = choice
        self._path: object = self
        self._place = PurePath()
        self._number = 0
        self._taken: set[str] = set()
        self._current = ExitStack()
        self._output: StreamOutput | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, dump: Dump) -> None:
        """Write a dump's articles to the file of its input, or to files of their own."""
        path = dump.origin.path if dump.origin else None
        if path != self._path:
            self._current.close()
            self._path, self._output = path, None
            self._place, self._number = self._place_of(path), 0
        if self._choice.form.holds == "one":
            for article in dump.articles:
                self._number += 1
                file = self._file()
                with whole_file(file) as stream, self._choice.named_faults():
                    writer = self._choice.open(stream, dump, dump.issues, file)
                    writer.write(article)
                    writer.close()
        elif dump.lines or not dump.issues:
            # Of an input that could not be opened there is nothing to make a file of.
            if self._output is None:
                file = self._file()
                stream = self._current.enter_context(whole_file(file))
                self._output = self._current.enter_context(StreamOutput(stream, self._choice, file))
            self._output.write(dump)

    def _place_of(self, path: str | None) -> PurePath:
        """The input's place below the folder, without a suffix."""
        whole = PurePath(path or NAMELESS)
        roots = (root for root in self._roots if root != whole and whole.is_relative_to(root))
        place = next((whole.relative_to(root) for root in roots), PurePath(whole.name))
        return PurePath(*(_safe_name(part) for part in (*place.parent.parts, place.stem)))

    def _file(self) -> Path:
        """A free name at the input's place: with a number for an article, else only where two inputs meet."""
        while True:
            number = f"-{self._number}" if self._number else ""
            name = f"{self._place}{number}{self._choice.form.suffix}"
            # Some systems hold names equal that differ in case.
            if name.casefold() not in self._taken:
                break
            self._number += 1
        self._taken.add(name.casefold())
        file = self._folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        return file

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._current.__exit__(kind, error, trace)


def _safe_name(part: str) -> str:
    """A part of a path as the name of one file: no separator, no leading dot, not too long, no device of Windows."""
    # Some systems hold names equal that differ in how accents are composed.
    name = UNSAFE_RE.sub("-", unicodedata.normalize("NFC", part))[:NAME_LENGTH].strip(".") or "-"
    device = DEVICE_RE.match(name)
    return f"{device[0]}-{name[device.end() :]}" if device else name


@contextmanager
def whole_file(path: Path, temporary: Path | None = None) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file when the block ends without an error, and are dropped when it does not.

    Args:
        path: The file.
        temporary: Where the bytes are until then, written anew; ``None``: beside the file, under a name of its own.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        # A pipe or a device has no name to take: renaming a file to /dev/null would put an end to /dev/null.
        with target.open("wb") as stream:
            yield stream
        return
    temporary = temporary or target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("wb") as stream:
            yield stream
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            # The caller knows the file by its own name.
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise
