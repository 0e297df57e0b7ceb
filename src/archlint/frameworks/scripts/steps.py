"""What a script runs, and in which folder, as far as its text tells."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.finding import Location
from archlint.frameworks.scripts.words import Command, commands
from archlint.project.files.tree import Tree

if TYPE_CHECKING:
    from archlint.project.project import Project

HERE: Final = "\0"
"""Stands for the folder of the script in a word."""

_LONGEST: Final = 50_000
_SELF: Final = r"(?:\$0|\$\{0\}|\$\{?BASH_SOURCE(?:\[0\])?\}?)"
_FOLDER: Final = re.compile(
    rf"""\$\(\s*dirname\s+(?:--\s+)?["']?(?:{_SELF}|\$\(\s*(?:readlink\s+-f|realpath)\s+(?:--\s+)?["']?"""
    rf"""{_SELF}["']?\s*\))["']?\s*\)|\$\{{(?:0|BASH_SOURCE(?:\[0\])?)%/\*\}}"""
)
_ENTERED = re.compile(
    r"""\$\(\s*cd\s+(?:-P\s+|--\s+)?["']?([^"'&;()]*)["']?\s*(?:>\s*/dev/null\s*(?:2>&1\s*)?)?&&\s*pwd(?:\s+-P)?\s*\)"""
)
_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_DEFAULTED = re.compile(r"\$\{(\w+):?-([^{}$`]*)\}")
_OPEN = re.compile(r"[$`*?\[\]{}~]")
_ASSIGNED = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_IN_FRONT: Final = frozenset({"env", "exec", "export", "nice", "nohup", "sudo", "time"})
_RUNNERS: Final = frozenset({"hatch", "pdm", "pipenv", "poetry", "uv"})
_ELSEWHERE = re.compile(
    r"(?:^|/)(?:[^/]*Dockerfile[^/]*|Containerfile|Vagrantfile|[^/]*compose[^/]*\.ya?ml)$"
)


class Step(msgspec.Struct, frozen=True):
    """A command with what is known where it runs."""

    script: str
    command: Command
    words: tuple[str, ...]
    """Of the program that does the work: `sudo`, `poetry run` and assignments in front taken off."""

    environment: Mapping[str, str]
    """What the script has set by then, or this command is given."""

    folder: str | None
    """Where it runs, from the root of the project; None where nobody can tell."""

    earlier: tuple[tuple[str, ...], ...]
    """The commands before."""

    def location(self) -> Location:
        """The place of the command."""
        at = self.command
        return Location(self.script, at.line, at.column, at.line, at.column + max(at.width, 1))

    def filled_in(self, word: str) -> str | None:
        """A word as the shell would have it, `HERE` for the script's folder; None where nobody can tell."""
        return _filled_in(word, self.environment)

    def path(self, word: str) -> str | None:
        """A path from the root of the project; None for one outside, and where nobody can tell."""
        text = self.filled_in(word)
        return None if text is None else _from_root(self.script, self.folder, text)


def steps(project: Project) -> Iterator[Step]:
    """What the scripts of a project run, each from the top."""
    for path in project.files:
        if path.endswith(".sh"):
            yield from _steps(project, path)


def is_laid_out_elsewhere(project: Project) -> bool:
    """Whether some file says how to lay the project out in a container, where its paths may be others."""
    return any(_ELSEWHERE.search(path) for path in project.files)


def _steps(project: Project, path: str) -> Iterator[Step]:
    text = project.text(path).text
    if len(text) > _LONGEST:
        return
    tree = project.view(Tree)
    environment: dict[str, str] = {}
    folder: str | None = path.rpartition("/")[0]
    folder = None if folder else ""  # who calls a script in a folder may do so from anywhere
    earlier: list[tuple[str, ...]] = []
    for command in commands(text):
        words, given = _program(command.words)
        here = {**environment, **_known(given, environment)}
        step = Step(path, command, words, here, folder, tuple(earlier))
        if words:
            yield step
        if not words or command.words[0] == "export":
            environment = _kept(environment, here, given, command)
        if words[:1] in (("cd",), ("pushd",)):
            there = step.path(words[1]) if len(words) > 1 and command.is_certain else None
            folder = there if there is not None and (not there or tree.is_folder(there)) else None
        elif words[:1] == ("popd",):
            folder = None
        earlier.append(command.words)


def _kept(
    before: dict[str, str], here: dict[str, str], given: Mapping[str, str], command: Command
) -> dict[str, str]:
    """The variables after an assignment; one that is not sure to happen leaves nothing known of its name."""
    unknown = [name for name in given if not command.is_certain or name not in _known(given, before)]
    return {
        **{name: text for name, text in here.items() if name not in unknown},
        **dict.fromkeys(unknown, "$"),
    }


def _known(given: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    found = {name: _filled_in(text, environment) for name, text in given.items()}
    return {name: text if text is not None else "$" for name, text in found.items()}


def _program(words: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, str]]:
    """What does the work in a command, and the variables that it sets."""
    given: dict[str, str] = {}
    rest = list(words)
    while rest:
        assigned = _ASSIGNED.fullmatch(rest[0])
        if assigned is not None:
            given[assigned[1]] = assigned[2]
        elif rest[0] in _RUNNERS and rest[1:2] == ["run"]:
            del rest[0]
        elif rest[0] not in _IN_FRONT:
            break
        del rest[0]
    return tuple(rest), given


def _filled_in(word: str, environment: Mapping[str, str]) -> str | None:
    text = _FOLDER.sub(HERE, word)
    text = _DEFAULTED.sub(lambda found: environment.get(found[1], found[2]), text)
    text = _VARIABLE.sub(lambda found: environment.get(found[1] or found[2], found[0]), text)
    text = _ENTERED.sub(lambda found: found[1].strip(), text)
    return None if _OPEN.search(text) else text


def _from_root(script: str, folder: str | None, text: str) -> str | None:
    if text.startswith(HERE):
        base: str | None = script.rpartition("/")[0]
        text = text[1:].lstrip("/")
    else:
        base = folder
    if base is None or text.startswith("/") or HERE in text:
        return None
    path = posixpath.normpath(posixpath.join(base, text)) if base or text else "."
    return None if path.startswith("..") else "" if path == "." else path
