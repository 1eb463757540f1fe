"""Readings to fields: what a record states, under the names of `Article` and `Article.extra`."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from newsparse import Caption, Dateline, Role
from newsparse_archives.readings import TEXT_FIELDS, Reading
from newsparse_archives.records import Record
from newsparse_archives.tables import Vendor
from newsparse_archives.values import authors_in, count_in, date_in, language_tag, leading_date, list_in, with_time

_LISTS = frozenset({"subjects", "regions", "companies", "industries", "people", "organizations", "tickers", "cities"})
_LISTS |= {"states", "countries", "descriptors", "keywords"}
_COUNTS = frozenset({"word_count", "page_count"})
# A value that is split into others is a line or two.
_LONGEST = 2000


def stated(reading: Reading, record: Record, vendor: Vendor) -> Mapping[str, Any]:
    """What a reading states, by names of `Article` fields and of `Article.extra`."""
    found: dict[str, Any] = {}
    texts = {name: " ".join(text for _, text in values) for name, values in reading.values.items()}
    for name, pattern in vendor.split.items():
        text = texts.get(name, "")
        match = pattern.fullmatch(text) if text and len(text) < _LONGEST else None
        if match:
            del texts[name]
            parts = {part: value for part, value in match.groupdict().items() if value}
            texts |= {part: value for part, value in parts.items() if part not in texts}
    for name, text in texts.items():
        paragraphs = _paragraphs(
            reading.values.get(name, [(0, text)]) if name not in vendor.split else [(0, text)], record
        )
        found |= _value(name, " ".join(text.split()), paragraphs, vendor)
    body = _body(reading)
    paragraphs = _paragraphs(body, record)
    if body and paragraphs != _shown(reading, record):
        found["body"] = paragraphs
    if "headline" in texts:
        found["headline"] = _headline(reading, body)
    if "date" in texts and "edition" in texts:
        # A line of the date may go on with one part of the edition, and the next line with another.
        rest = (leading_date(texts["date"]) or ("", ""))[1]
        found["edition"] = "; ".join(filter(None, (rest.rstrip("; "), texts["edition"])))
    if "time" in texts and "published" in found:
        found["published"] = with_time(found["published"], texts["time"])
    return found


def continued(reading: Reading, record: Record) -> set[int]:
    """The indexes of the lines that go on from the line above."""
    parts = [reading.values.get("headline", [])]
    if record.is_wrapped:
        parts += [_body(reading), reading.values.get("deck", [])]
    return {here for lines in parts for (above, _), (here, _) in pairwise(lines) if here == above + 1}


def _body(reading: Reading) -> list[tuple[int, str]]:
    """The lines of the running text."""
    return sorted(value for name in TEXT_FIELDS for value in reading.values.get(name, ()))


def _shown(reading: Reading, record: Record) -> tuple[str, ...]:
    """The paragraphs that the record's lines are as they stand, with their labels and wide blanks."""
    wrapped = continued(reading, record)
    shown: list[str] = []
    for index in sorted(index for index, role in reading.roles.items() if role is Role.BODY):
        text = record.rows[index].raw.strip()
        if index in wrapped and reading.roles.get(index - 1) is Role.BODY:
            shown[-1] += f" {text}"
        else:
            shown.append(text)
    return tuple(shown)


def _paragraphs(values: list[tuple[int, str]], record: Record) -> tuple[str, ...]:
    """The paragraphs that some lines are: where text is hard-wrapped, lines without a blank one between are one."""
    if not record.is_wrapped:
        return tuple(" ".join(text.split()) for _, text in values)
    joined: list[list[str]] = []
    last = -1
    for index, text in values:
        if joined and index == last + 1:
            joined[-1].append(text)
        else:
            joined.append([text])
        last = index
    return tuple(" ".join(" ".join(parts).split()) for parts in joined)


def _headline(reading: Reading, body: list[tuple[int, str]]) -> str:
    """The headline above the text; one that is stated again behind it says nothing new."""
    values = reading.values["headline"]
    above = [text for index, text in values if not body or index < body[0][0]]
    return " ".join(" ".join(above or [text for _, text in values]).split())


def _value(name: str, text: str, paragraphs: tuple[str, ...], vendor: Vendor) -> Mapping[str, Any]:
    """A field's value, by the names under which an article holds it."""
    if name in ("body", "headline"):
        return {}
    if name == "date":
        found = leading_date(text) or ((date, "") if (date := date_in(text)) else None)
        return _dated(text, found)
    if name == "byline":
        return {"byline": text, "authors": authors_in(text, inverted=vendor.name == "proquest")}
    if name == "publication":
        return {"source": text}
    if name == "deck":
        return {"deck": paragraphs}
    if name == "captions":
        return {"captions": tuple(Caption(text=one, raw=one) for one in paragraphs)}
    if name == "dateline":
        return {"dateline": Dateline(place=text if not any(map(str.isdigit, text)) else None, raw=text)}
    if name == "section":
        return {"section": text}
    if name == "language":
        tag = language_tag(text)
        words = {} if tag == text.lower() else {"extra": {"language": text}}
        return {"language": tag, **words} if tag else words
    if name in _COUNTS:
        return {name: count} if (count := count_in(text)) is not None else {name: text}
    if name in _LISTS:
        return {name: list(dict.fromkeys(one for part in paragraphs for one in list_in(part)))}
    return {name: text}


def _dated(text: str, found: Any) -> Mapping[str, Any]:
    """The date of publication and what its line says behind it; a date that cannot be read stays as it stands."""
    if found is None:
        return {"date": text}
    date, rest = found
    return {"published": date, **({"edition": rest} if rest else {})}
