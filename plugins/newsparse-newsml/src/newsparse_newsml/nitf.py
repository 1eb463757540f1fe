"""NITF 3.x, with or without its namespace, to a sheet.

The names are those of NITF 3.6 (IPTC, 2010): ``head/docdata`` says what of the document, ``body/body.head`` and
``body.content`` hold its text. Also read inside of NewsML.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newsparse import Role
from newsparse_newsml.dates import read_date
from newsparse_newsml.details import NAME, OWN_GUID, PREFIX
from newsparse_newsml.items import Item, name_of
from newsparse_newsml.prose import prose_of
from newsparse_newsml.sheets import Sheet, collapsed, find, find_all, raw_text, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# Names of `meta` that agencies use for what the standard has no element for, and the trade's name of each.
_METAS = {
    "anpa-sequence": "number",
    "anpa-category": "category",
    "anpa-keyword": "slugline",
    "anpa-takekey": "take",
    "anpa-wordcount": "word_count",
    "category": "category",
    "service": "service",
    "slug": "slugline",
    "slugline": "slugline",
    "priority": "priority",
    "word-count": "word_count",
    NAME: NAME,
}
_NUMBERS = frozenset({"word_count"})


def read_nitf(item: Item, sheet: Sheet) -> None:
    """Put what a `nitf` element states on a sheet."""
    root = item.element
    assert root is not None  # an item of this kind has an element
    sheet.put("item", "nitf")
    sheet.put("type", "text")
    read_head(root, sheet)
    read_body(root, sheet)


def read_head(root: "_Element", sheet: Sheet) -> None:
    """What the head of a `nitf` element states."""
    language = root.get("baselang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        sheet.fields.setdefault("language", language)
    head = find(root, "head")
    for meta in find_all(head, "meta"):
        name, content = meta.get("name") or "", meta.get("content") or ""
        if name in _METAS or name.startswith(PREFIX) or name == "generator" or not content.strip():
            sheet.seen.add(meta)
            own = _METAS.get(name, "")
            if own in _NUMBERS:
                sheet.number(own, content)
            elif own:
                sheet.put(own, content if own == NAME else collapsed(content))
    _subjects(head, sheet)
    _docdata(find(root, "docdata"), sheet)
    for found in find_all(head, "pubdata"):
        sheet.seen.add(found)
        sheet.date("published", read_date(found.get("date.publication")))
        sheet.put("publication", found.get("name"))
        sheet.line(Role.SECTION, found.get("position.section"))
    history = list(find_all(head, "revision-history"))
    writers = [found.get("name") or "" for found in history if found.get("function") == "writer-author"]
    if any(writers):
        sheet.fields.setdefault("authors", list(filter(None, writers)))
    changes = [date for found in history if (date := read_date(found.get("norm")))]
    sheet.seen.update(history)
    issued = sheet.fields.get("updated")
    latest = max(changes, key=lambda date: date.iso, default=None)
    # Agencies note what was done before the issue, too; what newsparse wrote is the update, whenever it was.
    if latest and (not issued or latest.iso > issued.iso or NAME in sheet.extra):
        sheet.fields["updated"] = latest


def _subjects(head: "_Element | None", sheet: Sheet) -> None:
    subjects = []
    for found in find_all(head, "tobject.subject"):
        sheet.seen.add(found)
        names = [found.get(f"tobject.subject.{part}") for part in ("type", "matter", "detail")]
        # The last one that is given is the one that the number stands for.
        name = next((name for name in reversed(names) if name), None)
        subject = {"code": found.get("tobject.subject.refnum"), "name": name}
        subjects.append({key: value for key, value in subject.items() if value})
    sheet.put("subjects", subjects)
    sheet.put("subject_codes", _unique(subject.get("code") for subject in subjects))
    sheet.put("subject_names", _unique(subject.get("name") for subject in subjects))
    if (kind := find(head, "tobject")) is not None:
        sheet.put("category", kind.get("tobject.type"))
    genres = [found.get("tobject.property.type") for found in find_all(head, "tobject.property")]
    sheet.put("genres", _unique(genres))


def _unique(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _docdata(docdata: "_Element | None", sheet: Sheet) -> None:
    if docdata is None:
        return
    sheet.seen.update(docdata.iter())
    for name in ("fixture", "identified-content", "correction"):
        sheet.seen.difference_update(find_all(docdata, name))

    def attribute(name: str, key: str) -> str | None:
        values = [collapsed(found.get(key) or "") for found in find_all(docdata, name)]
        return next(filter(None, values), None)

    status = docdata.get("management-status")
    sheet.put("status", status.strip().lower() if status else None)
    guid = attribute("doc-id", "id-string") or ""
    sheet.put("guid", None if guid.startswith(OWN_GUID) else guid)
    sheet.number("urgency", attribute("urgency", "ed-urg"))
    issued = read_date(attribute("date.issue", "norm"))
    sheet.date("published", issued)
    sheet.date("updated", issued)
    sheet.put("created", issued and issued.iso)
    expires = read_date(attribute("date.expire", "norm"))
    sheet.put("expires", expires and expires.iso)
    released = read_date(attribute("date.release", "norm"))
    if released and issued and (sheet.extra.get("status") == "embargoed" or released.iso > issued.iso):
        sheet.put("embargoed", released.iso)
    sheet.put("ed_note", attribute("ed-msg", "info"))
    sheet.put("copyright_holder", attribute("doc.copyright", "holder"))
    sheet.put("usage_terms", attribute("doc.rights", "limitations"))
    sheet.put("series", attribute("series", "series.name"))
    sheet.put("scope", attribute("doc-scope", "scope"))
    sheet.put("keywords", _unique(collapsed(found.get("key") or "") for found in find_all(docdata, "keyword")))
    places = [collapsed(found.get("city") or "") for found in find_all(docdata, "evloc")]
    named = {name: _named(docdata, name, sheet) for name in ("location", "person", "org", "event")}
    sheet.put("place_names", _unique([*places, *named["location"]]))
    for name, own in (("person", "person_names"), ("org", "organisation_names"), ("event", "event_names")):
        sheet.put(own, _unique(named[name]))
    sheet.put("slugline", attribute("du-key", "key"))
    sheet.put("version", attribute("du-key", "version"))
    source = attribute("del-list", "src-name") or attribute("from-src", "src-name") or attribute("doc-id", "regsrc")
    if source:
        sheet.fields.setdefault("source", source)


def _named(docdata: "_Element", kind: str, sheet: Sheet) -> list[str]:
    """What the document is said to speak of, by the names of one kind; one without a name is not taken."""
    names = []
    for content in find_all(docdata, "identified-content"):
        for found in content:
            if name_of(found) == kind and (name := text_of(find(found, "city")) or text_of(found)):
                sheet.seen.update((content, *found.iter()))
                names.append(name)
    return names


def read_body(root: "_Element", sheet: Sheet) -> None:
    """The text of a `nitf` element; what the sheet has already is not said again."""
    head = find(root, "body.head")
    if head is not None:
        sheet.seen.add(head)
        _hedlines(root, head, sheet)
        _bylines(head, sheet)
        _dateline(head, sheet)
        distributor = find(head, "distributor")
        if source := sheet.take(distributor, whole=True):
            sheet.fields["source"] = source
        for note in find_all(head, "note"):
            sheet.put("ed_note", sheet.take(note, whole=True))
        sheet.put("rights", sheet.take(find(head, "rights"), whole=True))
    elif not sheet.has(Role.HEADLINE):
        sheet.line(Role.HEADLINE, sheet.take(find(root, "hl1", "title"), whole=True))
    contents = [found for found in find_all(root, "body.content") if not _is_noted(found)]
    if not contents and head is None:
        contents = list(find_all(root, "body"))
    for content in contents:
        sheet.seen.update(content.iter())
        for role, text in prose_of(content):
            sheet.line(role, text)
    end = find(root, "body.end")
    sheet.put("tagline", sheet.take(end, whole=True))


def _is_noted(content: "_Element") -> bool:
    """Whether a content is that of a note, which is no text of the story."""
    return any(name_of(above) == "note" for above in content.iterancestors())


def _hedlines(root: "_Element", head: "_Element", sheet: Sheet) -> None:
    first = find(head, "hl1")
    title = find(root, "title")
    if not sheet.has(Role.HEADLINE):
        sheet.line(Role.HEADLINE, sheet.take(first, whole=True) or sheet.take(title))
    headline = text_of(first)
    if title is not None and collapsed(text_of(title)) == collapsed(headline):
        sheet.seen.add(title)
    else:
        sheet.put("title", sheet.take(title))
    if first is not None:
        sheet.seen.update(first.iter())
    for below in find_all(head, "hl2"):
        text = sheet.take(below, whole=True)
        sheet.put("sub_headline", collapsed(text))
        if collapsed(text) != collapsed(headline) or NAME in sheet.extra:
            sheet.line(Role.DECK, text)
    for abstract in find_all(head, "abstract"):
        sheet.seen.update(abstract.iter())
        paragraphs = list(prose_of(abstract))
        sheet.put("abstract", collapsed(" ".join(text for _, text in paragraphs)))
        known = {text for role, text in sheet.lines if role in (Role.HEADLINE, Role.DECK)}
        for _, text in paragraphs:
            if text not in known:
                sheet.line(Role.DECK, text)


def _bylines(head: "_Element", sheet: Sheet) -> None:
    authors = []
    for byline in find_all(head, "byline"):
        title = find(byline, "byttl")
        sheet.put("byline_title", sheet.take(title, whole=True))
        words = text_of(byline)
        if title is not None:
            # The title is a value of its own; what stands around it is the byline.
            silent = raw_text(title)
            words = raw_text(byline).replace(silent, " ", 1)
            words = collapsed(words).strip(" ,")
        sheet.seen.update(byline.iter())
        if not sheet.has(Role.BYLINE):
            sheet.line(Role.BYLINE, words)
            authors += [name for person in find_all(byline, "person") if (name := text_of(person))]
    if authors:
        sheet.fields["authors"] = authors


def _dateline(head: "_Element", sheet: Sheet) -> None:
    dateline = find(head, "dateline")
    if dateline is None:
        return
    location, dated = find(dateline, "location"), find(dateline, "story.date")
    sheet.seen.update(dateline.iter())
    for name in ("city", "state", "region", "country"):
        sheet.put(name, text_of(find(dateline, name)))
    place = text_of(location) or None
    if place and not any(map(str.isdigit, place)):
        # Agencies write the place as plain text, too: ``NEW YORK``, ``ELM, Maine``.
        sheet.put("city", place.split(",")[0])
    if not sheet.has(Role.DATELINE):
        sheet.dateline(text_of(dateline), place, read_date(dated.get("norm")) if dated is not None else None)
