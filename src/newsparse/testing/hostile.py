"""What a careless pattern stumbles over, to be repeated to any length."""

HURTING = (
    "(", ")", "()", "[", "1", "1 ", "12:", "1/", " ", "\t", "\u00a0", "a", "A", "a ", "A ", "Aa ", "a.", "A.", "A. ",
    "a,", "Aa-", "-", "--", "– ", "—", "- ", "=", ".", "...", "!", '"', "'", "“", "”", "’s ", "/", "a/", "|", " | ",
    ":", "a: ", "@", "a@", "#", "By ", "by A. ", "and ", "of the ", "http", "http://a", "www.", "(Reuters) ",
    "Reuters/", "/via ", "Photo: ", "©", "© A ", "May 1, ", "2019-04-07 ", "1.1.2019 ", "12:30 pm ", "Updated ",
    "PARIS, ", "PARIS (", "é", "É", "ß", "中", "。", "\u200b", "\ufeff", "\u0301", "\u2028", "\x0c", "\x00", "\ud800",
    "Aa-aA’aa ", "A1(a).-",
)  # fmt: skip


def repeated(unit: str, size: int) -> str:
    """The unit, over and over, cut to so many characters.

    Example:
        >>> repeated("By ", 8)
        'By By By'
    """
    return (unit * (size // len(unit) + 1))[:size]


def hurting_lines(length: int) -> list[str]:
    """A line of so many characters for each unit of `HURTING`."""
    return [repeated(unit, length) for unit in HURTING]
