"""NewsML 1.0 to 1.2 to sheets.

The names are those of NewsML 1.2 (IPTC, 2003). A `NewsItem` holds a tree of `NewsComponent`; the innermost ones with a
headline of their own and text are its stories, and what stands further out is true of each of them.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from newsparse import Role
from newsparse_newsml.dates import read_date
from newsparse_newsml.items import Item, name_of
from newsparse_newsml.nitf import read_body, read_head
from newsparse_newsml.prose import prose_of, prose_of_text
from newsparse_newsml.sheets import Sheet, collapsed, find, find_all, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HEADLINES = ("HeadLine", "Headline")
# Roles of components that are no part of the running text, lower case.
_PICTURED = frozenset(
    {"photo", "picture", "image", "graphic", "logo", "video", "audio", "sound", "caption", "thumbnail", "preview"}
)
_SILENT_ROLES = frozenset({"stylesheet", "title", "headline", "newsml"})
_DECKS = frozenset({"subheadline", "subhead", "summary", "abstract", "lead", "teaser"})
_FIRST_RENDITIONS = ("viewimage", "preview", "highres", "")
# An identifier names its item if it has provider, date and item: ``urn:newsml:provider:date:item:revision``.
_WHOLE_IDENTIFIER = 4
# Properties, wherever they stand, and the name of each in `Article.extra`.
_PROPERTIES = {"words": "word_count", "editorialinfo": "ed_note", "priority": "priority", "credit": "credit"}
_LINES = {"SlugLine": "slugline", "CopyrightLine": "copyright", "SeriesLine": "series", "RightsLine": "rights"}
_NUMBERS = frozenset({"word_count", "priority"})
_SUBJECTS = ("Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier")


def _stories(root: "_Element") -> "list[_Element]":
    """The components of a `NewsItem` that are one story each; the item itself where there are none."""
    told = [component for component in find_all(root, "NewsComponent") if _tells(component)]
    outer = {above for component in told for above in component.iterancestors()}
    return [component for component in told if component not in outer] or [root]


def _tells(component: "_Element") -> bool:
    if _component_role(component) in _PICTURED:
        return False
    lines = next(_own(component, "NewsLines"), None)
    return any(text_of(found) for found in _own(lines, *_HEADLINES)) and find(component, "DataContent") is not None


def read_newsml1(item: Item) -> list[Sheet]:
    """What a `NewsItem` states of each of its stories."""
    root = item.element
    assert root is not None  # an item of this kind has an element
    stories = _stories(root)
    # Remembered for all of them, for an item may have thousands.
    around: dict[_Element, list[_Element]] = {}
    sheets = [_read(item, root, story, around, alone=len(stories) == 1) for story in stories]
    for sheet in sheets[1:]:
        sheets[0].seen |= sheet.seen
    sheets[0].seen.update(found for found in root.iter("{*}*") if name_of(found) in _QUIET)
    return sheets


def _read(
    item: Item, root: "_Element", story: "_Element", around: "dict[_Element, list[_Element]]", alone: bool
) -> Sheet:
    sheet = Sheet()
    scope = _Scope(root, story, around, sheet)
    sheet.put("item", "NewsItem")
    _envelope(item.header, sheet)
    _identification(next(_own(root, "Identification"), None), story, alone, sheet)
    _management(next(_own(root, "NewsManagement"), None), scope, sheet)
    _description(scope, sheet)
    _lines(story, scope, sheet)
    _content(story, sheet)
    sheet.put("type", "text" if sheet.has(Role.BODY) else _first(scope.values("MediaType")).lower())
    return sheet


_QUIET = frozenset({
    "NewsItemType", "Format", "MimeType", "SizeInBytes", "Role", "BasisForChoice", "Catalog", "Resource",
    "MetadataType", "MediaType",
})  # fmt: skip


class _Scope:
    """What is true of a story: itself, then what stands around it, from the inside to the outside."""

    def __init__(self, root: "_Element", story: "_Element", around: "dict[_Element, list[_Element]]", sheet: Sheet):
        self.root, self._sheet = root, sheet
        self._parts: list[_Element] = [story]
        for above in story.iterancestors():
            if above not in around:
                around[above] = [child for child in above if name_of(child) not in ("NewsComponent", "NewsItem")]
            self._parts += around[above]
            if above is root:
                break

    def all(self, *names: str, taken: bool = True) -> "Iterator[_Element]":
        """The elements with one of the names; they need no more attention, unless `taken` says that they do."""
        for part in self._parts:
            for found in (part, *find_all(part, *names)):
                if name_of(found) in names and not _is_pictured(found):
                    if taken:
                        self._sheet.seen.add(found)
                    yield found

    def values(self, *names: str) -> list[str]:
        """Their values, each once: an attribute or the text."""
        return list(dict.fromkeys(filter(None, map(_value, self.all(*names)))))


def _value(element: "_Element | None") -> str:
    if element is None:
        return ""
    return collapsed(element.get("FormalName") or element.get("Value") or "") or text_of(element)


def _own(element: "_Element | None", *names: str) -> "Iterator[_Element]":
    if element is not None:
        yield from element.iterchildren(*("{*}" + name for name in names))


def _first(values: list[str]) -> str:
    return values[0] if values else ""


def _component_role(component: "_Element") -> str:
    return _value(next(_own(component, "Role"), None)).lower()


def _is_pictured(element: "_Element") -> bool:
    """Whether an element stands in a component that is a picture or the like of its story."""
    return any(name_of(above) == "NewsComponent" and _component_role(above) in _PICTURED and not _is_alone(above)
               for above in element.iterancestors())  # fmt: skip


def _is_alone(component: "_Element") -> bool:
    """Whether a component is the item's own, and not one among others."""
    parent = component.getparent()
    return parent is None or name_of(parent) == "NewsItem" or len(list(islice(_own(parent, "NewsComponent"), 2))) == 1


def _envelope(header: "_Element | None", sheet: Sheet) -> None:
    sheet.put("number", text_of(find(header, "TransmissionId")))
    sheet.number("priority", _value(find(header, "Priority")))
    sent = read_date(text_of(find(header, "DateAndTime")))
    sheet.put("sent", sent and sent.iso)


def _identification(identification: "_Element | None", story: "_Element", alone: bool, sheet: Sheet) -> None:
    names = {"ProviderId": "provider_id", "DateId": "date_id", "NewsItemId": "item_id", "RevisionId": "version"}
    for name, key in names.items():
        sheet.put(key, sheet.take(find(identification, name)))
    public = sheet.take(find(identification, "PublicIdentifier"))
    names_item = alone and public.count(":") >= _WHOLE_IDENTIFIER
    sheet.put("guid", public if names_item else collapsed(story.get("Duid") or "") or public)
    sheet.put("name", sheet.take(find(identification, "NameLabel")))
    sheet.put("date_label", sheet.take(find(identification, "DateLabel")))


def _management(management: "_Element | None", scope: _Scope, sheet: Sheet) -> None:
    sender = sheet.extra.get("provider_id")
    first = read_date(sheet.take(find(management, "FirstCreated")), sender)
    revised = read_date(sheet.take(find(management, "ThisRevisionCreated")), sender)
    sheet.date("published", first)
    sheet.date("updated", revised)
    sheet.put("created", first and first.iso)
    sheet.put("status", _first(scope.values("Status")).lower())
    for property_ in scope.all("Property"):
        name, value = collapsed(property_.get("FormalName") or ""), collapsed(property_.get("Value") or "")
        own = _PROPERTIES.get(name.lower())
        if own in _NUMBERS:
            sheet.number(own or "", value)
        elif own:
            sheet.put(own, value)
        elif value and not name.endswith("Keyword") and not name.endswith("Keywords") and not _is_place(property_):
            # Not mapped after all, so it is counted.
            sheet.seen.discard(property_)
    sheet.number("urgency", next((value for value in scope.values("Urgency") if value.isdigit()), None))
    sheet.put("urgency", sheet.extra.get("priority"))
    released = read_date(_first(scope.values("StatusWillChange", "DateAndTime")), sender)
    if sheet.extra.get("status") == "embargoed":
        sheet.put("embargoed", released and released.iso)
    sheet.put("usage_terms", _first(scope.values("UsageType")))
    sheet.put("associated_with", [one for found in scope.all("AssociatedWith") if (one := found.get("NewsItem"))])


def _is_place(element: "_Element") -> bool:
    parent = element.getparent()
    return parent is not None and name_of(parent) == "Location"


def _description(scope: _Scope, sheet: Sheet) -> None:
    languages = scope.values("Language")
    tagged = [tag for found in scope.all("NewsComponent", "NewsItem", "HeadLine") if (tag := found.get(_LANG))]
    if language := _first([*languages, *tagged, scope.root.get(_LANG) or ""]):
        sheet.fields["language"] = _language(language)
    sheet.put("genres", scope.values("Genre"))
    codes: list[str] = []
    for code in scope.all("SubjectCode"):
        codes += [collapsed(found.get("FormalName") or "") for found in _own(code, *_SUBJECTS)]
        sheet.seen.update(code.iter())
    sheet.put("subject_codes", list(dict.fromkeys(filter(None, codes))))

    def properties(fits: Callable[[str], bool]) -> list[str]:
        found = [found for found in scope.all("Property", taken=False) if fits(found.get("FormalName") or "")]
        return list(dict.fromkeys(filter(None, (collapsed(one.get("Value") or "") for one in found))))

    sheet.put("subject_names", properties(lambda name: name.endswith("Keywords")))
    lines = scope.values("KeywordLine")
    sheet.put("keyword_line", lines[0] if len(lines) == 1 else None)
    sheet.put("keywords", list(dict.fromkeys([*properties(lambda name: name == "Keyword"), *lines])))
    for location in scope.all("Location"):
        for found in _own(location, "Property"):
            sheet.put(_lower(found.get("FormalName") or ""), collapsed(found.get("Value") or ""))
    for name in ("Provider", "Source", "Creator", "Contributor"):
        parties = []
        for party in scope.all(name):
            sheet.seen.update(party.iter())
            parties.append(_value(find(party, "Party")))
        several = name in ("Creator", "Contributor")
        sheet.put(name.lower() + "s" * several, list(filter(None, parties)) if several else _first(parties))
    source = sheet.extra.pop("source", None) or sheet.extra.get("provider") or sheet.extra.get("provider_id")
    if source:
        sheet.fields["source"] = source


def _language(tag: str) -> str:
    """A tag of BCP 47; a region that only says the language again (``nl-nl``) is left out."""
    language, _, region = tag.replace("_", "-").partition("-")
    language = language.lower()
    if not region or region.lower() == language:
        return language
    return f"{language}-{region.upper() if len(region) == 2 else region}"


def _lower(name: str) -> str:
    return re.sub(r"\W+", "_", name.strip().lower())


def _lines(story: "_Element", scope: _Scope, sheet: Sheet) -> None:
    def first(*names: str) -> str:
        return next((text for found in scope.all(*names) if (text := sheet.take(found, whole=True))), "")

    sheet.line(Role.HEADLINE, first(*_HEADLINES))
    deck = first("SubHeadLine")
    sheet.put("sub_headline", deck)
    sheet.line(Role.DECK, deck)
    byline, credit = first("ByLine"), first("CreditLine")
    sheet.put("byline_title", first("ByLineTitle", "BylineTitle"))
    sheet.line(Role.BYLINE, byline or credit)
    if credit and not byline:
        # An agency that signs in place of a person is no author.
        sheet.fields["authors"] = ()
    sheet.put("credit", credit)
    sheet.dateline(first("DateLine"))
    for name, own in _LINES.items():
        sheet.put(own, first(name))
    copyright_ = sheet.extra.get("copyright", "")
    if copyright_ and not re.search(r"[\d©]|\(c\)", copyright_, re.IGNORECASE):
        sheet.put("copyright_holder", copyright_)
    for line in scope.all("NewsLine"):
        kind = _lower(_value(find(line, "NewsLineType")))
        text = text_of(find(line, "NewsLineText"))
        sheet.seen.update(line.iter())
        if not kind.isdigit():
            sheet.put(kind, text)


def _content(story: "_Element", sheet: Sheet) -> None:
    """The text of a story's components and what its pictures say, in the order of the file."""
    files: dict[_Element, list[tuple[str, _Element]]] = {}
    for content in find_all(story, "ContentItem"):
        component = content.getparent()
        if component is None:
            continue
        role = _component_role(component)
        if href := collapsed(content.get("Href") or ""):
            sheet.seen.update(content.iter())
            if component not in files:
                _caption(component, role, sheet)
            files.setdefault(component, []).append((href, content))
        data = next(_own(content, "DataContent"), None)
        if data is not None and find(content, "Encoding") is None:
            sheet.seen.update(content.iter())
            if role not in _SILENT_ROLES:
                _data(data, role, sheet)
    sheet.put("rendition_files", [href for sizes in files.values() for href, _ in sizes])
    sheet.put("associated", [{"uri": uri} for uri in _pictures(files)])


def _pictures(renditions: "dict[_Element, list[tuple[str, _Element]]]") -> list[str]:
    """One address for each picture: the size to look at, by role and then by rank as the sender orders them."""
    roles = list(dict.fromkeys(map(_component_role, renditions)))
    ranked = []
    for component, sizes in renditions.items():
        properties = {one.get("FormalName"): one.get("Value") or "" for one in find_all(component, "Property")}
        rank = properties.get("Rank", "")
        uses = {_use(content): href for href, content in reversed(sizes)}
        best = next((uses[use] for use in _FIRST_RENDITIONS if use in uses), sizes[0][0])
        ranked.append((roles.index(_component_role(component)), int(rank) if rank.isdigit() else 0, best))
    return [href for _, _, href in sorted(ranked, key=lambda one: one[:2])]


def _use(content: "_Element") -> str:
    found = (one.get("Value") for one in find_all(content, "Property") if one.get("FormalName") == "ImageUse")
    return (next(found, None) or "").lower()


def _caption(component: "_Element", role: str, sheet: Sheet) -> None:
    """What a picture's own lines say of it."""
    if role not in _PICTURED or role == "logo" or _is_alone(component):
        return
    lines = next(_own(component, "NewsLines"), None)
    for name in ("CaptionLine", *_HEADLINES):
        for found in _own(lines, name):
            sheet.line(Role.CAPTION, sheet.take(found, whole=True))
    for found in _own(lines, "CreditLine"):
        sheet.line(Role.CREDIT, sheet.take(found, whole=True))


def _data(data: "_Element", role: str, sheet: Sheet) -> None:
    nitf = find(data, "nitf")
    if nitf is not None:
        read_head(nitf, sheet)
        read_body(nitf, sheet)
        return
    body = find(data, "body")
    lines = prose_of(body if body is not None else data) if len(data) else prose_of_text(data.text or "")
    for own, text in lines:
        if role in _DECKS:
            sheet.line(Role.DECK, text)
            sheet.put("sub_headline", text)
        elif role == "caption":
            sheet.line(Role.CAPTION, text)
        elif role == "contact":
            sheet.put("contact", text)
        else:
            sheet.line(own, text)
