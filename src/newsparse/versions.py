"""Whether this newsparse is one that a plugin says it works with.

Takes the requirements of a distribution, gives what is wrong with them, if anything. pip sees to it when it installs;
what is installed without, or beside an upgraded newsparse, is seen here. Only releases are compared: ``1.2rc1`` is 1.2.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest
from operator import ge, gt, le, lt

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9._-]+)\s*(?:\[[^\]]*\])?\s*\(?([^;()]*)\)?\s*(;.*)?$")
_CLAUSE = re.compile(r"\s*(~=|===?|!=|<=|>=|<|>)\s*v?([0-9]+(?:\.[0-9]+)*)(\.\*)?")
_COMPARE: Mapping[str, Callable[[int, int], bool]] = {">=": ge, ">": gt, "<=": le, "<": lt}


def unmet_requirement(requirements: Iterable[str], name: str, version: str) -> str | None:
    """The first requirement on a distribution that a version of it does not meet, in a sentence.

    Example:
        >>> unmet_requirement(["attrs>=23", "newsparse<0.2,>=0.1"], "newsparse", "0.2.1")
        'it needs newsparse<0.2,>=0.1, and this is newsparse 0.2.1'
    """
    release = _CLAUSE.match(f"=={version}")
    for requirement in requirements:
        found = _REQUIREMENT.match(requirement)
        # One that holds only for an extra or a platform is not for here to judge.
        if release is None or found is None or found[3] or found[1].lower().replace("_", "-") != name:
            continue
        if not all(_meets(release[2], clause) for clause in found[2].split(",")):
            return f"it needs {requirement}, and this is {name} {version}"
    return None


def _meets(release: str, clause: str) -> bool:
    found = _CLAUSE.match(clause)
    if found is None:
        return True
    operator, wanted, prefix = found.groups()
    order = _order(release, wanted)
    if operator in _COMPARE:
        return _COMPARE[operator](order, 0)
    if operator == "~=":
        return order >= 0 and _begins(release, wanted.rpartition(".")[0])
    equal = _begins(release, wanted) if prefix else order == 0
    return equal != (operator == "!=")


def _order(one: str, other: str) -> int:
    """Below 0, 0 or above 0, as the one release is older than the other, the same or newer."""
    for mine, theirs in zip_longest(_numbers(one), _numbers(other), fillvalue=0):
        if mine != theirs:
            return mine - theirs
    return 0


def _begins(release: str, prefix: str) -> bool:
    wanted = _numbers(prefix)
    return (_numbers(release) + [0] * len(wanted))[: len(wanted)] == wanted


def _numbers(release: str) -> list[int]:
    return [int(number) for number in release.split(".") if number]
