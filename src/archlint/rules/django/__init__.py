"""How a project uses Django: its models, queries, transactions, URLs and REST framework.

Models, fields and relations are read from the source, and query sets are followed through variables,
functions, managers and modules. Rules of severity error speak of what fails when the code runs.
"""

from __future__ import annotations

from typing import Final

from archlint.level import Level
from archlint.project import Project

LEVELS: Final = {
    "*": Level.ORM,
    "bare-view-class": Level.NONE,
    "incomplete-admin-settings": Level.NONE,
    "mismatched-url-parameter": Level.NONE,
    "missing-settings-module": Level.NONE,
    "missing-view": Level.NONE,
    "shadowed-url": Level.NONE,
    "unresolved-setting": Level.NONE,
    "unreversible-url": Level.NONE,
    "unsupported-lookup": Level.DATABASE,
}


def detect(project: Project) -> bool:
    """Whether anything imports Django, or is a settings module, which often imports nothing."""
    return "django" in project.imported or any(
        module.binds("INSTALLED_APPS") is not None for module in project.modules
    )
