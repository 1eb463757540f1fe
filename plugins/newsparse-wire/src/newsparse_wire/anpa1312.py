"""ANPA 1312 (1989): the wire of American agencies, in the ways of several services.

    SYN SYN SOH level number [device] US selector CR LF
    priority SP category [DC3|DC4] (DC1|DC2) SP keyword SP [version] SP [reference] SP MM-DD SP words CR LF
    STX "^" head lines, paragraphs ETX sender-wire-MM-DD-YY SP HHMM zone "<" CR LF FF CR LF EOT

Sources: Bob Pozar's C reader of 1994 to 1999 (github.com/pozar/anpa: codes of priority and category), the reader of
Apache Tika, Wikipedia on ANPA-1312 (control codes). Each service read the standard in its own way; what differs is in
`wire.toml`. The UPI variant follows descriptions alone and is not yet tried on real files.
"""

import re
from collections.abc import Mapping
from typing import Any

from newsparse import Role, choice_option
from newsparse_wire.anpacopy import read_body, read_head
from newsparse_wire.reading import WireFormat
from newsparse_wire.stories import CUT_MESSAGE, NO_HEADER, Story, clean, joined, notice
from newsparse_wire.times import month_of, time_fields, year_of
from newsparse_wire.words import wire_words

LONGEST_HEADER = 200
"""More signs of a header line are not looked at: the keyword has at most 24, the other fields less."""

_SOH, _STX, _ETX, _EOT = "\x01\x02\x03\x04"
_TABULAR = "\x12"
_NUMBER = rb"(?=[A-Za-z]\d{4})"
_BARE = (
    rb"[^\r\nA-Za-z]?(?=[A-Za-z]\d{4}(?:\x1f[^\r\n]{0,20}|[^\r\n]{0,20}-----| ?)\r?\n"
    rb"[A-Za-z] [A-Za-z][\x11-\x14]{0,2} {1,2}\S[^\r\n]{0,80}\d\d-\d\d)"
)
# SYN and what may be left of SOH before a header; SOH alone (Kyodo); a header on two lines of its own, where the signs
# are gone or one of them is damaged. The class at the front is what makes the search fast.
_START_RE = re.compile(
    rb"[\x16\x01\r\n\x04\x0c](?:(?<=\x16)(?:\x16*[^\r\n]?" + _NUMBER + rb"|\x16+\x01)"
    rb"|(?<=\x01)(?=[A-Za-z]\d{4}[^\r\n]{0,40}[\r\n])"
    rb"|(?<![\x16\x01])(?P<line>(?:\xef\xbb\xbf)?" + _BARE + rb"))"
)
# A header with its signs, or a frame of SYN, SOH and STX whose header is damaged.
_SURE_RE = re.compile(
    rb"\x16\x16\x01?" + _NUMBER + rb"|\x01(?=[A-Za-z]\d{4}[^\r\n]{0,40}\r?\n[^\r\n]{3,5}[\x11\x12])"
    rb"|[\r\n\x04\x0c]" + _BARE + rb"|\x16\x16\x01[^\x00-\x08]{10,200}\x02"
)
_FIRST_RE = re.compile(r"(?P<level>[A-Za-z])(?P<number>\d{4})(?P<special>[^\x1f]{0,20})(?:\x1f(?P<selector>.{0,20}))?")
_SECOND_RE = re.compile(
    r"[^A-Za-z]{0,3}(?P<priority>[A-Za-z]) (?P<category>[A-Za-z]) ?(?P<format>[\x11-\x14]{0,3}) *(?P<rest>\S.*)"
)
_DAY_RE = re.compile(r"(?P<before>.*?) *\b(?P<date>\d\d-\d\d)\b *(?P<word_count>\d{1,5})?\s*\Z")
_END_RE = re.compile(
    r"(?P<sender>[A-Za-z]{1,8})(?:-(?P<wire>[A-Za-z0-9]{1,5}))?-(?P<a>\d\d)-(?P<b>\d\d)-(?P<year>\d\d(?:\d\d)?)"
    r" +(?P<clock>\d{4}) ?(?P<zone>[A-Za-z]{1,4})?"
)
# Kyodo's: the time first, then day, month and year.
_END_CLOCK_RE = re.compile(
    r"(?P<sender>[A-Za-z]{1,8})-(?P<hour>\d\d):(?P<minute>\d\d)-(?P<a>\d\d)-(?P<b>\d\d)-(?P<year>\d\d(?:\d\d)?)"
)


def parse(story: Story, options: Mapping[str, str]) -> None:
    """Say what the lines of a message are."""
    services = wire_words().services["anpa1312"]
    variant = choice_option(options, "variant", ("auto", *services))
    lines = story.lines
    first = next((row for row, line in enumerate(lines) if _SOH in line or "\x16" in line), None)
    if first is None:
        first = next((row for row, line in enumerate(lines) if _FIRST_RE.match(line.lstrip("\x00\x16"))), 0)
    story.outside(range(first), "before the message")
    body, found = _read_header(story, first)
    stop, end, sender = _end(story, body)
    slug = next((story.plain[row].strip("^<= ") for row in range(body, stop) if story.plain[row]), "")
    given = {**found, "sender": sender.get("sender") or "", "slug": slug}
    service = services[variant] if variant != "auto" else _service(services, given)
    _read_end(story, sender, service, found.get("date"))
    if variant != "auto":
        story.state(source=service["agency"])
    body = read_head(story, body, stop, service, found.get("keyword") or "")
    read_body(story, body, stop, service)
    story.outside(range(end, len(lines)), "behind the message's end")


def _service(services: Mapping[str, Mapping[str, Any]], given: Mapping[str, str]) -> Mapping[str, Any]:
    """The service that a header gives away: the first of which one field is met, else the last."""
    for service in services.values():
        for name, pattern in service["fields"].items():
            if re.match(pattern, given.get(name, ""), re.IGNORECASE):
                return service
    return service


def _read_header(story: Story, first: int) -> tuple[int, dict[str, str]]:
    """Read the two header lines; where the text begins, and what was found."""
    lines = story.lines
    found: dict[str, str] = {"special": "", "selector": "-"}
    line = lines[first].rpartition(_SOH)[2] if first < len(lines) else ""
    one = _FIRST_RE.search(line[:LONGEST_HEADER])
    second = first + 1
    if one:
        found.update(special=one["special"].strip("- "), selector=clean(one["selector"] or ""))
        story.state(
            level=one["level"], number=one["number"], special=found["special"], selector=found["selector"].strip("-")
        )
    while second < len(lines) and not story.plain[second] and _STX not in lines[second]:
        second += 1
    two = _SECOND_RE.match(lines[second][:LONGEST_HEADER]) if second < len(lines) else None
    if two:
        signs = two["format"]
        if signs:
            story.state(tabular=_TABULAR in signs)
        story.state(priority=two["priority"], category=two["category"])
        found.update(_read_version(story, two["rest"]))
    if not one or not two:
        story.fault(NO_HEADER, f"its header is damaged: {joined(lines[first : second + 1])[:80]!r}", first)
    rows = range(first, min(second + 1, len(lines)) if two else min(first + 1, len(lines)))
    story.put(Role.FIELD, rows)
    return rows.stop, found


def _read_version(story: Story, rest: str) -> dict[str, str]:
    """Read what stands behind the format byte: keyword, version, reference, day and words."""
    day = _DAY_RE.match(rest)
    before = day["before"] if day else rest
    keyword, _, others = clean(before).partition(" ")
    version, _, reference = others.partition(" ")
    found = {"keyword": keyword}
    story.state(keyword=keyword, take=version.strip(), reference=reference.strip())
    story.state(notice=notice([version]))
    if day:
        found["date"] = day["date"]
        story.state(date=day["date"], word_count=int(day["word_count"]) if day["word_count"] else None)
    return found


def _end(story: Story, first: int) -> tuple[int, int, dict[str, str]]:
    """Where the text stops and where the message ends, and what the end line says."""
    lines = story.lines
    stop = next((row for row in range(first, len(lines)) if _ETX in lines[row]), None)
    if stop is None:
        rows = range(len(lines) - 1, first - 1, -1)
        stop = next((row for row in rows if _end_line(story.plain[row])), None)
        if stop is None or _STX in story.text:
            story.fault(CUT_MESSAGE, "it has no end mark (ETX); read as far as it goes")
    end = next((row + 1 for row in range(stop or first, len(lines)) if _EOT in lines[row]), None)
    if stop is None:
        return (len(lines), len(lines), {}) if end is None else (end - 1, end, {})
    text, _, group = lines[stop].rpartition(_ETX)
    found = _end_line(clean(group))
    sender = {name: value for name, value in found.groupdict().items() if value} if found else {}
    sender["sent"] = clean(group).rstrip("<")
    if clean(text):
        # Text and end on one line: the line is text, for no line is two things.
        story.keep(stop, text)
        return stop + 1, end or stop + 1, sender
    story.put(Role.FIELD, [stop])
    return stop, end or stop + 1, sender


def _end_line(text: str) -> re.Match[str] | None:
    return _END_RE.match(text) or _END_CLOCK_RE.match(text)


def _read_end(story: Story, sender: Mapping[str, str], service: Mapping[str, Any], date: str | None) -> None:
    if "a" not in sender:
        story.state(sent=sender.get("sent"))
        return
    first, second = int(sender["a"]), int(sender["b"])
    months_first = service["dates"] == "mdy"
    if date:
        # The header has month and day, so it tells which is which; the message may have crossed midnight since.
        month, day = map(int, date.split("-"))
        straight = (first == month) + (second == day)
        crossed = (second == month) + (first == day)
        months_first = straight > crossed if straight != crossed else months_first
    month, day = (first, second) if months_first else (second, first)
    clock = sender.get("clock") or sender["hour"] + sender["minute"]
    story.fields.update(
        time_fields(sender["sent"], year_of(sender["year"]), month_of(str(month)), day, clock, sender.get("zone"))
    )
    story.state(wire=sender.get("wire"))
    name = sender["sender"].upper()
    story.state(source=name if name in wire_words().agencies else None)


ANPA1312 = WireFormat(
    "anpa1312",
    "ANPA 1312: wires of AP, Kyodo, Bay City News and AAP; UPI: not yet tried on real files",
    (".anpa", ".ap"),
    _START_RE,
    _SURE_RE,
    parse,
    ("variant",),
)
