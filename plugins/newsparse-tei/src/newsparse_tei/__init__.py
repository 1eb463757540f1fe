"""Writes articles as TEI P5 and vertical text for newsparse."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from newsparse import OutputFormat, WriteContext, hookimpl

if TYPE_CHECKING:
    from newsparse_tei.documents import TeiWriter
    from newsparse_tei.verticals import VerticalWriter


def _open_tei(stream: BinaryIO, context: WriteContext) -> "TeiWriter":
    # lxml is imported when something is written, not whenever plugins are listed.
    from newsparse_tei.documents import TeiWriter

    return TeiWriter(stream, context)


def _open_vertical(stream: BinaryIO, context: WriteContext) -> "VerticalWriter":
    from newsparse_tei.verticals import VerticalWriter

    return VerticalWriter(stream, context)


@hookimpl
def newsparse_register_formats() -> Iterable[OutputFormat]:
    """TEI and vertical text."""
    return (
        OutputFormat(
            "tei", ".tei.xml", "application/tei+xml", open=_open_tei, title="TEI P5: a teiCorpus with a TEI an article"
        ),
        OutputFormat(
            "vertical",
            ".vert",
            "text/plain",
            joins=True,
            open=_open_vertical,
            title="vertical text for corpus managers: a word a line, structure as tags",
        ),
    )
