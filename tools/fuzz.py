"""Fuzz every reader that is installed: bytes in, dumps out, never an exception, never a lost line.

    python tools/fuzz.py [--seconds 120] [--seed 1] [--reader NAME] [--guided] [--keep FOLDER] [SAMPLES]

Takes the files below SAMPLES (else those of ``$NEWSPARSE_DATA/samples``, else none) and what the core's own formats and
archives make of an invented article, damages them at random and reads the result: by the surest reader, then by one
drawn by lot. Prints how many inputs were tried and what was found; each input that fails is kept for a test. With
``--guided`` the damage is guided by coverage, which needs atheris (``python -m pip install atheris``).
"""

import argparse
import bz2
import gzip
import io
import json
import os
import random
import sys
import tarfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from benchmarks.corpus import data_folder

GUIDED = "--guided"
if GUIDED in sys.argv:
    # What is to be watched must be watched while it is imported.
    with import_module("atheris").instrument_imports(include=["newsparse"]):
        for name in ("newsparse.parser", "newsparse.inputs", "newsparse.readers", "newsparse.formats"):
            import_module(name)

from newsparse import Article, Caption, Credit, Parser

# Larger inputs take longer and find no more.
LARGEST = 1 << 14
# Slower than this for so few bytes is a fault too.
PATIENCE_SECONDS = 10.0
# What breaks parsers: marks of formats, ends of lines, what opens and does not close, numbers out of range.
SPLINTERS = (
    *(b"\0", b"\r", b"\n", b"\r\n", b"\x0c", b"\x01", b"\x02", b"\x03", b"\x7f", b"\x16\x16\x01", b"\xff", b"\xfe\xff"),
    *(
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"{",
        b"}",
        b"[" * 300,
        b'"',
        b"\\ud800",
        b"1e999",
        b"-1",
        b"null",
    ),
    *(b"<", b"</p>", b"<![CDATA[", b"]]>", b"<!--", b"<!ENTITY a 'a'>", b"&a;", b"&#0;", b"<?xml version='1.0'?>"),
    *(
        b"From a@b Thu Feb 19 17:18:40 2015\n",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n",
        b"=?utf-8?Q?=",
        b"--",
    ),
    *(b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n\r\n", b"ZCZC", b"NNNN", b",", b"\t", b"9" * 5000, b" " * 2000),
    *(
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x1f\x8b\x08",
        b"BZh9",
        b"ustar",
        b"1 of 2 DOCUMENTS\n",
        b"LENGTH: x\n",
        b"Document ",
    ),
)

ARTICLE = Article(
    headline="River Floods Harbour",
    deck=("Two streets are closed",),
    authors=("Ada Moss",),
    captions=(Caption("The quay.", "The quay. (Lea Horn)", Credit("Lea Horn")),),
    body=("The river rose on Monday, the mayor said.", "Ferries “waited” all day."),
    extra={"slug": "flood"},
)


def seeds(parser: Parser, samples: Path | None) -> list[bytes]:
    """What is damaged."""
    found = [b"", b"It rained.\n"]
    for format in parser.plugins.formats:
        written = parser.render(ARTICLE, format)
        found.append(written.encode() if isinstance(written, str) else written)
    row = json.dumps({"title": "Rain", "text": "It rained.", "date": "2019-04-07", "tags": ["a"]}).encode()
    mail = b"From: a@b.c\nTo: d\nSubject: =?utf-8?Q?R=20?=\nDate: Thu, 19 Feb 2015 17:18:40 +1100\n\nIt rained.\n"
    found += [row, b"[" + row + b"]", row + b"\n" + row, b"title,text\nRain,It rained.\n", mail]
    found.append(b"From a@b Thu Feb 19 17:18:40 2015\n" + mail + b"\nFrom a@b Thu Feb 19 17:18:40 2015\n" + mail)
    if samples is not None:
        found += [path.read_bytes()[:LARGEST] for path in sorted(samples.rglob("*")) if path.is_file()]
    return [*found, *packed(found)]


def packed(found: list[bytes]) -> Iterator[bytes]:
    """Some seeds in archives and compressions."""
    for data in found[:: max(1, len(found) // 20)]:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a/b.txt", data)
            archive.writestr("c.gz", gzip.compress(data))
        yield buffer.getvalue()
        yield bz2.compress(data)
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as tar:
            info = tarfile.TarInfo("a.txt")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        yield buffer.getvalue()


def damaged(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The data with some damage: cut, flipped, doubled, or with splinters and pieces of others in it."""
    result = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randint(0, len(result))
        kind = chance.randrange(6)
        if kind == 0:
            del result[place:]
        elif kind == 1 and place < len(result):
            result[place] ^= 1 << chance.randrange(8)
        elif kind == 2:
            result[place:place] = chance.choice(SPLINTERS)
        elif kind == 3:
            del result[place : place + chance.randint(1, 40)]
        elif kind == 4:
            result[place:place] = result[place : place + chance.randint(1, 400)]
        else:
            other = chance.choice(others)
            start = chance.randint(0, len(other))
            result[place:place] = other[start : start + chance.randint(1, 2000)]
    return bytes(result[:LARGEST])


def checker(parser: Parser) -> Callable[[bytes, str | None], None]:
    """What reads an input and raises if anything is wrong."""

    def check(data: bytes, reader: str | None) -> None:
        begun = time.monotonic()
        for dump in parser.iter_dumps([io.BytesIO(data)], reader=reader):
            assert "".join(line.raw for line in dump.lines) == dump.text, "the ledger does not tile the text"
            json.dumps(dump.to_dict())
            for issue in dump.issues:
                assert issue.code != "plugin-failed", issue.message
                assert "was not read further" not in issue.message, issue.message
        assert time.monotonic() - begun < PATIENCE_SECONDS, "too slow"

    return check


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("samples", nargs="?", type=Path)
    arguments.add_argument("--seconds", type=float, default=120)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--reader", help="this reader alone")
    arguments.add_argument(GUIDED, action="store_true", help="by coverage, with atheris")
    arguments.add_argument("--keep", type=Path, default=Path("fuzz-found"), help="where inputs that fail are put")
    given = arguments.parse_args()
    folder = data_folder()
    samples = given.samples or (folder / "samples" if folder else None)
    parser = Parser()
    check = checker(parser)
    start = seeds(parser, samples)
    names = [given.reader] if given.reader else list(parser.plugins.readers)
    if given.guided:
        return guided(check, start, names, given)
    chance = random.Random(given.seed)
    tried: Counter[str] = Counter()
    found: dict[str, bytes] = {}
    end = time.monotonic() + given.seconds
    while time.monotonic() < end:
        data = damaged(chance.choice(start), start, chance)
        for reader in (given.reader or None, chance.choice(names)):
            tried[reader or "surest"] += 1
            try:
                check(data, reader)
            except Exception as error:
                reason = f"{reader}: {type(error).__name__}: {error}"[:200]
                if reason not in found:
                    found[reason] = data
                    given.keep.mkdir(exist_ok=True)
                    (given.keep / sha256(data).hexdigest()[:16]).write_bytes(data)
                    print(reason, flush=True)
    print(f"{tried.total():,} inputs from {len(start)} seeds, {len(found)} kinds of faults")
    print(", ".join(f"{name} {count:,}" for name, count in tried.most_common()))
    return 1 if found else 0


def guided(
    check: Callable[[bytes, str | None], None], start: list[bytes], names: list[str], given: argparse.Namespace
) -> int:
    """Let atheris choose the damage; it prints the number of inputs and stops at the first fault."""
    atheris = import_module("atheris")
    corpus = given.keep / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for data in start:
        (corpus / sha256(data).hexdigest()[:16]).write_bytes(bytes([len(data) % 256]) + data)

    def one(data: bytes) -> None:
        if data:
            place = data[0] % (len(names) + 1)
            check(data[1:], names[place] if place < len(names) else None)

    options = [f"-max_total_time={int(given.seconds)}", f"-seed={given.seed}", f"-artifact_prefix={given.keep}{os.sep}"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
