"""What a person sees: width, colours, counts, and text without anything that a terminal would obey."""

import os
import shutil
from typing import TextIO

# Wide enough for a sentence where there is no terminal to ask, as in a pipe.
PIPE_WIDTH = 120
BOLD, DIM = "1", "2"


def printable(text: str, width: int | None = None) -> str:
    r"""A text on one line, cut to a width, with a blank for every character that does not print.

    Text of strangers may hold the sequences that rename, clear or drive a terminal.

    Example:
        >>> printable("Rain\x1b[2J ends\nat last", 14)
        'Rain [2J ends…'
    """
    clean = "".join(character if character.isprintable() else " " for character in text)
    return clean if width is None or len(clean) <= width else clean[: max(width - 1, 0)].rstrip() + "…"


def many(number: int, noun: str) -> str:
    """A number and its noun.

    Example:
        >>> many(1, "article"), many(1200, "line")
        ('1 article', '1,200 lines')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def width_of(stream: TextIO) -> int:
    """How many characters a line may take."""
    return shutil.get_terminal_size().columns if stream.isatty() else PIPE_WIDTH


def wants_colour(stream: TextIO) -> bool:
    """Whether the stream is a terminal that wants colours (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def coloured(text: str, code: str, stream: TextIO) -> str:
    """The text in a colour or weight, where the stream is a terminal that wants it."""
    return f"\x1b[{code}m{text}\x1b[0m" if wants_colour(stream) else text
