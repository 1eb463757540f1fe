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


# The hues are those of Okabe and Ito (https://jfly.uni-koeln.de/color/). Their lightness is chosen so that text in them
# can be read on both grounds, and that no two look alike with any kind of colour blindness (tests/test_viewer.py).
VERMILION = ("#862d08", "#f79a7d")
ORANGE = ("#8c5c00", "#f2c230")
GREEN = ("#046a40", "#3fe0a8")
BLUE = ("#0b50bd", "#b8d6fe")
SKY = ("#06485c", "#2fc3f5")
PURPLE = ("#952f92", "#d18ec2")
SLATE = ("#55657a", "#ced3db")
GREY = ("#484848", "#959595")

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
        >>> ".headline { --role: light-dark(#862d08, #f79a7d); }" in stylesheet()
        True
    """
    rules = [f".{role} {{ --role: light-dark({look.light}, {look.dark}); }}" for role, look in LOOKS.items()]
    return "\n".join(rules)
