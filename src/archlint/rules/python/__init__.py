"""What Python itself makes fail, whatever the framework.

Rules of severity error speak of what raises, or surely does nothing, when it is run.
"""

from __future__ import annotations

from typing import Final

from archlint.level import Level
from archlint.project import Project

LEVELS: Final = {"*": Level.NONE}


def detect(project: Project) -> bool:
    """Whether there is anything to wait for."""
    return any(fact.is_async for module in project.modules for fact in module.functions)
