"""The relations that serializers read of each row of a query set without its having loaded them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.execution import Asked, Execution
from archlint.frameworks.django.loads.row_queries import asked_about, given_back
from archlint.frameworks.django.models.field_kinds import GENERIC_FOREIGN_KEY
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.loading import is_loaded
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.drf.serialized import handed_on, written_rows
from archlint.frameworks.drf.serialized_rows import Serialized
from archlint.frameworks.drf.written_fields import WrittenField
from archlint.frameworks.drf.written_out import fields_read
from archlint.frameworks.orm import Relation
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.trace import Trace
from archlint.project.flow.values import Arguments, Closure, Method, Object

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass
    from archlint.project.flow.place import Place
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_DEEPEST = 4


class SerializerRead(msgspec.Struct, frozen=True):
    """One relation that one field reads."""

    where: Serialized
    field: WrittenField
    path: tuple[str, ...]
    """The relations from the rows of the query set."""

    is_single: bool
    """Each of them leads to one object."""


class SerializerQuery(msgspec.Struct, frozen=True):
    """A query of its own that one field makes about each row."""

    where: Serialized
    field: WrittenField
    asked: Asked


def serializer_reads(project: Project) -> Iterator[tuple[Serialized, tuple[SerializerRead, ...] | None]]:
    """For everything that is serialized what is loaded late; None where nobody can tell."""
    walk = _Walk(project)
    for where in written_rows(project):
        yield where, walk.of(where)


def serializer_queries(project: Project) -> Iterator[SerializerQuery]:
    """What the methods of serializers, and of models for them, ask about each row."""
    walk = _Walk(project)
    for where in written_rows(project):
        yield from walk.queries(where)


class _Walk:
    def __init__(self, project: Project) -> None:
        from archlint.frameworks.django.loads.lazy_reads import LazyReads

        self._project = project
        self._models = project.view(DjangoModels)
        self._reads = project.view(LazyReads)
        self._execution = project.view(Execution)
        self._flow = project.view(DataFlow).flow

    def queries(self, where: Serialized) -> Iterator[SerializerQuery]:
        for one in where.sets if where.is_many else ():
            row = one.row("row")
            if isinstance(row, ModelObject) and not one.is_empty:
                found = self._object(where, where.serializer, row, (), True, 0)
                yield from (each for each in found if isinstance(each, SerializerQuery))

    def of(self, where: Serialized) -> tuple[SerializerRead, ...] | None:
        if fields_read(self._project, where.serializer) is None:
            return None
        how = "row" if where.is_many else "one"
        found: tuple[SerializerRead, ...] | None = None
        for one in where.sets:
            if one.is_empty:
                continue
            row = one.row(how)
            if not isinstance(row, ModelObject):
                return ()
            reads = self._object(where, where.serializer, row, (), True, 0)
            late = tuple({read.path: read for read in reads if isinstance(read, SerializerRead)}.values())
            found = late if found is None else _late_in_both(found, late)
        return found or ()

    def _object(
        self,
        where: Serialized,
        serializer: ProjectClass,
        row: ModelObject,
        path: tuple[str, ...],
        is_single: bool,
        depth: int,
    ) -> Iterator[SerializerRead | SerializerQuery]:
        """What a serializer reads of one object."""
        site = self._flow.site(serializer.module)
        for field in fields_read(self._project, serializer) or ():
            if field.method:
                method = self._flow.attribute(site, Object(serializer), field.method)
                if isinstance(method, Closure) and not _depends_on_action(method.function):
                    trace = self._flow.called(site, method, Arguments((row,)))[1]
                    yield from self._inside(where, field, trace, row, path, is_single, depth)
                continue
            yield from self._field(where, field, row, path, is_single, depth, site)

    def _field(
        self,
        where: Serialized,
        field: WrittenField,
        row: ModelObject,
        path: tuple[str, ...],
        is_single: bool,
        depth: int,
        site: Place,
    ) -> Iterator[SerializerRead | SerializerQuery]:
        """Follow what a field reads from attribute to attribute."""
        here = row
        for index, name in enumerate(field.source):
            relation = self._relation(here, name)
            is_last = index == len(field.source) - 1
            if relation is None:
                if is_last:
                    yield from self._computed(where, field, here, name, path, is_single, depth, site)
                return
            is_many = relation.cardinality.is_collection
            path = (*path, name)
            is_single = is_single and not is_many and relation.kind != GENERIC_FOREIGN_KEY
            if is_last and field.keeps_to_keys and not is_many:
                return
            loaded = is_loaded(here, relation, self._models)
            if loaded is False and here.how == "row":
                yield SerializerRead(where, field, path, is_single)
                return
            if loaded is None and here.how == "row":
                return
            value = here.related(relation, site)
            if isinstance(value, QuerySet):
                begun = value.begun(site)
                value = begun.row() if isinstance(begun, QuerySet) else begun
            if not isinstance(value, ModelObject):
                return
            here = value
        if field.is_text and here is not row:
            yield from self._computed(where, field, here, "__str__", path, is_single, depth, site)
        if field.nested is not None and depth < _DEEPEST and here is not row:
            yield from self._object(where, field.nested, here, path, is_single, depth + 1)

    def _computed(
        self,
        where: Serialized,
        field: WrittenField,
        here: ModelObject,
        name: str,
        path: tuple[str, ...],
        is_single: bool,
        depth: int,
        site: Place,
    ) -> Iterator[SerializerRead | SerializerQuery]:
        """A property or method of the model."""
        site.inside = None
        value = here.attribute(name, site)
        trace = site.inside
        if isinstance(value, Closure):
            value, trace = self._flow.called(site, value, Arguments())
        if trace is not None and field.nested is not None and here.how == "row":
            yield from (SerializerQuery(where, field, asked) for asked in given_back(trace, value, here))
        if not isinstance(value, (Behaviour, Method)) or trace is not None:
            yield from self._inside(where, field, trace, here, path, is_single, depth)

    def _inside(
        self,
        where: Serialized,
        field: WrittenField,
        trace: Trace | None,
        row: ModelObject,
        path: tuple[str, ...],
        is_single: bool,
        depth: int,
    ) -> Iterator[SerializerRead | SerializerQuery]:
        """What code reads of the object that it was given, and what it has another serializer read."""
        if trace is None or row.how != "row":
            return
        for run in trace.each_time():
            for read in self._reads.of(run):
                if read.row.source == row.source and read.is_loaded is False:
                    below = (*read.row.way[len(row.way) :], read.relation.name)
                    is_one = is_single and not read.relation.cardinality.is_collection
                    yield SerializerRead(where, field, (*path, *below), is_one)
            for asked in asked_about(self._execution, run, row):
                yield SerializerQuery(where, field, asked)
            for serializer, given in handed_on(run) if depth < _DEEPEST else ():
                way = _way_from(row, given)
                if way is not None:
                    yield from self._object(where, serializer, given, (*path, *way), False, depth + 1)

    def _relation(self, of: ModelObject, name: str) -> Relation | None:
        model = self._models.model(of.model)
        return model.relations.get(name) if isinstance(model, DjangoModel) else None


def _late_in_both(
    first: tuple[SerializerRead, ...], second: tuple[SerializerRead, ...]
) -> tuple[SerializerRead, ...]:
    """What is read late of either of two query sets: one may have loaded a part of the way."""
    return tuple(
        {
            read.path: read
            for reads, others in ((first, second), (second, first))
            for read in reads
            if any(read.path[: len(other.path)] == other.path for other in others)
        }.values()
    )


def _way_from(row: ModelObject, given: ModelObject) -> tuple[str, ...] | None:
    """The relations that lead from a row to what is handed on, all of them loaded by then; None for none."""
    if given.source is None or row.source is None:
        return None
    if given.source == row.source:
        return given.way[len(row.way) :]
    owner = given.source.of
    if owner is None or not given.source.is_held:
        return None
    above = _way_from(row, owner)
    return None if above is None else (*above, given.source.through, *given.way)


def _depends_on_action(function: ProjectFunction) -> bool:
    """`self.context["view"].action == "retrieve"`: what it does for one object, it may leave for many."""
    return all(function.module.mentions(function.fact, name) for name in ("view", "action"))
