"""The copy of an ANPA 1312 message, between STX and ETX: head lines, then paragraphs and tables.

``^`` opens a head or centred line, and ``<``, ``=`` or ``+`` closes it; a tab or blanks open a paragraph, a backspace a
row of a table. What carries no sign goes on the line above.
"""

import re
from collections.abc import Mapping
from typing import Any

from newsparse import Role
from newsparse_wire.stories import Story, clean, joined, notice
from newsparse_wire.words import wire_words

HEAD_LINES = 40
"""How many lines a head has at most: slug, headline, pictures, notes and byline, some of them wrapped."""
SAME_SLUG = 0.6
"""So much of the header's keyword must open the first head line for that to be the slug in full."""

HEADLINE_WORDS = 3
"""A headline has at least so many words; a slug of as many is rare, and then it has a count of words behind it."""

_OPENS_RE = re.compile(r"\t| {2,}")
_RULE_RE = re.compile(r"[<^=+\s_*-]*\Z")
_COLUMN_RE = re.compile(r"(?:\x1f|\^\^)[\x1f^ ]*")
_SIGNS_RE = re.compile(r"[^0-9a-z]+")
_REFERENCE_RE = re.compile(r"[a-z]\d{4}", re.IGNORECASE)
_SLUG_COUNT_RE = re.compile(r"(?P<slug>.*?),? *,(?P<count>\d{0,5}) *\Z")


def read_head(story: Story, first: int, stop: int, service: Mapping[str, Any], keyword: str) -> int:
    """Read the head lines up to the first paragraph; where the body begins."""
    lines = story.lines
    row = first
    seen: set[str] = set()
    slug = range(0)
    while row < min(stop, first + HEAD_LINES):
        start = row
        if not story.plain[row]:
            row += 1
            continue
        if story.plain[row][0] != "^" or lines[row].startswith("\x08"):
            break
        row += 1
        # An element goes on to the sign that closes it, if the lines below carry no sign of their own.
        while row < stop and not _is_closed(lines[row - 1], service) and _is_plain(lines[row]):
            row += 1
        text = joined(lines[start:row]).strip("^ ").rstrip(f"{service['heads']} ")
        if not text or _RULE_RE.match(text):
            story.put(Role.MARKER, range(start, row))
            if text or seen:
                break
            continue
        kind = _kind(text, seen, lines[row - 1], keyword, service)
        if kind == "over":
            row = start
            break
        seen.add(kind)
        if kind == "slugline" and _reads_like_a_headline(text):
            slug = range(start, row)
        _put_head(story, kind, range(start, row), text)
    if "headline" not in seen and slug:
        story.put(Role.HEADLINE, slug, story.fields["slugline"])
    return row


def _reads_like_a_headline(text: str) -> bool:
    """Whether a slug line may be the headline too, where there is no other: several words and no count of words."""
    return len(text.split()) >= HEADLINE_WORDS and not _SLUG_COUNT_RE.match(text) and "-" not in text.split()[0]


def _is_closed(line: str, service: Mapping[str, Any]) -> bool:
    return clean(line)[-1:] in tuple(service["heads"])


def _is_plain(line: str) -> bool:
    """Whether a line carries no sign that opens anything."""
    return bool(clean(line)) and not _OPENS_RE.match(line) and line[0] not in "^\x08\x02\x03\x1f"


def _kind(text: str, seen: set[str], line: str, keyword: str, service: Mapping[str, Any]) -> str:
    """What an element of the head is."""
    heads = wire_words().heads
    if heads["routings"].fullmatch(text):
        return "routing"
    if not seen & {"slugline", "headline", "byline"} and _is_slug(text, keyword, service):
        return "slugline"
    for kind, name in (("photos", "photos"), ("notes", "ed_note"), ("advances", "advance"), ("embargoes", "embargo")):
        if heads[kind].match(text):
            return name
    if wire_words().openers.match(text) and "byline" not in seen:
        return "byline"
    if seen & {"byline"}:
        is_title = heads["byline_titles"].fullmatch(text) and "byline_title" not in seen
        return "byline_title" if is_title else "over"
    if "headline" not in seen:
        return "headline"
    return "abstract" if "abstract" not in seen and clean(line).endswith("<") else "over"


def _is_slug(text: str, keyword: str, service: Mapping[str, Any]) -> bool:
    wanted, given = (_SIGNS_RE.sub("", part.lower()) for part in (keyword, text))
    same = next((size for size in range(len(wanted), 0, -1) if given.startswith(wanted[:size])), 0)
    if wanted and same >= SAME_SLUG * len(wanted):
        return True
    return bool(service["slug"] and (not wanted or _SLUG_COUNT_RE.match(text)))


def _put_head(story: Story, kind: str, rows: range, text: str) -> None:
    if kind == "slugline":
        counted = _SLUG_COUNT_RE.match(text)
        if counted:
            text = counted["slug"]
            story.state(slug_word_count=int(counted["count"]) if counted["count"] else None)
        slug, comma, reference = text.rpartition(", ")
        if comma and _REFERENCE_RE.fullmatch(reference):
            # The number of the copy that this one goes with.
            story.state(reference=reference)
            text = slug
        slug, comma, version = text.rpartition(", ")
        is_version = bool(comma) and bool(wire_words().heads["versions"].fullmatch(version))
        story.state(slugline=slug if is_version else text.rstrip(", "), take=version if is_version else None)
        story.state(notice=notice([version if comma else ""]))
        story.put(Role.FIELD, rows)
    elif kind in ("headline", "byline"):
        story.put(Role.HEADLINE if kind == "headline" else Role.BYLINE, rows, text)
        if kind == "headline" and text.split(":")[0].isupper():
            story.state(notice=notice([text]))
    elif kind == "abstract":
        story.put(Role.DECK, rows, text)
    else:
        if kind in story.fields:
            text = f"{story.fields[kind]} {text}"
        story.fields[kind] = text
        story.put(Role.FIELD, rows)


def read_body(story: Story, first: int, stop: int, service: Mapping[str, Any]) -> None:
    """Read the paragraphs: a tab or blanks open one, ``^`` a subhead, a backspace a row of a table."""
    is_table = story.fields.get("tabular") is True
    rows: list[int] = []
    for row in range(first, stop):
        line = story.lines[row]
        own = is_table or line.startswith("\x08")
        if rows and (own or not _is_plain(line)):
            _put_paragraph(story, rows, service)
            rows = []
        if not story.plain[row]:
            continue
        if _RULE_RE.match(story.plain[row]):
            story.put(Role.MARKER, [row])
        elif own:
            story.put(Role.BODY, [row], _row(line, service))
        else:
            rows.append(row)
    _put_paragraph(story, rows, service)


def _put_paragraph(story: Story, rows: list[int], service: Mapping[str, Any]) -> None:
    if not rows:
        return
    text = joined(story.lines[row].replace("\x10", " ") for row in rows)
    is_head = text.startswith("^")
    if story.plain[rows[-1]][-1:] in tuple(service["heads"]):
        text = text.rstrip(f"{service['heads']} ")
    story.put(Role.SUBHEAD if is_head else Role.BODY, rows, text.lstrip("^ "))


def _row(line: str, service: Mapping[str, Any]) -> str:
    """A row of a table: its columns by tabs where the wire marks them, its own blanks elsewhere."""
    text = line.replace("\x10", " ").replace("\x08", "").strip("\r")
    return _COLUMN_RE.sub("\t", text).strip("\t^").rstrip(f"{service['heads']} ")
