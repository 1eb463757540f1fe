"""Digests of dumps, to compare results without keeping them: here, in other threads, in another process.

Run as a script it reads a pickled list of texts and prints their digests as JSON.
"""

import hashlib
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence

from newsparse import Dump, Parser


def digest(dump: Dump) -> str:
    """What `to_dict` says of a dump, reasons included, in a few characters."""
    return hashlib.sha256(json.dumps(dump.to_dict(explain=True)).encode("ascii")).hexdigest()


def digests_elsewhere(texts: Sequence[str], hash_seed: int) -> list[str]:
    """The digests that a new process with this PYTHONHASHSEED finds."""
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed)}
    done = subprocess.run(
        [sys.executable, __file__],
        input=pickle.dumps(texts),
        env=environment,
        capture_output=True,
        check=True,
    )
    found: list[str] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    parser = Parser(plugins=[])
    print(json.dumps([digest(parser.parse(text)) for text in pickle.load(sys.stdin.buffer)]))
