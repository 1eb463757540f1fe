"""What writing costs, as a share of what parsing the same articles did.

    python benchmarks/writing.py [--formats json jsonl csv ninjs] [--sets seed wire rendered] [--rounds 9]

Each text is parsed by a warm parser and its articles are written to a stream that drops them, one writer for all texts.
Parsing and writing are run in turn in one process, in CPU time, as in `benchmarks.speed`; a share is the median of the
rounds' shares. The exit code is 1 when a format costs as much as the parse. Formats of plugins that are not installed
are left out; `rendered` needs NEWSPARSE_DATA.
"""

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it also runs as a file

from benchmarks import corpus, texts
from benchmarks.speed import Row, cpu_seconds, interleaved, parse_pass, ratio, table
from newsparse import Dump, OutputFormat, Parser, WriteContext
from newsparse.outputs import stamp_of, write_item

FORMATS = ("json", "jsonl", "csv", "ninjs")
SETS = ("seed", "wire", "rendered")
# As many as the wire texts, so that a round takes long enough to be measured.
SEEDS = 1_000


class Drain(io.RawIOBase):
    """A stream that counts bytes and drops them."""

    def __init__(self) -> None:
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.size += len(data)
        return len(data)


def write_pass(form: OutputFormat, context: WriteContext, dumps: Sequence[Dump]) -> int:
    """The dumps written by one writer; how many bytes that makes."""
    drain = Drain()
    writer = form.open(drain, context)  # type: ignore[arg-type]
    for dump in dumps:
        write_item(writer, dump)
    writer.close()
    return drain.size


def set_rows(name: str, some: Sequence[str], formats: Sequence[str], rounds: int) -> list[Row]:
    """A row a format: the share of the parse, and what that is in microseconds a text and bytes."""
    parser = Parser(plugins=[])
    known = Parser().plugins
    parse_pass(parser, some)
    dumps = [parser.parse(text) for text in some]
    chosen = {form: known.formats[form] for form in formats if form in known.formats}
    context = WriteContext(stamp=stamp_of(known))
    timers = {"parse": lambda: cpu_seconds(lambda: parse_pass(parser, some))}
    for form in chosen.values():
        timers[form.name] = lambda form=form: cpu_seconds(lambda: write_pass(form, context, dumps))  # type: ignore[misc]
    seconds = interleaved(rounds, timers)
    each = 1e6 / len(some)
    return [
        {
            "texts": name,
            "format": form.name,
            "bytes": round(write_pass(form, context, dumps) / len(some)),
            "parse us": round(median(seconds["parse"]) * each, 1),
            "write us": round(median(seconds[form.name]) * each, 1),
            "write / parse": round(ratio(seconds, form.name, "parse"), 3),
        }
        for form in chosen.values()
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--formats", nargs="+", default=FORMATS)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS)
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    folder = corpus.data_folder()
    rows: list[Row] = []
    for name in arguments.sets:
        if name == "rendered" and folder is None:
            print(f"rendered: left out. {corpus.NO_DATA}")
            continue
        some = (
            [texts.seed_text()] * SEEDS
            if name == "seed"
            else texts.wire_texts()
            if name == "wire"
            else texts.rendered_texts(folder / "corpus")  # type: ignore[operator]
        )
        rows += set_rows(name, some, arguments.formats, arguments.rounds)
    print(table(rows))
    return int(any(row["write / parse"] >= 1 for row in rows))


if __name__ == "__main__":
    sys.exit(main())
