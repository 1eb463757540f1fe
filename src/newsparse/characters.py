r"""Characters that a format has no way to hold become U+FFFD, and are counted.

Takes text and a counter, gives text. JSON holds every character, as an escape; a file in UTF-8 holds no lone surrogate,
XML no control character besides tab and line ends, SQLite and Markdown no NUL. Formats of plugins use it too: what is
counted in `WriteContext.replaced` is told on stderr.
"""

import re
from collections.abc import MutableMapping

REPLACEMENT = "\ufffd"

_SURROGATE_RE = re.compile("[\ud800-\udfff]")
# https://www.w3.org/TR/xml/#charsets, turned round.
_NOT_XML_RE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# SQLite's own functions end a text at NUL, and CommonMark has every reader replace it.
_NO_NUL_RE = re.compile("[\x00\ud800-\udfff]")


def utf8(text: str, replaced: MutableMapping[str, int]) -> bytes:
    r"""The text in UTF-8, which holds no lone surrogate.

    Example:
        >>> replaced = {}
        >>> utf8("ok \ud800", replaced), replaced
        (b'ok \xef\xbf\xbd', {'\ud800': 1})
    """
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _held(text, _SURROGATE_RE, replaced).encode()


def xml_text(text: str, replaced: MutableMapping[str, int]) -> str:
    r"""The text as XML 1.0 can hold it: no control characters besides tab and line ends, no lone surrogates.

    Args:
        text: Any string.
        replaced: `WriteContext.replaced`; how often each character became U+FFFD is added to it.

    Example:
        >>> replaced = {}
        >>> xml_text("beep \x07 ]]> \x07", replaced), replaced
        ('beep \ufffd ]]> \ufffd', {'\x07': 2})
    """
    return _held(text, _NOT_XML_RE, replaced)


def sqlite_text(text: str, replaced: MutableMapping[str, int]) -> str:
    r"""The text as SQLite's own functions read it to its end: no NUL, no lone surrogates.

    Example:
        >>> sqlite_text("cut\x00here", {})
        'cut\ufffdhere'
    """
    return _held(text, _NO_NUL_RE, replaced)


def markdown_text(text: str, replaced: MutableMapping[str, int]) -> str:
    r"""The text as every reader of Markdown keeps it: no NUL, no lone surrogates.

    Example:
        >>> markdown_text("torn \ud800", {})
        'torn \ufffd'
    """
    return _held(text, _NO_NUL_RE, replaced)


def told(replaced: MutableMapping[str, int], name: str) -> str:
    r"""What became U+FFFD in an output of a format, in a sentence; empty when nothing did.

    Example:
        >>> told({"\x07": 2, "\ud800": 1}, "tei")
        '3 characters that tei cannot hold became U+FFFD: U+0007 (2), U+D800 (1)'
    """
    if not replaced:
        return ""
    each = ", ".join(f"U+{ord(sign):04X} ({replaced[sign]:,})" for sign in sorted(replaced))
    number = sum(replaced.values())
    return f"{number:,} character{'s' * (number > 1)} that {name} cannot hold became U+FFFD: {each}"


def _held(text: str, unheld: re.Pattern[str], replaced: MutableMapping[str, int]) -> str:
    # Nearly every text is clean, and looking is cheaper than rewriting it.
    if unheld.search(text) is None:
        return text
    for sign in unheld.findall(text):
        replaced[sign] = replaced.get(sign, 0) + 1
    return unheld.sub(REPLACEMENT, text)
