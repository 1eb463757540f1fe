"""The scripts of ``newsparse completion`` complete what the command line takes, in the shells themselves."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("shtab", reason="shtab, which writes the scripts, is missing: pip install newsparse[completion]")

# What bash does when somebody presses Tab behind the last word.
TAB = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
_shtab_newsparse
printf '%s\\n' "${COMPREPLY[@]}"
"""


def script_for(shell: str, folder: Path) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "newsparse", "completion", shell], capture_output=True, text=True, check=True
    )
    path = folder / f"newsparse.{shell}"
    path.write_text(done.stdout, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def bash_script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    return script_for("bash", tmp_path_factory.mktemp("completion"))


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        pytest.param(["le"], {"learn"}, id="command"),
        pytest.param(["parse", "--res"], {"--resume"}, id="option"),
        pytest.param(["parse", "--to", "json"], {"json", "jsonl"}, id="format"),
        pytest.param(["parse", "--from", "mb"], {"mbox"}, id="reader"),
        pytest.param(["lines", "--to", "ta"], {"table"}, id="choice"),
        pytest.param(["plugin", "n"], {"new"}, id="command below a command"),
        pytest.param(["view", "har"], {"harbour.txt"}, id="path"),
        pytest.param(["parse", "--profile", "har"], {"harbour.txt"}, id="file of an option"),
    ],
)
def test_bash_completes(bash_script: Path, tmp_path: Path, words: list[str], offered: set[str]) -> None:
    (tmp_path / "harbour.txt").touch()
    command = ["bash", "-c", TAB, "bash", str(bash_script), "newsparse", *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    # Plugins that are installed may offer more of the same beginning.
    found = set(done.stdout.split())
    assert offered <= found
    assert all(word.startswith(words[-1]) for word in found)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_takes_its_script(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    subprocess.run([shell, "-n", str(script_for(shell, tmp_path))], check=True)


def test_without_shtab_one_line_says_what_to_install() -> None:
    code = "import sys; sys.modules['shtab'] = None; from newsparse.cli import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", code, "completion", "bash"], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "newsparse: completion needs shtab: python -m pip install shtab\n"
