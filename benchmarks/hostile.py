"""Inputs made to hurt: long lines, many lines, equal lines, and what makes a careless pattern try every way.

Each function of `HOSTILE` takes a size and gives a text: that many lines, or for the one-line inputs that many
characters. The table names the size at which it is timed and the smaller one at which its instructions are counted.
"""

from collections.abc import Callable, Iterable
from itertools import cycle, islice
from typing import NamedTuple

from benchmarks.texts import wire_texts
from newsparse.testing.hostile import hurting_lines, repeated

MILLION = 1_000_000

# What goes around a hurting run, so that each small grammar gets to read it: caption, byline, date, dateline, plain.
AROUND = (
    ("", ""),
    ("", " (Reuters)"),
    ("By ", ""),
    ("Published ", " 2019"),
    ("VELMORA, ", " - It rained."),
    ("", "x"),
    ("(", ""),
)


class Hostile(NamedTuple):
    """One kind of hostile input."""

    build: Callable[[int], str]
    timed: int
    """The size at which it is timed."""
    counted: int
    """The size at which instructions are counted, with twice that."""


def _one_line(unit: str) -> Hostile:
    return Hostile(lambda size: repeated(unit, size), 10 * MILLION, 200_000)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _wire(size: int) -> str:
    return "".join(islice(cycle(wire_texts(min(size, 2_000))), size))


def _around(size: int) -> str:
    """Every hurting run in all its surroundings, each line of so many characters, followed by running text."""
    prose = "\n\nIt rained in the valley for two days, the harbour council of Velmora said on Monday.\n\n"
    return prose.join(before + line + after for line in hurting_lines(size) for before, after in AROUND)


HEADLINE = "Velmora Reopens Northern Flood Barrier"
EQUAL = "Workers inspect the damaged ferry line near Port Hallam, Ordania, May 4, 2019. (Reuters)\n"

HOSTILE: dict[str, Hostile] = {
    "wire dumps in one text": Hostile(_wire, 3_200, 150),
    "one line: words": _one_line("rain and wind "),
    "one line: (((": _one_line("("),
    "one line: inner spaces": Hostile(lambda size: f"a{' ' * (size - 2)}b", 10 * MILLION, 200_000),
    "one line: dashes": _one_line("-"),
    "one line: http": _one_line("http "),
    "one line: CJK": _one_line("雨が降る、"),
    "blank lines": Hostile(lambda size: "\n" * size, MILLION, 200_000),
    "lines of spaces": Hostile(lambda size: "   \n" * size, MILLION, 200_000),
    "equal lines": Hostile(lambda size: EQUAL * size, 200_000, 10_000),
    "distinct short lines": Hostile(lambda size: _lines(map(str, range(size))), MILLION, 10_000),
    "TT": Hostile(lambda size: "TT\n" * size, MILLION, 10_000),
    "two headlines in turn": Hostile(lambda size: f"{HEADLINE}\n{HEADLINE} Again\n" * (size // 2), MILLION, 10_000),
    "articles of two lines": Hostile(
        lambda size: _lines(
            f"{HEADLINE} {n}\n\nIt rained for {n} days in the valley, the council said.\n" for n in range(size)
        ),
        150_000,
        2_500,
    ),
    "By A.A.A...": Hostile(lambda size: f"By {'A.' * 50}\n" * size, 200_000, 10_000),
    "distinct (((": Hostile(lambda size: _lines(f"{'(' * 100}{n})" for n in range(size)), 100_000, 5_000),
    # One size is one character of each line, of which there are as many as hurting runs times surroundings.
    "every hurting line": Hostile(_around, 10_000, 1_000),
}
