"""Objects that are made, and asked for their many-to-many relations before they are saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.expressions import Attribute, Call, Expression, Form, Lambda, Name, last_name
from archlint.facts.statements import Annotate, Assign, DefineClass, DefineFunction, Try, With
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects import ModelClass, ModelObject
from archlint.frameworks.orm import Cardinality
from archlint.frameworks.spots import place
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Constant
from archlint.project.summaries import parts

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project


_Bound: TypeAlias = "tuple[str, tuple[Form, ...]]"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A relation that is read too early; none where the object is saved, or leaves our sight, before."""

    trace: Trace
    made: Expression
    model: str
    name: str
    read: Expression | None


def unsaved(project: Project) -> Iterator[Unsaved]:
    """Every object of a model with such relations that is made by its class."""
    models = project.view(DjangoModels)
    bound: dict[ProjectFunction, dict[tuple[int, int], _Bound]] = {}
    for trace, call in project.view(DataFlow).events(Called):
        if not isinstance(call.callee, ModelClass) or not isinstance(call.result, ModelObject):
            continue
        model = models.model(call.callee.model)
        if trace.function is None or not isinstance(model, DjangoModel) or not _is_numbered(model, call):
            continue
        joined = _joined(model)
        if not joined:
            continue
        read: Attribute | None = None
        if trace.module.mentions(trace.function.fact, *joined):
            if trace.function not in bound:
                bound[trace.function] = dict(_bound(trace.module.statements(trace.function.fact)))
            read = _first_use(bound[trace.function].get(place(call.form)), joined)
        yield Unsaved(trace, call.form, model.key, read.attr if read is not None else "", read)


def _is_numbered(model: DjangoModel, call: Called) -> bool:
    """Whether the database gives the key: none is passed, and none is worked out."""
    key = model.primary_key
    if key is None or "AutoField" not in str(getattr(key, "kind", "")) or model.is_open:
        return False
    passed = {name for name, value in call.arguments.named if value != Constant(None)}
    return not call.arguments.is_open and not call.arguments.positional and not {"pk", key.name} & passed


def _joined(model: DjangoModel) -> frozenset[str]:
    many = (one for one in model.relations.values() if one.cardinality is Cardinality.MANY_TO_MANY)
    return frozenset(one.name for one in many if one.kind.startswith("django.db.models."))


def _bound(body: tuple[Form, ...]) -> Iterator[tuple[tuple[int, int], _Bound]]:
    """The names that are bound to calls, by the places of those, with what follows in the same block."""
    for index, statement in enumerate(body):
        if isinstance(statement, (DefineFunction, DefineClass, Lambda)):
            continue
        if isinstance(statement, (Assign, Annotate)):
            targets = statement.targets if isinstance(statement, Assign) else (statement.target,)
            if isinstance(statement.value, Call) and len(targets) == 1 and isinstance(targets[0], Name):
                yield place(statement.value), (targets[0].id, body[index + 1 :])
        yield from _bound(tuple([part for part in parts(statement) if not isinstance(part, Name)]))


def _first_use(bound: _Bound | None, relations: frozenset[str]) -> Attribute | None:
    """The read of a relation that comes before any other use of the object."""
    if bound is None:
        return None
    use = _Use(bound[0], relations)
    any(map(use.ends, bound[1]))
    return use.read


class _Use:
    """Follows one name through the statements behind the one that binds it."""

    def __init__(self, name: str, relations: frozenset[str]) -> None:
        self._name = name
        self._relations = relations
        self.read: Attribute | None = None

    def ends(self, form: Form) -> bool:
        """Whether the search is over: the relation is read, or the object is used in some other way."""
        if isinstance(form, (Try, Lambda)) or (isinstance(form, With) and _expects(form)):
            return self._mentions(form)
        if isinstance(form, Attribute) and isinstance(form.value, Name) and form.value.id == self._name:
            if form.attr in self._relations:
                self.read = form
            return form.attr in self._relations or form.attr == "pk"
        if isinstance(form, Call) and isinstance(form.function, Attribute):
            owner = form.function.value
            if isinstance(owner, Name) and owner.id == self._name:
                return True  # `save()`, or a method that may do it
        if isinstance(form, Name):
            return form.id == self._name
        if isinstance(form, Assign):
            return self.ends(form.value) or any(self._stores(target) for target in form.targets)
        return any(self.ends(part) for part in parts(form))

    def _mentions(self, form: Form) -> bool:
        if isinstance(form, Name) and form.id == self._name:
            return True
        return any(map(self._mentions, parts(form)))

    def _stores(self, target: Form) -> bool:
        """`post.text = …` goes on; a name that is bound anew ends it."""
        is_own = isinstance(target, Attribute) and isinstance(target.value, Name)
        if is_own and isinstance(target, Attribute) and target.value.id == self._name:  # type: ignore[union-attr]
            return target.attr in ("pk", "id")
        return self.ends(target)


def _expects(form: With) -> bool:
    """`with assertRaises(ValueError)`: that it fails is what is wanted."""
    calls = [item.context for item in form.items if isinstance(item.context, Call)]
    return any("raises" in last_name(call.function).lower() for call in calls)
