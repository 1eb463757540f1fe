"""Every text in `tests/cases` gives the ledger and the articles that stand beside it."""

from pathlib import Path

import pytest

from newsparse.testing import Case, assert_case, load_cases

CASES = load_cases(Path(__file__).parent / "cases")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    assert_case(case)
