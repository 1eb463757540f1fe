"""The core's rules: named observations about the words of a line, as data.

Takes a `Locale`, gives `Rule` objects. The words come from the locale files; what an observation is worth stands in the
weights table, under the rule's name. Shapes are in `shapes`, what depends on other lines is in `evidence`.
"""

from collections.abc import Iterable

from newsparse.extensions import Rule
from newsparse.lines import normalise
from newsparse.locales import Locale

# Rule name, kinds of words, where in the line they must stand, and what it observes.
_WORD_RULES = (
    ("share_words", ("lines.share",), "whole", "a share or save button"),
    ("player_words", ("lines.player",), "whole", "a player's or gallery's control"),
    ("navigation_words", ("lines.navigation",), "whole", "an entry of a menu"),
    ("section_words", ("lines.sections",), "whole", "the name of a section"),
    ("comment_words", ("lines.comments",), "whole", "the comment area"),
    ("advert_words", ("lines.advert",), "whole", "a mark of advertisements"),
    ("reading_words", ("lines.reading",), "ends", "reading time or text size"),
    ("more_words", ("lines.more",), "starts", "leads on to more"),
    ("related_words", ("lines.related",), "starts", "the head of a list of other stories"),
    ("paywall_words", ("lines.paywall",), "starts", "accounts and subscriptions"),
    ("newsletter_words", ("lines.newsletter",), "starts", "newsletters, apps and alerts"),
    ("legal_words", ("lines.legal",), "starts", "rights and cookies"),
    ("topic_words", ("lines.topics",), "starts", "the head of a list of tags"),
    ("correction_words", ("lines.correction",), "starts", "a correction or editor's note"),
    ("biography_words", ("lines.biography",), "starts", "a note on the author"),
    ("byline_opener", ("bylines.openers",), "starts", "opens as a byline"),
    ("given_name", ("names.given",), "starts", "begins with a person's given name"),
    ("byline_role", ("bylines.roles",), "ends", "ends in what a writer is"),
    ("published_opener", ("dates.published",), "starts", "opens a date of publication"),
    ("updated_opener", ("dates.updated",), "starts", "opens a date of update"),
    ("caption_opener", ("captions.openers",), "starts", "opens as a caption"),
    (
        "picture_note",
        ("captions.file", "captions.handout", "captions.screenshot", "captions.illustration"),
        "starts",
        "says what kind of picture it is",
    ),
    ("credit_opener", ("captions.credits",), "starts", "opens as a picture's credit"),
    ("credit_tail", ("captions.credits",), "tails", "a picture's credit near its end"),
    ("agency_end", ("agencies.names",), "ends", "ends in the name of an agency"),
    ("agency_word", ("agencies.names",), "words", "names an agency"),
    ("agency_start", ("agencies.names",), "starts", "begins with the name of an agency"),
)

# From here on stand the scripts that are written without blanks: there a phrase needs none to be one.
UNSPACED = "\u0e00"
# What closes a credit's opener is looked for by itself.
_TAIL_MARKS = " :=：＝・/ㅣ©ⓒ"
# Marks around an agency's name at the end of a line: "(Reuters)", "/Reuters.", "© dpa".
_NAME_CLOSERS = (")", "]", ".", ").", "）", "】")

# Place in capitals, or place and agency in brackets, then a dash: how a wire report opens.
_CAPITALS = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĶĹĽŁŃŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽΑ-ΩА-ЯЁІЇЄҐ"
_DATELINE = (
    rf"[{_CAPITALS}][^\W\d_]*[^()\n:;?!]{{0,50}}\([^()\n]{{2,30}}\)\s?[-–—:]"
    rf"|[{_CAPITALS}]{{2}}[{_CAPITALS} .,'’/-]{{1,40}}(?:,[^.:;\n]{{1,30}})?\s?(?:--|[-–—])\s"
    r"|\([^()\n]{2,20}\)\s?[-–—]"
)
# Two to five words with capitals, initials and small particles between, and nothing else: a person, a place or a short
# headline.
_WORD = rf"[{_CAPITALS}](?:[^\W\d_]{{1,20}}|\.)(?:[-'’][^\W\d_]{{1,20}})?"
_NAME = rf"{_WORD}(?: (?:(?:de|da|di|del|la|le|van|von|der|den|bin|al|el|af|av) )?{_WORD}){{1,4}}$"

# A sentence of any length may open with a dateline; the pattern itself reads no further than its bounds.
_ANY_LENGTH = 1 << 40

# The rules that need no words.
CORE_RULES = (
    Rule(
        "dateline_start",
        pattern=_DATELINE,
        contains=("(", "—", "–", "--", " - ", "- "),
        longest=_ANY_LENGTH,
        title="opens as a wire report does",
    ),
    Rule("name_alone", pattern=_NAME, longest=60, title="two to five words as a name has them, and nothing else"),
    Rule("separator", pattern=r"[-_=*~#+.·•—–◇◆○●☆★\s]{3,80}$", longest=80, title="a row of signs"),
)


def word_rules(locale: Locale) -> list[Rule]:
    """The rules that the words of a locale make: one for each row of the table, one for months and weekdays.

    Example:
        >>> rules = word_rules(Locale(words={"lines.share": ("Copy link",)}))
        >>> [rule.lines for rule in rules if rule.name == "share_words"]
        [('copy link',)]
    """
    rules = []
    for name, kinds, place, title in _WORD_RULES:
        words = _keys(word for kind in kinds for word in locale.of(kind))
        whole: tuple[str, ...] = ()
        if place == "starts" and kinds[0].startswith("lines."):
            whole, words = words, tuple(phrase for word in words for phrase in _heads(word))
        if place == "ends" and name == "agency_end":
            words = tuple(word + closer for word in words for closer in ("", *_NAME_CLOSERS))
        rules.append(
            Rule(
                name,
                lines=words if place in ("whole", "ends") else whole,
                starts=words if place == "starts" else (),
                ends=words if place == "ends" else (),
                words=tuple(word for word in words if " " not in word) if place == "words" else (),
                tails=tuple(dict.fromkeys(filter(None, (word.rstrip(_TAIL_MARKS) for word in words))))
                if place == "tails"
                else (),
                title=title,
            )
        )
    small = frozenset(locale.of("language.function_words"))
    dates = (word for names in (*locale.months, *locale.weekdays) for word in names if word not in small)
    rules.append(Rule("month_word", words=_keys(dates), title="names a month or a weekday"))
    return rules


def _heads(word: str) -> tuple[str, ...]:
    """How a phrase opens a line: as it is, or with a colon where it is a single word, which may open any sentence."""
    return (word,) if " " in word or word[0] >= UNSPACED else (word + ":",)


def _keys(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalise(word).strip() for word in words))
