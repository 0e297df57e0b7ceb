"""What Python itself makes fail, whatever the framework.

Rules of severity error speak of what raises, or surely does nothing, when it is run.
"""

from __future__ import annotations

from typing import Final

from archlint.level import Level
from archlint.project import Project

LEVELS: Final = {"*": Level.NONE}


def detect(project: Project) -> bool:
    """Whether there is anything to run."""
    return any(module.functions for module in project.modules)
