"""Reads exports of LexisNexis, Factiva, ProQuest and Europresse for newsparse."""

from collections.abc import Iterable

from newsparse import Reader, hookimpl


@hookimpl
def newsparse_register_readers() -> Iterable[Reader]:
    """A reader for each vendor, and one for each container that hides whose text it holds."""
    from newsparse_archives.readers import READERS

    return READERS
