import io
import json

import pytest

from newsparse import Article
from newsparse.testing.growth import growth
from newsparse_ninjs.jsons import ArrayWriter, read_json

# Whoever reads twice the text may take this many times as long: linear is 2, quadratic 4.
MOST_GROWTH = 3.2


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('{"a": 1}', [{"a": 1}]),
        ('{"a": 1}\n{"a": 2}', [{"a": 1}, {"a": 2}]),
        ('{"a": "tab\tand\nline"}', [{"a": "tab\tand\nline"}]),
        ('{"a": NaN}', [{"a": None}]),
        ('{"a": "cut sh', [{"a": "cut sh"}]),
        ('{"a": [1, 2', [{"a": [1, 2]}]),
        ('{"a": "x", "b', [{"a": "x"}]),
        ('{"a": "x" "b": "y"}', [{"a": "x", "b": "y"}]),
        ('{"a"# "x", "b": "y"}', [{"b": "y"}]),
        ('[{"a": #}, {"a": "y"}]', [[{}, {"a": "y"}]]),
        ('{"a": "x\\q", "b": "\\u12"}', [{"a": "x\\q", "b": "\\u12"}]),
        ('{"a": 1', [{"a": 1}]),
        ("", []),
        ("rain", []),
        ('"rain"', ["rain"]),
    ],
    ids=range(15),
)
def test_json_is_read_as_far_as_it_goes(text: str, values: list[object]) -> None:
    assert read_json(text)[0] == values


def test_the_first_fault_is_told() -> None:
    assert read_json('{"a": 1, #}')[1] == 9
    assert read_json('{"a": 1')[1] == 7
    assert read_json('{"a": 1}')[1] is None


@pytest.mark.parametrize("unit", ['{"a', '"', "},{", ',"a":', "\\", '{"a":1 x', "[1 x", '{"a":"b" "c"', '" "', "9"])
def test_twice_the_text_takes_twice_the_time(unit: str) -> None:
    def prepare(size: int):  # type: ignore[no-untyped-def]
        text = unit * (size // len(unit))
        return lambda: read_json(text)

    found = growth(prepare, 1 << 13, 1 << 15)
    assert found is None or found < MOST_GROWTH


def written(*articles: Article) -> bytes:
    stream = io.BytesIO()
    writer = ArrayWriter(stream, lambda article: {"headline": article.headline})
    for article in articles:
        writer.write(article)
    writer.close()
    return stream.getvalue()


def test_one_article_is_an_object_and_several_an_array() -> None:
    rain, snow = Article(headline="Rain"), Article(headline="Snow")
    assert json.loads(written(rain)) == {"headline": "Rain"}
    assert json.loads(written(rain, snow, rain)) == [{"headline": "Rain"}, {"headline": "Snow"}, {"headline": "Rain"}]
    assert json.loads(written()) == []


def test_an_article_is_written_when_the_next_one_comes() -> None:
    stream = io.BytesIO()
    writer = ArrayWriter(stream, lambda article: {"headline": article.headline})
    writer.write(Article(headline="Rain"))
    writer.write(Article(headline="Snow"))
    assert stream.getvalue() == b'[\n{"headline": "Rain"},\n{"headline": "Snow"}'


def test_a_lone_surrogate_is_an_escape() -> None:
    assert json.loads(written(Article(headline="torn \ud800"))) == {"headline": "torn \ud800"}


def test_a_pair_of_backslashes_beside_a_bad_escape_is_one() -> None:
    values, fault = read_json(r'{"headline": "a \\z \q \\\\", "uri"')
    assert (values, fault is None) == ([{"headline": "a \\z \\q \\\\"}], False)
