"""Files of JSON to documents: bytes decoded, values found, what could not be read or taken said."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import attrs

from newsparse import CUT_SHORT, Document, Issue, Origin, ReadContext, check_encoding, decode, number_option
from newsparse_ninjs.jsons import iter_objects, read_json

LIMIT = 1 << 28
"""How many bytes of a file are read, unless the option ``limit`` says otherwise: its values are held at once."""
DAMAGED = "json-damaged"
"""The code of an issue: the text is no JSON; what can be told of it was read."""
NO_ITEM = "no-item"
"""The code of an issue: there is JSON, but nothing in it that the reader knows."""
UNMAPPED = "unmapped"
"""The code of an issue: what has no field, by name and number, once an input."""

_CHUNK = 1 << 20

Compose = Callable[[dict[str, Any], Origin, Counter[str]], Iterator[Document]]


def read_objects(
    stream: BinaryIO,
    context: ReadContext,
    reader: str,
    wanted: Callable[[dict[str, Any]], bool],
    compose: Compose,
    prepare: Callable[[list[Any]], None] | None = None,
) -> Iterator[Document]:
    """The documents of the objects in a file that are wanted; issues of the file stand in the last one.

    Args:
        stream: Bytes.
        context: What is known of them.
        reader: The reader's name.
        wanted: Whether an object is one that the reader reads.
        compose: Gives the documents of an object, its origin, and a counter of names that are not mapped.
        prepare: Is given the file's values before they are looked at.
    """
    check_encoding(context.encoding)
    limit = number_option(context.options, "limit", LIMIT)
    data = bytearray()
    # By chunks, so that a stream that breaks off has given what it had.
    while len(data) <= limit and (chunk := stream.read(min(_CHUNK, limit + 1 - len(data)))):
        data += chunk
    name = context.path or "the input"
    issues = []
    if len(data) > limit:
        issues.append(
            Issue(CUT_SHORT, f"{name} has more than {limit} bytes; the rest was not read: raise the option limit")
        )
        del data[limit:]
    decoded = decode(data, context.encoding)
    issues += decoded.issues
    values, fault = read_json(decoded.text)
    if prepare:
        prepare(values)
    if fault is not None:
        line = decoded.text.count("\n", 0, fault) + 1
        message = f"{name} is no sound JSON from character {fault} on, line {line}; what can be told of it was read"
        issues.append(Issue(DAMAGED, message))
    origin = Origin(
        path=context.path,
        reader=reader,
        encoding=decoded.encoding,
        digest=f"sha256:{hashlib.sha256(data).hexdigest()}",
    )
    unmapped: Counter[str] = Counter()
    number = 0
    last: Document | None = None
    for found in iter_objects(values, wanted):
        for document in compose(found, origin, unmapped):
            if last:
                yield last
            number += 1
            last = attrs.evolve(document, origin=attrs.evolve(origin, record=number))
    if last is None:
        last = Document(origin=origin)
        issues.append(Issue(NO_ITEM, f"{name} holds nothing that {reader} reads: name another reader with --from"))
    if unmapped:
        names = ", ".join(f"{name} ({count})" for name, count in sorted(unmapped.items()))
        issues.append(Issue(UNMAPPED, f"{name}: values without a field were left out: {names}"))
    yield attrs.evolve(last, issues=(*last.issues, *issues))
