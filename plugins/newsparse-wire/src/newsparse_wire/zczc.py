"""Copies between ZCZC and NNNN, as the Australian AAP and its customers send them, and plain ones.

    ZCZC [service] CR LF
    header lines, each opened by a sign: "$" category, ":" keyword, "=" take, "^" headline ...
    text
    NNNN

The frame is that of telegraph practice; a copy may lack the NNNN. What the signs mean differs by desk and stands in
`wire.toml`. Sources: the field tables of the open Superdesk readers for AAP, as described in public.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from newsparse import Role, choice_option
from newsparse_wire.reading import WireFormat
from newsparse_wire.stories import CUT_MESSAGE, Story, joined, notice
from newsparse_wire.words import wire_words

SHORT = 40
"""A line of the text that is shorter than this ends its paragraph."""
INITIALS = 3
"""So many letters a person's initials have at most."""
WRAPPED = 74
"""A longer line was never wrapped: its end is a paragraph's."""

# ZCZC and no more than a service's name to the end of the line; else ZCZC at the head of a line or right behind NNNN.
_START_RE = re.compile(
    rb"ZCZC(?:(?=[ \t]*(?:[A-Z]{2,4}\d{0,4})?[ \t]*[\r\n])"
    rb"|(?:(?<=[\x00-\x08\n\r\x0e-\x1f]ZCZC)|(?<=[\r\n][ \t]ZCZC)|(?<=[\r\n][ \t]{3}ZCZC)|(?<=NNNNZCZC))\b)"
)
_OPEN_RE = re.compile(r"ZCZC[ \t]*(?P<service>[^\r\n]{0,80})")
_SIGN_RE = re.compile(r"(?P<sign>[%#$:=^&*@+~])(?P<value>.*)")
_LABEL_RE = re.compile(r"(?P<section>[A-Z][A-Z ]{2,20}) ?: ?(?P<headline>\S.*)")
# The end may stand behind the copy's day and time.
_END_RE = re.compile(r"(?:\d[\w:./-]{1,12} ){0,3}NNNN")
# A copy's number or way, right above its header lines.
_ROUTING_RE = re.compile(r"[A-Z0-9]{1,10}(?: [A-Z0-9]{1,5}){0,3}")
_FORMATS = {"X": False, "T": True}
_TABLE_RE = re.compile(r"\S(?: {3,}|\t+)\S")
_INDENT_RE = re.compile(r" {2,}\S|\t")
_NUMBERED_RE = re.compile(r"\d+\.? |\* |[-+] |\d+[_.:]\d")
# A price or a score at the head of a line of text is no header.
_MONEY_RE = re.compile(r"\$ ?\d[\d,.]{2}")


def parse(story: Story, options: Mapping[str, str]) -> None:
    """Say what the lines of a copy are."""
    desks = wire_words().services["zczc"]
    desk_name = choice_option(options, "variant", ("auto", *desks))
    lines = story.lines
    first = next((row for row, line in enumerate(lines) if "ZCZC" in line), 0)
    story.outside(range(first), "before the message")
    opened = _OPEN_RE.search(lines[first]) if lines else None
    service = opened["service"].strip() if opened else ""
    story.put(Role.FIELD, [first])
    story.state(service=service)
    stop = next((row for row in range(first + 1, len(lines)) if _END_RE.match(story.plain[row])), None)
    is_cut = stop is None
    if stop is None:
        stop = len(lines)
    else:
        story.state(sent=story.plain[stop].partition("NNNN")[0].strip())
        story.put(Role.FIELD, [stop])
        story.outside(range(stop + 1, len(lines)), "behind the message's end")
    signs = list(_signs(story, first + 1, stop))
    desk = desks[desk_name] if desk_name != "auto" else _desk(desks, service, signs)
    body = _read_signs(story, signs, desk, first + 1, stop)
    stop = _sign_off(story, body, stop)
    if body == first + 1:
        # A copy without any header line states nothing: its text is left to the decoder.
        story.leave(range(body, stop))
    else:
        _read_body(story, body, stop)
    if is_cut and "signoff" not in story.fields:
        story.fault(CUT_MESSAGE, "it has neither NNNN nor a sign-off at its end; read as far as it goes")


def _signs(story: Story, first: int, stop: int) -> Iterator[tuple[int, str, str]]:
    """The header lines: row, sign, value; and the first two lines without a sign, for the racing desk has such."""
    plain = 0
    for row in range(first, stop):
        line = story.plain[row]
        found = _SIGN_RE.match(line)
        if found and not _MONEY_RE.match(line):
            yield row, found["sign"], found["value"].strip()
        elif line:
            yield row, "", line
            plain += 1
            if plain == 2:
                return


def _desk(desks: Mapping[str, Mapping[str, Any]], service: str, signs: list[tuple[int, str, str]]) -> Mapping[str, Any]:
    """The desk that a header gives away: the first whose service and fields are met."""
    values = {sign: value for _, sign, value in takewhile(lambda line: line[1], signs)}
    for desk in desks.values():
        if "service" in desk and not re.match(desk["service"], service):
            continue
        if all(re.match(pattern, values.get(sign, "")) and sign in values for sign, pattern in desk["fields"].items()):
            return desk
    return desk


def _read_signs(story: Story, signs: list[tuple[int, str, str]], desk: Mapping[str, Any], first: int, stop: int) -> int:
    """Read the header; where the text begins."""
    seen: Counter[str] = Counter()
    racing = "slug_words" in desk
    headed = len(signs) > 1 and signs[1][1] and _ROUTING_RE.fullmatch(signs[0][2])
    if signs and not signs[0][1] and (headed or (racing and re.match(desk["routing"], signs[0][2]))):
        row, _, value = signs.pop(0)
        story.state(routing=value)
        story.put(Role.FIELD, [row])
        first = row + 1
    for row, sign, value in signs:
        names = desk["signs"].get(sign, "").split()
        if not sign and racing and not seen:
            labelled = _LABEL_RE.match(value)
            if labelled:
                story.state(section=labelled["section"].strip())
            text = labelled["headline"] if labelled else value
            _put_racing_headline(story, row, text, desk, whole=bool(labelled))
            return row + 1
        if not sign or seen[sign] >= max(1, len(names)):
            return row
        if not value:
            story.put(Role.FIELD, [row])
        elif not names:
            story.unmapped[f"{sign} line"] += 1
            story.put(Role.FIELD, [row])
            seen[sign] += 1
        elif not _put_value(story, row, names[seen[sign]], value, desk):
            return row
        else:
            seen[sign] += 1
        first = row + 1
    return first


def _put_value(story: Story, row: int, name: str, value: str, desk: Mapping[str, Any]) -> bool:
    """One header line; whether it was one."""
    if name == "headline" and "slug_words" in desk:
        _put_racing_headline(story, row, value, desk, whole=False)
        return True
    if name == "headline":
        story.put(Role.HEADLINE, [row], " ".join(value.split()))
        story.state(notice=notice([value]) if value.split(":")[0].isupper() else None)
        return True
    if name == "deck":
        story.put(Role.DECK, [row], value)
        return True
    if name == "category" and len(value) > 2:
        return False
    if name == "format":
        if value not in _FORMATS:
            return False
        story.state(tabular=_FORMATS[value])
    else:
        story.state(**{name: value})
    if name == "take":
        story.state(notice=notice([value]))
    story.put(Role.FIELD, [row])
    return True


def _put_racing_headline(story: Story, row: int, text: str, desk: Mapping[str, Any], whole: bool) -> None:
    """The headline of the racing desk, which holds slug and take."""
    story.put(Role.HEADLINE, [row], text)
    words = text.split()
    count = len(words) if whole else desk["slug_words"]
    story.state(slugline=" ".join(words[:count]), take=" ".join(words[count:]))


def _sign_off(story: Story, first: int, stop: int) -> int:
    """Set the sign-off apart; where the text stops."""
    last = next((row for row in range(stop - 1, first - 1, -1) if story.plain[row]), None)
    if last is None:
        return stop
    text = story.plain[last]
    service, _, desk = text.partition(" ")
    if service in wire_words().agencies and len(desk) <= SHORT and all(map(_is_initials, desk.split())):
        story.state(signoff=text, source=service)
        story.put(Role.FIELD, [last])
        return last
    return stop


def _is_initials(word: str) -> bool:
    """Whether a word of a sign-off stands for a desk or a person: ``RTV``, ``tr/de``, ``am``."""
    return word.isupper() or "/" in word or (len(word) <= INITIALS and word.isalpha())


def _read_body(story: Story, first: int, stop: int) -> None:
    """Read the paragraphs; rows of a table and entries of a list stay lines of their own."""
    is_table = story.fields.get("tabular") is True
    rows: list[int] = []
    for row in range(first, stop):
        line = story.lines[row].rstrip()
        before = story.lines[rows[-1]].rstrip() if rows else ""
        alone = is_table or bool(_TABLE_RE.search(line))
        if rows and (
            alone
            or not story.plain[row]
            or not SHORT <= len(before) <= WRAPPED
            or bool(_INDENT_RE.match(line) or _NUMBERED_RE.match(line))
        ):
            story.put(Role.BODY, rows, joined(story.lines[own] for own in rows))
            rows = []
        if alone and story.plain[row]:
            story.put(Role.BODY, [row], line if is_table else line.strip())
        elif story.plain[row]:
            rows.append(row)
    story.put(Role.BODY, rows, joined(story.lines[own] for own in rows))


ZCZC = WireFormat(
    "zczc", "copies between ZCZC and NNNN (AAP and others)", (".zczc",), _START_RE, _START_RE, parse, ("variant",), 60
)
