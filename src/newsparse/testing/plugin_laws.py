"""What every plugin must keep, each law a function that gives what is wrong, in sentences.

What is tried: the author's own texts, invented news, and text made to hurt.
"""

import inspect
import io
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from random import Random
from types import MappingProxyType, ModuleType
from typing import Any

import attrs

from newsparse.candidates import FAILED, reason_of
from newsparse.drafts import ArticleDraft
from newsparse.dump import Dump, Ledger
from newsparse.extensions import Label, LineView, OutputFormat, ParseContext, ReadContext, Reader
from newsparse.hookspecs import PROJECT
from newsparse.lines import split_lines
from newsparse.models import Article, Caption, Credit, WireDate
from newsparse.outputs import render
from newsparse.parser import Parser
from newsparse.plugins import load_plugins
from newsparse.testing.growth import MOST_GROWTH, Prepare, growth
from newsparse.testing.hostile import hurting_lines
from newsparse.testing.pages import dump_text, plain, printed_twice, story

FINALIZE = "newsparse_finalize_article"
# Long enough that a pattern which tries every way is noticed, short enough for every profile to be tried on all lines.
HURTING_LENGTH = 400
# Of the sizes at which growth is measured: lines, paragraphs and articles; characters of one line.
LINES = (200, 50_000)
CHARACTERS = (200, 50_000)

STRANGERS = (
    *(dump_text([story(Random(seed), 4) for seed in range(first, first + 3)], layout)
      for first, layout in ((10, plain), (20, printed_twice))),
    "",
    "\r\n\r\n",
)  # fmt: skip
"""Texts of nobody: whatever is installed, they are parsed as if it were not."""

ARTICLES = (
    Article(),
    Article("Rain Ends", body=("It rained for two days.", "The sun is out."), authors=("Ada Lindgren",), language="en"),
    Article(
        "Rain \ud800 \x00 <&> \" ' | , ; \\ `*_# \u2028",
        deck=("=1+1",),
        published=WireDate("2024-06", "month", "June 2024"),
        captions=(Caption("Rain.", "Rain. (HP)", Credit("HP", "HP"), "Linden", flags=("file",)),),
        body=("a\nb\r\nc\t\x0c", "雨が降る", ""),
        extra={"urgency": 4, "words": [None, True, 1.5, {"a": "b"}]},
    ),
)
"""Articles to write: an empty one, a common one, one with whatever a text can hold."""


@attrs.frozen
class Subject:
    """A plugin and the texts to try it on."""

    module: ModuleType
    texts: tuple[str, ...] = ()

    @property
    def hooks(self) -> frozenset[str]:
        """The names of what it marks as hooks."""
        return frozenset(name for name in dir(self.module) if hasattr(getattr(self.module, name), f"{PROJECT}_impl"))

    def owned(self, kind: str) -> list[Any]:
        """What it registers of a kind."""
        plugins, owner = load_plugins([self.module]), self.module.__name__
        return [item for name, item in getattr(plugins, kind).items() if plugins.owner(kind, name).name == owner]

    @cached_property
    def parsers(self) -> Mapping[str, Parser]:
        """A parser for text of any source, and one for each of its sources that runs code of the plugin's own.

        A profile of data alone runs none: of those, one stands for all.
        """
        profiles = self.owned("sources")
        own = [profile for profile in profiles if profile.annotate or profile.mend] or profiles[:1]
        named = {f"source {profile.name}": profile.name for profile in own}
        return {
            name: Parser(plugins=[self.module], source=source)
            for name, source in {"without a source": None, **named}.items()
        }

    @cached_property
    def dumps(self) -> Mapping[str, list[Dump]]:
        """What each of its parsers makes of the samples."""
        return {name: [parser.parse(text) for text in self.samples] for name, parser in self.parsers.items()}

    @property
    def samples(self) -> tuple[str, ...]:
        """All texts to parse."""
        hurting = "\n\n".join(hurting_lines(HURTING_LENGTH))
        return (*self.texts, *STRANGERS, hurting, *(hurting + "\n" + text for text in self.texts[:1]))


def registers(subject: Subject) -> Iterator[str]:
    """Its hooks are known, what they give has the right type and a name that nobody else owns."""
    yield from (str(fault.error()) for fault in load_plugins([subject.module]).faults)
    if not subject.hooks:
        yield "it implements no hook: mark functions of the module with @newsparse.hookimpl"


def keeps_every_line(subject: Subject) -> Iterator[str]:
    """The lines of every dump tile its text, and none of its functions raises."""
    for name, dumps in subject.dumps.items():
        for text, dump in zip(subject.samples, dumps, strict=True):
            yield from (f"{name}: {issue.message}" for issue in dump.issues if issue.code == FAILED)
            if "".join(line.raw for line in dump.lines) != text:
                yield f"{name}: lines are lost or changed"


def repeats_itself(subject: Subject) -> Iterator[str]:
    """A parser pickles, and its copy gives the same, whatever either read before."""
    for name, parser in subject.parsers.items():
        dumps = subject.dumps[name]
        try:
            copy, copied = pickle.loads(pickle.dumps((parser, dumps)))
        except Exception as error:
            yield f"{name}: it does not pickle: {reason_of(error)}"
            continue
        if copied != dumps:
            yield f"{name}: what is pickled comes back otherwise"
        if [copy.parse(text) for text in reversed(subject.samples)] != dumps[::-1]:
            yield f"{name}: what was read before changes the result"


def leaves_strangers_alone(subject: Subject) -> Iterator[str]:
    """Text that it does not claim is parsed as without it; what derives fields for every article may do that alone."""
    with_it, without = subject.parsers["without a source"], Parser(plugins=[])
    for text in STRANGERS:
        one, other = with_it.parse(text), without.parse(text)
        if FINALIZE in subject.hooks:
            one, other = _frame(one), _frame(other)
        if one != other:
            lines = [line.number for line, was in zip(one.lines, other.lines, strict=True) if line != was]
            where = f", lines {lines[:5]}" if lines else ""
            yield f"it changes text that is not its own: {text[:40]!r}...{where}"


def writes(subject: Subject) -> Iterator[str]:
    """Its formats write anything, twice the same, and two files of one that joins are one."""
    plugins = load_plugins([subject.module])
    for format in subject.owned("formats"):
        write = partial(render, format=format.name, plugins=plugins)
        try:
            yield from (f"format {format.name}: {problem}" for problem in _written(write, format))
        except Exception as error:
            hint = "; write with .encode(errors='replace')" if isinstance(error, UnicodeEncodeError) else ""
            yield f"format {format.name}: raises for an article: {reason_of(error)}{hint}"


def _written(write: Callable[[list[Article]], str | bytes], format: OutputFormat) -> Iterator[str]:
    several = [[], [ARTICLES[1]], list(ARTICLES)]
    for group in [[article] for article in ARTICLES] if format.holds == "one" else several:
        if write(group) != write(group):
            yield "the same articles give two outputs"
    if format.joins:
        parts = [write([article]) for article in ARTICLES]
        if type(parts[0])().join(parts) != write(list(ARTICLES)):  # type: ignore[arg-type]
            yield "it says that it joins, but two files put end to end are not one"


def reads(subject: Subject) -> Iterator[str]:
    """Its readers give what they can of any bytes, raise for none, and claim no plain text."""
    plain_text = STRANGERS[0].encode()
    core = load_plugins([]).reader("text").sniff(plain_text, "dump.txt")
    for reader in subject.owned("readers"):
        for data in _bytes(subject.texts):
            score = reader.sniff(data[:1024], "x")
            if not (isinstance(score, int) and 0 <= score <= 100):
                yield f"reader {reader.name}: sniff gives {score!r}, not a whole number from 0 to 100"
            elif data == plain_text and reader.sniff(data, "dump.txt") >= core:
                yield f"reader {reader.name}: claims plain text that is not its own"
            try:
                list(reader.read(io.BytesIO(data), ReadContext("x")))
            except Exception as error:
                yield f"reader {reader.name}: raises for {data[:20]!r}...: {reason_of(error)}"


def stays_linear(subject: Subject) -> Iterator[str]:
    """Twice the input takes twice the time, in every function of its own."""
    for name, prepare, (smallest, largest) in _works(subject):
        ratio = growth(prepare, smallest, largest)
        if ratio is not None and ratio > MOST_GROWTH:
            yield f"{name}: twice the input takes {ratio:.1f} times as long"


LAWS = MappingProxyType(
    {
        "registers": registers,
        "keeps every line": keeps_every_line,
        "repeats itself": repeats_itself,
        "leaves strangers alone": leaves_strangers_alone,
        "writes": writes,
        "reads": reads,
        "stays linear": stays_linear,
    }
)
"""Each law by a name to show."""


def _frame(dump: Dump) -> Dump:
    """What no plugin may change."""
    return attrs.evolve(dump, articles=[Article(blocks=article.blocks) for article in dump.articles])


def _bytes(texts: Iterable[str]) -> Iterator[bytes]:
    yield from (b"", b"\x00", b"\xff\xfe", bytes(range(256)) * 4, b"<" * 1000, b"{" * 1000, STRANGERS[0].encode())
    for text in texts:
        data = text.encode("utf-8", "surrogateescape")
        yield from (data, data[: len(data) // 2])


def _works(subject: Subject) -> Iterator[tuple[str, Prepare, tuple[int, int]]]:
    """Each of its own functions with what makes work for it, and from which size to which."""
    for profile in subject.owned("sources"):
        if profile.annotate is not None:
            annotate = partial(_annotating, profile.annotate, ParseContext(profile.name), subject.texts)
            yield f"annotate of {profile.name}, lines", annotate(many=True), LINES
            yield f"annotate of {profile.name}, long lines", annotate(many=False), CHARACTERS
        if profile.mend is not None:
            mend = partial(_call, profile.mend, ParseContext(profile.name))
            yield f"mend of {profile.name}, lines", _on_articles(mend, many=True), LINES
            yield f"mend of {profile.name}, long lines", _on_articles(mend, many=False), CHARACTERS
    if FINALIZE in subject.hooks:
        finalize = partial(_call, _with_its_arguments(getattr(subject.module, FINALIZE)), ParseContext())
        yield f"{FINALIZE}, lines", _on_articles(finalize, many=True), LINES
        yield f"{FINALIZE}, long lines", _on_articles(finalize, many=False), CHARACTERS
    for format in subject.owned("formats"):
        yield f"format {format.name}", _writing(format, subject.module), LINES
    for reader in subject.owned("readers"):
        yield f"reader {reader.name}", _reading(reader, subject.texts), LINES


def _lines(size: int, many: bool, texts: tuple[str, ...] = ()) -> list[str]:
    """So many lines of what a page holds, or a hurting line of each kind of so many characters."""
    if not many:
        return hurting_lines(size)
    pool = "\n".join((*texts, STRANGERS[0])).split("\n")
    return [pool[number % len(pool)] + (f" {number}" if number % 3 == 0 else "") for number in range(size)]


def _annotating(
    annotate: Callable[[LineView, ParseContext], Iterable[Label]],
    context: ParseContext,
    texts: tuple[str, ...],
    many: bool,
) -> Prepare:
    def prepare(size: int) -> Callable[[], object]:
        text = "\n".join(_lines(size, many, texts))
        stops = split_lines(text).stops
        view = Ledger(text, stops, bytes(len(stops)), [-1] * len(stops))
        return lambda: list(annotate(view, context))

    return prepare


def _call(function: Callable[[Any, ParseContext], object], context: ParseContext, draft: ArticleDraft) -> object:
    return function(draft, context)


def _with_its_arguments(hook: Callable[..., object]) -> Callable[[ArticleDraft, ParseContext], object]:
    """A hook that may leave out arguments, as a function of all of them."""
    taken = inspect.signature(hook).parameters
    return lambda draft, context: hook(
        **{name: value for name, value in (("draft", draft), ("context", context)) if name in taken}
    )


def _on_articles(work: Callable[[ArticleDraft], object], many: bool) -> Prepare:
    def prepare(size: int) -> Callable[[], object]:
        lines = _lines(size, many)
        articles = [Article(lines[0], body=lines)] if many else [Article(line, body=(line,)) for line in lines]
        return lambda: [work(ArticleDraft(article)) for article in articles]

    return prepare


def _writing(format: OutputFormat, module: ModuleType) -> Prepare:
    plugins = load_plugins([module])

    def prepare(size: int) -> Callable[[], object]:
        paragraphs = _lines(size, many=True)
        if format.holds == "one":
            return lambda: render(Article("Rain", body=paragraphs), format.name, plugins=plugins)
        articles = [Article(f"Rain {paragraph}", body=(paragraph,)) for paragraph in paragraphs]
        return lambda: render(articles, format.name, plugins=plugins)

    return prepare


def _reading(reader: Reader, texts: tuple[str, ...]) -> Prepare:
    unit = next(iter(texts), STRANGERS[0]).encode("utf-8", "surrogateescape") + b"\n"

    def prepare(size: int) -> Callable[[], object]:
        data = unit * (size // 20)
        return lambda: list(reader.read(io.BytesIO(data), ReadContext("x")))

    return prepare
