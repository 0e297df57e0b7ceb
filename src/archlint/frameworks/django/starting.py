"""What `django.setup()` runs once the models are there: before the first migration too.

https://docs.djangoproject.com/en/5.2/ref/applications/#django.apps.AppConfig.ready
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_CONFIGS = frozenset({"django.apps.AppConfig", "django.apps.config.AppConfig"})
_ASKING = ("argv", "environ", "getenv", "settings", "introspection", "post_migrate")
"""Names by which it finds out whether it had better leave the database alone."""


def runs_at_start(project: Project, function: ProjectFunction | None) -> bool:
    """Whether a function is the `ready()` of an app, whatever command is run."""
    if function is None or function.fact.name != "ready" or function.fact.owner < 0:
        return False
    if function.module.mentions(function.fact, *_ASKING):
        return False
    order = project.view(ClassHierarchy).order(ProjectClass(function.module, function.fact.owner))
    return any(isinstance(one, External) and one.name in _CONFIGS for one in order)
