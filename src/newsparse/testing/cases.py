"""Cases: texts that lie in a folder beside what they are expected to give.

``NAME.txt`` is the text as UTF-8; a file with any other suffix is read as `newsparse.read` would read it. Beside it,
``NAME.json`` has

- ``lines``: for each line its role and its article's index, as ``caption 0``, ``marker``, or ``""`` for a blank one;
- ``articles``: the fields that say something, without spans and without what follows from the rest;
- ``source``, where a source profile was used, and ``issues``, the codes of those that were met;
- ``settings``, what the parser is told, as ``{"source": "harbour"}``; ``reading``, what its `iter_dumps` is told.

A file of several dumps has ``dumps``, a list of the first three.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff
from functools import lru_cache
from pathlib import Path
from typing import Any

import attrs

from newsparse.dicts import article_to_dict
from newsparse.dump import Dump
from newsparse.errors import OptionError
from newsparse.models import Article, Role
from newsparse.parser import Parser

EXPECTED = ".json"
# What follows from other fields, or differs from one machine to the next.
LEFT_OUT = ("id", "text", "blocks", "origin")
NOT_COMPARED = ("span", "raw")
# A parser takes a quarter of a second to make, and the cases of a folder share a few.
PARSERS_KEPT = 8


@attrs.frozen
class Case:
    """A file and what it is expected to give; `str` gives its name."""

    path: Path
    expected: Mapping[str, Any] = attrs.field(factory=dict, hash=False)

    def __str__(self) -> str:
        return self.path.stem

    @property
    def text(self) -> str:
        """The text of the file, bytes that are no UTF-8 as lone surrogates."""
        return self.path.read_bytes().decode("utf-8", "surrogateescape")

    def dumps(self, plugins: Iterable[object] | None = ()) -> list[Dump]:
        """What the file gives with some plugins; ``None``: with those that are installed."""
        given = None if plugins is None else tuple(plugins)
        parser = _parser(given, json.dumps(self.expected.get("settings", {})))
        if self.path.suffix == ".txt":
            return [parser.parse(self.text)]
        return list(parser.iter_dumps([self.path], **self.expected.get("reading", {})))


def load_cases(folder: str | Path) -> list[Case]:
    """The cases of a folder, by name.

    Raises:
        OptionError: There is none, or one of a pair is missing.

    Example:
        >>> [str(case) for case in load_cases("tests/cases")][:2]
        ['blank-lines-only', 'body-without-a-headline']
    """
    files = sorted(path for path in Path(folder).iterdir() if path.is_file())
    cases = [Case(path, _expected(path)) for path in files if path.suffix != EXPECTED]
    if not cases:
        raise OptionError(f"{folder} holds no case: a case is NAME.txt and NAME{EXPECTED}")
    stems = {path.stem for path in files if path.suffix != EXPECTED}
    for path in files:
        if path.suffix == EXPECTED and path.stem not in stems:
            raise OptionError(f"{path} stands alone: there is no text of its name")
    return cases


def assert_case(case: Case, plugins: Iterable[object] | None = ()) -> None:
    """Parse a case and compare.

    Args:
        case: One of `load_cases`.
        plugins: Plugin modules to use with the core; ``None`` for what is installed.

    Raises:
        AssertionError: It gives something else; the message is a diff, ``-`` what is expected, ``+`` what came.
    """
    __tracebackhide__ = True  # pytest then shows the caller
    dumps = case.dumps(plugins)
    expected = case.expected.get("dumps") or [case.expected]
    if len(dumps) != len(expected):
        raise AssertionError(f"{case}: {len(dumps)} dumps, not {len(expected)}")
    for dump, wanted in zip(dumps, expected, strict=True):
        got = outcome(dump)
        texts = [line.text for line in dump.lines]
        before, after = list(_readable(wanted, texts)), list(_readable(got, texts))
        if before != after:
            diff = "\n".join(unified_diff(before, after, "expected", "got", n=2, lineterm=""))
            raise AssertionError(f"{case}: gives something else\n{diff}")


def outcome(dump: Dump) -> dict[str, Any]:
    """What a dump gives, as a case states it: a draft of ``NAME.json``, to be read line by line before it is kept.

    Example:
        >>> import newsparse
        >>> outcome(newsparse.parse("\\n"))
        {'lines': [''], 'articles': []}
    """
    found: dict[str, Any] = {
        "lines": [
            "" if line.role is Role.BLANK else str(line.role) if line.article is None else f"{line.role} {line.article}"
            for line in dump.lines
        ],
        "articles": [_fields(article) for article in dump.articles],
    }
    if dump.source is not None:
        found["source"] = dump.source
    if dump.issues:
        found["issues"] = [issue.code for issue in dump.issues]
    return found


def _expected(path: Path) -> Mapping[str, Any]:
    try:
        expected: Mapping[str, Any] = json.loads(path.with_suffix(EXPECTED).read_text(encoding="utf-8"))
    except FileNotFoundError:
        hint = "`python -m newsparse.testing` drafts one"
        raise OptionError(f"{path} has no {path.stem}{EXPECTED} beside it; {hint}") from None
    except ValueError as error:
        raise OptionError(f"{path.with_suffix(EXPECTED)} is no JSON: {error}") from None
    return expected


@lru_cache(PARSERS_KEPT)
def _parser(plugins: tuple[object, ...] | None, settings: str) -> Parser:
    return Parser(plugins=plugins, **json.loads(settings))


def _readable(outcome: Mapping[str, Any], texts: list[str]) -> Iterator[str]:
    """An outcome as lines that a diff shows well: each role beside its text."""
    for number, role in enumerate(outcome.get("lines", ())):
        yield f"{number + 1:4} {role:18} {texts[number] if number < len(texts) else ''}".rstrip()
    for part in ("articles", "source", "issues"):
        value = outcome.get(part) or None
        if value is not None:
            yield from f"{part}: {json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True)}".splitlines()


def _fields(article: Article) -> dict[str, Any]:
    """The fields that say something, without spans and what follows from the rest."""
    fields: dict[str, Any] = _bare(
        {key: value for key, value in article_to_dict(article).items() if key not in LEFT_OUT}
    )
    return fields


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _bare(part) for key, part in value.items() if part not in (None, [], {}) and key not in NOT_COMPARED
        }
    return [_bare(part) for part in value] if isinstance(value, list) else value
