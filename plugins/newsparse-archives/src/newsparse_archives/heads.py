"""The head of a record: lines without labels, laid into the layout's slots.

Takes the indexes of such lines, puts each into the field that its place and its words give it. Slots are counted from
the layout's anchor, upwards and downwards.
"""

from collections.abc import Sequence

import attrs

from newsparse import Role
from newsparse_archives.readings import Reading
from newsparse_archives.rows import Row
from newsparse_archives.tables import Layout, Slot
from newsparse_archives.values import authors_in, language_tag, leading_date

# A line above a byline without any opening word has at least so many words, else it is no headline.
_HEADLINE_WORDS = 4


@attrs.define
class Head:
    """Lays the unlabelled lines of one record."""

    rows: Sequence[Row]
    layout: Layout
    reading: Reading
    joins: bool
    """Whether lines next to each other may be one value."""

    def lay(self, head: list[int], has_text: bool) -> None:
        """Lay the unlabelled lines of the head into slots; what is left is text where no label opens it."""
        layout = self.layout
        before, after = self._anchored(head)
        rest = self._lay(layout.before, before[::-1], skips=True)
        self.reading.roles.update(dict.fromkeys(rest, Role.OTHER))
        # Where no label says where the text begins, a deck cannot be told from the first paragraph.
        slots = [slot for slot in layout.after if has_text or not (slot.is_open and slot.block and slot.many)]
        for index in self._lay(slots, after, skips=has_text):
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

    def _lay(self, slots: Sequence[Slot], indexes: Sequence[int], skips: bool) -> list[int]:
        """Lay lines into slots, one after another; the lines that none takes, or all from the first one on."""
        position = place = 0
        left: list[int] = []
        while place < len(indexes):
            number = self._slot(slots, position, indexes[place:])
            if number is None:
                if not skips:
                    return list(indexes[place:])
                left.append(indexes[place])
                place += 1
                continue
            slot = slots[number]
            while True:
                previous = indexes[place]
                self.reading.add(previous, slot.name, self.rows[previous].text)
                place += 1
                if not (slot.block and self.joins) or place == len(indexes) or abs(indexes[place] - previous) > 1:
                    break
            position = number if slot.many else number + 1
        return left

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
