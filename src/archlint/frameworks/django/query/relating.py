"""The objects that code gives to relations: managers of many, constructors, attributes, conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models import DjangoModel, DjangoModels
from archlint.frameworks.django.query.all_paths import AskedPaths
from archlint.frameworks.django.query.asked import query_sets
from archlint.frameworks.django.query.given import Givens
from archlint.frameworks.django.query.objects import ModelObject
from archlint.frameworks.django.query.paths import Verdict
from archlint.frameworks.django.query.sets import QuerySet
from archlint.frameworks.orm import Relation
from archlint.project.flow.behaviour import Site, is_telling
from archlint.project.flow.trace import Called, Written
from archlint.project.flow.values import Items, Many, Value, something

if TYPE_CHECKING:
    from archlint.finding import Location
    from archlint.project.module import Module
    from archlint.project.project import Project

_TAKE_OBJECTS = frozenset({"add", "remove", "set", "aadd", "aremove", "aset"})


@dataclass(frozen=True, slots=True)
class RelatedValue:
    """One value that is given to a relation."""

    relation: Relation
    value: Value
    location: Location
    is_kept: bool = False
    """It becomes what the relation leads to, and is not only compared with that."""


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
        if event.name not in _TAKE_OBJECTS:
            continue
        sets = query_sets(event.receiver)
        relation = _behind(models, sets[0]) if sets is not None and len(sets) == 1 else None
        if relation is None:
            continue
        location = _place(project, trace.module, event.form.line, event.form.column)
        for argument in event.arguments.positional:
            site = project.view(DataFlow).flow.site(trace.module)
            for value in filter(is_telling, _each(argument, site)):
                yield RelatedValue(relation, value, location)


def _behind(models: DjangoModels, manager: QuerySet) -> Relation | None:
    """The relation whose manager this is."""
    if not manager.is_manager or manager.of is None:
        return None
    owner = models.model(manager.of.model)
    return owner.relations.get(manager.through) if owner is not None else None


def _to_models(project: Project) -> Iterator[RelatedValue]:
    """`Order(customer=user)`, `create(customer=user)`."""
    for given in project.view(Givens):
        if not is_telling(given.value):
            continue
        relation = given.model.relations.get(given.name)
        if relation is not None and not relation.cardinality.is_collection and not relation.is_reverse:
            end = given.column + len(given.name)
            place = project.location(given.module, given.line, given.column, given.line, end)
            yield RelatedValue(relation, given.value, place, is_kept=given.is_new)


def _to_attributes(project: Project) -> Iterator[RelatedValue]:
    """`order.customer = user`."""
    models = project.view(DjangoModels)
    for trace, event in project.view(DataFlow).events(Written):
        if not is_telling(event.value):
            continue
        owners = [one for one in something(event.receiver) if isinstance(one, ModelObject)]
        model = models.model(owners[0].model) if len(owners) == 1 else None
        if not isinstance(model, DjangoModel):
            continue
        relation = model.relations.get(event.name)
        if relation is not None and not relation.cardinality.is_collection and not relation.is_reverse:
            place = _attribute_place(project, trace.module, event.form)
            yield RelatedValue(relation, event.value, place, is_kept=True)


def _asked(project: Project) -> Iterator[RelatedValue]:
    """`filter(customer=user)`."""
    for asked in project.view(AskedPaths):
        reference, member = asked.reference, asked.followed.member
        is_sure = asked.is_only and asked.followed.verdict is Verdict.FOUND
        if not is_sure or not isinstance(member, Relation) or not is_telling(reference.value):
            continue
        names = (member.name, member.query_name)
        if reference.is_condition and reference.path.rpartition("__")[2] in names:
            end = reference.column + len(reference.path)
            place = project.location(reference.module, reference.line, reference.column, reference.line, end)
            yield RelatedValue(member, reference.value, place)


def _each(value: Value, site: Site) -> tuple[Value, ...]:
    if isinstance(value, Items):
        return value.items
    if isinstance(value, QuerySet):
        return (value.each(site),)
    return (value.of,) if isinstance(value, Many) else (value,)


def _place(project: Project, module: Module, line: int, column: int) -> Location:
    """The end of a call."""
    return project.location(module, line, max(column - 1, 0), line, column)


def _attribute_place(project: Project, module: Module, form: Attribute) -> Location:
    begin = max(form.column - len(form.attr.encode()), 0)
    return project.location(module, form.line, begin, form.line, form.column)
