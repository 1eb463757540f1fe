"""Reads and writes IPTC ninjs and schema.org JSON-LD for newsparse."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from newsparse import Document, OutputFormat, ReadContext, Reader, WriteContext, Writer, hookimpl

_JSON_RE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*[\[{]")
# Names that ninjs has; three make it sure, one of them of the first kind, which hardly any other JSON has. Rows of any
# collection of articles have some of the second kind, and a text that ninjs has no name for.
_NINJS_RE = re.compile(
    rb'"(?:(?P<own>versioncreated|firstcreated|contentcreated|pubstatus|representationtype|usageterms|copyrightholder|'
    rb"copyrightnotice|ednote|renditions|associations|infosources?|headlines|bodies|descriptions|eventdetails|"
    rb"plannedcoverage|embargoeduntil|body_(?:text|html|xhtml|main|richtext)|description_(?:text|html|xhtml)|"
    rb'headline_main|altids)|(?P<shared>slugline|urgency|located|byline|profile|guid|uri|headline|mimetype))"\s*:',
    re.IGNORECASE,
)
_JSONLD_RE = re.compile(
    rb'"@context"\s*:\s*[\[{"][^\]}]{0,200}schema\.org|"@type"\s*:\s*\[?\s*"[^"]{0,60}(?:Article|Posting)"'
)
# How sure the readers are: three names or more, two, a schema.org article, a name alone.
_SURE, _LIKELY, _NAMED, _NO = 92, 65, 40, 0
_MANY, _SOME = 3, 2


@hookimpl
def newsparse_register_formats() -> Iterable[OutputFormat]:
    """Ninjs and JSON-LD."""
    return (
        OutputFormat(
            "ninjs",
            ".ninjs.json",
            "application/json",
            open=_open_ninjs,
            options=("version",),
            title="IPTC ninjs 3.1, 2.2 or 1.6: one item, or an array of them",
        ),
        OutputFormat(
            "jsonld",
            ".jsonld",
            "application/ld+json",
            open=_open_jsonld,
            title="schema.org NewsArticle as JSON-LD: one, or an array of them",
        ),
    )


@hookimpl
def newsparse_register_readers() -> Iterable[Reader]:
    """Ninjs and JSON-LD."""
    return (
        Reader("ninjs", (".json",), _sniff_ninjs, _read_ninjs, ("limit",), "IPTC ninjs 1.0 to 3.1, an item or many"),
        Reader(
            "jsonld",
            (".jsonld", ".json"),
            _sniff_jsonld,
            _read_jsonld,
            ("limit",),
            "schema.org NewsArticle as JSON-LD, one or many",
        ),
    )


def _open_ninjs(stream: BinaryIO, context: WriteContext) -> Writer:
    from functools import partial

    from newsparse import choice_option
    from newsparse_ninjs.items import VERSIONS, ninjs_item
    from newsparse_ninjs.jsons import ArrayWriter
    from newsparse_ninjs.names import stamp_text

    version = choice_option(context.options, "version", VERSIONS)
    return ArrayWriter(stream, partial(ninjs_item, version=version, stamp=stamp_text(context.stamp)))


def _open_jsonld(stream: BinaryIO, context: WriteContext) -> Writer:
    from functools import partial

    from newsparse_ninjs.jsons import ArrayWriter
    from newsparse_ninjs.newsarticles import news_article

    return ArrayWriter(stream, partial(news_article, stamp=context.stamp))


def _read_ninjs(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    from newsparse_ninjs.files import read_objects
    from newsparse_ninjs.ninjs import is_item, item_documents

    return read_objects(stream, context, "ninjs", is_item, item_documents)


def _read_jsonld(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    from newsparse_ninjs.files import read_objects
    from newsparse_ninjs.jsonld import is_article, link_references, node_documents

    return read_objects(stream, context, "jsonld", is_article, node_documents, link_references)


def _sniff_ninjs(head: bytes, name: str) -> int:
    if not _JSON_RE.match(head) or _JSONLD_RE.search(head):
        return _NO
    found = _NINJS_RE.findall(head)
    names = {(own or shared).lower() for own, shared in found}
    is_own = any(own for own, _ in found)
    if is_own and len(names) >= _SOME:
        return _SURE if len(names) >= _MANY else _LIKELY
    return _NAMED if names and name.endswith(".json") else _NO


def _sniff_jsonld(head: bytes, name: str) -> int:
    if _JSON_RE.match(head) and _JSONLD_RE.search(head):
        return _SURE
    return _NAMED if name.endswith(".jsonld") else _NO
