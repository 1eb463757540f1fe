"""HTML and XML to rows: each block of text a row, with the field that the vendor's table gives its element.

One lenient parser reads both, so that broken markup is read as far as it goes. Nothing is expanded or fetched: an XML
file that declares entities is refused, and expat, which reads along, says where XML is broken.
"""

import re
from html.parser import HTMLParser
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from newsparse import CUT_SHORT, Issue
from newsparse_archives.rows import Row
from newsparse_archives.tables import Vendor

BROKEN = "broken-markup"
"""The code of an issue: markup is not well-formed, or ends before its end."""

# A tag that has not ended after so many characters is none: its text is kept, without the signs of markup.
STUCK = 1 << 16
# How deep an end tag may look for its start; deeper nesting is no layout.
DEPTH = 64


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _names(
    "address article aside blockquote body caption center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 head header hr html li main nav ol option p pre section select table tbody td tfoot th thead title tr ul"
)
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
# An element of these closes an open one of the same kind, which authors of HTML leave open.
_SELF_CLOSING = _names("p li td th tr dt dd option")
_SILENT = _names("script style head title noscript")
_TAGS = re.compile(r"<[^<>]*>?")


class _EntityError(Exception):
    """An XML file declares an entity."""


class _Element(NamedTuple):
    """An element that is open."""

    tag: str
    field: str | None
    """The field that it or one around it holds."""
    is_field: bool
    """Whether the field is its own."""
    is_record: bool


class Markup(HTMLParser):
    """Reads the markup of one file, piece by piece.

    Args:
        vendor: Whose tables say what an element is.
        is_xml: Read XML elements, not HTML classes.
    """

    def __init__(self, vendor: Vendor, is_xml: bool):
        super().__init__(convert_charrefs=True)
        self.issues: list[Issue] = []
        self._vendor = vendor
        self._is_xml = is_xml
        self._fields = {name.lower(): field for name, field in vendor.elements.fields.items()}
        self._inline = {name.lower() for name in vendor.elements.inline}
        self._records = {name.lower() for name in vendor.elements.record}
        self._open: list[_Element] = []
        self._silent: str | None = None
        self._rows: list[Row] = []
        self._text: list[str] = []
        self._opens = True
        self._gapped = True
        self._checker = _checker() if is_xml else None
        self._begun = False
        self._refused = False

    def read(self, text: str, is_end: bool = False) -> list[Row]:
        """The rows that became whole with one more piece of the file."""
        self._check(text, is_end)
        if self._refused:
            return []
        try:
            self.feed(text)
            if is_end:
                self.close()
        except AssertionError:
            # The parser's own way to give up on a marked section that HTML does not know.
            self._keep_stuck()
        if len(self.rawdata) > STUCK or is_end:
            self._keep_stuck()
        if is_end:
            self._flush(gap=True)
        rows, self._rows = self._rows, []
        return rows

    def _keep_stuck(self) -> None:
        text, self.rawdata = self.rawdata, ""
        self.handle_data(_TAGS.sub(" ", text))

    def _check(self, text: str, is_end: bool) -> None:
        """Let expat read along until it finds the first fault."""
        if self._checker is None:
            return
        if not self._begun:
            text = text.lstrip("\ufeff \t\r\n")
            self._begun = bool(text)
        try:
            self._checker.Parse(text.encode("utf-8", "replace"), is_end)
        except _EntityError:
            self._refused = True
            message = "the XML declares entities, which are never expanded: nothing of it was read; remove its DOCTYPE"
            self.issues.append(Issue(CUT_SHORT, message))
            self._checker = None
        except expat.ExpatError as error:
            message = f"broken XML ({error}); read as far as it goes"
            self.issues.append(Issue(BROKEN, message))
            self._checker = None

    def set_cdata_mode(self, elem: str, **_: bool) -> None:
        """Stay in the normal mode: a style whose end is broken must not swallow the file."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        tag = tag.rpartition(":")[2]
        if not self._is_xml:
            if tag == "br":
                self._flush(gap=False)
                return
            if tag in _BLOCKS or tag in ("style", "script"):
                self._silent = None
            if tag in _SILENT:
                self._silent = self._silent or tag
        field, is_record = self._stated(tag, attrs)
        if self._breaks(tag) or field or is_record:
            self._flush(gap=True)
        if tag in _VOID and not self._is_xml:
            return
        if not self._is_xml and tag in _SELF_CLOSING and self._open and self._open[-1].tag == tag:
            self._open.pop()
        if is_record:
            self._opens = True
        inherited = self._open[-1].field if self._open else None
        if self._is_xml and field is None and inherited is None and self._open and self._open[-1].is_record:
            field = f"?{tag}"
        self._open.append(_Element(tag, field or inherited, field is not None, is_record))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those inside of it that were left open."""
        tag = tag.rpartition(":")[2]
        if tag == self._silent:
            self._silent = None
        depth = next((n for n, one in enumerate(reversed(self._open[-DEPTH:]), 1) if one.tag == tag), 0)
        closed = self._open[len(self._open) - depth :] if depth else []
        if self._breaks(tag) or any(one.is_field or one.is_record for one in closed):
            self._flush(gap=True)
        if depth:
            del self._open[-depth:]
            self._opens = self._opens or any(one.is_record for one in closed)

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._silent is None:
            self._text.append(data)

    def unknown_decl(self, data: str) -> None:
        """Take the text of a CDATA section."""
        if data.startswith("CDATA["):
            self.handle_data(data[6:])

    def _breaks(self, tag: str) -> bool:
        """Whether an element parts the text before it from the text inside."""
        return tag not in self._inline if self._is_xml else tag in _BLOCKS

    def _stated(self, tag: str, attrs: list[tuple[str, str | None]]) -> tuple[str | None, bool]:
        """The field that an element holds, and whether it is a record."""
        if self._is_xml:
            return self._fields.get(tag), tag in self._records
        markup = self._vendor.markup
        # The table's patterns are of whole class names; `article enArticle` has two.
        classes = next((value or "" for name, value in attrs if name == "class"), "").split()[:DEPTH]
        field = next((f for pattern, f in markup.classes if any(pattern.fullmatch(one) for one in classes)), None)
        pattern = markup.record_class
        is_record = tag in markup.record_tags and (pattern is None or any(pattern.fullmatch(one) for one in classes))
        return field, is_record

    def _flush(self, gap: bool) -> None:
        """End a row; with a gap, a blank row parts it from the next."""
        text = " ".join("".join(self._text).replace("\xa0", " ").split())
        self._text.clear()
        field = self._open[-1].field if self._open else None
        marked = any(one.is_record for one in self._open[-DEPTH:])
        if text:
            self._opens = self._opens or (not marked and field is not None and field == self._vendor.markup.opens)
            self._rows.append(Row(f"{text}\n", hint=field, opens=self._opens, marked=marked, flows=True))
            self._opens = False
            self._gapped = False
        if gap and not self._gapped:
            self._rows.append(Row("\n", marked=marked, flows=True))
            self._gapped = True


def _checker() -> expat.XMLParserType:
    checker = expat.ParserCreate("utf-8")

    def refuse(*_: object) -> NoReturn:
        raise _EntityError

    checker.EntityDeclHandler = refuse
    checker.ExternalEntityRefHandler = refuse
    return checker
