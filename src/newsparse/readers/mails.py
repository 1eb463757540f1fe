"""E-mail: one message (RFC 5322 and MIME), or a mailbox of many (mbox).

Takes bytes, gives a `Document` a message: the subject, the fields of the header, the text. A message is one article;
with the option ``body=dump`` its text is left to the parser. A text that is a form in JSON gives the form's values.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO

import attrs

from newsparse.extensions import Document, ReadContext, Reader
from newsparse.lines import split_lines
from newsparse.models import Origin, Role, WireDate
from newsparse.options import choice_option, number_option
from newsparse.readers.charsets import check_encoding
from newsparse.readers.jsons import loads
from newsparse.readers.limits import RECORD, WHOLE, read_whole, skip_line, too_long
from newsparse.readers.messages import Message, message_of
from newsparse.readers.paragraphs import joined, unflowed
from newsparse.readers.rows import BadRecordError, Columns, Place
from newsparse.stated import StatedText

# How sure the readers are: by many known fields, by some, by name alone.
_SURE, _LIKELY, _NAMED, _NO = 90, 70, 55, 0
# So many known fields make a message; a memo or a form has two or three.
_MANY, _SOME = 4, 3
_FIELD_RE = re.compile(rb"([!-9;-~]{1,60}):(?: |\t|\r?$)")
_FOLDED_RE = re.compile(rb"[ \t]+\S")
# Fields of RFC 5322 and MIME that messages have and other texts with headers do not, but for a few.
_FIELDS = re.compile(
    rb"authentication-results|b?cc|content-(?:transfer-encoding|type)|date|delivered-to|dkim-signature|from|in-reply-to"
    rb"|list-id|message-id|mime-version|received(?:-spf)?|references|reply-to|return-path|sender|subject|to|user-agent"
    rb"|x-(?:mailer|original-to|received|status)|status",
    re.IGNORECASE,
)
# The line before each message of a mailbox: `From`, an address and the time in C's notation.
_FROM_RE = re.compile(rb"From (?:\S+ +)?(?:\w{3} +)?\w{3} +\d{1,2} +\d\d?:\d\d(?::\d\d)?\b|From \S+ .{0,40}\d{4}\s*$")
# A line of text that begins so was quoted when it was put in.
_QUOTED_RE = re.compile(rb">+From ")
_SIGNATURE = "-- "
# Dates of RFC 5322 are short; what is longer is none and need not be looked at.
_LONGEST_DATE = 100
# What forms call what has another name everywhere else.
_FORM_NAMES: Mapping[str, str] = {"news_value": "urgency"}


def _fields(head: bytes) -> int:
    """How many known fields a head begins with; 0 if it begins otherwise."""
    known = 0
    lines = head.lstrip().split(b"\n")
    # The last line may be cut.
    for number, line in enumerate(lines[:-1] if len(lines) > 1 else lines):
        if not line.strip():
            break
        field = _FIELD_RE.match(line)
        if field:
            known += _FIELDS.fullmatch(field[1]) is not None
        elif not (number and _FOLDED_RE.match(line)):
            return 0
    return known


def _sniff_mail(head: bytes, name: str) -> int:
    known = _fields(head)
    named = name.endswith(EMAIL.suffixes)
    if known >= _MANY or (named and known > 1):
        return _SURE
    return _LIKELY if known >= _SOME else _NAMED if named else _NO


def _sniff_mbox(head: bytes, name: str) -> int:
    line, _, rest = head.partition(b"\n")
    named = name.endswith(MBOX.suffixes)
    if _FROM_RE.match(line) and _FIELD_RE.match(rest):
        return _SURE
    return _NAMED if named else _NO


def _read_mail(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    check_encoding(context.encoding)
    as_dump = _as_dump(context)
    data, issues = read_whole(stream, number_option(context.options, "limit", WHOLE), context.path)
    document = _document(bytes(data), Place(context, EMAIL.name, 1, 0, 1), as_dump)
    if document.origin:
        document = attrs.evolve(document, origin=attrs.evolve(document.origin, record=None))
    yield attrs.evolve(document, issues=(*document.issues, *issues))


def _read_mbox(stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
    check_encoding(context.encoding)
    as_dump = _as_dump(context)
    limit = number_option(context.options, "limit", RECORD)
    place = Place(context, MBOX.name, 1, 0, 1)
    message = bytearray()
    too_much = False
    offset = number = 0
    after_blank = True
    while line := stream.readline(limit + 1):
        number += 1
        is_start = after_blank and line.startswith(b"From ") and _FROM_RE.match(line)
        if is_start and (message or too_much):
            yield _one(message, place, as_dump, limit if too_much else None)
            place = Place(context, MBOX.name, place.number + 1, offset, number)
            message, too_much = bytearray(), False
        offset += len(line)
        if not line.endswith(b"\n") and len(line) > limit:
            offset += skip_line(stream)
        after_blank = not line.strip()
        too_much = too_much or len(message) + len(line) > limit
        if too_much:
            message.clear()
        elif not is_start:
            message += line[1:] if _QUOTED_RE.match(line) else line
    if message.strip() or too_much:
        yield _one(message, place, as_dump, limit if too_much else None)


def _one(message: bytearray, place: Place, as_dump: bool, over: int | None) -> Document:
    """The document of one message of a mailbox, or why there is none."""
    if over is not None:
        return Document(origin=place.origin(), issues=(too_long(place, over),))
    return _document(bytes(message), place, as_dump)


def _as_dump(context: ReadContext) -> bool:
    return choice_option(context.options, "body", ("article", "dump")) == "dump"


def _document(data: bytes, place: Place, as_dump: bool) -> Document:
    message = message_of(data, place.context.encoding, str(place))
    origin = place.origin(message.encoding, f"sha256:{hashlib.sha256(data).hexdigest()}")
    if form := _form(message):
        return _form_document(message, form, place, origin)
    subject = message.header("subject")
    stated = StatedText(place.reader)
    if as_dump:
        # A newsletter holds many articles: its lines are the parser's to judge.
        _add_header(stated, message)
        header = stated.document(origin, message.issues)
        return attrs.evolve(header, text=f"{header.text}\n{message.text}", articles=None)
    stated.line(Role.HEADLINE, subject or "")
    _add_header(stated, message, "subject")
    lines, signature = _lines(message)
    for paragraph in joined(lines):
        stated.line(Role.BODY, paragraph)
    for line in signature:
        stated.line(Role.FURNITURE, line)
    for name, value in _stated(message):
        stated.field(name, value)
    return stated.document(origin, message.issues)


def _add_header(stated: StatedText, message: Message, but: str = "") -> None:
    for name, value in message.headers:
        if name.lower() != but:
            stated.line(Role.FIELD, f"{name}: {value}")


def _stated(message: Message) -> list[tuple[str, Any]]:
    """What the header states of the article."""
    return [
        ("source", message.header("from")),
        ("published", _date(message.header("date") or "")),
        ("message_id", message.header("message-id")),
    ]


def _date(text: str) -> WireDate | None:
    """The date of a header, as ``Thu, 19 Feb 2015 17:18:40 +1100``; ``None`` where it is none."""
    # The parser of the standard library fails in several ways on what is no date.
    try:
        moment = parsedate_to_datetime(text) if len(text) <= _LONGEST_DATE else None
    except Exception:
        return None
    return WireDate(moment.isoformat(timespec="seconds"), "second", text) if moment else None


def _lines(message: Message) -> tuple[list[str], list[str]]:
    """The lines of the text, and those of the signature that ends it."""
    lines = message.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if message.is_flowed:
        lines = unflowed(lines, message.deletes_space)
    end = lines.index(_SIGNATURE) if _SIGNATURE in lines else len(lines)
    return lines[:end], lines[end:]


def _form(message: Message) -> dict[str, Any] | None:
    """The values of a form that is the message's text, by names in lower case: each stands alone in a list."""
    text = "".join(_lines(message)[0]) if message.is_flowed else message.text
    if not text.lstrip().startswith("{"):
        return None
    try:
        # Programs that send mail break lines inside of strings.
        values = loads(text.replace("\r", "").replace("\n", " "))
    except BadRecordError:
        return None
    form = {}
    for name, value in values.items():
        key = "_".join(name.lower().split())
        form[_FORM_NAMES.get(key, key)] = value[0] if isinstance(value, list) and len(value) == 1 else value
    return form


def _form_document(message: Message, form: dict[str, Any], place: Place, origin: Origin) -> Document:
    """The document of a form: what it states of an article, and the fields of the header below that."""
    try:
        document = Columns().document(form, place, origin, message.issues)
    except BadRecordError as error:
        return place.bad(error, origin, message.issues)
    stated = StatedText(place.reader)
    _add_header(stated, message)
    header = stated.document()
    above = document.text.count("\n") if document.labels else len(split_lines(document.text).stops)
    labels = (attrs.evolve(label, line=label.line + above) for label in header.labels)
    # The subject is that of the form's mail, and a summary keeps the name that the form gives it.
    named = {**dict(_stated(message)), "subject": message.header("subject"), "abstract": form.get("abstract")}
    fields = [(None, name, value) for name, value in named.items() if value]
    text = document.text + ("" if document.text.endswith("\n") else "\n") + header.text
    return attrs.evolve(document, text=text, labels=(*document.labels, *labels), fields=(*document.fields, *fields))


EMAIL = Reader(
    "email",
    (".eml",),
    _sniff_mail,
    _read_mail,
    ("body", "limit"),
    "an e-mail; its text is an article, or a dump with body=dump",
)
MBOX = Reader("mbox", (".mbox", ".mbx"), _sniff_mbox, _read_mbox, ("body", "limit"), "a mailbox of many e-mails")
