"""What comes back when an article is written and read again; docs/reference/ninjs-jsonld.md lists what does not."""

from collections.abc import Callable

import attrs
import pytest

from newsparse import Article, Caption, Dateline, Role, WireDate
from tests.any_articles import NASTY
from tests.samples import BARE, FLOOD

Trip = Callable[..., Article]
FORMATS = [("ninjs", {}), ("ninjs", {"version": "2.2"}), ("ninjs", {"version": "1.6"}), ("jsonld", {})]
each_format = pytest.mark.parametrize(
    ("name", "options"), FORMATS, ids=["ninjs 3.1", "ninjs 2.2", "ninjs 1.6", "jsonld"]
)


def without_words(date: WireDate | None) -> WireDate | None:
    return date and attrs.evolve(date, raw=None)


def without_place_in_text(caption: Caption) -> Caption:
    return attrs.evolve(caption, raw=caption.raw or caption.text, span=None, date=without_words(caption.date))


def running(article: Article) -> list[tuple[Role, str]]:
    return [(block.role, block.text) for block in article.blocks if block.role in (Role.BODY, Role.SUBHEAD)]


@each_format
def test_an_article_comes_back_but_for_what_has_no_place(
    name: str, options: dict[str, str], there_and_back: Trip
) -> None:
    found = there_and_back(FLOOD, name, **options)
    for field in ("headline", "deck", "section", "authors", "byline", "body", "language", "source"):
        assert getattr(found, field) == getattr(FLOOD, field), field
    assert without_words(found.published) == without_words(FLOOD.published)
    assert found.updated is None
    assert found.dateline == Dateline(place="PORT ELM", raw="PORT ELM —")
    assert found.captions == tuple(map(without_place_in_text, FLOOD.captions))
    assert running(found) == running(FLOOD)
    # Where it came from before; `mood` and `scores` have no place in either standard.
    assert set(found.extra) == {f"origin_{part.name}" for part in attrs.fields(type(FLOOD.origin))}
    assert (found.extra["origin_path"], str(found.extra["origin_record"])) == ("elm.zip", "2")
    assert found.origin is not None
    assert found.origin.path == "rain.json"


@each_format
def test_a_bare_article_comes_back(name: str, options: dict[str, str], there_and_back: Trip) -> None:
    found = there_and_back(BARE, name, **options)
    assert attrs.evolve(found, blocks=(), origin=None, language=None) == BARE


EXTRA = {
    "uri": "http://example.com/1",
    "type": "composite",
    "title": "Rain",
    "slugline": "rain-1",
    "version": "2",
    "status": "usable",
    "urgency": 3,
    "created": "2031-05-06T07:08:09Z",
    "embargoed": "2031-05-07T07:08:09Z",
    "expires": "2031-06-06T07:08:09Z",
    "copyrightholder": "Elm Press",
    "copyrightnotice": "(c) Elm Press",
    "usageterms": "Print only.",
    "ednote": "ADDS rain",
    "abstract": "It rained.",
    "profile": "long",
    "subject_names": ["weather"],
    "subject_codes": ["17000000"],
    "place_names": ["Port Elm", "Elm"],
}


@pytest.mark.parametrize(
    "options", [options for name, options in FORMATS if name == "ninjs"], ids=["3.1", "2.2", "1.6"]
)
def test_values_of_the_standard_come_back(options: dict[str, str], there_and_back: Trip) -> None:
    assert there_and_back(attrs.evolve(BARE, extra=EXTRA), "ninjs", **options).extra == EXTRA


JSONLD = {
    "uri": "http://example.com/1",
    "url": "http://example.com/1.html",
    "title": "Rain",
    "version": "2",
    "status": "usable",
    "created": "2031-05-06T07:08:09Z",
    "expires": "2031-06-06",
    "copyrightholder": "Elm Press",
    "copyrightnotice": "(c) Elm Press",
    "usageterms": "Print only.",
    "abstract": "It rained.",
    "keywords": ["rain", "snow, hail"],
}


def test_values_of_schema_org_come_back(there_and_back: Trip) -> None:
    assert there_and_back(attrs.evolve(BARE, extra=JSONLD), "jsonld").extra == JSONLD


@pytest.mark.parametrize("iso", ["2031", "2031-05", "2031-05-06", "2031-05-06T07:08", "2031-05-06T07:08:09+02:00"])
@each_format
def test_dates_come_back_as_precise_as_they_were(
    name: str, options: dict[str, str], iso: str, there_and_back: Trip
) -> None:
    precision = {4: "year", 7: "month", 10: "day", 16: "minute"}.get(len(iso), "second")
    date = WireDate(iso, precision)
    found = there_and_back(attrs.evolve(BARE, published=date, updated=date), name, **options)
    assert (found.published, found.updated) == (date, date)


@pytest.mark.parametrize("text", [*NASTY, "x" * (1 << 20)], ids=[*map(ascii, NASTY), "1 MB"])
@each_format
def test_any_text_comes_back(name: str, options: dict[str, str], text: str, there_and_back: Trip) -> None:
    given = Article(headline=text, body=(text, "The end."))
    found = there_and_back(given, name, **options)
    assert (found.headline, found.body) == (given.headline, given.body)
