"""A linear-chain conditional random field over named evidence, with tied weights and partial labels.

The score of a state on a line is the sum of its role's and its phase's weights over the line's observations; steps are
scored from state to state; steps that the table forbids are impossible. Where a line's label is not known the
likelihood sums over all that it may be.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Array = NDArray[Any]


# What a forbidden step is worth while sums are taken: so little that it never counts where another way leads on, and
# enough that a label which no other way leads to does not make a text impossible.
LEAST = 1e-30


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
    ) -> None:
        self.roles, self.phases = np.array(roles), np.array(phases)
        self.states = len(roles)
        self.role_count, self.phase_count = max(roles) + 1, max(phases) + 1
        self.columns = self.role_count + self.phase_count
        self.tie = np.zeros((self.states, self.columns))
        self.tie[range(self.states), self.roles] = 1
        self.tie[range(self.states), self.role_count + self.phases] = 1
        self.allowed = steps  # state by state
        self.may_start, self.may_end = starts, ends  # state by state
        self.bits = bits
        self.sizes = [bits * self.columns, self.states**2, self.phase_count, self.phase_count]

    def unpack(self, weights: Array) -> list[Array]:
        """Evidence by column, steps from state to state, first and last by phase."""
        parts = np.split(weights, np.cumsum(self.sizes)[:-1])
        return [
            parts[0].reshape(self.bits, self.columns),
            parts[1].reshape(self.states, self.states),
            parts[2],
            parts[3],
        ]

    def scores(self, weights: Array, evidence: csr_matrix) -> tuple[Array, Array, Array, Array]:
        """What each state is worth on each line, each step, the first and the last line; minus infinity for what is
        forbidden."""
        table, by_state, first, last = self.unpack(weights)
        emissions = np.asarray(evidence @ (table @ self.tie.T))
        steps = np.where(self.allowed, by_state, -np.inf)
        begin = np.where(self.may_start, first[self.phases], -np.inf)
        end = np.where(self.may_end, last[self.phases], -np.inf)
        return emissions, steps, begin, end


def expectations(
    emissions: Array, steps: Array, begin: Array, end: Array, batch: Batch, mask: Array, importance: Array
) -> tuple[Array, Array, Array, Array, Array]:
    """The logarithm of the sum over all paths of each text, and the expected states, steps, first and last states.

    Args:
        emissions: Scores of states by line.
        steps: Scores of steps.
        begin: Scores of the first state.
        end: Scores of the last state.
        batch: How lines make texts.
        mask: Which states each line may have.
        importance: How much each text counts, in the batch's order, for the steps.
    """
    # The best of what a line may be, so that a line whose label is far from likely does not come to nothing.
    top = np.where(mask > 0, emissions, -np.inf).max(axis=1, keepdims=True)
    local = np.exp(np.minimum(emissions - top, 0)) * mask
    move, finish, enter = np.exp(steps) + LEAST, np.exp(end) + LEAST, np.exp(begin) + LEAST
    texts = len(batch.lengths)
    forward = np.zeros_like(local)
    log_sum = np.zeros(texts)
    state = np.zeros((texts, len(begin)))
    norms = np.ones(len(local))
    for place in range(batch.longest):
        rows, count = batch.rows(place), batch.active[place]
        state = (enter[None, :] if place == 0 else state[:count] @ move) * local[rows]
        norm = state.sum(axis=1, keepdims=True)
        state = state / norm
        norms[rows] = norm[:, 0]
        forward[rows] = state
        log_sum[:count] += np.log(norm[:, 0]) + top[rows, 0]
    last_rows = batch.first + batch.lengths - 1
    final = (forward[last_rows] * finish).sum(axis=1)
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
            pair += forward[rows[:later]].T @ (weighted * importance[:later, None])
        back = here
        marginals[rows] = forward[rows] * back
    return log_sum, marginals, pair * move, marginals[batch.first], marginals[last_rows]


# The texts of one step of the learning, and how far a step goes at first; both by trial on held-out publishers.
BATCH = 12
RATE = 0.08
LAST_RATE = 0.002
# Adam's own constants: how long slopes and their squares are remembered, and what keeps a division from overflowing.
SLOPE_MEMORY, SQUARE_MEMORY, SMALLEST = 0.9, 0.99, 1e-6
# The weights of the last passes are averaged: each of them is still moving about the best ones.
AVERAGED = 3


class Sample:
    """A few texts side by side, free and held to their labels: one recursion does both."""

    def __init__(self, evidence: csr_matrix, lengths: Sequence[int], mask: Array, importance: Array):
        self.evidence, self.transposed = evidence, evidence.T.tocsr()
        self.batch = Batch([*lengths, *lengths])
        self.importance = np.concatenate([importance, -importance])[self.batch.order]
        self.line_importance = np.repeat(importance, lengths)[:, None]
        self.mask = np.concatenate([np.ones_like(mask), mask])

    def slope(self, chain: Chain, weights: Array) -> Array:
        """In which direction the labels become less likely."""
        emissions, steps, begin, end = chain.scores(weights, self.evidence)
        _, marginals, pair, firsts, lasts = expectations(
            np.concatenate([emissions, emissions]), steps, begin, end, self.batch, self.mask, self.importance
        )
        count = len(emissions)
        excess = self.line_importance * (marginals[:count] - marginals[count:])
        table = np.asarray(self.transposed @ excess) @ chain.tie
        ends = []
        for part in (firsts, lasts):
            vector = np.zeros(chain.phase_count)
            np.add.at(vector, chain.phases, (self.importance[:, None] * part).sum(axis=0))
            ends.append(vector)
        return np.concatenate([table.ravel(), pair.ravel(), *ends])


def train(
    chain: Chain,
    evidence: csr_matrix,
    lengths: Sequence[int],
    mask: Array,
    importance: Array,
    strength: float,
    passes: int,
    seed: int,
) -> Array:
    """The weights that make the labels likely, by stochastic descent (Adam).

    Its many small steps come to a better place than a few large ones: where labels are partial there are many places
    from which no small step leads on.

    Args:
        chain: The model.
        evidence: Lines by observations.
        lengths: How many lines each text has.
        mask: Which states each line may have.
        importance: How much each text counts.
        strength: Half the inverse variance of the weights: larger keeps them smaller.
        passes: How often every text is seen.
        seed: What the order of the texts is drawn from.
    """
    random = np.random.default_rng(seed)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    order = np.argsort(lengths, kind="stable")
    samples = []
    for start in range(0, len(order), BATCH):
        texts = order[start : start + BATCH]
        rows = np.concatenate([np.arange(offsets[text], offsets[text + 1]) for text in texts])
        samples.append(Sample(evidence[rows], [lengths[text] for text in texts], mask[rows], importance[texts]))
    weights, average = np.zeros(sum(chain.sizes)), np.zeros(sum(chain.sizes))
    slopes, squares = np.zeros_like(weights), np.zeros_like(weights)
    steps = 0
    for turn in range(passes):
        for number in random.permutation(len(samples)):
            slope = samples[number].slope(chain, weights) + 2 * strength / len(samples) * weights
            rate = RATE * (1 - steps / (passes * len(samples))) + LAST_RATE
            steps += 1
            slopes = SLOPE_MEMORY * slopes + (1 - SLOPE_MEMORY) * slope
            squares = SQUARE_MEMORY * squares + (1 - SQUARE_MEMORY) * slope * slope
            spread = np.sqrt(squares / (1 - SQUARE_MEMORY**steps)) + SMALLEST
            weights = weights - rate * slopes / (1 - SLOPE_MEMORY**steps) / spread
        if turn >= passes - AVERAGED:
            average += weights
    return average / min(passes, AVERAGED)
