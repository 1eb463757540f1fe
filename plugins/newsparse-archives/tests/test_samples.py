"""Real exports, which are no part of this tree: what is stated of them must come out of the command line."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from benchmarks import corpus
from newsparse.cli import main

FORMATS = ("lexisnexis", "factiva")
JOINS = 6


@pytest.fixture(scope="module")
def samples() -> Path:
    folder = corpus.data_folder()
    if folder is None or not (folder / "samples").is_dir():
        pytest.skip(corpus.NO_DATA)
    return folder / "samples"


def blanks(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def found(article: dict[str, Any], name: str) -> Any:
    """What an article has where `expected.json` gives a name."""
    match name:
        case "publication":
            return article["source"]
        case "date":
            return article["published"]["iso"][: len("2011-12-29")]
        case "paragraphs":
            return article["body"]
        case "language":
            return article["extra"].get("language", article["language"])
        case "captions":
            return " ".join(caption["raw"] for caption in article["captions"])
        case "body":
            return "\n".join(article["body"])
    return article[name] if name in article else article["extra"].get(name)


def is_met(article: dict[str, Any], name: str, value: Any) -> bool:
    match name:
        case "paragraphs_count":
            return len(article["body"]) == value
        case "first_paragraph_starts":
            return blanks(article["body"][0]).startswith(blanks(value))
        case "last_paragraph_ends":
            return blanks(article["body"][-1]).endswith(blanks(value))
    field, _, ending = name.rpartition("_")
    if ending == "starts":
        return blanks(found(article, field)).startswith(blanks(value))
    if ending in ("contains", "contain"):
        return all(one in found(article, field) for one in value)
    return bool(blanks(found(article, name)) == blanks(value))


@pytest.mark.parametrize("name", FORMATS)
def test_every_stated_value_comes_out(samples, name, capsysbinary):
    for file, expected in json.loads((samples / name / "expected.json").read_text("utf-8")).items():
        assert main(["parse", "--to", "json", str(samples / name / file)]) == 0
        out, told = capsysbinary.readouterr()
        articles = json.loads(out)["articles"]
        assert len(articles) == expected["documents"]
        for article, story in zip(articles, expected["stories"], strict=True):
            assert [key for key, value in story.items() if not is_met(article, key, value)] == []
        assert f"{len(articles)} articles built" in told.decode()


def test_the_first_half_of_an_export_says_what_is_not_in_it(samples, capsysbinary):
    main(["parse", "--to", "json", str(samples / "lexisnexis" / "sample-1-5.TXT")])
    told = capsysbinary.readouterr().err.decode()
    assert "5 markers of records seen, 5 articles built" in told
    assert "its own markers speak of 10, of which 6 to 10 are not in this file" in told


@pytest.mark.parametrize("name", FORMATS)
def test_joined_samples_give_each_story_once(samples, name, read):
    names = json.loads((samples / name / "expected.json").read_text("utf-8"))
    files = {file: (samples / name / file).read_bytes() for file in names}
    alone = {file: [a.id for dump in read(name, data) for a in dump.articles] for file, data in files.items()}
    chance = random.Random(5)
    for _ in range(JOINS):
        chosen = chance.choices(list(files), k=4)
        stream = b"".join(files[file] for file in chosen)
        found = [a.id for dump in read(name, stream) for a in dump.articles]
        assert found == [one for file in chosen for one in alone[file]]
