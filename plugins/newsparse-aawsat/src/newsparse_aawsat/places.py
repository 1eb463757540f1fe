"""What lines are by where they stand, which data cannot say, and the credits of 2017."""

import re
from collections.abc import Iterator

import attrs

from newsparse import Caption, Credit, Draft, Label, LineView, ParseContext, Role

# The only number that was ever seen behind the marker.
MARKER, COUNT = "TT", "20"
CAPTION_LABEL = "Caption:"
# The line of the date in the template of 2017: "Tuesday, 21 November, 2017 - 07:30".
DATED = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [0-9]{1,2} [A-Z][a-z]{2,8}, [0-9]{4} - [0-9]{2}:[0-9]{2}$"
)
# Heads of the list of links below a story.
LINKS = frozenset({"مقالات ذات صلة", "Related Articles"})
# An entry of a tag's page: who, when, where.
ENTRY = ("by ", " | ", 2)
# A page that follows another one in the same text does so after three blank lines; inside a page there are two at most.
GAP = 3
# Its headline comes again, unless the text ends before that: within headline, blank line and caption.
CUT_LINES = 3
# As much as a profile's own marker. Where a page begins is a fact of the form, and stated without a weight.
WEIGHT = 240
# What is left of a page of two lines outweighs what the second one looks like, for it was cut anywhere.
CUT_WEIGHT = 800


def labels_by_place(lines: LineView, context: ParseContext) -> Iterator[Label]:
    """Labels for a count behind the marker, links, a page behind a gap, and what must follow some lines."""
    last = {line.text: line.number for line in lines if line.text}
    end = max(last.values(), default=0)
    before, blanks, is_link = "", 0, False
    repeated = ""  # what stands before the marker, and once or twice again behind it
    is_first = is_second = False  # whether the last line that is not blank is a page's first line, or its second
    number = 0
    for line in lines:
        text = line.text
        if not text:
            blanks += 1
            continue
        is_second, is_first, number = is_first, False, line.number
        if before and blanks >= GAP and (last[text] > line.number or line.number >= end - CUT_LINES):
            is_link, repeated, is_first = False, "", True
            yield Label(line.number, Role.HEADLINE, True, None, "a page behind three blank lines")
        elif text in LINKS or is_link:
            is_link = True
            yield Label(line.number, Role.RELATED, weight=WEIGHT, reason="a link below the story")
        elif text == MARKER:
            repeated = before
        elif text == COUNT and before == MARKER:
            yield Label(line.number, Role.MARKER, weight=WEIGHT, reason="the count behind TT")
        elif DATED.match(before):
            yield Label(line.number, Role.CAPTION, weight=WEIGHT, reason="behind the date of 2017")
        elif before == CAPTION_LABEL:
            yield Label(line.number, Role.CAPTION, weight=WEIGHT, reason="behind the label of the caption")
        elif _is_entry(before):
            yield Label(line.number, Role.BODY, weight=WEIGHT, reason="behind an entry of a list")
        elif repeated and before == repeated != text and repeated.startswith(text):
            # The story opens with its caption's words, less the credit; it is no third copy.
            yield Label(line.number, Role.BODY, weight=WEIGHT, reason="behind the head's second copy")
        before, blanks = text, 0
    if is_second:
        yield Label(number, Role.CAPTION, weight=CUT_WEIGHT, reason="a page cut in its caption")


def _is_entry(text: str) -> bool:
    start, bar, bars = ENTRY
    return text[: len(start)].lower() == start and text.count(bar) == bars


def without_place_as_photographer(draft: Draft, context: ParseContext) -> None:
    """Captions of 2017 end in a slash and the agency, ``in Port Hallam/NNA``: what stands before it took no picture."""
    mended = tuple(map(_mended, draft.article.captions))
    if mended != draft.article.captions:
        draft.set("captions", mended, "before the slash stands the caption's last word")


def _mended(caption: Caption) -> Caption:
    raw, credit = caption.raw or "", caption.credit
    if credit is None or not (credit.agency and credit.photographer) or not raw.endswith(f"/{credit.agency}"):
        return caption
    text = raw.removesuffix(f"/{credit.agency}").rstrip()
    return attrs.evolve(caption, text=text, credit=Credit(credit.agency, credit.agency))
