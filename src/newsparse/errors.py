"""The errors a caller can meet: wrong calls, and broken plugins in strict mode.

Dirty text never raises; its faults are `Issue` records of the `Dump`.
Every error is a `NewsparseError` and also the built-in that fits, so that
``except LookupError`` works for callers who do not import newsparse's names.
"""

from collections.abc import Iterable


class NewsparseError(Exception):
    """Anything that newsparse raises on purpose."""


class UnknownNameError(NewsparseError, LookupError):
    """A name that nothing has registered.

    Attributes:
        name: The name asked for.
        known: The names that are registered, sorted.
    """

    kind = "name"

    def __init__(self, name: str, known: Iterable[str] = ()):
        self.name = name
        self.known = tuple(sorted(known))
        super().__init__(name, self.known)

    def __str__(self) -> str:
        known = ", ".join(self.known) or "none"
        return f"unknown {self.kind} {self.name!r}; known: {known}"


class UnknownFormatError(UnknownNameError):
    """No output format has this name."""

    kind = "format"


class UnknownReaderError(UnknownNameError):
    """No reader has this name."""

    kind = "reader"


class UnknownSourceError(UnknownNameError):
    """No source profile has this name."""

    kind = "source"


class UnknownLanguageError(UnknownNameError):
    """No locale has this name."""

    kind = "language"


class OptionError(NewsparseError, ValueError):
    """An option or argument that the named thing does not take, or takes otherwise."""


class RecordError(NewsparseError, ValueError):
    """A dictionary that is not what `Dump.to_dict` writes."""


class ProfileError(NewsparseError, ValueError):
    """A source profile that cannot be: its file, a key or a value of it."""


class PluginError(NewsparseError, RuntimeError):
    """A plugin that failed; raised only in strict mode, else reported as an `Issue`.

    Attributes:
        plugin: The plugin's distribution or module name.
        version: Its version, or ``None`` where there is none.
        hook: The hook or step it failed in, as ``newsparse_register_formats`` or ``import``.
        reason: What went wrong, in one sentence.
    """

    def __init__(self, plugin: str, version: str | None, hook: str, reason: str):
        self.plugin = plugin
        self.version = version
        self.hook = hook
        self.reason = reason
        super().__init__(plugin, version, hook, reason)

    def __str__(self) -> str:
        version = f" {self.version}" if self.version else ""
        return f"plugin {self.plugin}{version} failed in {self.hook}: {self.reason}"
