"""Invented stories: news in its usual shape, of people and places that do not exist, drawn from a random generator.

A `Layout` lays a story out as the lines of a page; `dump_text` puts several such pages into one text.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from random import Random
from typing import NamedTuple

Row = tuple[str, str]
"""A line of a page and its role; a line without a role is blank."""
BLANK: Row = ("", "")


class Story(NamedTuple):
    """What a page tells of one story."""

    headline: str
    body: tuple[Row, ...]
    """Paragraphs and subheads in order, as ``(text, role)``."""
    captions: tuple[str, ...] = ()
    """Whole lines, credit included."""
    deck: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    """Lines that lead to other stories."""
    credit: str | None = None
    """The first caption's credit, where it is known."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body without its subheads."""
        return tuple(text for text, role in self.body if role == "body")


Layout = Callable[[Story], Sequence[Row]]
"""How an outlet lays out a story."""


def plain(story: Story) -> list[Row]:
    """Headline, captions, body, with a blank line between them."""
    lines = [(story.headline, "headline"), *((caption, "caption") for caption in story.captions), *story.body]
    return [row for line in lines for row in (line, BLANK)][:-1]


def printed_twice(story: Story) -> list[Row]:
    """Headline and captions, a marker, both again, body: what is left of a page whose head stands on it twice."""
    head = plain(story._replace(body=()))
    again = [(text, role and f"{role}_repeat") for text, role in head]
    return [*head, ("TT", "marker"), BLANK, *again, BLANK, *plain(story)[len(head) + 1 :]]


def story(random: Random, paragraphs: int = 6) -> Story:
    """A story of one caption and so many paragraphs of one to three sentences, no paragraph twice."""
    patterns = _data()["patterns"]
    body: dict[str, str] = {}
    while len(body) < paragraphs:
        body[" ".join(_sentence(random, patterns["sentence"]) for _ in range(random.randint(1, 3)))] = "body"
    credit = _sentence(random, patterns["credit"])
    caption = f"{_sentence(random, patterns['caption'])} ({credit})"
    return Story(_sentence(random, patterns["headline"]), tuple(body.items()), captions=(caption,), credit=credit)


def dump_text(stories: Sequence[Story], layout: Layout = plain, gaps: Sequence[int] = ()) -> str:
    """Stories in one text, in one layout, behind each one so many blank lines; two where no number is given."""
    pages = [[text for text, _ in layout(each)] for each in stories]
    behind = [*gaps, *[2] * (len(pages) - len(gaps))]
    return "\n".join(line for page, gap in zip(pages, behind, strict=True) for line in (*page, *[""] * gap)) + "\n"


@cache
def _data() -> Mapping[str, Mapping[str, Sequence[str]]]:
    data: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(
        resources.files(__package__).joinpath("pages.toml").read_text(encoding="utf-8")
    )
    return data


def _words(random: Random) -> dict[str, str]:
    """One random filling for each blank of the patterns; ``{Place}`` is ``{place}`` with capitals."""
    words, patterns = _data()["words"], _data()["patterns"]
    draw = random.choice
    number = random.randrange
    filling = {
        "place": draw(words["place"]),
        "town": draw(words["place"]),
        "country": draw(words["country"]),
        "person": f"{draw(words['first_name'])} {draw(words['last_name'])}",
        "title": draw(words["title"]),
        "body": draw(words["body"]),
        "adjective": draw(words["adjective"]),
        "noun": draw(words["noun"]),
        "verb": draw(words["verb"]),
        "past": draw(words["past"]),
        "day": draw(words["day"]),
        "month": draw(words["month"]),
        "saying": draw(words["saying"]),
        "ordinal": draw(words["ordinal"]),
        "few": str(number(2, 10)),
        "some": str(number(11, 99)),
        "many": f"{number(2, 90)},{number(100, 1000)}",
        "date": str(number(1, 29)),
        "year": str(number(2009, 2026)),
    }
    filling["reason"] = draw(patterns["reason"]).format_map(filling)
    filling["subject"] = draw(patterns["subject"]).format_map(filling)
    filling |= {name.capitalize(): value.title().replace("'S", "'s") for name, value in filling.items()}
    return filling


def _sentence(random: Random, patterns: Sequence[str]) -> str:
    """One of the patterns, filled; its first letter is a capital."""
    text = random.choice(patterns).format_map(_words(random))
    return text[0].upper() + text[1:]
