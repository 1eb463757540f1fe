"""A parsed dump: its text, its articles and the ledger of its lines.

The ledger is three columns, not objects: a `Line` is made when one is asked for. What explains a decision comes from an
`Explainer` that the parser leaves behind; it is no part of the record, so equality, pickling and `Dump.to_dict` pass it
by.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol, overload

import attrs

from newsparse.models import Article, Issue, Origin, Role, many

ROLES = tuple(Role)
ROLE_NUMBERS = {role: number for number, role in enumerate(ROLES)}
NO_ARTICLE = -1

# Below this margin a decision counts as close: on hand-labelled texts of unseen publishers a fifth of the lines lie
# below it, and nearly half of the wrong ones. In units of the weights table, 20 to one of log-odds.
DOUBT_MARGIN = 24


@attrs.frozen
class Line:
    """One line of a dump and where it went."""

    number: int = 1
    """The line's number, from 1, as editors count."""
    start: int | None = None
    """Offset of its first character in the dump's text."""
    stop: int | None = None
    """Offset behind its last character, line end included."""
    raw: str = ""
    """The line with its line end."""
    text: str = ""
    """The line without the blanks around it."""
    role: Role = Role.BLANK
    article: int | None = None
    """The index of its article in `Dump.articles`."""


@attrs.frozen
class Reason:
    """One named observation that spoke for or against a line's role."""

    name: str = ""
    weight: int = 0


@attrs.frozen
class Doubt:
    """A line decided by less than `DOUBT_MARGIN`."""

    line: int = 1
    """The line's number, from 1."""
    role: Role = Role.BLANK
    other: Role = Role.BLANK
    """The role that came second; equal to `role` where the close call was whether an article starts here."""
    margin: int = 0
    """By how much the path that was taken beats the best one with the other role."""


class Explainer(Protocol):
    """What the parser leaves with a `Dump` so that it can say why."""

    def reasons(self, index: int) -> tuple[Reason, ...]:
        """The observations on the line at an index (from 0), with their weights for its role."""

    def margins(self) -> Sequence[tuple[int, Role] | None]:
        """For each line the margin to the best path that decides otherwise and its role there; ``None`` for blanks."""


class Ledger(Sequence[Line]):
    """The lines of a dump: a read-only sequence that makes each `Line` when it is asked for.

    Args:
        text: The text that the lines tile.
        stops: For each line the offset behind its end; the last one is ``len(text)``.
        roles: For each line its role's number in ``tuple(Role)``.
        articles: For each line its article's index, or -1.
    """

    __slots__ = ("_articles", "_roles", "_stops", "_text")

    def __init__(self, text: str, stops: Iterable[int], roles: Iterable[int], articles: Iterable[int]):
        self._text = text
        # A parse hands over arrays that nobody else holds; they are kept as they are.
        self._stops = stops if isinstance(stops, array) else array("Q", stops)
        self._roles = bytes(roles)
        self._articles = articles if isinstance(articles, array) else array("l", articles)

    def __len__(self) -> int:
        return len(self._stops)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | Sequence[Line]:
        if isinstance(index, slice):
            return tuple(self._line(number) for number in range(*index.indices(len(self))))
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(f"line index {index} of {len(self)} lines")
        return self._line(index)

    def __iter__(self) -> Iterator[Line]:
        return map(self._line, range(len(self)))

    def _line(self, index: int) -> Line:
        start = self._stops[index - 1] if index else 0
        stop = self._stops[index]
        raw = self._text[start:stop]
        article = self._articles[index]
        role = ROLES[self._roles[index]]
        return Line(index + 1, start, stop, raw, raw.strip(), role, None if article == NO_ARTICLE else article)

    def at(self, offset: int) -> Line:
        """The line that holds the character at an offset of the text.

        Raises:
            IndexError: The offset is outside the text.
        """
        if not 0 <= offset < (self._stops[-1] if self._stops else 0):
            raise IndexError(f"offset {offset} is outside the text")
        return self._line(bisect_right(self._stops, offset))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Ledger):
            return self._columns() == other._columns()
        if isinstance(other, Sequence):
            return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self._text, self._roles))

    def __repr__(self) -> str:
        return f"<Ledger of {len(self)} lines>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Ledger, self._columns()

    def _columns(self) -> tuple[Any, ...]:
        return self._text, self._stops, self._roles, self._articles


def _as_lines(lines: Iterable[Line]) -> Sequence[Line]:
    return lines if isinstance(lines, Ledger) else tuple(lines)


@attrs.frozen
class Dump:
    """What one text gave."""

    text: str = ""
    articles: tuple[Article, ...] = attrs.field(default=(), converter=many)
    lines: Sequence[Line] = attrs.field(default=(), converter=_as_lines, hash=False)
    """The ledger: ``"".join(line.raw for line in dump.lines) == dump.text``, always."""
    issues: tuple[Issue, ...] = attrs.field(default=(), converter=many)
    source: str | None = None
    """The name of the source profile that was used."""
    origin: Origin | None = None
    explainer: Explainer | None = attrs.field(default=None, eq=False, repr=False)
    """What answers `explain`, `confidence` and `doubts`; not part of the record."""

    def __getstate__(self) -> tuple[Any, ...]:
        return self.text, self.articles, self.lines, self.issues, self.source, self.origin

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        names = ("text", "articles", "lines", "issues", "source", "origin", "explainer")
        for name, value in zip(names, (*state, None), strict=True):
            object.__setattr__(self, name, value)

    def explain(self, line_number: int) -> tuple[Reason, ...]:
        """The named observations on a line (numbered from 1) with their weights for the role it was given.

        A blank line has none, nor has any line of a dump restored without explanations.

        Raises:
            IndexError: There is no such line.

        Example:
            >>> import newsparse
            >>> dump = newsparse.parse("Rain Ends\\n\\nIt rained for two days in the valley, the mayor said Monday.\\n")
            >>> "ends_sentence" in [reason.name for reason in dump.explain(3)]
            True
        """
        if not 1 <= line_number <= len(self.lines):
            raise IndexError(f"line {line_number} of {len(self.lines)} lines")
        return self.explainer.reasons(line_number - 1) if self.explainer else ()

    def confidence(self, article_index: int) -> float | None:
        """How sure the parse is of an article, from 0 to 1: the share of its lines that are no close call.

        ``None`` for a dump restored from a dictionary or a pickle, which has nothing to measure with.

        Raises:
            IndexError: There is no such article.
        """
        if not 0 <= article_index < len(self.articles):
            raise IndexError(f"article {article_index} of {len(self.articles)} articles")
        if self.explainer is None:
            return None
        margins = self.explainer.margins()
        own = [
            margin[0]
            for line, margin in zip(self.lines, margins, strict=True)
            if margin and line.article == article_index
        ]
        return sum(margin >= DOUBT_MARGIN for margin in own) / len(own) if own else None

    def doubts(self) -> tuple[Doubt, ...]:
        """The lines and article starts decided by less than `DOUBT_MARGIN`, closest first; none for a restored dump."""
        if self.explainer is None:
            return ()
        found = [
            Doubt(line.number, line.role, margin[1], margin[0])
            for line, margin in zip(self.lines, self.explainer.margins(), strict=True)
            if margin and margin[0] < DOUBT_MARGIN
        ]
        return tuple(sorted(found, key=lambda doubt: (doubt.margin, doubt.line)))

    def to_dict(self, explain: bool = False) -> dict[str, Any]:
        """The dump as JSON values, with ``"schema": 1``; `from_dict` is the exact inverse.

        A high and a low surrogate side by side, which no decoder gives, come back from JSON's text as one character.

        Args:
            explain: Store each line's reasons too, so that the restored dump can still explain itself.
        """
        from newsparse.dicts import dump_to_dict

        return dump_to_dict(self, explain)

    def _repr_html_(self) -> str:
        """What a notebook shows: the page of `newsparse.view`, in a frame that can reach nothing outside of it."""
        from newsparse.viewer import notebook_view

        return notebook_view(self)
