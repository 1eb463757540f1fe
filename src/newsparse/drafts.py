"""Articles in the making: what a document states, a profile mends and a plugin derives is set on a draft.

Takes a built `Article`, gives it back with fields set. Spans and lines stay out of reach, so nothing that is set here
can lose one.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from newsparse.errors import OptionError
from newsparse.models import Article, Caption, Dateline, WireDate

_TEXTS = frozenset({"headline", "section", "byline", "language", "source"})
_LISTS = frozenset({"deck", "authors", "body"})
_RECORDS: Mapping[str, type] = {"dateline": Dateline, "published": WireDate, "updated": WireDate}
_LOCKED = frozenset({"blocks", "origin"})


@attrs.define
class ArticleDraft:
    """An article whose fields can still be set; satisfies `newsparse.extensions.Draft`."""

    article: Article
    log: list[tuple[str, Any, str]] = attrs.field(factory=list)
    """Every field that was set: its name, the value and the reason."""

    def set(self, field: str, value: Any, reason: str) -> None:
        """Set a field, or a name in `Article.extra`; ``extra`` itself takes a mapping and adds it.

        Raises:
            OptionError: The field holds spans, or the value is not what the field holds.
        """
        self.article = attrs.evolve(self.article, **{_target(field): self._checked(field, value)})
        self.log.append((field, value, reason))

    def _checked(self, field: str, value: Any) -> Any:
        if field in _LOCKED:
            raise OptionError(f"{field} cannot be set: it holds what the text's lines gave")
        if field in _TEXTS and not (value is None or (isinstance(value, str) and value)):
            raise OptionError(f"{field} takes a text or None, not {value!r}")
        if field in _LISTS:
            if isinstance(value, str) or not isinstance(value, Iterable):
                raise OptionError(f"{field} takes several texts, not {value!r}")
            return tuple(value)
        if field in _RECORDS and not (value is None or isinstance(value, _RECORDS[field])):
            raise OptionError(f"{field} takes a {_RECORDS[field].__name__} or None, not {value!r}")
        if field == "captions":
            return self._captions(value)
        if field == "extra":
            return {**self.article.extra, **value}
        return value if _target(field) == field else {**self.article.extra, field: value}

    def _captions(self, captions: Iterable[Caption]) -> tuple[Caption, ...]:
        checked = tuple(captions)
        spans = {caption.span for caption in self.article.captions} | {None}
        if not all(isinstance(caption, Caption) and caption.span in spans for caption in checked):
            raise OptionError("captions takes Caption records with the spans that the text gave, or None")
        return checked


_FIELDS = frozenset(field.name for field in attrs.fields(Article))


def _target(field: str) -> str:
    """The field of the article that a name sets: itself, or ``extra`` for any other name."""
    return field if field in _FIELDS else "extra"


def state_fields(
    articles: Iterable[Article], fields: Iterable[tuple[int | None, str, Any]]
) -> tuple[list[Article], list[str]]:
    """The articles with what a document states of them, and why any of it was left out."""
    drafts = [ArticleDraft(article) for article in articles]
    refused = []
    for index, name, value in fields:
        for number, draft in enumerate(drafts):
            if index is None or index == number:
                try:
                    draft.set(name, value, "stated by the input")
                except OptionError as error:
                    refused.append(str(error))
    return [draft.article for draft in drafts], refused
