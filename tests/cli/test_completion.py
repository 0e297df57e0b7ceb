"""Completion, asked for by the real shells."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_ASK = """
source "$1"
shift
compopt() { echo "compopt $1 $2"; }  # there is no completion under way that it could change
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_archlint_completion archlint
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """A PATH on which `archlint` is the one under test, called as a shell would."""
    program = tmp_path / "bin" / "archlint"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m archlint "$@"\n')
    program.chmod(0o755)
    return {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture(scope="module")
def script(tmp_path_factory) -> Path:
    """What the program tells bash to source."""
    command = [sys.executable, "-m", "archlint", "completion", "bash"]
    file = tmp_path_factory.mktemp("completion") / "script"
    file.write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)
    return file


@pytest.fixture
def complete(shop, surroundings, script):
    """What bash offers for the last of some words."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash on this machine")

    def ask(*words: str) -> list[str]:
        command = [bash, "--norc", "-c", _ASK, "bash", str(script), "archlint", *words]
        done = subprocess.run(command, cwd=shop, env=surroundings, capture_output=True, text=True, check=True)
        assert done.stderr == ""
        return [line for line in done.stdout.splitlines() if line]

    return ask


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["dom"], ["compopt -o default"]),
        (["expl"], ["compopt -o default", "explain"]),
        (["explain", "layers/up"], ["compopt -o default", "layers/upward-import"]),
        (["explain", "domain/o"], ["compopt -o default"]),
        (["check", "--select", "layers/upw"], ["layers/upward-import"]),
        (
            ["check", "--ignore", "layers/upward-import,imports/unr"],
            ["layers/upward-import,imports/unresolved"],
        ),
        (["--select", "sqlalc"], None),
        (["check", "--output-fo"], ["--output-format"]),
        (["--output-fo"], ["--output-format"]),
        (["domain", "--fail"], ["--fail-on"]),
        (["domain", "we"], ["compopt -o default"]),
        (["score", "--format", "sv"], ["svg"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
    ],
)
def test_what_bash_offers(complete, words, offered):
    found = complete(*words)
    if offered is None:
        assert {"sqlalchemy", "sqlalchemy/unknown-keyword"} <= set(found)
    else:
        assert found == offered


def test_all_commands_are_offered(complete):
    from archlint.cli.group import COMMANDS

    assert complete("") == ["compopt -o default", *COMMANDS]


def test_a_kept_list_of_rules_will_do(complete, shop, surroundings):
    command = [sys.executable, "-m", "archlint", "check"]
    subprocess.run(command, cwd=shop, env=surroundings, capture_output=True)
    assert (shop / ".archlint_cache" / "manifest.msgpack").is_file()
    assert complete("explain", "layers/up") == ["compopt -o default", "layers/upward-import"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_takes_the_script(shell, archlint, surroundings, tmp_path):
    result = archlint("completion", shell)
    assert (result.status, result.err) == (0, "")
    assert f"_ARCHLINT_COMPLETE={shell}_complete" in result.out
    program = shutil.which(shell)
    if program is not None:
        (tmp_path / "script").write_text(result.out)
        done = subprocess.run([program, "-n", str(tmp_path / "script")], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")


def test_fish_takes_lists_with_commas(archlint, shop, surroundings):
    assert 'string split ","' not in archlint("completion", "fish").out
    fish = shutil.which("fish")
    if fish is not None:
        ask = (
            "archlint completion fish | source; complete -C 'archlint check --ignore imports/unr,layers/upw'"
        )
        command = [fish, "--no-config", "-c", ask]
        done = subprocess.run(command, cwd=shop, env=surroundings, capture_output=True, text=True, check=True)
        assert done.stdout == "imports/unr,layers/upward-import\n"


def test_another_shell(archlint):
    result = archlint("completion", "csh")
    assert result.status == 2
    assert "csh" in result.err
