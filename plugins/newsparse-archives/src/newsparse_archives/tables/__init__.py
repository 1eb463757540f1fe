"""What each vendor does, as data: one TOML file a vendor, read into `Vendor` records with their patterns compiled.

A new label, month or marker is a line in a file; the engine in `newsparse_archives.layouts` knows no vendor.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import attrs

VENDORS = ("lexisnexis", "factiva", "proquest", "europresse")
"""The vendors, in the order in which they are asked whose a text is."""

# Patterns of short lines are tried on lines up to this length alone, so that a line of megabytes costs nothing.
LONGEST = 300

_GROUP = re.compile(r"\(\?P<\w+>")


@attrs.frozen
class Lines:
    """Patterns of which a whole short line must match one."""

    patterns: tuple[re.Pattern[str], ...] = ()
    _any: re.Pattern[str] | None = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        # Most lines match none: one pattern of all, without the names of its groups, says so at once.
        parts = (_GROUP.sub("(?:", pattern.pattern) for pattern in self.patterns)
        object.__setattr__(self, "_any", re.compile("|".join(parts)) if self.patterns else None)

    def match(self, text: str) -> re.Match[str] | None:
        """The match of the first pattern that a whole line fits."""
        if not text or len(text) > LONGEST or self._any is None or not self._any.fullmatch(text):
            return None
        return next((found for pattern in self.patterns if (found := pattern.fullmatch(text))), None)

    def __add__(self, other: "Lines") -> "Lines":
        return Lines(self.patterns + other.patterns)


@attrs.frozen
class Slot:
    """One place in a record's head for lines that have no label."""

    name: str
    """The field that the line fills."""
    line: Lines | None = None
    kind: str | None = None
    """``date``, ``language`` or ``byline``: the line reads as one."""
    optional: bool = False
    many: bool = False
    """Several lines, or blocks of lines, one after another."""
    block: bool = False
    """Every line up to the next blank one."""
    longest: int = LONGEST
    """How many characters its line may have."""
    near: int = 0
    """How many lines it may stand from the one before, where that is limited; a centred line may stand anywhere."""

    @property
    def is_open(self) -> bool:
        """Whether it takes any line."""
        return self.line is None and self.kind is None


@attrs.frozen
class Layout:
    """One way in which a vendor lays out a record."""

    name: str
    labels: Mapping[str, str]
    """Labels before a value, and the field of each."""
    bare: Mapping[str, str]
    """Labels alone on their line, and the field of each."""
    key: re.Pattern[str] | None
    """A labelled line, with groups ``label`` and ``value``."""
    strict: re.Pattern[str] | None
    """A labelled line inside the running text."""
    tight: frozenset[str]
    """Fields whose labels count inside the text, once each, where one blank parts every label from its value."""
    needs: frozenset[str]
    """Fields of which a record has at least one, else it is of another layout."""
    opens_body: frozenset[str]
    """Fields behind which the running text begins."""
    anchor: str = "top"
    """From which line the unlabelled lines of the head are counted: ``top``, or the field it holds."""
    last: bool = False
    """The last line that can be the anchor, not the first."""
    unanchored: str = "top"
    """Where to count from if there is no anchor: ``top``, ``first before`` or ``all before``."""
    before: tuple[Slot, ...] = ()
    """The slots above the anchor, from it upwards."""
    after: tuple[Slot, ...] = ()
    """The slots from the anchor downwards."""
    tail_gap: int = 0
    """How many unlabelled blocks may stand between labels behind the text; 0: labels may stand anywhere."""
    runs_on: bool = False
    """A value goes on to the next label, over blank lines too."""
    closers: Lines = Lines()
    """Lines that close a record, as a notice of rights, or a line that ends it."""


@attrs.frozen
class Markup:
    """What a vendor's HTML says of its text."""

    record_tags: frozenset[str] = frozenset()
    record_class: re.Pattern[str] | None = None
    classes: tuple[tuple[re.Pattern[str], str], ...] = ()
    opens: str | None = None
    """The field that begins a record where no element does."""


@attrs.frozen
class Elements:
    """What a vendor's XML says of its text."""

    record: frozenset[str] = frozenset()
    inline: frozenset[str] = frozenset()
    fields: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen
class Vendor:
    """Everything the engine knows of a vendor."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    names: tuple[str, ...]
    sniff: tuple[tuple[tuple[re.Pattern[str], ...], int], ...]
    starts: Lines
    ends: Lines
    totals: Lines
    """Lines of the export's page that say how many documents it has."""
    markers: Lines
    """Lines that start or end records."""
    furniture: Lines
    once: frozenset[str]
    """Fields that a record has once."""
    closing: frozenset[str]
    """Fields that stand behind the running text."""
    layouts: tuple[Layout, ...]
    markup: Markup
    elements: Elements
    split: Mapping[str, re.Pattern[str]]

    def score(self, head: str) -> int:
        """How sure the first characters of a text are this vendor's, from 0 to 100."""
        scores = (score for patterns, score in self.sniff if all(pattern.search(head) for pattern in patterns))
        return max(scores, default=0)


@cache
def vendor(name: str) -> Vendor:
    """The vendor of a name."""
    table = tomllib.loads(_file(f"{name}.toml"))
    markup, elements = table.get("html", {}), table.get("xml", {})
    record = markup.get("record", {})
    return Vendor(
        name=name,
        title=table["title"],
        suffixes=tuple(table["suffixes"]),
        names=tuple(table["names"]),
        sniff=tuple(
            (tuple(re.compile(p, re.M) for p in row.get("all", [row.get("pattern")])), row["score"])
            for row in table["sniff"]
        ),
        starts=_lines(table["starts"]),
        ends=_lines(table["ends"]),
        totals=_lines(table["totals"]),
        markers=_lines(table["starts"] + table["ends"]),
        furniture=_lines(table["furniture"]),
        once=frozenset(table.get("once", ())),
        closing=frozenset(table.get("closing", ())),
        layouts=tuple(_layout(row, table["ends"]) for row in table.get("layouts", ())),
        markup=Markup(
            frozenset(record.get("tags", ())),
            re.compile(record["class"]) if "class" in record else None,
            tuple((re.compile(row["class"]), row["field"]) for row in markup.get("classes", ())),
            markup.get("opens"),
        ),
        elements=Elements(
            frozenset(elements.get("record", ())),
            frozenset(elements.get("inline", ())),
            elements.get("elements", {}),
        ),
        split={name: re.compile(pattern) for name, pattern in table.get("split", {}).items()},
    )


@cache
def languages() -> Mapping[str, str]:
    """The tag of each language, by its names in lower case."""
    return {name: tag for tag, names in tomllib.loads(_file("languages.toml")).items() for name in names}


def vendor_of(head: str) -> Vendor | None:
    """The vendor whose text this surely is, by its first characters."""
    best = max((vendor(name) for name in VENDORS), key=lambda one: one.score(head))
    return best if best.score(head) else None


def _file(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")


def _pattern(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


def _lines(patterns: Iterable[str]) -> Lines:
    return Lines(tuple(map(re.compile, patterns)))


def _slots(rows: Iterable[dict[str, Any]]) -> tuple[Slot, ...]:
    return tuple(
        Slot(line=_lines([row.pop("pattern")]) if "pattern" in row else None, **row) for row in map(dict, rows)
    )


def _layout(row: Mapping[str, Any], ends: list[str]) -> Layout:
    anchor = row.get("anchor", "top").split()
    return Layout(
        name=row["name"],
        labels={label: field for table in row.get("labels", {}).values() for label, field in table.items()},
        bare=row.get("bare", {}),
        key=_pattern(row.get("key")),
        strict=_pattern(row.get("strict", row.get("key"))),
        tight=frozenset(row.get("tight", ())),
        needs=frozenset(row["needs"]),
        opens_body=frozenset(row.get("opens_body", ())),
        anchor=anchor[-1],
        last=anchor[0] == "last",
        unanchored=row.get("unanchored", "top"),
        before=_slots(row.get("before", ())),
        after=_slots(row.get("after", ())),
        tail_gap=row.get("tail_gap", 0),
        runs_on=row.get("runs_on", False),
        closers=_lines([*row.get("closers", ()), *ends]),
    )
