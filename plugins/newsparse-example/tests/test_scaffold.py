from pathlib import Path

import pytest

from newsparse.cli.plugin import plugin_files

ROOT = Path(__file__).parent.parent
# What this tree says otherwise: a license, and how to install a plugin beside the core.
OWN = ("pyproject.toml", "README.md")
FILES = [pytest.param(path, content, id=path) for path, content in plugin_files("example") if path not in OWN]


@pytest.mark.parametrize(("path", "content"), FILES)
def test_the_example_is_what_newsparse_plugin_new_writes(path: str, content: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == content
