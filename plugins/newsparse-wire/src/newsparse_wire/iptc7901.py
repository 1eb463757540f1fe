"""IPTC 7901, revision 5 (1995): the wire of European agencies, with copies whose control characters are gone.

    [DEL ...] SOH source number SP priority SP category SP words [SP free text] CR LF LF
    keywords "/" CR LF
    STX head lines, the last one ends in "=" CR LF LF
    body ETX DDhhmm [zone] month year ... EOT

Sources: the page "IPTC 7901" of agenturjournalismus.de (layout, end line); Belga's public description, which cites the
standard's sections (4.2 source, 4.4 priority, 4.6 category, 4.8 words, 4.10 free text, 4.12 keywords, 6.2 end line).
"""

import re
from collections.abc import Mapping, Sequence

from newsparse import Role
from newsparse_wire.reading import WireFormat
from newsparse_wire.stories import CUT_MESSAGE, NO_HEADER, Story, clean, joined, notice
from newsparse_wire.times import END_LINE_RE, month_of, time_fields, year_of
from newsparse_wire.words import wire_words

WIDTH = 69
"""Lines are wrapped at so many signs, or fewer: at the longest line of the message itself."""
SHORT = 40
"""A line of the body that is shorter than this ends its paragraph: a word that long is rare even in German."""
LONGEST_HEADER = 200
"""More signs of a header line are not looked at: section 4.10 allows 50 of free text."""
HEAD_LINES = 12
"""How many lines a head has at most: signals, a correction over several lines, a wrapped headline, byline, picture."""
SECTION = 30
"""Above the headline a plain line of at most so many signs is a section (ATS: ``Situation``, ``France:``)."""
NOTE = 45
"""A note in brackets above the headline that is longer is no label of the copy but text for the desk."""

_SOH, _STX, _ETX, _EOT = "\x01\x02\x03\x04"
_HEADER = (
    r"(?P<source_id>[A-Za-z]{2,4}) ?(?P<number>\d{3,5}) {1,2}(?P<priority>\d) {1,2}(?P<category>[A-Za-z]{1,3})"
    r" {1,2}(?P<word_count>\d{1,5})(?: +(?P<service>[^ \r\n][^\r\n]{0,100}))?"
)
_HEADER_RE = re.compile(_HEADER)
# What a damaged header still says.
_LOOSE_RE = re.compile(
    r"(?P<source_id>[A-Za-z]{2,4})? ?(?P<number>\d{1,6})?(?: +(?P<priority>\d)(?!\S))?"
    r"(?: +(?P<category>[A-Za-z]{1,3})(?!\S))?(?: +(?P<word_count>\d{1,5})(?!\S))?(?: +(?P<service>\S.{0,100}))?"
)
_BYTES = rb"[A-Za-z]{2,4} ?\d{3,5} {1,2}\d {1,2}[A-Za-z]{1,3}"
_BARE = rb"(?=" + _BYTES + rb" {1,2}\d{1,5}(?: [^\r\n]{0,60})?[\r\n])"
# SOH before a header or at the head of a line; a header on a line of its own, where the signs are gone or one of them
# is damaged. The class at the front is what makes the search fast: `re` skips to the next such byte.
_START_RE = re.compile(
    rb"[\x01\r\n\x03\x04\x7f](?:(?<=\x01)(?=" + _BYTES + rb" )"
    rb"|(?<!\x01)(?P<line>\x01|(?:\xef\xbb\xbf)?[^\r\nA-Za-z]?" + _BARE + rb"))"
)
# A header, or at the input's head a frame of SOH and STX whose header is damaged: programs hold such bytes elsewhere.
_SURE_RE = re.compile(
    rb"[\x01\r\n\x03\x04\x7f](?:\xef\xbb\xbf)?" + _BARE + rb"|\x01(?=" + _BYTES + rb" )|"
    rb"\A[\s\x7f]{1,64}\x01[ -~]{8,100}[\r\n]{1,4}[\t\r\n -~\x80-\xff]{0,200}\x02"
)
_AGENCY_RE = re.compile(r"(?:^|(?<= ))(?P<name>[A-Za-z]{2,8})(?=[ -])")
_TABLE_RE = re.compile(r"\A\||\S {3,}\S")
_INDENT_RE = re.compile(r" {2,}\S|\t")


def parse(story: Story, options: Mapping[str, str]) -> None:
    """Say what the lines of a message are."""
    lines = story.lines
    header = next((row for row, line in enumerate(lines) if _SOH in line or _HEADER_RE.match(story.plain[row])), 0)
    story.outside(range(header), "before the message")
    _read_header(story, header)
    opened = next((row for row in range(header, len(lines)) if _STX in lines[row]), None)
    stop, end = _end(story, header + 1)
    head = _keywords(story, header + 1, opened, stop)
    body = _read_head(story, head, stop)
    stop = _private_part(story, body, stop)
    _read_body(story, body, stop)
    story.outside(range(end, len(lines)), "behind the message's end")


def _read_header(story: Story, row: int) -> None:
    line = clean(story.lines[row].rpartition(_SOH)[2].partition(_STX)[0])
    found = _HEADER_RE.match(line[:LONGEST_HEADER])
    if not found:
        found = _LOOSE_RE.match(line[:LONGEST_HEADER])
        story.fault(NO_HEADER, f"its header is damaged: {line[:80]!r}", row)
    if found:
        values = found.groupdict()
        numbers = {name: int(values.pop(name) or -1) for name in ("priority", "word_count")}
        story.state(**values, **{name: number for name, number in numbers.items() if number >= 0})
        names = [name for name in _AGENCY_RE.findall(values["service"] or "") if name.upper() in wire_words().agencies]
        source_id = (found["source_id"] or "").lower()
        story.state(source=names[0] if names else None, language=wire_words().languages.get(source_id))
    story.put(Role.FIELD, [row])


def _end(story: Story, first: int) -> tuple[int, int]:
    """Where the text stops and where the message ends; reads the end line."""
    lines = story.lines
    stop = next((row for row in range(first, len(lines)) if _ETX in lines[row]), None)
    if stop is None:
        rows = range(len(lines) - 1, first - 1, -1)
        stop = next((row for row in rows if END_LINE_RE.match(story.plain[row])), None)
        if stop is None or _STX in story.text:
            story.fault(CUT_MESSAGE, "it has no end mark (ETX); read as far as it goes")
    end = next((row + 1 for row in range(stop or first, len(lines)) if _EOT in lines[row]), None)
    if stop is None:
        return (len(lines), len(lines)) if end is None else (end - 1, end)
    text, _, group = lines[stop].rpartition(_ETX)
    rows = range(stop, stop + 1)
    if _ETX in lines[stop] and not clean(group) and stop + 1 < len(lines):
        # The group may stand on the line below.
        rows = range(stop, stop + 2)
        group = lines[stop + 1]
    if found := END_LINE_RE.search(clean(group)):
        year = year_of(found["year"]) if found["year"] else 0
        story.fields.update(
            time_fields(found[0], year, month_of(found["month"]), int(found["day"]), found["clock"], found["zone"])
        )
    else:
        story.state(sent=clean(group))
    if clean(text):
        # Text and end on one line: the line is text, for no line is two things.
        story.keep(stop, text)
        return stop + 1, end or stop + 1
    story.put(Role.FIELD, rows)
    return stop, end or rows.stop


def _keywords(story: Story, first: int, opened: int | None, stop: int) -> int:
    """Read the keyword lines; where the head begins."""
    rows = [row for row in range(first, opened if opened is not None else stop) if story.plain[row]]
    if opened is None:
        # Without STX the first line is the keywords, unless it closes a head.
        rows = [row for row in rows[:1] if not story.plain[row].endswith("=")]
    text = joined(story.lines[row] for row in rows)
    keywords = [word.strip() for word in text.split("/") if word.strip()]
    story.state(slugline=text.strip("/ "), keywords=keywords)
    story.put(Role.FIELD, rows)
    return opened if opened is not None else (rows[-1] + 1 if rows else first)


def _read_head(story: Story, first: int, stop: int) -> int:
    """Read the head; where the body begins."""
    rows: list[int] = []
    for row in range(first, stop):
        # A line with an indent opens a paragraph, and a dateline may end in "=" as well.
        if len(rows) == HEAD_LINES or (rows and _INDENT_RE.match(story.lines[row])):
            break
        if story.plain[row]:
            rows.append(row)
    ends = [number for number, row in enumerate(rows) if story.plain[row].endswith("=")]
    # A signal may have a mark of its own above that of the headline (``BULLETIN =``).
    last = next((number for number in ends if not _is_take(story.plain[rows[number]])), ends[0] if ends else 0)
    while last + 1 < len(rows) and rows[last + 1] == rows[last] + 1 and _is_late(story, rows[last + 1], stop):
        last += 1
    rows = rows[: last + 1]
    width = min(WIDTH, max((len(story.plain[row]) for row in range(first, stop)), default=WIDTH))
    elements = _elements([story.plain[row].rstrip("= ") for row in rows], width)
    takes: list[str] = []
    notes: list[str] = []
    for role, name, start, text in elements:
        own = rows[start : start + text.count("\n") + 1]
        text = " ".join(text.split())
        story.put(role, own, text)
        if name == "take":
            takes.append(text)
        elif name:
            story.state(**{name: text})
            notes.append(text)
    story.state(take=" ".join(takes), notice=notice([*takes, *notes]))
    return (rows[-1] + 1) if rows else first


def _is_take(line: str) -> bool:
    return wire_words().heads["takes"].fullmatch(line.rstrip("= ")) is not None


def _is_late(story: Story, row: int, stop: int) -> bool:
    """Whether a line right below the head's mark is of the head all the same: a byline or a note on pictures, alone."""
    line = story.plain[row]
    below = story.lines[row + 1] if row + 1 < stop else ""
    if wire_words().openers.match(line):
        alone = not clean(below) or below.startswith("(") or _INDENT_RE.match(below) is not None
        return alone and len(line) < WIDTH and not line.endswith((".", ":"))
    return wire_words().heads["photos"].match(line) is not None and line.endswith(")")


def _elements(lines: Sequence[str], width: int) -> list[tuple[Role, str, int, str]]:
    """The elements of a head: role, the field's name if it is none of the article's, first line, lines."""
    heads = wire_words().heads
    found: list[tuple[Role, str, int, str]] = []
    row = 0
    while row < len(lines):
        start, line = row, lines[row]
        row += 1
        if line.startswith("("):
            while ")" not in lines[row - 1] and row < len(lines):
                row += 1
            text = "\n".join(lines[start:row])
            found.append((Role.FIELD, _note_name(text, any(role is Role.HEADLINE for role, *_ in found)), start, text))
        elif heads["embargoes"].match(line):
            found.append((Role.FIELD, "embargo", start, line))
        elif wire_words().openers.match(line) and found and found[-1][0] is Role.HEADLINE:
            found.append((Role.BYLINE, "", start, line))
        elif heads["takes"].fullmatch(line) and start + 1 < len(lines):
            found.append((Role.FIELD, "take", start, line))
        else:
            while row < len(lines) and _goes_on(lines[row - 1], lines[row], width):
                row += 1
            found.append((Role.HEADLINE, "", start, "\n".join(lines[start:row])))
    return _one_headline(found)


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether a line of a head is wrapped and the following one its rest: the next word had no room any more."""
    word = following.split(" ", 1)[0]
    if len(line) + 1 + len(word) <= width or following.startswith("("):
        return False
    return not wire_words().openers.match(following) and not wire_words().heads["takes"].fullmatch(following)


def _note_name(text: str, below: bool) -> str:
    heads = wire_words().heads
    if heads["photos"].match(text):
        return "photos"
    if heads["embargoes"].match(text):
        return "embargo"
    if heads["notes"].match(text) or len(text) > NOTE or below:
        return "ed_note"
    return "take"


def _one_headline(elements: list[tuple[Role, str, int, str]]) -> list[tuple[Role, str, int, str]]:
    """Of several plain lines the headline is the first that is not short, else the last; sections stand above it."""
    plain = [number for number, (role, *_) in enumerate(elements) if role is Role.HEADLINE]
    best = next((number for number in plain if len(elements[number][3]) > SECTION), plain[-1] if plain else -1)
    for number in plain:
        if number != best:
            role = Role.SECTION if number < best else Role.DECK
            elements[number] = (role, *elements[number][1:])
    return elements


def _private_part(story: Story, first: int, stop: int) -> int:
    """Set the sign-off and what is not for print apart; where the body stops."""
    rows = [row for row in range(first, stop) if story.plain[row]]
    if rows and (found := wire_words().signoff.fullmatch(story.plain[rows[-1]])):
        story.state(signoff=found[0])
        story.put(Role.FIELD, rows[-1:])
        stop = rows[-1]
    for row in rows:
        if row < stop and wire_words().private.match(story.plain[row]):
            story.put(Role.OTHER, range(row, stop))
            return row
    return stop


def _read_body(story: Story, first: int, stop: int) -> None:
    """Read the paragraphs: parted by blank lines, by an indent, and where a line is far too short to be wrapped."""
    rows: list[int] = []
    for row in range(first, stop):
        line = story.lines[row].rstrip()
        is_table = bool(_TABLE_RE.search(line))
        above, before = (story.lines[rows[0]], story.lines[rows[-1]].rstrip()) if rows else ("", "")
        is_entry = line.startswith("- ") and (before.endswith(":") or above.startswith("- "))
        if rows and (not story.plain[row] or is_table or is_entry or _INDENT_RE.match(line) or len(before) < SHORT):
            story.put(Role.BODY, rows, joined(story.lines[own] for own in rows))
            rows = []
        if is_table:
            story.put(Role.BODY, [row], line)
        elif story.plain[row]:
            rows.append(row)
    story.put(Role.BODY, rows, joined(story.lines[own] for own in rows))
    _, opening = story.dateline()
    for piece in story.pieces:
        # What stands between head and dateline sums the report up.
        if piece is opening:
            break
        if opening and piece.role is Role.BODY:
            story.turn(piece, Role.DECK)


IPTC7901 = WireFormat(
    "iptc7901",
    "IPTC 7901: wires of European agencies, with or without control characters",
    (".iptc", ".7901"),
    _START_RE,
    _SURE_RE,
    parse,
)
