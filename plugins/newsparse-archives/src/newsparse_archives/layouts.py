"""Records to readings: which line of a record holds what.

Takes a `Record`, gives a `Reading`: for each field the lines that state it, and a role for every line. One engine reads
all layouts; what a layout does is its table. Labelled lines come first, then the unlabelled ones of the head are laid
into the layout's slots, counted from its anchor.
"""

from collections.abc import Sequence

from newsparse import Role
from newsparse_archives.heads import Head
from newsparse_archives.readings import TEXT_FIELDS, Reading
from newsparse_archives.records import Record
from newsparse_archives.rows import Row
from newsparse_archives.tables import Layout, Vendor
from newsparse_archives.values import leading_date

# Fields whose value may be several paragraphs, also behind the text.
_LONG = TEXT_FIELDS | {"captions", "correction", "notes", "abstract"}
# Hints that only markup which states everything gives.
_FULL_HINTS = frozenset({"accession", "publication"})
# So many labels of the head show how labels and values are parted.
_STYLED = 3
# The date of a record stands within so many lines from its start.
_HEAD = 20


def read_record(record: Record, vendor: Vendor) -> Reading | None:
    """What a record states in the first of the vendor's layouts that it fits; ``None`` if it fits none."""
    if vendor.elements.fields and any(row.hint in _FULL_HINTS for row in record.rows):
        return _hinted(record.rows)
    for layout in vendor.layouts:
        reading = _LayoutReader(record, vendor, layout).read()
        if reading.is_article and not layout.needs.isdisjoint(reading.labelled):
            return reading
    return None


def _hinted(rows: Sequence[Row]) -> Reading:
    """What rows state whose markup names every field."""
    reading = Reading("markup", is_whole=True)
    for index, row in enumerate(rows):
        if not row.text:
            continue
        if row.hint is None:
            reading.roles[index] = Role.OTHER
        elif row.hint.startswith("?"):
            reading.add_unknown(index, row.hint[1:])
        else:
            reading.add(index, row.hint, row.text)
    return reading


class _LayoutReader:
    """Reads one record in one layout."""

    def __init__(self, record: Record, vendor: Vendor, layout: Layout):
        self.rows = record.rows
        self.vendor = vendor
        self.layout = layout
        self.reading = Reading(layout.name)
        # Where a line is a paragraph of text, lines next to each other say different things, save in markup.
        self._head = Head(self.rows, layout, self.reading, record.is_wrapped or any(row.flows for row in record.rows))
        self._has_cells = any(row.hint == "label" for row in self.rows)
        self._tight: frozenset[int] = frozenset()
        self.keys = [self._key(index) for index in range(len(self.rows))]
        self.markers = {
            index: found for index, row in enumerate(self.rows) if (found := vendor.markers.match(row.text))
        }

    def read(self) -> Reading:
        """The reading; an empty one where no line is of the layout."""
        needs = self.layout.needs
        if self.layout.anchor not in needs and needs.isdisjoint(key[0] or "" for key in self.keys if key):
            return self.reading
        opener = self._opener()
        self._tight = self._tight_lines(opener)
        tail = self._tail(opener)
        self._unlabel_headline(opener, tail)
        head = self._labelled(opener, tail)
        self._head.lay(head, has_text=opener is not None)
        for values in self.reading.values.values():
            values.sort()
        ended = any(self.vendor.ends.match(self.rows[index].text) for index in self.markers)
        # Where markup breaks off, its parser says so.
        self.reading.is_whole = ended or tail < len(self.rows) or any(row.flows for row in self.rows)
        return self.reading

    def _key(self, index: int, inside: bool = False) -> tuple[str | None, str, str] | None:
        """The field, value and label of a labelled line; the field of an unknown label is ``None``."""
        row, layout = self.rows[index], self.layout
        if row.hint and not layout.runs_on:
            return row.hint, row.text, row.hint
        if self._has_cells and layout.runs_on and row.hint != "label":
            return None
        if row.text in layout.bare:
            return layout.bare[row.text], "", row.text
        if inside and (layout.strict is layout.key or index in self._tight):
            return self.keys[index]
        pattern = layout.strict if inside else layout.key
        found = pattern.fullmatch(row.text) if pattern else None
        if found is None:
            return None
        value = found["value"] or found.groupdict().get("coded") or ""
        return layout.labels.get(found["label"]), value.strip(), found["label"]

    def _opener(self) -> int | None:
        """The labelled line at which the running text begins."""
        for index, key in enumerate(self.keys):
            if key and (key[0] in TEXT_FIELDS or (key[0] in self.layout.opens_body and any(map(str.isdigit, key[1])))):
                return index
        return None

    def _tight_lines(self, opener: int | None) -> frozenset[int]:
        """The labelled lines inside the text of a record that puts one blank between any label and its value."""
        layout, rows = self.layout, self.rows
        head = [index for index, key in enumerate(self.keys[: opener or 0]) if key and key[0] and key[1]]
        if layout.strict is None or len(head) < _STYLED or any(layout.strict.fullmatch(rows[n].text) for n in head):
            return frozenset()
        first: dict[str, int] = {}
        for index, key in enumerate(self.keys):
            if opener is not None and index > opener and key and key[0] in layout.tight:
                first.setdefault(key[0] or "", index)
        return frozenset(first.values())

    def _tail(self, opener: int | None) -> int:
        """Where the labelled lines behind the text begin.

        A label inside the text is text: from the end upwards, a label counts as long as few paragraphs part it from the
        next one.
        """
        tail, gap = len(self.rows), 0
        if not self.layout.tail_gap:
            return tail
        for index in range(len(self.rows) - 1, self._head_end() if opener is None else opener, -1):
            text = self.rows[index].text
            key = self._key(index, inside=True) if text else None
            if (key and key[0] in self.vendor.closing) or self.layout.closers.match(text):
                tail, gap = index, 0
            elif text and not (key and key[0]) and not self.rows[index - 1].text:
                # A label that may stand anywhere says nothing of where the text ends.
                gap += 1
                if gap > self.layout.tail_gap:
                    break
        return tail

    def _head_end(self) -> int:
        """The last line that is surely of the head, where no label opens the text."""
        labelled = [n for n, key in enumerate(self.keys) if key and key[0] and key[0] not in self.vendor.closing]
        dated = (n for n, row in enumerate(self.rows[:_HEAD]) if leading_date(row.text))
        return labelled[-1] if labelled else next(dated, 0)

    def _unlabel_headline(self, opener: int | None, tail: int) -> None:
        """Take a headline that looks like a label for what it is (``LANGUAGE: how we speak``).

        That is the first labelled line of a record, where its label is one of those behind the text and stands there
        once more.
        """
        first = next((index for index, key in enumerate(self.keys[: opener or 0]) if key and key[0]), None)
        field = first is not None and self.keys[first][0]  # type: ignore[index]  # only labelled lines were looked at
        if field in self.vendor.closing and any(key and key[0] == field for key in self.keys[tail:]):
            self.keys[first] = None  # type: ignore[index]  # the field was found at it

    def _labelled(self, opener: int | None, tail: int) -> list[int]:
        """Read all but the unlabelled lines of the head, which are given back."""
        reading, layout = self.reading, self.layout
        head: list[int] = []
        current: str | None = None
        known = gap = begun = False
        for index, row in enumerate(self.rows):
            if not row.text:
                gap = True
                continue
            if index in self.markers:
                self._mark(index)
                current, gap = None, False
                continue
            in_tail = index >= tail
            inside = not in_tail and opener is not None and index > opener
            # More labels may follow the one that opens the text, but behind its first line a label is text.
            is_text = inside and begun and layout.tail_gap and not row.hint
            key = None if is_text else self._key(index, inside=True) if inside else self.keys[index]
            if key and key[0]:
                current, known = key[0], True
                reading.labelled.add(current)
                begun = begun or current in TEXT_FIELDS
                reading.add(index, current, key[1], Role.FIELD if in_tail else None)
                # An element says itself how far it goes, and the text begins below the line that opens it.
                if row.hint == current or (current in layout.opens_body and index == opener):
                    current = None
            elif key and self._is_label(row, in_tail or (known and not inside)) and current not in TEXT_FIELDS:
                current = f"?{key[2]}"
                reading.add_unknown(index, key[2])
            elif in_tail and layout.closers.match(row.text):
                current = "copyright"
                reading.add(index, current, row.text)
            elif current and (not gap or layout.runs_on or (current in _LONG and (in_tail or current in TEXT_FIELDS))):
                if current.startswith("?"):
                    reading.roles[index] = Role.FIELD
                else:
                    reading.add(index, current, row.text)
            elif inside:
                current, begun = "body", True
                reading.add(index, current, row.text)
            elif in_tail:
                reading.roles[index] = Role.OTHER
            else:
                current = None
                head.append(index)
            gap = False
        return head

    def _is_label(self, row: Row, among_labels: bool) -> bool:
        """Whether a labelled line is taken for one though no table knows its label."""
        if not self.layout.runs_on:
            return among_labels
        return row.hint == "label" if self._has_cells else "  " in row.text

    def _mark(self, index: int) -> None:
        """Read a line that starts or ends a record."""
        self.reading.roles[index] = Role.FIELD
        if accession := self.markers[index].groupdict().get("accession"):
            self.reading.add(index, "accession", accession)
