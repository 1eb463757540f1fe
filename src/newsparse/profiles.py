"""What a source profile says of a text's lines: rules, words, and labels for what depends on where a line stands.

Takes a `SourceProfile`, gives the rules that its lines and patterns make, a locale with its credits, and an `Annotator`
that labels a text window by window. A profile acts only on text that is its source's: the caller decides that.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import overload

import attrs

from newsparse.dump import NO_ARTICLE, ROLE_NUMBERS, Ledger, Line
from newsparse.errors import OptionError
from newsparse.extensions import Label, LinePattern, LineView, ParseContext, Rule, SourceProfile
from newsparse.forms import LONGEST_LINE
from newsparse.layouts import Layouts
from newsparse.lines import normalise
from newsparse.locales import Locale
from newsparse.models import Role
from newsparse.windows import Window

# How strongly a profile's own words speak: more than any shape, less than what a format states.
PROFILE_WEIGHT = 240
_MARKER: Mapping[str, int] = {Role.MARKER: PROFILE_WEIGHT}
# A line around the articles is one of these three; half as strong, so that its surroundings say which.
_FURNITURE: Mapping[str, int] = {Role.FURNITURE: 160, Role.MARKER: 160, Role.RELATED: 160}
# A line that may be a title is a story's headline somewhere: there this must not outweigh where it stands.
_TITLE_LENGTH = 40
_FURNITURE_TITLE: Mapping[str, int] = dict.fromkeys(_FURNITURE, 48)
# A line of the profile's own is that line, however long it is.
_ANY_LENGTH = 1 << 40

MOST_LABELS = 1000
"""How many labels `SourceProfile.annotate` may give, beside `LABELS_A_LINE` for each line: one without end stops."""
LABELS_A_LINE = 16
MOST_WEIGHT = 4000
"""The weight of a label lies between this and minus this: a few lines' evidence outweighs nothing stronger."""


def profile_rules(profile: SourceProfile) -> list[Rule]:
    """The rules that a profile's markers, furniture and patterns make, with their weights.

    Example:
        >>> [rule.name for rule in profile_rules(SourceProfile("x", markers=["Print It"]))]
        ['x:marker']
    """
    rules = []
    titles = tuple(line for line in profile.furniture if _may_be_title(line))
    plain = tuple(line for line in profile.furniture if not _may_be_title(line))
    for kind, lines, weights in (
        ("marker", profile.markers, _MARKER),
        ("furniture", plain, _FURNITURE),
        ("furniture_title", titles, _FURNITURE_TITLE),
    ):
        if lines:
            title = f"a {kind} of {profile.name}"
            name = f"{profile.name}:{kind}"
            rules.append(Rule(name, lines=_keys(lines), longest=_ANY_LENGTH, weights=weights, title=title))
    for pattern in profile.patterns:
        if pattern.role is not None and not _is_stated(pattern):
            rules.append(
                Rule(
                    f"{profile.name}:{pattern.name}",
                    pattern=pattern.pattern,
                    contains=pattern.contains,
                    longest=LONGEST_LINE,
                    weights={pattern.role: PROFILE_WEIGHT},
                    title=f"{pattern.name} of {profile.name}",
                )
            )
    return rules


def with_credits(locale: Locale, profile: SourceProfile) -> Locale:
    """A locale that knows the names which sign a source's pictures."""
    names = (*locale.of("agencies.names"), *profile.credits)
    return attrs.evolve(locale, words={**locale.words, "agencies.names": names})


def header_of(profile: SourceProfile) -> Callable[[str], str | None]:
    """A function that gives the profile's label that a line's key opens with, or ``None``.

    Example:
        >>> header_of(SourceProfile("x", labels={"LENGTH": "length"}))("length: 355 words")
        'LENGTH'
    """
    heads = {normalise(label).strip() + ":": label for label in profile.labels}
    known = tuple(heads)

    def header(key: str) -> str | None:
        if not key.startswith(known):
            return None
        return next(label for head, label in heads.items() if key.startswith(head))

    return header


class Annotator:
    """What a profile says of lines by where they stand: separators, headers, layouts, and its own `annotate`.

    One is made for each text, and given its windows in order.

    Args:
        profile: The profile.
        context: What its `annotate` is told.
        annotate: Calls its `annotate`, contained as the caller wants it.
    """

    def __init__(
        self,
        profile: SourceProfile,
        context: ParseContext,
        annotate: Callable[[Callable[[], list[Label]]], Sequence[Label]],
    ):
        self._profile = profile
        self._context = context
        self._annotate = annotate
        self._separators = frozenset(_keys(profile.separators))
        self._header = header_of(profile) if profile.labels else None
        self._patterns = [(re.compile(form.pattern).match, form) for form in profile.patterns if _is_stated(form)]
        self._layouts = Layouts(profile.layouts, _key) if profile.layouts else None
        self._parted = False  # whether the last line was a separator
        self._laid_out = 0  # the index of the first line behind the last layout found

    @staticmethod
    def is_needed(profile: SourceProfile) -> bool:
        """Whether a profile says anything by where lines stand; else its rules say it all."""
        return bool(
            profile.separators
            or profile.labels
            or profile.layouts
            or profile.annotate
            or any(map(_is_stated, profile.patterns))
        )

    def labels(self, window: Window) -> list[Label]:
        """The labels for the lines of a window's block."""
        lines = window.lines
        start, stop = window.above, window.above + window.inside
        found: list[Label] = []
        if self._separators or self._header or self._patterns:
            for row, text, key in zip(
                lines.rows[start:stop], lines.texts[start:stop], lines.keys[start:stop], strict=True
            ):
                found += self._stated(row + window.first, text, key)
        if self._layouts:
            found += self._laid_out_labels(self._layouts, window)
        annotate = self._profile.annotate
        if annotate:
            found += self._annotate(lambda: self._annotated(annotate, window))
        return found

    def _stated(self, row: int, text: str, key: str) -> Iterator[Label]:
        name = self._profile.name
        if key in self._separators:
            self._parted = True
            yield Label(row + 1, Role.MARKER, weight=None, reason=f"separator of {name}")
            return
        if self._parted:
            self._parted = False
            yield Label(row + 1, starts_article=True, weight=None, reason=f"behind a separator of {name}")
        header = self._header and self._header(key)
        if header is not None:
            yield Label(row + 1, Role.FIELD, header in self._profile.opens, None, f"header of {name}")
        for match, form in self._patterns:
            if len(text) <= LONGEST_LINE and has_one(form, text) and match(text):
                role = Role.FIELD if form.role is Role.FIELD else None
                yield Label(row + 1, role, form.starts_article, None, f"{form.name} of {name}")
                if form.role and role is None:
                    yield Label(row + 1, form.role, weight=PROFILE_WEIGHT, reason=f"{form.name} of {name}")

    def _laid_out_labels(self, layouts: Layouts, window: Window) -> Iterator[Label]:
        """Labels for the layouts that begin in the block; their lines may go on behind it."""
        lines = window.lines
        start, stop = window.above, window.above + window.inside
        for place, roles in layouts.find(lines.keys):
            row = lines.rows[place] + window.first
            if not start <= place < stop or row < self._laid_out:
                continue
            reason = f"layout of {self._profile.name}"
            if self._laid_out:
                yield Label(row + 1, starts_article=True, weight=PROFILE_WEIGHT, reason=reason)
            for index, role in enumerate(roles):
                yield Label(lines.rows[place + index] + window.first + 1, role, weight=PROFILE_WEIGHT, reason=reason)
            self._laid_out = lines.rows[place + len(roles) - 1] + window.first + 1

    def _annotated(self, annotate: Callable[[LineView, ParseContext], Iterable[Label]], window: Window) -> list[Label]:
        """The labels that the profile's own function gives for the lines of the block.

        Raises:
            OptionError: It gives what is no label, or more than anybody needs.
        """
        view = _View(window)
        most = MOST_LABELS + LABELS_A_LINE * len(view)
        labels = list(islice(annotate(view, self._context), most + 1))
        if len(labels) > most:
            raise OptionError(f"gave more than {most} labels for {len(view)} lines")
        first = window.first + window.row
        for label in labels:
            _check_label(label, window.first, len(view))
        return [label for label in labels if first < label.line <= first + len(window.stops)]


def has_one(form: LinePattern, text: str) -> bool:
    """Whether a pattern is worth trying on a line."""
    return not form.contains or any(literal in text for literal in form.contains)


def _may_be_title(line: str) -> bool:
    """Whether a line is as long as the title of a story and closes as one: without a full stop."""
    return len(line) > _TITLE_LENGTH and not line.rstrip().endswith((".", "!", "…", ":", "»", "›", ">"))


def _is_stated(form: LinePattern) -> bool:
    """Whether a pattern says what no rule can: a header line, or where an article begins."""
    return form.starts_article or form.role is Role.FIELD


def _check_label(label: object, first: int, total: int) -> None:
    if not isinstance(label, Label):
        raise OptionError(f"gave a {type(label).__name__}, not a Label")
    if not isinstance(label.line, int) or not first < label.line <= first + total:
        raise OptionError(f"gave a label for line {label.line!r}; lines {first + 1} to {first + total} are there")
    if label.role is not None and not isinstance(label.role, Role):
        raise OptionError(f"gave a label with role {label.role!r}; take one of newsparse.Role")
    if label.weight is not None and not (isinstance(label.weight, int) and -MOST_WEIGHT <= label.weight <= MOST_WEIGHT):
        raise OptionError(f"gave a label of weight {label.weight!r}; {MOST_WEIGHT} is the most")


class _View(Sequence[Line]):
    """A window's lines, read only, numbered as in their text; satisfies `newsparse.extensions.LineView`."""

    def __init__(self, window: Window):
        self._first = window.first
        self._offset, text = window.around
        stops = window.lines.stops
        # What a line is, is not decided yet.
        roles = bytes([ROLE_NUMBERS[Role.OTHER]]) * len(stops)
        self._lines = Ledger(text, [stop - self._offset for stop in stops], roles, [NO_ARTICLE] * len(stops))

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | Sequence[Line]:
        found = self._lines[index]
        return self._placed(found) if isinstance(found, Line) else tuple(map(self._placed, found))

    def _placed(self, line: Line) -> Line:
        if not self._first:
            return line
        start, stop = (line.start or 0) + self._offset, (line.stop or 0) + self._offset
        return attrs.evolve(line, number=line.number + self._first, start=start, stop=stop)


def _key(line: str) -> str:
    return normalise(line).strip()


def _keys(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_key, lines)))
