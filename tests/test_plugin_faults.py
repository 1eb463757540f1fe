"""Sixteen broken plugins, installed side by side: each leaves every parse right and is named with version and reason.

They are looked at by one fresh interpreter: each one alone, as installed plugins are, and all of them at once.
"""

import json
from typing import Any

import pytest

from tests.plugged import Site

# Acts on the text that every plugin is tried on, and says nothing by itself.
PROFILE = """
from newsparse import Clue, SourceProfile, hookimpl

def profile(**functions):
    return SourceProfile("NAME", recognise=[Clue("A-A+", points=100)], **functions)

@hookimpl
def newsparse_register_sources():
    return [profile(CALLS)]
"""


def profile(name: str, functions: str, calls: str) -> str:
    return functions + PROFILE.replace("NAME", name).replace("CALLS", calls)


SOURCE = """
from newsparse import Locale, SourceProfile, hookimpl

@hookimpl
def newsparse_register_sources(HERE):
    return [SourceProfile("NAME")]
"""
# Name, its code, the hook or step that is named, and a part of the reason.
BROKEN: dict[str, tuple[str, str, str]] = {
    "import-error": ("from newsparse import no_such_name", "import", "cannot import name 'no_such_name'"),
    "syntax-error": ("def broken(:", "import", "SyntaxError"),
    "missing-dependency": ("import no_such_package.parts", "import", "No module named 'no_such_package'"),
    "wrong-version": (
        profile("wrong-version", "", ""),
        "requirements",
        "it needs newsparse>=99, and this is newsparse 0",
    ),
    "misspelt-hook": (
        PROFILE.replace("register_sources", "register_sauces").replace("CALLS", ""),
        "newsparse_register_sauces",
        "there is no such hook; known: newsparse_register_sources",
    ),
    "wrong-signature": (SOURCE.replace("HERE", "weather"), "registration", "weather"),
    "wrong-type": (
        SOURCE.replace("HERE", "").replace("SourceProfile(", "dict(name="),
        "newsparse_register_sources",
        "gave a dict, not a SourceProfile",
    ),
    "no-name": (SOURCE.replace("HERE", "").replace("NAME", ""), "newsparse_register_sources", "without a name"),
    "core-s-name": (
        SOURCE.replace("HERE", "")
        .replace("register_sources", "register_locales")
        .replace('SourceProfile("NAME', 'Locale("en'),
        "newsparse_register_locales",
        "'en' belongs to newsparse",
    ),
    # The second by name of two that own one: the first one keeps it.
    "other-s-name": (
        SOURCE.replace("HERE", "").replace("NAME", "good"),
        "newsparse_register_sources",
        "'good' belongs to newsparse-good 1.2 already; newsparse-other-s-name 1.2 must call its own otherwise",
    ),
    "raises-registering": (
        SOURCE.replace("HERE", "").replace("return [", "raise LookupError('no harbour')\n    return ["),
        "newsparse_register_sources",
        "LookupError: no harbour",
    ),
    "raises-in-annotate": (
        profile(
            "raises-in-annotate",
            "def annotate(lines, context):\n    raise LookupError('no line')\n",
            "annotate=annotate",
        ),
        "annotate",
        "LookupError: no line",
    ),
    "raises-in-mend": (
        profile("raises-in-mend", "def mend(draft, context):\n    draft.set('blocks', (), 'mine')\n", "mend=mend"),
        "mend",
        "OptionError: blocks cannot be set",
    ),
    "raises-half-way": (
        profile(
            "raises-half-way",
            "def annotate(lines, context):\n    yield Label(1, weight=1000)\n    raise LookupError('half')\n",
            "annotate=annotate",
        ),
        "annotate",
        "LookupError: half",
    ),
    "without-end": (
        profile(
            "without-end",
            "def annotate(lines, context):\n    while True:\n        yield Label(1)\n",
            "annotate=annotate",
        ),
        "annotate",
        "gave more than 1096 labels for 6 lines",
    ),
    "changes-the-given": (
        "from newsparse import hookimpl\n@hookimpl\ndef newsparse_finalize_article(draft):\n"
        "    draft.article.extra['mood'] = 'calm'\n    object.__setattr__(draft.article, 'headline', 'Mine')\n",
        "newsparse_finalize_article",
        "changed the article it was given",
    ),
}
TEXT = """\
Ferry Returns to Harbour
A-A+

The ferry that had waited outside the harbour came in on Monday, the port authority said.

The bridge over the river Lind is open again after a year of repairs, the city said.
"""
LOOK = """
import contextlib, io, json, os, sys
from newsparse import Parser, PluginError
from newsparse.cli import main

names, text = json.loads(sys.argv[1]), sys.argv[2]

def tried(allowed, **settings):
    os.environ["NEWSPARSE_PLUGINS"] = allowed
    parser = Parser(languages=("en",), **settings)
    first, second = parser.parse(text), parser.parse(text)
    assert first == second, "cold as warm"
    listed = [[fault.hook, fault.reason] for row in parser.plugins.listing() for fault in row.faults]
    return first.to_dict(), list(parser.plugins.sources), listed

def error(**settings):
    try:
        tried(**settings)
    except PluginError as error:
        return [error.plugin, error.version, error.hook, error.reason]

found = {"plain": Parser(languages=("en",), plugins=[]).parse(text).to_dict()}
for name in names:
    allowed = f"newsparse-good,newsparse-{name}"
    found[name] = dict(zip(("dump", "sources", "listed"), tried(allowed)), strict=error(allowed=allowed, strict=True))
    os.environ["NEWSPARSE_STRICT_PLUGINS"] = "1"
    found[name]["environment"] = error(allowed=allowed)
    del os.environ["NEWSPARSE_STRICT_PLUGINS"]
os.environ["NEWSPARSE_PLUGINS"] = ",".join(["newsparse-good", *(f"newsparse-{name}" for name in names)])
shown = io.StringIO()
with contextlib.redirect_stdout(shown):
    found["code"] = main(["plugins", "--json"])
found["shown"] = json.loads(shown.getvalue())
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    site = Site(tmp_path_factory.mktemp("site"))
    site.install("newsparse-good", SOURCE.replace("HERE", "").replace("NAME", "good"))
    for name, (code, _, _) in BROKEN.items():
        code = code.replace("Label(", "__import__('newsparse').Label(")
        site.install(
            f"newsparse-{name}", code, requires="newsparse>=99" if name == "wrong-version" else "newsparse>=0.1"
        )
    done = site.run(LOOK, json.dumps(list(BROKEN)), TEXT)
    assert done.returncode == 0, done.stderr
    looked: dict[str, Any] = json.loads(done.stdout)
    return looked


every_fault = pytest.mark.parametrize("name", BROKEN)


def test_there_are_sixteen() -> None:
    assert len(BROKEN) == 16


@every_fault
def test_it_leaves_every_parse_right(found: dict[str, Any], name: str) -> None:
    plain, dump = found["plain"], found[name]["dump"]
    assert dump["articles"] == plain["articles"]
    assert dump["lines"] == plain["lines"]
    assert plain["articles"][0]["headline"] == "Ferry Returns to Harbour"
    assert "good" in found[name]["sources"]


@every_fault
def test_it_is_named_with_version_and_reason(found: dict[str, Any], name: str) -> None:
    _, hook, reason = BROKEN[name]
    ((listed_hook, listed_reason),) = found[name]["listed"]
    assert listed_hook == hook
    assert reason in listed_reason
    issues = found[name]["dump"]["issues"]
    (issue,) = issues
    assert (issue["code"], issue["plugin"]) == ("plugin-failed", f"newsparse-{name} 1.2")
    assert issue["message"].startswith(f"plugin newsparse-{name} 1.2 failed in {hook}: ")
    assert reason in issue["message"]


@every_fault
@pytest.mark.parametrize("by", ["strict", "environment"])
def test_it_raises_where_that_is_asked_for(found: dict[str, Any], name: str, by: str) -> None:
    _, hook, reason = BROKEN[name]
    plugin, version, raised_hook, raised_reason = found[name][by]
    assert (plugin, version, raised_hook) == (f"newsparse-{name}", "1.2", hook)
    assert reason in raised_reason


@every_fault
def test_the_list_of_plugins_names_it_among_all_others(found: dict[str, Any], name: str) -> None:
    _, hook, reason = BROKEN[name]
    assert found["code"] == 0
    (row,) = [row for row in found["shown"] if row["name"] == f"newsparse-{name}"]
    assert row["version"] == "1.2"
    assert [fault["hook"] for fault in row["faults"]] == [hook]
    assert reason.replace("6 lines", "5 lines").replace("1096", "1080") in row["faults"][0]["reason"]
    (good,) = [row for row in found["shown"] if row["name"] == "newsparse-good"]
    assert (good["registered"], good["faults"]) == ({"sources": ["good"]}, [])
