"""Rows: the lines of an export, whatever container they came in."""

import re

import attrs

_BLANKS = re.compile(r"\s{2,}|[^\S ]")


@attrs.define
class Row:
    """One line, and what its markup says of it."""

    raw: str
    """The line as it stands, with its line end."""
    data: bytes = b""
    """The bytes it was read from, where a line is a line of the file."""
    hint: str | None = None
    """The field that the markup says it is; with a question mark before it an element that no table knows."""
    opens: bool = False
    """Whether the markup begins or ends a record before it."""
    marked: bool = False
    """Whether the markup says that it is inside of a record."""
    flows: bool = False
    """Whether a line is a whole paragraph, as in markup."""
    text: str = attrs.field(init=False)
    """Its text, blanks normalised, wide ones kept as two."""

    def __attrs_post_init__(self) -> None:
        self.text = _BLANKS.sub(_blank, self.raw.strip("\ufeff \t\r\n\f\v\xa0")).strip()

    @property
    def is_indented(self) -> bool:
        """Whether blanks stand before its text, as before centred lines."""
        return self.raw[:2].isspace()


def _blank(match: re.Match[str]) -> str:
    # Wide blanks part a code from its value, so they stay wider than one.
    return " " if len(match[0]) == 1 and match[0] != "\t" else "  "
