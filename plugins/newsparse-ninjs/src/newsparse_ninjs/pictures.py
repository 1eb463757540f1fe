"""Associations of a ninjs item: pictures, and whatever else goes with it."""

import attrs

from newsparse import Caption, Credit, WireDate, stated_date
from newsparse.stated import one_line
from newsparse_ninjs.names import FLAGS, OWN, PHOTOGRAPHER, VIA
from newsparse_ninjs.values import Json, alternatives_of, best_of, objects_of, text_of, texts_of


@attrs.frozen
class Picture:
    """What an item says of one of its associations."""

    type: str = ""
    headline: str = ""
    caption: str = ""
    alt: str = ""
    raw: str = ""
    credit: Credit | None = None
    place: str | None = None
    date: WireDate | None = None
    flags: tuple[str, ...] = ()

    @property
    def says_more(self) -> bool:
        """Whether it states more than a caption; of a caption alone the core reads what stands in it."""
        return bool(self.raw or self.credit or self.place or self.date or self.flags)

    def record(self) -> Caption:
        """The picture as a caption."""
        raw = self.raw or self.caption
        return Caption(self.caption or None, raw or None, self.credit, self.place, self.date, self.flags)

    def summary(self) -> dict[str, str]:
        """The picture as `Article.extra` has it."""
        names = ("type", "headline", "caption", "alt")
        return {name: one_line(value) for name in names if (value := getattr(self, name))}


def picture_of(item: Json, own: bool) -> Picture:
    """The association that a JSON object is.

    Args:
        item: The object, its names in lower case.
        own: Whether newsparse wrote it; then the photographer is named and not the byline.
    """
    descriptions = texts_of(item, "description", "descriptions")
    caption = best_of(text for text in descriptions if text.role != "raw")
    headline = best_of(texts_of(item, "headline", "headlines"))
    # What Superdesk has as the text of a picture is what stands in for it.
    alt = best_of(texts_of(item, "body", "bodies"))
    date = stated_date(alternatives_of(item).get(f"{OWN}date") or text_of(item, "contentcreated"))
    genres = [text_of(genre, "name") or "" for genre in objects_of(item, "genres", "genre")]
    return Picture(
        type=text_of(item, "type") or "",
        headline=headline.plain if headline else text_of(item, "title") or "",
        caption="" if caption is None else caption.value if own else caption.plain,
        alt=alt.plain if alt else "",
        raw=next((text.value for text in descriptions if text.role == "raw"), ""),
        credit=_credit(item, own),
        place=text_of(item, "located"),
        date=attrs.evolve(date, raw=None) if date and own else date,
        flags=tuple(genre for genre in genres if genre in FLAGS),
    )


def _credit(item: Json, own: bool) -> Credit | None:
    by = text_of(item, "by", "byline")
    sources = {
        VIA if VIA in (one.get("role"), one.get("rel")) else "": text_of(one, "name")
        for one in reversed(objects_of(item, "infosources", "infosource"))
    }
    people = objects_of(item, "people", "person")
    photographer = next((text_of(one, "name") for one in people if one.get("rel") == PHOTOGRAPHER), None)
    agency = sources.get("") or text_of(item, "source")
    if not own:
        photographer = photographer or by
        by = by or agency
    credit = Credit(by or "", agency, photographer, sources.get(VIA))
    return None if credit == Credit() else credit
