"""The names by which a project uses FastAPI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.project.answer import External

if TYPE_CHECKING:
    from archlint.project.answer import Answer
    from archlint.project.project import Project

MARKERS: Final = frozenset({"Depends", "Security"})
ROUTERS: Final = frozenset({"FastAPI", "APIRouter"})


def is_used(project: Project) -> bool:
    """Whether anything imports FastAPI, or Starlette, on which it stands."""
    return bool(project.imported & {"fastapi", "starlette"})


def is_one_of(answer: Answer, names: frozenset[str]) -> bool:
    """Whether a name stands for something of FastAPI with one of these last names."""
    return isinstance(answer, External) and is_named(answer.name, names)


def is_named(name: str, names: frozenset[str]) -> bool:
    """Whether a dotted name is one of FastAPI's, with one of these last names."""
    root, _, rest = name.partition(".")
    return root == "fastapi" and rest.rpartition(".")[2] in names
