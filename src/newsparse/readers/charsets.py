"""Bytes to text, whatever they are.

Takes bytes, gives `Decoded`. The order: a byte order mark, strict UTF-8, the encoding the caller named, cp1252. What is
UTF-8 (or the caller's encoding) but for a few broken bytes stays that: one flipped byte must not spoil every other
letter of the text.
"""

import codecs
import re

import attrs

from newsparse.errors import OptionError
from newsparse.models import Issue

GUESSED = "charset-guessed"
"""The code of an issue: no encoding fitted, so the text was read as cp1252."""
DAMAGED = "charset-damaged"
"""The code of an issue: the encoding is known, but some bytes are not in it."""

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# How many letters beyond ASCII must be right for each byte that is not. By chance bytes of another encoding hardly ever
# come out as UTF-8: cp1252 and cp1251 texts have more broken bytes than right ones.
RIGHT_TO_BROKEN = 4

# cp1252 leaves five bytes undefined; they keep their number, as C1 controls, so that every byte can be told from the
# text.
_CP1252 = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
_ASCII = bytes(range(128))
_BROKEN_RE = re.compile("[\udc80-\udcff]")


@attrs.frozen
class Decoded:
    """A text and how it was read."""

    text: str
    encoding: str
    start: int = 0
    """Where the text begins, behind a byte order mark."""
    issues: tuple[Issue, ...] = ()


def check_encoding(encoding: str | None) -> None:
    """Refuse a name that is no encoding of text.

    Raises:
        OptionError: It is none.
    """
    try:
        # An empty text would be encoded without a look at the name.
        " ".encode(encoding or "utf-8")
    except (LookupError, ValueError):
        raise OptionError(f"unknown encoding {encoding!r}: give a name that Python knows, as cp1251 or big5") from None


def decode(data: bytes | bytearray, encoding: str | None = None) -> Decoded:
    """The text of some bytes; never an error.

    Args:
        data: Any bytes.
        encoding: What the caller says they are; a name that `check_encoding` lets pass.

    Returns:
        The text, with a `GUESSED` or `DAMAGED` issue where it was not clear.

    Example:
        >>> decode("Zürich".encode("cp1252")).text
        'Zürich'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _marked(data, mark, name)
    # Bytes that are all ASCII are UTF-8 too, so they prove nothing against ISO-2022-JP, UTF-7 or UTF-16 without a mark.
    first = encoding if data.isascii() else None
    names = tuple(dict.fromkeys(name for name in (first, "utf-8", encoding) if name))
    for name in names:
        if (text := _strictly(data, name)) is not None:
            return Decoded(text, codecs.lookup(name).name)
    for name in reversed(names):
        if (text := _mostly(data, name)) is not None:
            message = f"{_broken(data, name)}; such bytes were read as cp1252, all others as {name}"
            return Decoded(text, codecs.lookup(name).name, 0, (Issue(DAMAGED, message),))
    message = f"{'; '.join(_broken(data, name) for name in names)}; read as cp1252: name the encoding if it is another"
    return Decoded(_as_cp1252(data), "cp1252", 0, (Issue(GUESSED, message),))


def decode_on(data: bytes | bytearray, encoding: str) -> Decoded:
    """More of a text whose beginning was in an encoding; what is not in it is read as cp1252, with an issue.

    Args:
        data: Whole lines.
        encoding: One that `extends_ascii`.
    """
    if (text := _strictly(data, encoding)) is not None:
        return Decoded(text, encoding)
    message = f"further on, bytes that are not {encoding} were read as cp1252"
    text = _as_cp1252(data) if encoding == "cp1252" else _patched(data.decode(encoding, "surrogateescape"))
    return Decoded(text, encoding, 0, (Issue(DAMAGED, message),))


def extends_ascii(encoding: str) -> bool:
    """Whether every byte of ASCII stands for itself, so that a text can be cut at its line feeds."""
    try:
        return _ASCII.decode(encoding) == _ASCII.decode("ascii")
    except ValueError:
        return False


def _marked(data: bytes | bytearray, mark: bytes, name: str) -> Decoded:
    body = data[len(mark) :]
    if (text := _strictly(body, name)) is not None:
        return Decoded(text, name, len(mark))
    message = f"{_broken(body, name, len(mark))}, though its mark is there; what is broken became U+FFFD"
    return Decoded(body.decode(name, "replace"), name, len(mark), (Issue(DAMAGED, message),))


def _strictly(data: bytes | bytearray, name: str) -> str | None:
    try:
        return data.decode(name)
    except ValueError:
        return None


def _mostly(data: bytes | bytearray, name: str) -> str | None:
    """The text in an encoding that is right for most letters, each broken byte read as cp1252; else ``None``."""
    try:
        # Broken bytes become lone surrogates here, at C's speed; encodings that are no superset of ASCII refuse.
        text = data.decode(name, "surrogateescape")
    except ValueError:
        return None
    sound = len(text.encode("utf-8", "ignore").decode())
    beyond_ascii = sound - len(text.encode("ascii", "ignore"))
    if beyond_ascii < (len(text) - sound) * RIGHT_TO_BROKEN:
        return None
    return _patched(text)


def _patched(text: str) -> str:
    """A text with its broken bytes, which stand in it as lone surrogates, read as cp1252."""
    return _BROKEN_RE.sub(lambda found: _CP1252[ord(found[0]) - 0xDC00], text)


def _as_cp1252(data: bytes | bytearray) -> str:
    return codecs.charmap_decode(data, "strict", _CP1252)[0]


def _broken(data: bytes | bytearray, name: str, start: int = 0) -> str:
    """Which byte is the first that is not in the encoding."""
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        return f"byte 0x{data[error.start]:02X} at offset {start + error.start} is not {name}"
    except ValueError as error:
        return f"not {name} ({error})"
    return f"{name} fits"
