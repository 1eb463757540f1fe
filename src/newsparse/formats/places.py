"""Where a dump's text stands among all inputs, as one key.

Takes a dump, gives a hash: the same in every run over the same input, and another one for each text in it.
"""

import hashlib
import json
from posixpath import normpath

from newsparse.dump import Dump
from newsparse.models import Origin


def place_of(dump: Dump) -> str:
    """A hash of the digest, path, member, record and offset of a dump's origin, or of its text where it has none.

    Example:
        >>> one, other = (Dump(origin=Origin(path, digest="sha256:00")) for path in ("a.txt", "./a.txt"))
        >>> place_of(one) == place_of(other)
        True
    """
    origin = dump.origin or Origin()
    # The same file may be named in several ways; a backslash parts folders on Windows.
    path = origin.path and normpath(origin.path.replace("\\", "/"))
    place = [digest_of(dump), path, origin.member, origin.record, origin.offset]
    return _hash(json.dumps(place))


def digest_of(dump: Dump) -> str:
    """The digest of a dump's input; of its text, or of its articles' ids, where no reader has read it."""
    if dump.origin and dump.origin.digest:
        return dump.origin.digest
    return "sha256:" + _hash(dump.text or "\n".join(article.id for article in dump.articles))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
