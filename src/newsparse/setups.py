"""What the texts of one source are read with: words, observations and decoders, made once and kept.

Takes locales, rules and a source profile, or none for any text; gives a `Setup`, which decides the roles of a text's
lines. What a profile adds to the observations is rules like any others, so its texts are decided at the same speed.
"""

from collections.abc import Sequence
from functools import cached_property

from newsparse.articles import Words
from newsparse.evidence import Evidence
from newsparse.extensions import Rule, SourceProfile
from newsparse.grammars import Grammars
from newsparse.languages import Languages
from newsparse.locales import GENERAL, Locale, merge_locales
from newsparse.profiles import Annotator, profile_rules, with_credits
from newsparse.reading import Orders, Stretch, stretches
from newsparse.roles import STATED, Decoder
from newsparse.rules import word_rules
from newsparse.weights import core_weights

# The search for a given number of articles halves this bonus to the first line of a later article until the number is
# met; the evidence on one line is rarely worth more.
_WIDEST_BONUS = 512


class Setup:
    """What one source's texts, or any texts, are read with. Deciding changes nothing but caches.

    Args:
        locales: The languages to know, and what no language owns.
        rules: The rules that were registered.
        profile: The source; ``None`` for texts of any.
        words: The words of these locales, where they were made already.
        table: The text of a weights table; ``None`` for the one that ships.
    """

    def __init__(
        self,
        locales: Sequence[Locale],
        rules: Sequence[Rule],
        profile: SourceProfile | None = None,
        words: Words | None = None,
        table: str | None = None,
    ):
        self.profile = profile
        if profile and profile.credits:
            locales = [with_credits(each, profile) if each.name == GENERAL else each for each in locales]
            words = None
        self.words = words or _words(locales)
        own = profile_rules(profile) if profile else []
        self._weights = core_weights([*rules, *own], table)
        named = [*word_rules(self.words.all_words.locale), *rules, *own]
        self.evidence = Evidence(named, self._weights.evidence.keys())
        self.decoder = Decoder(self._weights, self.evidence.names)
        self.places_matter = profile is not None and Annotator.is_needed(profile)

    @cached_property
    def _told(self) -> Decoder:
        """The decoder of a text that is known to hold one article: no evidence outweighs its bonus, stated roles do."""
        return Decoder(self._weights, self.evidence.names, -STATED // 2)

    def decide(self, text: str, orders: Orders | None, articles: int | None) -> tuple[Decoder, Stretch]:
        """The roles of a text's lines, for a given number of articles where one is given, and what decided them."""
        # More than one article: the bonus is sought at which as many starts are found.
        decoder = self._told if articles is not None and articles <= 1 else self.decoder
        stretch = self._roles(text, decoder, orders)
        if articles is None or articles <= 1:
            return decoder, stretch
        best = decoder, stretch
        low, high = -_WIDEST_BONUS, _WIDEST_BONUS
        while len(best[1].starts) + 1 != articles and high - low > 1:
            bonus = (low + high) // 2
            decoder = Decoder(self._weights, self.evidence.names, bonus) if bonus else self.decoder
            stretch = self._roles(text, decoder, orders)
            low, high = (bonus, high) if len(stretch.starts) + 1 < articles else (low, bonus)
            best = min(best, (decoder, stretch), key=lambda found: abs(len(found[1].starts) + 1 - articles))
        return best

    def _roles(self, text: str, decoder: Decoder, orders: Orders | None) -> Stretch:
        return next(stretches([text], self.evidence, decoder, orders), None) or Stretch()


def _words(locales: Sequence[Locale]) -> Words:
    general = [locale for locale in locales if locale.name == GENERAL]
    own = {locale.name: Grammars(merge_locales([locale, *general])) for locale in locales if locale.name != GENERAL}
    return Words(Languages(locales), Grammars(merge_locales(locales)), own)
