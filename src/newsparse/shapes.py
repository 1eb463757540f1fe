"""What a line looks like, whatever its words: length, ends, case, punctuation.

Takes one line, gives the set of its shape observations as an integer, a bit each. Every observation reads a bounded
part of the line, so a line of ten million characters costs what one of three hundred does.
"""

import re
from types import MappingProxyType

# Name and meaning of each shape observation; the position is the bit. Lengths are in characters; a character of a
# script that is written without blanks counts twice, since it says about as much as two letters.
SHAPES = MappingProxyType(
    {
        "length_to_3": "3 characters or fewer",
        "length_to_12": "4 to 12 characters",
        "length_to_25": "13 to 25 characters",
        "length_to_45": "26 to 45 characters",
        "length_to_70": "46 to 70 characters",
        "length_to_110": "71 to 110 characters",
        "length_to_180": "111 to 180 characters",
        "length_to_400": "181 to 400 characters",
        "length_over_400": "more than 400 characters",
        "ends_sentence": "ends as a sentence does, also within closing quotes",
        "ends_question": "ends in a question or exclamation mark",
        "ends_colon": "ends in a colon",
        "ends_comma": "ends in a comma, semicolon or dash",
        "ends_ellipsis": "ends in an ellipsis",
        "ends_quote": "ends in a closing quote",
        "ends_bracket": "ends in a closing bracket",
        "ends_digit": "ends in a digit",
        "starts_lower": "begins with a small letter",
        "starts_digit": "begins with a digit",
        "starts_bullet": "begins with a list mark",
        "starts_quote": "begins with an opening quote",
        "starts_bracket": "begins with an opening bracket",
        "starts_symbol": "begins with another sign",
        "all_caps": "all letters are capitals",
        "title_case": "most words begin with a capital",
        "one_word": "a single word",
        "few_words": "two to four words",
        "some_words": "five to nine words",
        "has_digit": "a digit in a short line",
        "has_comma": "a comma in a short line",
        "has_link": "a web or mail address, or a name behind an at sign",
        "has_divider": "a bar, middle dot, slash or angle between words",
        "has_colon": "a colon inside a short line",
        "has_dash": "a dash between words of a short line",
        "glued": "a capital right behind a small letter in a short line",
        "glued_more": "several of them: entries of a menu run together",
        "several_sentences": "a sentence ends inside",
        "prose": "a sentence of some length: what running text is made of",
        "no_letters": "neither letters nor digits",
        "counter": "figures alone, or figures of figures",
        "time": "a time of day in a short line",
        "year": "a year in a short line",
        "bracket_short": "ends in a short bracket",
        "bracket_slash": "ends in a short bracket with a slash inside",
        "slash_tail": "ends in a slash and a name",
        "copyright": "a copyright sign in a short line, or near the end",
    }
)
BITS = {name: 1 << position for position, name in enumerate(SHAPES)}

# A sentence of running text has at least this many characters; the corpus' baseline at 80 misses a quarter of the body
# lines.
PROSE_LENGTH = 60
# Beyond this length a line is running text or debris: only its ends and length are looked at.
SHORT_LENGTH = 200
# How much of each end of a long line is looked at.
_END_LENGTH = 200
_WIDE_LENGTH = 24  # a line of a wide script shows it at its beginning
_BRACKET_LENGTH = 70  # "(Photo by Firstname Lastname/Agency/Archive via Second Agency)" has 62 characters
_TAIL_LENGTH = 30  # "/ Firstname Lastname" and "/Agency France Presse" fit

_SENTENCE_ENDS = frozenset(".!?。！？؟।۔｡…")
_CLOSERS = "\"'”’»›」』)]）】"
_WIDE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f]")
_LINK = re.compile(r"https?:|www\.|[\w.]@\w|(?:^|[\s(])@\w|\.(?:com|org|net)\b")
_TIME = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[:.h][0-5]\d(?!\d)|\d ?[ap]\.?m\b|\d時\d?\d?分?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COUNTER = re.compile(r"[#(]?\d{1,6}(?: ?(?:/|of|von|de|di|van|av|из|/ ) ?\d{1,6})?[.):]?")
_GLUE = re.compile(r"(?<=[a-zß-öø-ÿа-яё])[A-ZÀ-ÖØ-ÞА-ЯЁ]")
_LETTER = re.compile(r"\w")
_DIGIT = re.compile(r"\d")


def _lengths() -> tuple[int, ...]:
    limits = (3, 12, 25, 45, 70, 110, 180, 400)
    table = []
    for length in range(402):
        position = sum(length > limit for limit in limits)
        table.append(1 << position)
    return tuple(table)


_LENGTHS = _lengths()


def _first_bits() -> dict[str, int]:
    marks = {"starts_bullet": "•*‣▪■●◆►–—-·○▶", "starts_quote": "\"'“‘„«‹「『", "starts_bracket": "([【（["}
    return {char: BITS[name] for name, chars in marks.items() for char in chars}


_FIRST = _first_bits()


def _last_bits() -> dict[str, int]:
    table = dict.fromkeys(_SENTENCE_ENDS, BITS["ends_sentence"])
    for char in "!?！？؟":
        table[char] |= BITS["ends_question"]
    table["…"] |= BITS["ends_ellipsis"]
    for char in ":：":
        table[char] = BITS["ends_colon"]
    for char in ",;，、؛،-–—":
        table[char] = BITS["ends_comma"]
    return table


_LAST = _last_bits()
_PROSE = BITS["prose"]
_SENTENCE = BITS["ends_sentence"]
_WORD_BITS = (0, BITS["one_word"], *[BITS["few_words"]] * 3, *[BITS["some_words"]] * 5)
_SEVERAL = BITS["several_sentences"]


def shape_bits(text: str) -> int:
    """The shape observations on a stripped, non-empty line, a bit each as in `BITS`.

    Example:
        >>> bits = shape_bits("Militias gather near the port (Agency)")
        >>> [name for name, bit in BITS.items() if bits & bit]  # doctest: +NORMALIZE_WHITESPACE
        ['length_to_45', 'ends_bracket', 'some_words', 'bracket_short']
    """
    length = len(text)
    if not text.isascii() and _WIDE.search(text, 0, _WIDE_LENGTH):
        length *= 2
    bits = _LENGTHS[length if length < 401 else 401]

    last = text[-1]
    ends = _LAST.get(last, 0)
    if not ends:
        if last in _CLOSERS:
            bits |= BITS["ends_bracket"] if last in ")]）】" else BITS["ends_quote"]
            inner = text[-3:].rstrip(_CLOSERS)
            if inner and inner[-1] in _SENTENCE_ENDS:
                ends = _SENTENCE
        elif last.isdigit():
            ends = BITS["ends_digit"]
    elif text.endswith("..."):
        ends |= BITS["ends_ellipsis"]
    bits |= ends

    first = text[0]
    starts = _FIRST.get(first)
    if starts:
        bits |= starts
    elif first.islower():
        bits |= BITS["starts_lower"]
    elif first.isdigit():
        bits |= BITS["starts_digit"]
    elif not first.isalpha():
        bits |= BITS["starts_symbol"]

    if ends & _SENTENCE and length >= PROSE_LENGTH:
        bits |= _PROSE
    if length > SHORT_LENGTH or bits & _PROSE:
        # A sentence of some length is running text or a caption: how it ends is all that tells them apart.
        if ". " in text[:_END_LENGTH]:
            bits |= _SEVERAL
        if "©" in text[-_BRACKET_LENGTH:]:
            bits |= BITS["copyright"]
        if last in ")]）】" or "/" in text[-_TAIL_LENGTH:] or text[-2] in ")]":
            bits |= _tail_bits(text)
        return bits
    return bits | _short_bits(text)


def _short_bits(text: str) -> int:
    """What only short lines are asked: words, case, signs."""
    bits = 0
    words = text.split()
    count = len(words)
    if count < len(_WORD_BITS):
        bits |= _WORD_BITS[count]
    if not _LETTER.search(text):
        return bits | BITS["no_letters"]
    if text.isupper():
        bits |= BITS["all_caps"]
    elif count > 1:
        capitals = [word for word in words if word[0].isupper()]
        if len(capitals) * 3 >= count * 2:
            bits |= BITS["title_case"]
    glued = len(_GLUE.findall(text))
    if glued:
        bits |= BITS["glued"] if glued == 1 else BITS["glued"] | BITS["glued_more"]
    if _DIGIT.search(text):
        bits |= BITS["has_digit"]
        if _YEAR.search(text):
            bits |= BITS["year"]
        if _TIME.search(text):
            bits |= BITS["time"]
        if _COUNTER.fullmatch(text):
            bits |= BITS["counter"]
    if "," in text or "，" in text or "、" in text or "،" in text:
        bits |= BITS["has_comma"]
    if ("." in text or ":" in text or "@" in text) and _LINK.search(text):
        bits |= BITS["has_link"]
    if (
        " | " in text
        or " · " in text
        or " / " in text
        or " › " in text
        or " > " in text
        or " » " in text
        or " • " in text
    ):
        bits |= BITS["has_divider"]
    if ":" in text[:-1]:
        bits |= BITS["has_colon"]
    if " - " in text or " – " in text or " — " in text or "—" in text:
        bits |= BITS["has_dash"]
    if ". " in text[:-1] or "。" in text[:-1]:
        bits |= _SEVERAL
    if "©" in text or "(c)" in text or "(C)" in text:
        bits |= BITS["copyright"]
    if text[-1] in ")]）】" or "/" in text[-_TAIL_LENGTH:]:
        bits |= _tail_bits(text)
    return bits


def _tail_bits(text: str) -> int:
    """How a line ends in a bracket or behind a slash, where credits stand."""
    tail = text[-_BRACKET_LENGTH:]
    opened = max(tail.rfind("("), tail.rfind("["), tail.rfind("（"), tail.rfind("【"))
    if text[-1] in ")]）】" or text[-2:] in (").", "]."):
        if opened < 0:
            return 0
        bits = BITS["bracket_short"]
        return bits | BITS["bracket_slash"] if "/" in tail[opened:] else bits
    tail = text[-_TAIL_LENGTH:]
    slash = tail.rfind("/")
    name = tail[slash + 1 :].strip()
    if slash >= 0 and len(name) > 1 and name[0].isupper() and name.count(" ") < 4:
        return BITS["slash_tail"]
    return 0
