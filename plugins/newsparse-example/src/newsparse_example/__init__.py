"""What Example's pages leave in a dump: a source profile and an output format."""

from collections.abc import Iterable
from pathlib import Path

from newsparse import OutputFormat, SourceProfile, hookimpl, load_profiles

__version__ = "0.1.0"


@hookimpl
def newsparse_register_sources() -> Iterable[SourceProfile]:
    """The profiles that lie beside this module."""
    return load_profiles(Path(__file__).parent)


@hookimpl
def newsparse_register_formats() -> Iterable[OutputFormat]:
    """The format of `headlines`, imported when formats are asked for."""
    from newsparse_example.headlines import HEADLINES

    return [HEADLINES]
