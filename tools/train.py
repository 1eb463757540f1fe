"""Learn the weights table from labelled text, and say how well the same settings do on publishers they have not seen.

    python tools/train.py FOLDER [--folds [--only NAME ...]] [--out WEIGHTS] [--passes N] [--seeds N] [--strength X]

FOLDER is laid out as the accuracy benchmark's. With ``--folds`` it writes a table for each fold and each pair of folds
beside OUT (``OUT.0`` ... ``OUT.34``), trained without those folds' publishers, for ``benchmarks/accuracy.py --tables``.
Two runs write the same bytes.
"""

import argparse
import os
import sys
from collections.abc import Collection, Sequence
from itertools import combinations
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")  # sums in a fixed order, so that two runs agree

import attrs
import numpy as np
from scipy.sparse import csr_matrix

from chain import Chain, train
from gold import FOLDS, Labelled, fold_of, labelled_texts
from made import made_texts
from newsparse import Parser, Role
from newsparse.evidence import Evidence
from newsparse.lines import split_lines
from newsparse.weights import CHAIN_ROLES, PHASES, Weights, core_weights

# One unit of learned score in the table: fine enough that rounding loses nothing, coarse enough to read.
SCALE = 20
# Learned weights below this many units say nothing that their neighbours do not.
LEAST = 2
# What a step costs that the table does not allow, in log-odds: it is impossible in training.
FORBIDDEN = -30
# What a later article costs beyond what was learned, in units. Most texts that are read hold one article, most
# boundaries that are learned from stand in texts of several. By trial on held-out publishers: less costs whole
# pages, more costs dumps.
START_COST = 80
LATER = ("start", "restart")
# Where that cost is not asked: behind two blank lines or more, and behind a row of signs. Single texts hold neither
# between two of their lines, so it is nothing to them, and people part what they paste by just these.
FREE = ("gap_two", "gap_wide", "before:separator")
# Running text begins with a paragraph or a subhead: so the lines between headline and text learn weights of their own.
ENTER = {"running": ("body", "subhead")}


def evidence_matrix(evidence: Evidence, texts: Sequence[Labelled]) -> tuple[csr_matrix, list[int]]:
    """Lines by observations, and the number of lines of each text."""
    columns, ends, lengths = [], [0], []
    for text in texts:
        masks = evidence.observe(split_lines(text.text))
        lengths.append(len(masks))
        for mask in masks:
            columns.extend(bit for bit in range(mask.bit_length()) if mask >> bit & 1)
            ends.append(len(columns))
    shape = (len(ends) - 1, len(evidence.names))
    return csr_matrix((np.ones(len(columns)), np.array(columns), np.array(ends)), shape=shape), lengths


def masks_of(texts: Sequence[Labelled], weights: Weights) -> np.ndarray:
    """Lines by states: what each line may be."""
    rows = []
    later = [phase in LATER for _, phase in weights.states]
    for text in texts:
        for place, roles in enumerate(text.allowed):
            row = [role in roles for role, _ in weights.states]
            starts = text.starts.get(place)
            if starts is not None:
                row = [may and is_later == starts for may, is_later in zip(row, later, strict=True)]
            rows.append(row)
    return np.array(rows, dtype=float)


def quantised(weights: Weights, chain: Chain, learned: np.ndarray, names: Sequence[str]) -> str:
    """The table's text."""
    evidence, by_state, first, last = (np.rint(part * SCALE).astype(int) for part in chain.unpack(learned))
    roles, phases = list(CHAIN_ROLES), list(PHASES)
    columns = [*roles, *phases]
    for name in FREE:
        evidence[names.index(name), [columns.index(phase) for phase in LATER]] += START_COST
    lines = [
        "# What every observation and every step is worth, learned from labelled text by tools/train.py. Rows are",
        "# `name column=weight ...`; a column is a role or a phase, and a state (a role in a phase) counts both.",
        f"# {SCALE} units are one unit of log-odds. `newsparse.weights` says how the file is read.",
        "",
        "[states]",
    ]
    for phase in phases:
        lines.append(" ".join([phase, *(role for role, own in weights.states if own == phase)]))
    lines += ["", "[forbidden]", f"step weight={FORBIDDEN * SCALE}"]
    for title, values, known in (("first", first, weights.first), ("last", last, weights.last)):
        lines += ["", f"[{title}]", *(f"{phase} weight={values[phases.index(phase)]}" for phase in known)]
    lines += ["", "[phases]"]
    for phase in phases:
        lines.append(
            " ".join(
                [
                    phase,
                    *(f"{after}={-START_COST if after in LATER else 0}" for after in weights.phases.get(phase, ())),
                ]
            )
        )
    lines += ["", "[enter]", *(" ".join([phase, *entered]) for phase, entered in weights.enter.items())]
    lines += ["", "[steps]"]
    states = [f"{phase}/{role}" for role, phase in weights.states]
    for number, state in enumerate(states):
        lines.append(" ".join([state, *_cells(states, by_state[number])]))
    lines += ["", "[evidence]"]
    for bit, name in enumerate(names):
        cells = _cells(columns, evidence[bit])
        if cells:
            lines.append(" ".join([name, *cells]))
    return "\n".join(lines) + "\n"


def _cells(columns: Sequence[str], values: np.ndarray) -> list[str]:
    return [f"{column}={value}" for column, value in zip(columns, values, strict=True) if abs(value) >= LEAST]


def chain_of(weights: Weights, bits: int) -> Chain:
    """The model that a table describes."""
    roles = [CHAIN_ROLES.index(Role(role)) for role, _ in weights.states]
    phases = [list(PHASES).index(phase) for _, phase in weights.states]
    enters = [role in weights.enter.get(phase, (role,)) for role, phase in weights.states]
    steps = [
        [
            after in weights.phases.get(phase, {}) and (after == phase or enters[number])
            for number, (_, after) in enumerate(weights.states)
        ]
        for _, phase in weights.states
    ]
    starts = [phase in weights.first and enters[number] for number, (_, phase) in enumerate(weights.states)]
    ends = [phase in weights.last for _, phase in weights.states]
    return Chain(roles, phases, np.array(steps), np.array(starts), np.array(ends), bits)


class Material:
    """Labelled texts, observed once."""

    def __init__(self, texts: Sequence[Labelled], evidence: Evidence, weights: Weights):
        self.texts, self.names, self.weights = texts, evidence.names, weights
        self.matrix, self.lengths = evidence_matrix(evidence, texts)
        self.masks = masks_of(texts, weights)

    def learn(self, left_out: Collection[int], options: argparse.Namespace) -> str:
        """The table's text, learned from the texts that touch none of the folds left out."""
        kept = [number for number, text in enumerate(self.texts) if not left_out & {*map(fold_of, text.groups)}]
        offsets = np.concatenate([[0], np.cumsum(self.lengths)])
        rows = np.concatenate([np.arange(offsets[number], offsets[number + 1]) for number in kept])
        lengths = [self.lengths[number] for number in kept]
        importance = np.array([self.texts[number].weight for number in kept])
        chain = chain_of(self.weights, len(self.names))
        matrix, masks = self.matrix[rows], self.masks[rows]
        learned = [
            train(chain, matrix, lengths, masks, importance, options.strength, options.passes, seed)
            for seed in range(1, options.seeds + 1)
        ]
        return quantised(self.weights, chain, np.mean(learned, axis=0), self.names)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path("weights.txt"))
    parser.add_argument("--folds", action="store_true", help="a table for each fold and pair of folds, without them")
    parser.add_argument("--only", nargs="*", help="with --folds: these alone, as 0 or 03")
    parser.add_argument("--passes", type=int, default=12)
    parser.add_argument("--seeds", type=int, default=4, help="how many orders of the texts are learned from, averaged")
    parser.add_argument("--strength", type=float, default=4.0)
    options = parser.parse_args(arguments)
    evidence = Evidence(Parser(plugins=[]).evidence.rulebook.rules)
    material = Material(
        [*labelled_texts(options.folder), *made_texts(options.folder)],
        evidence,
        attrs.evolve(core_weights(), enter=ENTER),
    )
    if not options.folds:
        options.out.write_text(material.learn(set(), options), encoding="utf-8")
        return 0
    for name in options.only or [*map(str, range(FOLDS)), *(f"{a}{b}" for a, b in combinations(range(FOLDS), 2))]:
        table = material.learn({int(fold) for fold in name}, options)
        options.out.with_name(f"{options.out.name}.{name}").write_text(table, encoding="utf-8")
        print(f"without {name}: learned", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
