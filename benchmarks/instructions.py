"""How many instructions a parse takes, by valgrind: the same number on every run, so that growth and regressions show.

One Python process runs under valgrind and makes its parser ready; each task then runs in two forks of it, one that
stops at once and one that does the work. The difference is the task's own count. Needs `valgrind` and `os.fork`.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.hostile import HOSTILE
from benchmarks.texts import wire_texts
from newsparse import Parser
from newsparse.extensions import Rule
from newsparse.rules import CORE_RULES
from newsparse.testing.hostile import hurting_lines

# Twice the input may take so many times the instructions: 2 is linear, the rest is room for caches that fill.
MOST_GROWTH = 2.2
# A rule that is tried on lines of any length is measured on lines of this length and twice it.
LINE_LENGTH = 2_000
WIRE_TEXTS = 50
# Seconds after which a run counts as endless: the whole run takes about three minutes.
PATIENCE = 1_800
TINY = "Rain Ends\n\nIt rained for two days in the valley, the mayor said on Monday.\n"


class Task(NamedTuple):
    """Something to count: `prepare` runs before counting begins and gives what is counted."""

    name: str
    prepare: Callable[[Parser], Callable[[], object]]


def floor(text: str) -> dict[str, None]:
    """Split, strip, and know which lines repeat: F1, the least that anything that labels lines must do."""
    return dict.fromkeys([line.strip() for line in text.splitlines()])


def _each(function: Callable[[str], object], texts: Iterable[str]) -> None:
    for text in texts:
        function(text)


def _hostile(name: str, size: int) -> Task:
    def prepare(parser: Parser) -> Callable[[], object]:
        text = HOSTILE[name].build(size)
        return lambda: parser.parse(text)

    return Task(f"hostile/{name}/{size}", prepare)


def _pattern(rule: Rule, length: int) -> Task:
    def prepare(parser: Parser) -> Callable[[], object]:
        match = re.compile(rule.pattern or "").match
        lines = hurting_lines(length)
        return lambda: _each(match, lines)

    return Task(f"pattern/{rule.name}/{length}", prepare)


def _wire(name: str, function: Callable[[Parser], Callable[[str], object]], is_warm: bool) -> Task:
    def prepare(parser: Parser) -> Callable[[], object]:
        texts = wire_texts(WIRE_TEXTS)
        each = function(parser)
        if is_warm:
            _each(each, texts)
        return lambda: _each(each, texts)

    return Task(f"wire/{name}/{WIRE_TEXTS}", prepare)


WIRE_TASKS = (
    _wire("floor", lambda parser: floor, is_warm=False),
    # Warm comes last: its first pass happens in the process that all later forks are made of.
    _wire("cold", lambda parser: parser.parse, is_warm=False),
    _wire("warm", lambda parser: parser.parse, is_warm=True),
)


def growth_tasks(scale: float = 1.0) -> Iterator[tuple[str, Task, Task]]:
    """For each hostile input and each rule's pattern its name and the task at one size and at twice that."""
    for rule in CORE_RULES:
        if rule.pattern is not None:
            length = min(LINE_LENGTH, rule.longest // 2)
            yield f"pattern {rule.name}", _pattern(rule, length), _pattern(rule, 2 * length)
    for name, hostile in HOSTILE.items():
        size = max(10, int(hostile.counted * scale))
        yield name, _hostile(name, size), _hostile(name, 2 * size)


def _all_tasks(scale: float) -> dict[str, Task]:
    pairs = [task for _, once, twice in growth_tasks(scale) for task in (once, twice)]
    return {task.name: task for task in (*pairs, *WIRE_TASKS)}


def missing() -> str | None:
    """Why nothing can be counted here, or `None`."""
    if not shutil.which("valgrind"):
        return "valgrind is not installed"
    return None if hasattr(os, "fork") else "this system has no fork"


def count(tasks: Iterable[Task], scale: float = 1.0) -> dict[str, int | None]:
    """The instructions of each task by its name; `None` for one that did not come to its end in time."""
    names = [task.name for task in tasks]
    root = Path(__file__).parent.parent
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "valgrind",
            "--tool=cachegrind",
            "--cache-sim=no",
            f"--cachegrind-out-file={folder}/%p",
            f"--log-file={folder}/log",
        ]
        command += [sys.executable, "-m", "benchmarks.instructions", folder, str(scale), *names]
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        process = subprocess.Popen(command, cwd=root, env=environment, start_new_session=True)
        try:
            if process.wait(PATIENCE):
                raise SystemExit("a task failed under valgrind; its traceback stands above")
        except subprocess.TimeoutExpired:
            # What was counted so far stands. The forks belong to the session of the process and go with it.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        counts = {}
        for name, pids in _forks(Path(folder)):
            idle, busy = (_summary(Path(folder) / pid) for pid in pids)
            counts[name] = busy - idle if idle and busy else None
    return {name: counts.get(name) for name in names}


def _forks(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for line in (folder / "forks").read_text(encoding="utf-8").splitlines():
        name, *pids = line.split("\t")
        yield name, pids


def _summary(file: Path) -> int:
    found = re.search(r"^summary: (\d+)", file.read_text(encoding="utf-8"), re.MULTILINE) if file.exists() else None
    return int(found[1]) if found else 0


def _fork(work: Callable[[], object]) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _await(pid: int) -> None:
    if os.waitpid(pid, 0)[1]:
        sys.exit(1)


def _run(folder: Path, scale: float, names: list[str]) -> None:
    """What runs under valgrind: as many forks at a time as there are processors, their numbers noted by task."""
    parser = Parser(plugins=[])
    parser.parse(TINY)
    tasks = _all_tasks(scale)
    running: list[int] = []
    with (folder / "forks").open("w", encoding="utf-8") as forks:
        for name in names:
            work = tasks[name].prepare(parser)
            pids = []
            for job in (lambda: None, work):
                if len(running) >= (os.cpu_count() or 1):
                    _await(running.pop(0))
                pids.append(_fork(job))
                running.append(pids[-1])
            forks.write("\t".join([name, *map(str, pids)]) + "\n")
            forks.flush()
    for pid in running:
        _await(pid)


if __name__ == "__main__":
    _run(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3:])
