"""``newsparse formats``: the output formats and readers there are."""

import argparse

from newsparse.cli import DONE
from newsparse.cli.listings import table
from newsparse.plugins import load_plugins


def run(arguments: argparse.Namespace) -> int:
    """List formats and readers: name, suffixes, options, what it is and whose."""
    plugins = load_plugins(blocked=arguments.blocked)
    rows = [("FORMAT (--to)", "SUFFIX", "OPTIONS", "WHAT", "FROM")]
    for form in plugins.formats.values():
        owner = plugins.owner("formats", form.name)
        rows.append((form.name, form.suffix, " ".join(form.options), form.title, str(owner)))
    rows += [("",) * 5, ("READER (--from)", "SUFFIX", "OPTIONS", "WHAT", "FROM")]
    for reader in plugins.readers.values():
        owner = plugins.owner("readers", reader.name)
        rows.append((reader.name, " ".join(reader.suffixes), " ".join(reader.options), reader.title, str(owner)))
    print(table(rows))
    return DONE
