"""What both writers make of an article: its running text, its captions as shown, text that XML can hold, stamps."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from newsparse import Article, Caption, Role, WireDate, xml_text
from newsparse_newsml.dates import read_date
from newsparse_newsml.details import OWN_GUID
from newsparse_newsml.sheets import collapsed

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
# XML Schema's dateTime knows no offset beyond this.
_WIDEST_OFFSET = 14


def new(namespace: str, name: str, **attributes: str) -> "_Element":
    """A root element that declares its namespace as the default one."""
    from lxml.etree import Element

    # The stubs of lxml know no default namespace, which is the prefix None.
    declared: Any = {None: namespace}
    return Element(f"{{{namespace}}}{name}", attributes, nsmap=declared)


class Xml:
    """Makes elements of whatever characters.

    Args:
        replaced: Where the characters that XML cannot hold are counted; see `newsparse.WriteContext`.
    """

    def __init__(self, replaced: Counter[str]):
        self._replaced = replaced

    def text(self, text: str) -> str:
        """The text as XML can hold it."""
        return xml_text(text, self._replaced)

    def add(self, parent: "_Element", tag: str, text: str | None = None, /, **attributes: str | None) -> "_Element":
        """Add an element in the parent's namespace; blanks that would be lost are marked as the text's own.

        Args:
            parent: What it is added to.
            tag: Its name.
            text: Its text.
            attributes: Its attributes, with ``_`` for ``-``, and ``__`` for ``.``; ``None`` for none.
        """
        from lxml.etree import SubElement

        namespace = str(parent.tag).rpartition("}")[0]
        given = {
            key.replace("__", ".").replace("_", "-"): self.text(value)
            for key, value in attributes.items()
            if value is not None
        }
        element = SubElement(parent, f"{namespace}}}{tag}", given)
        if text is not None:
            element.text = self.text(text)
            if collapsed(element.text) != element.text:
                element.set(_SPACE, "preserve")
        return element


def shown(caption: Caption) -> str:
    """A caption as it is shown: as it stood in its text, with its credit."""
    text = caption.raw or caption.text or ""
    credit = caption.credit.raw if caption.credit else ""
    return text if not credit or credit in text else f"{text} ({credit})".strip()


def running(article: Article) -> Iterator[tuple[Role, str]]:
    """Paragraphs, subheads and captions in reading order; captions without a place in it come last."""
    captions = [(caption.raw or caption.text, shown(caption)) for caption in article.captions]
    paragraphs = tuple(block.text for block in article.blocks if block.role is Role.BODY)
    if paragraphs == article.body:
        for block in article.blocks:
            if block.role in (Role.BODY, Role.SUBHEAD):
                yield block.role, block.text
            elif captions and block.role is Role.CAPTION and block.text == captions[0][0]:
                yield Role.CAPTION, captions.pop(0)[1]
    else:
        for paragraph in article.body:
            yield Role.BODY, paragraph
    for _, text in captions:
        yield Role.CAPTION, text


def truncated(date: WireDate | None) -> str | None:
    """A date as XML Schema has it, as precise as it is; ``None`` where it is none."""
    if date is None or (found := read_date(date.iso)) is None:
        return None
    offset = re.search(r"[+-](\d\d):(\d\d)$", found.iso) if "T" in found.iso else None
    if offset and int(offset[1]) + int(offset[2]) / 60 > _WIDEST_OFFSET:
        return None
    return re.sub(r"T(\d\d:\d\d)(?=$|[+-])", r"T\1:00", found.iso)


def moment(date: WireDate | None) -> str | None:
    """A date as XML Schema's dateTime; ``None`` where it states no time of day."""
    text = truncated(date)
    return text if text and "T" in text else None


def filled(date: WireDate | None) -> str | None:
    """A date as XML Schema's dateTime, the first moment that it may mean where it states no time of day."""
    text = truncated(date)
    if text is None or "T" in text:
        return text
    return text + "-01-01T00:00:00"[-(len("2031-05-06T07:08:00") - len(text)) :]


def language_of(article: Article) -> str | None:
    """The language, if it is a tag."""
    return article.language if article.language and _LANGUAGE.fullmatch(article.language) else None


def guid_of(article: Article) -> str:
    """The identifier that the article came with, else one made of its `Article.id`."""
    return words(article.extra.get("guid")) or f"{OWN_GUID}{article.id}"


def words(value: Any) -> str | None:
    """A value of `Article.extra` as one line of text, if it is one."""
    text = collapsed(value) if isinstance(value, str) else str(value) if type(value) is int else ""
    return text or None


def token(value: Any) -> str | None:
    """A value of `Article.extra`, if it can be a code."""
    return value if isinstance(value, str) and _TOKEN.fullmatch(value) else None


def several(value: Any) -> list[str]:
    """A value of `Article.extra` as lines of text: one, or a list of them."""
    values: Iterable[Any] = value if isinstance(value, list | tuple) else [value]
    return [text for one in values if (text := words(one))]


def stamps(stamp: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a stamp says beside the version, as names that can be codes and texts."""
    for name, value in stamp.items():
        if name != "version" and _TOKEN.fullmatch(name) and value not in (None, "", (), [], {}):
            yield name, value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)


def origin_of(article: Article) -> str | None:
    """The article's origin as one JSON value, or ``None``."""
    from newsparse import article_to_dict

    origin = article_to_dict(article)["origin"]
    told = {name: value for name, value in (origin or {}).items() if value is not None}
    return json.dumps(told, sort_keys=True) if told else None
