"""The query set of a view, where it has one and no other.

https://docs.djangoproject.com/en/stable/ref/class-based-views/mixins-multiple-object/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.made_sets import made_query_set
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.project.flow.values import Object

if TYPE_CHECKING:
    from archlint.frameworks.django.query.sets.query_set import QuerySet
    from archlint.project.classes import ProjectClass
    from archlint.project.project import Project


def only_query_set(project: Project, cls: ProjectClass) -> QuerySet | None:
    """The query set of the views of a class, where it is surely this one."""
    site = project.view(DataFlow).flow.site(cls.module)
    sets = query_sets(made_query_set(project, Object(cls), site)[0])
    return sets[0] if sets is not None and len(sets) == 1 else None
