"""Pictures of a feed's items: what Media RSS says of each, which feedparser gives without telling whose it is.

Takes the feed's bytes, gives the captions of each item, in order. A feed that is no sound XML gives those before the
fault.
"""

import io
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import attrs

from newsparse import Caption, Credit, stated_date
from newsparse.markup import pieces
from newsparse.stated import one_line
from newsparse_feeds.marks import ATOM, FLAGS_APART, MEDIA, OWN

_ITEMS = frozenset(("item", "{http://purl.org/rss/1.0/}item", f"{{{ATOM}}}entry"))
_CONTENT, _CREDIT = f"{{{MEDIA}}}content", f"{{{MEDIA}}}credit"
_DESCRIPTION, _GROUP = f"{{{MEDIA}}}description", f"{{{MEDIA}}}group"
_PICTURE = f"{{{OWN}}}picture"


@attrs.frozen
class Pictures:
    """What an item says of its pictures."""

    captions: tuple[Caption, ...] = ()
    texts: frozenset[str] = frozenset()
    """Their descriptions as feedparser has them, who takes them for texts of the item."""


def pictures_of(data: bytes | bytearray) -> list[Pictures]:
    """The pictures of each item of a feed."""
    found = []
    try:
        for _, element in ET.iterparse(io.BytesIO(data)):
            if element.tag in _ITEMS:
                found.append(_pictures(element))
                element.clear()
    except (ET.ParseError, ValueError, LookupError):
        # feedparser says what is wrong with it.
        pass
    return found


def _pictures(item: ET.Element) -> Pictures:
    texts = frozenset((one.text or "").strip() for one in item.iter(_DESCRIPTION))
    # One caption may hold for the whole group, or for the item.
    captions = [caption for holder in (item, *item.iter(_GROUP)) for caption in _contents(holder)]
    shared = [caption for caption in [_caption(item)] if caption and not captions]
    return Pictures(tuple(dict.fromkeys([*captions, *shared])), texts)


def _contents(holder: ET.Element) -> Iterator[Caption]:
    for content in holder.findall(_CONTENT):
        caption = _caption(content) or (_caption(holder) if holder.tag == _GROUP else None)
        if caption:
            yield caption


def _caption(element: ET.Element) -> Caption | None:
    description, credit, own = element.find(_DESCRIPTION), element.find(_CREDIT), element.find(_PICTURE)
    text = description.text if description is not None else None
    signed = credit.text if credit is not None else None
    if own is not None:
        return _own(text, signed, own)
    if description is not None and description.get("type") == "html":
        text = " ".join(one for _, one in pieces(text or ""))
    text, signed = one_line(text or ""), one_line(signed or "")
    return Caption(text, text, Credit(signed) if signed else None) if text else None


def _own(text: str | None, signed: str | None, own: ET.Element) -> Caption:
    parts = {name: own.get(name) for name in ("agency", "photographer", "via")}
    date = stated_date(own.get("date"))
    return Caption(
        text,
        own.get("raw") or text,
        Credit(signed or "", **parts) if signed is not None or any(parts.values()) else None,
        own.get("place"),
        date and attrs.evolve(date, raw=None),
        own.get("flags", "").split(FLAGS_APART) if own.get("flags") else (),
    )
