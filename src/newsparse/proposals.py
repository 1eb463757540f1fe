"""The source profile that some counts propose, and for each entry what it rests on and what it would change.

Takes `Counts` of a sample, gives a `Proposal`. What many dumps share is the site's: its furniture and markers, the way
it lays out the opening of an article, its separators, header labels and picture credits. A person has the last word.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil

import attrs

from newsparse.counting import Counts, Sighting
from newsparse.extensions import CERTAIN, Clue, SourceProfile
from newsparse.forms import place_of
from newsparse.lines import normalise
from newsparse.models import Role

LEAST_DUMPS = 3
"""In how many dumps a thing must stand to be the source's: two may share a story, as a page and its next version do."""
LEAST_SHARE = 0.02
"""And in which share of them: in a large sample a story, an author and an advertisement come three times too."""
MOST = 0.8
"""The share of the dumps that no author has written and no agency has sent."""
ALL = 0.9
"""The share of the dumps that counts as nearly all of them."""
LAYOUT_SHARE = 0.1
"""In which share of the dumps a layout must be met."""
LABEL_SHARE = 0.5
"""In which share of the dumps a header label must stand: a colon alone makes no header."""

# A marker is a button: a line of more characters that stands among an article's lines is a box or a note.
_LONGEST_MARKER = 40
# A title has at least this many words; entries of menus rarely do.
_TITLE_WORDS = 5
# The keys of a profile that hold lists, in the order in which they are written.
_LISTS = ("markers", "furniture", "separators", "credits", "layouts")
# How many clues a proposed profile has at most, and how many of them must be met.
_CLUES = 6
_CLUES_NEEDED = 3
_LAYOUT_POINTS = 60
# A line that gives a source away is longer than the words that all sites have on their buttons.
_SHORTEST_CLUE = 12


@attrs.frozen
class Entry:
    """One entry of a proposed profile and what it rests on."""

    key: str
    """The key of the profile: ``markers``, ``furniture``, ``layouts`` ..."""
    value: str
    dumps: int
    """In how many dumps it was met."""
    change: str = ""
    """What it would change: how such lines are read without it."""


@attrs.frozen
class Proposal:
    """A profile that some counts propose."""

    profile: SourceProfile
    entries: tuple[Entry, ...]


def propose(counts: Counts, name: str) -> Proposal:
    """The profile that some counts propose.

    Args:
        counts: What was counted in dumps of the source.
        name: The profile's name.
    """
    enough = max(LEAST_DUMPS, ceil(counts.dumps * LEAST_SHARE))
    found: dict[str, list[Entry]] = {"separators": [], "markers": [], "furniture": []}
    labels, label_entries = _label_entries(counts)
    heads = tuple(normalise(label) + ":" for label in labels)
    titles = {key for key, seen in counts.lines.items() if _is_title(seen, counts.dumps)}
    for key, seen in sorted(counts.lines.items(), key=lambda item: (-item[1].dumps, item[0])):
        if seen.dumps < enough or key in titles or _is_own(seen, counts.dumps) or key.startswith(heads or ("\0",)):
            continue
        found[_kind(seen)].append(Entry(_kind(seen), seen.text, seen.dumps, _change(seen)))
    shared = {normalise(entry.value).strip() for kind in found.values() for entry in kind}
    layouts, layout_entries = _layout_entries(counts, shared)
    credits = [
        Entry("credits", name, dumps, "captions that end in it keep it in their text")
        for name, dumps in sorted(counts.credits.items(), key=lambda item: (-item[1], item[0]))
        if dumps >= enough
    ]
    profile = SourceProfile(
        name,
        recognise=_clues(found["furniture"], counts.dumps, bool(layouts)),
        markers=[entry.value for entry in found["markers"]],
        furniture=[entry.value for entry in found["furniture"]],
        separators=[entry.value for entry in found["separators"]],
        labels=labels,
        credits=[entry.value for entry in credits],
        layouts=layouts,
    )
    lines = [entry for kind in found.values() for entry in kind]
    return Proposal(profile, (*lines, *layout_entries, *label_entries, *credits))


def _kind(seen: Sighting) -> str:
    """What a shared line is to its source, as a key of its profile."""
    if seen.parting >= LEAST_DUMPS and seen.parting * 5 >= seen.lines * 4:
        return "separators"
    among = seen.inside * 2 > seen.lines and len(seen.text) <= _LONGEST_MARKER
    return "markers" if among else "furniture"


def _is_own(seen: Sighting, dumps: int) -> bool:
    """Whether a line is an article's own though many dumps share it: an author, an agency, a day.

    What nearly all dumps share is the site's, whatever it looks like: few authors write all of a site's stories.
    """
    return seen.dumps < dumps * MOST and (seen.dated * 2 >= seen.dumps or seen.named * 3 >= seen.dumps)


def _is_title(seen: Sighting, dumps: int) -> bool:
    """Whether a line is the title of a story: a headline in one dump, and on lists in the others."""
    return seen.roles[Role.HEADLINE] > 0 and seen.dumps < dumps * ALL and _is_long(seen.text)


def _is_long(text: str) -> bool:
    """Whether a line is as long as a title: in words, or in characters where blanks part no words."""
    return len(text.split()) >= _TITLE_WORDS or len(text) > _LONGEST_MARKER


def _change(seen: Sighting) -> str:
    kept = [(role, count) for role, count in seen.roles.most_common() if role not in _DROPPED]
    if not kept:
        return f"{seen.lines} lines, set aside already"
    return f"{seen.lines} lines, of which now " + ", ".join(f"{count} {role}" for role, count in kept)


_DROPPED = frozenset({Role.MARKER, Role.FURNITURE, Role.RELATED})


def _layout_entries(counts: Counts, shared: set[str]) -> tuple[list[tuple[str, ...]], list[Entry]]:
    enough = max(LEAST_DUMPS, ceil(counts.dumps * LAYOUT_SHARE))
    kept = []
    for layout, dumps in sorted(counts.layouts.items(), key=lambda item: (-item[1], item[0])):
        signs = {normalise(word) for word in layout if place_of(word) is None}
        # Two equal lines in a row are met in any text: a sign of the site's own, or two lines that come again, are not.
        again = [word for word, count in Counter(layout).items() if count > 1]
        if dumps >= enough and signs <= shared and (signs or len(again) > 1):
            kept.append((layout, dumps))
    entries = [Entry("layouts", " ".join(layout), dumps, "articles that open so") for layout, dumps in kept]
    return [layout for layout, _ in kept], entries


def _label_entries(counts: Counts) -> tuple[dict[str, str], list[Entry]]:
    by_label: dict[str, Counter[str]] = {}
    for (label, field), dumps in counts.labels.items():
        by_label.setdefault(label, Counter())[field] += dumps
    labels, entries = {}, []
    for label, fields in sorted(by_label.items()):
        dumps = min(fields.total(), counts.dumps)
        head = normalise(label) + ":"
        same = any(seen.dumps * 2 > dumps for key, seen in counts.lines.items() if key.startswith(head))
        # A line that is the same everywhere is furniture with a colon in it.
        if dumps >= max(LEAST_DUMPS, counts.dumps * LABEL_SHARE) and not same:
            field = fields.most_common(1)[0][0] or re.sub(r"\W+", "_", label.lower()).strip("_")
            labels[label] = field
            entries.append(Entry("labels", f"{label} = {field}", dumps, "such lines become fields"))
    return labels, entries


def _clues(furniture: Sequence[Entry], dumps: int, has_layout: bool) -> list[Clue]:
    """What to recognise the source by: lines that nearly all of its dumps have and other sites hardly can."""
    points = ceil(CERTAIN / _CLUES_NEEDED)
    lines = [entry for entry in furniture if entry.dumps * 5 >= dumps * 4 and len(entry.value) >= _SHORTEST_CLUE]
    clues = [Clue(entry.value, points=points) for entry in sorted(lines, key=lambda entry: -len(entry.value))[:_CLUES]]
    return [*clues, *([Clue(kind="layout", points=_LAYOUT_POINTS)] if has_layout else [])]


def proposal_toml(proposal: Proposal) -> str:
    """The proposed profile as a TOML file for a person to edit: an entry a line, with what it rests on behind it."""
    return "\n".join(_toml(proposal)) + "\n"


def _toml(proposal: Proposal) -> Iterator[str]:
    profile = proposal.profile
    yield "# Proposed by counting. Take out what is not the source's; a line of an article must not be here."
    yield f"name = {_quoted(profile.name)}"
    yield 'version = "1"'
    for key in _LISTS:
        entries = [entry for entry in proposal.entries if entry.key == key]
        if entries:
            yield f"\n{key} = ["
            for entry in entries:
                value = _quoted(entry.value)
                if key == "layouts":
                    value = "[" + ", ".join(map(_quoted, _layout_of(profile, entry))) + "]"
                yield f"    {value},  # {entry.dumps} dumps: {entry.change}"
            yield "]"
    if profile.recognise:
        yield "\n[recognise]"
        lines = [clue for clue in profile.recognise if clue.kind == "line"]
        yield "lines = { " + ", ".join(f"{_quoted(clue.text)} = {clue.points}" for clue in lines) + " }"
        yield from (f"layout = {clue.points}" for clue in profile.recognise if clue.kind == "layout")
    if profile.labels:
        yield "\n[labels]"
        yield from (f"{_quoted(label)} = {_quoted(field)}" for label, field in profile.labels.items())


def _layout_of(profile: SourceProfile, entry: Entry) -> Sequence[str]:
    return next(layout for layout in profile.layouts if " ".join(layout) == entry.value)


def _quoted(text: str) -> str:
    """A TOML string. JSON writes the same, save for a delete and half a character, which TOML does not know."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")
