"""Text to lines: columns, no object a line.

A line ends at ``\\n``, ``\\r\\n`` or ``\\r``, as editors count; every other separator is a character inside a line.
Takes text; gives `Lines`: for the lines that are not blank their number, stripped text and
normalised key, and for all lines where they end.
"""

import io
from array import array
from itertools import accumulate, compress

# What counts as one character when lines are compared: what the same text is printed with on one page and on another.
# Replacing in the whole text is the cheapest way to normalise, but every character here is looked for in every text, so
# rare ones are left out.
_SAME = (
    *((char, '"') for char in "“”„«»"),
    *((char, "'") for char in "’‘‚`´"),
    *((char, "-") for char in "–—‑―−"),
    *((char, " ") for char in "\t\u00a0\u202f\u3000"),
    *((char, "") for char in "\u00ad\u200b\u200e\u200f\ufeff"),
    ("…", "..."),
)
_SAME_ASCII = tuple((char, plain) for char, plain in _SAME if char.isascii())
# Each pass halves the runs of blanks that are left, so five passes leave single blanks of runs up to 32; longer ones
# are rare enough to stay unequal, and a fixed number keeps the work linear.
_SQUEEZES = 5


class Lines:
    """Columns of consecutive lines.

    Attributes:
        total: How many lines there are, blank ones included.
        stops: For each line, blank ones included, the offset behind its end.
        rows: For each line that is not blank its index among all lines, from 0.
        texts: For each line that is not blank its text without the blanks around it.
        keys: The same, normalised: what two lines must share to count as equal.
    """

    __slots__ = ("keys", "rows", "stops", "texts")

    def __init__(self, stops: "array[int]", rows: list[int], texts: list[str], keys: list[str]):
        self.stops = stops
        self.rows = rows
        self.texts = texts
        self.keys = keys

    @property
    def total(self) -> int:
        """How many lines there are, blank ones included."""
        return len(self.stops)


def split_lines(text: str) -> Lines:
    """The lines of a text, as columns.

    Example:
        >>> lines = split_lines("Rain “Ends”\\r\\n\\n It rained.\\u2028Twice.")
        >>> lines.rows, lines.texts, lines.keys[0], list(lines.stops)
        ([0, 2], ['Rain “Ends”', 'It rained.\\u2028Twice.'], 'rain "ends"', [13, 14, 32])
    """
    stripped, stops = _pieces(text)
    texts = list(filter(None, stripped))
    rows = list(compress(range(len(stripped)), stripped))
    keys = normalise("\n".join(texts)).split("\n") if texts else []
    return Lines(stops, rows, texts, keys)


def normalise(text: str) -> str:
    """A text in the form in which lines are compared: case, quotes, dashes, blanks and invisible characters levelled.

    Line ends stay as they are, so the lines of both stand side by side.

    Example:
        >>> normalise("Libya’s  “Outlaws” – a\\u00a0list")
        'libya\\'s "outlaws" - a list'
    """
    # Once quotes and dashes are plain, most English text is ASCII, whose lower case is ten times cheaper to make than
    # case folding.
    if text.isascii():
        for char, plain in _SAME_ASCII:
            if char in text:
                text = text.replace(char, plain)
    else:
        for char, plain in _SAME:
            if char in text:
                text = text.replace(char, plain)
    # Turkish dotted and dotless letters are one letter in capitals; case folding leaves the dot as a sign of its own.
    text = text.lower() if text.isascii() else text.casefold().replace("i\u0307", "i").replace("ı", "i")
    for _ in range(_SQUEEZES):
        if "  " not in text:
            break
        text = text.replace("  ", " ")
    return text


def _split(text: str) -> list[str]:
    """The lines of a text; line ends may stay on, blanks around lines are stripped anyway."""
    if "\r" in text:
        return list(io.StringIO(text, newline=""))
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def _pieces(text: str) -> tuple[list[str], "array[int]"]:
    lines = _split(text)
    if "\r" in text:
        stops = array("Q", accumulate(map(len, lines)))
    else:
        # Each line but perhaps the last is followed by one line feed.
        stops = array("Q", accumulate([len(line) + 1 for line in lines]))
        if stops:
            stops[-1] = len(text)
    return list(map(str.strip, lines)), stops
