"""What markup is worth: the one table of the elements that speak for what their lines are.

20 units are one unit of log-odds, as in the decoder's own table. Markup is evidence, not truth: sites put menus into
`article` and teasers into `figcaption`, so no element outweighs everything that a line itself says.
"""

from collections.abc import Mapping

from newsparse import Role

BODY, BYLINE, CAPTION, CREDIT = Role.BODY, Role.BYLINE, Role.CAPTION, Role.CREDIT
DATELINE, FURNITURE, HEADLINE, RELATED = Role.DATELINE, Role.FURNITURE, Role.HEADLINE, Role.RELATED
SUBHEAD, TIMESTAMP = Role.SUBHEAD, Role.TIMESTAMP
CAPTION_REPEAT, HEADLINE_REPEAT = Role.CAPTION_REPEAT, Role.HEADLINE_REPEAT

# What a line is not says enough of menus and teasers, and every further role costs time on each of their lines.
WEIGHTS: Mapping[str, Mapping[Role, int]] = {
    "figcaption": {CAPTION: 90, CAPTION_REPEAT: 60, CREDIT: 50, BODY: -60, HEADLINE: -60},
    "h1": {HEADLINE: 60, HEADLINE_REPEAT: 30, BODY: -60, SUBHEAD: -30},
    "heading": {SUBHEAD: 40, BODY: -40, CAPTION: -40},
    "paragraph of the article": {BODY: 40, RELATED: -80, FURNITURE: -60, HEADLINE: -60, DATELINE: -40},
    "paragraph": {BODY: 40, HEADLINE: -40, DATELINE: -30},
    "time": {TIMESTAMP: 40, BODY: -20},
    "author": {BYLINE: 50, BODY: -30},
    "aside": {BODY: -80, HEADLINE: -60, CAPTION: -40},
    "frame of the page": {BODY: -90, HEADLINE: -90, CAPTION: -60},
    "link": {BODY: -70, CAPTION: -50},
    "outside of the main content": {BODY: -130, CAPTION: -40},
    "another article": {BODY: -100, HEADLINE: -60, CAPTION: -60},
    "stated headline": {HEADLINE: 120, HEADLINE_REPEAT: 80, BODY: -100},
}
"""For each fact of a line what it is worth, by role."""
