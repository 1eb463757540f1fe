"""A process of its own in which a plugin is tried: ``python -m newsparse.testing.watched``, started by `check_plugin`.

It reads a request from stdin, one JSON object, and writes what it finds to stdout, an object a line, so that one who
has lost patience still knows how far it came.
"""

import hashlib
import json
import os
import sys
from importlib import import_module

from newsparse.candidates import reason_of
from newsparse.testing.guard import forbid
from newsparse.testing.plugin_laws import LAWS, Subject, registers


def main() -> None:
    """Try the plugin that stdin names."""
    request = json.load(sys.stdin)
    # What the plugin prints goes to stderr, and what is found where stdout was.
    found = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def tell(kind: str, what: str) -> None:
        print(json.dumps({kind: what}), file=found, flush=True)

    sys.path[:] = request["path"]
    sys.dont_write_bytecode = True
    forbid(lambda what: tell("problem", what))
    tell("step", "import")
    try:
        subject = Subject(import_module(request["module"]), tuple(request["texts"]))
    except BaseException as error:
        tell("problem", f"it cannot be imported: {reason_of(error)}")
        return
    for name, law in LAWS.items() if request["laws"] else ():
        tell("step", name)
        broken = False
        try:
            for problem in law(subject):
                tell("problem", problem)
                broken = True
        except BaseException as error:
            tell("problem", f"{name}: {reason_of(error)}")
        if broken and law is registers:
            return  # What is not registered cannot be tried.
    tell("step", "digest")
    tell("digest", _digest(subject))


def _digest(subject: Subject) -> str:
    """What stands for all that it gives, to be compared with another process."""
    given = {name: [dump.to_dict() for dump in dumps] for name, dumps in subject.dumps.items()}
    return hashlib.sha256(json.dumps(given).encode()).hexdigest()


if __name__ == "__main__":
    main()
