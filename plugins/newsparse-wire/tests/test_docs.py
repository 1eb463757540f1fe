import re
from pathlib import Path

import pytest

from newsparse_wire.words import wire_words

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "reference" / "wire.md").read_text("utf-8")
SOURCES = [path.read_text("utf-8") for path in (ROOT / "plugins/newsparse-wire/src/newsparse_wire").glob("*.py")]


@pytest.mark.parametrize("wire", ["anpa1312", "zczc"])
def test_every_variant_is_in_the_reference(wire):
    assert all(f"`{name}`" in PAGE for name in wire_words().services[wire])


def test_every_meaning_of_a_sign_is_in_the_reference():
    ours = {"headline", "deck", "format"}
    names = {
        name for desk in wire_words().services["zczc"].values() for name in " ".join(desk["signs"].values()).split()
    }
    assert [name for name in sorted(names - ours) if f"`{name}`" not in PAGE] == []


def test_every_name_that_is_stated_is_in_the_reference():
    stated = {
        name for text in SOURCES for call in re.findall(r"\.state\(([^*].*)\)", text) for name in NAMES.findall(call)
    }
    ours = {"source", "section", "language"}
    assert len(stated) > 20
    assert [name for name in sorted(stated - ours) if f"`{name}`" not in PAGE] == []


def test_every_issue_is_in_the_reference():
    codes = {
        code for text in SOURCES for code in re.findall(r'^[A-Z_]+ = "([a-z]+-[a-z-]+|unmapped)"', text, re.MULTILINE)
    }
    assert len(codes) == 5
    assert [code for code in sorted(codes) if f"`{code}`" not in PAGE] == []


NAMES = re.compile(r"(?:^|, )([a-z_]+)=")
