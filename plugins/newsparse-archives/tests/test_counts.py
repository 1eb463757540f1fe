"""Markers, articles and unused lines are reconciled in one issue; what no table knows is counted in one more."""

import pytest

from newsparse import Dump

WORDS = (
    "The ferry to the northern isle was late again on Monday, said the harbour master, who blamed the fog and the tide."
)


def issue(dumps: list[Dump], code: str) -> str | None:
    """The message of the one issue of a code, which stands with the last dump."""
    found = [one.message for dump in dumps for one in dump.issues if one.code == code]
    assert len(found) <= 1
    return found[0] if found else None


def test_an_export_says_how_many_records_it_has(read, export):
    assert issue(read("lexisnexis", export("lexisnexis.txt")), "records-counted") == (
        "lexisnexis: 2 markers of records seen, 2 articles built, 5 lines used by none"
    )


def test_records_that_the_markers_speak_of_are_missed(read, classic):
    dumps = read("lexisnexis", classic(1, 9) + classic(4, 9))
    assert str(issue(dumps, "records-missing")).endswith(
        "its own markers speak of 9, of which 2 to 3, 5 to 9 are not in this file"
    )


def test_the_page_of_an_export_is_taken_at_its_word(read, export):
    dumps = read("lexisnexis", export("nexis-uni.txt").replace("Documents (2)", "Documents (7)"))
    assert str(issue(dumps, "records-missing")).endswith("the page of the export speaks of 7")


def test_a_file_without_any_record_has_counts_too(read):
    assert issue(read("lexisnexis", ""), "records-counted") == (
        "lexisnexis: 0 markers of records seen, 0 articles built, 0 lines used by none"
    )


@pytest.mark.parametrize(
    ("reader", "name", "labels"),
    [
        pytest.param("factiva", "factiva-indexed.txt", "XQ (1)", id="code"),
        pytest.param("factiva", "factiva.xml", "mood (1)", id="element"),
    ],
)
def test_labels_that_no_table_knows_are_counted_by_name(read, export, reader, name, labels):
    found = issue(read(reader, export(name)), "unmapped-fields")
    assert found == f"fields that no table knows stay in the text: {labels}"


def test_labels_of_several_records_are_counted_together(read, classic):
    dumps = read("lexisnexis", "".join(classic(n, 3, more="TIDE: high\n\n") for n in (1, 2, 3)))
    assert issue(dumps, "unmapped-fields") == "fields that no table knows stay in the text: TIDE (3)"
    assert [list(article.extra) for dump in dumps for article in dump.articles] == [
        ["word_count", "load_date", "language", "publication_type", "journal_code", "copyright", "edition"]
    ] * 3


@pytest.mark.parametrize("marker", ["1 of 1 DOCUMENTS", "{1/1}"])
def test_a_changed_layout_is_left_to_the_generic_parser(read, marker):
    text = f"{marker}\n\nFerry Late Again\n\nBy Jane Doe\n\n{WORDS} {WORDS}\n\n{WORDS} Twice, and then {WORDS}\n"
    dumps = read("lexisnexis", text)
    assert sum(len(dump.articles) for dump in dumps) == 1
    assert "1 record in no known layout (number 1 in the file)" in str(issue(dumps, "unknown-layout"))


def test_records_whose_start_line_is_broken_are_parted_all_the_same(read, classic):
    broken = classic(2, 3).replace("2 of 3 DOCUMENTS", "2 of 3 DOCXMENTS")
    dumps = read("lexisnexis", classic(1, 3) + broken + classic(3, 3))
    articles = [article for dump in dumps for article in dump.articles]
    assert [article.body[-1][:7] for article in articles] == ["Story 1", "Story 2", "Story 3"]
    assert "of which 2 are not" in str(issue(dumps, "records-missing"))
