"""The hooks as functions, and the small grammars that plugins may answer first."""

import inspect
import pickle
from collections.abc import Callable
from types import ModuleType
from typing import Any, get_type_hints

import pytest

import newsparse
from newsparse import Caption, Credit, Dateline, Document, Dump, Label, Parser, Role, WireDate, hookimpl, hookspecs
from newsparse.calls import MOST_OBJECTS, Hooks
from newsparse.extensions import Config, ParseContext, SourceProfile
from newsparse.models import Byline, Timestamp
from newsparse.plugins import PluginSet, load_plugins
from newsparse.registration import HOOKS, KINDS
from tests.plugged import plugin

SPECIFIED = {name: function for name, function in vars(hookspecs).items() if name.startswith("newsparse_")}

TEXT = """\
Ferry Returns to Harbour
By Ada Lindgren
June 3, 2024
The ferry at the pier. Photo: Jo Berg
PORT LINDEN, June 3 (Harbour Press) - The ferry that had waited outside the harbour came in on Monday, the port said.
"""
ROLES = (Role.HEADLINE, Role.BYLINE, Role.TIMESTAMP, Role.CAPTION, Role.BODY)
DOCUMENT = Document(TEXT, labels=[Label(line, role) for line, role in enumerate(ROLES, 1)])


def parsed(*plugins: ModuleType, strict: bool = False) -> Dump:
    return Parser(languages=("en",), plugins=plugins, strict=strict).parse_document(DOCUMENT)


def test_every_hook_has_a_specification_and_every_specification_a_use() -> None:
    assert SPECIFIED.keys() == set(HOOKS)
    assert all(isinstance(getattr(PluginSet, kind), property) for kind in KINDS)


@pytest.mark.parametrize("hook", SPECIFIED)
def test_a_function_has_its_hook_s_arguments_and_types(hook: str) -> None:
    function = getattr(Hooks, hook.removeprefix("newsparse_"))
    specified, offered = inspect.signature(SPECIFIED[hook]), inspect.signature(function)
    assert list(offered.parameters) == ["self", *specified.parameters, "faults"]
    wanted, given = get_type_hints(SPECIFIED[hook]), get_type_hints(function)
    assert all(given[name] == wanted[name] for name in specified.parameters)
    if "register" in hook:
        (kind,) = wanted["return"].__args__
        assert kind.__name__ in str(given["return"])
        assert KINDS[hook.removeprefix("newsparse_register_")] is kind
    else:
        assert given["return"] == wanted["return"]


ANSWERS = {
    "newsparse_parse_caption": Caption("A pier", credit=Credit("JB", photographer="J. B."), span=(0, 3)),
    "newsparse_parse_byline": Byline(["Jo Berg"]),
    "newsparse_parse_dateline": Dateline("Outer Linden"),
    "newsparse_parse_timestamp": Timestamp(WireDate("1999-12-31", "day", "")),
}


def read_by(hook: str, dump: Dump) -> object:
    (article,) = dump.articles
    return {
        "newsparse_parse_caption": article.captions[0].text,
        "newsparse_parse_byline": article.authors,
        "newsparse_parse_dateline": article.dateline and article.dateline.place,
        "newsparse_parse_timestamp": article.published and article.published.iso,
    }[hook]


EXPECTED = {
    "newsparse_parse_caption": ("A pier", "The ferry at the pier."),
    "newsparse_parse_byline": (("Jo Berg",), ("Ada Lindgren",)),
    "newsparse_parse_dateline": ("Outer Linden", "PORT LINDEN"),
    "newsparse_parse_timestamp": ("1999-12-31", "2024-06-03"),
}


@pytest.mark.parametrize("hook", ANSWERS)
def test_a_plugin_s_answer_comes_first_and_the_core_has_the_last_word(hook: str) -> None:
    theirs, ours = EXPECTED[hook]
    assert read_by(hook, parsed()) == ours
    assert read_by(hook, parsed(plugin("harbour", **{hook: lambda text: ANSWERS[hook]}))) == theirs
    assert read_by(hook, parsed(plugin("harbour", **{hook: lambda text: None}))) == ours


def test_the_span_of_a_caption_is_the_core_s() -> None:
    hook = "newsparse_parse_caption"
    (caption,) = parsed(plugin("harbour", **{hook: lambda text: ANSWERS[hook]})).articles[0].captions
    assert caption.span is not None
    assert TEXT[slice(*caption.span)] == "The ferry at the pier. Photo: Jo Berg"


def test_plugins_are_asked_by_name_and_told_language_and_context() -> None:
    asked = []

    def answering(name: str) -> ModuleType:
        def parse(text: str, language: str | None, context: ParseContext) -> Byline | None:
            asked.append((name, text, language, context.languages))
            return Byline([name.title() + " Berg"]) if name != "a" else None

        return plugin(name, newsparse_parse_byline=parse)

    dump = parsed(answering("c"), answering("b"), answering("a"))
    assert dump.articles[0].authors == ("B Berg",)
    assert asked == [(name, "By Ada Lindgren", "en", ("en",)) for name in "ab"]


def failing(text: str) -> None:
    raise LookupError("no such harbour")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(failing, "LookupError: no such harbour", id="raises"),
        pytest.param(lambda text: "Jo Berg", "gave a str, not a", id="wrong-type"),
    ],
)
@pytest.mark.parametrize("hook", ANSWERS)
def test_a_grammar_that_fails_is_named_once_and_the_core_reads_on(
    hook: str, answer: Callable[[str], Any], reason: str
) -> None:
    broken = plugin("harbour", **{hook: answer})
    parser = Parser(languages=("en",), plugins=[broken])
    for _ in range(2):  # warm as cold
        dump = parser.parse_document(DOCUMENT)
        assert dump.articles == parsed().articles
        (issue,) = dump.issues
        assert (issue.code, issue.plugin) == ("plugin-failed", "harbour")
        assert hook in issue.message
        assert reason in issue.message
    with pytest.raises(newsparse.PluginError, match=f"plugin harbour failed in {hook}"):
        parsed(broken, strict=True)


def test_a_record_with_a_wrong_field_is_a_fault() -> None:
    broken = plugin("harbour", newsparse_parse_caption=lambda text: Caption(text=3))  # type: ignore[arg-type]
    dump = parsed(broken)
    assert dump.articles == parsed().articles
    assert "a field of another type" in dump.issues[0].message


def test_a_parser_without_such_plugins_uses_the_core_s_words_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsparse.parser.hooked_words", None)
    assert parsed(plugin("harbour", newsparse_finalize_article=lambda draft: None)).issues == ()


def test_registering_without_end_stops_at_a_limit() -> None:
    def profiles() -> Any:
        number = 0
        while True:
            number += 1
            yield SourceProfile(f"harbour {number}")

    (fault,) = load_plugins([plugin("harbour", newsparse_register_sources=profiles)]).faults
    assert fault.reason == f"OptionError: gave more than {MOST_OBJECTS} objects"


def test_tracing_tells_who_was_called_and_how_long_it_took(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = plugin("harbour", newsparse_register_sources=lambda: [], newsparse_finalize_article=lambda draft: None)
    parsed(module)
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("NEWSPARSE_TRACE", "1")
    parsed(module)
    told = capsys.readouterr().err.splitlines()
    for hook in ("newsparse_register_sources", "newsparse_finalize_article"):
        (line,) = [line for line in told if line.startswith(f"newsparse: {hook} of harbour: ")]
        assert line.endswith(" ms")


def test_hooks_that_nobody_implements_are_not_there() -> None:
    hooks = load_plugins([plugin("harbour", newsparse_parse_byline=lambda text: None)]).hooks
    assert hooks.implements("newsparse_parse_byline", "newsparse_parse_caption")
    assert not hooks.implements("newsparse_parse_caption")
    faults: list[Any] = []
    assert hooks.register_sources(Config(), faults) == []
    assert faults == []


class Harbour:
    @hookimpl
    def newsparse_parse_byline(self, text: str) -> Byline:
        return Byline(["Jo Berg"])


def test_a_parser_with_such_a_plugin_pickles() -> None:
    parser = Parser(languages=("en",), plugins=[Harbour()])
    again = pickle.loads(pickle.dumps(parser))
    assert again.parse_document(DOCUMENT).articles[0].authors == ("Jo Berg",)
