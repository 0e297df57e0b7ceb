"""Objects that are made, and used as if they were saved before they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.facts.expressions import Call, Expression, Form, Name
from archlint.facts.forms import parts
from archlint.facts.statements import Annotate, Assign, Case, For, Handler, If, Match, Try, While, With
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.model_object import ModelClass, ModelObject
from archlint.frameworks.django.version import Version
from archlint.frameworks.django.writes.unsaved_use import Refusals, Use
from archlint.frameworks.orm import Cardinality
from archlint.frameworks.places.expressions import place
from archlint.project.classes import ClassHierarchy
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Constant

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project


_Bound: TypeAlias = "tuple[str, tuple[Form, ...]]"
_Place: TypeAlias = "tuple[int, int]"


class Unsaved(msgspec.Struct, frozen=True):
    """A use that comes too early; none where the object is saved, or leaves our sight, before."""

    trace: Trace
    made: Expression
    model: str
    said: str
    """What is done with the object: `read`, `given to `create()``."""

    use: Expression | None


def unsaved(project: Project) -> Iterator[Unsaved]:
    """Every object that is made by the class of a model whose keys the database gives."""
    models, hierarchy = project.view(DjangoModels), project.view(ClassHierarchy)
    bound: dict[ProjectFunction, dict[_Place, _Bound]] = {}
    refusals: dict[int, Refusals] = {}
    compares = not project.view(Version).is_before("5")
    for trace, call in project.view(DataFlow).events(Called):
        if not isinstance(call.callee, ModelClass) or not isinstance(call.result, ModelObject):
            continue
        model = models.model(call.callee.model)
        if trace.function is None or not isinstance(model, DjangoModel) or not _is_numbered(model, call):
            continue
        if id(trace) not in refusals:
            refusals[id(trace)] = Refusals(models, hierarchy, trace, compares=compares)
        if trace.function not in bound:
            bound[trace.function] = dict(_bound(trace.module.statements(trace.function.fact)))
        use = Use(model, _joined(model), refusals[id(trace)])
        use.follow(call.form, bound[trace.function].get(place(call.form)))
        yield Unsaved(trace, call.form, model.key, use.said, use.found)


def _is_numbered(model: DjangoModel, call: Called) -> bool:
    """Whether the database gives the key: none is passed, and none is worked out."""
    key = model.primary_key
    if key is None or "AutoField" not in str(getattr(key, "kind", "")) or model.is_open:
        return False
    passed = {name for name, value in call.arguments.named if value != Constant(None)}
    return not call.arguments.is_open and not call.arguments.positional and not {"pk", key.name} & passed


def _joined(model: DjangoModel) -> frozenset[str]:
    """The relations to many that hold the key of both sides, or of this one in rows of the other."""
    found = (one for one in model.relations.values() if one.cardinality in _TO_MANY)
    return frozenset(one.name for one in found if one.kind.startswith("django.db.models."))


_TO_MANY = frozenset({Cardinality.MANY_TO_MANY, Cardinality.ONE_TO_MANY})


_HOLDING = frozenset({Case, For, Handler, If, Match, Try, While, With})
"""What has statements in it."""


def _bound(body: tuple[Form, ...]) -> Iterator[tuple[tuple[int, int], _Bound]]:
    """The names that are bound to calls, by the places of those, with what follows in the same block."""
    for index, statement in enumerate(body):
        if isinstance(statement, (Assign, Annotate)):
            targets = statement.targets if isinstance(statement, Assign) else (statement.target,)
            if isinstance(statement.value, Call) and len(targets) == 1 and isinstance(targets[0], Name):
                yield place(statement.value), (targets[0].id, body[index + 1 :])
        elif statement.__class__ in _HOLDING:
            yield from _bound(tuple([part for part in parts(statement) if not isinstance(part, Name)]))
