"""What went wrong with inputs, told on stderr while the work goes on."""

import sys
from collections import Counter
from collections.abc import Iterable

from newsparse.cli.terminal import printable
from newsparse.dump import Dump
from newsparse.inputs import INCOMPLETE
from newsparse.models import RECORDS_COUNTED, RECORDS_MISSING, Issue

# Of each other code this many are told one by one: a million dumps of one export have one fault a million times.
TOLD_EACH = 5
# These come once an input, and what they count of one says nothing of another.
ALWAYS_TOLD = INCOMPLETE | {RECORDS_COUNTED, RECORDS_MISSING}


def place_of(dump: Dump) -> str:
    """What messages call a dump's input; empty where it has no name."""
    origin = dump.origin
    return "/".join(filter(None, (origin.path, origin.member))) if origin else ""


class Faults:
    """Tells the issues of dumps.

    Attributes:
        fatal: Whether some input could not be opened or read to its end.
    """

    def __init__(self) -> None:
        self.fatal = False
        self._seen: Counter[str] = Counter()

    def note(self, dump: Dump) -> None:
        """Tell a dump's issues: all that lost input or count it, and the first few of every other code."""
        self.tell(place_of(dump), dump.issues)

    def tell(self, path: str, issues: Iterable[Issue]) -> None:
        """Tell the issues of one place."""
        for issue in issues:
            self._seen[issue.code] += 1
            if issue.code in INCOMPLETE:
                self.fatal = True
            if issue.code in ALWAYS_TOLD or self._seen[issue.code] <= TOLD_EACH:
                self._tell(path or "stdin", issue)

    def close(self) -> None:
        """Count what was not told one by one."""
        for code, number in self._seen.items():
            if code not in ALWAYS_TOLD and number > TOLD_EACH:
                print(f"newsparse: {number - TOLD_EACH:,} more issues {code}", file=sys.stderr)

    def _tell(self, path: str, issue: Issue) -> None:
        line = f":{issue.line}" if issue.line else ""
        # The message of an input that cannot be opened may well name it.
        place = "" if path in issue.message else f"{path}{line}: "
        print(f"newsparse: {printable(place + issue.message)}", file=sys.stderr)
