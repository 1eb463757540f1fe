"""What files were taken for, told on stderr for those that the caller did not name one by one."""

import sys
from collections import Counter
from collections.abc import Sequence

from newsparse.cli.terminal import many, printable
from newsparse.sniffing import Taken

# So many files are told one by one; of more, the counts say whether a kind of file was taken for another.
TOLD = 20
# Where all files are plain text there is nothing to tell.
PLAIN = "text"


class Readers:
    """Tells what the files of folders and archives were taken for.

    Args:
        paths: The inputs as the caller named them.
    """

    def __init__(self, paths: Sequence[str]):
        self._named = frozenset(paths)
        self._held: list[Taken] = []
        self._told = 0
        self._more: Counter[str] = Counter()

    def note(self, taken: Taken) -> None:
        """Tell a file's reader and why, while there are few; plain texts wait for a file of another kind."""
        if taken.score is None or (taken.member is None and (taken.path is None or taken.path in self._named)):
            return
        if self._told + len(self._held) >= TOLD:
            self._more[taken.reader.name] += 1
        else:
            self._held.append(taken)
        if self._told or taken.reader.name != PLAIN:
            for waiting in self._held:
                print(f"newsparse: {printable(str(waiting))}", file=sys.stderr)
            self._told += len(self._held)
            self._held.clear()

    def close(self) -> None:
        """Count what was not told one by one."""
        if self._told and self._more:
            kinds = ", ".join(f"{count:,} as {name}" for name, count in self._more.most_common())
            print(f"newsparse: {many(self._more.total(), 'more file')}: {kinds}", file=sys.stderr)
