"""Objects that are made, and asked for their many-to-many relations before they are saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    from archlint.project.project import Project


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
    for trace, call in project.view(DataFlow).events(Called):
        if not isinstance(call.callee, ModelClass) or not isinstance(call.result, ModelObject):
            continue
        model = models.model(call.callee.model)
        if trace.function is None or not isinstance(model, DjangoModel) or not _is_numbered(model, call):
            continue
        joined = _joined(model)
        if not joined:
            continue
        found = _Use(call.form, joined)
        if any(trace.module.mentions(trace.function.fact, name) for name in joined):
            found.block(trace.module.statements(trace.function.fact))
        yield Unsaved(trace, call.form, model.key, found.relation, found.read)


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


class _Use:
    """Follows one name through the statements behind the one that binds it, in the same block."""

    def __init__(self, made: Expression, relations: frozenset[str]) -> None:
        self._made = made
        self._relations = relations
        self.name = ""
        self.relation = ""
        self.read: Expression | None = None

    def block(self, body: tuple[Form, ...]) -> None:
        """Find the binding; what follows it in its own block is looked at."""
        for index, statement in enumerate(body):
            if isinstance(statement, (DefineFunction, DefineClass, Lambda)):
                continue
            if isinstance(statement, (Assign, Annotate)) and self._binds(statement):
                for later in body[index + 1 :]:
                    if self._ends(later):
                        return
                return
            inner = [part for part in parts(statement) if not isinstance(part, Name)]
            if not self.name and inner:
                self.block(tuple(inner))

    def _binds(self, statement: Assign | Annotate) -> bool:
        targets = statement.targets if isinstance(statement, Assign) else (statement.target,)
        if statement.value is None or not isinstance(statement.value, Call):
            return False
        if (
            place(statement.value) != place(self._made)
            or len(targets) != 1
            or not isinstance(targets[0], Name)
        ):
            return False
        self.name = targets[0].id
        return True

    def _ends(self, form: Form) -> bool:
        """Whether the search is over: the relation is read, or the object is used in some other way."""
        if isinstance(form, (Try, Lambda)) or (isinstance(form, With) and _expects(form)):
            return self._mentions(form)
        if isinstance(form, Attribute) and isinstance(form.value, Name) and form.value.id == self.name:
            if form.attr in self._relations:
                self.relation, self.read = form.attr, form
            return form.attr in self._relations or form.attr == "pk"
        if isinstance(form, Call) and isinstance(form.function, Attribute):
            owner = form.function.value
            if isinstance(owner, Name) and owner.id == self.name:
                return True  # `save()`, or a method that may do it
        if isinstance(form, Name):
            return form.id == self.name
        if isinstance(form, Assign):
            return self._ends(form.value) or any(self._stores(target) for target in form.targets)
        return any(self._ends(part) for part in parts(form))

    def _mentions(self, form: Form) -> bool:
        if isinstance(form, Name) and form.id == self.name:
            return True
        return any(map(self._mentions, parts(form)))

    def _stores(self, target: Form) -> bool:
        """`post.text = …` goes on; a name that is bound anew ends it."""
        is_own = isinstance(target, Attribute) and isinstance(target.value, Name)
        if is_own and isinstance(target, Attribute) and target.value.id == self.name:  # type: ignore[union-attr]
            return target.attr in ("pk", "id")
        return self._ends(target)


def _expects(form: With) -> bool:
    """`with assertRaises(ValueError)`: that it fails is what is wanted."""
    calls = [item.context for item in form.items if isinstance(item.context, Call)]
    return any("raises" in last_name(call.function).lower() for call in calls)
