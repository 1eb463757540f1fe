"""Records to readings: which line of a record holds what.

Takes a `Record`, gives a `Reading`: for each field the lines that state it, and a role for every line. One engine reads
all layouts; what a layout does is its table. Labelled lines come first, then the unlabelled ones of the head are laid
into the layout's slots, counted from its anchor.
"""

from collections import Counter
from collections.abc import Sequence

import attrs

from newsparse import Role
from newsparse_archives.records import Record
from newsparse_archives.rows import Row
from newsparse_archives.tables import Layout, Slot, Vendor
from newsparse_archives.values import authors_in, language_tag, leading_date

TEXT_FIELDS = frozenset({"lead", "body"})
"""The fields that are the running text."""

# Fields whose value may be several paragraphs, also behind the text.
_LONG = TEXT_FIELDS | {"captions", "correction", "notes", "abstract"}
_ROLES = {
    "headline": Role.HEADLINE,
    "deck": Role.DECK,
    "byline": Role.BYLINE,
    "lead": Role.BODY,
    "body": Role.BODY,
}
# Hints that only markup which states everything gives.
_FULL_HINTS = frozenset({"accession", "publication"})
# A line above a byline without any opening word has at least so many words, else it is no headline.
_HEADLINE_WORDS = 4
# The date of a record stands within so many lines from its start.
_HEAD = 20


@attrs.define
class Reading:
    """What the lines of a record state."""

    layout: str = ""
    values: dict[str, list[tuple[int, str]]] = attrs.field(factory=dict)
    """For each field the indexes of its lines and their texts without labels."""
    roles: dict[int, Role] = attrs.field(factory=dict)
    """For each line that is not blank its role."""
    labelled: set[str] = attrs.field(factory=set)
    """The fields that a label or the layout's anchor gave."""
    unmapped: Counter[str] = attrs.field(factory=Counter)
    """Labels that no table knows, and how often each stands there."""
    is_whole: bool = False
    """Whether the record's end was seen."""

    def add(self, index: int, field: str, text: str, role: Role | None = None) -> None:
        """Put a line's text into a field."""
        self.roles[index] = role or (_ROLES.get(field, Role.FIELD) if text else Role.FIELD)
        if text:
            self.values.setdefault(field, []).append((index, text))

    def add_unknown(self, index: int, label: str) -> None:
        """Count a label that no table knows."""
        self.roles[index] = Role.FIELD
        self.unmapped[label] += 1

    @property
    def is_article(self) -> bool:
        """Whether there is anything that makes an article."""
        return not self.values.keys().isdisjoint({"headline", *TEXT_FIELDS})

    @property
    def unused(self) -> int:
        """How many lines no field took."""
        return sum(role is Role.OTHER for role in self.roles.values())


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
        self._joins = record.is_wrapped or any(row.flows for row in record.rows)
        self._has_cells = any(row.hint == "label" for row in self.rows)
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
        tail = self._tail(opener)
        head = self._labelled(opener, tail)
        self._lay_head(head, has_text=opener is not None)
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
        if inside and layout.strict is layout.key:
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
            elif text and not self.rows[index - 1].text:
                gap += 1
                if gap > self.layout.tail_gap:
                    break
        return tail

    def _head_end(self) -> int:
        """The last line that is surely of the head, where no label opens the text."""
        labelled = [n for n, key in enumerate(self.keys) if key and key[0] and key[0] not in self.vendor.closing]
        dated = (n for n, row in enumerate(self.rows[:_HEAD]) if leading_date(row.text))
        return labelled[-1] if labelled else next(dated, 0)

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

    def _lay_head(self, head: list[int], has_text: bool) -> None:
        """Lay the unlabelled lines of the head into slots; what is left is text where no label opens it."""
        layout = self.layout
        before, after = self._anchored(head)
        rest = self._lay(layout.before, before[::-1])
        self.reading.roles.update(dict.fromkeys(rest, Role.OTHER))
        # Where no label says where the text begins, a deck cannot be told from the first paragraph.
        slots = [slot for slot in layout.after if has_text or not (slot.is_open and slot.block and slot.many)]
        for index in self._lay(slots, after):
            if has_text:
                self.reading.roles[index] = Role.OTHER
            else:
                self.reading.add(index, "body", self.rows[index].text)

    def _anchored(self, head: list[int]) -> tuple[list[int], list[int]]:
        """The lines above and below the anchor; a date that is the anchor is read."""
        layout = self.layout
        if layout.anchor == "top":
            return [], head
        if layout.anchor == "date":
            places = [place for place, index in enumerate(head) if leading_date(self.rows[index].text)]
        else:
            slot = next(slot for slot in layout.before if slot.name == layout.anchor)
            places = [place for place, index in enumerate(head) if slot.line and slot.line.match(self.rows[index].text)]
        if not places:
            count = {"top": 0, "first before": 1, "all before": len(head)}[layout.unanchored]
            return head[:count], head[count:]
        place = places[-1 if layout.last else 0]
        self.reading.labelled.add(layout.anchor)
        if layout.anchor != "date":
            return head[: place + 1], head[place + 1 :]
        self.reading.add(head[place], "date", self.rows[head[place]].text)
        return head[:place], head[place + 1 :]

    def _lay(self, slots: Sequence[Slot], indexes: Sequence[int]) -> list[int]:
        """Lay lines into slots, one after another; the lines from the first on that none takes."""
        position = place = 0
        while place < len(indexes):
            number = self._slot(slots, position, indexes[place:])
            if number is None:
                return list(indexes[place:])
            slot = slots[number]
            while True:
                previous = indexes[place]
                self.reading.add(previous, slot.name, self.rows[previous].text)
                place += 1
                if not (slot.block and self._joins) or place == len(indexes) or abs(indexes[place] - previous) > 1:
                    break
            position = number if slot.many else number + 1
        return []

    def _slot(self, slots: Sequence[Slot], position: int, indexes: Sequence[int]) -> int | None:
        """The number of the slot that takes the first of some lines."""
        taking = [n for n in range(position, len(slots)) if self._takes(slots[n], indexes)]
        for number in taking:
            slot = slots[number]
            # A slot that takes anything leaves a line to a later one that asks for just such a line.
            if not (slot.is_open and slot.optional and any(not slots[n].is_open for n in taking if n > number)):
                return number
        return None

    def _takes(self, slot: Slot, indexes: Sequence[int]) -> bool:
        row = self.rows[indexes[0]]
        stated = self.reading.values.get(slot.name)
        if stated and self.rows[stated[0][0]].hint == slot.name:
            return False
        placed = range(indexes[0] - slot.near, indexes[0] + slot.near + 1)
        if slot.near and not row.is_indented and self.reading.roles.keys().isdisjoint(placed):
            return False
        if slot.is_open and not slot.block and len(row.text) > slot.longest:
            return False
        if slot.kind == "date":
            return leading_date(row.text) is not None
        if slot.kind == "language":
            return language_tag(row.text) is not None
        if slot.kind == "byline":
            return self._is_byline(indexes)
        return slot.line is None or slot.line.match(row.text) is not None

    def _is_byline(self, indexes: Sequence[int]) -> bool:
        """Whether a line below the headline is a byline: by its words, or as a name below a line that is none."""
        text = self.rows[indexes[0]].text
        above = self.rows[indexes[1]].text if len(indexes) > 1 else ""
        headline = self.reading.values.get("headline")
        lone = headline is not None and headline[0][0] < indexes[0]
        return bool(authors_in(text, lone or len(above.split()) >= _HEADLINE_WORDS))
