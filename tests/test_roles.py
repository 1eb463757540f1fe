"""The decoder: exactly Viterbi's path, whatever it remembers."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse import roles
from newsparse.roles import Decoder
from newsparse.weights import Weights, core_weights

NAMES = tuple(f"bit{number}" for number in range(12))


def random_weights(seed: int) -> Weights:
    """The core's states and phases with random evidence and steps, small numbers so that ties are frequent."""
    chance = random.Random(seed)
    core = core_weights()
    columns = sorted({role for role, _ in core.states} | {phase for _, phase in core.states})
    evidence = {name: {column: chance.randint(-9, 9) for column in columns} for name in NAMES}
    states = [f"{phase}/{role}" for role, phase in core.states]
    steps = {state: {other: chance.randint(-4, 4) for other in states if chance.random() < 0.5} for state in states}
    enter = {"running": ("body", "subhead"), "after": ("related", "marker", "other")}
    phases = {
        phase: {after: chance.randint(-20, 3) for after in row if chance.random() < 0.8}
        for phase, row in core.phases.items()
    }
    return Weights(core.states, core.first, core.last, phases, enter, steps, -60, evidence)


def dense_path(weights: Weights, masks: list[int]) -> list[int]:
    """Plain Viterbi over every pair of states: of equal paths the one whose states are listed first, from the end
    back."""
    states = range(len(weights.states))

    def emission(mask: int, state: int) -> int:
        role, phase = weights.states[state]
        rows = [weights.evidence[name] for bit, name in enumerate(NAMES) if mask >> bit & 1]
        return sum(row.get(role, 0) + row.get(phase, 0) for row in rows)

    def step(one: int, other: int) -> int:
        (role, phase), (next_role, after) = weights.states[one], weights.states[other]
        if after not in weights.phases.get(phase, {}) or (after != phase and not may_enter(next_role, after)):
            return weights.forbidden
        return weights.phases[phase][after] + weights.steps[f"{phase}/{role}"].get(f"{after}/{next_role}", 0)

    def may_enter(role: str, phase: str) -> bool:
        return phase not in weights.enter or role in weights.enter[phase]

    scores = [
        (weights.first.get(phase, weights.forbidden) if may_enter(role, phase) else weights.forbidden)
        + emission(masks[0], s)
        for s, (role, phase) in enumerate(weights.states)
    ]
    backs = []
    for mask in masks[1:]:
        came = [max(states, key=lambda one: (scores[one] + step(one, other), -one)) for other in states]
        scores = [scores[came[other]] + step(came[other], other) + emission(mask, other) for other in states]
        backs.append(came)
    last = [weights.last.get(phase, 0) for _, phase in weights.states]
    state = max(states, key=lambda one: (scores[one] + last[one], -one))
    path = [state]
    for came in reversed(backs):
        path.append(came[path[-1]])
    return path[::-1]


@given(
    seed=st.integers(0, 50),
    masks=st.lists(st.integers(0, (1 << len(NAMES)) - 1), min_size=1, max_size=25),
)
def test_the_automaton_finds_the_path_of_dense_viterbi(seed: int, masks: list[int]) -> None:
    weights = random_weights(seed)

    assert dense_path(weights, masks) == list(Decoder(weights, NAMES).path(masks))


def test_what_is_remembered_changes_no_path(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(7)
    texts = [[chance.randrange(1 << len(NAMES)) for _ in range(chance.randint(1, 40))] for _ in range(40)]
    warm = Decoder(random_weights(1), NAMES)
    first = [warm.path(masks) for masks in texts]
    monkeypatch.setattr(roles, "MEMORY", 16)
    monkeypatch.setattr(roles, "SUMS", 4)
    forgetful = Decoder(random_weights(1), NAMES)

    assert first == [warm.path(masks) for masks in texts]
    assert first == [forgetful.path(masks) for masks in texts]


def test_a_stated_role_is_obeyed_on_any_line() -> None:
    decoder = Decoder(core_weights(), ())
    for wanted, (role, phase) in enumerate(decoder.states):
        stated = [roles.STATED if state == wanted else 0 for state in range(len(decoder.states))]

        path = decoder.path([0, 0, 0], stated={1: stated})

        assert path[1] == wanted, (role, phase)


def test_a_later_part_goes_on_where_the_earlier_one_ended() -> None:
    chance = random.Random(3)
    decoder = Decoder(random_weights(2), NAMES)
    masks = [chance.randrange(1 << len(NAMES)) for _ in range(60)]
    whole = decoder.path(masks)

    assert whole[30:] == decoder.path(masks[30:], after=whole[29])


def test_margins_say_by_how_much_the_path_wins() -> None:
    decoder = Decoder(random_weights(4), NAMES)
    masks = [5, 900, 77, 1024, 3]
    path = decoder.path(masks)

    for index, (margin, other) in enumerate(decoder.margins(masks, path)):
        own = decoder.states[path[index]][0], decoder.starts[path[index]]
        kinds = [(role, start) for (role, _), start in zip(decoder.states, decoder.starts, strict=True)]
        extra = [margin + 1 if kind != own and kind[0] is other else 0 for kind in kinds]
        turned = decoder.path(masks, stated={index: extra})
        assert margin >= 0
        assert turned[index] != path[index]
