"""Learn the weights table from labelled text, and say how well the same settings do on publishers they have not seen.

    python tools/train.py FOLDER [--folds N] [--out WEIGHTS] [--rounds N] [--strength X] [--keep N]

FOLDER is laid out as the accuracy benchmark's. With ``--folds`` it writes one table for each fold beside OUT (``OUT.0``
...), trained without that fold's publishers, for ``benchmarks/accuracy.py --weights``. Two runs write the same bytes.
"""

import argparse
import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")  # sums in a fixed order, so that two runs agree

import numpy as np
from scipy.sparse import csr_matrix

from chain import Chain, train
from gold import Labelled, labelled_texts
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
FOLDS = 5


def fold_of(group: str) -> int:
    """The fold of a publisher group: by its name alone, so that every tool finds the same."""
    return int(hashlib.sha1(group.encode()).hexdigest(), 16) % FOLDS


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
    later = [phase in ("start", "restart") for _, phase in weights.states]
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
    evidence, by_role, by_phase, first, last = (np.rint(part * SCALE).astype(int) for part in chain.unpack(learned))
    roles, phases = list(CHAIN_ROLES), list(PHASES)
    columns = [*roles, *phases]
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
        cells = [
            f"{after}={by_phase[phases.index(phase)][phases.index(after)]}" for after in weights.phases.get(phase, ())
        ]
        lines.append(" ".join([phase, *cells]))
    lines += ["", "[roles]"]
    for number, role in enumerate(roles):
        lines.append(" ".join([role, *_cells(roles, by_role[number])]))
    lines += ["", "[evidence]"]
    for bit, name in enumerate(names):
        cells = _cells(columns, evidence[bit])
        if cells:
            lines.append(" ".join([name, *cells]))
    return "\n".join(lines) + "\n"


def _cells(columns: Sequence[str], values: np.ndarray) -> list[str]:
    return [f"{column}={value}" for column, value in zip(columns, values, strict=True) if abs(value) >= LEAST]


def learn(texts: Sequence[Labelled], evidence: Evidence, weights: Weights, strength: float, rounds: int) -> str:
    """The table's text, learned from some texts."""
    texts = [copy for text in texts for copy in [text] * round(text.weight)]
    matrix, lengths = evidence_matrix(evidence, texts)
    mask = masks_of(texts, weights)
    roles = [CHAIN_ROLES.index(Role(role)) for role, _ in weights.states]
    phases = list(PHASES)
    steps = np.array([[after in weights.phases.get(phase, {}) for after in phases] for phase in phases])
    starts = np.array([phase in weights.first for phase in phases])
    ends = np.array([phase in weights.last for phase in phases])
    chain = Chain(roles, [phases.index(phase) for _, phase in weights.states], steps, starts, ends, len(evidence.names))
    learned = train(chain, matrix, lengths, mask, np.ones(len(texts)), strength, rounds)
    return quantised(weights, chain, learned, evidence.names)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path("weights.txt"))
    parser.add_argument("--folds", action="store_true", help="one table for each fold, trained without it")
    parser.add_argument("--only", type=int, help="with --folds: this fold alone")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--strength", type=float, default=0.3)
    options = parser.parse_args(arguments)
    evidence = Evidence(Parser(plugins=[]).evidence.rulebook.rules)
    weights = core_weights()
    texts = labelled_texts(options.folder)
    if not options.folds:
        options.out.write_text(learn(texts, evidence, weights, options.strength, options.rounds), encoding="utf-8")
        return 0
    for fold in range(FOLDS) if options.only is None else [options.only]:
        own = [text for text in texts if all(fold_of(group) != fold for group in text.groups)]
        table = learn(own, evidence, weights, options.strength, options.rounds)
        options.out.with_name(f"{options.out.name}.{fold}").write_text(table, encoding="utf-8")
        print(f"fold {fold}: learned from {len(own)} texts", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
