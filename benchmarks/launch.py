"""The seed through other tools, and through this one last.

    python -m benchmarks.launch [--tools NAME ...]

Each tool that is installed is given the seed in the way it expects: tools that read HTML one ``<p>`` a line in an
``<article>``, the others the text. What a tool gives is compared with the seed's lines; the exit code is 0, whatever it
is. Tools that are absent are named. They bring much: put them into a virtual environment of their own, beside
newsparse:

    python -m venv peers && peers/bin/python -m pip install -e . trafilatura newspaper4k lxml_html_clean \\
        readability-lxml resiliparse justext goose3 "datatrove" nltk unstructured
    peers/bin/python -m benchmarks.launch

Nothing is fetched: a tool that would do so is refused, and the table says it.
"""

import argparse
import html
import importlib.metadata
import os
import re
import socket
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that it also runs as a file

import newsparse

SEED = ROOT / "seeds" / "000_ea817f18116cfa36.txt"
# The right answer, as a person reads the seed; other lines are repeats of these, and two buttons.
HEADLINES = (
    "Misrata Militias Mobilize to Save Libya’s Sarraj",
    "US Military Says It Strikes Iran-Backed Militia Facility in Syria",
)
BUTTON = "TT"
CAPTION_START = ("A member of the LNA is seen", "A convoy of US military vehicles near Qamishli")
HEAD = ("tool", "texts out", "body, of 20", "headlines, of 2", "captions, of 2", "repeats left", "`TT` left", "remark")
# trafilatura's memory of what it has seen outlives a call; so many calls show it.
CALLS = 8


class Found(NamedTuple):
    """What a tool made of the seed."""

    lines: Sequence[str] | None
    """The lines of text it gave; ``None`` for no answer."""
    texts: int = 1
    remark: str = ""


class Seed:
    """The seed's text, its lines without blank ones, and a page of them."""

    def __init__(self) -> None:
        self.text = SEED.read_bytes().decode("utf-8")
        self.lines = [line for line in self.text.splitlines() if line.strip()]
        self.body = {
            line for line in self.lines if line not in (*HEADLINES, BUTTON) and not line.startswith(CAPTION_START)
        }
        paragraphs = "".join(f"<p>{html.escape(line)}</p>\n" for line in self.lines)
        self.page = f"<!doctype html><html><body><article>\n{paragraphs}</article></body></html>"


def _told(name: str, value: object) -> str:
    return f"{name} {value}" if value else f"no {name}"


def trafilatura(seed: Seed) -> Found:
    """Its main function, on the page; what it says of the text as it is."""
    from trafilatura import bare_extraction, extract

    plain = extract(seed.text)
    document = bare_extraction(seed.page, with_metadata=True)
    found = document.as_dict()
    whose = ", which is a caption’s" if found["date"] == "2019-04-07" else ""
    lines = found["text"].splitlines()
    remark = f"{_told('date', found['date'])}{whose}; {_told('title', found['title'])}; of plain text {plain}"
    return Found(lines, remark=remark)


def trafilatura_again(seed: Seed) -> Found:
    """The same page again and again, without its repeats."""
    from trafilatura import extract

    counts = []
    lines: list[str] = []
    for _ in range(CALLS):
        answer = extract(seed.page, deduplicate=True)
        counts.append(str(len(answer.splitlines())) if answer else "none")
        lines = lines or (answer or "").splitlines()
    return Found(lines, remark=f"`deduplicate=True`, {CALLS} calls: {', '.join(counts)} lines")


def newspaper4k(seed: Seed) -> Found:
    """An article made of the page."""
    import newspaper

    article = newspaper.Article("https://example.com/", language="en")
    article.download(input_html=seed.page)
    article.parse()
    told = {"authors": article.authors, "date": article.publish_date, "title": article.title}
    return Found(article.text.splitlines(), remark="; ".join(_told(name, value) for name, value in told.items()))


def readability_lxml(seed: Seed) -> Found:
    """The summary of the page."""
    from lxml.html import fromstring
    from readability import Document

    document = Document(seed.page)
    paragraphs = fromstring(document.summary()).iter("p")
    lines = ["".join(map(str, paragraph.itertext())) for paragraph in paragraphs]
    return Found(lines, remark=_told("title", document.title()))


def resiliparse(seed: Seed) -> Found:
    """The main content of the page."""
    from resiliparse.extract.html2text import extract_plain_text

    return Found(extract_plain_text(seed.page, main_content=True).splitlines())


def justext(seed: Seed) -> Found:
    """The paragraphs that are no boilerplate."""
    import justext

    paragraphs = justext.justext(seed.page, justext.get_stoplist("English"))
    bad = [paragraph.text for paragraph in paragraphs if paragraph.is_boilerplate]
    remark = f"boilerplate: {len(bad)}" + (", the first headline" if HEADLINES[0] in bad else "")
    return Found([paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate], remark=remark)


def goose3(seed: Seed) -> Found:
    """The article of the page."""
    from goose3 import Goose

    with Goose({"enable_image_fetching": False}) as goose:
        article = goose.extract(raw_html=seed.page)
    return Found(article.cleaned_text.splitlines(), remark=_told("title", article.title))


def datatrove_c4(seed: Seed) -> Found:
    """C4's rules for lines, without its least number of sentences."""
    from datatrove.data import Document
    from datatrove.pipeline.filters import C4QualityFilter

    document = Document(text=seed.text, id="seed")
    C4QualityFilter(min_num_sentences=-1).filter(document)
    return Found(document.text.splitlines(), remark="C4’s line rules; what is dropped is not named")


def datatrove_gopher(seed: Seed) -> Found:
    """Gopher's rules for documents that repeat themselves."""
    from datatrove.data import Document
    from datatrove.pipeline.filters import GopherRepetitionFilter

    verdict = GopherRepetitionFilter().filter(Document(text=seed.text, id="seed"))
    if verdict is True:
        return Found(seed.lines, remark="Gopher’s repetition rules: kept")
    return Found(None, 0, f"Gopher’s repetition rules: the whole text is dropped ({verdict[1]})")


def unstructured(seed: Seed) -> Found:
    """The elements of the text."""
    from unstructured.partition.text import partition_text

    elements = partition_text(text=seed.text)
    kinds = sorted({element.category for element in elements})
    return Found([element.text for element in elements], remark=f"{len(elements)} elements: {', '.join(kinds)}")


def ours(seed: Seed) -> Found:
    """The core, without any plugin."""
    dump = newsparse.Parser(plugins=[]).parse(seed.text)
    lines = [block.text for article in dump.articles for block in article.blocks]
    captions = [caption for article in dump.articles for caption in article.captions]
    parts = [
        (caption.credit and caption.credit.raw, caption.place, caption.date and caption.date.iso)
        for caption in captions
    ]
    told = "; ".join(", ".join(map(str, part)) for part in parts)
    aside = sum(1 for line in dump.lines if line.text) - len(lines)
    whole = "".join(line.raw for line in dump.lines) == seed.text
    dates = {article.published for article in dump.articles}
    remark = (
        f"captions: {told}; dates of publication {dates}; {aside} lines set aside, each named; ledger whole: {whole}"
    )
    return Found(lines, len(dump.articles), remark.replace("{None}", "none"))


TOOLS: dict[str, tuple[str, Callable[[Seed], Found]]] = {
    "trafilatura": ("trafilatura", trafilatura),
    "trafilatura, again": ("trafilatura", trafilatura_again),
    "newspaper4k": ("newspaper4k", newspaper4k),
    "readability-lxml": ("readability-lxml", readability_lxml),
    "resiliparse": ("resiliparse", resiliparse),
    "jusText": ("justext", justext),
    "goose3": ("goose3", goose3),
    "datatrove, C4": ("datatrove", datatrove_c4),
    "datatrove, Gopher": ("datatrove", datatrove_gopher),
    "unstructured": ("unstructured", unstructured),
    "newsparse": ("newsparse", ours),
}


def row(name: str, version: str, found: Found, seed: Seed) -> list[str]:
    """A tool's line of the table: what of the seed is in its lines."""
    label = f"{name} {version}"
    if found.lines is None:
        return [label, str(found.texts), *["–"] * 5, found.remark]
    lines = [re.sub(r"\s+", " ", line).strip() for line in found.lines]
    kept = [line for line in lines if line]
    titles = [line for line in kept if line in HEADLINES]
    # A caption may come with its credit or without.
    captions = [start for line in kept for start in CAPTION_START if line.startswith(start)]
    body = seed.body.intersection(kept)
    repeats = len(titles) - len(set(titles)) + len(captions) - len(set(captions))
    shown = (found.texts, len(body), len(set(titles)), len(set(captions)), repeats, kept.count(BUTTON))
    return [label, *map(str, shown), found.remark]


def table(names: Iterable[str]) -> tuple[list[list[str]], list[str]]:
    """The lines of the tools that are there, and the names of those that are not."""
    seed, rows, absent = Seed(), [], []
    for name in names:
        distribution, run = TOOLS[name]
        try:
            version = importlib.metadata.version(distribution)
        except importlib.metadata.PackageNotFoundError:
            absent.append(name)
            continue
        try:
            found = run(seed)
        except Exception as error:  # whatever a tool of others raises is its answer
            reason = str(error).partition(": <")[0].splitlines()[0]
            found = Found(None, 0, f"{type(error).__name__}: {re.sub(r' from https?://[^ ]+', '', reason)}")
        rows.append(row(name, version, found, seed))
    return rows, absent


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise OSError("no network here")


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS), help="these alone")
    arguments = parser.parse_args(argv)
    os.environ["UNSTRUCTURED_DISABLE_NOTICE"] = "1"
    socket.getaddrinfo = _refuse
    warnings.simplefilter("ignore")
    rows, absent = table(arguments.tools)
    for cells in [list(HEAD), ["---"] * len(HEAD), *rows]:
        print("| " + " | ".join(cells) + " |")
    if absent:
        print("not installed:", ", ".join(absent), file=sys.stderr)


if __name__ == "__main__":
    main()
