"""Articles in the making: what a document states, a profile mends and a plugin derives is set on a draft.

Takes a built `Article`, gives it back with fields set. Spans and lines stay out of reach, so nothing that is set here
can lose one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import deepcopy
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Any

import attrs

from newsparse.errors import OptionError
from newsparse.models import Article, Block, Caption, Dateline, Role, WireDate

_TEXTS = frozenset({"headline", "section", "byline", "language", "source"})
_LISTS = frozenset({"deck", "authors", "body"})
_RECORDS: Mapping[str, type] = {"dateline": Dateline, "published": WireDate, "updated": WireDate}
MOST_VALUES = 100_000
"""How many texts or captions a field takes: more than any article has."""
_LOCKED = frozenset({"blocks", "origin"})
# What is stated of them is what blocks say, too: a line may hold signs of its format that its text does not.
_OF_BLOCKS = {"headline": Role.HEADLINE, "deck": Role.DECK, "body": Role.BODY, "subheads": Role.SUBHEAD}


class ArticleDraft:
    """An article whose fields can still be set; satisfies `newsparse.extensions.Draft`."""

    __slots__ = ("_changed", "_own", "_shown", "log")

    def __init__(self, article: Article):
        self._own = article
        self._shown: Article | None = None
        self._changed = False
        self.log: list[tuple[str, Any, str]] = []
        """Every field that was set: its name, the value and the reason."""

    @property
    def article(self) -> Article:
        """The article as it stands now: a copy, so that what is done to it in other ways than `set` is lost."""
        if self._shown is None:
            self._shown = attrs.evolve(self._own, extra=deepcopy(self._own.extra))
        return self._shown

    @property
    def finished(self) -> Article:
        """The article itself."""
        return self._own

    def set(self, field: str, value: Any, reason: str) -> None:
        """Set a field, or a name in `Article.extra`; ``extra`` itself takes a mapping and adds it.

        Raises:
            OptionError: The field holds spans, or the value is not what the field holds.
        """
        checked = self._checked(field, value)
        self._note_change()
        if _target(field) == "extra":
            checked = {**self._own.extra, **checked}
        self._own, self._shown = attrs.evolve(self._own, **{_target(field): checked}), None
        self.log.append((field, value, reason))

    def state(self, fields: Iterable[tuple[str, Any]]) -> list[str]:
        """Set what a document states, all at once; why any of it was left out."""
        changes: dict[str, Any] = {}
        told: dict[Role, tuple[str, ...]] = {}
        refused = []
        for field, value in fields:
            try:
                # Subheads are blocks and nothing else.
                checked: Any = _texts(field, value) if field == "subheads" else self._checked(field, value)
            except OptionError as error:
                refused.append(str(error))
                continue
            if field in _OF_BLOCKS and checked:
                told[_OF_BLOCKS[field]] = (checked,) if isinstance(checked, str) else checked
            if field == "subheads":
                continue
            if _target(field) == "extra":
                checked = {**changes.get("extra", self._own.extra), **checked}
            changes[_target(field)] = checked
        if told:
            changes["blocks"] = _retold(self._own.blocks, told)
        self._own, self._shown = attrs.evolve(self._own, **changes), None
        return refused

    def was_changed(self) -> bool:
        """Whether an article that was handed out was changed in other ways than `set` since this was asked last."""
        self._note_change()
        changed, self._changed = self._changed, False
        return changed

    def _note_change(self) -> None:
        if self._shown is not None:
            self._changed, self._shown = self._changed or self._shown != self._own, None

    def _checked(self, field: str, value: Any) -> Any:
        if field in _LOCKED:
            raise OptionError(f"{field} cannot be set: it holds what the text's lines gave")
        if field in _TEXTS and not (value is None or (isinstance(value, str) and value)):
            raise OptionError(f"{field} takes a text or None, not {value!r}")
        if field in _LISTS:
            return _texts(field, value)
        if field in _RECORDS and not (value is None or (isinstance(value, _RECORDS[field]) and is_sound(value))):
            raise OptionError(f"{field} takes a {_RECORDS[field].__name__} or None, not {value!r}")
        if field == "captions":
            return self._captions(value)
        if field != "extra" and field in _FIELDS:
            return value
        if field == "extra" and not isinstance(value, Mapping):
            raise OptionError(f"extra takes a mapping, not {value!r}")
        added = value if field == "extra" else {field: value}
        if not is_json(added):
            raise OptionError(f"{field} takes values that JSON has, not {value!r}")
        return added

    def _captions(self, captions: Iterable[Caption]) -> tuple[Caption, ...]:
        checked = tuple(islice(captions, MOST_VALUES))
        spans = {caption.span for caption in self._own.captions} | {None}
        if not all(isinstance(each, Caption) and is_sound(each) and each.span in spans for each in checked):
            raise OptionError("captions takes Caption records with the spans that the text gave, or None")
        return checked


def _retold(blocks: tuple[Block, ...], told: Mapping[Role, tuple[str, ...]]) -> tuple[Block, ...]:
    """The blocks with what is stated of a role, where that is as many texts and of the same words; spans stay."""
    counts = Counter(block.role for block in blocks)
    texts = {role: iter(some) for role, some in told.items() if len(some) == counts[role]}
    retold = []
    for block in blocks:
        text = next(texts[block.role]) if block.role in texts else block.text
        same = text == block.text or _words(text) != _words(block.text)
        retold.append(block if same else attrs.evolve(block, text=text))
    return tuple(retold)


def _words(text: str) -> str:
    """A text's letters and figures alone."""
    return "".join(filter(str.isalnum, text))


def _texts(field: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise OptionError(f"{field} takes several texts, not {value!r}")
    texts = tuple(islice(value, MOST_VALUES + 1))
    if len(texts) > MOST_VALUES:
        raise OptionError(f"{field} takes {MOST_VALUES} texts at most")
    if not all(isinstance(text, str) and text for text in texts):
        raise OptionError(f"{field} takes several texts, not {texts!r}")
    return texts


def is_sound(value: object) -> bool:
    """Whether a record's fields hold texts, tuples of texts and other such records; spans are not looked at.

    Example:
        >>> is_sound(Caption(text="A street")), is_sound(Caption(text=3))
        (True, False)
    """
    if value is None or isinstance(value, str):
        return True
    if isinstance(value, tuple):
        return all(isinstance(item, str) for item in value)
    kind = type(value)
    return attrs.has(kind) and all(is_sound(getattr(value, name)) for name in attrs.fields_dict(kind) if name != "span")


def is_json(value: object) -> bool:
    """Whether a value is one that JSON has; a tuple counts as a list.

    Example:
        >>> is_json({"urgency": [4, None]}), is_json({"when": 1j})
        (True, False)
    """
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and is_json(item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return all(map(is_json, value))
    return value is None or isinstance(value, str | int | float)


_FIELDS = frozenset(field.name for field in attrs.fields(Article))


def _target(field: str) -> str:
    """The field of the article that a name sets: itself, or ``extra`` for any other name."""
    return field if field in _FIELDS else "extra"


def state_fields(
    articles: Iterable[Article], fields: Iterable[tuple[int | None, str, Any]]
) -> tuple[list[Article], list[str]]:
    """The articles with what a document states of them, and why any of it was left out."""
    # For all articles and for each one what is stated of it, with its place: what is stated last holds.
    stated: dict[int | None, list[tuple[int, str, Any]]] = {}
    for place, (index, name, value) in enumerate(fields):
        stated.setdefault(index, []).append((place, name, value))
    finished, refused = [], []
    for number, article in enumerate(articles):
        own = merge(stated.get(None, ()), stated.get(number, ()), key=itemgetter(0))
        draft = ArticleDraft(article)
        refused += draft.state((name, value) for _, name, value in own)
        finished.append(draft.finished)
    return finished, refused
