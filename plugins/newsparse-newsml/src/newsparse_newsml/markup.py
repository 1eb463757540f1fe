"""Text of XML to text that a parser can be trusted with: no document type, no entities, no characters that XML forbids.

A document type is left out and never read, so nothing can be declared, expanded or fetched. Entities that HTML knows
become their characters; any other one stays as it is written, and is named. Files that hold several documents end to
end are taken apart.
"""

import re
from collections.abc import Iterable, Iterator
from html.entities import html5

import attrs

PROLOG = 1 << 18
"""How many characters a document type may have before it is taken for an attack."""

_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CLOSERS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
_ENTITY = re.compile(r"&(?:#(\d{1,8});|#[xX]([0-9A-Fa-f]{1,6});|([A-Za-z_:][\w.:-]{0,60});)?")
# What is looked for: what text can hide in, and tags of the root, whose name is not known at first.
_HIDING = r"<!\[CDATA\[|<!--|<\?|<!DOCTYPE"
_FIRST = re.compile(rf"{_HIDING}|<()([A-Za-z_][\w.:-]*)")
_DOCTYPE_PART = re.compile(r"\"[^\"]*\"|'[^']*'|<!--|[\[\]>]")
_DECLARED = re.compile(r"<!ENTITY\s+(%\s+)?([^\s%]+)\s+(SYSTEM|PUBLIC)?")
_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})
# The longest thing that is waited for at the end of a piece: a tag's name, an entity.
_LOOKAHEAD = 80
_LONGEST_DECLARATION = 320


@attrs.define
class Cleaner:
    """Cleans the text of a file; its attributes tell what was met."""

    entities: set[str] = attrs.field(factory=set)
    """Names of entities that were referred to and not expanded."""
    external: set[str] = attrs.field(factory=set)
    """Names of entities that were declared to lie outside of the file."""
    has_type: bool = False
    """Whether a document type was left out."""
    faults: list[str] = attrs.field(factory=list)
    """What was mended, once each, in words."""

    _own: set[str] = attrs.field(factory=set)
    _root: str | None = None
    _opening: re.Pattern[str] = _FIRST
    _closer: str = ""

    def documents(self, pieces: Iterable[str]) -> Iterator[str | None]:
        """The text in pieces; ``None`` behind each whole document."""
        buffer = ""
        waiting = iter(pieces)
        last = False
        while not last:
            piece = next(waiting, None)
            last = piece is None
            buffer += self._legal(piece or "")
            position = 0
            # The parser is fed once a piece: a call for every sign would be most of the work.
            parts: list[str] = []
            for text, done in self._clean(buffer, last):
                position = done
                if text is not None:
                    parts.append(text)
                    continue
                yield "".join(parts)
                parts.clear()
                yield None
            yield "".join(parts)
            buffer = buffer[position:]
        yield None

    def _legal(self, piece: str) -> str:
        clean, count = _FORBIDDEN.subn("\ufffd", piece)
        if count:
            self._note("characters that XML forbids became U+FFFD")
        return clean

    def _note(self, message: str) -> None:
        if message not in self.faults:
            self.faults.append(message)

    def _clean(self, buffer: str, last: bool) -> Iterator[tuple[str | None, int]]:
        """Cleaned parts of the buffer, each with how far the buffer is done."""
        position = 0
        end = len(buffer)
        while position < end:
            if self._closer:
                stop = buffer.find(self._closer, position)
                done = stop + len(self._closer) if stop >= 0 else max(end - (0 if last else 2), position)
                yield buffer[position:done], done
                if stop < 0:
                    return
                position, self._closer = done, ""
                continue
            found = self._opening.search(buffer, position)
            start = found.start() if found else end
            if not last:
                # What is cut off by the piece's end may be longer than it looks.
                cut = max(buffer.rfind(sign, max(position, end - _LOOKAHEAD)) for sign in "<&")
                if cut >= 0 and start >= cut and not (found and found[0] == "<!DOCTYPE"):
                    start, found = cut, None
            if start > position:
                yield self._between(buffer[position:start]), start
                position = start
            if not found:
                return
            step = self._opened(buffer, found, last)
            if step is None:
                return
            texts, position = step
            for text in texts:
                yield text, position

    def _between(self, text: str) -> str:
        if self._root is not None:
            return _ENTITY.sub(self._entity, text) if "&" in text else text
        # In front of the root nothing but line ends may stand: they keep the parser's line numbers right.
        if text.strip("\ufeff \t\r\n>"):
            self._note("text in front of the document was left out")
        return "\n" * text.count("\n")

    def _opened(self, buffer: str, found: re.Match[str], last: bool) -> tuple[list[str | None], int] | None:
        """What an opening becomes, and where the buffer goes on; ``None`` where more of it must be there."""
        sign, start = found[0], found.start()
        if sign == "<!DOCTYPE":
            return self._type(buffer, start, last)
        if sign == "<?" and re.match(r"<\?xml\s", buffer[start : start + 6]):
            # The declaration: its encoding is no longer true, and only the next document can begin with one.
            stop = buffer.find("?>", start, start + _LONGEST_DECLARATION)
            stop = stop + 2 if stop >= 0 else start + len("<?xml")
            return [*self._next_document(), "\n" * buffer.count("\n", start, stop)], stop
        if sign in _CLOSERS:
            self._closer = _CLOSERS[sign]
            return [sign], found.end()
        if found[1]:
            stop = buffer.find(">", found.end())
            stop = stop + 1 if stop >= 0 else found.end()
            return [buffer[start:stop], *self._next_document()], stop
        # No root of these formats stands inside itself: if there is one open, it broke off.
        texts = [*self._next_document(), sign]
        self._root = found[2]
        self._opening = re.compile(rf"{_HIDING}|<(/?)({re.escape(found[2])})(?=[\s/>])")
        return texts, found.end()

    def _next_document(self) -> list[None]:
        open_one = self._root is not None
        self._root, self._opening = None, _FIRST
        self._own = set()
        return [None] if open_one else []

    def _entity(self, found: re.Match[str]) -> str:
        """What a reference becomes; a sign & alone is one to nothing."""
        decimal, hexadecimal, name = found.groups()
        if found[0] == "&":
            self._note("signs & that begin no entity were kept as signs")
            return "&amp;"
        if name is None:
            number = int(decimal) if decimal else int(hexadecimal, 16)
            legal = number <= 0x10FFFF and not _FORBIDDEN.match(chr(number))
            return found[0] if legal else "\ufffd"
        if name in _PREDEFINED:
            return found[0]
        if name + ";" in html5 and name not in self._own:
            return "".join(f"&#{ord(sign)};" for sign in html5[name + ";"])
        self.entities.add(name)
        return f"&amp;{name};"

    def _type(self, buffer: str, start: int, last: bool) -> tuple[list[str | None], int] | None:
        """Leave out a document type, but note what it declares."""
        depth = 0
        position = start + len("<!DOCTYPE")
        while part := _DOCTYPE_PART.search(buffer, position):
            position = part.end()
            if part[0] == "<!--":
                position = buffer.find("-->", position) + 3
                if position < 3:
                    break
            depth += {"[": 1, "]": -1}.get(part[0], 0)
            if part[0] == ">" and depth <= 0:
                return [*self._next_document(), *self._declare(buffer[start:position])], position
        if last or len(buffer) - start > PROLOG:
            self._note("the document type does not end")
            return [*self._next_document(), *self._declare(buffer[start:])], len(buffer)
        return None

    def _declare(self, text: str) -> list[str | None]:
        self.has_type = True
        for parameter, name, outside in _DECLARED.findall(text):
            # A parameter entity can only bring in more declarations, and these are not read anyway.
            if not parameter:
                self._own.add(name)
                if outside:
                    self.external.add(name)
        return ["\n" * text.count("\n")]
