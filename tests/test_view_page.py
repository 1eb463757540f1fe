"""The page that shows a parse, in a real browser: what a reader points at, presses, searches, sees and prints."""

from pathlib import Path

import attrs
import pytest

import newsparse
from newsparse.viewer.looks import LOOKS
from tests.browsers import Faults, chromium

ROOT = Path(__file__).parent.parent
SEED = (ROOT / "seeds" / "000_ea817f18116cfa36.txt").read_text(encoding="utf-8")
# Two invented reports, the second in Arabic, with a line of each kind that the decoder may be unsure of.
ARABIC = (
    "عودة العبارة إلى الميناء بعد العاصفة\n\n"
    "عادت العبارة التي انتظرت خارج الميناء منذ ليلة الأحد يوم الاثنين، وفق ما أعلنت سلطة الميناء.\n\n"
    "وقالت متحدثة للصحفيين إن جميع الركاب وعددهم 212 بخير، على الرغم من تعب بعضهم وجوعهم.\n"
)
LINES = 20_000
# From the key to the painted answer.
LONGEST_WAIT_MS = 200
PAYLOADS = (
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    '"><svg onload=window.hacked=1>',
    "javascript:window.hacked=1",
    "{{script}}",
    "<!--<script>",
)
# axe-core's two upper grades of four.
GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def parser():
    return newsparse.Parser(plugins=[])


@pytest.fixture(scope="module")
def seed(parser):
    return parser.parse(SEED)


@pytest.fixture
def faults():
    found = Faults()
    yield found
    assert found == []


@pytest.fixture
def show(browser, faults, tmp_path):
    """Opens the page of a dump."""
    opened = []

    def show(dump, **settings):
        (tmp_path / "page.html").write_text(newsparse.view(dump), encoding="utf-8")
        page = browser.new_page(**{"viewport": {"width": 1280, "height": 800}, **settings})
        opened.append(page)
        faults.watch(page).goto((tmp_path / "page.html").as_uri())
        return page

    yield show
    for page in opened:
        page.close()


def visible(page):
    """The numbers of the lines that are shown."""
    return page.evaluate("rows.filter(row => !row.hidden).map(row => row.line + 1)")


def lines_of(dump, *roles):
    return [line.number for line in dump.lines if line.role in roles]


def lit(page):
    return page.evaluate("[...document.querySelectorAll('.lit')].map(lit => lit.id || lit.kind)")


def focused(page):
    return page.evaluate("(it => it.id || it.kind || it.dataset.role)(document.activeElement)")


def what(page):
    return page.locator("#what").inner_text()


# lines and reasons


def test_every_line_is_there_with_its_role_in_words(show, seed):
    page = show(seed)
    assert page.locator(".line").count() == len(seed.lines)
    assert page.evaluate("rows.map(row => row.lastChild.textContent)") == SEED.splitlines()
    labels = page.evaluate("rows.map(row => row.children[1].textContent)")
    assert labels == [LOOKS[line.role].label for line in seed.lines]


def test_pointing_at_a_line_says_what_it_is_and_why(show, seed):
    page = show(seed)
    page.locator("#L3").hover()
    assert what(page).split("\n")[0].split() == ["caption", "line", "3"]
    assert "article 1 · caption" in what(page)
    names = page.locator("#reasons code").all_inner_texts()
    weights = page.locator("#reasons b").all_inner_texts()
    expected = [(reason.name, f"{reason.weight:+d}".replace("-", "−")) for reason in seed.explain(3)]
    assert list(zip(names, weights, strict=True)) == expected
    assert lit(page) == ["caption"]
    page.locator("#L5").hover()
    assert "set aside: residue" in what(page)
    assert lit(page) == []


def test_pointing_at_a_part_of_an_article_shows_its_lines(show, seed):
    page = show(seed)
    page.locator(".piece.caption").first.hover()
    assert lit(page) == ["L3", "L4", "L9", "L10", "caption"]
    underlined = page.evaluate("[...CSS.highlights.get('words')].map(range => range.toString())")
    assert underlined == ["Reuters", "Benghazi, Libya", "April 7, 2019"] * 4
    page.locator(".piece.body").nth(1).hover()
    assert "body, paragraph 2" in what(page)
    page.mouse.move(2, 2)
    assert lit(page) == ["headline"]


def test_a_click_goes_to_the_other_side(show, seed):
    page = show(seed, viewport={"width": 1280, "height": 420})
    page.locator("#L53").scroll_into_view_if_needed()
    page.locator("#L57").click()
    assert page.locator("#L57").get_attribute("aria-selected") == "true"
    assert page.locator(".piece.lit").is_visible()
    top = page.evaluate("document.querySelector('.piece.lit').getBoundingClientRect().top")
    assert 0 < top < 420


# filters and search


def test_roles_filter_the_lines(show, seed):
    page = show(seed)
    page.locator("[data-role=caption]").click()
    assert visible(page) == lines_of(seed, "caption")
    page.locator("[data-role=marker]").click()
    assert visible(page) == lines_of(seed, "caption", "marker")
    assert page.locator("#status").inner_text() == "4 of 63 lines"
    page.locator("[data-role=caption]").click()
    page.locator("[data-role=marker]").click()
    assert len(visible(page)) == len(seed.lines)


def test_the_search_finds_counts_and_goes_there(show, seed):
    page = show(seed)
    page.locator("#search").fill("TRIPOLI")
    found = [line.number for line in seed.lines if "tripoli" in line.raw.lower()]
    assert page.locator("#status").inner_text() == f"{len(found)} matches"
    assert page.evaluate("CSS.highlights.get('found').size") == SEED.lower().count("tripoli")
    page.keyboard.press("Enter")
    assert page.evaluate("current + 1") == found[0]
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Enter")
    assert page.evaluate("current + 1") == found[1]
    page.locator("#only").click()
    assert visible(page) == found
    page.locator("#search").fill("no such words")
    assert page.locator("#status").inner_text() == "no match · 0 of 63 lines"
    assert "No line to show" in page.evaluate("getComputedStyle(list, '::before').content")
    page.locator("#search").press("Escape")
    assert len(visible(page)) == len(seed.lines)


def test_close_calls_are_marked_and_visited_in_turn(show, parser):
    dump = parser.parse("Rain\n\nSnow\n\nA short line\nAnd more\n\nHarbour Press\nMonday\n")
    numbers = sorted(doubt.line for doubt in dump.doubts())
    page = show(dump)
    assert page.evaluate("[...document.querySelectorAll('.line.doubt')].map(row => row.line + 1)") == numbers
    if len(numbers) > 1:
        seen = []
        page.locator("#L1").focus()
        for _ in numbers:
            page.keyboard.press("n")
            seen.append(page.evaluate("current + 1"))
        assert sorted(seen) == numbers
        assert "Close call" in what(page)


# the keyboard alone


def test_everything_can_be_reached_without_a_mouse(show, seed):
    page = show(seed)
    reached = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.add(focused(page))
    # The step to the next close call is there where there is one.
    calls = {"next"} if seed.doubts() else set()
    assert {"search", "only", "theme", "print", "help", "caption", "L1", "headline", "reasons"} | calls <= reached


def test_keys_walk_through_lines_and_articles(show, seed):
    page = show(seed)
    page.locator("#L1").focus()
    for key in ("ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    assert focused(page) == "L3"
    page.keyboard.press("Enter")
    assert focused(page) == "caption"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "body"
    page.keyboard.press("Enter")
    assert focused(page) == "L12"
    page.keyboard.press("End")
    assert focused(page) == "L63"
    page.keyboard.press("Home")
    assert focused(page) == "L1"
    page.keyboard.press("/")
    assert focused(page) == "search"
    assert page.locator("#search").input_value() == ""


def test_keys_walk_through_the_lines_that_are_shown(show, seed):
    page = show(seed)
    page.locator("[data-role=marker]").click()
    page.locator("#L5").focus()
    page.keyboard.press("ArrowDown")
    assert focused(page) == "L50"
    page.keyboard.press("Escape")
    assert len(visible(page)) == len(seed.lines)


def test_the_help_opens_and_closes(show, seed):
    page = show(seed)
    page.locator("#help").press("Enter")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    assert focused(page) == "help"


# looks


def ground(page):
    """How light the ground of the page is, from 0 to 255."""
    return page.evaluate("+getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")


def test_the_theme_follows_the_system_until_it_is_switched(show, seed):
    page = show(seed, color_scheme="dark")
    assert ground(page) < 60
    page.emulate_media(color_scheme="light")
    assert ground(page) > 200
    assert page.locator("#theme").inner_text() == "Dark"
    page.locator("#theme").click()
    assert ground(page) < 60
    assert page.locator("#theme").inner_text() == "Light"


def test_print_shows_all_on_white_without_the_tools(show, seed):
    page = show(seed, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator("#tools").is_visible()
    assert page.locator("#L63").is_visible()
    assert page.evaluate("getComputedStyle(list).overflow") == "visible"
    assert page.evaluate("getComputedStyle(rows[0].lastChild).color") == "rgb(28, 29, 32)"
    assert page.pdf().startswith(b"%PDF")


def test_lines_from_right_to_left_stand_at_the_right(show, parser):
    page = show(parser.parse(f"{ARABIC}\nRain Ends in the Valley\n"))
    assert page.evaluate("getComputedStyle(rows[0].lastChild).direction") == "rtl"
    assert page.evaluate("getComputedStyle(rows.at(-1).lastChild).direction") == "ltr"
    assert page.evaluate("getComputedStyle(document.querySelector('.piece.body > div')).direction") == "rtl"
    page.locator("#search").fill("العبارة")
    assert "matches" in page.locator("#status").inner_text()


@pytest.mark.parametrize("width", [380, 1000, 2200])
def test_nothing_is_cut_off_at_any_width(show, seed, width):
    page = show(seed, viewport={"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("list.scrollWidth - list.clientWidth") == 0
    assert page.evaluate("list.clientHeight") > 100


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave(browser, faults, parser, tmp_path, scheme):
    axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    issue = newsparse.Issue("charset-guessed", "read as cp1252", 3)
    dump = attrs.evolve(parser.parse(SEED + ARABIC), issues=(issue,))
    (tmp_path / "page.html").write_text(newsparse.view(dump), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme, bypass_csp=True)
    faults.watch(page).goto((tmp_path / "page.html").as_uri())
    for act in ("goTo(3)", "get('issues').open = true", "get('keys').showModal()"):
        page.evaluate(act)
        found = axe_module.Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in GRAVE] == []
    page.close()


# strangers' text


DATED = {"dateline": newsparse.Dateline}


def poisoned(kind, payload):
    """A record with the payload in every field that holds text."""
    values = {}
    for field in attrs.fields(kind):
        name = str(field.type)
        if "date" in field.name or field.name in ("published", "updated"):
            values[field.name] = poisoned(
                newsparse.Dateline if field.name == "dateline" else newsparse.WireDate, payload
            )
        elif field.name == "credit":
            values[field.name] = poisoned(newsparse.Credit, payload)
        elif field.name == "captions":
            values[field.name] = (poisoned(newsparse.Caption, payload),)
        elif field.name == "blocks":
            values[field.name] = tuple(newsparse.Block(role, payload, (0, 3)) for role in newsparse.Role)
        elif field.name == "extra":
            values[field.name] = {payload: payload, "more": {payload: [payload]}}
        elif field.name == "origin":
            values[field.name] = poisoned(newsparse.Origin, payload)
        elif name.startswith("tuple[str"):
            values[field.name] = (payload,)
        elif "str" in name and "Role" not in name:
            values[field.name] = payload
    return kind(**values)


class Poison:
    """Reasons whose names are no names."""

    def __init__(self, payload):
        self.payload = payload

    def reasons(self, index):
        return (newsparse.Reason(self.payload, index - 1), newsparse.Reason(self.payload * 2, 3))

    def margins(self):
        return [(2, newsparse.Role.BODY)] * len(newsparse.Role)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_field_of_a_dump_becomes_markup_or_runs(show, payload):
    lines = [newsparse.Line(n, None, None, payload, payload, role, 0) for n, role in enumerate(newsparse.Role, 1)]
    dump = newsparse.Dump(
        text=payload * len(lines),
        articles=[poisoned(newsparse.Article, payload)],
        lines=lines,
        issues=[newsparse.Issue(payload, payload, 1, payload)],
        source=payload,
        origin=poisoned(newsparse.Origin, payload),
        explainer=Poison(payload),
    )
    page = show(dump)
    for line in lines:
        page.evaluate(f"goTo({line.number - 1})")
    page.evaluate("pieces.forEach(focusPiece)")
    page.evaluate("get('issues').open = true")
    assert page.evaluate("typeof window.hacked") == "undefined"
    assert page.locator("img, svg, iframe, object, a").count() == 0
    assert page.locator("script").count() == 2
    assert page.locator("#L1 .text").inner_text() == payload
    for text in ("#issues ul", "#reasons", "#facts", "h1", "#cards"):
        assert payload in page.locator(text).text_content()


def test_what_gets_into_the_page_all_the_same_does_not_run(browser, seed, tmp_path):
    (tmp_path / "page.html").write_text(newsparse.view(seed), encoding="utf-8")
    page = browser.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto((tmp_path / "page.html").as_uri())
    page.evaluate("fetch('https://example.org/').catch(() => 0)")
    page.evaluate("document.body.append(make('script', {}, 'window.hacked = 1'))")
    for act in ("document.body.innerHTML = '<b>x</b>'", "make('img', {onerror: 'window.hacked = 1'})"):
        assert page.evaluate(f"(() => {{ try {{ {act} }} catch (error) {{ return error.name }} }})()") == "TypeError"
    assert page.evaluate("typeof window.hacked") == "undefined"
    assert sum("Content Security Policy" in text for text in refused) >= 2
    page.close()


def test_a_notebook_shows_the_dump_and_cannot_be_reached_from_it(browser, faults, seed, tmp_path):
    (tmp_path / "notebook.html").write_text(f"<title>notebook</title>{seed._repr_html_()}", encoding="utf-8")
    page = faults.watch(browser.new_page())
    page.goto((tmp_path / "notebook.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("#L3").hover()
    assert "caption" in frame.locator("#what").inner_text()
    reach = "(() => { try { return parent.document.title } catch (error) { return error.name } })()"
    assert page.frames[1].evaluate(reach) == "SecurityError"
    page.close()


# twenty thousand lines

WAIT = """async act => {
  eval(act);
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def worked_ms(page, act):
    """What an act and the painting of its answer take of the page's own time, whatever else the machine does."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent():
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(1000 * metric["value"] for metric in metrics if metric["name"] == "TaskDuration")

    before = spent()
    page.evaluate(WAIT, act)
    return spent() - before


@pytest.fixture(scope="module")
def long(parser):
    """A text of wire-like lines. It is stored and restored, since how sure each line is takes long to work out."""
    body = SEED.splitlines()
    text = "".join(f"{body[n % len(body)]} {n}\n" if body[n % len(body)] else "\n" for n in range(LINES))
    return newsparse.from_dict(parser.parse(text).to_dict(explain=True))


def test_twenty_thousand_lines_answer_at_once(show, long):
    assert len(newsparse.view(long).encode()) < 12 * len(long.text.encode())
    page = show(long)
    assert page.locator(".line").count() == LINES
    acts = {
        "filter": "document.querySelector('[data-role=headline]').click()",
        "another": "document.querySelector('[data-role=body]').click()",
        "clear": "clearFilters()",
        "search": "get('search').value = 'tripoli'; get('search').dispatchEvent(new Event('input'))",
        "common": "get('search').value = 'e'; get('search').dispatchEvent(new Event('input'))",
        "only": "get('only').click()",
    }
    waits = {name: worked_ms(page, act) for name, act in acts.items()}
    assert all(0 < wait < LONGEST_WAIT_MS for wait in waits.values()), waits


def test_in_twenty_thousand_lines_every_line_can_be_gone_to(show, long):
    page = show(long)
    for line in (LINES - 1, 7_000, 15_500, 0):
        page.evaluate(f"goTo({line})")
        page.wait_for_timeout(150)
        box = page.locator(f"#L{line + 1}").bounding_box()
        pane = page.locator("#lines").bounding_box()
        assert pane["y"] - 1 <= box["y"] < pane["y"] + pane["height"]
