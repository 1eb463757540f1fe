"""The table of other tools has this one as its last row, as it is now."""

from pathlib import Path

from benchmarks import launch

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "other-tools.md"


def test_the_last_row_of_the_table_is_what_newsparse_gives():
    rows, absent = launch.table(["newsparse"])
    assert absent == []
    printed = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert printed[0] == "| " + " | ".join(launch.HEAD) + " |"
    assert printed[-1] == "| " + " | ".join(rows[0]) + " |"


def test_every_tool_has_a_row():
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"\n| {name} " in page for name in launch.TOOLS)


def test_a_tool_that_fails_or_drops_everything_has_a_row_too(monkeypatch):
    def fails(seed):
        raise RuntimeError("cannot fetch from https://example.com/model: <no network>")

    monkeypatch.setitem(launch.TOOLS, "newspaper4k", ("newsparse", fails))
    rows, _ = launch.table(["newspaper4k"])
    assert rows[0][1:] == ["0", *["–"] * 5, "RuntimeError: cannot fetch"]


def test_a_tool_that_keeps_everything_keeps_the_repeats():
    seed = launch.Seed()
    assert launch.row("all", "1", launch.Found(seed.lines), seed)[1:7] == ["1", "20", "2", "2", "8", "2"]
