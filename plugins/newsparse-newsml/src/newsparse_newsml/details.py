"""What of an article the XML formats have no element for: written as one JSON value, read back where it still fits.

The value stands beside the format's own elements, which are always written too. It is believed only where these still
say the same: a caption that was edited since is what its element says.
"""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from newsparse import (
    Article,
    Dateline,
    NewsparseError,
    Role,
    WireDate,
    article_from_dict,
    article_to_dict,
    xml_text,
)

PREFIX = "newsparse:"
"""What the names of values that only newsparse knows begin with."""
OWN_GUID = "urn:newsparse:"
"""What the identifier of an article without one begins with; `Article.id` follows."""
UNNAMED = "newsparse:unnamed"
"""The code of a provider that is not known: NewsML-G2 wants one."""
NAME = "newsparse:details"
"""The name of the value, in both formats, and in `Article.extra` on the way back."""
UNKNOWN = "1970-01-01T00:00:00+00:00"
"""What a date that must be there says where none is known."""

# How much of an ISO date is compared: the formats write seconds where the article may know minutes.
_TO_MINUTE = len("2031-05-06T07:08")


def details_of(article: Article, shown: Sequence[str]) -> str:
    """The JSON value.

    Args:
        article: The article.
        shown: What the format shows of each caption.
    """
    row = article_to_dict(article)
    captions = [
        {**{name: value for name, value in caption.items() if name != "span"}, "shown": xml_text(text, Counter())}
        for caption, text in zip(row["captions"], shown, strict=True)
    ]
    names = ("language", "dateline", "published", "updated", "extra")
    details = {"captions": captions, **{name: row[name] for name in names}}
    return json.dumps({name: value for name, value in details.items() if value}, sort_keys=True)


def restored(lines: Sequence[tuple[Role, str]], fields: dict[str, Any], extra: dict[str, Any]) -> None:
    """Set what a JSON value of `details_of` states, where lines and fields still agree with it."""
    value = extra.pop(NAME, None)
    if value is None:
        return
    try:
        details = json.loads(value)
        shown = [caption.pop("shown") for caption in details.get("captions", ())]
        article = article_from_dict(details)
    except (NewsparseError, AttributeError, KeyError, TypeError, ValueError, RecursionError):
        # The value comes from a file, so it may be anything; what the elements say holds without it.
        return
    if shown and [text for role, text in lines if role is Role.CAPTION] == shown:
        fields["captions"] = article.captions
    _restore_dates(article, fields)
    dateline: Dateline | None = fields.get("dateline")
    if article.dateline and dateline and dateline.raw == article.dateline.raw:
        fields["dateline"] = article.dateline
    extra.update(article.extra)
    # What such a file does not state, its article did not have: nothing is to be read out of the words.
    for name, nothing in {"authors": (), "dateline": None, "language": article.language, "source": None}.items():
        fields.setdefault(name, nothing)


def _restore_dates(article: Article, fields: dict[str, Any]) -> None:
    """Dates as precise as they were; a date that only repeats the other one, or fills an element, is none."""
    for name in ("published", "updated"):
        stated: WireDate | None = fields.get(name)
        meant: WireDate | None = getattr(article, name)
        if stated and meant and stated.iso[:_TO_MINUTE].startswith(meant.iso[:_TO_MINUTE]):
            fields[name] = meant
    for name, other in (("published", article.updated), ("updated", article.published)):
        stated = fields.get(name)
        filled = (UNKNOWN, other.iso if other else UNKNOWN)
        if stated and not getattr(article, name) and any(stated.iso.startswith(iso[:_TO_MINUTE]) for iso in filled):
            del fields[name]
