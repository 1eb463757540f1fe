"""Every text in `tests/cases` gives the ledger and the articles that stand beside it.

A case is ``NAME.txt`` and ``NAME.json``: ``lines`` has for each line of the text its role and its article ("caption 0",
"marker", "" for a blank one), ``articles`` the fields that are not empty; ``settings`` is what the parser is told.
"""

import json
from pathlib import Path
from typing import Any

import pytest

import newsparse
from newsparse import Article, Dump

FOLDER = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
LEFT_OUT = ("id", "text", "blocks", "origin")


def test_every_case_is_a_pair() -> None:
    assert NAMES
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_bytes().decode("utf-8", "surrogateescape")
    expected = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))

    dump = newsparse.Parser(plugins=[], **expected.get("settings", {})).parse(text)

    assert expected["lines"] == ledger(dump)
    assert expected["articles"] == [fields(article) for article in dump.articles]


def ledger(dump: Dump) -> list[str]:
    return [
        "" if line.role == "blank" else line.role if line.article is None else f"{line.role} {line.article}"
        for line in dump.lines
    ]


def fields(article: Article) -> dict[str, Any]:
    """The fields that say something, without spans and what follows from the rest."""
    return _bare({key: value for key, value in newsparse.article_to_dict(article).items() if key not in LEFT_OUT})


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _bare(part) for key, part in value.items() if part not in (None, [], {}) and key not in ("span", "raw")
        }
    return [_bare(part) for part in value] if isinstance(value, list) else value
