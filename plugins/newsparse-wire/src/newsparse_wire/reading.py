"""Bytes to documents, for any of the wire formats: split, decode message by message, parse, count what has no field."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

import attrs

from newsparse import CUT_SHORT, Document, Issue, Origin, ReadContext, Reader, check_encoding, decode, number_option
from newsparse_wire.messages import LIMIT, Message, messages
from newsparse_wire.stories import NO_HEADER, Story

UNMAPPED = "unmapped"
"""The code of an issue: what has no field, by name and number, once an input."""

# How sure a reader is: a message at the head of the input, its name alone, none.
_SURE, _NAMED, _NO = 97, 55, 0
# So many bytes before the first message may be padding and the noise of a line.
_HEAD = 64


@attrs.frozen
class WireFormat:
    """One wire format: how to find its messages and how to read one."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    start: re.Pattern[bytes]
    """What opens a message in a stream."""
    sure: re.Pattern[bytes]
    """What gives the format away: stricter than `start`, for any file may be asked."""
    parse: Callable[[Story, Mapping[str, str]], None]
    """Tells a story what its lines are."""
    options: tuple[str, ...] = ()
    later: int = 90
    """How sure it is of an input in whose head the first message begins further on, from 0 to 100."""

    def reader(self) -> Reader:
        """The format as a reader."""
        return Reader(self.name, self.suffixes, self._sniff, self._read, ("limit", *self.options), self.title)

    def _sniff(self, head: bytes, name: str) -> int:
        found = self.sure.search(b"\n" + head)
        if found:
            return _SURE if found.start() <= _HEAD else self.later
        return _NAMED if name.endswith(self.suffixes) else _NO

    def _read(self, stream: BinaryIO, context: ReadContext) -> Iterator[Document]:
        check_encoding(context.encoding)
        limit = number_option(context.options, "limit", LIMIT)
        unmapped: Counter[str] = Counter()
        last: Document | None = None
        for message in messages(stream, self.start, limit):
            if last:
                yield last
            last = self._document(message, context, limit, unmapped)
        if last and unmapped:
            names = ", ".join(f"{name} ({count})" for name, count in sorted(unmapped.items()))
            issue = Issue(UNMAPPED, f"{context.path or 'the input'}: without a field, kept as lines: {names}")
            last = attrs.evolve(last, issues=(*last.issues, issue))
        if last:
            yield last

    def _document(self, message: Message, context: ReadContext, limit: int, unmapped: Counter[str]) -> Document:
        decoded = decode(message.data, context.encoding)
        place = f"{context.path or 'the input'}, message {message.number}"
        story = Story(decoded.text, place, unmapped)
        story.issues += [attrs.evolve(issue, message=f"{place}: {issue.message}") for issue in decoded.issues]
        if message.left_out:
            story.issues.append(
                Issue(
                    CUT_SHORT,
                    f"{place} has more than {limit} bytes; {message.left_out} were not read: raise the option limit",
                )
            )
        origin = Origin(
            path=context.path,
            record=message.number,
            reader=self.name,
            encoding=decoded.encoding,
            digest=f"sha256:{hashlib.sha256(message.data).hexdigest()}",
            offset=message.offset + decoded.start,
            line=message.line,
        )
        if not message.has_start:
            story.fault(NO_HEADER, f"no message of {self.name} begins in it; read as plain text")
            return Document(decoded.text, origin, issues=story.issues)
        self.parse(story, context.options)
        story.rest()
        return story.document(origin)
