"""What plugins return: frozen, named objects that can be made by hand. The core orders and runs them.

A profile says what one outlet or vendor does; a reader turns bytes into documents; a format writes articles; a rule
adds an observation to the evidence. None of them builds an article: only the core does.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Protocol, runtime_checkable

import attrs

from newsparse.dump import Dump, Line
from newsparse.errors import ProfileError
from newsparse.forms import check_layout, check_pattern
from newsparse.models import Article, Issue, Origin, Role, many

CERTAIN = 100
"""The points at which a text counts as a source's own. Two plain clues come to that, or one that says so."""
CLUE_POINTS = 50
CLUE_KINDS = ("line", "start", "phrase", "layout")


@attrs.frozen
class Label:
    """What a format, its markup or a profile says of one line."""

    line: int = 1
    """The line's number, from 1."""
    role: Role | None = None
    starts_article: bool = False
    """Whether an article begins with the line: where a format states it, it is one whatever it holds."""
    weight: int | None = None
    """Evidence for the decoder, in the units of the weights table; ``None``: stated, the decoder obeys."""
    reason: str = ""
    continues: bool = False
    """Whether the line goes on from the line above, as where text was wrapped to fit a screen: if both have one role,
    the article has them as one text, with a blank between."""


_ARTICLES = attrs.validators.deep_iterable(attrs.validators.instance_of(Article))


@attrs.frozen
class Document:
    """One text as a reader found it, with what its format states.

    Where labels state the role of every line that is not blank, nothing is left to decide: articles begin at the stated
    starts, and nowhere else.

    Example:
        >>> from newsparse import Parser
        >>> labels = [Label(1, Role.CAPTION), Label(2, Role.FIELD)]
        >>> document = Document("A flooded quay.\\nID: 7\\n", labels=labels, articles=1)
        >>> dump = Parser(plugins=[]).parse_document(document)
        >>> [caption.text for caption in dump.articles[0].captions]
        ['A flooded quay.']
    """

    text: str = ""
    origin: Origin | None = None
    labels: tuple[Label, ...] = attrs.field(default=(), converter=many)
    fields: tuple[tuple[int | None, str, Any], ...] = attrs.field(default=(), converter=many)
    """``(article index or None for all, name, value)``: a name of an `Article` field sets that field, any other goes to
    `Article.extra`. Values are JSON values or records of the model. `headline`, `deck`, `body` and `subheads` (texts)
    are the text of their blocks too, where these say the same but for the signs of a format."""
    issues: tuple[Issue, ...] = attrs.field(default=(), converter=many)
    articles: int | None = None
    """How many articles it holds; ``None`` leaves that to the decoder. Where as many begin, each of them is an article,
    even one of a caption or of fields alone."""
    stated: tuple[Article, ...] = attrs.field(default=(), converter=many, validator=_ARTICLES)
    """The articles themselves, where the input holds them whole, as newsparse's own files do. They are taken as they
    are if the text holds as many: the spans of such an article count from the text that its origin names."""
    chunks: Iterable[str] | None = None
    """In place of `text`, the text in chunks that are read while it is parsed, where it may be too long to be held:
    then each piece of whole articles is a dump. It has no labels and states nothing."""


@attrs.frozen
class ReadContext:
    """What a reader is told beside the bytes."""

    path: str | None = None
    """The file's name as the caller gave it."""
    encoding: str | None = None
    """The encoding the caller named."""
    options: Mapping[str, str] = attrs.field(factory=dict)
    """The reader's own options, as in ``--from jsonl:text=content``."""
    offset: int = 0
    """Where the stream begins in its file, in bytes: not 0 only for a reader that `Reader.splits`."""
    line: int = 1
    """The line of the file with which the stream begins, from 1."""


def _never(head: bytes, name: str) -> int:
    return 0


@attrs.frozen
class Reader:
    """Turns the bytes of one kind of file into documents."""

    name: str
    suffixes: tuple[str, ...] = attrs.field(default=(), converter=many)
    """As ``.txt``, lower case."""
    sniff: Callable[[bytes, str], int] = _never
    """``sniff(head, name)``: from 0, not mine, to 100, surely mine."""
    read: Callable[[BinaryIO, ReadContext], Iterator[Document]] = attrs.field(default=lambda stream, context: iter(()))
    """``read(stream, context)``: the documents, one at a time, reading no further than it must."""
    options: tuple[str, ...] = attrs.field(default=(), converter=many)
    """The names of the options it takes."""
    title: str = ""
    """What it reads, in a few words for a list."""
    splits: bool = False
    """Whether some whole lines of a file can be read like a file of their own: then several processes share it."""


@attrs.frozen
class WriteContext:
    """What a format is told beside the articles."""

    options: Mapping[str, str] = attrs.field(factory=dict)
    """The format's own options, as in ``--to ninjs:version=2.2``."""
    stamp: Mapping[str, Any] = attrs.field(factory=dict)
    """What made the output, for formats that have a place for it: ``version`` of newsparse, ``plugins`` (name and
    version of each), ``profile`` and ``settings`` (a hash of what the parser was told)."""
    issues: Iterable[Issue] = ()
    """The issues, for formats that have a place for them; read them last, for more may have come by then."""
    replaced: Counter[str] = attrs.field(factory=Counter)
    """How often each character that the format cannot hold became U+FFFD, as `newsparse.xml_text` counts."""
    previous: str | None = None
    """The path of the file that this output replaces, for a format that adds to what is there."""


class Writer(Protocol):
    """Writes articles to the stream it was opened on, one at a time."""

    def write(self, article: Article) -> None:
        """Write one article."""

    def close(self) -> None:
        """Finish the document; the stream itself stays open."""


@runtime_checkable
class DumpWriter(Writer, Protocol):
    """A writer with a place for more of a dump than its articles: its lines, its text, its issues."""

    def write_dump(self, dump: Dump) -> None:
        """Write a dump with its articles; `Writer.write` then gets only articles that came without a dump."""


@attrs.frozen
class OutputFormat:
    """One way to write articles."""

    name: str
    suffix: str = ""
    """As ``.json``, lower case."""
    media_type: str = "text/plain"
    binary: bool = False
    """Whether `newsparse.render` gives `bytes`. Every writer writes bytes; text is UTF-8."""
    holds: str = "many"
    """How many articles one file holds: ``one`` or ``many``."""
    joins: bool = False
    """Whether two files put end to end are one."""
    open: Callable[[BinaryIO, WriteContext], Writer] = attrs.field(kw_only=True)
    """``open(stream, context)``: a `Writer`, or a `DumpWriter`, on a stream of bytes."""
    options: tuple[str, ...] = attrs.field(default=(), converter=many)
    """The names of the options it takes."""
    title: str = ""
    """What it is, in a few words for a list."""


class LineView(Protocol):
    """A document's lines, read only, as a profile sees them before they have roles."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int) -> Line: ...

    def __iter__(self) -> Iterator[Line]: ...


class Draft(Protocol):
    """An article in the making, as a profile may mend it: fields can be set, spans and lines cannot."""

    @property
    def article(self) -> Article:
        """The article as it stands now."""

    def set(self, field: str, value: Any, reason: str) -> None:
        """Set a field of the article, or a name in `Article.extra`, and log why."""


@attrs.frozen
class ParseContext:
    """What a profile's functions and `newsparse_finalize_article` are told."""

    source: str | None = None
    """The name of the source profile in use."""
    languages: tuple[str, ...] = ()
    origin: Origin | None = None


def _texts(given: Iterable[str]) -> tuple[str, ...]:
    texts = (given,) if isinstance(given, str) else tuple(given)
    for text in texts:
        if not isinstance(text, str) or not text.strip():
            raise ProfileError(f"a profile's lists hold texts, not {text!r}")
    return texts


@attrs.frozen
class Clue:
    """One thing in the head of a text that speaks for a source. Each counts once, however often it is met."""

    text: str = ""
    """What is looked for, as it is written: case counts, blanks around a line do not."""
    kind: str = attrs.field(default="line", validator=attrs.validators.in_(CLUE_KINDS))
    """``line``: a whole line; ``start``: how a line begins; ``phrase``: whole words anywhere; ``layout``: one of the
    profile's layouts, whatever the text."""
    points: int = CLUE_POINTS
    """What it is worth; `CERTAIN` points are enough."""


@attrs.frozen
class LinePattern:
    """A form that whole lines of a source have, as the note of who reported and who edited."""

    name: str
    pattern: str
    """A regular expression, matched at the start of the stripped line. A named group fills the field of its name: a
    field of the article, or any other name in `Article.extra`."""
    role: Role | None = None
    """What such a line is; ``None`` leaves that to the other evidence."""
    contains: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    """Literals of which one must stand in the line's first 80 characters, else the pattern is not tried."""
    starts_article: bool = False
    """Whether an article begins with such a line."""

    def __attrs_post_init__(self) -> None:
        check_pattern(self.pattern)


def _clues(given: Iterable["Clue | str"]) -> tuple[Clue, ...]:
    clues = tuple(Clue(clue) if isinstance(clue, str) else clue for clue in given)
    for clue in clues:
        if not isinstance(clue, Clue):
            raise ProfileError(f"recognise holds clues, not {clue!r}")
    return clues


def _layouts(given: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(_texts, given))


@attrs.frozen
class SourceProfile:
    """What one outlet or vendor does, as data; and, where data cannot say it, two functions.

    Whole lines are compared as `newsparse.lines.normalise` levels them: case, quotes, dashes and blanks make no
    difference.
    """

    name: str
    title: str = ""
    """The outlet's name, as `Article.source` gives it."""
    version: str = ""
    """Of the profile, for whoever keeps it."""
    languages: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    """The languages it writes in, for a list; they limit nothing."""
    recognise: tuple[Clue, ...] = attrs.field(default=(), converter=_clues)
    """What gives the source away; a plain string is a `Clue` of a whole line. Without any a profile acts only when it
    is named."""
    markers: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    """Whole lines that are the site's own buttons and signs among an article's lines, as ``TT``."""
    furniture: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    """Whole lines around articles that belong to none: menus, footers, heads of lists of other stories."""
    separators: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    """Whole lines that part articles."""
    labels: Mapping[str, str] = attrs.field(factory=dict)
    """Labels of header lines and the field each one fills, as ``{"LENGTH": "length"}``: a field of the article, or any
    other name in `Article.extra`."""
    opens: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    """Those labels with which an article begins."""
    credits: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    """Names that sign its pictures: for the grammar of captions, and for what a line is."""
    patterns: tuple[LinePattern, ...] = attrs.field(default=(), converter=many)
    """Forms of whole lines."""
    layouts: tuple[tuple[str, ...], ...] = attrs.field(default=(), converter=_layouts)
    """How an article begins, line by line without the blank ones. A role's name stands for any line, the same name for
    an equal line; any other word is that very line: ``headline caption caption TT headline``."""
    annotate: Callable[[LineView, ParseContext], Iterable[Label]] | None = None
    """``annotate(lines, context)``: labels for lines. Called once a document; for a document of more than
    `newsparse.windows.BLOCK` lines, once a block, with `REACH` lines above and below it."""
    mend: Callable[[Draft, ParseContext], None] | None = None
    """``mend(draft, context)``: called once an article; ``draft.set(field, value, reason)``."""

    def __attrs_post_init__(self) -> None:
        for layout in self.layouts:
            check_layout(layout)
        for form in self.patterns:
            if not isinstance(form, LinePattern):
                raise ProfileError(f"patterns hold line patterns, not {form!r}")
        if not all(isinstance(word, str) and word.strip() for item in self.labels.items() for word in item):
            raise ProfileError(f"labels are texts and name fields, not {self.labels!r}")
        for label in self.opens:
            if label not in self.labels:
                raise ProfileError(f"opens names {label!r}, which is none of the labels: {', '.join(self.labels)}")


@attrs.frozen
class Rule:
    """A named yes/no observation about a line, as data.

    A line meets the rule when one of the conditions given is true: its whole key is in `lines`, it begins with a word
    or phrase of `starts`, ends with one of `ends`, holds one of `words`, or `pattern` matches at its start. Keys are
    lower case with plain quotes and dashes, as `newsparse.lines.normalise` makes them.
    """

    name: str
    lines: tuple[str, ...] = attrs.field(default=(), converter=many)
    """Whole lines, as keys."""
    starts: tuple[str, ...] = attrs.field(default=(), converter=many)
    """Words or phrases at the start, as keys."""
    ends: tuple[str, ...] = attrs.field(default=(), converter=many)
    """Words or phrases at the end, as keys."""
    words: tuple[str, ...] = attrs.field(default=(), converter=many)
    """Single words anywhere in the line, as keys."""
    tails: tuple[str, ...] = attrs.field(default=(), converter=many)
    """Words, as keys, that stand near the end before a colon or an equals sign, as those that open a credit do."""
    pattern: str | None = None
    """A regular expression, matched at the start of the stripped line; it must not backtrack."""
    contains: tuple[str, ...] = attrs.field(default=(), converter=many)
    """Literals of which one must stand near the start of the line, else `pattern` is not tried."""
    longest: int = 200
    """Lines of more characters are not looked at: news signs itself in short lines."""
    weights: Mapping[str, int] = attrs.field(factory=dict)
    """What the observation is worth, by column of the weights table: ``{"marker": 20, "body": -10}``."""
    title: str = ""
    """What it observes, for `Dump.explain` and the docs."""


@attrs.frozen
class Config:
    """What a registering hook is told: the settings of the parser that asks."""

    source: str | None = None
    languages: tuple[str, ...] = ()
    strict: bool = False
