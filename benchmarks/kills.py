"""Kills a run with --jobs at random moments, lets it go on, and compares its output with that of an undisturbed run.

    python -m benchmarks.kills [--moments 30] [--seed 1]

Worker, parent and Ctrl-C by turns, with a format whose parts are put end to end and one that the parent writes. A
killed worker is replaced in the same run; a parent that was stopped is run again with --resume. Linux alone: the
workers are found in /proc.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Small parts, so that a run of seconds has many of them.
PLUGIN = """
import newsparse.jobs
newsparse.jobs.PART = 1 << 15
"""
VICTIMS = {"worker": signal.SIGKILL, "parent": signal.SIGKILL, "Ctrl-C": signal.SIGINT}
WORDS = ("harbour", "ferry", "storm", "mayor", "council", "bridge", "rain", "valley", "police", "school", "market")


def installed(folder: Path, source: str = PLUGIN) -> dict[str, str]:
    """The environment in which a plugin is installed, as an installer would leave it."""
    info = folder / "newsparse_kills-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: newsparse-kills\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[newsparse]\nkills = newsparse_kills\n")
    (folder / "newsparse_kills.py").write_text(source)
    return {**os.environ, "PYTHONPATH": str(folder), "NEWSPARSE_PLUGINS": "newsparse-kills"}


def stories(number: int, seed: int = 1) -> str:
    """JSON Lines with a text in each record."""
    chance = random.Random(seed)

    def sentence() -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(8, 22))).capitalize() + "."

    def story() -> str:
        paragraphs = [" ".join(sentence() for _ in range(3)) for _ in range(chance.randint(3, 8))]
        return "\n\n".join([" ".join(chance.choices(WORDS, k=7)).title(), *paragraphs])

    return "".join(json.dumps({"number": count, "text": story()}) + "\n" for count in range(number))


def command(paths: list[str], out: Path, *more: str) -> list[str]:
    """A run of ``newsparse parse``, in one language: its processes start sooner."""
    return [sys.executable, "-m", "newsparse", "parse", *paths, "--language", "en", "-o", str(out), *more]


def workers_of(parent: int) -> list[int]:
    """The processes that a parent started to do parts."""
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    except OSError:
        return []


def disturbed(
    paths: list[str], out: Path, environment: dict[str, str], victim: str, moment: Callable[[], object]
) -> bytes:
    """The output of a run that was hit at a moment, which is when a function returns, and went on."""
    process = subprocess.Popen(
        command(paths, out, "--jobs", "2"), env=environment, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True
    )
    moment()
    if victim == "worker":
        for worker in workers_of(process.pid)[:1]:
            os.kill(worker, VICTIMS[victim])
    elif victim == "parent":
        process.kill()
    else:
        # A terminal sends it to all.
        os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate()
    if b"Traceback" in told:
        raise AssertionError(told.decode())
    if victim == "worker" and process.returncode:
        raise AssertionError(f"a run with a killed worker ended with {process.returncode}: {told.decode()}")
    if process.returncode:
        subprocess.run(command(paths, out, "--resume", "--jobs", "2"), env=environment, cwd=ROOT, check=True)
    if left := [path.name for path in out.parent.iterdir() if path.name.startswith(".")]:
        raise AssertionError(f"left behind: {left}")
    return out.read_bytes()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--moments", type=int, default=30)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = installed(folder / "site")
        source = folder / "stories.jsonl"
        source.write_text(stories(1500))
        outputs = [folder / "whole" / "out.jsonl", folder / "whole" / "out.sqlite"]
        outputs[0].parent.mkdir()
        whole, seconds = {}, {}
        for out in outputs:
            began = time.monotonic()
            subprocess.run(command([str(source)], out, "--jobs", "2"), env=environment, cwd=ROOT, check=True)
            whole[out], seconds[out] = out.read_bytes(), time.monotonic() - began
        for number in range(chosen.moments):
            victim, out = list(VICTIMS)[number % len(VICTIMS)], outputs[number % 2]
            moment = chance.uniform(0, seconds[out])
            wait = partial(time.sleep, moment)
            target = folder / f"run{number}" / out.name
            target.parent.mkdir()
            same = disturbed([str(source)], target, environment, victim, wait) == whole[out]
            print(
                f"{number + 1:2}  {victim:7} after {moment:5.2f} s  {out.suffix:7} {'same' if same else 'OTHER BYTES'}"
            )
            if not same:
                raise SystemExit(1)


if __name__ == "__main__":
    main()
