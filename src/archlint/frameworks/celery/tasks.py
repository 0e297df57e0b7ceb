"""Tasks that are passed themselves: `@app.task(bind=True, base=WithSession)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Site
from archlint.project.flow.semantics import Semantics

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.facts.expressions import Expression
    from archlint.project.flow.values import Value
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project


class CelerySemantics(Semantics):
    """What Celery passes to the functions that it runs."""

    @classmethod
    def of(cls, project: Project) -> CelerySemantics | None:
        """For a project that uses Celery."""
        return cls() if "celery" in project.imported else None

    def parameter(self, function: ProjectFunction, parameter: Parameter, site: Site) -> Value | None:
        """The task itself, an object of the class that its decorator names."""
        if not function.is_task_of_its_own or parameter.name != function.fact.parameters[0].name:
            return None
        named = map(_base, function.fact.decorators)
        base = next((each for each in named if each is not None), None)
        if base is None:
            return None
        from archlint.frameworks.data_flow import DataFlow  # which is made with this

        flow = site.project.view(DataFlow).flow
        place = flow.site(function.module)
        found = flow.instance_of(place.of(base), place)
        return None if found is UNKNOWN else found


def _base(decorator: Expression) -> Expression | None:
    """The class that a decorator is told to make the task of."""
    if not isinstance(decorator, Call):
        return None
    return next((keyword.value for keyword in decorator.keywords if keyword.name == "base"), None)
