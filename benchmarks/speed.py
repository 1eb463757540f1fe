"""How fast texts are parsed, as a multiple of what nothing can do without.

    python benchmarks/speed.py [--sets seed wire rendered hostile] [--rounds 9] [--scale 1.0] [--json FILE]
    python benchmarks/speed.py --count [--scale 1.0] [--json FILE]

F1 is ``dict.fromkeys([line.strip() for line in text.splitlines()])``: split, strip, know which lines repeat.
``warm`` is a second pass over the same texts by one parser, ``cold`` a parser with empty caches for every thousand
texts; making the parser is not in either and has a figure of its own. All are run in turn in one process (A B C, C
B A, ...), in CPU time, and a ratio is the median of the rounds' ratios: on a busy machine the times move, the
ratios hardly.

Hostile inputs (`benchmarks.hostile`) are compared with splitting and stripping alone, in at most three rounds;
``--scale 0.1`` makes them ten times smaller.

With ``--count`` nothing is timed: valgrind counts instructions, for each hostile input and each rule's pattern at
one size and at twice that. What takes more than 2.2 times as many is marked, and the exit code is 1. `rendered`
needs NEWSPARSE_DATA.
"""

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it also runs as a file

from benchmarks import corpus, instructions, texts
from benchmarks.hostile import HOSTILE
from newsparse import Parser

SETS = ("seed", "wire", "rendered", "hostile")
COLD_EVERY = 1_000
HOSTILE_ROUNDS = 3
# More than this takes minutes, and it is a ratio that is asked for.
MEGABYTE = 1e6

Row = dict[str, Any]


def floor_pass(some: Sequence[str]) -> None:
    """F1 on each text."""
    for text in some:
        instructions.floor(text)


def parse_pass(parser: Parser, some: Sequence[str]) -> None:
    """A parse of each text; the dumps are dropped at once."""
    for text in some:
        parser.parse(text)


def cpu_seconds(work: Callable[[], object]) -> float:
    """The CPU time of one run that starts with nothing to collect."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def cold_seconds(some: Sequence[str]) -> float:
    """The CPU time of a pass by a new parser for every thousand texts, without the making of the parsers."""
    spent = 0.0
    for start in range(0, len(some), COLD_EVERY):
        parser, part = Parser(plugins=[]), some[start : start + COLD_EVERY]
        spent += cpu_seconds(lambda parser=parser, part=part: parse_pass(parser, part))  # type: ignore[misc]
    return spent


def interleaved(rounds: int, timers: dict[str, Callable[[], float]]) -> dict[str, list[float]]:
    """The seconds of each timer in each round; every other round runs them backwards."""
    seconds: dict[str, list[float]] = {name: [] for name in timers}
    for number in range(rounds):
        for name in list(timers) if number % 2 == 0 else reversed(timers):
            seconds[name].append(timers[name]())
    return seconds


def ratio(seconds: dict[str, list[float]], name: str, to: str) -> float:
    """The median of the rounds' ratios."""
    return median(one / base for one, base in zip(seconds[name], seconds[to], strict=True))


def text_row(name: str, some: Sequence[str], rounds: int) -> Row:
    """One set of texts: warm and cold over F1."""
    warm = Parser(plugins=[])
    parse_pass(warm, some)
    seconds = interleaved(
        rounds,
        {
            "F1": lambda: cpu_seconds(lambda: floor_pass(some)),
            "warm": lambda: cpu_seconds(lambda: parse_pass(warm, some)),
            "cold": lambda: cold_seconds(some),
        },
    )
    each = 1e6 / len(some)
    return {
        "texts": name,
        "count": len(some),
        "bytes": round(sum(len(text.encode("utf-8", "surrogatepass")) for text in some) / len(some)),
        "F1 us": round(median(seconds["F1"]) * each, 1),
        "warm us": round(median(seconds["warm"]) * each, 1),
        "cold us": round(median(seconds["cold"]) * each, 1),
        "warm x F1": round(ratio(seconds, "warm", "F1"), 2),
        "cold x F1": round(ratio(seconds, "cold", "F1"), 2),
        "warm texts/s": round(len(some) / median(seconds["warm"])),
    }


def hostile_row(name: str, rounds: int, scale: float) -> Row:
    """One hostile input: the parse over splitting and stripping."""
    text = HOSTILE[name].build(max(10, int(HOSTILE[name].timed * scale)))
    parser = Parser(plugins=[])
    seconds = interleaved(
        min(rounds, HOSTILE_ROUNDS),
        {
            "floor": lambda: cpu_seconds(lambda: [line.strip() for line in text.splitlines()]),
            "parse": lambda: cpu_seconds(lambda: parser.parse(text)),
        },
    )
    return {
        "hostile": name,
        "MB": round(len(text.encode("utf-8", "surrogatepass")) / MEGABYTE, 1),
        "lines": text.count("\n") + (not text.endswith("\n")),
        "ms": round(median(seconds["parse"]) * 1e3, 1),
        "x split+strip": round(ratio(seconds, "parse", "floor"), 1),
    }


def growth_rows(scale: float) -> list[Row]:
    """Instructions at one size and twice it, for all hostile inputs and patterns."""
    growth = list(instructions.growth_tasks(scale))
    counts = instructions.count([task for _, once, twice in growth for task in (once, twice)], scale)
    rows = []
    for name, once, twice in growth:
        small, large = counts[once.name], counts[twice.name]
        growth_ratio = round(large / small, 3) if small and large else None
        rows.append(
            {
                "growth": name,
                "M at n": small and round(small / 1e6, 2),
                "M at 2n": large and round(large / 1e6, 2),
                "2n/n": growth_ratio if growth_ratio else "endless",
                "": "" if growth_ratio and growth_ratio <= instructions.MOST_GROWTH else "TOO MUCH",
            }
        )
    return rows


def wire_rows() -> list[Row]:
    """Instructions per wire text, over F1's."""
    counts = instructions.count(instructions.WIRE_TASKS)
    floor = counts[instructions.WIRE_TASKS[0].name] or 0
    return [
        {
            "wire texts": task.name.split("/")[1],
            "M each": round((counts[task.name] or 0) / instructions.WIRE_TEXTS / 1e6, 3),
            "x F1": round((counts[task.name] or 0) / floor, 2) if floor else None,
        }
        for task in instructions.WIRE_TASKS
    ]


def table(rows: Sequence[Row]) -> str:
    """The rows, aligned: the first column to the left, figures to the right."""
    names = list(rows[0])
    cells = [names, *(["-" if row[name] is None else str(row[name]) for name in names] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    aligned = ([cell.rjust(width) for cell, width in zip(line, widths, strict=True)] for line in cells)
    return "\n".join(f"{line[0].lstrip():<{widths[0]}}  {'  '.join(line[1:])}".rstrip() for line in aligned) + "\n"


def timed_tables(sets: Sequence[str], rounds: int, scale: float) -> list[list[Row]]:
    """The tables of times, each printed when it is whole."""
    folder = corpus.data_folder()
    start = time.process_time()
    Parser(plugins=[])
    print(f"making the first parser: {(time.process_time() - start) * 1e3:.0f} ms\n")
    rows = []
    if "seed" in sets:
        rows.append(text_row("seed", [texts.seed_text()] * COLD_EVERY, rounds))
    if "wire" in sets:
        rows.append(text_row("wire", texts.wire_texts(), rounds))
    if "rendered" in sets and folder:
        rows.append(text_row("rendered", texts.rendered_texts(folder / "corpus"), rounds))
    tables = [rows] if rows else []
    if rows:
        print(table(rows))
    if "rendered" in sets and not folder:
        print(f"rendered: left out. {corpus.NO_DATA}\n")
    if "hostile" in sets:
        tables.append([hostile_row(name, rounds, scale) for name in HOSTILE])
        print(table(tables[-1]))
    return tables


def main() -> int:
    """Print the tables asked for; 1 if something grows faster than its input."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sets", nargs="+", choices=SETS, default=SETS)
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--scale", type=float, default=1.0, help="size of the hostile inputs")
    options.add_argument("--count", action="store_true", help="count instructions instead")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the rows as JSON too")
    chosen = options.parse_args()
    if chosen.count:
        if reason := instructions.missing():
            options.error(f"--count: {reason}")
        tables = [wire_rows(), growth_rows(chosen.scale)]
        print(*map(table, tables), sep="\n")
    else:
        tables = timed_tables(chosen.sets, chosen.rounds, chosen.scale)
    if chosen.json:
        chosen.json.write_text(json.dumps(tables, indent=1) + "\n", encoding="utf-8")
    return int(any(row.get("") for rows in tables for row in rows))


if __name__ == "__main__":
    sys.exit(main())
