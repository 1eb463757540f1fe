"""The command line as a user runs it: a process, real files, exit codes."""

import csv
import json
import os
import pty
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import newsparse

ROOT = Path(__file__).parent.parent
SEED = "seeds/000_ea817f18116cfa36.txt"
COMMAND = [sys.executable, "-m", "newsparse"]
HEADLINES = (
    "Misrata Militias Mobilize to Save Libya’s Sarraj",
    "US Military Says It Strikes Iran-Backed Militia Facility in Syria",
)
FERRY = """\
Ferry Returns to Harbour After Storm

Passengers leave the ferry in Port Linden, June 3, 2024. (Harbour Press)
Passengers leave the ferry in Port Linden, June 3, 2024. (Harbour Press)
TT

Ferry Returns to Harbour After Storm

The ferry that had waited outside the harbour since Sunday night came in on Monday, the port authority said.

All 212 passengers were well, although some of them were tired and hungry, a spokeswoman told reporters.
"""
# A plugin with a format of one article a file and one that fails in the middle of its work.
PLUGIN = """
from newsparse import OutputFormat, hookimpl

class One:
    def __init__(self, stream, context):
        self.stream = stream

    def write(self, article):
        self.stream.write(f"<one>{article.headline}</one>\\n".encode())

    def close(self):
        pass

class Broken(One):
    def write(self, article):
        self.stream.write(b"half")
        self.stream.flush()
        raise OSError(28, "No space left on device")

class Buggy(One):
    def write(self, article):
        raise KeyError("colour")

@hookimpl
def newsparse_register_formats():
    return [
        OutputFormat("one", ".one", open=One, holds="one", options=("mark",)),
        OutputFormat("broken", ".broken", open=Broken),
        OutputFormat("buggy", ".buggy", open=Buggy),
    ]
"""


def run(*arguments, stdin=b"", cwd=ROOT, env=None):
    environment = {**os.environ, "NEWSPARSE_PLUGINS": "", **(env or {})}
    done = subprocess.run([*COMMAND, *map(str, arguments)], input=stdin, capture_output=True, cwd=cwd, env=environment)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


def rows(output):
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
def plugin(tmp_path):
    """The environment in which the plugin is installed, as an installer would leave it."""
    site = tmp_path / "site"
    info = site / "newsparse_testing-1.2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: newsparse-testing\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text("[newsparse]\ntesting = newsparse_testing\n")
    (site / "newsparse_testing.py").write_text(PLUGIN)
    return {"PYTHONPATH": str(site), "NEWSPARSE_PLUGINS": "newsparse-testing"}


def on_terminal(*arguments, env=None, columns=100):
    """What a command writes where stdout and stderr are a terminal."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "NEWSPARSE_PLUGINS": "", "COLUMNS": str(columns), "TERM": "xterm", **(env or {})}
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env=environment,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # Linux: nobody holds the other end any more
            break
        if not chunk:
            break
        shown += chunk
    os.close(ours)
    return process.wait(), shown.decode().replace("\r\n", "\n")


def wait_for_output(folder):
    """Until a process has opened its output: from then on it reads."""
    deadline = time.monotonic() + 60
    while not list(folder.glob(".*.tmp")):
        assert time.monotonic() < deadline
        time.sleep(0.05)


# parse: what comes out


def test_parse_of_a_folder_shows_both_articles_of_the_seed_in_a_pipe():
    done = run("parse", "seeds/")
    assert done.returncode == 0
    assert done.stderr == b""
    assert tuple(row["headline"] for row in rows(done.stdout)) == HEADLINES
    assert [len(row["body"]) for row in rows(done.stdout)] == [16, 4]


def test_parse_shows_a_summary_on_a_terminal():
    status, shown = on_terminal("parse", SEED, env={"NO_COLOR": "1"})
    assert status == 0
    first, *others = shown.splitlines()
    assert first == f"{SEED}: 2 articles, 10 lines set aside (6 caption_repeat, 2 headline_repeat, 2 marker)"
    assert max(map(len, others)) <= 100
    for headline in HEADLINES:
        assert f"  {headline}" in others
    assert "      SANA/via Reuters · near Qamishli, Syria · 2020-02" in others
    assert "    16 paragraphs" in others
    assert "    4 paragraphs" in others
    assert "\x1b" not in shown


def test_summary_is_coloured_on_a_terminal_that_wants_it():
    _, shown = on_terminal("parse", SEED, env={"NO_COLOR": ""})
    assert f"\x1b[1m{HEADLINES[0]}\x1b[0m" in shown


def test_summary_lets_no_control_sequence_of_the_text_through(tmp_path):
    evil = tmp_path / "evil.txt"
    evil.write_text(FERRY.replace("Ferry Returns", "Ferry \x1b]0;pwned\x07 Returns"))
    _, shown = on_terminal("parse", evil, env={"NO_COLOR": "1"})
    assert "Returns to Harbour After Storm" in shown
    assert "\x1b" not in shown
    assert "\x07" not in shown


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "markdown", "text"])
def test_parse_to_a_format_is_what_render_gives(name, tmp_path):
    (tmp_path / "ferry.txt").write_text(FERRY)
    done = run("parse", "ferry.txt", "--to", name, cwd=tmp_path)
    dump = newsparse.Parser(plugins=[]).parse(FERRY)
    assert done.returncode == 0
    if name in ("json", "jsonl"):
        # The file's articles know where they came from, that of the text alone does not.
        value = json.loads(done.stdout)
        article = value["articles"][0] if name == "json" else value
        assert article.pop("origin")["path"] == "ferry.txt"
        expected = newsparse.article_to_dict(dump.articles[0])
        expected.pop("origin")
        assert article == json.loads(json.dumps(expected))
    elif name == "csv":
        row = next(csv.DictReader(done.stdout.decode().splitlines()))
        assert row["headline"] == "Ferry Returns to Harbour After Storm"
        assert row["path"] == "ferry.txt"
    else:
        assert done.stdout.decode() == newsparse.Parser(plugins=[]).render(dump, name)


def test_json_of_several_inputs_is_one_object_with_their_issues(tmp_path):
    (tmp_path / "a.txt").write_text(FERRY)
    (tmp_path / "b.txt").write_bytes(FERRY.replace("tired", "müde").encode("cp1252"))
    done = run("parse", "a.txt", "b.txt", "--to", "json", cwd=tmp_path)
    value = json.loads(done.stdout)
    assert done.returncode == 0
    assert value["newsparse"]["version"] == newsparse.__version__
    assert len(value["articles"]) == 2
    assert [issue["code"] for issue in value["issues"]] == ["charset-guessed"]
    assert "b.txt" in done.stderr.decode()


def test_stdin_is_read_where_a_path_is_a_hyphen():
    done = run("parse", "-", stdin=FERRY.encode())
    assert [row["headline"] for row in rows(done.stdout)] == ["Ferry Returns to Harbour After Storm"]


def test_folders_are_walked_in_the_order_of_names(tmp_path):
    for name in ("b/2.txt", "a.txt", "b/1.txt", ".hidden/x.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FERRY.replace("Storm", f"Storm {name}"))
    done = run("parse", "in", cwd=tmp_path)
    assert [row["origin"]["path"] for row in rows(done.stdout)] == ["in/a.txt", "in/b/1.txt", "in/b/2.txt"]


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"TT\n"], ids=["empty", "blank", "no article"])
def test_an_input_without_articles_is_no_error(content, tmp_path):
    (tmp_path / "x.txt").write_bytes(content)
    done = run("parse", "x.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_broken_utf8_is_read_with_an_issue(tmp_path):
    (tmp_path / "x.txt").write_bytes(FERRY.encode().replace(b"hungry", b"hung\xffry"))
    done = run("parse", "x.txt", cwd=tmp_path)
    assert done.returncode == 0
    assert len(rows(done.stdout)) == 1
    assert b"x.txt" in done.stderr
    assert b"0xFF" in done.stderr


def test_the_encoding_can_be_named(tmp_path):
    (tmp_path / "x.txt").write_bytes(FERRY.replace("Ferry", "Паром").encode("cp1251"))
    done = run("parse", "x.txt", "--encoding", "cp1251", cwd=tmp_path)
    assert rows(done.stdout)[0]["headline"] == "Паром Returns to Harbour After Storm"


def test_reader_options_follow_its_name(tmp_path):
    (tmp_path / "x.dat").write_text(json.dumps({"id": 7, "words": FERRY, "text": "no"}) + "\n")
    done = run("parse", "x.dat", "--from", "jsonl:text=words", cwd=tmp_path)
    [row] = rows(done.stdout)
    assert row["headline"] == "Ferry Returns to Harbour After Storm"
    assert row["extra"]["id"] == 7 or row["extra"]["extra"]["id"] == 7


def test_the_number_of_articles_can_be_given(tmp_path):
    done = run("parse", SEED, "--articles", "1")
    assert len(rows(done.stdout)) == 1


# parse: where it goes


def test_the_suffix_of_the_output_decides_the_format(tmp_path):
    done = run("parse", SEED, "-o", tmp_path / "out.csv")
    assert (done.returncode, done.stdout) == (0, b"")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        assert tuple(row["headline"] for row in csv.DictReader(stream)) == HEADLINES


def test_the_named_format_goes_before_the_suffix(tmp_path):
    run("parse", SEED, "--to", "jsonl", "-o", tmp_path / "out.csv")
    assert len(rows((tmp_path / "out.csv").read_bytes())) == 2


def test_an_output_replaces_a_file_and_keeps_its_permissions(tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    out.chmod(0o600)
    assert run("parse", SEED, "-o", out).returncode == 0
    assert len(rows(out.read_bytes())) == 2
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [out]


def test_an_output_through_a_link_replaces_what_it_points_to(tmp_path):
    (tmp_path / "link.jsonl").symlink_to("real.jsonl")
    assert run("parse", SEED, "-o", tmp_path / "link.jsonl").returncode == 0
    assert (tmp_path / "link.jsonl").is_symlink()
    assert len(rows((tmp_path / "real.jsonl").read_bytes())) == 2


def test_an_output_that_is_a_hyphen_is_stdout(tmp_path):
    done = run("parse", ROOT / SEED, "-o", "-", cwd=tmp_path)
    assert len(rows(done.stdout)) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_device_is_written_to_and_stays_a_device():
    assert run("parse", SEED, "-o", "/dev/null").returncode == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_folder_gets_a_file_for_each_input(tmp_path):
    for name in ("in/a.txt", "in/deep/a.txt", "in/a.text", "in/empty.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("" if "empty" in name else FERRY)
    assert run("parse", "in", "--to", "markdown", "-o", "out/", cwd=tmp_path).returncode == 0
    made = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert made == ["a-1.md", "a.md", "deep/a.md", "empty.md"]
    assert (tmp_path / "out/deep/a.md").read_text().startswith("# Ferry Returns to Harbour After Storm\n")


def test_a_format_of_one_article_makes_a_file_for_each(tmp_path, plugin):
    done = run("parse", SEED, "--to", "one", "-o", f"{tmp_path}/out/", env=plugin)
    assert done.returncode == 0
    made = sorted((tmp_path / "out").iterdir())
    assert [path.name for path in made] == ["000_ea817f18116cfa36-1.one", "000_ea817f18116cfa36-2.one"]
    assert [path.read_text() for path in made] == [f"<one>{headline}</one>\n" for headline in HEADLINES]


@pytest.mark.parametrize("out", [(), ("-o", "out.one")], ids=["stdout", "file"])
def test_a_format_of_one_article_refuses_two_in_one_place(out, tmp_path, plugin):
    done = run("parse", ROOT / SEED, "--to", "one", *out, env=plugin, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "newsparse: one holds one article a file: name a folder, as -o articles/\n"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_names_of_files_never_leave_the_folder(tmp_path, plugin):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "..evil\n; rm.txt").write_text(FERRY.replace("Ferry Returns", "../../Ferry"))
    assert run("parse", "in/..evil\n; rm.txt", "--to", "one", "-o", "out/", env=plugin, cwd=tmp_path).returncode == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["evil-rm-1.one"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out", "site"]


def test_an_output_found_among_the_inputs_is_no_input(tmp_path):
    (tmp_path / "a.txt").write_text(FERRY)
    for _ in range(2):
        assert run("parse", ".", "-o", "out.jsonl", cwd=tmp_path).returncode == 0
    assert len(rows((tmp_path / "out.jsonl").read_bytes())) == 1
    for _ in range(2):
        assert run("parse", ".", "--to", "text", "-o", "out/", cwd=tmp_path).returncode == 0
    # The article in out.jsonl says that it is from a.txt, and goes to that file again.
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.txt"]


def test_an_output_that_is_an_input_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text(FERRY)
    done = run("parse", "a.txt", "-o", "a.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == b"newsparse: a.txt is an input: name another output with -o\n"
    assert (tmp_path / "a.txt").read_text() == FERRY


def test_after_a_fault_of_the_output_the_old_file_still_stands(tmp_path, plugin):
    out = tmp_path / "out" / "x.broken"
    out.parent.mkdir()
    out.write_text("old")
    done = run("parse", SEED, "-o", out, env=plugin)
    assert done.returncode == 1
    assert done.stderr.decode() == f"newsparse: {out}: No space left on device\n"
    assert out.read_text() == "old"
    assert list(out.parent.iterdir()) == [out]


def test_an_output_in_a_folder_that_is_not_there_is_named(tmp_path):
    done = run("parse", SEED, "-o", tmp_path / "nowhere" / "out.jsonl")
    assert done.returncode == 1
    assert done.stderr.decode() == f"newsparse: {tmp_path}/nowhere/out.jsonl: No such file or directory\n"


def test_a_plugin_that_fails_to_write_is_named(tmp_path, plugin):
    done = run("parse", SEED, "--to", "buggy", env=plugin)
    assert done.returncode == 1
    message = "plugin newsparse-testing 1.2 failed in writing buggy: KeyError: 'colour'"
    assert done.stderr.decode() == f"newsparse: {message}\n"


def test_a_full_disk_behind_a_pipe_is_named():
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, "parse", SEED], stdout=full, stderr=subprocess.PIPE, cwd=ROOT)
    assert done.returncode == 1
    assert done.stderr == b"newsparse: standard output: No space left on device\n"


# exit codes


def test_an_input_that_is_not_there_is_named_and_the_others_are_written(tmp_path):
    done = run("parse", tmp_path / "missing.txt", SEED)
    assert done.returncode == 1
    assert str(tmp_path / "missing.txt") in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1
    assert len(rows(done.stdout)) == 2


def test_an_input_that_is_cut_is_written_as_far_as_it_was_read(tmp_path):
    (tmp_path / "x.txt").write_text(FERRY + "\n" + FERRY)
    done = run("parse", "x.txt", "--from", f"text:limit={len(FERRY)}", "-o", "out.jsonl", cwd=tmp_path)
    assert done.returncode == 1
    assert b"x.txt" in done.stderr
    assert len(rows((tmp_path / "out.jsonl").read_bytes())) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param([], "newsparse: the following arguments are required: COMMAND", id="no command"),
        pytest.param(["pares", "x"], "invalid choice: 'pares'", id="unknown command"),
        pytest.param(["parse"], "required: PATH", id="no path"),
        pytest.param(["parse", SEED, "--to", "papyrus"], "unknown format 'papyrus'; known: csv, json", id="format"),
        pytest.param(["parse", SEED, "--to", "json:colour=red"], "json has no option 'colour'", id="format option"),
        pytest.param(["parse", SEED, "--to", "csv:rows=all"], "option rows takes article", id="format option's value"),
        pytest.param(["parse", SEED, "--to", "csv:rows"], "'rows' is no option", id="option without value"),
        pytest.param(
            ["parse", SEED, "--from", "stone"],
            "unknown reader 'stone'; known: csv, email, json, jsonl, mbox, text",
            id="reader",
        ),
        pytest.param(["parse", SEED, "--from", "text:x=1"], "text has no option 'x'", id="reader option"),
        pytest.param(["parse", SEED, "--source", "nowhere"], "unknown source 'nowhere'", id="source"),
        pytest.param(["parse", SEED, "--language", "tlh"], "unknown language 'tlh'", id="language"),
        pytest.param(["parse", SEED, "--encoding", "morse"], "unknown encoding 'morse'", id="encoding"),
        pytest.param(["parse", SEED, "--articles", "two"], "'two' is no whole number", id="articles"),
        pytest.param(["parse", SEED, "-o", "out.papyrus"], "no format has the suffix .papyrus", id="suffix"),
        pytest.param(["parse", SEED, "-p", "example"], "write no:NAME", id="plugin"),
        pytest.param(["lines", SEED, "--to", "csv"], "invalid choice: 'csv'", id="lines format"),
    ],
)
def test_wrong_usage_is_one_clear_line(arguments, message):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    [line] = done.stderr.decode().splitlines()
    assert line.startswith("newsparse")
    assert message in line
    assert not (ROOT / "out.papyrus").exists()


def test_a_reader_of_the_output_that_goes_away_is_no_error(tmp_path):
    (tmp_path / "many.txt").write_text((FERRY + "\n\n\n") * 2000)
    process = subprocess.Popen(
        [*COMMAND, "parse", str(tmp_path / "many.txt")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout.readline().startswith(b"{")
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
    process.stderr.close()


def test_ctrl_c_leaves_nothing_half_written(tmp_path):
    process = subprocess.Popen(
        [*COMMAND, "parse", "-", ROOT / SEED, "-o", str(tmp_path / "out.jsonl")],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        # A shell that runs the tests in the background has its processes ignore the signal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    wait_for_output(tmp_path)
    process.send_signal(signal.SIGINT)
    assert process.wait() == 130
    assert process.stderr.read() == b""
    assert list(tmp_path.iterdir()) == []
    process.stdin.close()
    process.stderr.close()


@pytest.mark.parametrize("rich", [True, False], ids=["rich", "no rich"])
def test_long_work_shows_how_far_it_has_come(rich, tmp_path):
    if not rich:
        (tmp_path / "rich").mkdir()
        (tmp_path / "rich" / "__init__.py").write_text("raise ImportError('not installed here')")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "parse", "-", SEED, "-o", str(tmp_path / "out.jsonl")],
        stdin=subprocess.PIPE,
        stderr=theirs,
        cwd=ROOT,
        env={**os.environ, "NEWSPARSE_PLUGINS": "", "PYTHONPATH": str(tmp_path), "TERM": "xterm", "COLUMNS": "80"},
    )
    os.close(theirs)
    wait_for_output(tmp_path)
    # Longer than it takes before anything is shown.
    time.sleep(1.5)
    process.communicate(FERRY.encode())
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert process.returncode == 0
    assert "1 dump, 1 article" in shown
    assert ("\r1 dump" in shown) is not rich


# lines, formats, plugins, help


def test_lines_shows_each_line_with_role_and_reasons():
    done = run("lines", SEED)
    head, *shown = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert head == SEED
    text = (ROOT / SEED).read_text(encoding="utf-8")
    assert len(shown) == len(text.splitlines())
    assert shown[0].split()[:5] == ["1", "headline", "0", "Misrata", "Militias"]
    assert shown[1].split() == ["2", "blank"]
    assert shown[4].split()[:2] == ["5", "marker"]
    assert "same_as_previous +" in shown[3]


def test_lines_as_jsonl_tile_the_text():
    text = (ROOT / SEED).read_text(encoding="utf-8")
    done = run("lines", SEED, "--to", "jsonl")
    found = rows(done.stdout)
    assert "".join(text[row["start"] : row["stop"]] for row in found) == text
    assert [row["line"] for row in found] == list(range(1, len(found) + 1))
    assert [row["line"] for row in found if row["role"] == "marker"] == [5, 50]
    assert {row["path"] for row in found} == {SEED}
    assert found[3]["role"] == "caption_repeat"
    assert "same_as_previous" in [reason["name"] for reason in found[3]["reasons"] if reason["weight"] > 0]


@pytest.mark.parametrize("command", ["lines", "formats", "plugins"])
def test_an_encoding_without_our_signs_gets_question_marks(command):
    paths = [SEED] if command == "lines" else []
    done = run(command, *paths, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0
    assert done.stdout.isascii()


def test_lines_of_a_missing_file_is_exit_code_1():
    done = run("lines", "no-such-file.txt")
    assert done.returncode == 1
    assert b"no-such-file.txt" in done.stderr


def test_lines_on_a_terminal_keeps_to_its_width():
    status, shown = on_terminal("lines", SEED, env={"NO_COLOR": "1"}, columns=80)
    assert status == 0
    assert max(map(len, shown.splitlines())) <= 80


def test_lines_on_a_terminal_are_in_the_colours_of_their_roles():
    status, shown = on_terminal("lines", SEED, env={"COLORTERM": "truecolor", "NO_COLOR": ""}, columns=100)
    assert status == 0
    rows = shown.splitlines()[1:]
    heads = {row.split("\x1b[0m")[0].split("m", 1)[0] for row in rows if " headline_repeat " in row}
    assert len(heads) == 1
    assert heads != {row.split("m", 1)[0] for row in rows if " body " in row}
    plain = [re.sub(r"\x1b\[[\d;]*m", "", row) for row in rows]
    assert max(map(len, plain)) <= 100
    assert plain == on_terminal("lines", SEED, env={"NO_COLOR": "1"}, columns=100)[1].splitlines()[1:]


def test_formats_lists_formats_and_readers_with_their_owner(plugin):
    shown = run("formats", env=plugin).stdout.decode()
    lines = {line.split()[0]: line for line in shown.splitlines() if line}
    assert {"csv", "json", "jsonl", "markdown", "sqlite", "standoff", "text", "one"} <= lines.keys()
    assert lines["one"].endswith("newsparse-testing 1.2")
    assert ".one" in lines["one"]
    assert "mark" in lines["one"]
    assert shown.count("\njsonl ") == 2


def test_plugins_lists_what_is_installed_and_what_failed(plugin, tmp_path):
    [row] = json.loads(run("plugins", "--json", env=plugin).stdout)
    assert row == {
        "name": "newsparse-testing",
        "version": "1.2",
        "registered": {"formats": ["broken", "buggy", "one"]},
        "faults": [],
    }
    (tmp_path / "site" / "newsparse_testing.py").write_text("import no_such_module")
    done = run("plugins", env=plugin)
    assert done.returncode == 0
    assert "newsparse-testing 1.2" in done.stdout.decode()
    assert "ModuleNotFoundError: No module named 'no_such_module'" in done.stdout.decode()


def test_plugins_all_shows_the_core_too():
    assert run("plugins").stdout.decode().startswith("no plugins")
    [row] = json.loads(run("plugins", "--all", "--json").stdout)
    assert row["name"] == "newsparse"
    assert row["registered"]["formats"] == ["csv", "json", "jsonl", "markdown", "sqlite", "standoff", "text"]


@pytest.mark.parametrize("name", ["newsparse-testing", "testing"], ids=["distribution", "entry point"])
def test_a_plugin_can_be_left_out(name, plugin):
    everything = {"PYTHONPATH": plugin["PYTHONPATH"]}
    environment = {key: value for key, value in os.environ.items() if key != "NEWSPARSE_PLUGINS"} | everything
    command = [*COMMAND, "parse", SEED, "--to", "one", "-p", f"no:{name}"]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment)
    assert done.returncode == 2
    assert b"unknown format 'one'" in done.stderr


def test_version_and_help_cost_no_import_of_the_parser():
    assert run("--version").stdout.decode() == f"newsparse {newsparse.__version__}\n"
    code = "import sys; from newsparse.cli import command_line; command_line().format_help(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, text=True, check=True)
    assert not {"attr", "attrs", "pluggy", "newsparse.parser", "rich", "importlib.metadata"} & set(done.stdout.split())


@pytest.mark.parametrize("command", [[], ["parse"], ["lines"], ["formats"], ["plugins"]], ids=" ".join)
def test_help_is_there_for_every_command(command):
    done = run(*command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(b"usage: newsparse")
