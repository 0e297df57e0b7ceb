"""How a project is started: what its scripts run, and whether that is there.

Rules of severity error speak of what fails whenever the script is run.
"""

from __future__ import annotations

from typing import Final

from archlint.level import Level
from archlint.project import Project

LEVELS: Final = {"*": Level.NONE}


def detect(project: Project) -> bool:
    """Whether there is a script of the shell."""
    return any(path.endswith(".sh") for path in project.files)
