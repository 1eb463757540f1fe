"""ninjs to documents, in any version from 1.0 to 3.1 and in the dialects of the field.

Takes the JSON objects of a file, gives a `Document` an item. Names are looked at in lower case, so that 3.x reads as
2.x; the flat texts of 1.x are lists as in 2.x. What Superdesk and others add beside the standard is read too.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from newsparse import Dateline, Document, Origin, Role, StatedText, WireDate, stated_date
from newsparse.markup import pieces
from newsparse.stated import one_line, paragraphs
from newsparse_ninjs.names import AUTHOR, CONCEPTS, ORIGIN, OWN, OWN_URI, PICTURES, SINGLE
from newsparse_ninjs.pictures import Picture, picture_of
from newsparse_ninjs.values import (
    SAME,
    Json,
    alternatives_of,
    best_of,
    lowered,
    objects_of,
    parts_of,
    running_of,
    single_of,
    text_of,
    texts_of,
)

# How many of an object's names must be those of ninjs before it is an item, one of them telling.
_NAMES_OF_AN_ITEM = 2
# Associations of associations are read no deeper; the schema sets no end.
_DEEPEST = 4
# Roles of further headlines.
_DECKS = frozenset(
    ["deck", "sub", "subhead", "subheadline", "sub_headline", "subtitle", "standfirst", "drop", "deckhead"]
)
_SECTIONS = frozenset(["kicker", "section", "eyebrow", "overline", "preheadline"])
_MAIN = frozenset(("", "main"))
_TEXTS = ("body_", "headline_", "description_")
# Superdesk names its desks' services beside the concepts of the standard.
_CONCEPTS = {**CONCEPTS, "services": "service"}
# Names that are read besides single values.
_READ_NAMES = """
    headline headlines body bodies description descriptions by byline people person authors infosources infosource
    source language versioncreated firstpublished altids associations renditions standard $standard keywords
"""
_READ = frozenset(_READ_NAMES.split()) | {*_CONCEPTS, *_CONCEPTS.values()}
# Of those, names of a ninjs item that are hardly together in other JSON; and those of which an item has one.
_OURS = (_READ | frozenset(SINGLE)) - frozenset(["source", "authors", "body", "description", "by", "keywords"])
_TELLING = frozenset(
    ["uri", "guid", "headline", "headlines", "bodies", "descriptions", "title", "versioncreated", "associations"]
)


def is_item(value: Json) -> bool:
    """Whether a JSON object is a ninjs item."""
    names = {name.lower() for name in value}
    texts = sum(name.startswith(_TEXTS) for name in names)
    return len(names & _OURS) + texts >= _NAMES_OF_AN_ITEM and (texts > 0 or not names.isdisjoint(_TELLING))


def item_documents(item: Json, origin: Origin, unmapped: Counter[str]) -> Iterator[Document]:
    """The document of an item, and those of stories among its associations.

    Args:
        item: The JSON object.
        origin: Where it stands.
        unmapped: Counts by name the values that are not taken.
    """
    for name in item:
        if not (name.lower() in _READ or name.lower() in SINGLE or name.lower().startswith(_TEXTS)):
            unmapped[name] += 1
    found = lowered(item)
    yield _Item(found).document(origin)
    for story in _stories(found, _DEEPEST):
        yield _Item(story).document(origin)


def _stories(item: Json, depth: int) -> Iterator[Json]:
    for part in parts_of(item, "associations"):
        if part.get("type") not in PICTURES and running_of(part):
            yield part
        if depth:
            yield from _stories(part, depth - 1)


class _Item:
    """One item, its names in lower case."""

    def __init__(self, item: Json):
        self._item = item
        # What newsparse itself wrote says some things exactly among the alternative identifiers.
        self._own = {
            role.removeprefix(OWN): value for role, value in alternatives_of(item).items() if role.startswith(OWN)
        }
        self._running = running_of(item)
        self._caption = ""
        self._stated = StatedText("stated by ninjs")

    def document(self, origin: Origin) -> Document:
        """The item's values in reading order, and its fields."""
        self._headlines()
        self._description()
        if byline := text_of(self._item, "by", "byline"):
            self._stated.line(Role.BYLINE, byline)
        self._published()
        self._located()
        self._stated.line(Role.CAPTION, self._caption)
        for role, text in self._running:
            self._stated.line(role, text)
        self._associations()
        self._people()
        self._fields()
        name = text_of(self._item, "title", "slugline", "uri", "guid") or "an item without a text"
        return self._stated.document(origin, name=name)

    def _headlines(self) -> None:
        headlines = texts_of(self._item, "headline", "headlines")
        named = [text for text in headlines if text.role not in _DECKS | _SECTIONS]
        main = next((text for text in named if text.role in _MAIN), None) or next(iter(named), None)
        for text in headlines:
            if text.role in _SECTIONS:
                self._stated.line(Role.SECTION, text.plain)
        title = text_of(self._item, "title")
        if main:
            self._stated.line(Role.HEADLINE, main.value if self._own else main.plain)
        elif title and not self._running:
            # A title is not made to be shown, but of an item without a text it is all there is.
            self._stated.line(Role.HEADLINE, title)
        for text in headlines:
            if text.role in _DECKS:
                # 1.x has one name for all of them: several are lines.
                for line in text.plain.split("\n"):
                    self._stated.line(Role.DECK, line)
        for text in named:
            if main and text.plain != main.plain:
                self._stated.field(f"headline_{text.role or 'main'}", text.plain)

    def _description(self) -> None:
        """The caption of a picture, the summary of anything else."""
        descriptions = texts_of(self._item, "description", "descriptions")
        for text in descriptions:
            if text.role not in SAME:
                self._stated.field(f"description_{text.role}", text.plain)
        best = best_of(descriptions)
        if best is None:
            return
        if self._item.get("type") in PICTURES:
            self._caption = one_line(best.plain)
            return
        self._stated.field("abstract", best.plain)
        if not self._own:
            for line in [text for _, text in pieces(best.value)] if best.markup else paragraphs(best.value):
                self._stated.line(Role.DECK, line)

    def _published(self) -> None:
        iso = self._own.get("published") or text_of(self._item, "firstpublished", "firstcreated")
        if iso and (date := self._date(iso)):
            self._stated.line(Role.TIMESTAMP, iso)
            self._stated.field("published", date)

    def _date(self, iso: str | None) -> WireDate | None:
        date = stated_date(iso)
        return attrs.evolve(date, raw=None) if date and self._own else date

    def _located(self) -> None:
        """The place as a dateline, unless the text opens with one, which says more."""
        located = text_of(self._item, "located")
        if self._own:
            if line := self._own.get("dateline"):
                self._stated.line(Role.DATELINE, line)
            return
        opening = next((text for role, text in self._running if role is Role.BODY), "")
        if located and not opening.casefold().startswith(located.partition(",")[0].casefold()):
            self._stated.line(Role.DATELINE, located)
            self._stated.field("dateline", Dateline(place=located, raw=located))

    def _associations(self) -> None:
        """Captions as lines, and as records where a picture states more than its caption."""
        associated = [picture_of(part, bool(self._own)) for part in parts_of(self._item, "associations")]
        shown: list[Picture] = []
        for picture in associated:
            if picture.type and picture.type not in PICTURES:
                self._stated.line(Role.RELATED, picture.headline)
            elif picture.caption or picture.raw:
                shown.append(picture)
                self._stated.line(Role.CAPTION, picture.raw if self._own and picture.raw else picture.caption)
                if picture.credit and not self._own:
                    self._stated.line(Role.CREDIT, picture.credit.raw)
        if any(picture.says_more for picture in shown):
            self._stated.field("captions", tuple(picture.record() for picture in shown))
        if not self._own:
            self._stated.field("associated", [picture.summary() for picture in associated])
            self._stated.field("associations_count", len(associated) or None)

    def _people(self) -> None:
        """Authors, source and the concepts of each kind."""
        item, stated = self._item, self._stated
        people = objects_of(item, "people", "person")
        # Superdesk lists authors by themselves.
        authors = [*objects_of(item, "authors"), *(one for one in people if one.get("rel") == AUTHOR)]
        stated.field("authors", tuple(dict.fromkeys(name for one in authors if (name := text_of(one, "name")))))
        sources = [text_of(one, "name") for one in objects_of(item, "infosources", "infosource")]
        stated.field("source", text_of(item, "source") or next(filter(None, sources), None))
        for plural, singular in _CONCEPTS.items():
            concepts = [one for one in objects_of(item, plural, singular) if one.get("rel") != AUTHOR]
            names = [text_of(one, "name") for one in concepts]
            codes = [text_of(one, "literal", "code", "uri") for one in concepts]
            stated.field(f"{singular}_names", list(filter(None, names)))
            stated.field(f"{singular}_codes", list(filter(None, codes)))

    def _fields(self) -> None:
        """Single values, and the names of files."""
        item, stated = self._item, self._stated
        for name, key in SINGLE.items():
            if not (self._own and self._is_written(name)):
                stated.field(key, single_of(item, name))
        stated.field("language", text_of(item, "language"))
        stated.field("updated", self._date(self._own.get("updated") or text_of(item, "versioncreated")))
        stated.field("keywords", [word for one in objects_of(item, "keywords") if (word := text_of(one, "name"))])
        renditions = parts_of(item, "renditions")
        stated.field("renditions_count", len(renditions) or None)
        stated.field("rendition_files", [href for one in renditions if (href := text_of(one, "href"))])
        for part in ORIGIN:
            stated.field(f"origin_{part}", self._own.get(part))

    def _is_written(self, name: str) -> bool:
        """Whether newsparse wrote a value for ninjs' sake, where the article has it as a field or not at all."""
        derived: Mapping[str, Any] = {
            "uri": str(self._item.get("uri")).startswith(OWN_URI),
            "type": self._item.get("type") == "text",
            "located": True,
            "firstcreated": "published" in self._own,
        }
        return bool(derived.get(name))
