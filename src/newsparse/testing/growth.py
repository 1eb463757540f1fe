"""Whether work grows with its input and no faster: time at one size, and at four times that."""

import time
from collections.abc import Callable

# Twice the input may take so many times as long: 2 is linear, 4 quadratic. On a busy machine two
# doublings tell them apart more surely than one.
MOST_GROWTH = 2.8
DOUBLINGS = 2
# Seconds that a run must take before its time says anything.
LONG_ENOUGH = 0.02
# A run is tried so often; its shortest time counts, since all that disturbs a run makes it longer.
TRIES = 3
# A growth that looks too fast is measured again, so often.
ATTEMPTS = 3

Prepare = Callable[[int], Callable[[], object]]
"""Takes a size and gives the work of that size, ready to run."""


def growth(prepare: Prepare, smallest: int, largest: int) -> float | None:
    """How many times as long twice the input takes, the least of a few attempts.

    Args:
        prepare: What makes the work.
        smallest: The size to begin with; it is doubled until the work takes long enough to be measured.
        largest: At this size nothing is left to find: `None`.
    """
    size = smallest
    while size <= largest:
        if _seconds(prepare(size), 1) >= LONG_ENOUGH:
            return min(_attempts(prepare, size))
        size *= 2
    return None


def _attempts(prepare: Prepare, size: int) -> list[float]:
    found: list[float] = []
    while len(found) < ATTEMPTS and (not found or found[-1] > MOST_GROWTH):
        ratio = _seconds(prepare(2**DOUBLINGS * size), TRIES) / max(_seconds(prepare(size), TRIES), 1e-9)
        found.append(ratio ** (1 / DOUBLINGS))
    return found


def _seconds(run: Callable[[], object], tries: int) -> float:
    times = []
    for _ in range(tries):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)
