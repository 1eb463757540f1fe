"""Archives: the members of a zip or tar file, one at a time, each as a stream that does not fail.

Takes a `Source`, gives `Member` records in the archive's order. What cannot be opened is a member with a reason, and
the next one follows.
"""

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

import attrs

from newsparse.candidates import reason_of
from newsparse.streams import Allowance, Source

DEPTH = 5
"""How many layers are unwrapped, compressions and archives alike, unless the caller says otherwise. Exports are zips of
zips at most; a file that holds itself goes on for ever."""
MOST_DEPTH = 100
"""How many layers a caller may ask for: each takes a few frames of Python's stack."""

# An archive in an archive must be read from its end, so it waits in memory, and beyond this size on the disk.
_IN_MEMORY = 1 << 24
# Where the name of the format stands in a tar file, behind the first member's own fields.
_TAR_MARK, _TAR_PLACE = b"ustar", 257
# Members by which a zip file shows to be one document of another format: of Office, of OpenDocument, an EPUB.
_PARTS = {"[Content_Types].xml": "an Office document", "mimetype": "an OpenDocument file or an EPUB"}
# What macOS adds to archives beside the files themselves.
_COMPANIONS = "__MACOSX"


@attrs.frozen
class Member:
    """One file in an archive."""

    name: str | None
    """Its path in the archive; ``None``: the archive itself, where that is what cannot be read."""
    source: Source | None = None
    fault: str | None = None
    """Why there is no source."""


@attrs.frozen
class Archive:
    """One format of archives."""

    name: str
    is_head: Callable[[bytes], bool]
    """Whether a file that begins so is one."""
    members: Callable[[Source, Allowance], Iterator[Member]]


@contextmanager
def seekable(source: Source) -> Iterator[BinaryIO]:
    """The source as a stream that can be read from its end: itself, or a copy in memory or on the disk."""
    stream = cast(BinaryIO, io.BufferedReader(source))
    if source.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        shutil.copyfileobj(stream, spool)
        spool.seek(0)
        yield cast(BinaryIO, spool)


def archive_of(head: bytes) -> Archive | None:
    """The archive that a file with this head is."""
    return next((kind for kind in ARCHIVES if kind.is_head(head)), None)


def _zip(source: Source, allowance: Allowance) -> Iterator[Member]:
    import zipfile

    with seekable(source) as stream:
        # What breaks while a zip file is opened is of many kinds, from a bad name to a bad offset.
        try:
            archive = zipfile.ZipFile(stream)
        except Exception as error:
            yield Member(None, fault=source.fault or reason_of(error))
            return
        with archive:
            names = set(archive.namelist())
            for part, what in _PARTS.items():
                if part in names:
                    yield Member(None, fault=f"it is {what}, and no reader for that is installed")
                    return
            for info in archive.infolist():
                if not info.is_dir() and _is_visible(info.filename):
                    yield _opened(info.filename, partial(archive.open, info), allowance, source)


def _tar(source: Source, allowance: Allowance) -> Iterator[Member]:
    import tarfile

    try:
        with tarfile.open(fileobj=io.BufferedReader(source), mode="r|") as archive:
            for info in archive:
                if info.isreg() and _is_visible(info.name):
                    yield _opened(info.name, partial(archive.extractfile, info), allowance, source)
    except Exception as error:
        yield Member(None, fault=source.fault or reason_of(error))


def _opened(name: str, open_member: Callable[[], Any], allowance: Allowance, below: Source) -> Member:
    # A password, a method of compression that Python lacks, a header that contradicts the list.
    try:
        return Member(name, Source(open_member(), allowance, below))
    except Exception as error:
        return Member(name, fault=reason_of(error))


def _is_visible(name: str) -> bool:
    """Whether a member is to be read: as in folders, what is hidden is not."""
    parts = [part for part in PurePosixPath(name).parts if part not in (".", "..")]
    return not any(part.startswith(".") or part == _COMPANIONS for part in parts)


ARCHIVES = (
    Archive("zip", lambda head: head.startswith((b"PK\x03\x04", b"PK\x05\x06")), _zip),
    Archive("tar", lambda head: head.startswith(_TAR_MARK, _TAR_PLACE), _tar),
)
