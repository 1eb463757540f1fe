"""``newsparse plugin new NAME``: a plugin distribution to begin with, one profile, one format, cases and tests."""

import argparse
import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from string import Template

from newsparse import __version__
from newsparse.cli import DONE
from newsparse.errors import OptionError

PREFIX = "newsparse-"
_NAME = re.compile(r"[a-z][a-z0-9]*+(?:-[a-z0-9]++)*+")
# Long enough for any outlet; folders and modules are named after it.
LONGEST_NAME = 40


def run(arguments: argparse.Namespace) -> int:
    """Write the files, and say what to do with them."""
    name = plugin_name(arguments.name)
    folder = Path(arguments.out or f"{PREFIX}{name}")
    try:
        folder.mkdir()
    except FileExistsError:
        raise OptionError(
            f"{folder} is there already, and nothing is written over: name another folder with -o"
        ) from None
    for path, content in plugin_files(name):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
        print(target)
    print(f"next: cd {folder} && python -m pip install -e . && python -m pytest")
    return DONE


def plugin_name(given: str) -> str:
    """A plugin's name as it is used in files, less the prefix of distributions.

    Raises:
        OptionError: It is no name.

    Example:
        >>> plugin_name("newsparse-harbour-press")
        'harbour-press'
    """
    name = given.removeprefix(PREFIX)
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise OptionError(
            f"{given!r} is no name of a plugin: small letters a-z, digits and single hyphens, a letter first, at most "
            f"{LONGEST_NAME}, as harbour-press"
        )
    return name


def plugin_files(name: str) -> Iterator[tuple[str, str]]:
    """The files of a new plugin: path in its folder and content.

    Example:
        >>> [path for path, _ in plugin_files("harbour")][:3]
        ['pyproject.toml', 'README.md', 'src/newsparse_harbour/__init__.py']
    """
    major, minor = __version__.split(".")[:2]
    words = {
        "name": name,
        "module": f"{PREFIX}{name}".replace("-", "_"),
        "title": name.replace("-", " ").title(),
        "this": f"{major}.{minor}",
        "version": f"{major}.{int(minor) + 1}",
    }
    files = tomllib.loads(resources.files(__package__).joinpath("scaffold.toml").read_text(encoding="utf-8"))
    for path, content in files.items():
        yield Template(path).substitute(words), Template(content).substitute(words)
