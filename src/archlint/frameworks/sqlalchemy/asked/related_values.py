"""Values that relationships are given: objects of the class that they lead to, or something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import Expression
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.orm import Cardinality
from archlint.frameworks.sqlalchemy.asked.constructors import has_own_constructor, has_validators
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.values.cells import Cell
from archlint.frameworks.sqlalchemy.values.classes import ModelClass
from archlint.frameworks.sqlalchemy.values.instances import Collection, Instance
from archlint.frameworks.sqlalchemy.values.rows import Row, Rows
from archlint.project.flow.trace import Called, Trace, Written
from archlint.project.flow.values import NONE, Constant, Entries, Items, Many, Value, something

if TYPE_CHECKING:
    from archlint.frameworks.orm import Relation
    from archlint.frameworks.sqlalchemy.values.entity import Entity
    from archlint.project.project import Project

_ADDING: Final = frozenset({"add", "append"})
_PLAIN: Final = (Constant, Entries, Cell, Row, ModelClass)
"""What is no mapped object."""


class RelatedValue(msgspec.Struct, frozen=True):
    """One value that a relationship is given."""

    trace: Trace
    form: Expression
    entity: Entity
    relation: Relation
    problem: str
    """What is wrong with it, in words; empty where nothing is."""


def related_values(project: Project) -> Iterator[RelatedValue | None]:
    """Everything that relationships are given; None where nobody can tell what it is."""
    judge = _Judge(project)
    flow = project.view(DataFlow)
    for trace, called in flow.events(Called):
        if isinstance(called.callee, ModelClass):
            yield from judge.constructed(trace, called, called.callee.entity)
        elif called.name in _ADDING and called.receiver is not None and called.arguments.positional:
            for option in something(called.receiver):
                if isinstance(option, Collection):
                    value = called.arguments.positional[0]
                    yield judge.given(
                        trace, called.form, option.owner.entity, option.name, value, is_one=True
                    )
    for trace, written in flow.events(Written):
        for option in something(written.receiver):
            if isinstance(option, Instance):
                yield judge.given(trace, written.form, option.entity, written.name, written.value)


class _Judge:
    def __init__(self, project: Project) -> None:
        self._project = project
        self._lineage = project.view(Mappings).lineage

    def constructed(self, trace: Trace, called: Called, entity: Entity) -> Iterator[RelatedValue | None]:
        """What a constructor is given by name."""
        if has_own_constructor(self._lineage, entity.mapped):
            return
        forms = {keyword.name: keyword.value for keyword in called.form.keywords}
        for name, value in called.arguments.named:
            if name in entity.model.relations:
                yield self.given(trace, forms.get(name, called.form), entity, name, value)

    def given(
        self, trace: Trace, form: Expression, entity: Entity, name: str, value: Value, *, is_one: bool = False
    ) -> RelatedValue | None:
        """One value; `is_one` where it joins a collection."""
        relation, target = entity.relation(name), entity.target(name)
        if relation is None or target is None or not _is_plain(entity, relation):
            return None
        problem = _problem(relation, target, value, is_one=is_one)
        if problem and trace.arguments is not None and " not a " in problem:
            return None  # what a caller passes may go one way only: `if owner.kind == "group"`
        if problem is None or (problem and has_validators(self._project, entity.cls)):
            return None
        return RelatedValue(trace, form, entity, relation, problem)


def _is_plain(entity: Entity, relation: Relation) -> bool:
    """Whether it takes one object or a list of objects."""
    if relation.cardinality is Cardinality.UNKNOWN or "collection_class" in relation.options:
        return False
    return entity.lazy(relation.name) not in ("dynamic", "write_only", "")


def _problem(relation: Relation, target: Entity, value: Value, *, is_one: bool) -> str | None:
    """What is wrong with a value; empty for nothing, None where nobody can tell."""
    found = [
        _of_option(target, option, is_many=relation.cardinality.is_collection and not is_one)
        for option in something(value)
    ]
    if not found or None in found:
        return None
    return found[0] if all(found) else ""


def _of_option(target: Entity, value: Value, *, is_many: bool) -> str | None:
    if is_many:
        return _of_many(target, value)
    if isinstance(value, (Items, Many, Rows)):
        return f"takes one `{target.name}`, not several"
    return _of_one(target, value)


def _of_many(target: Entity, value: Value) -> str | None:
    if isinstance(value, Items):
        found = [_of_one(target, item) for item in value.items]
        return None if None in found else next((each for each in found if each), "")
    if isinstance(value, (Many, Rows)):
        return _of_one(target, value.of)
    if isinstance(value, (*_PLAIN, Instance)) and value != NONE:
        return f"takes a list of `{target.name}`"
    return None


def _of_one(target: Entity, value: Value) -> str | None:
    if isinstance(value, Instance):
        fits = value.entity.relates(target) or value.how == "given"
        return "" if fits else f"takes a `{target.name}`, not a `{value.entity.name}`"
    if isinstance(value, _PLAIN) and value != NONE:
        return f"takes objects of `{target.name}`"
    return None
