r"""JSON in and out: read as far as it goes, written an object at a time.

A file that is cut short, has a flipped byte or several values end to end gives what can be told of it, and where it
broke.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from newsparse import Article

_SPACE_RE = re.compile(r"[ \t\r\n\ufeff]*")
_SCALAR_RE = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN|-?Infinity")
# A string as far as it goes: the second group is empty where the text ends first.
_STRING_RE = re.compile(r'"((?:[^"\\]|\\.)*+)("?)', re.DOTALL)
# A sound escape is passed over whole, so that the second sign of a pair opens none.
_ESCAPE_RE = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})?')
# Where reading can go on behind a fault: at the next key, or the next object of a list.
_NEXT_RE = re.compile(r'[,{][ \t\r\n]*+"[^"\\\r\n]{1,64}"[ \t\r\n]*+:|\}[ \t\r\n]*+,[ \t\r\n]*+\{')
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_CONSTANTS = {"true": True, "false": False}
# Python refuses to read longer whole numbers, and no value of news has so many digits.
_MOST_DIGITS = 300


def read_json(text: str) -> tuple[list[Any], int | None]:
    """The values that a text holds, one after another, and the offset of the first fault.

    Example:
        >>> read_json('{"headline": "Rain", "body_text": "It rai')
        ([{'headline': 'Rain', 'body_text': 'It rai'}], 41)
    """
    try:
        return [json.loads(text, strict=False, parse_constant=lambda name: None)], None
    except (ValueError, RecursionError):
        pass
    reading = _Reading(text)
    reading.run()
    return reading.values, reading.fault


class _Reading:
    """A reader that does not mind: brackets close what they fit, commas and colons are passed over."""

    def __init__(self, text: str):
        self.values: list[Any] = []
        self.fault: int | None = None
        self._text = text
        self._place = 0
        # The open objects and lists, each object with the key that waits for its value.
        self._open: list[tuple[dict[str, Any] | list[Any], list[str]]] = []

    def run(self) -> None:
        text = self._text
        while (start := self._skip_space()) < len(text):
            sign = text[start]
            self._place = start + 1
            if sign in "{[":
                new: dict[str, Any] | list[Any] = {} if sign == "{" else []
                if not self._put(new):
                    self._recover(start)
                    continue
                self._open.append((new, []))
            elif sign in "}]" and self._open and isinstance(self._open[-1][0], dict if sign == "}" else list):
                self._open.pop()
            elif sign == '"':
                self._string(start)
            elif scalar := _SCALAR_RE.match(text, start):
                self._place = scalar.end()
                if not self._put(_scalar(scalar[0])):
                    self._recover(start)
            elif sign not in ",:":
                self._recover(start)
        if self._open and self.fault is None:
            self.fault = len(text)

    def _skip_space(self) -> int:
        found = _SPACE_RE.match(self._text, self._place)
        return found.end() if found else self._place

    def _string(self, start: int) -> None:
        found = _STRING_RE.match(self._text, start)
        if found is None:
            return
        self._place = found.end()
        value = _unescaped(found[1])
        if not found[2]:
            self.fault = len(self._text) if self.fault is None else self.fault
        holder, keys = self._open[-1] if self._open else (None, [])
        if isinstance(holder, dict) and not keys:
            if self._text.startswith(":", self._skip_space()):
                keys.append(value)
            elif found[2]:
                self._place = start + 1
                self._recover(start)
        elif not self._put(value):
            self._recover(start)

    def _put(self, value: Any) -> bool:
        """Put a value where it belongs; whether it belongs anywhere."""
        holder, keys = self._open[-1] if self._open else (self.values, [])
        if isinstance(holder, list):
            holder.append(value)
        elif keys:
            # Behind a fault an inner object's key may be met outside of it: what was there first is surer.
            holder.setdefault(keys.pop(), value) if self.fault is not None else holder.update({keys.pop(): value})
        else:
            return False
        return True

    def _recover(self, start: int) -> None:
        """Go on behind a fault, at the next key or object."""
        self.fault = start if self.fault is None else self.fault
        found = _NEXT_RE.search(self._text, self._place)
        if found is None:
            self._place = len(self._text)
            return
        # A key belongs to the object that is open, an object to the list that is.
        sign = found[0][0]
        wanted = dict if sign == "," else list
        self._place = found.start() + 1 if sign == "," else found.start() if sign == "{" else found.end() - 1
        while self._open and not isinstance(self._open[-1][0], wanted):
            self._open.pop()
        if self._open:
            self._open[-1][1].clear()
        elif wanted is dict:
            new: dict[str, Any] = {}
            self.values.append(new)
            self._open.append((new, []))


def _scalar(text: str) -> Any:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[-1].isalpha():
        return None
    if text.lstrip("-").isdigit() and len(text) <= _MOST_DIGITS:
        return int(text)
    return float(text)


def _unescaped(body: str) -> str:
    try:
        value = json.loads(f'"{body}"', strict=False)
    except ValueError:
        mended = _ESCAPE_RE.sub(lambda found: found[0] if found[1] else r"\\", body)
        value = json.loads(f'"{mended}"', strict=False)
    return str(value)


def iter_objects(values: list[Any], wanted: Callable[[dict[str, Any]], bool]) -> Iterator[dict[str, Any]]:
    """The objects that are wanted, in order, wherever they stand; none inside another one."""
    waiting = values[::-1]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict) and wanted(value):
            yield value
        elif isinstance(value, dict):
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def every_object(values: list[Any]) -> list[dict[str, Any]]:
    """All objects, in order, also those inside others."""
    found: list[dict[str, Any]] = []

    def passed(value: dict[str, Any]) -> bool:
        found.append(value)
        return False

    # No object is wanted, so each is looked into.
    list(iter_objects(values, passed))
    return found


class ArrayWriter:
    """Writes an object for each article: one alone as it is, several as an array."""

    def __init__(self, stream: BinaryIO, compose: Callable[[Article], dict[str, Any]]):
        self._stream = stream
        self._compose = compose
        # The first object waits for the second, which tells whether there is an array.
        self._first: bytes | None = None
        self._several = False

    def write(self, article: Article) -> None:
        """Write one article."""
        written = _ENCODER.encode(self._compose(article))
        # Lone surrogates are all that UTF-8 refuses, and Python's notation of them is JSON's escape.
        line = written.encode("utf-8", "backslashreplace")
        if self._several:
            self._stream.write(b",\n" + line)
        elif self._first is None:
            self._first = line
        else:
            self._stream.write(b"[\n" + self._first + b",\n" + line)
            self._several = True

    def close(self) -> None:
        """End the array, or write the only object."""
        self._stream.write(b"\n]\n" if self._several else (self._first or b"[]") + b"\n")
