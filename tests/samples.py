"""Articles made by hand, with every field that a format may have a place for."""

from newsparse.models import Article, Block, Caption, Credit, Dateline, Origin, Role, WireDate

FLOOD = Article(
    headline="River Floods Harbour",
    deck=("Ferries stay in port", "Second night of rain"),
    section="Region",
    authors=("Ada Moss", "Ben Reed"),
    byline="By Ada Moss and Ben Reed",
    dateline=Dateline(place="PORT ELM", raw="PORT ELM —"),
    published=WireDate("2031-05-06T07:08", "minute", "May 6"),
    captions=(
        Caption(
            text="A boat in a street.",
            raw="A boat in a street. (Elm Press)",
            credit=Credit("Elm Press", agency="Elm Press"),
            place="Port Elm",
            date=WireDate("2031-05", "month", "May 2031"),
            flags=("file", "handout"),
            span=(90, 120),
        ),
        Caption(text="The bridge."),
    ),
    body=("The river rose.", "It fell again."),
    blocks=(
        Block(Role.HEADLINE, "River Floods Harbour", (0, 20)),
        Block(Role.BODY, "The river rose.", (30, 45)),
        Block(Role.SUBHEAD, "Bridges shut", (50, 62)),
        Block(Role.BODY, "It fell again.", (70, 84)),
    ),
    language="en",
    source="Elm Courier",
    origin=Origin("elm.zip", "may/elm.txt", 2, "text", "utf-8", "sha256:00ff", 40, 3),
    extra={"mood": "wet", "scores": [1, None, 2.5]},
)
BARE = Article(headline="Rain Ends")
"""An article of one line."""
