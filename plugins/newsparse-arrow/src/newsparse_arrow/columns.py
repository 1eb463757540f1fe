"""The columns of well-known tables of news and where an article has their values. A data table.

The types are Arrow's. Of several places the first one that holds a value wins. What a table of this kind stated, as a
URL, stands in `Article.extra` under the column's own name when it was read from there.
"""

from collections.abc import Mapping

Column = tuple[str, tuple[str, ...]]
"""A type, and places: ``text``, a field of the article, ``extra NAME`` or ``origin NAME``."""

NAMED: Mapping[str, Mapping[str, Column]] = {
    # https://huggingface.co/datasets/HuggingFaceFW/fineweb; tokens were counted of another text, so of this there is
    # no count.
    "fineweb": {
        "text": ("string", ("text",)),
        "id": ("string", ("extra id", "id")),
        "dump": ("string", ("extra dump",)),
        "url": ("string", ("extra url",)),
        "date": ("string", ("extra date", "published")),
        "file_path": ("string", ("extra file_path", "origin path")),
        "language": ("string", ("language",)),
        "language_score": ("double", ("extra language_score",)),
        "token_count": ("int64", ()),
    },
    # https://huggingface.co/datasets/vblagoje/cc_news
    "cc-news": {
        "title": ("string", ("headline",)),
        "text": ("string", ("text",)),
        "domain": ("string", ("extra domain", "extra source_domain")),
        "date": ("string", ("published", "extra date")),
        "description": ("string", ("extra description", "deck")),
        "url": ("string", ("extra url",)),
        "image_url": ("string", ("extra image_url",)),
    },
    # https://github.com/fhamborg/news-please
    "news-please": {
        "authors": ("list<string>", ("authors",)),
        "date_download": ("string", ("extra date_download",)),
        "date_modify": ("string", ("updated", "extra date_modify")),
        "date_publish": ("string", ("published", "extra date_publish")),
        "description": ("string", ("extra description", "deck")),
        "filename": ("string", ("extra filename",)),
        "image_url": ("string", ("extra image_url",)),
        "language": ("string", ("language",)),
        "localpath": ("string", ("extra localpath", "origin path")),
        "title": ("string", ("headline",)),
        "maintext": ("string", ("text",)),
        "source_domain": ("string", ("extra source_domain", "extra domain")),
        "url": ("string", ("extra url",)),
    },
}
"""For each table its columns, in its order."""
