"""``newsparse learn``: a source profile, proposed from a sample of dumps."""

import argparse
import sys
from pathlib import Path

from newsparse.cli import DONE, FAULTY
from newsparse.cli.faults import Faults
from newsparse.cli.progress import Progress
from newsparse.cli.reading import dumps, parser_for
from newsparse.counting import Counts
from newsparse.proposals import LEAST_DUMPS, proposal_toml, propose


def run(arguments: argparse.Namespace) -> int:
    """Count what the dumps share and write the profile that it proposes.

    Raises:
        NewsparseError: A reader, source or language is unknown.
        OSError: The output cannot be written.
    """
    parser, faults, counts = parser_for(arguments), Faults(), Counts()
    with Progress(wanted=arguments.out is not None) as progress:
        for dump in dumps(parser, arguments, faults, arguments.out):
            counts.add(dump)
            progress.step(len(dump.articles))
    proposal = propose(counts, arguments.name)
    toml = proposal_toml(proposal)
    if arguments.out is None:
        sys.stdout.write(toml)
    else:
        Path(arguments.out).write_text(toml, encoding="utf-8")
    told = f"{len(proposal.entries)} entries from {counts.dumps} dumps"
    if counts.dumps < LEAST_DUMPS:
        told += f"; what fewer than {LEAST_DUMPS} dumps share is not proposed, so give more of them"
    print(f"newsparse: {told}", file=sys.stderr)
    return FAULTY if faults.fatal else DONE
