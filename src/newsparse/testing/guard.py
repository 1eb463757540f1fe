"""What a plugin must keep its hands off, seen by Python's audit events: network, processes, files to write.

An audit hook cannot be taken away again, so it is set in a process of its own; see `newsparse.testing.watched`.
"""

import os
import sys
from collections.abc import Callable
from typing import Any

# https://docs.python.org/3/library/audit_events.html
FORBIDDEN = {
    "network": ("socket.connect", "socket.bind", "socket.send", "socket.getaddrinfo", "socket.gethost", "urllib."),
    "processes": ("subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork"),
    "file writes": (
        "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "os.link", "os.symlink", "os.chmod",
        "os.chown", "os.utime", "shutil.", "tempfile.",
    ),
}  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def forbid(tell: Callable[[str], None]) -> None:
    """From now on, tell of whatever is forbidden and let it fail with a `PermissionError`; cannot be undone."""

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        kind = _kind(event, arguments)
        if kind is not None:
            what = f"{kind}: {event} {arguments[0] if arguments else ''}".rstrip()
            tell(what)
            raise PermissionError(f"a plugin must not do this: {what}")

    sys.addaudithook(watch)


def _kind(event: str, arguments: tuple[Any, ...]) -> str | None:
    if event == "open":
        _, mode, flags = arguments
        writes = set(mode) & set("wax+") if mode else (flags or 0) & _WRITING
        return "file writes" if writes else None
    return next((kind for kind, starts in FORBIDDEN.items() if event.startswith(starts)), None)
