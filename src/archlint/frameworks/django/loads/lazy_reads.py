"""Every read of a relation of an object that is one of many, and whether it came with its row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Expression, Name
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.execution import Asked, Execution
from archlint.frameworks.django.models.field_kinds import GENERIC_FOREIGN_KEY
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels, is_of_past
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.loading import is_loaded, loads, root
from archlint.frameworks.django.query.sets.methods import OBJECT_LOADERS
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.orm import Relation
from archlint.frameworks.places.expressions import place
from archlint.project.flow.trace import Called, Event, Read, Trace, Written
from archlint.project.flow.values import only

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_LOADERS = OBJECT_LOADERS | {"set_cached_value"}
_NUMBERS = {"count": "Count", "length": "Count", "exists": "Exists"}


class LazyRead(msgspec.Struct, frozen=True):
    """One read of one relation."""

    trace: Trace
    event: Event
    row: ModelObject
    relation: Relation
    is_loaded: bool | None
    """None where nobody can tell."""

    text: str
    hint: str
    root: QuerySet | None
    """The query set that could load it."""

    loader: tuple[str, str] | None = None
    """The method that would load it, and the path; None where rows are only counted."""

    @property
    def form(self) -> Expression:
        """The expression that reads."""
        return self.event.form

    @property
    def place(self) -> tuple[str, int, int]:
        """What tells its place from others, in however many runs it is met."""
        return (self.trace.module.path, *place(self.form))

    @property
    def key(self) -> object:
        """What tells it from other reads: after the first of one body, Django keeps what it has."""
        row = self.row
        return self.trace.module.path, self.trace.function, row.model, row.way, self.relation.name


class LazyReads:
    """The reads of a project, in the order of its runs."""

    def __init__(self, project: Project) -> None:
        self._models = project.view(DjangoModels)
        data_flow = project.view(DataFlow)
        self._set = {(trace.function, event.name) for trace, event in data_flow.events(Written)}
        self._loaded_later = {
            trace.function for trace, event in data_flow.events(Called) if event.name in _LOADERS
        }
        self._execution = project.view(Execution)
        found: list[LazyRead] = []
        for trace, event in data_flow.events(Read):
            found += self._single(trace, event)
        for asked in self._execution.all:
            found += self._collection(asked)
        self.all: tuple[LazyRead, ...] = tuple(found)

    @classmethod
    def build(cls, project: Project) -> LazyReads:
        """The view of a project."""
        return cls(project)

    def of(self, trace: Trace) -> Iterator[LazyRead]:
        """The reads of one run, which may have been made after all others; none for what it raises."""
        for event in trace.events:
            if isinstance(event, Read) and not event.context.raising:
                yield from self._single(trace, event)
        for asked in self._execution.of(trace):
            yield from self._collection(asked)

    def may_be_given(self, function: ProjectFunction | None, name: str) -> bool:
        """Whether a function itself gives objects a relation of this name, or loads some later."""
        return (function, name) in self._set or function in self._loaded_later

    def _loads_before(self, trace: Trace) -> bool:
        """Whether a caller of a run loads relations of what it has already, before it passes that on."""
        caller = trace.caller
        while caller is not None:
            if caller[0].function in self._loaded_later:
                return True
            caller = caller[0].caller
        return False

    def _single(self, trace: Trace, event: Read) -> Iterator[LazyRead]:
        """A relation to one object."""
        rows = only(event.receiver, ModelObject)
        if not rows or is_of_past(rows[0].model):
            return
        row = rows[0]
        relation = self._relation(row, event.name)
        if row.how != "row" or relation is None or relation.cardinality.is_collection:
            return
        known = [self._is_loaded(trace, one, relation) for one in rows]
        is_loaded_ = False if all(one is False for one in known) else (None if None in known else True)
        yield self._read(trace, event, row, relation, is_loaded_, "")

    def _collection(self, asked: Asked) -> Iterator[LazyRead]:
        """All related objects, iterated or counted; those of a query of its own are no reads."""
        owners = [one.of for one in asked.sets if one.of is not None]
        if not asked.is_served_whole or len(owners) != len(asked.sets):
            return
        row = owners[0]
        relation = self._relation(row, asked.sets[0].through)
        if row.how != "row" or relation is None:
            return
        yield self._read(
            asked.trace, asked.event, row, relation, self._is_loaded(asked.trace, row, relation), asked.how
        )

    def _is_loaded(self, trace: Trace, row: ModelObject, relation: Relation) -> bool | None:
        if self.may_be_given(trace.function, relation.name) or self._loads_before(trace):
            return None
        if row.way and row.source is not None and not loads(row.source, row.way):
            return None  # what leads to it has been told of already
        return is_loaded(row, relation, self._models)

    def _read(
        self, trace: Trace, event: Event, row: ModelObject, relation: Relation, known: bool | None, how: str
    ) -> LazyRead:
        source, path = root(row, relation.name)
        model = row.model.rpartition(".")[2]
        text = _written(event.form, relation.name) or f"{model}.{relation.name}"
        loader = self._loader(source, path) if how not in _NUMBERS else None
        hint = self._hint(source, loader, how)
        return LazyRead(trace, event, row, relation, known, f"`{text}`", hint, source, loader)

    def _loader(self, source: QuerySet | None, path: tuple[str, ...]) -> tuple[str, str]:
        method = "select_related" if source is None or self._is_single(source, path) else "prefetch_related"
        return method, "__".join(path)

    def _hint(self, source: QuerySet | None, loader: tuple[str, str] | None, how: str) -> str:
        name = source.model.rpartition(".")[2] if source is not None else ""
        if loader is None:
            return f"compute it with the rows: `.annotate(…={_NUMBERS[how]}(…))` on the query set of `{name}`"
        method, path = loader
        return f'add `.{method}("{path}")` to the query set of `{name}`'

    def _is_single(self, source: QuerySet, path: tuple[str, ...]) -> bool:
        """Whether a path leads from one object to one object all along."""
        key = source.model
        for name in path:
            relation = self._relation_of(key, name)
            if relation is None or relation.cardinality.is_collection or relation.kind == GENERIC_FOREIGN_KEY:
                return False
            key = relation.target
        return True

    def _relation(self, row: ModelObject, name: str) -> Relation | None:
        return self._relation_of(row.model, name)

    def _relation_of(self, key: str, name: str) -> Relation | None:
        model = self._models.model(key)
        return model.relations.get(name) if isinstance(model, DjangoModel) else None


def _written(form: Expression, name: str) -> str:
    """`order.customer` as it is written, where it is a plain chain of names that ends there."""
    while not (isinstance(form, Attribute) and form.attr == name):
        inner = getattr(form, "function", None) or getattr(form, "value", None)
        if inner is None:
            return ""
        form = inner
    names = [name]
    value = form.value
    while isinstance(value, Attribute):
        names.append(value.attr)
        value = value.value
    is_named = isinstance(value, Name) and value.id.isidentifier()
    return ".".join((value.id, *reversed(names))) if isinstance(value, Name) and is_named else ""
