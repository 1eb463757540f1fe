"""Whether a plugin keeps what every plugin must, in one call."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType

# Seconds for one process: a good plugin takes a few; one whose time doubles with each character would take years.
PATIENCE = 120
# Two hash seeds that give most sets of words another order.
HASH_SEEDS = ("0", "1")


def check_plugin(module: ModuleType, texts: Iterable[str] = (), patience: float = PATIENCE) -> None:
    """Check that a plugin keeps what every plugin must.

    Its hooks are known and what they give is named; no line is lost; what it read before, another process and another
    hash seed change nothing; it pickles; it touches no network, no process and no file to write; twice the input takes
    twice the time; formats write anything, readers raise for nothing; text that it does not claim stays as it is.

    It runs in processes of its own, which know the module by its name: it must be importable.

    Args:
        module: The plugin.
        texts: Texts of its source or kind, as those of your cases: the more of its rules they meet, the more is tried.
        patience: Seconds after which a process is ended, and what it was about is the problem.

    Raises:
        AssertionError: The plugin keeps something not; the message names all that.
    """
    __tracebackhide__ = True  # pytest then shows the caller
    given = list(texts)
    runs = [_run(module.__name__, given, patience, seed, laws=seed == HASH_SEEDS[0]) for seed in HASH_SEEDS]
    problems = [found["problem"] for run in runs for found in run if "problem" in found]
    digests = {found["digest"] for run in runs for found in run if "digest" in found}
    if len(digests) > 1:
        problems.append("another hash seed gives another result: a set's order is no order")
    if problems:
        raise AssertionError("\n- ".join([f"{module.__name__}:", *dict.fromkeys(problems)]))


def _run(module: str, texts: list[str], patience: float, hash_seed: str, laws: bool) -> list[dict[str, str]]:
    """What a process of its own tells of the plugin."""
    path = [os.path.abspath(part) for part in sys.path]  # noqa: PTH100 - "" is the folder that we are in
    request = json.dumps({"module": module, "path": path, "texts": texts, "laws": laws})
    command = [sys.executable, "-m", "newsparse.testing.watched"]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(path)}
    try:
        done = subprocess.run(command, input=request.encode(), capture_output=True, timeout=patience, env=environment)
    except subprocess.TimeoutExpired as expired:
        found = list(_read(expired.stdout or b""))
        last = next((each["step"] for each in reversed(found) if "step" in each), "start")
        return [*found, {"problem": f"{last}: not done after {patience:g} seconds"}]
    found = list(_read(done.stdout))
    if done.returncode:
        found.append({"problem": f"the process ended with {done.returncode}: {done.stderr.decode()[-500:]}"})
    return found


def _read(output: bytes) -> Iterator[dict[str, str]]:
    for line in output.splitlines(keepends=True):
        if line.endswith(b"\n"):
            yield json.loads(line)
