"""Hybrid properties and methods, asked of the class: their bodies run in queries, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Literal, Name, Operation, Template
from archlint.facts.statements import Evaluate, Return
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.values.expressions import PythonProperty, PythonTruth, Selectable
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.values import Arguments, Closure, Value
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.values.entity import Entity
    from archlint.project.flow.behaviour import Site

_KINDS = {"hybrid_property", "hybrid_method"}
_INSTEAD = {"expression", "comparator"}
"""What a hybrid may have for queries, besides its own body."""


def hybrid_of(entity: Entity, of: Selectable, name: str, site: Site) -> Value | None:
    """What a hybrid of a class or alias is in a query, where its body has to be run to know that.

    A method, not called yet; what Python answers itself. None for all else.
    """
    known = entity.model.properties.get(name)
    kind = known.kind.rpartition(".")[2] if known is not None else ""
    if kind not in _KINDS:
        return None
    body = _body(site.project.view(ClassHierarchy).order(entity.cls), name, kind)
    if body is None:
        return None
    asked = Closure(body, of)
    if kind == "hybrid_method":
        return asked
    if _gives_text(body):
        place = Place(body.module, body.fact.line, body.fact.column)
        return PythonProperty(entity.name, name, place, is_text=True)
    result = site.call(asked, Arguments())
    return result if isinstance(result, PythonTruth) else None


def is_asked_of_class(function: ProjectFunction | None, receiver: Value | None) -> bool:
    """Whether a run is that of a hybrid in a query."""
    return (
        function is not None
        and isinstance(receiver, Selectable)
        and not _KINDS.isdisjoint(function.decorators)
    )


def _body(order: tuple[object, ...], name: str, kind: str) -> ProjectFunction | None:
    """The function behind a hybrid; None where queries have another."""
    for ancestor in order:
        if not isinstance(ancestor, ProjectClass):
            continue
        found = tuple(_functions(ancestor, name))
        if any(_replaces(each, name) for function in found for each in function.fact.decorators):
            return None
        bodies = [function for function in found if kind in function.decorators]
        if bodies:
            return bodies[0] if len(bodies) == 1 else None
    return None


def _gives_text(body: ProjectFunction) -> bool:
    """Whether Python puts a text together, whatever the attributes are: `f"{self.first} {self.last}"`."""
    steps = [
        step
        for step in body.module.statements(body.fact)
        if not (isinstance(step, Evaluate) and isinstance(step.value, Literal))
    ]
    made = steps[0].value if len(steps) == 1 and isinstance(steps[0], Return) else None
    if isinstance(made, Operation) and made.operator == "%":
        return _is_text(made.operands[0])
    if isinstance(made, Call) and isinstance(made.function, Attribute) and made.function.attr == "format":
        return _is_text(made.function.value)
    return isinstance(made, Template)


def _is_text(form: Expression) -> bool:
    return isinstance(form, Literal) and isinstance(form.value, str)


def _functions(cls: ProjectClass, name: str) -> Iterator[ProjectFunction]:
    """The functions of a class of a name, and those that something of that name decorates."""
    for index, fact in enumerate(cls.module.functions):
        if fact.owner != cls.index:
            continue
        if fact.name == name or any(_replaces(decorator, name) for decorator in fact.decorators):
            yield ProjectFunction(cls.module, index)


def _replaces(decorator: Expression, name: str) -> bool:
    """`@name.expression`, `@name.inplace.expression`."""
    if not isinstance(decorator, Attribute) or decorator.attr not in _INSTEAD:
        return False
    of = decorator.value
    of = of.value if isinstance(of, Attribute) and of.attr == "inplace" else of
    return isinstance(of, Name) and of.id == name
