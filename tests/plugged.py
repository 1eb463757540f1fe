"""Plugins made for a test: modules, and distributions in a folder that a fresh interpreter looks at."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from newsparse.hookspecs import hookimpl

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


class Site:
    """A folder of installed distributions, looked at by a fresh interpreter."""

    def __init__(self, folder: Path):
        self.folder = folder

    def install(
        self, name: str, code: str, version: str = "1.2", entry_points: str | None = None, requires: str | None = None
    ) -> None:
        module = name.replace("-", "_")
        (self.folder / f"{module}.py").write_text(code)
        info = self.folder / f"{module}-{version}.dist-info"
        info.mkdir()
        needs = f"Requires-Dist: {requires}\n" if requires else ""
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}")
        listed = entry_points or f"[newsparse]\n{name.removeprefix('newsparse-')} = {module}\n"
        (info / "entry_points.txt").write_text(listed)

    def run(self, code: str = SHOW, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSPARSE_")}
        return subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env={**kept, "PYTHONPATH": os.pathsep.join((str(self.folder), *sys.path)), **environment},
            capture_output=True,
            text=True,
            timeout=300,
        )

    def show(self, **environment: str) -> dict[str, Any]:
        done = self.run(**environment)
        assert done.returncode == 0, done.stderr
        shown: dict[str, Any] = json.loads(done.stdout)
        return shown
