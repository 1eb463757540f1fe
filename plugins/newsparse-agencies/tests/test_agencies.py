from pathlib import Path

import pytest

import newsparse
import newsparse_agencies
from newsparse.testing import Case, assert_case, check_plugin, load_cases
from newsparse_agencies.datelines import read_dateline

FOLDERS = sorted((Path(__file__).parent / "cases").iterdir())
CASES = {folder.name: load_cases(folder) for folder in FOLDERS}
ALL = [pytest.param(case, id=f"{agency}/{case}") for agency, cases in CASES.items() for case in cases]
PLAIN = newsparse.Parser(plugins=[])
INSTALLED = newsparse.Parser(plugins=[newsparse_agencies])
# Of the corpus' publishers some carry reports of these three agencies; each such text says so.
SIGNED = {"ap": "Associated Press", "dpa": "dpa-infocom", "reuters": "(Reporting by"}
STORY = "The ferry line to the island of Velmora reopened on Monday after a storm, the harbour council said."


@pytest.mark.parametrize("case", ALL)
def test_case(case: Case) -> None:
    assert_case(case, [newsparse_agencies])


@pytest.mark.parametrize("agency", CASES)
def test_an_agency_has_two_reports_and_two_lookalikes(agency: str) -> None:
    lookalikes = [case for case in CASES[agency] if str(case).startswith("lookalike-")]
    assert len(lookalikes) >= 2
    assert len(CASES[agency]) - len(lookalikes) >= 2


def test_every_agency_has_cases() -> None:
    assert set(CASES) == set(INSTALLED.plugins.sources)


@pytest.mark.parametrize("case", [case for case in ALL if "/lookalike-" in str(case.id)])
def test_a_lookalike_keeps_the_lines_it_has_without_the_plugin(case: Case) -> None:
    [dump] = case.dumps([newsparse_agencies])
    assert dump.lines == PLAIN.parse(case.text).lines


@pytest.mark.parametrize("agency", CASES)
@pytest.mark.parametrize(
    "template",
    [
        pytest.param("{story}\n\nFerry passengers in Port Hallam, June 3, 2024. ({title})\n", id="credit"),
        pytest.param(
            "{story} It was the first since May, {title} reported.\n\n{story} Two more will sail.\n", id="cited"
        ),
    ],
)
def test_the_mention_of_an_agency_changes_nothing(agency: str, template: str) -> None:
    title = INSTALLED.plugins.sources[agency].title
    text = "Ferry Line Reopens After Storm\n\n" + template.format(story=STORY, title=title)
    assert INSTALLED.parse(text) == PLAIN.parse(text)


@pytest.mark.parametrize(
    ("source", "text", "place"),
    [
        pytest.param("tass", "PORT HALLAM, June 3. /TASS/. The ferry", "PORT HALLAM", id="tass"),
        pytest.param("tass", "ПОРТ-ХАЛЛАМ, 3 июня. /ТАСС/. Паром", "ПОРТ-ХАЛЛАМ", id="tass in russian"),
        pytest.param("ansa", "(ANSA) - PORTO HALLAM, 03 GIU - Il traghetto", "PORTO HALLAM", id="ansa"),
        pytest.param("kyodo", "【ロンドン共同＝山田太郎】港湾評議会", "ロンドン", id="kyodo with a name"),
        pytest.param("reuters", "June 3 (Reuters) - The ferry", None, id="reuters without a place"),
        pytest.param("upi", "Sept. 3 (UPI) -- The ferry", None, id="upi without a place"),
    ],
)
def test_a_dateline_of_its_own_form_is_read(source: str, text: str, place: str | None) -> None:
    dateline = read_dateline(text, source)
    assert dateline is not None
    assert (dateline.place, dateline.date) == (place, None)
    assert text.startswith(dateline.raw or "?")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("tass", "The path /TASS/. leads to the ferry", id="in a sentence"),
        pytest.param("tass", "PORT HALLAM, June 3 - /TASS/ The ferry", id="other signs"),
        pytest.param("ansa", "(ANSA) - Il traghetto, 03 GIU - riparte", id="no capitals"),
        pytest.param("kyodo", "【両国が共同で声明を発表した三日の夜のこと】", id="a word in brackets"),
        pytest.param(None, "PORT HALLAM, June 3. /TASS/. The ferry", id="nobody's text"),
        pytest.param("dpa", "PORT HALLAM, June 3. /TASS/. The ferry", id="another agency's text"),
    ],
)
def test_what_only_looks_like_a_dateline_is_none(source: str | None, text: str) -> None:
    assert read_dateline(text, source) is None


def test_the_plugin_keeps_what_every_plugin_must() -> None:
    check_plugin(newsparse_agencies, [cases[0].text for cases in CASES.values()])


def test_most_of_the_corpus_stays_as_it_is_and_the_rest_is_the_agencies_own() -> None:
    from benchmarks import corpus

    folder = corpus.data_folder()
    if folder is None:
        pytest.skip(corpus.NO_DATA)
    for name, text in corpus.every_text(folder / "corpus").items():
        dump = INSTALLED.parse(text)
        if dump.source is None:
            assert dump == PLAIN.parse(text), name
        else:
            assert SIGNED[dump.source] in text, name
