"""RTF and DOCX to rows: a paragraph a row.

Takes the bytes of a whole file, gives its rows. Each container needs its library, an extra of this distribution; what
cannot be read is an issue.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import BinaryIO

from newsparse import CUT_SHORT, UNREADABLE, Issue
from newsparse_archives.rows import Row

LIMIT = 1 << 28
"""How many bytes of a file are read, and how many a DOCX may hold when unpacked: these files are read whole."""

_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


def rtf_rows(data: bytes, issues: list[Issue]) -> Iterator[Row]:
    """The paragraphs of an RTF file; the cells of a table's row are parted by bars."""
    try:
        rtf_to_text = import_module("striprtf.striprtf").rtf_to_text
    except ImportError:
        issues.append(_missing("RTF", "rtf"))
        return
    # RTF is ASCII: letters beyond it are escaped in the charset that the file names.
    try:
        text = rtf_to_text(data.decode("latin-1"), errors="replace")
    # The library may fail in any way on broken bytes; the input is then named and the others are read.
    except Exception as error:
        issues.append(Issue(CUT_SHORT, f"the RTF cannot be read: {error or type(error).__name__}"))
        return
    yield from _paragraphs(text.replace("\f", "\n").split("\n"))


def docx_rows(data: bytes, issues: list[Issue]) -> Iterator[Row]:
    """The paragraphs of a DOCX file, those of its tables too."""
    try:
        docx, paragraphs = import_module("docx"), import_module("docx.text.paragraph")
    except ImportError:
        issues.append(_missing("DOCX", "docx"))
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as members:
            size = sum(member.file_size for member in members.infolist())
        if size > LIMIT:
            issues.append(Issue(CUT_SHORT, f"the DOCX expands to {size:,} bytes, more than {LIMIT:,}: it was not read"))
            return
        document = docx.Document(io.BytesIO(data))
        texts = [paragraphs.Paragraph(one, document).text for one in document.element.body.iter(_PARAGRAPH)]
    # A broken archive or broken XML inside of it fails in many ways; the input is then named and the others are read.
    except Exception as error:
        issues.append(Issue(CUT_SHORT, f"the DOCX cannot be read: {error or type(error).__name__}"))
        return
    yield from _paragraphs(line for text in texts for line in text.split("\n"))


def read_whole(stream: BinaryIO, issues: list[Issue]) -> bytes:
    """The bytes of a file, up to the limit."""
    data = stream.read(LIMIT + 1) or b""
    if len(data) > LIMIT:
        issues.append(Issue(CUT_SHORT, f"the file has more than {LIMIT:,} bytes; the rest was not read"))
    return data[:LIMIT]


def _paragraphs(texts: Iterable[str]) -> Iterator[Row]:
    for text in texts:
        yield Row(f"{text}\n", flows=True)
        if text.strip():
            yield Row("\n", flows=True)


def _missing(container: str, extra: str) -> Issue:
    message = f"{container} needs the extra {extra}: python -m pip install newsparse-archives[{extra}]"
    return Issue(UNREADABLE, message)
