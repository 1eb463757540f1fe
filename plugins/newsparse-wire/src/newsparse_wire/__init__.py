"""Reads agency wires (IPTC 7901, ANPA 1312, ZCZC) for newsparse."""

from collections.abc import Iterable

from newsparse import Reader, hookimpl
from newsparse_wire.anpa1312 import ANPA1312
from newsparse_wire.iptc7901 import IPTC7901
from newsparse_wire.zczc import ZCZC


@hookimpl
def newsparse_register_readers() -> Iterable[Reader]:
    """The three wire formats."""
    return [wire.reader() for wire in (IPTC7901, ANPA1312, ZCZC)]
