"""How roles look: the one place for their names, places, signs and colours.

Takes a role, gives its `Look`; the page that shows a parse and ``newsparse lines`` take it from here. Roles of one kind
share a hue, and what is set aside is grey or hatched; since nobody is meant to tell eighteen hues apart, a role's name
or sign stands beside its colour wherever the colour does.
"""

import attrs

from newsparse.models import Role


@attrs.frozen
class Look:
    """How one role looks."""

    label: str
    """Its name for a person."""
    sign: str
    """One or two characters that stand for it where its name has no room."""
    place: str
    """Where its lines go, in words that continue "goes to" or "is"."""
    light: str
    """Its colour on white, at least 4.5 to 1 (WCAG 2.2, 1.4.3), as ``#rrggbb``."""
    dark: str
    """Its colour on black, with the same contrast."""
    is_aside: bool = False
    """Whether no field of an article holds its lines."""


# The hues are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), which stay apart for colour-blind readers,
# darkened and lightened until text in them can be read on both grounds.
VERMILION = ("#a8400a", "#f79a6c")
ORANGE = ("#875a00", "#e8b04a")
GREEN = ("#00694e", "#4fcfa5")
BLUE = ("#0a5ca8", "#7fbdf5")
SKY = ("#00677f", "#6fd0ea")
PURPLE = ("#9a3a78", "#eda3cf")
SLATE = ("#475467", "#b8c2d0")
GREY = ("#666666", "#a6a6a6")

LOOKS = {
    Role.HEADLINE: Look("headline", "H", "the headline", *VERMILION),
    Role.HEADLINE_REPEAT: Look("headline repeat", "H=", "a repeat of the headline", *VERMILION, is_aside=True),
    Role.DECK: Look("deck", "D", "the deck", *ORANGE),
    Role.BYLINE: Look("byline", "By", "the byline", *GREEN),
    Role.TIMESTAMP: Look("timestamp", "T", "the dates", *GREEN),
    Role.SECTION: Look("section", "S", "the section", *PURPLE),
    Role.CAPTION: Look("caption", "C", "a caption", *BLUE),
    Role.CAPTION_REPEAT: Look("caption repeat", "C=", "a repeat of a caption", *BLUE, is_aside=True),
    Role.CREDIT: Look("credit", "Cr", "the credit of a caption", *SKY),
    Role.DATELINE: Look("dateline", "Dl", "the dateline", *GREEN),
    Role.BODY: Look("body", "¶", "a paragraph of the body", *SLATE),
    Role.SUBHEAD: Look("subhead", "Sh", "a subhead of the body", *ORANGE),
    Role.MARKER: Look("marker", "×", "residue of a page's controls, or a separator", *GREY, is_aside=True),
    Role.RELATED: Look("related", "→", "headlines and teasers of other stories", *GREY, is_aside=True),
    Role.FURNITURE: Look("furniture", "#", "what stands around articles", *GREY, is_aside=True),
    Role.OTHER: Look("other", "?", "part of the article, but of none of its fields", *GREY, is_aside=True),
    Role.FIELD: Look("field", "=", "the field that its label stands for", *PURPLE),
    Role.BLANK: Look("blank", "·", "nothing but blanks", *GREY, is_aside=True),
}


def stylesheet() -> str:
    """The looks as CSS: for each role a class that sets ``--role`` for both themes.

    Example:
        >>> ".headline { --role: light-dark(#a8400a, #f79a6c); }" in stylesheet()
        True
    """
    rules = [f".{role} {{ --role: light-dark({look.light}, {look.dark}); }}" for role, look in LOOKS.items()]
    return "\n".join(rules)
