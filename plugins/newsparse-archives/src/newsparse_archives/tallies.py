"""Counts that must come out even: markers, articles and lines of one input, told in issues."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

import attrs

from newsparse import RECORDS_COUNTED, RECORDS_MISSING, Issue

UNKNOWN_LAYOUT = "unknown-layout"
"""The code of an issue: lines are in no layout that is known, and were left to the generic parser."""
UNMAPPED = "unmapped-fields"
"""The code of an issue: labels that no table knows, and how often each stands there."""
LONG = "long-record"
"""The code of an issue: a record is longer than one may be, so that it comes in pieces."""
UNFINISHED = "unfinished-record"
"""The code of an issue: the last record ends before its end."""

# How many numbers, labels or places a message names.
_NAMED = 20


@attrs.define
class Tally:
    """What an input's records come to."""

    vendor: str
    markers: int = 0
    articles: int = 0
    unused: int = 0
    unknown: list[int] = attrs.field(factory=list)
    """The numbers of the records that are in no known layout."""
    unmapped: Counter[str] = attrs.field(factory=Counter)
    numbers: dict[int, list[int]] = attrs.field(factory=dict)
    """The numbers that start lines gave, by the total they gave."""
    total: int | None = None
    """How many documents the export's page says it has."""
    is_last_whole: bool = True

    def issues(self) -> Iterator[Issue]:
        """The issues of the whole input."""
        message = (
            f"{self.vendor}: {_count(self.markers, 'marker')} of records seen, "
            f"{_count(self.articles, 'article')} built, {_count(self.unused, 'line')} used by none"
        )
        missing = list(self._missing())
        yield Issue(RECORDS_MISSING if missing else RECORDS_COUNTED, "; ".join([message, *missing]))
        if self.unknown:
            places = ", ".join(map(str, self.unknown[:_NAMED]))
            message = f"{_count(len(self.unknown), 'record')} in no known layout (number {places} in the file)"
            yield Issue(UNKNOWN_LAYOUT, f"{message}: read as plain text, without the vendor's fields; check them")
        if self.unmapped:
            names = ", ".join(f"{name} ({number})" for name, number in self.unmapped.most_common(_NAMED))
            more = ", ..." if len(self.unmapped) > _NAMED else ""
            yield Issue(UNMAPPED, f"fields that no table knows stay in the text: {names}{more}")
        if not self.is_last_whole:
            yield Issue(UNFINISHED, "the last record ends before its end; it was read as far as it goes")

    def _missing(self) -> Iterator[str]:
        if self.markers > self.articles:
            yield f"{_count(self.markers - self.articles, 'marker')} without an article"
        if self.total and self.total != self.articles:
            yield f"the page of the export speaks of {self.total}"
        for total, numbers in self.numbers.items():
            if absent := _gaps(numbers, total):
                yield f"its own markers speak of {total}, of which {absent} are not in this file"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _gaps(numbers: Iterable[int], total: int) -> str:
    """The numbers up to a total that are not there, as in a book's index: ``1 to 3, 7``."""
    gaps = [(a + 1, b - 1) for a, b in pairwise([0, *sorted(set(numbers)), total + 1]) if b - a > 1]
    shown = [str(a) if a == b else f"{a} to {b}" for a, b in gaps[:_NAMED]]
    return ", ".join([*shown, "..."] if len(gaps) > _NAMED else shown)
