"""``newsparse completion SHELL``: a script that lets a shell complete commands, options, names and paths.

shtab (the extra ``newsparse[completion]``) writes it from the command line itself, so it lacks nothing.
"""

import argparse
from collections.abc import Iterable, Iterator, Mapping

from newsparse.cli import DONE, command_line
from newsparse.errors import OptionError
from newsparse.plugins import PluginSet, load_plugins

NEEDED = "completion needs shtab: python -m pip install shtab"


def run(arguments: argparse.Namespace) -> int:
    """Write the script to stdout.

    Raises:
        OptionError: shtab is not installed.
    """
    try:
        import shtab
    except ImportError:
        raise OptionError(NEEDED) from None
    root = command_line()
    names = _names(load_plugins(blocked=arguments.blocked))
    paths = {"PATH": shtab.FILE, "OUT": shtab.FILE, "FILE": shtab.FILE, "FOLDER": shtab.DIRECTORY}
    for action in _actions(root):
        if action.choices is None and action.dest in names:
            action.choices = names[action.dest]
        if action.metavar in paths:
            # What shtab looks for; argparse's own actions have no such attribute.
            vars(action)["complete"] = paths[action.metavar]
    print(shtab.complete(root, shell=arguments.shell), end="")
    return DONE


def _names(plugins: PluginSet) -> Mapping[str, Iterable[str]]:
    """The names that an argument takes, as they are now: one of a plugin that comes later needs a new script."""
    return {"format": list(plugins.formats), "reader": list(plugins.readers), "source": list(plugins.sources)}


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The arguments of a command and of all below it."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _actions(below)
