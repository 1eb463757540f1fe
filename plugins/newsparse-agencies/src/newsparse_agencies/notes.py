"""The notes at the end of dpa's reports: from the notepad's heading on, nothing is meant to be printed."""

from collections.abc import Iterator

from newsparse import Label, LineView, ParseContext, Role

HEADING = "dpa-Notizblock"
# As much as a profile's own marker.
WEIGHT = 240


def notes_of_dpa(lines: LineView, context: ParseContext) -> Iterator[Label]:
    """Labels for the lines behind the heading of the notepad."""
    is_note = False
    for line in lines:
        is_note = is_note or (line.text.startswith("#") and line.text.strip("# ") == HEADING)
        if is_note and line.text:
            yield Label(line.number, Role.OTHER, weight=WEIGHT, reason="note to editors of dpa")
