"""Work in several processes: the same bytes whatever their number and whatever happens to them."""

import json
import random
import re
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest

from benchmarks.kills import PLUGIN, command, disturbed, installed, stories
from newsparse.cli.progress import Progress
from newsparse.inputs import iter_documents
from newsparse.jobs import PART, Plan
from newsparse.plugins import load_plugins

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds its processes in /proc")

ROOT = Path(__file__).parent.parent
# Articles that end the process that parses them, and a reader that ends it while it reads.
DEADLY = (
    PLUGIN
    + """
import os
from newsparse import Document, Origin, Reader, hookimpl

def read(stream, context):
    for number, line in enumerate(stream, 1):
        if b"deadly" in line:
            os._exit(9)
        yield Document(line.decode(), Origin(context.path, record=number))

@hookimpl
def newsparse_register_readers():
    return [Reader("lots", (".lots",), lambda head, name: 100 * name.endswith(".lots"), read)]

@hookimpl
def newsparse_finalize_article(draft, context):
    if "Poison" in (draft.article.headline or ""):
        os._exit(9)
"""
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return installed(tmp_path_factory.mktemp("plugin") / "site", DEADLY)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """A folder with a file of many parts, small files, and one with a broken record."""
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "many.jsonl").write_text(stories(120))
    (folder / "small.txt").write_text("Rain Ends in Valley\n\nThe rain ended on Monday, the mayor said to reporters.\n")
    (folder / "broken.jsonl").write_text('{"text": "Ferry Returns\\n\\nThe ferry returned to the port."}\n{"text": \n')
    return folder


@pytest.fixture(scope="module")
def undisturbed(site, tmp_path_factory):
    """An input of many parts, and the output of a run to its end in two formats."""
    folder = tmp_path_factory.mktemp("undisturbed")
    source = folder / "stories.jsonl"
    source.write_text(stories(300))
    outputs = [folder / "out.jsonl", folder / "out.sqlite"]
    for out in outputs:
        assert run(command([str(source)], out), site).returncode == 0
    return source, {out.name: out.read_bytes() for out in outputs}


def run(arguments, environment):
    done = subprocess.run(arguments, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def headlines(path):
    return [json.loads(line)["headline"] for line in path.read_text().splitlines()]


# the plan


@pytest.fixture
def plugins():
    return load_plugins([])


def test_parts_of_a_large_file_hold_what_the_file_holds(tmp_path, plugins):
    path = tmp_path / "a.jsonl"
    path.write_text(stories(2600))
    parts = list(Plan((str(path),), plugins).parts())
    assert [part.number for part in parts] == list(range(len(parts)))
    assert len(parts) == -(-path.stat().st_size // PART) > 1
    assert sum(part.size for part in parts) == path.stat().st_size
    inputs = [item for part in parts for item in part.inputs]
    assert list(iter_documents(inputs, plugins)) == list(iter_documents(path, plugins))


def test_small_files_share_a_part_and_packed_ones_stay_whole(tmp_path, plugins):
    import gzip

    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Rain\n")
    # Random letters, so that it stays larger than a part.
    letters = random.Random(2).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=4_000_000)
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": "".join(letters)}).encode(), 1))
    assert (tmp_path / "c.jsonl.gz").stat().st_size > PART
    parts = list(Plan((str(tmp_path),), plugins).parts())
    assert [[Path(item).name for item in part.inputs] for part in parts] == [["a.txt", "b.txt"], ["c.jsonl.gz"]]


def test_a_file_without_line_ends_is_one_part(tmp_path, plugins):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "word " * PART}))
    [part] = Plan((str(path),), plugins).parts()
    assert part.inputs[0].stop == path.stat().st_size


# the same bytes


@pytest.mark.parametrize("name", ["out.jsonl", "out.standoff.jsonl", "out.sqlite"])
def test_the_bytes_are_the_same_for_every_number_of_processes(name, inputs, site, tmp_path):
    counts = (None, 1, 2, 3) if name == "out.jsonl" else (None, 2)
    found, told = [], []
    for jobs in counts:
        out = tmp_path / str(jobs) / name
        out.parent.mkdir()
        done = run(command([str(inputs)], out, *(() if jobs is None else ("--jobs", str(jobs)))), site)
        assert done.returncode == 0
        assert list(out.parent.iterdir()) == [out]
        found.append(out.read_bytes())
        told.append([line for line in done.stderr.splitlines() if " in, " not in line])
    assert len(set(found)) == 1
    assert all(lines == told[0] for lines in told)


def test_a_folder_gets_the_same_files(inputs, site, tmp_path):
    for jobs in ((), ("--jobs", "2")):
        run(command([str(inputs)], f"{tmp_path}/{len(jobs)}/", "--to", "text", *jobs), site)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "02")
    assert len(one) == 3
    assert one == two


def test_the_counts_say_what_became_of_every_document(inputs, site, tmp_path):
    done = run(command([str(inputs)], tmp_path / "out.jsonl", "--jobs", "2"), site)
    assert "123 documents in, 122 out, 1 lost (named above); 122 articles" in done.stderr
    assert "broken.jsonl, line 2" in done.stderr


def test_standard_output_gets_the_articles_too(inputs, site, tmp_path):
    done = run(command([str(inputs / "many.jsonl")], "-", "--jobs", "2"), site)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 120


# what may happen


@pytest.mark.parametrize(
    ("victim", "name", "parts"),
    [
        ("worker", "out.jsonl", 1),
        ("worker", "out.sqlite", 4),
        ("parent", "out.jsonl", 3),
        ("parent", "out.sqlite", 2),
        ("Ctrl-C", "out.jsonl", 0),
    ],
)
def test_a_run_that_was_hit_goes_on_to_the_same_bytes(victim, name, parts, undisturbed, site, tmp_path):
    source, whole = undisturbed

    def when_parts_are_done():
        while len(list(tmp_path.glob(".*.parts/*.done"))) < parts or not list(tmp_path.glob(".*.parts/plan")):
            time.sleep(0.002)

    assert disturbed([str(source)], tmp_path / name, site, victim, when_parts_are_done) == whole[name]


def test_what_was_done_is_not_done_again(site, tmp_path):
    source = tmp_path / "stories.jsonl"
    source.write_text(stories(300))
    out = tmp_path / "out.jsonl"
    process = subprocess.Popen(command([str(source)], out, "--jobs", "1"), env=site, cwd=ROOT, stderr=subprocess.PIPE)
    folder = tmp_path / ".out.jsonl.parts"
    while not list(folder.glob("*.done")):
        assert process.poll() is None
    process.kill()
    process.communicate()
    done = sorted(folder.glob("*.done"))
    report = json.loads(done[0].read_text())
    # A mark that only the earlier run could have left.
    report["articles"] += 1000
    done[0].write_text(json.dumps(report))
    again = run(command([str(source)], out, "--resume"), site)
    assert "300 documents in, 300 out; 1,300 articles" in again.stderr


def test_a_document_that_ends_its_process_twice_is_named_and_set_aside(site, tmp_path):
    source = tmp_path / "stories.jsonl"
    poison = json.dumps({"text": "Poison Found in River\n\nNothing more is known of it on Monday."}) + "\n"
    source.write_text(stories(40) + poison + stories(30, seed=2))
    out = tmp_path / "out.jsonl"
    done = run(command([str(source)], out, "--jobs", "2"), site)
    assert done.returncode == 1
    assert f"{source}:41: record 41: this document ended twice the process that parsed it" in done.stderr
    assert "71 documents in, 70 out, 1 lost (named above)" in done.stderr
    assert len(headlines(out)) == 70
    assert not any("Poison" in headline for headline in headlines(out))


def test_a_reader_that_ends_its_process_loses_the_rest_of_that_file_alone(site, tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    story = "Rain Ends in {}\n"
    (source / "a.lots").write_text(story.format("Valley") + "deadly\n" + story.format("Never"))
    (source / "b.lots").write_text(story.format("Port"))
    out = tmp_path / "out.standoff.jsonl"
    done = run(command([str(source)], out, "--jobs", "1"), site)
    assert done.returncode == 1
    assert "a.lots: what comes next in it ended twice the process that read it, and was set aside" in done.stderr
    texts = [json.loads(line)["text"] for line in out.read_text().splitlines()]
    assert texts == ["Rain Ends in Valley\n", "", "Rain Ends in Port\n"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-", "-o", "OUT", "--jobs", "2"], "standard input cannot be shared"),
        (["IN", "--to", "jsonl", "--resume"], "--resume goes on with an output file"),
        (["IN", "-o", "OUT", "--jobs", "0"], "at least 1"),
    ],
)
def test_what_cannot_be_done_in_processes_is_wrong_usage(arguments, message, inputs, site, tmp_path):
    names = {"IN": str(inputs), "OUT": str(tmp_path / "out.jsonl")}
    arguments = [names.get(argument, argument) for argument in arguments]
    done = run([sys.executable, "-m", "newsparse", "parse", *arguments], site)
    assert done.returncode == 2
    assert message in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_run_of_other_inputs_is_not_gone_on_with(site, tmp_path):
    source = tmp_path / "stories.jsonl"
    source.write_text(stories(10))
    folder = tmp_path / ".out.jsonl.parts"
    folder.mkdir()
    (folder / "plan").write_text("another")
    done = run(command([str(source)], tmp_path / "out.jsonl", "--resume"), site)
    assert done.returncode == 2
    assert "leave --resume out" in done.stderr


def test_the_counter_shows_the_rate_and_the_time_left(monkeypatch):
    terminal = StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", terminal)
    # As where rich is not installed, and for work that has taken a while.
    monkeypatch.setitem(sys.modules, "rich.console", None)
    monkeypatch.setattr("newsparse.cli.progress.PATIENCE_SECONDS", 0)
    with Progress(total=4_000_000) as progress:
        time.sleep(0.01)
        progress.show(1200, 1300, done=3_000_000, earlier=1_000_000)
    shown = terminal.getvalue()
    assert "1,200 dumps, 1,300 articles, " in shown
    assert re.search(r"[\d.]+ MB/s, 75%, 0:00:00 left", shown)
