"""What plugins register, in the host's order."""

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from newsparse.candidates import PluginFault
from newsparse.drafts import ArticleDraft
from newsparse.errors import OptionError, PluginError, UnknownFormatError, UnknownReaderError, UnknownSourceError
from newsparse.extensions import Config, OutputFormat, ParseContext, Rule, SourceProfile
from newsparse.hookspecs import hookimpl
from newsparse.models import Article
from newsparse.plugins import load_plugins
from newsparse.registration import KINDS
from tests.plugged import giving, plugin


def test_the_core_registers_through_the_hooks() -> None:
    found = load_plugins([])
    assert {"csv", "json", "jsonl", "markdown", "text"} <= set(found.formats)
    assert {"jsonl", "text"} <= set(found.readers)
    assert {"en", "und"} <= set(found.locales)
    assert all(found.owner(kind, name).name == "newsparse" for kind in KINDS for name in getattr(found, kind))
    assert found.faults == ()


def test_what_is_registered_cannot_be_changed() -> None:
    formats: Any = load_plugins([]).formats
    with pytest.raises(TypeError):
        formats["mine"] = formats["json"]


def test_objects_come_core_first_then_by_plugin_then_by_name() -> None:
    late = plugin("a_plugin", newsparse_register_rules=lambda: [Rule("zebra"), Rule("apple")])
    early = plugin("b_plugin", newsparse_register_rules=lambda: [Rule("mango")])
    core = list(load_plugins([]).rules)
    assert list(load_plugins([early, late]).rules) == [*core, "apple", "zebra", "mango"]
    assert list(load_plugins([late, early]).rules) == [*core, "apple", "zebra", "mango"]


def test_an_object_can_be_a_plugin() -> None:
    class Weather:
        @hookimpl
        def newsparse_register_sources(self, config: Config) -> list[SourceProfile]:
            return [SourceProfile("of " + ",".join(config.languages))]

    found = load_plugins([Weather()], Config(languages=("en", "ar")))
    assert list(found.sources) == ["of en,ar"]
    assert found.owner("sources", "of en,ar").name.endswith("Weather")


def test_a_plugin_given_twice_is_one() -> None:
    module = giving("weather", SourceProfile("rain"))
    assert load_plugins([module, module]).faults == ()


def test_a_hook_may_give_nothing() -> None:
    found = load_plugins([plugin("weather", newsparse_register_sources=lambda config: None)])
    assert (dict(found.sources), found.faults) == ({}, ())


def test_a_name_is_no_plugin() -> None:
    with pytest.raises(OptionError, match="import the module"):
        load_plugins(["newsparse_rain"])


SOURCES = "newsparse_register_sources"


@pytest.mark.parametrize(
    ("hook", "function", "step", "reason"),
    [
        pytest.param(
            "newsparse_register_source", lambda: [], "newsparse_register_source", "no such hook", id="misspelt"
        ),
        pytest.param(SOURCES, lambda weather: [], "registration", "weather", id="unknown-argument"),
        pytest.param(SOURCES, lambda: 1 // 0, SOURCES, "ZeroDivisionError", id="raising"),
        pytest.param(SOURCES, lambda: sys.exit(3), SOURCES, "SystemExit: 3", id="exiting"),
        pytest.param(SOURCES, lambda: SourceProfile("rain"), SOURCES, "not iterable", id="no-list"),
        pytest.param(SOURCES, lambda: [{"name": "rain"}], SOURCES, "gave a dict, not a SourceProfile", id="wrong-type"),
        pytest.param(SOURCES, lambda: [SourceProfile("")], SOURCES, "without a name", id="no-name"),
        pytest.param(SOURCES, lambda: [SourceProfile("rain")] * 2, SOURCES, "gave 'rain' twice", id="twice"),
    ],
)
def test_a_broken_plugin_is_a_fault_and_the_others_go_on(
    hook: str, function: Callable[..., Any], step: str, reason: str
) -> None:
    module = plugin("weather", **{hook: function})
    found = load_plugins([module, giving("zephyr", SourceProfile("breeze"))])
    assert "breeze" in found.sources
    (fault,) = found.faults
    assert (fault.plugin.name, fault.hook) == ("weather", step)
    assert reason in fault.reason
    assert fault.issue().code == "plugin-failed"
    assert fault.issue().plugin == "weather"
    with pytest.raises(PluginError, match="plugin weather failed"):
        load_plugins([module], Config(strict=True))


def test_a_plugin_that_fails_to_register_leaves_nothing_behind() -> None:
    module = plugin(
        "weather",
        newsparse_register_formats=lambda: [OutputFormat("rain", open=lambda stream, context: None)],
        newsparse_register_sources=lambda: [SourceProfile("rain")],
        newsparse_register_sauces=lambda: [],
    )
    found = load_plugins([module])
    assert "rain" not in found.formats
    assert "rain" not in found.sources


def test_a_hook_that_breaks_off_registers_nothing() -> None:
    def sources() -> Any:
        yield SourceProfile("rain")
        raise LookupError("no snow")

    found = load_plugins([plugin("weather", newsparse_register_sources=sources)])
    assert dict(found.sources) == {}
    assert [fault.reason for fault in found.faults] == ["LookupError: no snow"]


def test_a_wrapper_is_refused() -> None:
    @hookimpl(wrapper=True)
    def newsparse_register_sources() -> Any:
        return (yield)

    module = ModuleType("weather")
    module.newsparse_register_sources = newsparse_register_sources  # type: ignore[attr-defined]
    (fault,) = load_plugins([module]).faults
    assert fault.hook == "newsparse_register_sources"
    assert "wrapper" in fault.reason


def test_a_hook_without_its_mark_is_a_fault() -> None:
    module = ModuleType("weather")
    module.newsparse_register_sources = lambda: [SourceProfile("rain")]  # type: ignore[attr-defined]
    (fault,) = load_plugins([module]).faults
    assert "@newsparse.hookimpl" in fault.reason


def test_a_hook_marked_optional_may_be_unknown() -> None:
    module = giving("weather", SourceProfile("rain"))
    module.newsparse_of_tomorrow = hookimpl(optionalhook=True)(lambda: None)  # type: ignore[attr-defined]
    found = load_plugins([module])
    assert (list(found.sources), found.faults) == (["rain"], ())


def test_two_owners_of_a_name_are_a_fault_that_names_both() -> None:
    first = giving("aura", SourceProfile("rain", title="Aura"))
    second = giving("boreas", SourceProfile("rain", title="Boreas"), SourceProfile("snow"))
    second.__version__ = "2.0"  # type: ignore[attr-defined]
    found = load_plugins([second, first])
    assert found.sources["rain"].title == "Aura"
    assert "snow" in found.sources
    (fault,) = found.faults
    assert str(fault.plugin) == "boreas 2.0"
    assert "aura" in fault.reason
    with pytest.raises(PluginError, match=r"boreas 2\.0 failed in newsparse_register_sources: 'rain' belongs to aura"):
        load_plugins([second, first], Config(strict=True))


def test_the_core_keeps_its_names() -> None:
    core = load_plugins([]).formats["json"]
    rival = plugin("aura", newsparse_register_formats=lambda: [OutputFormat("json", open=lambda stream, context: None)])
    found = load_plugins([rival])
    assert found.formats["json"] == core
    assert found.owner("formats", "json").name == "newsparse"
    assert len(found.faults) == 1


def test_faults_are_told_of_the_kinds_that_were_asked_for() -> None:
    module = plugin("weather", newsparse_register_formats=lambda: 1 // 0)
    found = load_plugins([module])
    assert found.faults_in("sources", "rules") == ()
    assert len(found.faults_in("formats")) == 1


def test_a_kind_is_gathered_once_and_only_when_asked_for() -> None:
    calls = []
    found = load_plugins([plugin("weather", newsparse_register_formats=lambda: calls.append("formats"))])
    assert found.sources is found.sources
    assert calls == []
    assert "json" in found.formats
    assert found.formats is found.formats
    assert calls == ["formats"]


@pytest.mark.parametrize(
    ("find", "error"),
    [
        ("format", UnknownFormatError),
        ("reader", UnknownReaderError),
        ("source", UnknownSourceError),
    ],
)
def test_an_unknown_name_is_an_error_that_lists_the_known_ones(find: str, error: type[LookupError]) -> None:
    found = load_plugins([giving("weather", SourceProfile("rain"))])
    known = next(iter(getattr(found, find + "s")))
    with pytest.raises(error, match=rf"'hail'; known: .*{known}"):
        getattr(found, find)("hail")
    assert getattr(found, find)(known).name == known


def test_finalizing_goes_plugin_by_plugin_and_names_the_one_that_fails() -> None:
    def early(draft: Any, context: ParseContext) -> None:
        draft.set("mood", context.source, "from a")

    def failing(draft: Any) -> None:
        raise KeyError("mood")

    def late(draft: Any) -> None:
        draft.set("mood", "calm", "from c")

    modules = [
        plugin(name, newsparse_finalize_article=hook) for name, hook in (("c", late), ("b", failing), ("a", early))
    ]
    draft = ArticleDraft(Article(headline="Rain Ends"))
    faults: list[PluginFault] = []
    load_plugins(modules).hooks.finalize_article(draft, ParseContext(source="rain"), faults)
    assert draft.log == [("mood", "rain", "from a"), ("mood", "calm", "from c")]
    (fault,) = faults
    assert (fault.plugin.name, fault.hook) == ("b", "newsparse_finalize_article")


def test_the_listing_has_a_row_for_every_plugin() -> None:
    broken = plugin("weather", newsparse_register_sauces=lambda: [])
    rows = load_plugins([broken, giving("zephyr", SourceProfile("breeze"))]).listing()
    assert [row.name for row in rows] == ["newsparse", "weather", "zephyr"]
    assert rows[0].version
    assert rows[0].registered["formats"] == ("csv", "json", "jsonl", "markdown", "sqlite", "standoff", "text")
    assert (dict(rows[1].registered), len(rows[1].faults)) == ({}, 1)
    assert (dict(rows[2].registered), rows[2].faults) == ({"sources": ("breeze",)}, ())


def test_a_given_plugin_can_be_blocked() -> None:
    found = load_plugins([giving("weather", SourceProfile("rain"))], blocked=["Weather"])
    assert dict(found.sources) == {}
