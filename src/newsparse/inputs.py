"""Files, folders and streams to documents.

Takes paths and binary streams, picks a reader for each, gives `Document` records one at a time. A fault of an input is
a document without text and with an issue, and the next input is read; only wrong calls raise.
"""

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, cast

import attrs

from newsparse.candidates import FAILURES, PluginFault, reason_of
from newsparse.errors import NewsparseError
from newsparse.extensions import Document, ReadContext, Reader
from newsparse.models import Issue, Origin
from newsparse.options import checked_options, number_option
from newsparse.plugins import PluginSet
from newsparse.readers.charsets import check_encoding
from newsparse.readers.texts import CUT
from newsparse.streams import EXPANSION, unwrapped

UNREADABLE = "unreadable"
"""The code of an issue: an input could not be opened."""
READER_GUESSED = "reader-guessed"
"""The code of an issue: two readers were about as sure that an input is theirs."""
INCOMPLETE = frozenset({UNREADABLE, CUT})
"""The codes that mean that some input was not read to its end."""

HEAD = 1 << 13
"""How many bytes of an input the readers sniff at."""
CLOSE = 10
"""Below this difference of two readers' scores the choice between them is reported."""

_STDIN = "-"
# Options of any input, beside those of its reader.
_OWN_OPTIONS = ("expansion",)

Input = str | os.PathLike[str] | BinaryIO


def iter_documents(
    inputs: Input | Iterable[Input],
    plugins: PluginSet,
    reader: str | None = None,
    encoding: str | None = None,
    options: Mapping[str, object] | None = None,
) -> Iterator[Document]:
    """The documents of some inputs, one at a time, in the order of the inputs.

    Args:
        inputs: Paths, ``-`` for the standard input, or binary streams; one of them or several. A folder stands for the
            files in it and below it, sorted by name, hidden ones left out. What is compressed with gzip is read as what
            it holds.
        plugins: The readers.
        reader: The name of the reader; ``None``: the one that is surest of an input's first bytes.
        encoding: What the caller says the bytes are.
        options: The reader's own options, and ``expansion``.

    Returns: Documents. One for each input that cannot be read has no text and an `UNREADABLE` issue; one that breaks
        off gives what was read, with a ``cut-short`` issue.

    Raises:
        UnknownReaderError: There is no such reader.
        OptionError: There is no such encoding or option, or a stream is one of text.
    """
    check_encoding(encoding)
    chosen = None if reader is None else plugins.reader(reader)
    if chosen:
        checked_options(chosen, options or {}, _OWN_OPTIONS)
    one = isinstance(inputs, str | os.PathLike) or hasattr(inputs, "read")
    return _Inputs(plugins, chosen, encoding, options or {}).documents(
        cast(Iterable[Input], (inputs,) if one else inputs)
    )


@attrs.frozen
class _Inputs:
    """How inputs are to be read."""

    plugins: PluginSet
    reader: Reader | None
    encoding: str | None
    options: Mapping[str, object]

    def documents(self, inputs: Iterable[Input]) -> Iterator[Document]:
        for item in inputs:
            if hasattr(item, "read"):
                yield from self._stream(cast(BinaryIO, item), _name(item))
            elif os.fspath(item) == _STDIN:
                yield from self._stream(sys.stdin.buffer, _STDIN)
            else:
                for path, error in _files(os.fspath(item)):
                    yield from (_unreadable(path, error),) if error else self._file(path)

    def _file(self, path: str) -> Iterator[Document]:
        try:
            stream = open(path, "rb", buffering=0)  # noqa: PTH123, SIM115 - see `_files`; closed below
        except (OSError, ValueError) as error:
            yield _unreadable(path, error)
            return
        with stream:
            yield from self._stream(cast(BinaryIO, stream), path)

    def _stream(self, stream: BinaryIO, path: str | None) -> Iterator[Document]:
        """The documents of one stream; the last one tells where the stream itself breaks off."""
        options = {name: str(value) for name, value in self.options.items()}
        source, packed, fault = unwrapped(stream, number_option(options, "expansion", EXPANSION))
        name = (path or "").lower()
        reader, issues = self._choice(source.head(HEAD), name.removesuffix(".gz") if packed else name, path)
        own = checked_options(reader, options, _OWN_OPTIONS)
        context = ReadContext(path, self.encoding, {name: own[name] for name in own if name not in _OWN_OPTIONS})
        last: Document | None = None
        for document in self._guarded(reader, cast(BinaryIO, io.BufferedReader(source)), context):
            if last:
                yield last
            last = attrs.evolve(document, issues=(*document.issues, *issues)) if issues else document
            issues = []
            # Only a stream that has broken makes a document wait for the next: any other hands it on at once.
            if not fault():
                yield last
                last = None
        if reason := fault():
            issues.append(_cut(path, reason))
        if issues:
            last = last or Document(origin=Origin(path=path, reader=reader.name))
            yield attrs.evolve(last, issues=(*last.issues, *issues))

    def _guarded(self, reader: Reader, stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
        """A reader's documents; where it fails, a last one that says so."""
        try:
            for document in reader.read(stream, context):
                if not isinstance(document, Document):
                    raise TypeError(f"it gave a {type(document).__name__}, not a Document")
                yield document
        except NewsparseError:
            raise
        except FAILURES as error:
            issue = self._failure(reader, "read", error)
            message = f"{context.path or 'the input'} was not read further: {issue.message}"
            origin = Origin(path=context.path, reader=reader.name)
            yield Document(origin=origin, issues=(attrs.evolve(issue, code=CUT, message=message),))

    def _choice(self, head: bytes, name: str, path: str | None) -> tuple[Reader, list[Issue]]:
        """The reader for an input, and what is to be said of the choice."""
        if self.reader:
            return self.reader, []
        issues = []
        scores = []
        for reader in self.plugins.readers.values():
            try:
                scores.append((int(reader.sniff(head, name)), reader))
            except FAILURES as error:
                issues.append(self._failure(reader, "sniff", error))
        # Python sorts stably: of two that are equally sure the host's first one reads.
        # Python sorts stably: of two that are equally sure the host's first one reads.
        scores.sort(key=lambda pair: -pair[0])
        score, best = scores[0]
        for other, second in scores[1:2]:
            if other > 0 and score - other < CLOSE:
                message = (
                    f"{path or 'the input'} was read as {best.name} (sure by {score} of 100) but may be {second.name} "
                    f"({other}): name the reader if it is"
                )
                issues.append(Issue(READER_GUESSED, message))
        return best, issues

    def _failure(self, reader: Reader, step: str, error: BaseException) -> Issue:
        owner = self.plugins.owner("readers", reader.name)
        return self.plugins.report(PluginFault(owner, f"{step} of reader {reader.name}", reason_of(error)))


def _files(path: str) -> Iterator[tuple[str, OSError | None]]:
    """The files that a path stands for: itself, or all in and below a folder; an error where it cannot be listed."""
    if not os.path.isdir(path):  # noqa: PTH112 - `Path` would take an empty path for the current folder
        yield path, None
        return
    # A stack of our own: folders may be nested deeper than Python calls.
    waiting = [path]
    while waiting:
        path = waiting.pop()
        try:
            with os.scandir(path) as entries:
                visible = sorted(
                    (entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name
                )
        except NotADirectoryError:
            yield path, None
        except OSError as error:
            yield path, error
        else:
            waiting.extend(entry.path for entry in reversed(visible) if _is_regular(entry))


def _is_regular(entry: "os.DirEntry[str]") -> bool:
    """Whether an entry of a folder is a file, a folder or a link to a file; reading a pipe would wait for ever."""
    try:
        mode = entry.stat().st_mode
    except OSError:
        # A link that leads nowhere, say: opening it tells why it cannot be read.
        return True
    return stat.S_ISREG(mode) or (stat.S_ISDIR(mode) and not entry.is_symlink())


def _name(stream: object) -> str | None:
    """The file that a stream reads, where it knows; the standard streams have a number or a name in angles."""
    name = getattr(stream, "name", None)
    return name if isinstance(name, str) and not name.startswith("<") else None


def _unreadable(path: str, error: Exception) -> Document:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return Document(origin=Origin(path=path), issues=(Issue(UNREADABLE, f"cannot read {path}: {reason}"),))


def _cut(path: str | None, reason: str) -> Issue:
    return Issue(CUT, f"{path or 'the input'} breaks off ({reason}); what came before was read")
