"""The HTTP API that an OpenAPI document promises, and whether the code keeps the promise.

The document is the one that `[contract]` names, or `openapi.yaml`, `openapi.yml` or `openapi.json` at the
root. Rules of severity error speak of what clients of the document meet; they are warnings where no
configuration names it.
"""

from __future__ import annotations

from typing import Final

from archlint.frameworks.contract.document import NAMES
from archlint.level import Level
from archlint.project import Project

LEVELS: Final = {"*": Level.NONE}


def detect(project: Project) -> bool:
    """Whether there is such a document."""
    return bool(project.config.contract.openapi) or any(name in project.files for name in NAMES)
