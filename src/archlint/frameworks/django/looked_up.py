"""Models that code looks up by their names: `apps.get_model("shop", "Order")`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from archlint.facts.expressions import Call
from archlint.facts.outline import last_name
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.frameworks.orm import Model
    from archlint.project.module import Module
    from archlint.project.project import Project

_NAME = "get_model"


class LookedUp(NamedTuple):
    """A model, and the call that looks it up."""

    model: Model
    module: Module
    form: Call


def looked_up_models(project: Project) -> Iterator[LookedUp]:
    """The calls of a project whose model is surely this one. What migrations look up is history."""
    models = project.view(DjangoModels)
    for module, scope, form in _calls(project):
        target = models.references.expression(None, form, module, scope)
        model = models.model(target.key) if target.key else None
        if model is not None:
            yield LookedUp(model, module, form)


def _calls(project: Project) -> Iterator[tuple[Module, str, Call]]:
    functions = project.view(Functions)
    for module in project.modules:
        if module.is_stub or "/migrations/" in f"/{module.path}" or not module.speaks_of(_NAME.encode()):
            continue
        for scope, summary in functions.bodies(module, _NAME):
            for site in summary.calls:
                if last_name(site.call.function) == _NAME:
                    yield module, scope, site.call
