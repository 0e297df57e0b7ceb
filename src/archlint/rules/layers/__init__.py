"""The layers of the architecture, and who may use whom.

The layers are drawn in the configuration, from top to bottom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archlint.project import Project


def detect(project: Project) -> bool:
    """Whether there is a drawing to hold the code to."""
    return bool(project.config.layers)
