"""NewsML-G2, of any version and conformance, to a sheet.

The names are those of NewsML-G2 2.35 (IPTC, 2025): ``itemMeta`` says what of the item, ``contentMeta`` of its content,
``contentSet`` holds it, ``groupSet`` what a package refers to. A value's scheme is left out where the value says
enough: ``icls:text`` is ``text``.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from newsparse import Role
from newsparse_newsml.dates import read_date
from newsparse_newsml.details import NAME, OWN_GUID, PREFIX, UNNAMED
from newsparse_newsml.items import Item, name_of
from newsparse_newsml.nitf import read_body, read_head
from newsparse_newsml.prose import prose_of, prose_of_text
from newsparse_newsml.sheets import Sheet, collapsed, find, find_all, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What needs no place in an article: where codes are explained, what software made, traces of transport.
_SILENT = frozenset(
    {"catalog", "catalogRef", "scheme", "generator", "hopHistory", "pubHistory", "profile", "hash", "sameAs", "broader"}
)
# Endings of the roles of headlines that are not the story's title.
_SUBHEADS = ("subheadline", "subhead", "subtitle", "sub", "deck", "secondary")
_SECTIONS = ("kicker", "section", "overline")
_SUMMARIES = ("summary", "abstract", "deck", "lead", "teaser")
_PICTURED = frozenset({"picture", "graphic", "video", "animation", "audio", "photo", "image"})
# Roles of creators that are persons who wrote or took what is read; STT, APA and others list desks and initials too.
_AUTHORS = frozenset({"author", "writer", "reporter", "journalist", "photographer", "correspondent"})
# Elements whose text goes to `Article.extra` as it is, and the name it has there.
_TEXTS = {
    "copyrightNotice": "copyright",
    "usageTerms": "usage_terms",
    "edNote": "ed_note",
    "slugline": "slugline",
    "creditline": "credit",
    "fileName": "file_name",
}
_DATES = {"embargoed": "embargoed", "expires": "expires", "sent": "sent"}


def read_g2(item: Item, sheet: Sheet) -> None:
    """Put what a NewsML-G2 item states on a sheet."""
    root = item.element
    assert root is not None  # an item of this kind has an element
    for name in _SILENT:
        for found in find_all(root, name):
            sheet.seen.update(found.iter())
    sheet.seen.add(root)
    for found in find_all(root, "itemMetaExtProperty"):
        if (found.get("rel") or "").startswith(PREFIX):
            sheet.seen.add(found)
            if found.get("rel") == NAME:
                sheet.put(NAME, found.get("value"))
    meta = find(root, "itemMeta")
    content = find(root, "contentMeta")
    _item(root, item.header, sheet)
    _management(root, meta, content, sheet)
    _description(content, sheet)
    _places(root, content, sheet)
    kind = sheet.extra.get("type") or ""
    _lines(meta, content, kind, sheet)
    _concepts(root, sheet)
    _content(find(root, "contentSet"), sheet)
    _group_set(root, sheet)
    for part in find_all(root, "partMeta"):
        for found in find_all(part, "description"):
            sheet.line(Role.CAPTION, sheet.take(found, whole=True))


def local(value: str | None) -> str:
    """A code without its scheme: what stands behind the last colon, or the last slash or sign # of an address."""
    value = collapsed(value or "")
    if "://" in value:
        return value.rstrip("/").rpartition("#" if "#" in value else "/")[2]
    return value.rpartition(":")[2]


def _code(element: "_Element | None") -> str:
    if element is None:
        return ""
    return local(element.get("qcode") or element.get("uri")) or collapsed(element.get("literal") or "")


def _name(element: "_Element | None") -> str:
    """What an element of the kind of a party or concept is called: its name, else the literal or code."""
    if element is None:
        return ""
    name = next((found for found in element if name_of(found) == "name" and text_of(found)), None)
    return text_of(name) or collapsed(element.get("literal") or "") or _code(element)


def _own(element: "_Element | None", *names: str) -> "Iterator[_Element]":
    """The children with one of the names."""
    if element is not None:
        yield from element.iterchildren(*("{*}" + name for name in names))


def _first_text(elements: "Iterable[_Element]") -> str:
    return next(filter(None, map(text_of, elements)), "")


def _item(root: "_Element", header: "_Element | None", sheet: Sheet) -> None:
    sheet.put("item", name_of(root))
    guid = collapsed(root.get("guid") or "")
    sheet.put("guid", None if guid.startswith(OWN_GUID) else guid)
    sheet.put("version", collapsed(root.get("version") or ""))
    if header is not None:
        sheet.number("priority", _first_text(find_all(header, "priority")))
        for name, own in (("transmitId", "transmit_id"), ("sender", "sender"), ("channel", "channel")):
            sheet.put(own, _first_text(find_all(header, name)))
        sent = read_date(_first_text(find_all(header, "sent")))
        sheet.put("sent", sent and sent.iso)


def _management(root: "_Element", meta: "_Element | None", content: "_Element | None", sheet: Sheet) -> None:
    """What is said of the item: class, dates, status, notes, rights."""
    for name, own in (("itemClass", "type"), ("pubStatus", "status")):
        for found in _own(meta, name):
            sheet.seen.add(found)
            sheet.put(own, _code(found).lower())
    provider = find(meta, "provider")
    sender = "" if provider is not None and provider.get("qcode") == UNNAMED else _name(provider)

    def date(parent: "_Element | None", name: str) -> Any:
        for found in _own(parent, name):
            sheet.seen.add(found)
            if stated := read_date(found.text, sender):
                return stated
        return None

    version, first = date(meta, "versionCreated"), date(meta, "firstCreated")
    created, modified = date(content, "contentCreated"), date(content, "contentModified")
    sheet.date("published", first or created or version)
    sheet.date("updated", version or modified or created)
    if stated := first or created:
        sheet.put("created", stated.iso)
    for name, own in _DATES.items():
        stated = date(meta, name)
        sheet.put(own, stated and stated.iso)
    sheet.put("signals", _all(meta, ("signal",), sheet, lambda found: found.get("qcode") or _name(found)))
    sheet.put("services", _all(meta, ("service",), sheet, _name))
    sheet.put("provider", sender)
    rights = find(root, "rightsInfo")
    sheet.put("copyright_holder", _name(find(rights, "copyrightHolder")))
    for parent in (meta, rights, content):
        for name, own in _TEXTS.items():
            sheet.put(own, "\n".join(filter(None, (sheet.take(found, whole=True) for found in _own(parent, name)))))
    for found in find_all(root, "provider", "copyrightHolder", "memberOf", "link"):
        sheet.seen.update(found.iter())
    sheet.put("member_of", [_name(found) for found in _own(meta, "memberOf")])


def _all(parent: "_Element | None", names: tuple[str, ...], sheet: Sheet, value: Any) -> list[str]:
    """The values of the children with one of the names, each once."""
    values = []
    for found in _own(parent, *names):
        sheet.seen.update(found.iter())
        values.append(value(found))
    return list(dict.fromkeys(filter(None, values)))


def _description(content: "_Element | None", sheet: Sheet) -> None:
    """What is said of the content, as codes and names."""
    sheet.number("urgency", _first_text(_own(content, "urgency")))
    sheet.seen.update(_own(content, "urgency"))
    language = next((tag for found in _own(content, "language") if (tag := collapsed(found.get("tag") or ""))), None)
    sheet.seen.update(find_all(content, "language"))
    root = content.getparent() if content is not None else None
    language = language or (collapsed(root.get(_LANG) or "") if root is not None else "")
    if language:
        sheet.fields["language"] = language
    sheet.put("keywords", _all(content, ("keyword",), sheet, text_of))
    genres: list[str] = []
    versions: list[str] = []
    for found in _own(content, "genre"):
        sheet.seen.update(found.iter())
        # What the concept's own type calls a version is none of its genres (STT: early, final).
        (versions if "version" in local(found.get("type")) else genres).append(_name(found))
    sheet.put("genres", list(dict.fromkeys(filter(None, genres))))
    subjects = []
    for found in _own(content, "subject"):
        sheet.seen.update(found.iter())
        names = [child for child in found if name_of(child) == "name"]
        subject = {"code": _code(found), "name": _first_text(names), "scheme": _scheme(found)}
        subjects.append({key: value for key, value in subject.items() if value})
    sheet.put("subjects", subjects)
    sheet.put("subject_codes", list(dict.fromkeys(subject["code"] for subject in subjects if "code" in subject)))
    names_of_all = [subject["name"] for subject in subjects if "name" in subject] + versions
    sheet.put("subject_names", list(dict.fromkeys(filter(None, names_of_all))))
    sheet.put("alt_ids", _all(content, ("altId",), sheet, text_of))
    sources = [_name(found) for found in _own(content, "infoSource")]
    sheet.seen.update(find_all(content, "infoSource"))
    for found in _own(content, "infoSource"):
        sheet.seen.update(found.iter())
    if source := next(filter(None, [*sources, sheet.extra.get("provider")]), None):
        sheet.fields["source"] = source
    _creators(content, sheet)


def _scheme(element: "_Element") -> str:
    return (element.get("qcode") or "").partition(":")[0]


def _creators(content: "_Element | None", sheet: Sheet) -> None:
    """Persons among the creators; desks, agencies and initials stay out: a wrong author is worse than none."""
    authors: list[str] = []
    others: list[str] = []
    for found in _own(content, "creator", "contributor"):
        sheet.seen.update(found.iter())
        name = _name(found) if find(found, "name") is not None else ""
        role = local(found.get("role") or found.get("qcode")).lower()
        is_author = role in _AUTHORS or (not role and name_of(found) == "creator" and _is_person(name, found))
        (authors if name and is_author else others).append(name or _name(found))
    if authors:
        sheet.fields["authors"] = list(dict.fromkeys(authors))
    sheet.put("creators", list(dict.fromkeys(filter(None, others))))


def _is_person(name: str, element: "_Element") -> bool:
    """Whether a creator without a role is a person: two words or more, each with a capital, and no organisation."""
    words = name.split()
    return 2 <= len(words) <= 4 and all(word[0].isupper() for word in words) and "org" not in local(element.get("type"))


def _places(root: "_Element", content: "_Element | None", sheet: Sheet) -> None:
    located = next(_own(content, "located"), None)
    for found in _own(content, "located"):
        sheet.seen.update(found.iter())
    if located is not None:
        kinds = {"city": "city", "country": "country", "statprov": "state", "state": "state"}
        broader = list(_own(located, "broader"))
        first = kinds.get(local(located.get("type")).lower(), "city")
        sheet.put(first, _name(located))
        for found in broader:
            if own := kinds.get(local(found.get("type")).lower()):
                sheet.put(own, _name(found))
    # STT explains its places in assertions: from the smallest to the part of the world.
    places = []
    for found in _own(root, "assert"):
        scheme = _scheme(found)
        levels = {"city": "locality", "country": "country", "wldreg": "world_region"}
        place = {"code": _code(found)}
        for above in _own(found, "broader"):
            name = _name(above)
            for ending, own in levels.items():
                if _scheme(above).endswith(ending) and name and name != "N/A":
                    place[own] = name
        if "loc" in scheme and len(place) > 1:
            places.append(place)
            sheet.seen.update(found.iter())
    sheet.put("places", places)


def _lines(meta: "_Element | None", content: "_Element | None", kind: str, sheet: Sheet) -> None:
    """Headlines, decks, byline, dateline and captions, in the order in which they are read."""
    headlines = [(found, _role(found)) for found in _own(content, "headline") if text_of(found)]
    sheet.seen.update(found for found, _ in headlines)
    main = [found for found, role in headlines if not role.endswith((*_SUBHEADS, *_SECTIONS))]
    for found, role in headlines:
        if role.endswith(_SECTIONS):
            sheet.line(Role.SECTION, text_of(found))
    titles = [found for found in _own(meta, "title") if text_of(found)]
    sheet.seen.update(titles)
    headline = text_of(main[0]) if main else _first_text(titles)
    sheet.line(Role.HEADLINE, headline)
    if titles and collapsed(text_of(titles[0])) != collapsed(headline):
        sheet.put("title", text_of(titles[0]))
    decks = [text_of(found) for found, role in headlines if found not in main[:1] and not role.endswith(_SECTIONS)]
    sheet.put("sub_headline", decks[0] if decks else None)
    descriptions = [(found, _role(found)) for found in _own(content, "description")]
    pictured = kind in _PICTURED
    decks += [sheet.take(found, whole=True) for found, role in descriptions if role.endswith(_SUMMARIES)]
    for deck in decks if NAME in sheet.extra else dict.fromkeys(decks):
        sheet.line(Role.DECK, deck)
    byline = next((found for found in _own(content, "by") if text_of(found)), None)
    sheet.line(Role.BYLINE, sheet.take(byline, whole=True))
    dateline = next((found for found in _own(content, "dateline") if text_of(found)), None)
    sheet.dateline(sheet.take(dateline, whole=True))
    for found, role in descriptions:
        if role.endswith(_SUMMARIES):
            continue
        text = sheet.take(found, whole=True)
        if pictured or kind == "":
            sheet.line(Role.CAPTION, text)
        else:
            sheet.put("description", text)


def _role(element: "_Element") -> str:
    return local(element.get("role") or element.get("roleuri")).lower()


def _concepts(root: "_Element", sheet: Sheet) -> None:
    """Names and definitions of concept, event and planning items: what there is to read in them."""
    if name_of(root) == "newsItem":
        return
    for concept in find_all(root, "concept", "newsCoverageSet"):
        for found in find_all(concept, "name", "definition", "note", "headline"):
            if found in sheet.seen or name_of(found.getparent()) not in _TOLD:  # type: ignore[arg-type]  # it is below
                continue
            text = sheet.take(found, whole=True)
            sheet.line(Role.BODY if sheet.has(Role.HEADLINE) else Role.HEADLINE, text)
        event = find(concept, "start")
        if event is not None:
            sheet.put("start", sheet.take(event))
            sheet.put("end", sheet.take(find(concept, "end")))


_TOLD = frozenset({"concept", "newsCoverage", "planning", "eventDetails"})


def _content(content: "_Element | None", sheet: Sheet) -> None:
    """The content itself: XHTML, NITF or text; what lies elsewhere is named."""
    renditions = []
    for found in _own(content, "inlineXML", "inlineData", "remoteContent"):
        sheet.seen.update(found.iter())
        sheet.number("word_count", found.get("wordcount"))
        kind = name_of(found)
        if kind == "remoteContent":
            keys = ("href", "residref", "contenttype", "rendition", "width", "height", "size", "duration")
            rendition = {key: collapsed(value) for key in keys if (value := found.get(key))}
            renditions.append(rendition)
            for caption in find_all(found, "altText", "description"):
                sheet.line(Role.CAPTION, text_of(caption))
        elif (nitf := find(found, "nitf")) is not None:
            read_head(nitf, sheet)
            read_body(nitf, sheet)
        elif kind == "inlineXML":
            body = find(found, "body")
            _prose(prose_of(found if body is None else body), sheet)
        elif not found.get("encoding") and not found.get("encodinguri"):
            _prose(prose_of_text(found.text or ""), sheet)
    sheet.put("renditions", renditions)


def _prose(lines: Iterable[tuple[Role, str]], sheet: Sheet) -> None:
    """Running text, less the headlines that open it once more."""
    known = {collapsed(text) for role, text in sheet.lines if role in (Role.HEADLINE, Role.DECK)}
    is_opening = NAME not in sheet.extra
    for role, text in lines:
        is_opening = is_opening and role is Role.SUBHEAD and collapsed(text) in known
        if not is_opening:
            sheet.line(role, text)


def _group_set(root: "_Element", sheet: Sheet) -> None:
    """What a package refers to: its text is the list of its items."""
    groups = list(find_all(root, "group"))
    if not groups:
        return
    sheet.put("groups", len(groups))
    sheet.seen.update(groups)
    headlines, ids = [], []
    counts = []
    for group in groups:
        references = list(_own(group, "itemRef"))
        counts.append((local(group.get("role")).lower(), len(references)))
        for found in references:
            sheet.seen.update(found.iter())
            ids.append(collapsed(found.get("residref") or found.get("href") or ""))
            headlines.append(_first_text([*_own(found, "headline"), *_own(found, "title")]))
        sheet.seen.update(find_all(group, "groupRef"))
    main = next((count for role, count in counts if role == "main"), max(count for _, count in counts))
    sheet.put("refs_in_main_group", main)
    sheet.put("ref_headlines", list(filter(None, headlines)))
    sheet.put("ref_ids", list(filter(None, ids)))
    for headline in filter(None, headlines):
        sheet.line(Role.BODY, headline)
