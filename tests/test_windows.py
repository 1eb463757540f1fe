"""Windows: what a line's evidence sees is the same whether the whole text is there or a window of it."""

import random
from bisect import bisect_left

import pytest

from newsparse import Parser
from newsparse import windows as windows_module
from newsparse.lines import split_lines
from newsparse.windows import REACH, windows

# Smaller blocks than a parse uses, so that a text of some thousand lines has several.
BLOCK = 4 * REACH


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_module, "BLOCK", BLOCK)


SENTENCES = (
    "The council of the upper valley met on Tuesday and agreed to nothing, the mayor said.",
    "Ferries will run again from Thursday morning, the harbour office said in a statement.",
    "No one was hurt when the old mill bridge gave way, but forty families had to leave.",
)
SHORT = (
    "Share",
    "Home",
    "Old Mill Bridge Gives Way",
    "Council of the Upper Valley Meets",
    "By Tomas Reyl",
    "3 of 5",
    "TT",
)


def long_text(seed: int, lines: int) -> str:
    """Lines that repeat near and far, sentences in runs, gaps shorter and longer than the reach."""
    chance = random.Random(seed)
    made: list[str] = []
    while len(made) < lines:
        kind = chance.random()
        if kind < 0.05:
            made += [""] * chance.choice((1, 2, 3, 40, 200, REACH - 1, REACH, REACH + 1))
        elif kind < 0.5:
            made += [chance.choice(SENTENCES) + f" {chance.randint(0, 400)}." for _ in range(chance.randint(1, 9))]
        else:
            made += [chance.choice(SHORT) for _ in range(chance.randint(1, 60))]
            made.append(f"Line {chance.randint(0, 900)} of the register of the upper valley")
    return "\n".join(made[:lines])


@pytest.mark.parametrize("seed", range(4))
def test_a_window_shows_the_same_evidence_as_the_whole_text(seed: int) -> None:
    text = long_text(seed, 3 * BLOCK)
    evidence = Parser(plugins=[]).evidence
    lines = split_lines(text)
    whole = evidence.observe(lines)

    seen = 0
    for window in windows([text]):
        masks = evidence.observe(window.lines, window.first, window.is_end)
        start = bisect_left(lines.rows, window.first + window.row)
        assert whole[start : start + window.seen] == masks[window.above : window.above + window.seen]
        seen += window.inside
    assert len(whole) == seen


@pytest.mark.parametrize("size", [1, 7, 4096, 100_000])
def test_chunks_of_any_size_make_the_same_windows(size: int) -> None:
    text = long_text(9, 2 * BLOCK + 17).replace("3 of 5\n", "3 of 5\r\n").replace("Home\n", "Home\r")
    chunks = [text[start : start + size] for start in range(0, len(text), size)]
    whole = [(window.text, list(window.stops), window.lines.texts, window.first) for window in windows([text])]

    assert whole == [(window.text, list(window.stops), window.lines.texts, window.first) for window in windows(chunks)]
    assert text == "".join(part for part, *_ in whole)


def test_what_stands_beyond_the_reach_changes_nothing() -> None:
    middle = long_text(2, 600)
    far = "\n" * (REACH + 700)
    evidence = Parser(plugins=[]).evidence
    alone = evidence.observe(split_lines("x" + far + middle + far + "y"))
    among = evidence.observe(split_lines(long_text(3, 50) + far + middle + far + long_text(4, 50)))
    count = len(split_lines(middle).rows)
    before = len(split_lines(long_text(3, 50)).rows)

    assert alone[1 : 1 + count] == among[before : before + count]
