import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from newsparse import hookspecs
from newsparse.errors import OptionError, PluginError, UnknownFormatError, UnknownReaderError, UnknownSourceError
from newsparse.extensions import Config, OutputFormat, ParseContext, Rule, SourceProfile
from newsparse.hookspecs import hookimpl
from newsparse.models import Article
from newsparse.plugins import PluginSet, load_plugins
from newsparse.registration import HOOKS, KINDS

SHOW = """
import json
from newsparse.plugins import load_plugins
found = load_plugins()
print(json.dumps({
    "plugins": [[plugin.name, plugin.version] for plugin in found.plugins],
    "sources": {name: str(found.owner("sources", name)) for name in found.sources},
    "faults": [[fault.plugin.name, fault.hook, fault.reason] for fault in found.faults],
}))
"""

WORKING = """
from newsparse import SourceProfile, hookimpl

@hookimpl
def newsparse_register_sources():
    return [SourceProfile(NAME)]
"""


def plugin(name: str, **hooks: Callable[..., Any]) -> ModuleType:
    module = ModuleType(name)
    for hook, function in hooks.items():
        setattr(module, hook, hookimpl(function))
    return module


def giving(name: str, *objects: object) -> ModuleType:
    return plugin(name, newsparse_register_sources=lambda: list(objects))


class Draft:
    def __init__(self) -> None:
        self.article = Article(headline="Rain Ends")
        self.log: list[tuple[str, Any, str]] = []

    def set(self, field: str, value: Any, reason: str) -> None:
        self.log.append((field, value, reason))


class Site:
    """A folder of installed distributions, looked at by a fresh interpreter."""

    def __init__(self, folder: Path):
        self.folder = folder

    def install(self, name: str, code: str, version: str = "1.2", entry_points: str | None = None) -> None:
        module = name.replace("-", "_")
        (self.folder / f"{module}.py").write_text(code)
        info = self.folder / f"{module}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        listed = entry_points or f"[newsparse]\n{name.removeprefix('newsparse-')} = {module}\n"
        (info / "entry_points.txt").write_text(listed)

    def run(self, code: str = SHOW, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSPARSE_")}
        return subprocess.run(
            [sys.executable, "-c", code],
            env={**kept, "PYTHONPATH": os.pathsep.join((str(self.folder), *sys.path)), **environment},
            capture_output=True,
            text=True,
            timeout=60,
        )

    def show(self, **environment: str) -> dict[str, Any]:
        done = self.run(**environment)
        assert done.returncode == 0, done.stderr
        shown: dict[str, Any] = json.loads(done.stdout)
        return shown


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_the_core_registers_through_the_hooks() -> None:
    found = load_plugins([])
    assert list(found.formats) == ["csv", "json", "jsonl", "markdown", "sqlite", "standoff", "text"]
    assert list(found.readers) == ["jsonl", "text"]
    assert {"en", "und"} <= set(found.locales)
    assert all(found.owner(kind, name).name == "newsparse" for kind in KINDS for name in getattr(found, kind))
    assert found.faults == ()


def test_every_hook_has_a_specification_and_every_specification_a_use() -> None:
    specified = {name for name in vars(hookspecs) if name.startswith("newsparse_")}
    assert specified == set(HOOKS)
    assert all(isinstance(getattr(PluginSet, kind), property) for kind in KINDS)


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
    draft = Draft()
    issues = load_plugins(modules).finalize(draft, ParseContext(source="rain"))
    assert draft.log == [("mood", "rain", "from a"), ("mood", "calm", "from c")]
    (issue,) = issues
    assert (issue.code, issue.plugin) == ("plugin-failed", "b")
    assert "newsparse_finalize_article" in issue.message
    with pytest.raises(PluginError, match="plugin b failed"):
        load_plugins(modules, Config(strict=True)).finalize(Draft(), ParseContext())


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


def test_a_set_pickles(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.install("newsparse-rain", WORKING.replace("NAME", "'rain'"))
    monkeypatch.syspath_prepend(str(site.folder))
    import newsparse_rain

    newsparse_rain.__version__ = "1"
    found = load_plugins([newsparse_rain], Config(languages=("en",)))
    packed = pickle.dumps(found)
    again = pickle.loads(packed)
    assert (list(again.sources), again.plugins) == (["rain"], found.plugins)
    newsparse_rain.__version__ = "2"
    with pytest.raises(PluginError, match="unpickling"):
        pickle.loads(packed)


def test_installed_plugins_are_found(site: Site) -> None:
    site.install("newsparse-snow", WORKING.replace("NAME", "'snow'"), version="0.3")
    site.install("newsparse-rain", WORKING.replace("NAME", "'rain'"))
    shown = site.show()
    assert shown["sources"]["rain"] == "newsparse-rain 1.2"
    assert shown["sources"]["snow"] == "newsparse-snow 0.3"
    names = [name for name, _ in shown["plugins"]]
    assert names.index("newsparse-rain") < names.index("newsparse-snow")
    assert not [fault for fault in shown["faults"] if fault[0] in ("newsparse-rain", "newsparse-snow")]


@pytest.mark.parametrize(
    ("code", "hook", "reason"),
    [
        pytest.param("import no_such_module", "import", "No module named 'no_such_module'", id="import"),
        pytest.param("def broken(:", "import", "SyntaxError", id="syntax"),
        pytest.param("raise SystemExit('no rain today')", "import", "SystemExit: no rain today", id="exit"),
    ],
)
def test_an_installed_plugin_that_cannot_be_imported_takes_nothing_with_it(
    site: Site, code: str, hook: str, reason: str
) -> None:
    site.install("newsparse-rain", code)
    site.install("newsparse-snow", WORKING.replace("NAME", "'snow'"))
    shown = site.show(NEWSPARSE_PLUGINS="newsparse-rain,newsparse-snow")
    assert list(shown["sources"]) == ["snow"]
    ((name, step, told),) = shown["faults"]
    assert (name, step) == ("newsparse-rain", hook)
    assert reason in told


def test_broken_metadata_take_nothing_with_them(site: Site) -> None:
    site.install("newsparse-rain", WORKING.replace("NAME", "'rain'"), entry_points="[newsparse]\nrain\n")
    site.install("newsparse-snow", WORKING.replace("NAME", "'snow'"))
    shown = site.show(NEWSPARSE_PLUGINS="newsparse-snow")
    assert list(shown["sources"]) == ["snow"]
    assert [fault[:2] for fault in shown["faults"]] == [["newsparse-rain", "entry points"]]


@pytest.mark.parametrize(
    ("allowed", "sources"),
    [
        pytest.param("", [], id="empty-is-none"),
        pytest.param("newsparse-rain", ["rain"], id="distribution"),
        pytest.param(" Newsparse_Rain , ", ["rain"], id="spelling-is-folded"),
        pytest.param("snow,rain", ["rain", "snow"], id="entry-points"),
    ],
)
def test_the_environment_allows_plugins_by_name(site: Site, allowed: str, sources: list[str]) -> None:
    site.install("newsparse-rain", WORKING.replace("NAME", "'rain'"))
    site.install("newsparse-snow", WORKING.replace("NAME", "'snow'"))
    shown = site.show(NEWSPARSE_PLUGINS=allowed)
    assert list(shown["sources"]) == sources
    assert shown["faults"] == []


def test_an_allowed_plugin_that_is_not_installed_is_a_fault(site: Site) -> None:
    shown = site.show(NEWSPARSE_PLUGINS="newsparse-hail")
    assert [fault[:2] for fault in shown["faults"]] == [["newsparse-hail", "NEWSPARSE_PLUGINS"]]


def test_an_installed_plugin_can_be_blocked(site: Site) -> None:
    site.install("newsparse-rain", WORKING.replace("NAME", "'rain'"))
    code = SHOW.replace("load_plugins()", "load_plugins(blocked=['rain'])")
    done = site.run(code, NEWSPARSE_PLUGINS="newsparse-rain")
    assert json.loads(done.stdout)["sources"] == {}


def test_the_environment_makes_broken_plugins_raise(site: Site) -> None:
    site.install("newsparse-rain", "import no_such_module")
    done = site.run(NEWSPARSE_PLUGINS="rain", NEWSPARSE_STRICT_PLUGINS="1")
    assert done.returncode == 1
    assert "PluginError: plugin newsparse-rain 1.2 failed in import" in done.stderr


def test_two_distributions_with_one_name_for_a_source_are_named(site: Site) -> None:
    site.install("newsparse-rain", WORKING.replace("NAME", "'wet'"))
    site.install("newsparse-snow", WORKING.replace("NAME", "'wet'"), version="0.3")
    shown = site.show(NEWSPARSE_PLUGINS="rain,snow")
    assert shown["sources"] == {"wet": "newsparse-rain 1.2"}
    ((name, _, reason),) = shown["faults"]
    assert name == "newsparse-snow"
    assert "newsparse-rain 1.2" in reason


@pytest.mark.parametrize(
    ("call", "environment"),
    [
        pytest.param("load_plugins([])", {}, id="plugins-are-given"),
        pytest.param("load_plugins()", {"NEWSPARSE_PLUGINS": ""}, id="none-is-allowed"),
    ],
)
def test_installed_plugins_are_not_looked_for_unless_wanted(site: Site, call: str, environment: dict[str, str]) -> None:
    site.install("newsparse-rain", WORKING.replace("NAME", "'rain'"))
    # Whoever looks for distributions now fails.
    code = "import importlib.metadata, sys\nimportlib.metadata.distributions = None\n"
    code += f"from newsparse.plugins import load_plugins\nprint(list({call}.sources), 'newsparse_rain' in sys.modules)"
    done = site.run(code, **environment)
    assert (done.stdout, done.stderr) == ("[] False\n", "")
    assert site.run(code.replace(call, "load_plugins()")).returncode == 1
