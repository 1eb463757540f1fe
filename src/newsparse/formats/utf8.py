"""Text to the bytes of a file."""

import re

_SURROGATE_RE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def utf8(text: str) -> bytes:
    r"""The text in UTF-8; a lone surrogate, which no file can hold, becomes U+FFFD.

    Example:
        >>> utf8("ok \ud800")
        b'ok \xef\xbf\xbd'
    """
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE_RE.sub(_REPLACEMENT, text).encode()
