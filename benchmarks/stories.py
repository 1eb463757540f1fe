"""Invented stories: news in its usual shape, of people and places that do not exist, drawn from a random generator."""

from random import Random
from typing import NamedTuple

PLACES = (
    "Velmora", "Tarnby", "Oskerne", "Port Hallam", "Ruhal", "Greywater", "Sandoval Bay", "Mirestad", "Ellesand",
    "Upper Corran", "Tessaly", "Kharsun", "Dunmarrow", "Lake Ister", "Abernal", "Qasr Tiraz", "Brankovo", "Solmere",
)  # fmt: skip
COUNTRIES = ("Ordania", "Kestria", "Lower Vash", "Tamuria", "Norhavn", "Belisar")
FIRST_NAMES = ("Mirel", "Tobin", "Asha", "Henrik", "Zaynab", "Corin", "Leda", "Osman", "Petra", "Yusra", "Ivo", "Maren")
LAST_NAMES = ("Adassan", "Harrow", "Velk", "Tamsin", "Okonjer", "Brandt-Lee", "Qadiri", "Sorley", "Nemeth", "Ashdown")
TITLES = ("Mayor", "Minister", "Judge", "Captain", "Professor", "Governor", "Commissioner")
BODIES = (
    "harbour council", "water ministry", "transport board", "farmers' union", "election commission", "coast guard",
    "grain exchange", "central bank", "teachers' federation", "rail authority", "health office", "mining company",
)  # fmt: skip
ADJECTIVES = (
    "new",
    "disputed",
    "long-awaited",
    "costly",
    "temporary",
    "northern",
    "damaged",
    "public",
    "planned",
    "old",
)
NOUNS = (
    "bridge", "ferry line", "pipeline", "border crossing", "wheat harvest", "power station", "school reform", "truce",
    "budget", "railway", "hospital", "dam", "customs agreement", "fishing quota", "airport", "flood barrier", "vaccine",
)  # fmt: skip
VERBS = (
    "delay", "reopen", "inspect", "finance", "abandon", "extend", "suspend", "approve", "rebuild", "reject", "review",
    "repair", "defend", "postpone", "expand",
)  # fmt: skip
PAST = (
    "delayed", "reopened", "inspected", "financed", "abandoned", "extended", "suspended", "approved", "rebuilt",
    "rejected", "reviewed", "repaired", "defended", "postponed", "expanded",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SAYING = ("said", "announced", "confirmed", "warned", "told reporters", "insisted", "acknowledged")
REASONS = (
    "after two weeks of heavy rain", "because the money had run out", "despite protests by residents",
    "to avoid a strike", "before the winter sets in", "as prices kept rising", "while talks with {country} continue",
    "following a court ruling", "after an inspection found cracks", "to meet the demands of {place}",
    "in a vote of {few} to {some}",
)  # fmt: skip
SENTENCES = (
    "{subject} {saying} on {day} that the {adjective} {noun} would be {past} {reason}.",
    "{subject} {past} the {adjective} {noun} near {place} {reason}.",
    "“We will {verb} the {noun} and nothing else,” {saying} {person}, who leads the {body} in {place}.",
    "At least {some} people from {place} and {town} attended, {person} of the {body} {saying}.",
    "The {noun} had been {past} in {year}, when {title} {person} still ran the {body}.",
    "It was the {ordinal} time in {few} years that the {body} had to {verb} a {noun}.",
    "{person}, a {adjective} member of the {body}, called the plan to {verb} the {noun} “a gift to {country}”.",
    "Nobody was hurt, the {body} {saying}.",
    "“That is not the end of it,” {person} {saying}.",
    "Meanwhile, {subject} {past} the {noun}, which serves about {many} households in {place}.",
    "The {body} did not say when the {noun} would be {past}, but {person} expects an answer by {day}.",
    "In {country}, where the {noun} was {past} {reason}, {subject} {saying} that costs were {few}.5 million crowns.",
)
SUBJECTS = (
    "the {body}", "officials in {place}", "{title} {person}", "residents of {place}", "a spokesman for the {body}",
    "{country}'s {body}", "the {body} of {place}", "workers at the {noun}",
)  # fmt: skip
HEADLINES = (
    "{Place} {Verb}s {Adjective} {Noun} After {Day} Vote",
    "{Country} to {Verb} {Noun} in {Place}",
    "{Body} Says {Adjective} {Noun} Will Not Be {Past}",
    "{Title} {Person} Wants to {Verb} {Place} {Noun}",
    "{Some} Held in {Place} as {Body} {Verb}s {Noun}",
    "Why {Country} Cannot {Verb} Its {Adjective} {Noun}",
)
CAPTIONS = (
    "Workers {verb} the {noun} in {place}, {country}, {month} {date}, {year}.",
    "A general view of the {adjective} {noun} near {place}, {country}, {month} {year}.",
    "{title} {person} speaks to reporters outside the {body} in {place}, {country} {month} {date}, {year}.",
    "People walk past the {adjective} {noun} in {place}, {country}, on {month} {date}, {year}.",
)
CREDITS = ("Reuters", "AFP", "AP", "EPA", "{person}/Reuters", "AFP/{person}", "AP Photo/{person}", "Reuters/{person}")


class Story(NamedTuple):
    """What a page tells of one story."""

    headline: str
    body: tuple[tuple[str, str], ...]
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


def words(random: Random) -> dict[str, str]:
    """One random filling for each blank of the patterns above; ``{Place}`` is ``{place}`` with capitals."""
    draw = random.choice
    number = random.randrange
    filling = {
        "place": draw(PLACES),
        "town": draw(PLACES),
        "country": draw(COUNTRIES),
        "person": f"{draw(FIRST_NAMES)} {draw(LAST_NAMES)}",
        "title": draw(TITLES),
        "body": draw(BODIES),
        "adjective": draw(ADJECTIVES),
        "noun": draw(NOUNS),
        "verb": draw(VERBS),
        "past": draw(PAST),
        "day": draw(DAYS),
        "month": draw(MONTHS),
        "saying": draw(SAYING),
        "ordinal": draw(("first", "second", "third", "fourth")),
        "few": str(number(2, 10)),
        "some": str(number(11, 99)),
        "many": f"{number(2, 90)},{number(100, 1000)}",
        "date": str(number(1, 29)),
        "year": str(number(2009, 2026)),
    }
    filling["reason"] = draw(REASONS).format_map(filling)
    filling["subject"] = draw(SUBJECTS).format_map(filling)
    filling |= {name.capitalize(): value.title().replace("'S", "'s") for name, value in filling.items()}
    return filling


def sentence(random: Random, patterns: tuple[str, ...]) -> str:
    """One of the patterns, filled; its first letter is a capital."""
    text = random.choice(patterns).format_map(words(random))
    return text[0].upper() + text[1:]


def story(random: Random, paragraphs: int = 6) -> Story:
    """A story of one caption and so many paragraphs of one to three sentences, no paragraph twice."""
    body: dict[str, str] = {}
    while len(body) < paragraphs:
        body[" ".join(sentence(random, SENTENCES) for _ in range(random.randint(1, 3)))] = "body"
    credit = sentence(random, CREDITS)
    caption = f"{sentence(random, CAPTIONS)} ({credit})"
    return Story(sentence(random, HEADLINES), tuple(body.items()), captions=(caption,), credit=credit)
