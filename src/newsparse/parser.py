"""The parser: text to lines to evidence to roles to articles, in this order. The only module that knows all stages."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from typing import Any, BinaryIO, TextIO

import attrs

from newsparse.articles import build_articles
from newsparse.candidates import Plugin, PluginFault
from newsparse.drafts import ArticleDraft, state_fields
from newsparse.dump import NO_ARTICLE, Dump, Ledger
from newsparse.errors import UnknownLanguageError
from newsparse.explanations import Explanation
from newsparse.extensions import Config, Document, ParseContext, SourceProfile
from newsparse.headers import stated_in_lines
from newsparse.hooked import hooked_words
from newsparse.inputs import iter_documents
from newsparse.locales import GENERAL
from newsparse.models import Article, Issue, Origin
from newsparse.outputs import render
from newsparse.plugins import PluginSet, load_plugins
from newsparse.profiles import Annotator
from newsparse.reading import Stretch, orders_of, stated_stretch, stretches
from newsparse.recognition import Recognition, with_head
from newsparse.registration import FINALIZE, GRAMMARS
from newsparse.remarks import Remarks, text_labels
from newsparse.setups import Setup

# How much of a stream is read at a time, in characters.
CHUNK = 1 << 16


class Parser:
    """Turns texts into dumps, with one set of plugins and languages.

    A parser is made once and used often, from as many threads as one likes: parsing changes nothing but its caches,
    which never change a result.

    Args:
        source: A source profile or the name of one, for texts that are known to be that source's; ``None`` to look at
            the head of each text.
        languages: The languages to know; ``None`` for all that are installed.
        plugins: Plugin modules or objects to use with the core; ``None`` for what is installed; or a set that is loaded
            already.
        strict: Raise `PluginError` for a plugin that fails, in place of an issue.

    Raises:
        UnknownSourceError: There is no such source profile.
        UnknownLanguageError: There is no such locale.
        PluginError: In strict mode, a plugin that fails to load.

    Example:
        >>> parser = Parser(languages=("en",), plugins=[])
        >>> dump = parser.parse("Rain Ends in Valley\\n\\nThe rain ended on Monday, the mayor said.\\n")
        >>> dump.articles[0].headline
        'Rain Ends in Valley'
    """

    def __init__(
        self,
        *,
        source: str | SourceProfile | None = None,
        languages: Sequence[str] | None = None,
        plugins: Iterable[object] | PluginSet | None = None,
        strict: bool = False,
    ):
        self._given = source if isinstance(source, SourceProfile) else None
        name = source.name if isinstance(source, SourceProfile) else source
        self.config = Config(source=name, languages=tuple(languages or ()), strict=strict)
        self.plugins = plugins if isinstance(plugins, PluginSet) else load_plugins(plugins, self.config)
        known = self.plugins.locales
        for language in self.config.languages:
            if language not in known:
                raise UnknownLanguageError(language, known)
        self._named = self._given or (self.plugins.source(name) if name is not None else None)
        self._recognition = Recognition(() if self._named else self.plugins.sources.values())
        self._locales = [locale for key, locale in known.items() if not languages or key in (*languages, GENERAL)]
        self._rules = list(self.plugins.rules.values())
        self._plugin_issues = [fault.issue() for fault in self.plugins.faults_in("sources", "locales", "rules")]
        self._generic = Setup(self._locales, self._rules)
        self.evidence = self._generic.evidence
        self._setups: dict[str, Setup] = {}
        hooks = self.plugins.hooks
        self._asks, self._finalizes = hooks.implements(*GRAMMARS), hooks.implements(FINALIZE)

    def __reduce__(self) -> tuple[Any, ...]:
        # What a parser remembers stays here: another process makes the same parser again, and refuses other plugins.
        return _restored, (self.config, self.plugins, self._given)

    def parse(self, text: str, *, articles: int | None = None) -> Dump:
        """The dump that a text is: its articles, and where every line went.

        Args:
            text: Any string.
            articles: How many articles the text holds, where that is known.

        Raises:
            TypeError: `text` is no string.
        """
        if not isinstance(text, str):
            raise TypeError(f"parse takes a str, not {type(text).__name__}; newsparse.read takes files")
        return self.parse_document(Document(text, articles=articles))

    def parse_document(self, document: Document, *, articles: int | None = None) -> Dump:
        """The dump that a reader's document is: its labels are obeyed, its fields set, its issues passed on.

        Args:
            document: The document.
            articles: How many articles it holds, where the caller knows and the document does not say.
        """
        if document.chunks is not None:
            document = attrs.evolve(document, text="".join(document.chunks), chunks=None)
        if document.articles is None and articles is not None:
            document = attrs.evolve(document, articles=articles)
        setup, issues = self._settled(document.text)
        context = self._context(setup, document.origin)
        faults: list[PluginFault] = []
        decoder, orders = setup.decoder, orders_of(document.labels)
        stretch = stated_stretch(document.text, orders)
        if setup.profile and setup.places_matter:
            labels = text_labels(document.text, self._annotator(setup.profile, context, faults))
            orders = orders_of([*document.labels, *labels])
        if stretch is None:
            decoder, stretch = setup.decide(document.text, orders, document.articles)
        explanation = Explanation(document.text, setup.evidence, decoder, orders)
        return self._dump(setup, stretch, document, context, explanation, issues, faults)

    def iter_dumps(
        self,
        inputs: Iterable[str | PathLike[str] | BinaryIO | TextIO],
        *,
        reader: str | None = None,
        encoding: str | None = None,
        options: Mapping[str, str] | None = None,
    ) -> Iterator[Dump]:
        """The dumps of many inputs: files, folders, streams of bytes or text.

        An input that cannot be read gives a dump without articles and with an issue; the others go on. A long text, as
        a stream of text or a large text file, gives a dump for each piece of it, in memory that does not grow with it:
        see `iter_pieces`.

        Args:
            inputs: Paths, or open streams; ``-`` is standard input.
            reader: The name of the reader; ``None`` to find out for each input.
            encoding: The encoding of text that is not UTF-8.
            options: The reader's own options.

        Raises:
            UnknownReaderError: There is no such reader.
            OptionError: The reader takes no such option, or there is no such encoding.
        """
        for document in iter_documents(inputs, self.plugins, reader=reader, encoding=encoding, options=options):
            yield from self.dumps_of(document)

    def dumps_of(self, document: Document, *, articles: int | None = None) -> Iterator[Dump]:
        """The dump of a reader's document; of one in chunks a dump for each piece, as `iter_pieces` gives them.

        Args:
            document: The document.
            articles: How many articles it holds, where the caller knows and the document does not say; one in chunks is
                held whole then.
        """
        if document.chunks is None or articles is not None:
            yield self.parse_document(document, articles=articles)
        else:
            yield from self._pieces(document.chunks, document)

    def iter_articles(self, stream: TextIO | Iterable[str]) -> Iterator[Article]:
        """The articles of one long text, in memory that does not grow with it.

        They are those of `parse` of the whole text; their spans count from the piece of the text that they were found
        in.

        Args:
            stream: A text stream, or the text in pieces.
        """
        for dump in self.iter_pieces(stream):
            yield from dump.articles

    def iter_pieces(self, stream: TextIO | Iterable[str]) -> Iterator[Dump]:
        """The dumps of the pieces of one long text, each with whole articles; their texts joined are the text.

        Spans and lines count from the piece; dumps of `iter_dumps` say where in the input it begins.
        """
        chunks = iter(lambda: stream.read(CHUNK), "") if hasattr(stream, "read") else stream
        return self._pieces(chunks, Document())

    def _pieces(self, chunks: Iterable[str], document: Document) -> Iterator[Dump]:
        head, chunks = with_head(chunks) if self._recognition else ("", chunks)
        setup, issues = self._settled(head)
        context = self._context(setup, document.origin)
        faults: list[PluginFault] = []
        remarks, orders = None, None
        if setup.profile and setup.places_matter:
            remarks = Remarks(self._annotator(setup.profile, context, faults))
            chunks, orders = remarks.ahead_of(chunks), remarks.orders
        for stretch in stretches(chunks, setup.evidence, setup.decoder, orders, whole=False):
            own = remarks.finish(len(stretch.roles)) if remarks else None
            explanation = Explanation(stretch.text, setup.evidence, setup.decoder, own)
            piece = Document(stretch.text, document.origin, issues=document.issues)
            yield self._dump(setup, stretch, piece, context, explanation, issues, faults)
            document = Document(origin=document.origin and _behind(document.origin, stretch))
            issues = []
            faults.clear()

    def render(self, article_or_dump: Article | Dump | Iterable[Article], format: str, **options: Any) -> str | bytes:
        """An article, a dump or several articles in one of this parser's formats; see `newsparse.render`."""
        return render(article_or_dump, format, options, self.plugins)

    def _settled(self, text: str) -> tuple[Setup, list[Issue]]:
        """What a text is read with, by whose it is, and what there is to say of that."""
        if self._named:
            return self._setup(self._named), []
        if not self._recognition:
            return self._generic, []
        settled = self._recognition.settle(text)
        setup = self._setup(settled.profile) if settled.profile else self._generic
        return setup, [settled.issue] if settled.issue else []

    def _setup(self, profile: SourceProfile) -> Setup:
        """What a source's texts are read with, made at its first text."""
        if profile.name not in self._setups:
            self._setups[profile.name] = Setup(self._locales, self._rules, profile, self._generic.words)
        return self._setups[profile.name]

    def _context(self, setup: Setup, origin: Origin | None) -> ParseContext:
        return ParseContext(setup.profile.name if setup.profile else None, self.config.languages, origin)

    def _owner(self, profile: SourceProfile) -> Plugin:
        """The plugin that registered a profile; of one that the caller gave, the profile itself."""
        if self._given:
            return Plugin(f"profile {profile.name}", profile.version or None)
        return self.plugins.owner("sources", profile.name)

    def _annotator(self, profile: SourceProfile, context: ParseContext, faults: list[PluginFault]) -> Annotator:
        """What labels a text's lines; what the profile's own function does wrong is added to the faults."""
        owner = self._owner(profile)
        run = self.plugins.hooks.run
        return Annotator(profile, context, lambda call: run(owner, "annotate", call, faults) or [])

    def _dump(
        self,
        setup: Setup,
        stretch: Stretch,
        document: Document,
        context: ParseContext,
        explanation: Explanation,
        issues: list[Issue],
        faults: list[PluginFault],
    ) -> Dump:
        """The dump of decided lines: articles built, stated fields set, plugins asked."""
        profile, words = setup.profile, setup.words
        if self._asks:
            words = hooked_words(words, self.plugins.hooks, context, faults)
        title = (profile and profile.title) or None
        stated = _stated_starts(document, stretch)
        articles, owners = build_articles(stretch, words, title, document.origin, stated)
        if document.articles == 0:
            articles, owners = [], array("l", [NO_ARTICLE]) * len(stretch.roles)
        if document.stated and len(document.stated) == len(articles):
            articles = list(document.stated)
        else:
            if document.stated:
                reason = f"{len(document.stated)} articles are stated, and the text holds {len(articles)}"
                issues.append(Issue("articles-refused", f"{reason}: those were built"))
            fields = list(document.fields)
            if profile:
                fields[:0] = stated_in_lines(profile, stretch, owners, lambda index: words.of(articles[index].language))
            if fields:
                articles, refused = state_fields(articles, fields)
                issues += [Issue("field-refused", f"a stated field was left out: {reason}") for reason in refused]
            if self._finalizes or (profile and profile.mend):
                articles = [self._finished(article, profile, context, faults) for article in articles]
        return Dump(
            text=document.text,
            articles=articles,
            lines=Ledger(document.text, stretch.stops, bytes(stretch.roles), owners),
            issues=[*document.issues, *self._plugin_issues, *issues, *map(self.plugins.report, dict.fromkeys(faults))],
            source=profile.name if profile else None,
            origin=document.origin,
            explainer=explanation,
        )

    def _finished(
        self, article: Article, profile: SourceProfile | None, context: ParseContext, faults: list[PluginFault]
    ) -> Article:
        """An article as the profile mends it and plugins finish it."""
        draft = ArticleDraft(article)
        hooks = self.plugins.hooks
        if profile and (mend := profile.mend):
            hooks.run_on(draft, self._owner(profile), "mend", lambda: mend(draft, context), faults)
        hooks.finalize_article(draft, context, faults)
        return draft.finished


def _stated_starts(document: Document, stretch: Stretch) -> set[int]:
    """The indexes of lines at which a document states that an article begins, whatever it holds."""
    starts = {0, *stretch.starts}
    if document.articles == len(starts) and (stretch.rows or document.fields):
        return starts
    return {label.line - 1 for label in document.labels if label.starts_article and label.weight is None}


def _behind(origin: Origin, stretch: Stretch) -> Origin:
    """Where the text behind a piece begins."""
    offset = origin.offset
    if offset is not None and origin.encoding:
        offset += len(stretch.text.encode(origin.encoding, "replace"))
    return attrs.evolve(origin, offset=offset, line=(origin.line or 1) + len(stretch.stops))


def _restored(config: Config, plugins: PluginSet, given: SourceProfile | None) -> Parser:
    """The parser that was pickled."""
    languages = config.languages or None
    return Parser(source=given or config.source, languages=languages, plugins=plugins, strict=config.strict)
