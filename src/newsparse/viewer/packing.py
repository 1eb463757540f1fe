"""A dump as the values that the page draws: columns of its lines, and tables of what comes again.

Takes a `Dump`, gives JSON values. What many lines share (a reason with its weight, all reasons of a line) is held once
and named by its number, so that the page stays a few times as large as the text.
"""

import json
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from typing import Any

from newsparse import __version__
from newsparse.dump import DOUBT_MARGIN, ROLE_NUMBERS, ROLES, Dump
from newsparse.models import Origin, Role
from newsparse.viewer.looks import LOOKS
from newsparse.viewer.pieces import Piece, pieces_of, ranges

Margin = tuple[int, Role] | None
# Line ends as the ledger counts them.
LINE_ENDS = "\r\n"


class _Numbers(dict[Any, int]):
    """The number of each value in the order in which they were first asked for."""

    def of(self, value: Hashable) -> int:
        return self.setdefault(value, len(self))


def packed(dump: Dump) -> dict[str, Any]:
    """A dump as the page's script takes it; every line's reasons and margin are worked out here, once."""
    total = len(dump.articles)
    margins = _margins(dump)
    articles = [-1 if line.article is None or line.article >= total else line.article for line in dump.lines]
    names, reasons, sets = _Numbers(), _Numbers(), _Numbers()
    why = [
        sets.of(tuple(reasons.of((names.of(reason.name), reason.weight)) for reason in dump.explain(index + 1)))
        for index in range(len(dump.lines))
    ]
    return {
        "version": __version__,
        "name": name_of(dump),
        "facts": _facts(dump),
        "looks": [[role, look.label, look.sign, look.place, look.is_aside] for role in ROLES if (look := LOOKS[role])],
        "lines": [line.raw.rstrip(LINE_ENDS) for line in dump.lines],
        "roles": [ROLE_NUMBERS[line.role] for line in dump.lines],
        "owners": [[article, len(list(run))] for article, run in groupby(articles)],
        "names": list(names),
        "reasons": [list(reason) for reason in reasons],
        "sets": [list(members) for members in sets],
        "why": why,
        "doubt": DOUBT_MARGIN,
        "margins": [margin[0] if margin else -1 for margin in margins],
        "others": [ROLE_NUMBERS[margin[1]] if margin else -1 for margin in margins],
        "articles": [
            {"sure": sure, "pieces": [_piece(piece, dump) for piece in pieces]}
            for sure, pieces in zip(_confidences(articles, margins, total), pieces_of(dump), strict=True)
        ],
        "issues": [[issue.code, issue.message, issue.line, issue.plugin] for issue in dump.issues],
    }


def as_json(value: Any) -> str:
    r"""A value as JSON that may stand between a page's ``script`` tags.

    Nothing in it can end the element or open a comment, and a lone surrogate is an escape.

    Example:
        >>> as_json("</script>\ud800")
        '"\\u003c/script>\\ud800"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").encode("utf-8", "backslashreplace").decode()


def name_of(dump: Dump) -> str:
    """What a dump is called: its file, member and record, as far as it has any."""
    origin = dump.origin or Origin()
    parts = (origin.path, origin.member, origin.record)
    return " ".join(str(part) for part in parts if part is not None) or "a text"


def _facts(dump: Dump) -> list[tuple[str, str]]:
    origin = dump.origin or Origin()
    # A long text comes in pieces, whose lines count from 1.
    begins = f"{origin.line:,}" if (origin.line or 1) > 1 else None
    facts = (("source", dump.source), ("reader", origin.reader), ("encoding", origin.encoding), ("from line", begins))
    return [(name, value) for name, value in facts if value]


def _margins(dump: Dump) -> Sequence[Margin]:
    found = dump.explainer.margins() if dump.explainer else ()
    return found if len(found) == len(dump.lines) else [None] * len(dump.lines)


def _confidences(articles: Iterable[int], margins: Iterable[Margin], total: int) -> list[float | None]:
    """`Dump.confidence` of every article, in one pass over the lines."""
    counts = [[0, 0] for _ in range(total)]
    for article, margin in zip(articles, margins, strict=True):
        if article >= 0 and margin:
            counts[article][0] += margin[0] >= DOUBT_MARGIN
            counts[article][1] += 1
    return [sure / lines if lines else None for sure, lines in counts]


def _piece(piece: Piece, dump: Dump) -> list[Any]:
    """Kind, lines, text, details and words; the text is left out where it is that of the lines."""
    own = " ".join(dump.lines[line].text for line in piece.lines)
    return [piece.kind, ranges(piece.lines), None if piece.text == own else piece.text, piece.details, piece.words]
