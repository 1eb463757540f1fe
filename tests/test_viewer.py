"""The page that shows a parse, without a browser: what is packed into it, how roles look, its policy, the command."""

import base64
import hashlib
import html
import itertools
import json
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

import newsparse
from newsparse.viewer import NOTEBOOK_LINES
from newsparse.viewer.looks import LOOKS, stylesheet
from newsparse.viewer.packing import as_json, packed
from newsparse.viewer.pieces import pieces_of, ranges

ROOT = Path(__file__).parent.parent
SEED = "seeds/000_ea817f18116cfa36.txt"
# WCAG 2.2, 1.4.3.
LEAST_CONTRAST = 4.5
# How much of its role's colour a line that is pointed at has in its ground (page.css).
TINT = 0.17
PAPERS = {"light": "#ffffff", "dark": "#16181c"}
# CIE 1976; 2.3 is just noticeable.
LEAST_DIFFERENCE = 10
# Machado, Oliveira and Fernandes 2009, severity 1: what is left of linear RGB.
BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
# sRGB to XYZ over the white point D65.
TO_XYZ = ((0.4339, 0.3762, 0.1899), (0.2126, 0.7152, 0.0722), (0.0177, 0.1095, 0.8727))


@pytest.fixture(scope="module")
def seed():
    return newsparse.Parser(plugins=[]).parse((ROOT / SEED).read_text(encoding="utf-8"))


def data_of(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])


# looks


def linear(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def times(matrix, vector):
    return [sum(map(float.__mul__, row, vector)) for row in matrix]


def contrast(colour, ground):
    high, low = sorted((times(TO_XYZ, linear(each))[1] for each in (colour, ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def tinted(paper, colour):
    """The ground of a line that is pointed at."""
    parts = (round(int(paper[n : n + 2], 16) * (1 - TINT) + int(colour[n : n + 2], 16) * TINT) for n in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in parts)


def lab(rgb):
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in times(TO_XYZ, rgb))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen_with(matrix, colour):
    return lab([min(1.0, max(0.0, part)) for part in times(matrix, linear(colour))])


def test_every_role_has_a_look_of_its_own():
    assert list(LOOKS) == list(newsparse.Role)
    assert len({look.label for look in LOOKS.values()}) == len(LOOKS)
    assert len({look.sign for look in LOOKS.values()}) == len(LOOKS)
    assert all(f".{role} {{" in stylesheet() for role in newsparse.Role)


@pytest.mark.parametrize("theme", PAPERS)
def test_text_in_the_colour_of_a_role_can_be_read(theme):
    for look in LOOKS.values():
        colour = getattr(look, theme)
        assert contrast(colour, PAPERS[theme]) >= LEAST_CONTRAST, look.label
        assert contrast(colour, tinted(PAPERS[theme], colour)) >= LEAST_CONTRAST, look.label


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("theme", PAPERS)
def test_no_two_colours_look_alike_to_a_colour_blind_reader(theme, kind):
    colours = {getattr(look, theme) for look in LOOKS.values()}
    seen = {colour: seen_with(BLINDNESS[kind], colour) for colour in colours}
    for one, other in itertools.combinations(seen, 2):
        assert sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5 >= LEAST_DIFFERENCE


# what is packed


def test_the_page_holds_every_line_with_its_role_and_its_reasons(seed):
    data = data_of(newsparse.view(seed))
    roles = [look[0] for look in data["looks"]]
    assert data["lines"] == seed.text.splitlines()
    assert [roles[number] for number in data["roles"]] == [line.role for line in seed.lines]
    owners = [article for article, count in data["owners"] for _ in range(count)]
    assert owners == [-1 if line.article is None else line.article for line in seed.lines]
    for line in seed.lines:
        reasons = [data["reasons"][number] for number in data["sets"][data["why"][line.number - 1]]]
        expected = [(reason.name, reason.weight) for reason in seed.explain(line.number)]
        assert [(data["names"][name], weight) for name, weight in reasons] == expected
    close = {number for number, margin in enumerate(data["margins"], 1) if 0 <= margin < data["doubt"]}
    assert close == {doubt.line for doubt in seed.doubts()}


def test_the_page_says_where_its_text_came_from():
    origin = newsparse.Origin("a.txt", "b.txt", 7, reader="text", encoding="utf-8", line=1200)
    data = packed(newsparse.Dump("Rain\n", source="harbour", origin=origin))
    assert data["name"] == "a.txt b.txt 7"
    assert dict(data["facts"]) == {"source": "harbour", "reader": "text", "encoding": "utf-8", "from line": "1,200"}


def test_the_page_says_how_sure_each_article_is(seed):
    expected = [seed.confidence(index) for index in range(len(seed.articles))]
    assert [article["sure"] for article in packed(seed)["articles"]] == expected


def test_pieces_know_the_lines_that_they_came_from(seed):
    first, second = pieces_of(seed)
    captions = [piece for piece in first if piece.kind == "caption"]
    assert [(piece.kind, piece.lines) for piece in first[:1]] == [("headline", (0, 6))]
    assert [piece.lines for piece in captions] == [(2, 3, 8, 9)]
    assert dict(captions[0].details)["credit"] == "Reuters"
    assert [piece.lines for piece in first if piece.kind == "body"][:2] == [(11,), (13,)]
    assert len([piece for piece in second if piece.kind == "body"]) == 4


def test_a_dateline_that_opens_a_paragraph_came_from_its_line():
    text = "Bridge Opens\n\nPORT LINDEN, June 3 (Reuters) - The bridge over the river is open again, the city said.\n"
    dump = newsparse.Parser(plugins=[]).parse(text)
    [dateline] = [piece for piece in pieces_of(dump)[0] if piece.kind == "dateline"]
    assert dateline.lines == (2,)
    assert dict(dateline.details)["agency"] == "Reuters"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param((), [], id="none"),
        pytest.param((4,), [4, 4], id="one"),
        pytest.param((1, 2, 5), [1, 2, 5, 5], id="two"),
    ],
)
def test_ranges(lines, expected):
    assert ranges(lines) == expected


def test_a_restored_dump_keeps_the_reasons_it_was_stored_with(seed):
    data = packed(newsparse.from_dict(seed.to_dict(explain=True)))
    assert [data["sets"][number] for number in data["why"]] == [
        packed(seed)["sets"][number] for number in packed(seed)["why"]
    ]
    assert set(data["margins"]) == {-1}
    bare = packed(pickle.loads(pickle.dumps(seed)))
    assert bare["sets"] == [[]]
    assert [article["sure"] for article in bare["articles"]] == [None, None]


@pytest.mark.parametrize(
    "dump",
    [
        pytest.param(newsparse.Dump(), id="nothing"),
        pytest.param(
            newsparse.Dump("Rain\n", lines=[newsparse.Line(raw="Rain\n", text="Rain", article=7)]), id="lines"
        ),
        pytest.param(newsparse.Dump(articles=[newsparse.Article("Rain", body=("It rained.",))]), id="articles"),
        pytest.param(newsparse.Dump(articles=[newsparse.Article(extra={"a": {"b": [1, None]}})]), id="extra"),
    ],
)
def test_records_made_by_hand_have_a_page(dump):
    data = data_of(newsparse.view(dump))
    assert len(data["lines"]) == len(dump.lines)
    assert len(data["articles"]) == len(dump.articles)


def test_a_page_is_at_most_twelve_times_its_text(seed):
    text = "".join(
        f"{line.raw.rstrip()} {number}\n" if line.text else "\n" for number in range(32) for line in seed.lines
    )
    dump = newsparse.Parser(plugins=[]).parse(text)
    assert len(dump.lines) > 2000
    assert len(newsparse.view(dump).encode()) < 12 * len(text.encode())


# what no text can do


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "{{script}}", "\ud800\udfff a\0b\u2028"]
)
def test_a_text_never_leaves_its_place(text):
    page = newsparse.view(newsparse.parse(text, plugins=[]))
    assert page.count("<script") == newsparse.view(newsparse.Dump()).count("<script")
    assert page.encode("utf-8")
    assert "".join(data_of(page)["lines"]) == json.loads(json.dumps(text))


def test_json_that_stands_in_a_page_is_json():
    assert json.loads(as_json({"<b>": "a & b </script>"})) == {"<b>": "a & b </script>"}


def test_the_policy_allows_this_script_and_this_style_alone(seed):
    page = newsparse.view(seed)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for kind, tag in (("script", "<script>"), ("style", "<style>")):
        [text] = re.findall(f"{tag}(.*?)</{kind}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not re.search(r'(?:src|href)="(?!data:)', page.split("<script")[0])


def test_two_pages_of_one_dump_are_equal(seed):
    assert newsparse.view(seed) == newsparse.view(seed)


# notebooks


def test_a_notebook_shows_the_page_in_a_frame_that_reaches_nothing(seed):
    frame = seed._repr_html_()
    assert 'sandbox="allow-scripts"' in frame
    assert html.unescape(re.search(r'srcdoc="([^"]*)"', frame)[1]) == newsparse.view(seed)


def test_a_notebook_is_not_filled_with_a_long_dump():
    shown = newsparse.Dump("\n", lines=[newsparse.Line()] * (NOTEBOOK_LINES + 1))._repr_html_()
    assert "2,001 lines" in shown
    assert len(shown) < 300


# the command


def run(*arguments, stdin=b"", cwd=ROOT):
    environment = {**os.environ, "NEWSPARSE_PLUGINS": ""}
    done = subprocess.run(
        [sys.executable, "-m", "newsparse", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


@pytest.fixture
def two_dumps(tmp_path):
    path = tmp_path / "rain.jsonl"
    path.write_text('{"text": "Rain Ends\\n"}\n{"text": "Snow Ends\\n"}\n', encoding="utf-8")
    return path


def test_view_writes_one_page(tmp_path):
    done = run("view", SEED, "-o", tmp_path / "page.html")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    data = data_of((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert data["name"] == SEED
    assert len(data["articles"]) == 2


def test_view_without_an_output_writes_to_stdout():
    done = run("view", "-", stdin="Řeka\n".encode())
    assert data_of(done.stdout.decode())["lines"] == ["Řeka"]


def test_view_of_several_dumps_needs_a_folder(two_dumps, tmp_path):
    done = run("view", two_dumps, "-o", tmp_path / "page.html")
    assert done.returncode == 2
    assert b"name a folder" in done.stderr
    assert not (tmp_path / "page.html").exists()
    assert run("view", two_dumps, "-o", f"{tmp_path}/pages/").returncode == 0
    pages = sorted((tmp_path / "pages").iterdir())
    assert [page.name for page in pages] == ["rain-2.html", "rain.html"]
    assert [data_of(page.read_text(encoding="utf-8"))["lines"] for page in pages] == [["Snow Ends"], ["Rain Ends"]]


def test_view_never_replaces_what_it_shows(tmp_path):
    (tmp_path / "rain.txt").write_text("Rain\n", encoding="utf-8")
    done = run("view", tmp_path / "rain.txt", "-o", tmp_path / "rain.txt")
    assert done.returncode == 2
    assert (tmp_path / "rain.txt").read_text(encoding="utf-8") == "Rain\n"


def test_view_of_a_missing_file_is_exit_code_1(tmp_path):
    done = run("view", "no-such-file.txt", "-o", tmp_path / "page.html")
    assert done.returncode == 1
    assert b"no-such-file.txt" in done.stderr
    assert not (tmp_path / "page.html").exists()
