"""Plugins that are installed: found, allowed, blocked, and those that cannot be loaded."""

import json
import pickle
from pathlib import Path

import pytest

from newsparse.errors import PluginError
from newsparse.extensions import Config
from newsparse.plugins import load_plugins
from tests.plugged import SHOW, WORKING, Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


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
