"""``python -m newsparse_ray IN OUT``: a folder of Parquet with texts in, a folder of Parquet with articles out."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newsparse import NewsparseError, OptionError
from newsparse.candidates import reason_of
from newsparse.readers.limits import RECORD
from newsparse_ray import parse

DONE, FAULTY, WRONG = 0, 1, 2
# So many different errors of rows are shown, the most frequent first.
_SHOWN = 10
# What parts the name of a file system from a path in it.
_SCHEME = "://"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    given = _command_line().parse_args(arguments)
    try:
        return _run(given)
    except NewsparseError as error:
        _say(error)
        return WRONG
    # Whatever breaks in a cluster, the reason is worth more than how Ray came to it; a file system may say it too.
    except Exception as error:
        _say(f"the run failed: {reason_of(error)}")
        return FAULTY


def _run(given: argparse.Namespace) -> int:
    if _SCHEME not in given.input and not Path(given.input).exists():
        _say(f"cannot read {given.input}: there is no such file or folder")
        return FAULTY
    if _SCHEME not in given.output and Path(given.output).exists() and any(Path(given.output).iterdir()):
        raise OptionError(f"{given.output} is not empty: its rows could not be told from new ones")
    rows = _counted(given.input, given.text)
    ray = _started(given.address)
    parse(ray.data.read_parquet(given.input), text=given.text, limit=given.limit).write_parquet(given.output)
    made, errors = _results(given.output)
    _say(f"{rows:,} rows in, {made:,} rows out, {errors.total():,} of them with an error")
    for reason, number in errors.most_common(_SHOWN):
        _say(f"{number:,} x {reason}")
    if rows != made:
        _say(f"rows were lost or came twice: parse them again into another folder than {given.output}")
    return FAULTY if errors or rows != made else DONE


def _started(address: str | None) -> Any:
    """Ray, with its driver in this process."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray

    # A cluster that is there already has its own settings.
    own = {} if address else {"include_dashboard": False}
    ray.init(address, ignore_reinit_error=True, log_to_driver=False, logging_level="warning", **own)
    ray.data.DataContext.get_current().enable_progress_bars = sys.stderr.isatty()
    return ray


def _counted(folder: str, text: str) -> int:
    """How many rows there are to parse, as the files themselves say.

    Raises:
        OptionError: They have no such column of texts, or one with a name that is needed.
    """
    from newsparse_arrow import parsed_schema

    pages = _dataset(folder)
    parsed_schema(pages.schema, text)
    return int(pages.count_rows())


def _results(folder: str) -> tuple[int, Counter[str]]:
    """How many rows came out, and how often each error."""
    errors = _dataset(folder).to_table(columns=["error"])["error"]
    return len(errors), Counter(errors.drop_null().to_pylist())


def _dataset(folder: str) -> Any:
    import pyarrow.dataset

    return pyarrow.dataset.dataset(folder, format="parquet", exclude_invalid_files=True)


def _say(message: object) -> None:
    print(f"newsparse_ray: {message}", file=sys.stderr)


def _command_line() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m newsparse_ray", description="Parse a corpus of Parquet on Ray.")
    parser.add_argument("input", metavar="IN", help="a Parquet file or a folder of them")
    parser.add_argument("output", metavar="OUT", help="a folder to write to, empty or not there yet")
    parser.add_argument("--text", default="text", metavar="NAME", help="the column of texts (text)")
    parser.add_argument("--limit", type=int, default=RECORD, metavar="BYTES", help="how many bytes a text may have")
    parser.add_argument("--address", metavar="ADDRESS", help="of a Ray cluster; without it this machine alone")
    return parser


if __name__ == "__main__":
    sys.exit(main())
