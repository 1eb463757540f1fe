"""The weights table: what every observation and every step is worth, as a text file that a person can read and diff.

A line is a section in brackets or a row: a name, then ``column=weight`` for every column where it is not zero. Weights
are integers; larger speaks for, below zero against. Takes the file's text, gives `Weights`; an unknown name is an error
that says the line.
"""

from collections.abc import Iterable, Mapping
from importlib import resources
from types import MappingProxyType

import attrs

from newsparse.errors import RecordError
from newsparse.extensions import Rule
from newsparse.models import Role

# The phases an article passes through, in order. A state of the decoder is a role in a phase. ``start`` is the first
# line of an article that is not the first one of its text.
PHASES = MappingProxyType(
    {
        "before": "above the headline",
        "title": "the headline itself",
        "top": "between headline and running text",
        "running": "in the running text",
        "after": "behind the running text",
        "start": "the first line of a later article, above its headline",
        "restart": "the headline that opens a later article",
    }
)
# Roles that the chain decides about; a blank line and a stated field stand outside of it.
CHAIN_ROLES = tuple(role for role in Role if role not in (Role.BLANK, Role.FIELD))

_SECTIONS = ("states", "forbidden", "first", "last", "phases", "enter", "steps", "evidence")


@attrs.frozen
class Weights:
    """A weights table."""

    states: tuple[tuple[str, str], ...] = ()
    """Role and phase of each state, in a fixed order."""
    first: Mapping[str, int] = attrs.field(factory=dict)
    """What it is worth to begin a text in a phase."""
    last: Mapping[str, int] = attrs.field(factory=dict)
    """What it is worth to end a text in a phase."""
    phases: Mapping[str, Mapping[str, int]] = attrs.field(factory=dict)
    """What a step from phase to phase is worth; one that is not listed is forbidden."""
    enter: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    """The roles with which a phase may begin; one that is not listed may begin with any."""
    steps: Mapping[str, Mapping[str, int]] = attrs.field(factory=dict)
    """What a step from state to state is worth beyond that; a state is called ``phase/role``."""
    forbidden: int = -1000
    """What a step costs that is not listed: finite, so that hopeless states can be told, and more than a few lines'
    evidence."""
    evidence: Mapping[str, Mapping[str, int]] = attrs.field(factory=dict)
    """What an observation is worth, by role and by phase: a state counts both."""


def read_weights(table: str) -> Weights:
    """The weights that a table's text holds.

    Raises:
        RecordError: A line is neither section nor row, or a column or weight is unknown; the message has the line's
            number.

    Example:
        >>> table = "[states]\\ntitle headline\\n[evidence]\\nall_caps headline=3 body=-2"
        >>> read_weights(table).evidence["all_caps"]["body"]
        -2
    """
    sections: dict[str, dict[str, dict[str, int]]] = {name: {} for name in _SECTIONS}
    states: list[tuple[str, str]] = []
    enter: dict[str, tuple[str, ...]] = {}
    section = ""
    for number, line in enumerate(table.splitlines(), 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        if words[0].startswith("["):
            section = words[0].strip("[]")
            if section not in sections:
                raise RecordError(f"weights line {number}: unknown section {section!r}; known: {', '.join(_SECTIONS)}")
        elif section == "states":
            states.extend((_column(role, number), _column(words[0], number)) for role in words[1:])
        elif section == "enter":
            enter[_column(words[0], number)] = tuple(_column(role, number) for role in words[1:])
        elif section:
            sections[section].setdefault(words[0], {}).update(_cells(words[1:], number))
        else:
            raise RecordError(f"weights line {number}: a row before any section")
    return Weights(
        tuple(states),
        {name: row["weight"] for name, row in sections["first"].items()},
        {name: row["weight"] for name, row in sections["last"].items()},
        sections["phases"],
        enter,
        sections["steps"],
        sections["forbidden"].get("step", {}).get("weight", -1000),
        sections["evidence"],
    )


def _cells(words: Iterable[str], number: int) -> dict[str, int]:
    cells = {}
    for word in words:
        column, _, weight = word.partition("=")
        try:
            cells[_column(column, number)] = int(weight)
        except ValueError:
            raise RecordError(f"weights line {number}: {word!r} is not column=weight") from None
    return cells


_STATES = frozenset(f"{phase}/{role}" for phase in PHASES for role in CHAIN_ROLES)
_COLUMNS = frozenset({*CHAIN_ROLES, *PHASES, *_STATES, "weight"})


def _column(name: str, number: int) -> str:
    if name not in _COLUMNS:
        raise RecordError(f"weights line {number}: unknown column {name!r}; known: {', '.join(sorted(_COLUMNS))}")
    return str(name)


def core_weights(rules: Iterable[Rule] = (), table: str | None = None) -> Weights:
    """The weights that ship with newsparse, or those of another table's text, with those that rules bring along.

    Raises:
        RecordError: A rule gives weight to a column that is neither role nor phase.
    """
    weights = read_weights(table or resources.files("newsparse").joinpath("weights.txt").read_text(encoding="utf-8"))
    brought = {rule.name: dict(rule.weights) for rule in rules if rule.weights}
    for name, cells in brought.items():
        for column in cells:
            if column not in _COLUMNS:
                raise RecordError(f"rule {name}: unknown column {column!r}; known: {', '.join(sorted(_COLUMNS))}")
    return attrs.evolve(weights, evidence={**weights.evidence, **brought})
