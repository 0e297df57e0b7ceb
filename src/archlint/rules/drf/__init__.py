"""How a project uses Django REST framework: serializers, views, routers.

Serializers are compared with their models, views with what REST framework asks of them. Rules of severity
error speak of what raises when the code runs, often only at the first request.
"""

from __future__ import annotations

from typing import Final

from archlint.level import Level
from archlint.project import Project

LEVELS: Final = {"*": Level.NONE}


def detect(project: Project) -> bool:
    """Whether anything imports REST framework."""
    return "rest_framework" in project.imported
