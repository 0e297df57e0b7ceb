"""The objects that code gives to relations: managers of many, constructors, attributes, conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.objects.related_managers import (
    TAKE_OBJECTS,
    each_given,
    relation_behind,
)
from archlint.frameworks.django.query.paths import Verdict
from archlint.frameworks.django.refusals.all_paths import AskedPaths
from archlint.frameworks.django.writes.given import Givens
from archlint.frameworks.orm import Relation
from archlint.project.flow.telling import is_telling
from archlint.project.flow.trace import Called, Written
from archlint.project.flow.values import Constant, Items, Value, only

if TYPE_CHECKING:
    from archlint.finding import Location
    from archlint.project.module import Module
    from archlint.project.project import Project


class RelatedValue(msgspec.Struct, frozen=True):
    """One value that is given to a relation."""

    relation: Relation
    value: Value
    location: Location
    is_kept: bool = False
    """It becomes what the relation leads to, and is not only compared with that."""

    takes_key: bool = False
    """It is given to the attribute that holds the key: `customer_id`."""

    is_added: bool = False
    """It is given to the manager of a relation to many."""


def related_values(project: Project) -> Iterator[RelatedValue]:
    """Every value of which a framework knows something that is given to a relation that is known."""
    yield from _to_managers(project)
    yield from _to_models(project)
    yield from _to_attributes(project)
    yield from _asked(project)


def _to_managers(project: Project) -> Iterator[RelatedValue]:
    """`profile.contacts.add(other)`."""
    models = project.view(DjangoModels)
    for trace, event in project.view(DataFlow).events(Called):
        if event.name not in TAKE_OBJECTS:
            continue
        relation = relation_behind(models, event)
        if relation is None:
            continue
        location = _place(project, trace.module, event.form.line, event.form.column)
        for argument in event.arguments.positional:
            site = project.view(DataFlow).flow.site(trace.module)
            for value in filter(is_telling, each_given(argument, site)):
                yield RelatedValue(relation, value, location, is_added=True)


def _to_models(project: Project) -> Iterator[RelatedValue]:
    """`Order(customer=user)`, `create(customer=user)`."""
    for given in project.view(Givens):
        if not _is_known(given.value):
            continue
        relation = _to_one(given.model, given.name)
        if relation is not None:
            end = given.column + len(given.name)
            place = project.location(given.module, given.line, given.column, given.line, end)
            takes_key = given.name == relation.attribute
            yield RelatedValue(relation, given.value, place, given.is_new, takes_key)


def _to_attributes(project: Project) -> Iterator[RelatedValue]:
    """`order.customer = user`."""
    models = project.view(DjangoModels)
    for trace, event in project.view(DataFlow).events(Written):
        if not _is_known(event.value):
            continue
        owners = only(event.receiver, ModelObject)
        model = models.model(owners[0].model) if len(owners) == 1 else None
        if not isinstance(model, DjangoModel):
            continue
        relation = _to_one(model, event.name)
        if relation is not None:
            place = _attribute_place(project, trace.module, event.form)
            takes_key = event.name == relation.attribute
            is_kept = not takes_key or owners[0].how == "new"  # an `UPDATE` takes the key of an object
            yield RelatedValue(relation, event.value, place, is_kept, takes_key)


def _asked(project: Project) -> Iterator[RelatedValue]:
    """`filter(customer=user)`."""
    for asked in project.view(AskedPaths):
        reference, member = asked.reference, asked.followed.member
        is_sure = asked.is_only and asked.followed.verdict is Verdict.FOUND
        if not is_sure or not isinstance(member, Relation) or not is_telling(reference.value):
            continue
        path = reference.path.removesuffix("__in")
        names = (member.name, member.query_name, member.attribute)
        if reference.is_condition and path.rpartition("__")[2] in names:
            end = reference.column + len(reference.path)
            place = project.location(reference.module, reference.line, reference.column, reference.line, end)
            items = reference.value.items if isinstance(reference.value, Items) else (reference.value,)
            for value in filter(is_telling, items if path != reference.path else (reference.value,)):
                yield RelatedValue(member, value, place)


def _to_one(model: DjangoModel, name: str) -> Relation | None:
    """The relation that an attribute sets, by its name or that of its key."""
    for relation in model.relations.values():
        if name in (relation.name, relation.attribute) and not relation.is_reverse:
            return None if relation.cardinality.is_collection else relation
    return None


def _is_known(value: Value) -> bool:
    return is_telling(value) or isinstance(value, Constant)


def _place(project: Project, module: Module, line: int, column: int) -> Location:
    """The end of a call."""
    return project.location(module, line, max(column - 1, 0), line, column)


def _attribute_place(project: Project, module: Module, form: Attribute) -> Location:
    begin = max(form.column - len(form.attr.encode()), 0)
    return project.location(module, form.line, begin, form.line, form.column)
