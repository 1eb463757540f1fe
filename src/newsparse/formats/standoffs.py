"""Stand-off: the untouched text of a dump, and its ledger beside it as spans of characters; a dump a line, as JSON.

The layout is that of documents and attributes in one, as tools for language corpora read them:
https://github.com/allenai/dolma/blob/main/docs/data-format.md. A span is ``[start, stop, score]`` in characters of the
text, counted from 0. Every line of the ledger is a span of its role, with the score 1: together they tile the text. The
lines of an article are spans of ``newsparse__articles__article``, with the article's index as the score.
"""

from itertools import groupby
from typing import BinaryIO

import attrs

from newsparse.dicts import article_to_dict
from newsparse.dump import Dump, Line
from newsparse.extensions import OutputFormat, WriteContext
from newsparse.formats.jsons import json_line
from newsparse.formats.pieces import pieces
from newsparse.formats.places import place_of
from newsparse.models import Article, Role

# Names of attributes have three parts: who made them, with what, and what they say.
_ROLE = "newsparse__roles__"
_ARTICLE = "newsparse__articles__article"
# What the spans say of an article, or the document; all else that is known of it stands in `metadata`.
_IN_TEXT = frozenset({"body", "blocks", "text", "origin"})

_Span = tuple[int, int, float]


class _StandoffWriter:
    def __init__(self, stream: BinaryIO, context: WriteContext):
        self._stream = stream
        self._stamp = context.stamp

    def write(self, article: Article) -> None:
        """An article without its dump: its pieces, a blank line between them, are the text."""
        lines: list[Line] = []
        text = ""
        for piece in pieces(article):
            start, stop = len(text), len(text) + len(piece.text) + 1
            lines.append(Line(start=start, stop=stop, role=piece.role, article=0))
            lines.append(Line(start=stop, stop=stop + 1, role=Role.BLANK))
            text += piece.text + "\n\n"
        self.write_dump(Dump(text, (article,), lines, origin=article.origin))

    def write_dump(self, dump: Dump) -> None:
        document = {
            "id": place_of(dump),
            "text": dump.text,
            "source": dump.source or "newsparse",
            "attributes": _attributes(dump),
            "metadata": {
                # The stamp is that of the whole output; a line's profile is its own, in whatever file it stands.
                "newsparse": {**self._stamp, "profile": dump.source},
                "origin": dump.origin and attrs.asdict(dump.origin),
                "articles": [
                    {name: value for name, value in article_to_dict(article).items() if name not in _IN_TEXT}
                    for article in dump.articles
                ],
                "issues": [attrs.asdict(issue) for issue in dump.issues],
            },
        }
        self._stream.write(json_line(document))

    def close(self) -> None:
        """Nothing stands behind the last line."""


def _attributes(dump: Dump) -> dict[str, list[_Span]]:
    attributes: dict[str, list[_Span]] = {}
    # Lines made by hand may not know where they stand.
    placed = [(line.start, line.stop, line) for line in dump.lines if line.start is not None and line.stop is not None]
    for start, stop, line in placed:
        attributes.setdefault(_ROLE + line.role, []).append((start, stop, 1.0))
    # A blank line belongs to no article, and parts none.
    filled = (place for place in placed if place[2].role is not Role.BLANK)
    for index, run in groupby(filled, lambda place: place[2].article):
        if index is not None:
            spans = list(run)
            attributes.setdefault(_ARTICLE, []).append((spans[0][0], spans[-1][1], float(index)))
    return attributes


STANDOFF = OutputFormat(
    "standoff",
    ".standoff.jsonl",
    "application/jsonl",
    joins=True,
    open=_StandoffWriter,
    title="the ledger as spans beside the untouched text: a dump a line",
)
