"""What the command line tells of inputs: every loss and every count, of all else the first few and how many more."""

import pytest

from newsparse import CUT_SHORT, RECORDS_COUNTED, RECORDS_MISSING, Issue
from newsparse.cli.faults import TOLD_EACH, Faults

FILES = TOLD_EACH + 2


@pytest.mark.parametrize(
    ("code", "told", "fatal"),
    [
        pytest.param(CUT_SHORT, FILES, True, id="cut"),
        pytest.param(RECORDS_COUNTED, FILES, False, id="counted"),
        pytest.param(RECORDS_MISSING, FILES, False, id="missing"),
        pytest.param("charset-guessed", TOLD_EACH, False, id="guessed"),
    ],
)
def test_losses_and_counts_are_told_of_every_input(
    capsys: pytest.CaptureFixture[str], code: str, told: int, fatal: bool
) -> None:
    faults = Faults()
    for number in range(FILES):
        faults.tell(f"in/{number}.txt", [Issue(code, "7 records seen")])
    faults.close()
    lines = capsys.readouterr().err.splitlines()
    assert lines[:told] == [f"newsparse: in/{number}.txt: 7 records seen" for number in range(told)]
    assert lines[told:] == ([] if told == FILES else [f"newsparse: 2 more issues {code}"])
    assert faults.fatal is fatal
