"""What the core itself registers, through the same hooks as any plugin."""

from collections.abc import Iterable

from newsparse.extensions import OutputFormat, Reader, Rule
from newsparse.hookspecs import hookimpl
from newsparse.locales import Locale, core_locales

# Formats, readers and rules are imported when they are asked for: a parse needs no format, a render no rule.


@hookimpl
def newsparse_register_formats() -> Iterable[OutputFormat]:
    """The core's formats."""
    from newsparse.formats import CORE_FORMATS

    return CORE_FORMATS


@hookimpl
def newsparse_register_readers() -> Iterable[Reader]:
    """The core's readers."""
    from newsparse.readers.known import CORE_READERS

    return CORE_READERS


@hookimpl
def newsparse_register_locales() -> Iterable[Locale]:
    """The core's locales."""
    return core_locales()


@hookimpl
def newsparse_register_rules() -> Iterable[Rule]:
    """The core's rules."""
    from newsparse.rules import CORE_RULES

    return CORE_RULES
