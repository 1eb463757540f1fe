"""The files that a path stands for."""

import os
import stat
from collections.abc import Iterator


def files_of(path: str) -> Iterator[tuple[str, OSError | None]]:
    """The path itself, or all files in and below a folder, by name, hidden ones left out.

    Returns: Paths, each with an error where it cannot be listed.
    """
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


def name_of(stream: object) -> str | None:
    """The file that a stream reads, where it knows; the standard streams have a number or a name in angles."""
    name = getattr(stream, "name", None)
    return name if isinstance(name, str) and not name.startswith("<") else None
