"""Scripts are taken apart into commands, and followed from folder to folder."""

from __future__ import annotations

import pytest

from archlint.frameworks.scripts.words import commands


def words(text: str) -> list[tuple[str, ...]]:
    return [command.words for command in commands(text)]


def test_quotes_comments_and_joined_lines() -> None:
    text = '# start\npip install \\\n  -r \'the list.txt\' # all\ncd "$(dirname "$0")" && echo "a;b"'
    assert words(text) == [
        ("pip", "install", "-r", "the list.txt"),
        ("cd", '$(dirname "$0")'),
        ("echo", "a;b"),
    ]


def test_here_documents_are_no_commands() -> None:
    assert words("cat <<EOF\ncd nowhere\nEOF\nls") == [("cat", "<<EOF"), ("ls",)]


@pytest.mark.parametrize(
    "text",
    [
        "if [ -d x ]; then\n  cd x\nfi",
        "wait() {\n  cd x\n}",
        "wait()\n{\n  cd x\n}",
        "( cd x )",
        "[ -d x ] && cd x",
        "cd x || cd y",
        "while true; do cd x; done",
        "case $1 in\n a) cd x ;;\nesac",
    ],
)
def test_what_may_not_run_is_not_certain(text: str) -> None:
    assert not next(command for command in commands(text) if command.words == ("cd", "x")).is_certain


@pytest.mark.parametrize(
    "text",
    ["cd x", "cd x || exit 1", "cd x && ls", "if true; then ls; else pwd; fi\ncd x", "f() { ls; }\ncd x"],
)
def test_what_surely_runs_is_certain(text: str) -> None:
    assert next(command for command in commands(text) if command.words == ("cd", "x")).is_certain
