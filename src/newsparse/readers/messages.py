"""The parts of an e-mail: its header's fields, decoded, and its text.

Takes the bytes of one message, gives a `Message`. Charsets, transfer encodings and broken MIME are forgiven as the
standard library's parser forgives them; what it cannot read at all is taken as text.
"""

import binascii
import re
from collections.abc import Sequence
from email import message_from_bytes
from email.message import Message as Part
from email.policy import Compat32
from typing import Any

import attrs

from newsparse.errors import OptionError
from newsparse.markup import pieces
from newsparse.models import Issue
from newsparse.readers.charsets import check_encoding, decode

BAD_MESSAGE = "bad-message"
"""The code of an issue: the parts of a message cannot be told."""
ATTACHMENTS = "attachments-left-out"
"""The code of an issue: a message has parts that are no text."""

# A word of RFC 2047, `=?charset?Q?text?=`. No part of it can hold a question mark, so one look at each sign is enough.
_WORD_RE = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([BbQq])\?([^?]*)\?=")
# Blanks between two such words are no part of the text.
_BETWEEN_RE = re.compile(r"\?=\s+(?==\?)")
_LINE_END_RE = re.compile(r"[\r\n]+")
# Fields that say what a part is have a few hundred characters; the library takes the square of their length.
_LONGEST_KIND = 4096
# How many attachments an issue names.
_SHOWN = 5


@attrs.frozen
class Message:
    """What a message says."""

    headers: Sequence[tuple[str, str]] = ()
    """Names and decoded values, in the message's order."""
    text: str = ""
    encoding: str = "utf-8"
    is_flowed: bool = False
    """Whether a line that ends in a blank goes on in the next one (RFC 3676)."""
    deletes_space: bool = False
    """Whether that blank is no part of the text."""
    issues: tuple[Issue, ...] = ()

    def header(self, name: str) -> str | None:
        """The first value of a field, its name in lower case."""
        return next((value for own, value in self.headers if own.lower() == name and value), None)


class _Bounded(Compat32):
    """The library's own way to read a header, with a bound where it does not keep to linear time."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_KIND] if name.lower().startswith("content-") else value


_BOUNDED = _Bounded()


def message_of(data: bytes, encoding: str | None, label: str) -> Message:
    """The message that some bytes are; never an error.

    Args:
        data: The bytes, from the first line of the header; blank lines may stand before it.
        encoding: What the caller says of text whose charset is not stated.
        label: What issues call the message.
    """
    # The library's parser has failed with nearly every kind of error on messages that were broken on purpose.
    try:
        return _message(message_from_bytes(data.lstrip(), policy=_BOUNDED), encoding, label)
    except (Exception, RecursionError) as error:
        decoded = decode(data, encoding)
        issue = Issue(BAD_MESSAGE, f"{label}: its parts cannot be told ({type(error).__name__}); it was read as text")
        return Message((), decoded.text, decoded.encoding, issues=(*decoded.issues, issue))


def _message(whole: Part, encoding: str | None, label: str) -> Message:
    headers = tuple((name, header_text(str(value), encoding)) for name, value in whole.raw_items())
    texts: list[Part] = []
    pages: list[Part] = []
    others: list[Part] = []
    for part in whole.walk():
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            others.append(part)
        else:
            (pages if kind == "text/html" else texts).append(part)
    issues: list[Issue] = []
    decoded = [_text(part, encoding, label, issues) for part in texts]
    is_plain = any(text.strip() for text, _ in decoded)
    if not is_plain and pages:
        decoded = [(_as_text(text), name) for text, name in (_text(part, encoding, label, issues) for part in pages)]
    if others:
        shown = ", ".join(f"{part.get_filename() or 'unnamed'} ({part.get_content_type()})" for part in others[:_SHOWN])
        more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        issues.append(Issue(ATTACHMENTS, f"{label}: {len(others)} parts are no text and were left out: {shown}{more}"))
    first = texts[0] if is_plain else None
    return Message(
        headers,
        "\n\n".join(text.strip("\r\n") for text, _ in decoded),
        decoded[0][1] if decoded else "utf-8",
        first is not None and _parameter(first, "format") == "flowed",
        first is not None and _parameter(first, "delsp") == "yes",
        tuple(issues),
    )


def _as_text(markup: str) -> str:
    return "\n\n".join(text for _, text in pieces(markup))


def _parameter(part: Part, name: str) -> str:
    return str(part.get_param(name, "")).lower()


def _text(part: Part, encoding: str | None, label: str, issues: list[Issue]) -> tuple[str, str]:
    """The text of a part and its encoding."""
    data: Any = part.get_payload(decode=True)
    charset = part.get_content_charset() or encoding
    if charset is not None:
        try:
            check_encoding(charset)
        except OptionError:
            issues.append(Issue("charset-unknown", f"{label}: nobody knows the charset {charset!r}"))
            charset = encoding
    decoded = decode(bytes(data or b""), charset)
    issues += (attrs.evolve(issue, message=f"{label}: {issue.message}") for issue in decoded.issues)
    return decoded.text, decoded.encoding


def header_text(value: str, encoding: str | None = None) -> str:
    """A field's value on one line, with its encoded words decoded.

    Example:
        >>> header_text("=?utf-8?Q?Rain=20ends?= =?utf-8?B?IGFnYWlu?=")
        'Rain ends again'
    """
    value = " ".join(line.strip() for line in _LINE_END_RE.split(value)).strip()
    if not value.isascii():
        # Bytes that are not ASCII stand as lone surrogates.
        value = decode(value.encode("utf-8", "surrogateescape"), encoding).text
    if "=?" not in value:
        return value
    value = _BETWEEN_RE.sub("?=", value)
    texts: list[str] = []
    # Words side by side in one charset: a letter of several bytes may be cut between two of them.
    side_by_side: list[bytes] = []
    charset, end = "", 0
    for word in _WORD_RE.finditer(value):
        if side_by_side and (word.start() > end or word[1].lower() != charset):
            texts.append(_in_charset(b"".join(side_by_side), charset))
            side_by_side.clear()
        texts.append(value[end : word.start()])
        charset, end = word[1].lower(), word.end()
        side_by_side.append(_word(word[2], word[3]))
    return "".join((*texts, _in_charset(b"".join(side_by_side), charset or None), value[end:]))


def _word(kind: str, text: str) -> bytes:
    if kind in "Qq":
        return binascii.a2b_qp(text.encode("utf-8", "replace"), header=True)
    try:
        return binascii.a2b_base64(text.encode("utf-8", "replace") + b"==")
    except binascii.Error:
        return text.encode("utf-8", "replace")


def _in_charset(data: bytes, charset: str | None) -> str:
    try:
        check_encoding(charset)
    except OptionError:
        charset = None
    return decode(data, charset).text
