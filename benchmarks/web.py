"""How right and how fast HTML is read, end to end, against tools that read HTML alone.

    python benchmarks/web.py [FOLDER] [--tools NAME ...] [--weights PREFIX] [--gold page|residue]

FOLDER is laid out as the development corpus is: ``html/`` holds pages, whose ``index.jsonl`` names each by its record
in ``page`` and ``residue``. Each page goes through `newsparse_web` and the parser, and through those of trafilatura,
newspaper4k and resiliparse that are installed; the corpus' own scorer makes one table of them.

The weights that ship have seen these pages. With ``--weights`` a page is parsed with the table of ``tools/train.py
--folds`` (``PREFIX.0`` ...) that has not seen its publisher.
"""

import argparse
import gzip
import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it also runs as a file

from benchmarks import corpus
from benchmarks.accuracy import Prediction, article_prediction, run_scorer
from benchmarks.tables import parser_with
from newsparse import Origin, Parser
from newsparse_web.pages import decode_page, page_document

Page = tuple[dict[str, Any], bytes]
Tool = Callable[[dict[str, Any], bytes], Prediction]


def pages(folder: Path, gold: str) -> list[Page]:
    """The gold record and the HTML of each page."""
    records = {row["id"]: row for row in corpus.article_rows(folder, gold)}
    with (folder / "html" / "index.jsonl").open(encoding="utf-8") as index:
        rows = map(json.loads, index)
        return [
            (records[row["id"]], gzip.decompress((folder / "html" / row["file"]).read_bytes()))
            for row in rows
            if row["id"] in records
        ]


def newsparse_tool(prefix: Path | None) -> Tool:
    """What this project makes of a page."""
    if prefix is None:
        parser = Parser(plugins=[])
        return partial(_newsparse, lambda group: parser)
    parsers = [parser_with(prefix.with_name(f"{prefix.name}.{fold}")) for fold in range(corpus.FOLDS)]
    return partial(_newsparse, lambda group: parsers[corpus.fold_of(group)])


def _newsparse(parser_of: Callable[[str], Parser], record: dict[str, Any], html: bytes) -> Prediction:
    document = page_document(decode_page(html), Origin())
    dump = parser_of(record["group"]).parse_document(document)
    return {"articles": [article_prediction(article) for article in dump.articles]}


def _trafilatura(record: dict[str, Any], html: bytes) -> Prediction:
    from trafilatura import bare_extraction

    found = bare_extraction(html, with_metadata=True, include_comments=False)
    if found is None:
        return {"articles": []}
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    return _article(found.title, (found.text or "").split("\n"), authors, found.date)


def _newspaper4k(record: dict[str, Any], html: bytes) -> Prediction:
    from newspaper import Article

    article = Article("http://example.com/", fetch_images=False)
    article.download(input_html=decode_page(html).text)
    article.parse()
    date = article.publish_date
    return _article(article.title, article.text.split("\n"), article.authors, date and date.isoformat())


def _resiliparse(record: dict[str, Any], html: bytes) -> Prediction:
    from resiliparse.extract.html2text import extract_plain_text

    lines = extract_plain_text(decode_page(html).text, main_content=True).split("\n")
    return _article(None, lines, [], None)


def _article(headline: str | None, lines: list[str], authors: list[str], date: str | None) -> Prediction:
    body = [line.strip() for line in lines if line.strip()]
    return {"articles": [{"headline": headline, "body": body, "captions": [], "authors": authors, "date": date}]}


PEERS: Mapping[str, tuple[str, Tool]] = {
    "trafilatura": ("trafilatura", _trafilatura),
    "newspaper4k": ("newspaper", _newspaper4k),
    "resiliparse main content": ("resiliparse", _resiliparse),
}
"""The module of each peer, and what calls it."""


def predictions(tool: Tool, found: list[Page]) -> Iterator[Prediction]:
    """What a tool makes of the pages; a page that it fails on has no article."""
    for record, html in found:
        try:
            prediction = tool(record, html)
        except Exception as error:  # a peer's own faults count against it, they do not end the run
            print(f"{record['id']}: {type(error).__name__}: {error}", file=sys.stderr)
            prediction = {"articles": []}
        yield {"id": record["id"], **prediction}


def main() -> None:
    """Print one table of all tools."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    options.add_argument("--tools", nargs="+", choices=["newsparse", *PEERS], default=["newsparse", *PEERS])
    options.add_argument("--weights", type=Path, metavar="PREFIX", help="tables by fold, as tools/train.py writes them")
    options.add_argument("--gold", choices=["page", "residue"], default="page")
    chosen = options.parse_args()
    data = corpus.data_folder()
    folder = chosen.folder or (data and data / "corpus")
    if folder is None:
        options.error(f"name a FOLDER; {corpus.NO_DATA}")
    found = pages(folder, chosen.gold)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        gold = scratch / "gold.jsonl"
        gold.write_text("".join(json.dumps(record) + "\n" for record, _ in found), encoding="utf-8")
        files = []
        for title in chosen.tools:
            module, tool = PEERS.get(title, ("newsparse", None))
            if importlib.util.find_spec(module) is None:
                print(f"{title}: not installed")
                continue
            tool = tool or newsparse_tool(chosen.weights)
            list(predictions(tool, found[:1]))  # what a first page costs once, as imports, is not a page's time
            # The time of the process alone, so that what else the machine does counts as little as it can.
            start = time.process_time()
            rows = list(predictions(tool, found))
            spent = time.process_time() - start
            print(f"{title}: {len(found) / spent:.1f} pages per second", flush=True)
            files.append(scratch / f"{title}.jsonl")
            files[-1].write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        run_scorer(folder, "score.py", gold, *files)


if __name__ == "__main__":
    main()
