"""The programs that scripts start and that come with a distribution from outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.frameworks.scripts.entries import PYTHON
from archlint.frameworks.scripts.steps import is_laid_out_elsewhere, steps

if TYPE_CHECKING:
    from archlint.finding import Location
    from archlint.project.project import Project

_PROGRAMS: Final = frozenset({"alembic", "celery", "daphne", "granian", "gunicorn", "hypercorn", "uvicorn"})
"""Those that are called as their distribution is."""


class Program(msgspec.Struct, frozen=True):
    """One that a script starts."""

    script: str
    where: Location
    name: str


def programs(project: Project) -> Iterator[Program]:
    """Those of scripts, as far as neither a container nor the script itself may have installed them."""
    if is_laid_out_elsewhere(project):
        return
    for step in steps(project):
        name = step.words[2] if _is_module(step.words) else step.words[0]
        if name not in _PROGRAMS or not step.command.is_certain:
            continue
        if not any(name in word for words in step.earlier for word in words):
            yield Program(step.script, step.location(), name)


def _is_module(words: tuple[str, ...]) -> bool:
    return len(words) > 2 and words[0] in PYTHON and words[1] == "-m"
