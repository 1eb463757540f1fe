"""Files, folders and streams to documents.

Takes paths and binary streams, unwraps what is compressed or an archive, picks a reader for each file, gives `Document`
records one at a time. A fault of an input is a document without text and with an issue, and the next input is read;
only wrong calls raise.
"""

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from typing import BinaryIO, TextIO, cast

import attrs

from newsparse.archives import DEPTH, MOST_DEPTH, Archive, archive_of, seekable
from newsparse.candidates import FAILURES, PluginFault, reason_of
from newsparse.errors import NewsparseError, OptionError
from newsparse.extensions import Document, ReadContext, Reader
from newsparse.files import files_of, name_of
from newsparse.models import UNREADABLE, Issue, Origin
from newsparse.options import checked_options, number_option
from newsparse.plugins import PluginSet
from newsparse.readers.charsets import check_encoding
from newsparse.readers.texts import CUT, TEXT
from newsparse.sniffing import Taken, take
from newsparse.streams import EXPANSION, Allowance, Compression, Source, Span, compression_of

SET_ASIDE = "set-aside"
"""The code of an issue: a document ended every process that came to it, and was left out."""
INCOMPLETE = frozenset({UNREADABLE, CUT, SET_ASIDE})
"""The codes that mean that some input was not read to its end."""

HEAD = 1 << 13
"""How many bytes of an input the readers sniff at."""

_STDIN = "-"
# How much of a stream of text is read at a time, in characters.
_CHUNK = 1 << 16
# Options of any input, beside those of its reader.
_OWN_OPTIONS = ("expansion", "depth")
# How sure we are that what begins as an archive is one: a reader of documents that are zip files inside is surer.
_ARCHIVE_SURE = 60


@attrs.frozen
class Slice:
    """Some whole lines of a file, to be read by themselves."""

    path: str
    reader: str
    """The name of the file's reader, which is one that splits."""
    start: int
    """Where they begin in the file, in bytes."""
    stop: int
    line: int = 1
    """The number of the first of them, from 1."""


Input = str | os.PathLike[str] | BinaryIO | TextIO | Slice


def iter_documents(
    inputs: Input | Iterable[Input],
    plugins: PluginSet,
    reader: str | None = None,
    encoding: str | None = None,
    options: Mapping[str, object] | None = None,
    *,
    tell: Callable[[Taken], None] = lambda taken: None,
    skip: Callable[[str], bool] = lambda path: False,
) -> Iterator[Document]:
    """The documents of some inputs, one at a time, in the order of the inputs.

    Args:
        inputs: Paths, ``-`` for the standard input, slices of files or streams; one of them or several. A folder stands
            for the files in it and below it, sorted by name, hidden ones left out. What is compressed (gzip, bzip2, xz,
            zstd) is read as what it holds, and a zip or tar file as the files in it.
        plugins: The readers.
        reader: The name of the reader; ``None``: the one that is surest of an input's first bytes.
        encoding: What the caller says the bytes are.
        options: The reader's own options, and ``expansion`` and ``depth``. Where no reader is named, each option goes
            to the readers that take it.
        tell: Called with what each file was taken for, before it is read.
        skip: Whether a file in a folder is no input.

    Returns: Documents. One for each input that cannot be read has no text and an `UNREADABLE` issue; one that breaks
        off gives what was read, with a ``cut-short`` issue.

    Raises:
        UnknownReaderError: There is no such reader.
        OptionError: There is no such encoding or option, or a stream of text is given to a reader of bytes.
    """
    check_encoding(encoding)
    chosen = None if reader is None else plugins.reader(reader)
    own = _checked(chosen, options or {}, plugins)
    one = isinstance(inputs, str | os.PathLike | Slice) or hasattr(inputs, "read")
    reading = _Inputs(
        plugins,
        chosen,
        encoding,
        own,
        number_option(own, "expansion", EXPANSION),
        min(number_option(own, "depth", DEPTH), MOST_DEPTH),
        tell,
        skip,
    )
    return reading.documents(cast(Iterable[Input], (inputs,) if one else inputs))


def reader_of(path: str, plugins: PluginSet, reader: str | None = None) -> Reader | None:
    """The reader that `iter_documents` would take for a file; ``None`` for one that is packed or cannot be opened."""
    named = None if reader is None else plugins.reader(reader)
    try:
        stream = open(path, "rb", buffering=0)  # noqa: PTH123, SIM115 - see `files_of`; closed below
    except (OSError, ValueError):
        return None
    with stream:
        head = Source(stream).head(HEAD)
    if compression_of(head) or archive_of(head):
        return None
    # What fails to sniff is reported when the file is read.
    return named or take(head, path.lower(), plugins, lambda *fault: Issue(), path).reader


def _checked(chosen: Reader | None, options: Mapping[str, object], plugins: PluginSet) -> Mapping[str, str]:
    """The options as strings, each one known to the reader or, where none is named, to any."""
    if chosen:
        return checked_options(chosen, options, _OWN_OPTIONS)
    known = {*_OWN_OPTIONS, *(name for reader in plugins.readers.values() for name in reader.options)}
    for name in options:
        if name not in known:
            raise OptionError(f"no reader has an option {name!r}; known: {', '.join(sorted(known))}")
    return {name: str(value) for name, value in options.items()}


@attrs.frozen
class _Place:
    """Where in the inputs a stream stands."""

    path: str | None
    member: str | None = None
    depth: int = 0
    """How many layers were unwrapped to come here."""
    offset: int = 0
    line: int = 1
    """Where the stream begins in its file."""

    @property
    def name(self) -> str | None:
        """What readers are told and messages say."""
        return f"{self.path or 'the input'}/{self.member}" if self.member else self.path

    def inside(self, member: str | None = None) -> "_Place":
        """A place one layer further in."""
        return _Place(self.path, "/".join(filter(None, (self.member, member))) or None, self.depth + 1)

    def unread(self, reason: str, code: str = UNREADABLE) -> Document:
        """A document that says why there is none."""
        issue = Issue(code, f"cannot read {self.name or 'the input'}: {reason}")
        return Document(origin=Origin(self.path, self.member), issues=(issue,))


@attrs.frozen
class _Inputs:
    """How inputs are to be read."""

    plugins: PluginSet
    reader: Reader | None
    encoding: str | None
    options: Mapping[str, str]
    expansion: int
    depth: int
    tell: Callable[[Taken], None]
    skip: Callable[[str], bool]

    def documents(self, inputs: Iterable[Input]) -> Iterator[Document]:
        for item in inputs:
            if isinstance(item, io.TextIOBase) and self.reader in (None, TEXT):
                yield from _text(item)
            elif hasattr(item, "read"):
                yield from self._stream(cast(BinaryIO, item), name_of(item))
            elif isinstance(item, Slice):
                yield from self._slice(item)
            elif os.fspath(item) == _STDIN:
                yield from self._stream(sys.stdin.buffer, _STDIN)
            else:
                for path, error in files_of(os.fspath(item)):
                    if error:
                        yield _Place(path).unread(_why(error))
                    elif not self.skip(path):
                        yield from self._file(path)

    def _file(self, path: str) -> Iterator[Document]:
        try:
            stream = open(path, "rb", buffering=0)  # noqa: PTH123, SIM115 - see `files_of`; closed below
        except (OSError, ValueError) as error:
            yield _Place(path).unread(_why(error))
            return
        with stream:
            yield from self._stream(cast(BinaryIO, stream), path)

    def _slice(self, part: Slice) -> Iterator[Document]:
        place = _Place(part.path, offset=part.start, line=part.line)
        try:
            file = open(part.path, "rb", buffering=0)  # noqa: PTH123, SIM115 - as above
        except OSError as error:
            yield place.unread(_why(error))
            return
        with file:
            source = Source(Span(cast(BinaryIO, file), part.start, part.stop))
            # Only the file's own head can say what it is.
            taken = Taken(self.plugins.reader(part.reader), path=part.path)
            if part.start == 0:
                taken = self._taken(source.head(HEAD), part.path.lower(), place)
                self.tell(taken)
            yield from self._read(source, cast(BinaryIO, io.BufferedReader(source)), taken, place)

    def _stream(self, stream: BinaryIO, path: str | None) -> Iterator[Document]:
        source = Source(stream)
        size = source.size
        allowance = Allowance(lambda: size or source.fetched, self.expansion)
        yield from self._layer(source, (path or "").lower(), _Place(path), allowance)

    def _layer(self, source: Source, name: str, place: _Place, allowance: Allowance) -> Iterator[Document]:
        """The documents of a stream: unwrapped where it is wrapped, else read."""
        head = source.head(HEAD)
        layer: Compression | Archive | None = compression_of(head) or archive_of(head)
        taken = self._taken(head, name, place)
        if layer is None or self._is_own(taken, head, name):
            self.tell(taken)
            # What reads an archive itself reads its end first.
            with seekable(source) if layer else nullcontext(cast(BinaryIO, io.BufferedReader(source))) as stream:
                yield from self._read(source, stream, taken, place)
        elif place.depth >= self.depth:
            yield place.unread(f"it is packed in more than {self.depth} layers; raise the option depth if it may be")
        elif isinstance(layer, Compression):
            try:
                inner = layer.unwrap(source, allowance)
            except ImportError as error:
                yield place.unread(str(error))
            else:
                yield from self._layer(
                    inner, layer.inner_name(name), attrs.evolve(place, depth=place.depth + 1), allowance
                )
        else:
            for member in layer.members(source, allowance):
                inside = place.inside(member.name) if member.name else place
                if member.source is None:
                    yield inside.unread(member.fault or "it cannot be opened")
                else:
                    yield from self._layer(member.source, (member.name or "").lower(), inside, allowance)
                if allowance.is_spent:
                    yield place.unread(f"it expands too much, and what is behind {member.name} was not read", CUT)
                    break

    def _taken(self, head: bytes, name: str, place: _Place) -> Taken:
        """The reader for an input: the one that was named, or the surest."""
        if self.reader is None:
            taken = take(head, name, self.plugins, self._failure, place.name or "the input")
            return attrs.evolve(taken, path=place.path, member=place.member)
        return Taken(self.reader, path=place.path, member=place.member)

    def _is_own(self, taken: Taken, head: bytes, name: str) -> bool:
        """Whether the reader reads what is packed as it is, as one of Office documents does."""
        score = taken.score
        if score is None:
            try:
                score = int(taken.reader.sniff(head, name))
            except FAILURES:
                return False
        return score > _ARCHIVE_SURE

    def _read(self, source: Source, stream: BinaryIO, taken: Taken, place: _Place) -> Iterator[Document]:
        """The documents of one file; the last one tells where the stream itself breaks off."""
        reader, issues = taken.reader, list(taken.issues)
        options = {name: value for name, value in self.options.items() if name in reader.options}
        context = ReadContext(place.name, self.encoding, options, place.offset, place.line)
        last: Document | None = None
        for document in self._guarded(reader, stream, context):
            if last:
                yield last
            last = _placed(document, place)
            if issues:
                last = attrs.evolve(last, issues=(*last.issues, *issues))
                issues = []
            # Only a stream that has broken makes a document wait for the next: any other hands it on at once.
            if not source.fault:
                yield last
                last = None
        if reason := source.fault:
            issues.append(Issue(CUT, f"{place.name or 'the input'} breaks off ({reason}); what came before was read"))
        if issues:
            last = last or Document(origin=Origin(place.path, place.member, reader=reader.name))
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

    def _failure(self, reader: Reader, step: str, error: BaseException) -> Issue:
        owner = self.plugins.owner("readers", reader.name)
        return self.plugins.report(PluginFault(owner, f"{step} of reader {reader.name}", reason_of(error)))


def _text(stream: io.TextIOBase) -> Iterator[Document]:
    """The document of a stream of text, and where it breaks off another one that says so."""
    place = _Place(name_of(stream))
    faults: list[str] = []

    def chunks() -> Iterator[str]:
        try:
            yield from iter(lambda: stream.read(_CHUNK), "")
        except (OSError, ValueError) as error:
            faults.append(_why(error))

    yield Document(origin=Origin(place.path, line=1), chunks=chunks())
    for fault in faults:
        yield place.unread(f"it breaks off ({fault}); what came before was read", CUT)


def _placed(document: Document, place: _Place) -> Document:
    """A document that a reader says is of its file, with the member apart from the path."""
    origin = document.origin
    if origin is None or place.member is None or origin.path != place.name:
        return document
    return attrs.evolve(document, origin=attrs.evolve(origin, path=place.path, member=place.member))


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
