"""Where code makes objects of an abstract model, or asks for its rows: there is no table for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Expression, Name
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.model_object import ModelClass
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.refusals.refused import Refused, refusal
from archlint.frameworks.django.version import Version
from archlint.project.classes import ClassHierarchy
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Value
from archlint.project.scopes import Scopes
from archlint.project.tries import is_tried

if TYPE_CHECKING:
    from archlint.project.flow.trace import Trace
    from archlint.project.project import Project

_HINT = "use a model that inherits from it"


def abstract_uses(project: Project) -> Iterator[Refused | None]:
    """Every such place that names the abstract class itself."""
    models = project.view(DjangoModels)
    abstract = {model.key: model for model in models.declared() if model.is_abstract}
    may_be_made = bool(abstract) and project.view(Version).is_before("3.2")
    for trace, event in project.view(DataFlow).events(Called) if abstract else ():
        function = event.form.function
        if isinstance(event.callee, ModelClass):
            model = abstract.get(event.callee.model)
            if model is None or may_be_made or not _is_named(project, trace, function, model):
                yield None
                continue
            yield refusal(project, trace, event, (f"`{model.name}` is abstract and has no objects", _HINT))
        elif isinstance(function, Attribute) and (model := _asked(abstract, event.receiver)) is not None:
            manager = function.value
            is_hidden = isinstance(manager, Attribute) and manager.attr.startswith("_")  # there, if of no use
            if is_hidden or is_tried(trace.module, event.form.line, "AttributeError"):
                yield None
            elif isinstance(manager, Attribute) and _is_named(project, trace, manager.value, model):
                said = f"`{model.name}` is abstract and has no `{manager.attr}`", _HINT
                yield refusal(project, trace, event, said)


def _asked(abstract: dict[str, DjangoModel], receiver: Value | None) -> DjangoModel | None:
    if not isinstance(receiver, QuerySet) or not receiver.is_manager:
        return None
    return abstract.get(receiver.model)


def _is_named(project: Project, trace: Trace, form: Expression, model: DjangoModel) -> bool:
    """Whether a name stands for the class and not for what inherits from it, as `cls` and `self` do."""
    if not isinstance(form, (Name, Attribute)):
        return False
    scope = trace.function.fact.qualname if trace.function is not None else ""
    found = project.view(ClassHierarchy).of(project.view(Scopes).resolve(trace.module, scope, form))
    return found is not None and found == model.cls
