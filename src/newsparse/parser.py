"""The parser: text to lines to evidence to roles to articles, in this order. The only module that knows all stages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from typing import Any, BinaryIO, TextIO

from newsparse.articles import Words, build_articles
from newsparse.candidates import FAILURES, PluginFault, reason_of
from newsparse.drafts import ArticleDraft, state_fields
from newsparse.dump import Dump, Ledger
from newsparse.errors import UnknownLanguageError
from newsparse.evidence import Evidence
from newsparse.explanations import Explanation
from newsparse.extensions import Config, Document, Label, ParseContext, SourceProfile
from newsparse.grammars import Grammars
from newsparse.inputs import iter_documents
from newsparse.languages import Languages
from newsparse.locales import GENERAL, merge_locales
from newsparse.models import Article, Issue
from newsparse.outputs import render
from newsparse.plugins import PluginSet, load_plugins
from newsparse.profiles import annotated_labels, profile_labels
from newsparse.reading import Orders, Stretch, orders_of, stretches
from newsparse.roles import STATED, Decoder
from newsparse.rules import word_rules
from newsparse.weights import core_weights

# How much of a stream is read at a time, in characters.
CHUNK = 1 << 16
# The search for a given number of articles halves this bonus to the first line of a later article until the number is
# met; the strongest evidence on one line is worth less.
_WIDEST_BONUS = 128


class Parser:
    """Turns texts into dumps, with one set of plugins and languages.

    A parser is made once and used often, from as many threads as one likes: parsing changes nothing but its caches,
    which never change a result.

    Args:
        source: The name of a source profile, for texts that are known to be that source's.
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
        source: str | None = None,
        languages: Sequence[str] | None = None,
        plugins: Iterable[object] | PluginSet | None = None,
        strict: bool = False,
    ):
        self.config = Config(source=source, languages=tuple(languages or ()), strict=strict)
        self.plugins = plugins if isinstance(plugins, PluginSet) else load_plugins(plugins, self.config)
        known = self.plugins.locales
        for name in self.config.languages:
            if name not in known:
                raise UnknownLanguageError(name, known)
        self._profile = self.plugins.source(source) if source is not None else None
        chosen = [
            locale for locale in known.values() if not languages or locale.name in languages or locale.name == GENERAL
        ]
        general = [locale for locale in chosen if locale.name == GENERAL]
        all_words = merge_locales(chosen)
        own_words = {
            locale.name: Grammars(merge_locales([locale, *general])) for locale in chosen if locale.name != GENERAL
        }
        self._words = Words(Languages(chosen), Grammars(all_words), own_words)
        rules = list(self.plugins.rules.values())
        self._plugin_issues = [fault.issue() for fault in self.plugins.faults_in("sources", "locales", "rules")]
        self._weights = core_weights(rules)
        self.evidence = Evidence([*word_rules(all_words), *rules], self._weights.evidence.keys())
        self._decoders = {0: Decoder(self._weights, self.evidence.names)}

    def __reduce__(self) -> tuple[Any, ...]:
        # What a parser remembers stays here: another process makes the same parser again, and refuses other plugins.
        return _restored, (self.config, self.plugins)

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
        return self.parse_document(Document(text), articles=articles)

    def parse_document(self, document: Document, *, articles: int | None = None) -> Dump:
        """The dump that a reader's document is: its labels are obeyed, its fields set, its issues passed on."""
        context = ParseContext(self.config.source, self.config.languages, document.origin)
        issues: list[Issue] = []
        labels = document.labels
        if self._profile is not None:
            labels = (*labels, *self._labels(self._profile, document.text, context, issues))
        orders = orders_of(labels) if labels else None
        decoder, stretch = self._decide(document.text, orders, articles)
        explanation = Explanation(document.text, self.evidence, decoder, orders)
        return self._dump(stretch, document, context, issues, explanation)

    def iter_dumps(
        self,
        inputs: Iterable[str | PathLike[str] | BinaryIO],
        *,
        reader: str | None = None,
        encoding: str | None = None,
        options: Mapping[str, str] | None = None,
    ) -> Iterator[Dump]:
        """The dumps of many inputs: files, folders, streams of bytes.

        An input that cannot be read gives a dump without articles and with an issue; the others go on.

        Args:
            inputs: Paths, or open binary streams; ``-`` is standard input.
            reader: The name of the reader; ``None`` to find out for each input.
            encoding: The encoding of text that is not UTF-8.
            options: The reader's own options.

        Raises:
            UnknownReaderError: There is no such reader.
            OptionError: The reader takes no such option, or there is no such encoding.
        """
        for document in iter_documents(inputs, self.plugins, reader=reader, encoding=encoding, options=options):
            yield self.parse_document(document)

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
        """The dumps of the pieces of one long text, each with whole articles; their texts joined are the text."""
        chunks = iter(lambda: stream.read(CHUNK), "") if hasattr(stream, "read") else stream
        context = ParseContext(self.config.source, self.config.languages)
        decoder = self._decoders[0]
        for stretch in stretches(chunks, self.evidence, decoder, whole=False):
            text = stretch.text
            explanation = Explanation(text, self.evidence, decoder, None)
            yield self._dump(stretch, Document(text), context, [], explanation)

    def render(self, article_or_dump: Article | Dump | Iterable[Article], format: str, **options: Any) -> str | bytes:
        """An article, a dump or several articles in one of this parser's formats; see `newsparse.render`."""
        return render(article_or_dump, format, options, self.plugins)

    def _decide(self, text: str, orders: Orders | None, articles: int | None) -> tuple[Decoder, Stretch]:
        """The roles of a text's lines, for a given number of articles where one is given, and what decided them."""
        decoder = self._decoders[0]
        if articles is not None:
            # One article: a bonus that no evidence outweighs. More: the bonus at which as many starts are found.
            decoder = self._decoder(-STATED if articles <= 1 else 0)
        stretch = self._roles(text, decoder, orders)
        if articles is None or articles <= 1:
            return decoder, stretch
        best = decoder, stretch
        low, high = -_WIDEST_BONUS, _WIDEST_BONUS
        while len(best[1].starts) + 1 != articles and high - low > 1:
            bonus = (low + high) // 2
            decoder = self._decoder(bonus)
            stretch = self._roles(text, decoder, orders)
            low, high = (bonus, high) if len(stretch.starts) + 1 < articles else (low, bonus)
            best = min(best, (decoder, stretch), key=lambda found: abs(len(found[1].starts) + 1 - articles))
        return best

    def _roles(self, text: str, decoder: Decoder, orders: Orders | None) -> Stretch:
        return next(stretches([text], self.evidence, decoder, orders), None) or Stretch()

    def _decoder(self, bonus: int) -> Decoder:
        """A decoder with a bonus; the two that are asked for again and again are kept, with what they remember."""
        decoder = self._decoders.get(bonus) or Decoder(self._weights, self.evidence.names, bonus)
        if bonus == -STATED:
            self._decoders[bonus] = decoder
        return decoder

    def _labels(self, profile: SourceProfile, text: str, context: ParseContext, issues: list[Issue]) -> list[Label]:
        """What the source profile says of a text's lines."""
        labels = list(profile_labels(profile, text))
        try:
            labels += annotated_labels(profile, text, context)
        except FAILURES as error:
            issues.append(self._fault(profile, "annotate", error))
        return labels

    def _dump(
        self,
        stretch: Stretch,
        document: Document,
        context: ParseContext,
        issues: list[Issue],
        explanation: Explanation,
    ) -> Dump:
        """The dump of decided lines: articles built, stated fields set, plugins asked."""
        profile = self._profile
        articles, owners = build_articles(stretch, self._words, (profile and profile.title) or None, document.origin)
        if document.fields:
            articles, refused = state_fields(articles, document.fields)
            issues += [Issue("field-refused", f"a stated field was left out: {reason}") for reason in refused]
        if self.plugins.finalizes or (profile is not None and profile.mend is not None):
            articles = [self._finished(article, context, issues) for article in articles]
        return Dump(
            text=document.text,
            articles=articles,
            lines=Ledger(document.text, stretch.stops, bytes(stretch.roles), owners),
            issues=[*document.issues, *self._plugin_issues, *issues],
            source=profile.name if profile else None,
            origin=document.origin,
            explainer=explanation,
        )

    def _finished(self, article: Article, context: ParseContext, issues: list[Issue]) -> Article:
        """An article as the profile mends it and plugins finish it."""
        profile = self._profile
        draft = ArticleDraft(article)
        if profile is not None and profile.mend is not None:
            try:
                profile.mend(draft, context)
            except FAILURES as error:
                issues.append(self._fault(profile, "mend", error))
        issues += self.plugins.finalize(draft, context)
        return draft.article

    def _fault(self, profile: SourceProfile, step: str, error: BaseException) -> Issue:
        """The issue of a profile's function that failed; an error in strict mode."""
        fault = PluginFault(self.plugins.owner("sources", profile.name), step, reason_of(error))
        return self.plugins.report(fault)


def _restored(config: Config, plugins: PluginSet) -> Parser:
    """The parser that was pickled."""
    return Parser(source=config.source, languages=config.languages or None, plugins=plugins, strict=config.strict)
