"""Source profiles in files: TOML that needs no Python.

Takes a path, or a file or folder of a package, gives `SourceProfile` records; what is wrong with a file is an error
that names the file, the key and what to do. ``docs/reference/profiles.md`` has every key.
"""

import tomllib
from collections.abc import Callable, Mapping
from importlib.resources.abc import Traversable
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from newsparse.errors import ProfileError
from newsparse.extensions import CERTAIN, CLUE_POINTS, Clue, LinePattern, SourceProfile
from newsparse.models import Role

SUFFIX = ".toml"

_TEXTS = ("name", "title", "version")
_LISTS = ("languages", "markers", "furniture", "separators", "opens", "credits")
_CLUES = {"lines": "line", "starts": "start", "phrases": "phrase"}
_KEYS = (*_TEXTS, *_LISTS, "layouts", "recognise", "labels", "patterns")


def load_profile(path: str | PathLike[str] | Traversable) -> SourceProfile:
    """The source profile that a TOML file describes.

    Args:
        path: The file: a path, or a resource of a package, as ``importlib.resources.files`` gives it.

    Raises:
        ProfileError: The file cannot be read or is no TOML, or a key or value is not what a profile holds. The message
            names the file, the key and what to do.
    """
    file = path if isinstance(path, Traversable) else Path(fspath(path))
    shown = str(file) if isinstance(file, Path) else file.name
    try:
        return read_profile(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ProfileError(f"{shown}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise ProfileError(f"{shown}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except ProfileError as error:
        raise ProfileError(f"{shown}: {error}") from None


def load_profiles(folder: str | PathLike[str] | Traversable) -> list[SourceProfile]:
    """The source profiles of all TOML files right in a folder, sorted by file name; what a plugin's hook can return.

    Raises:
        ProfileError: The folder cannot be read, or one of its files holds no profile.
    """
    place = folder if isinstance(folder, Traversable) else Path(fspath(folder))
    try:
        files = sorted((item for item in place.iterdir() if item.name.endswith(SUFFIX)), key=lambda item: item.name)
    except OSError as error:
        raise ProfileError(f"{folder}: cannot be read: {error.strerror or error}") from None
    return [load_profile(file) for file in files]


def read_profile(toml: str) -> SourceProfile:
    """The source profile that a TOML text describes.

    Raises:
        ProfileError: The text is no TOML, or a key or value is not what a profile holds.

    Example:
        >>> read_profile('name = "harbour"\\nmarkers = ["A-A+"]').markers
        ('A-A+',)
    """
    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"it is no TOML: {error}") from None
    _check_keys(table, _KEYS, "")
    if not table.get("name"):
        raise ProfileError('name is missing: write name = "..." at the top')
    values: dict[str, Any] = {key: _text(table[key], key) for key in _TEXTS if key in table}
    values |= {key: _texts(table[key], key) for key in _LISTS if key in table}
    values["layouts"] = [_texts(layout, "layouts") for layout in _list(table.get("layouts", []), "layouts")]
    values["recognise"] = _clues(_table(table.get("recognise", {}), "recognise"))
    labels = _table(table.get("labels", {}), "labels")
    values["labels"] = {label: _text(field, f"labels.{label}") for label, field in labels.items()}
    values["patterns"] = [_pattern(row) for row in _list(table.get("patterns", []), "patterns")]
    return SourceProfile(**values)


def _clues(table: Mapping[str, Any]) -> list[Clue]:
    _check_keys(table, (*_CLUES, "layout"), "recognise.")
    clues = []
    for key, kind in _CLUES.items():
        given = table.get(key, {})
        if isinstance(given, list):
            given = dict.fromkeys(_texts(given, f"recognise.{key}"), CLUE_POINTS)
        for text, points in _table(given, f"recognise.{key}").items():
            clues.append(Clue(_text(text, f"recognise.{key}"), kind, _points(points, f"recognise.{key}.{text!r}")))
    if "layout" in table:
        clues.append(Clue(kind="layout", points=_points(table["layout"], "recognise.layout")))
    return clues


def _points(value: object, key: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= CERTAIN:
        raise ProfileError(f"{key} is {value!r}: give points from 1 to {CERTAIN}, which is enough by itself")
    return value


def _pattern(row: object) -> LinePattern:
    table = _table(row, "patterns")
    name = _text(table.get("name", ""), "patterns: name")
    _check_keys(table, ("name", "pattern", "role", "contains", "starts_article"), f"patterns {name}: ")
    role = table.get("role")
    if role is not None and role not in frozenset(Role) - {Role.BLANK}:
        raise ProfileError(f"patterns {name}: role is {role!r}; known: {', '.join(Role)}")
    starts = table.get("starts_article", False)
    if not isinstance(starts, bool):
        raise ProfileError(f"patterns {name}: starts_article is {starts!r}: write true or false")
    contains = _texts(table.get("contains", []), f"patterns {name}: contains")
    pattern = _text(table.get("pattern", ""), f"patterns {name}: pattern")
    return LinePattern(name, pattern, role and Role(role), contains, starts)


def _check_keys(table: Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
    for key in table:
        if key not in known:
            raise ProfileError(f"unknown key {place}{key}; known: {', '.join(known)}")


def _checked(kind: type, what: str) -> Callable[[Any, str], Any]:
    def check(value: Any, key: str) -> Any:
        if not isinstance(value, kind):
            raise ProfileError(f"{key} is {value!r}: write {what}")
        return value

    return check


_list = _checked(list, "a list, in square brackets")
_table = _checked(Mapping, "a table, as key = value")


def _text(value: object, key: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ProfileError(f"{key} is {value!r}: write a text in quotes")
    return value


def _texts(value: object, key: str) -> list[str]:
    return [_text(item, key) for item in _list(value, key)]
