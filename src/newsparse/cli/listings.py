"""Tables of names for a person."""

from collections.abc import Iterable, Sequence

from newsparse.cli.terminal import printable


def table(rows: Iterable[Sequence[str]]) -> str:
    """Rows with their columns one under another; the last column is not padded.

    Example:
        >>> print(table([("json", ".json", "one object"), ("markdown", ".md", "to read")]))
        json      .json  one object
        markdown  .md    to read
    """
    clean = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*clean, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in clean)
