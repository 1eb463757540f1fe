"""Paragraphs of text that was wrapped to fit a screen, as that of e-mails.

Takes lines, gives paragraphs.
"""

from collections.abc import Iterable, Iterator, Sequence

# A program that wraps breaks a line when the next word would not fit: behind 60 characters and before 80.
NARROWEST, WIDEST = 60, 80


def joined(lines: Sequence[str]) -> Iterator[str]:
    """The paragraphs of lines: blank lines part them, and lines that were wrapped are joined.

    Example:
        >>> list(joined(["One.", "Two.", "", "a" * 70, "end."])) == ["One.", "Two.", "a" * 70 + " end."]
        True
    """
    for group in _groups(lines):
        if len(group) > 1 and all(NARROWEST <= len(line) <= WIDEST for line in group[:-1]) and len(group[-1]) <= WIDEST:
            yield " ".join(line.strip() for line in group)
        else:
            yield from (line.strip() for line in group)


def unflowed(lines: Iterable[str], deletes_space: bool = False) -> list[str]:
    """Lines of the format `flowed` (RFC 3676) made whole: one that ends in a blank goes on in the next.

    Example:
        >>> unflowed(["It rained ", "twice.", "-- ", "The desk"])
        ['It rained twice.', '-- ', 'The desk']
    """
    whole: list[list[str]] = []
    goes_on = False
    for line in lines:
        if line.startswith(" "):
            # A blank is put before what would look like a quote.
            line = line[1:]
        if goes_on and line != "-- ":
            whole[-1].append(line)
        else:
            whole.append([line])
        goes_on = line.endswith(" ") and line != "-- "
        if goes_on and deletes_space:
            whole[-1][-1] = line[:-1]
    return ["".join(parts) for parts in whole]


def _groups(lines: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line in lines:
        if line.strip():
            group.append(line.rstrip())
        elif group:
            yield group
            group = []
    if group:
        yield group
