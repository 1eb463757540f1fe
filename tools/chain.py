"""A linear-chain conditional random field over named evidence, with tied weights and partial labels.

The score of a state on a line is the sum of its role's and its phase's weights over the line's observations; steps are
scored by roles and by phases; steps that the table forbids are impossible. Where a line's label is not known the
likelihood sums over all that it may be.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Array = NDArray[Any]


class Batch:
    """Texts side by side, longest first, so that a step of the recursion is one matrix product."""

    def __init__(self, lengths: Sequence[int]):
        self.order = np.argsort([-length for length in lengths], kind="stable")
        self.lengths = np.array([lengths[text] for text in self.order])
        offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        self.first = offsets[self.order]
        self.longest = int(self.lengths[0])
        self.active = [int((self.lengths > place).sum()) for place in range(self.longest)]

    def rows(self, place: int) -> Array:
        """The rows of the lines at a place, one for each text that is so long."""
        return np.asarray(self.first[: self.active[place]] + place)


class Chain:
    """The model: which states there are, which weights make up each, and what is allowed."""

    def __init__(
        self, roles: Sequence[int], phases: Sequence[int], steps: Array, starts: Array, ends: Array, bits: int
    ):
        self.roles, self.phases = np.array(roles), np.array(phases)
        self.states = len(roles)
        self.role_count, self.phase_count = max(roles) + 1, max(phases) + 1
        self.columns = self.role_count + self.phase_count
        self.tie = np.zeros((self.states, self.columns))
        self.tie[range(self.states), self.roles] = 1
        self.tie[range(self.states), self.role_count + self.phases] = 1
        self.allowed = steps  # phase by phase
        self.may_start, self.may_end = starts, ends
        self.bits = bits
        self.sizes = [bits * self.columns, self.role_count**2, self.phase_count**2, self.phase_count, self.phase_count]

    def unpack(self, weights: Array) -> list[Array]:
        """Evidence by column, steps by roles, steps by phases, first and last by phase."""
        parts = np.split(weights, np.cumsum(self.sizes)[:-1])
        return [
            parts[0].reshape(self.bits, self.columns),
            parts[1].reshape(self.role_count, self.role_count),
            parts[2].reshape(self.phase_count, self.phase_count),
            parts[3],
            parts[4],
        ]

    def scores(self, weights: Array, evidence: csr_matrix) -> tuple[Array, Array, Array, Array]:
        """What each state is worth on each line, each step, the first and the last line; minus infinity for what is
        forbidden."""
        table, by_role, by_phase, first, last = self.unpack(weights)
        emissions = np.asarray(evidence @ (table @ self.tie.T))
        steps = by_role[np.ix_(self.roles, self.roles)] + by_phase[np.ix_(self.phases, self.phases)]
        steps = np.where(self.allowed[np.ix_(self.phases, self.phases)], steps, -np.inf)
        begin = np.where(self.may_start[self.phases], first[self.phases], -np.inf)
        end = np.where(self.may_end[self.phases], last[self.phases], -np.inf)
        return emissions, steps, begin, end


def expectations(
    emissions: Array, steps: Array, begin: Array, end: Array, batch: Batch, mask: Array | None
) -> tuple[Array, Array, Array, Array, Array]:
    """The logarithm of the sum over all paths of each text, and the expected states, steps, first and last states.

    Args:
        emissions: Scores of states by line.
        steps: Scores of steps.
        begin: Scores of the first state.
        end: Scores of the last state.
        batch: How lines make texts.
        mask: Which states each line may have; ``None`` for all.
    """
    top = emissions.max(axis=1, keepdims=True)
    local = np.exp(emissions - top)
    if mask is not None:
        local = local * mask
    move, finish = np.exp(steps), np.exp(end)
    texts = len(batch.lengths)
    forward = np.zeros_like(local)
    log_sum = np.zeros(texts)
    state = np.zeros((texts, len(begin)))
    norms = np.ones(len(local))
    for place in range(batch.longest):
        rows, count = batch.rows(place), batch.active[place]
        state = (np.exp(begin)[None, :] if place == 0 else state[:count] @ move) * local[rows]
        norm = state.sum(axis=1, keepdims=True) + 1e-300
        state = state / norm
        norms[rows] = norm[:, 0]
        forward[rows] = state
        log_sum[:count] += np.log(norm[:, 0]) + top[rows, 0]
    last_rows = batch.first + batch.lengths - 1
    final = (forward[last_rows] * finish).sum(axis=1) + 1e-300
    log_sum += np.log(final)

    marginals = np.zeros_like(local)
    pair = np.zeros_like(move)
    back = np.zeros((texts, len(begin)))
    for place in range(batch.longest - 1, -1, -1):
        rows, count = batch.rows(place), batch.active[place]
        later = batch.active[place + 1] if place + 1 < batch.longest else 0
        here = np.empty((count, len(begin)))
        here[later:] = finish[None, :] / final[later:count, None]
        if later:
            after = batch.rows(place + 1)
            weighted = local[after] * back[:later] / norms[after][:, None]
            here[:later] = weighted @ move.T
            pair += forward[rows[:later]].T @ weighted
        back = here
        marginals[rows] = forward[rows] * back
    return log_sum, marginals, pair * move, marginals[batch.first], marginals[last_rows]


def train(
    chain: Chain,
    evidence: csr_matrix,
    lengths: Sequence[int],
    mask: Array,
    importance: Array,
    strength: float,
    rounds: int,
    start: Array | None = None,
) -> Array:
    """The weights that make the labels likely.

    Args:
        chain: The model.
        evidence: Lines by observations.
        lengths: How many lines each text has.
        mask: Which states each line may have.
        importance: How much each text counts.
        strength: Half the inverse variance of the weights: larger keeps them smaller.
        rounds: The most iterations.
        start: Weights to begin with.
    """
    batch = Batch(lengths)
    weight_of = importance[batch.order]
    line_weight = np.repeat(importance, lengths)[:, None]
    transposed = evidence.T.tocsr()

    def loss(weights: Array) -> tuple[float, Array]:
        emissions, steps, begin, end = chain.scores(weights, evidence)
        free = expectations(emissions, steps, begin, end, batch, None)
        held = expectations(emissions, steps, begin, end, batch, mask)
        good = np.isfinite(held[0]) & (held[0] > -1e17)
        value = float((weight_of * np.where(good, free[0] - held[0], 0)).sum())
        slope = np.asarray(transposed @ (line_weight * (free[1] - held[1]))) @ chain.tie
        pair = free[2] - held[2]
        by_role, by_phase = np.zeros((chain.role_count,) * 2), np.zeros((chain.phase_count,) * 2)
        np.add.at(by_role, (chain.roles[:, None], chain.roles[None, :]), pair)
        np.add.at(by_phase, (chain.phases[:, None], chain.phases[None, :]), pair)
        ends = []
        for part in (3, 4):
            vector = np.zeros(chain.phase_count)
            np.add.at(vector, chain.phases, (weight_of[:, None] * (free[part] - held[part])).sum(axis=0))
            ends.append(vector)
        gradient = np.concatenate([slope.ravel(), by_role.ravel(), by_phase.ravel(), *ends])
        return value + strength * float(weights @ weights), gradient + 2 * strength * weights

    initial = np.zeros(sum(chain.sizes)) if start is None else start
    found = minimize(loss, initial, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 8})
    return np.asarray(found.x)
