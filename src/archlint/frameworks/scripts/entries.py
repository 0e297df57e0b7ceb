"""The modules that scripts start: by Python, or by a server that is told `module:application`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.frameworks.scripts.steps import Step, steps

if TYPE_CHECKING:
    from archlint.project.project import Project

PYTHON: Final = frozenset({"python", "python3"})
_SERVERS: Final = frozenset({"daphne", "gunicorn", "hypercorn", "uvicorn"})
_APPLICATION: Final = frozenset({"--app", "-A"})
_ELSEWHERE: Final = ("--app-dir", "--chdir", "--pythonpath", "--config", "-c")
"""Options of servers after which the module may be found somewhere else."""


class Started(msgspec.Struct, frozen=True):
    """What one command starts."""

    step: Step
    file: str = ""
    """The path of a file that is run itself."""

    module: str = ""
    """The dotted name of a module that is run or imported."""

    attribute: str = ""
    """What a server looks for in it; empty where the module is run."""


def started(project: Project) -> Iterator[Started]:
    """What the scripts of a project start, as far as it is written there."""
    for step in steps(project):
        if step.folder is None or "PYTHONPATH" in step.environment:
            continue
        words = list(step.words)
        if words[0] in PYTHON and words[1:2] == ["-m"] and words[2:3] and words[2] in {*_SERVERS, "flask"}:
            words = words[2:]
        if words[0] in _SERVERS:
            yield from _served(step, words)
        elif words[0] == "flask":
            yield from _of_flask(step, words)
        elif words[0] in PYTHON and len(words) > 1:
            yield from _run(step, words)


def _served(step: Step, words: list[str]) -> Iterator[Started]:
    if any(word.partition("=")[0] in _ELSEWHERE for word in words):
        return
    for word in words[1:]:
        text = step.filled_in(word)
        module, colon, attribute = (text or "").partition(":")
        name = attribute.partition("(")[0].partition(".")[0]
        if colon and name.isidentifier() and all(part.isidentifier() for part in module.split(".")):
            yield Started(step, module=module, attribute=name)
            return


def _of_flask(step: Step, words: list[str]) -> Iterator[Started]:
    """`flask --app shop.web:app run`, `FLASK_APP=shop.web flask run`; a factory may be called there."""
    text = step.filled_in(_application(words) or step.environment.get("FLASK_APP", ""))
    module, _, attribute = (text or "").partition(":")
    name = attribute.partition("(")[0]
    if module and all(part.isidentifier() for part in (*module.split("."), *filter(None, (name,)))):
        yield Started(step, module=module, attribute=name)


def _application(words: list[str]) -> str:
    """What `--app` is given."""
    for word, following in zip(words, (*words[1:], ""), strict=True):
        option, equals, joined = word.partition("=")
        if option in _APPLICATION:
            return joined if equals else following
    return ""


def _run(step: Step, words: list[str]) -> Iterator[Started]:
    if words[1] == "-m" and len(words) > 2:
        name = step.filled_in(words[2]) or ""
        if name and all(part.isidentifier() for part in name.split(".")):
            yield Started(step, module=name)
    elif words[1].endswith(".py") and (path := step.path(words[1])):
        yield Started(step, file=path)
