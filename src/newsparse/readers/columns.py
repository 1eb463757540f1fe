"""What columns are called: in FineWeb, CC-News, news-please, schema.org, and in tables that people make.

A data table. Names are compared without case, blanks, hyphens and underscores.
"""

from collections.abc import Mapping

TEXT = (
    "text",
    "content",
    "body",
    "article",
    "maintext",
    "articlebody",
    "articletext",
    "fulltext",
    "rawtext",
    "pagecontent",
    "story",
    "document",
    "bodytext",
)
"""The columns that are taken for the text; the first one that holds text wins."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "headline": ("headline", "title", "heading", "articletitle", "newstitle"),
    "deck": ("deck", "dek", "subtitle", "subheadline", "standfirst", "abstract"),
    "section": ("section", "articlesection", "kicker"),
    "authors": ("authors", "author", "byline", "creator"),
    "published": (
        "published",
        "datepublish",
        "datepublished",
        "publishdate",
        "publisheddate",
        "publishedat",
        "publicationdate",
        "pubdate",
        "date",
    ),
    "updated": ("updated", "updatedat", "datemodify", "datemodified", "modified", "modifiedat"),
    "language": ("language", "lang", "inlanguage"),
    "source": ("source", "publication", "publisher", "outlet", "newspaper"),
}
"""For each field of an article the columns that state it, in the order in which they are asked. A meta description is
none: it mostly repeats the first paragraph."""


def folded(name: str) -> str:
    """A column's name as it is compared.

    Example:
        >>> folded("Date_Publish"), folded("articleBody")
        ('datepublish', 'articlebody')
    """
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")
