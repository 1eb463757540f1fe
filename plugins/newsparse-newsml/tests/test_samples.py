"""Real files and the values that are known of them, where these are at hand."""

import io
import json
import random
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import newsparse
import newsparse_newsml
from benchmarks import corpus
from newsparse import Article

PARSER = newsparse.Parser(plugins=[newsparse_newsml])
FORMATS = ("newsmlg2", "newsml12", "nitf")
# Of the values, how they are compared; and what says nothing of the reader.
SILENT = {"format", "stated_by", "read_in_file", "note", "valid", "valid_2_35", "documents", "stories"}
MOMENTS = {"created", "updated", "embargoed", "expires"}
# Values that the files do not state: other software cut the text, chose one signal, read a city in the text, and the
# name of one field says whose value it is.
NOT_STATED = {
    ("businesswire-newsml-20130515006361.xml", "body_ends"),
    ("businesswire-newsml-20130605006126.xml", "body_ends"),
    ("stt_newsml_test.xml", "signals"),
    ("anp_belga.xml", "city"),
    ("pa3.xml", "status_in_file"),
}


@pytest.fixture(scope="module")
def samples() -> Path:
    folder = corpus.data_folder()
    if folder is None:
        pytest.skip(corpus.NO_DATA)
    return folder / "samples"


def plain(value: Any) -> str:
    return " ".join(str(value).split())


def moment(text: str) -> datetime:
    text = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", text.replace("Z", "+00:00"))
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def value_of(article: Article, name: str) -> Any:
    own = {
        "dateline": article.dateline and article.dateline.raw,
        "body": article.text,
        "caption": [caption.raw for caption in article.captions],
        "captions": [caption.raw for caption in article.captions],
        "updated": article.updated and article.updated.iso,
        "source": article.source,
        "authors": article.authors,
        "headline": article.headline,
        "byline": article.byline,
        "language": article.language,
    }
    return own[name] if name in own else article.extra.get(name)


def is_met(article: Article, name: str, wanted: Any) -> bool:
    base, _, kind = name.rpartition("_")
    if kind in ("contains", "contain"):
        value = value_of(article, base)
        texts = list(map(plain, value if isinstance(value, list) else [value]))
        return all(any(plain(part) in text for text in texts) for part in wanted)
    if kind == "starts":
        return plain(value_of(article, base)).startswith(plain(wanted))
    if name.endswith("_any_of"):
        return plain(value_of(article, name.removesuffix("_any_of"))) in map(plain, wanted)
    if kind == "count" and name != "word_count":
        return len(value_of(article, base) or ()) == wanted
    value = value_of(article, name)
    if wanted in (None, "", []):
        return not value
    if name in MOMENTS:
        return bool(value) and moment(value) == moment(wanted)
    if name == "caption":
        return plain(wanted) in map(plain, value)
    return bool(value == wanted) if isinstance(wanted, list) else plain(value) == plain(wanted)


@pytest.mark.parametrize("format", FORMATS)
def test_every_stated_value_of_a_real_file_comes_out(format: str, samples: Path) -> None:
    expected = json.loads((samples / format / "expected.json").read_text(encoding="utf-8"))
    missed = []
    for name, values in expected.items():
        dumps = list(PARSER.iter_dumps([samples / format / name]))
        articles = [article for dump in dumps for article in dump.articles]
        codes = {issue.code for dump in dumps for issue in dump.issues}
        assert codes <= {"unmapped", "no-text", "dtd-not-read", "broken-markup"}, name
        if "documents" in values:
            assert len(articles) == values["documents"], name
        stories = [values, *values.get("stories", ())]
        for number, story in enumerate(stories):
            wanted = {key: value for key, value in story.items() if key not in SILENT and (name, key) not in NOT_STATED}
            for key, value in wanted.items():
                article = articles[max(number - 1, 0)]
                if not is_met(article, key, value):
                    missed.append((name, key, value, value_of(article, key)))
    assert missed == []


@pytest.mark.parametrize("format", FORMATS)
def test_files_joined_end_to_end_give_each_story_once(format: str, samples: Path) -> None:
    names = sorted(json.loads((samples / format / "expected.json").read_text(encoding="utf-8")))
    files = [(samples / format / name).read_bytes() for name in names]

    def ids(data: bytes) -> list[str]:
        return [article.id for dump in PARSER.iter_dumps([io.BytesIO(data)]) for article in dump.articles]

    alone = [ids(data) for data in files]
    chance = random.Random(5)
    for between in (b"", b"\n", b"\r\n\r\n"):
        chosen = chance.sample(range(len(files)), min(len(files), 20))
        assert ids(between.join(files[number] for number in chosen)) == [
            one for number in chosen for one in alone[number]
        ]
