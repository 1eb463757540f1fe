from pathlib import Path

import pytest

import newsparse
import newsparse_example
from newsparse.testing import Case, assert_case, check_plugin, load_cases

CASES = load_cases(Path(__file__).parent / "cases")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    assert_case(case, [newsparse_example])


def test_the_plugin_keeps_what_every_plugin_must() -> None:
    check_plugin(newsparse_example, [case.text for case in CASES])


def test_the_format_writes_a_headline_a_line() -> None:
    parser = newsparse.Parser(plugins=[newsparse_example])
    articles = [newsparse.Article("Rain  Ends"), newsparse.Article()]
    assert parser.render(articles, "example-headlines", mark="*") == "* Rain Ends\n* (none)\n"
