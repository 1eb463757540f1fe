"""HTML fragments are taken apart as a browser shows them, in time that grows with the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.markup import is_markup, markup_of, pieces
from newsparse.models import Role
from newsparse.testing.growth import growth

# Linear is 2, quadratic 4; a shared machine wavers.
MOST_GROWTH = 3.2
BODY, SUBHEAD, CAPTION = Role.BODY, Role.SUBHEAD, Role.CAPTION


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("plain & simple", [(BODY, "plain & simple")]),
        ("<p>a<p>b", [(BODY, "a"), (BODY, "b")]),
        ("<p>hard\n  wrapped\r\ntext</p>", [(BODY, "hard wrapped text")]),
        ("a<br>b<br/>c", [(BODY, "a"), (BODY, "b"), (BODY, "c")]),
        ("<h2>Floods</h2>text", [(SUBHEAD, "Floods"), (BODY, "text")]),
        ("<ul><li>a<li>b</ul>", [(BODY, "a"), (BODY, "b")]),
        ("<figure><img><figcaption><p>A boat.</p></figcaption></figure>c", [(CAPTION, "A boat."), (BODY, "c")]),
        ("<table><tr><th>a</th><td>1<br>2</td></tr><tr><td>b<td>3</table>", [(BODY, "a\t1 2"), (BODY, "b\t3")]),
        ("<pre>a\n b</pre>", [(BODY, "a"), (BODY, "b")]),
        ("a<script>if (x < y) { z() }</script>b", [(BODY, "ab")]),
        ("a<!-- <p>no</p> -->b<!-- open", [(BODY, "ab<!-- open")]),
        ("<a title=\"x > y\" href='z'>link</a> &lt;b&gt; &eacute;", [(BODY, "link <b> é")]),
        ("2 < 3 > 1", [(BODY, "2 < 3 > 1")]),
        ("", []),
    ],
    ids=range(14),
)
def test_a_fragment_has_its_pieces(markup: str, expected: list[tuple[Role, str]]) -> None:
    assert pieces(markup) == expected


@given(st.lists(st.tuples(st.sampled_from([BODY, SUBHEAD, CAPTION]), st.text(st.characters(), min_size=1)), max_size=4))
def test_pieces_come_back(found: list[tuple[Role, str]]) -> None:
    assert pieces(markup_of(found)) == found


@given(st.text(st.sampled_from("<>/\"'!-apbr &#x;\n=")))
def test_any_text_is_read(text: str) -> None:
    assert all(piece.strip() for _, piece in pieces(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("<p>a", True), ("a<br/>b", True), ("<i>a</i>", True), ("a < b", False), ("<sic>", False), ("", False)],
)
def test_markup_is_told_from_text(text: str, expected: bool) -> None:
    assert is_markup(text) is expected


@pytest.mark.parametrize(
    "unit", ["<", "<a ", "<!--", '<a "', "<a '\"", "</", "<a\"'", "&", "&#", "<td>", "x<td>", "<p "]
)
def test_twice_the_text_takes_twice_the_time(unit: str) -> None:
    def prepare(size: int):  # type: ignore[no-untyped-def]
        text = unit * (size // len(unit))
        return lambda: pieces(text)

    found = growth(prepare, 1 << 13, 1 << 15)
    assert found is None or found < MOST_GROWTH
