"""The language of a text, by script and function words.

Takes the paragraphs of an article and the locales known, gives a language's tag or ``None``. A language without a
locale is not mistaken for a neighbour: its words must be the locale's in the share that running text has.
"""

import unicodedata
from collections.abc import Iterable, Sequence

from newsparse.locales import GENERAL, Locale

# How much text is looked at first, and how much where that leaves a doubt: function words make up a third of running
# text.
_SAMPLE_LENGTHS = (110, 500, 2500)
# In running text of a language, at least this share of its words are among the locale's function words ...
_LEAST_SHARE = 0.16
# ... and the best language leads the next by this much, or it is not told apart.
_LEAST_LEAD = 1.08
# Where each occurrence counts, which rises with the length in the text's own language alone, the share and the lead are
# larger: lists of results and prices reach them, the languages without a locale that were tried reach a tenth.
_LEAST_OCCURRENCES = 0.18
_CLEAR_LEAD = 1.5
_LEAST_REPEATED = 9
_MOST_PARAGRAPHS = 60
# Fewer words than this tell nothing; in scripts without blanks, fewer occurrences.
_LEAST_WORDS = 4
# How many letters tell the script, and which share of them must be of it: Japanese mixes its own with Chinese signs.
_SCRIPT_LETTERS = 60
_LEAST_SCRIPT = 0.25
# Words longer than this on average are no words but the sentences of a script without blanks.
_WIDE_WORD = 14
# Occurrences of short frequent sequences for each hundred characters of a text in a script without blanks.
_LEAST_DENSITY = 0.04


class Languages:
    """Tells the language of a text among some locales."""

    def __init__(self, locales: Iterable[Locale]):
        known = [locale for locale in locales if locale.name != GENERAL and locale.of("language.function_words")]
        self._spaced: dict[str, list[str]] = {}
        for locale in known:
            if locale.spaced:
                for word in locale.of("language.function_words"):
                    self._spaced.setdefault(word.casefold(), []).append(locale.name)
        self._scripts: dict[str, list[str]] = {}
        for locale in known:
            for script in locale.scripts:
                self._scripts.setdefault(script.upper(), []).append(locale.name)
        self._unspaced = [(locale.name, locale.of("language.function_words")) for locale in known if not locale.spaced]

    def language(self, paragraphs: Sequence[str]) -> str | None:
        """The tag of the language that some paragraphs are in, or ``None`` where that is not clear.

        Example:
            >>> from newsparse.locales import core_locales
            >>> languages = Languages(core_locales())
            >>> languages.language(["The mayor said on Monday that it was the end of the rain in the valley."])
            'en'
        """
        for length in _SAMPLE_LENGTHS:
            ranked = self._ranked(" ".join(paragraphs[: 1 + length // 200])[:length])
            if (
                ranked
                and ranked[0][0] >= _LEAST_SHARE
                and (len(ranked) < 2 or ranked[0][0] >= ranked[1][0] * _LEAST_LEAD)
            ):
                return ranked[0][1]
        return self._by_occurrences(" ".join(paragraphs[:_MOST_PARAGRAPHS])[: _SAMPLE_LENGTHS[-1]]) or self._by_script(
            " ".join(paragraphs[:_SCRIPT_LETTERS])[: _SAMPLE_LENGTHS[-1]]
        )

    def _by_occurrences(self, sample: str) -> str | None:
        """The language of a text of many names and figures, where each function word counts as often as it stands."""
        words = sample.casefold().split()
        counts: dict[str, int] = {}
        for word in filter(self._spaced.__contains__, words):
            for name in self._spaced[word]:
                counts[name] = counts.get(name, 0) + 1
        (most, best), (next_most, _) = sorted([(count, name) for name, count in counts.items()] + [(0, "")] * 2)[:-3:-1]
        clear = most >= max(_LEAST_REPEATED, _LEAST_OCCURRENCES * len(words)) and most >= next_most * _CLEAR_LEAD
        return best if clear else None

    def _by_script(self, sample: str) -> str | None:
        """The language of a text in a script that only one of the known languages is written in."""
        if sample.isascii():
            return None
        letters = [char for char in sample if char.isalpha()][:_SCRIPT_LETTERS]
        counts: dict[str, int] = {}
        for char in letters:
            script = unicodedata.name(char, "?").split()[0]
            counts[script] = counts.get(script, 0) + 1
        for script, count in counts.items():
            owners = self._scripts.get(script, [])
            if len(owners) == 1 and count >= _LEAST_SCRIPT * len(letters):
                return owners[0]
        return None

    def _ranked(self, sample: str) -> list[tuple[float, str]]:
        """The share of its function words that each language has in a text, largest first."""
        # Each word counts once, and function words rarely touch punctuation, so blanks part them well enough.
        words = set(sample.casefold().split())
        spaced = self._spaced
        counts: dict[str, int] = {}
        for word in filter(spaced.__contains__, words):
            for name in spaced[word]:
                counts[name] = counts.get(name, 0) + 1
        shares = {name: count / len(words) for name, count in counts.items() if count >= _LEAST_WORDS}
        if len(words) * _WIDE_WORD < len(sample):  # hardly any blanks: a script that is written without
            for name, sequences in self._unspaced:
                density = sum(sample.count(sequence) for sequence in sequences) / len(sample)
                if density >= _LEAST_DENSITY:
                    shares[name] = density * 10
        return sorted(((share, name) for name, share in shares.items()), key=lambda pair: (-pair[0], pair[1]))
