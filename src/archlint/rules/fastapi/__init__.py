"""How a project uses FastAPI: routes and their order, what handlers take, what they depend on.

Rules of severity error speak of what raises as soon as the module is imported or a request comes.
"""

from __future__ import annotations

from typing import Final

from archlint.frameworks.fastapi.names import is_used
from archlint.level import Level
from archlint.project import Project

LEVELS: Final = {"*": Level.NONE}


def detect(project: Project) -> bool:
    """Whether anything imports FastAPI, or Starlette, whose routes it has."""
    return is_used(project)
