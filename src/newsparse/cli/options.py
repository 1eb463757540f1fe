"""The words of the command line: a name with options, a plugin to leave out, languages, a count."""

import argparse
import re
from typing import NamedTuple

# A comma parts two options only where a name and `=` follow, so that a value may hold a comma: `csv:delimiter=,`.
OPTION_START_RE = re.compile(r",(?=[a-z][a-z0-9_-]*=)")


class Named(NamedTuple):
    """A format or reader as the command line names it."""

    name: str | None = None
    options: dict[str, str] = {}  # noqa: RUF012 - the default of an immutable record, never written to


def named(text: str) -> Named:
    """A name and its options.

    Raises:
        argparse.ArgumentTypeError: There is no name, or an option has no value.

    Example:
        >>> named("ninjs:version=2.2,indent=4")
        Named(name='ninjs', options={'version': '2.2', 'indent': '4'})
    """
    name, colon, rest = text.partition(":")
    options = {}
    for option in OPTION_START_RE.split(rest) if colon else ():
        key, equals, value = option.partition("=")
        if not equals or not key:
            raise argparse.ArgumentTypeError(f"{option!r} is no option: write {name or 'NAME'}:option=value")
        options[key] = value
    if not name:
        raise argparse.ArgumentTypeError(f"{text!r} names nothing")
    return Named(name, options)


def blocked_plugin(text: str) -> str:
    """The name in ``no:NAME``.

    Raises:
        argparse.ArgumentTypeError: It is written otherwise.

    Example:
        >>> blocked_plugin("no:newsparse-example")
        'newsparse-example'
    """
    word, _, name = text.partition(":")
    if word != "no" or not name:
        raise argparse.ArgumentTypeError(f"{text!r}: write no:NAME to leave a plugin out")
    return name


def language_names(text: str) -> list[str]:
    """The names in a list with commas.

    Example:
        >>> language_names("en,ar")
        ['en', 'ar']
    """
    return [name.strip() for name in text.split(",") if name.strip()]


def count(text: str) -> int:
    """A whole number from 0.

    Raises:
        argparse.ArgumentTypeError: It is none.

    Example:
        >>> count("2")
        2
    """
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)
