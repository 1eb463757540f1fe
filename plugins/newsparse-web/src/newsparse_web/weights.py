"""What markup is worth: the one table of the elements that speak for what their lines are.

20 units are one unit of log-odds, as in the decoder's own table. Markup is evidence, not truth: sites put menus into
`article` and teasers into `figcaption`, so no element outweighs everything that a line itself says.
"""

from collections.abc import Mapping

from newsparse import Role

BYLINE, BODY, CAPTION, CREDIT = Role.BYLINE, Role.BODY, Role.CAPTION, Role.CREDIT
DATELINE, DECK, FURNITURE, HEADLINE = Role.DATELINE, Role.DECK, Role.FURNITURE, Role.HEADLINE
OTHER, RELATED, SUBHEAD, TIMESTAMP = Role.OTHER, Role.RELATED, Role.SUBHEAD, Role.TIMESTAMP
HEADLINE_REPEAT, CAPTION_REPEAT = Role.HEADLINE_REPEAT, Role.CAPTION_REPEAT

WEIGHTS: Mapping[str, Mapping[Role, int]] = {
    "figcaption": {CAPTION: 90, CAPTION_REPEAT: 60, CREDIT: 50, BODY: -60, HEADLINE: -60},
    "h1": {HEADLINE: 60, HEADLINE_REPEAT: 30, BODY: -60, SUBHEAD: -30},
    "heading": {SUBHEAD: 30, RELATED: 15, FURNITURE: 15, BODY: -40, CAPTION: -40},
    "paragraph of the article": {BODY: 40, RELATED: -20, FURNITURE: -20, HEADLINE: -60, DATELINE: -40},
    "paragraph": {BODY: 40, HEADLINE: -40, DATELINE: -30},
    "time": {TIMESTAMP: 40, BODY: -20},
    "author": {BYLINE: 50, BODY: -30},
    "aside": {RELATED: 40, FURNITURE: 40, OTHER: 20, BODY: -40, HEADLINE: -60},
    "frame of the page": {FURNITURE: 60, RELATED: 30, BODY: -60, HEADLINE: -60, CAPTION: -60, DECK: -40, SUBHEAD: -60},
    "link": {RELATED: 30, FURNITURE: 30, BODY: -40, CAPTION: -40, DECK: -30, SUBHEAD: -30},
    "outside of the main content": {FURNITURE: 30, RELATED: 30, BODY: -100, SUBHEAD: -30, CAPTION: -30},
    "another article": {RELATED: 50, BODY: -50, SUBHEAD: -50, HEADLINE: -50, CAPTION: -50},
    "stated headline": {HEADLINE: 120, HEADLINE_REPEAT: 80, BODY: -100},
}
"""For each fact of a line what it is worth, by role."""
