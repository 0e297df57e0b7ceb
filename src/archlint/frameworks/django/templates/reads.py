"""The relations that templates read of each row of a query set without its having loaded them."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.row_queries import asked_about, given_back
from archlint.frameworks.django.models.field_kinds import GENERIC_FOREIGN_KEY
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.deferring import is_deferred
from archlint.frameworks.django.query.sets.loading import is_loaded, root
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.templates.library import Library
from archlint.frameworks.django.templates.rendered import Rendered, placed, rendered
from archlint.frameworks.places.classes import function_at
from archlint.frameworks.templates.files import Templates
from archlint.frameworks.templates.language import Block, Inclusion, Loop, Path, Renaming
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.values import Arguments, Closure, Many, Method, Value

if TYPE_CHECKING:
    from archlint.frameworks.django.loads.execution import Asked
    from archlint.frameworks.orm import Relation
    from archlint.project.flow.place import Place
    from archlint.project.flow.trace import Trace
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_DEEPEST = 4
_LOOP = {"forloop": UNKNOWN}


class TemplateRead(msgspec.Struct, frozen=True):
    """One relation that is read of each row."""

    where: Rendered
    source: QuerySet
    """The query set that could load it."""

    path: tuple[str, ...]
    is_single: bool
    """Each step leads to one object."""

    is_counted: bool
    template: str
    """The file."""

    at: Path


Reading = Generator[TemplateRead, None, Value]
"""What is read late on the way along a path; in the end, what stands there."""


class DeferredRead(msgspec.Struct, frozen=True):
    """One field that did not come with its row."""

    row: ModelObject
    name: str
    template: str
    at: Path


class RowQuery(msgspec.Struct, frozen=True):
    """A query of its own that a method, a filter or a tag makes about each row."""

    asked: Asked
    what: str
    """The method, filter or tag as the template names it."""

    template: str
    at: Path


class Met(msgspec.Struct):
    """What else is met on the way through a template."""

    asked: list[Path] = msgspec.field(default_factory=list)
    """What it loops over, and queries the database for."""

    deferred: list[DeferredRead] = msgspec.field(default_factory=list)
    queries: list[RowQuery] = msgspec.field(default_factory=list)


def template_reads(
    project: Project,
) -> Iterator[tuple[Rendered, tuple[TemplateRead, ...], tuple[RowQuery, ...]]]:
    """For every template that is shown what it reads late, and what it asks about each row."""
    from archlint.frameworks.django.templates.contexts import in_context

    templates = project.view(Templates)
    if not templates.are_there:
        return
    walk = _Walk(project, templates)
    for where in (*rendered(project), *in_context(project)):
        path = templates.path(where.name)
        if path is not None:
            met = Met()
            reads = tuple(walk.of(where, path, met))
            yield where, reads, tuple(met.queries)


def asked_by_template(project: Project, where: Rendered) -> Path | None:
    """The first variable of a template for which it has to query the database."""
    templates = project.view(Templates)
    path = templates.path(where.name) if templates.are_there else None
    if path is None:
        return None
    met = Met()
    reads = _Walk(project, templates).of(where, path, met)
    return next((read.at for read in reads), None) or next(iter(met.asked), None)


def deferred_in_templates(project: Project) -> Iterator[tuple[Rendered, DeferredRead]]:
    """The plain fields that templates read of each row, and that the query set left out."""
    templates = project.view(Templates)
    if not templates.are_there:
        return
    walk = _Walk(project, templates)
    for where in rendered(project):
        path = templates.path(where.name) if any(map(_leaves_out, where.given.values())) else None
        if path is not None:
            met = Met()
            for _ in walk.of(where, path, met):
                pass
            yield from ((where, one) for one in met.deferred)


class _Walk:
    def __init__(self, project: Project, templates: Templates) -> None:
        from archlint.frameworks.django.loads.execution import Execution
        from archlint.frameworks.django.loads.lazy_reads import LazyReads

        self._project = project
        self._templates = templates
        self._library = project.view(Library)
        self._models = project.view(DjangoModels)
        self._reads = project.view(LazyReads)
        self._execution = project.view(Execution)
        self._flow = project.view(DataFlow).flow
        self._tagged: dict[tuple[str, Value], Rendered | None] = {}
        self._walked: set[object] = set()
        """What this template has included so far, with what, and how far down."""

    def of(self, where: Rendered, path: str, met: Met | None = None) -> Iterator[TemplateRead]:
        site = self._flow.site(where.module)
        self._walked.clear()
        yield from _In(self, where, site, path, met).block(self._templates.parsed(path), where.given, 0)

    def is_known(self, path: str, given: Mapping[str, Value], depth: int) -> bool:
        """Whether the same was walked before, as included as deep: it reads what it has read."""
        key = (path, depth, frozenset(given.items()))
        before = len(self._walked)
        self._walked.add(key)
        return len(self._walked) == before

    def site(self, where: Rendered) -> Place:
        return self._flow.site(where.module)

    def included(self, name: str) -> str | None:
        return self._templates.path(name)

    def parsed(self, path: str) -> Block:
        return self._templates.parsed(path)

    def each(self, value: Value, site: Place) -> Value:
        if isinstance(value, QuerySet) and value.is_manager:
            return UNKNOWN  # Django's templates cannot loop over a manager
        return self._flow.each(value, site)

    def read(self, value: Value, name: str, site: Place) -> tuple[Value, Trace | None]:
        """`value.name` as templates read it: what can be called is."""
        site.inside = None
        found = self._flow.attribute(site, value, name)
        trace = site.inside
        if isinstance(found, (Closure, Method)):
            site.inside = None
            result, inner = self._flow.called(site, found, Arguments())
            return result, inner or trace
        return found, trace

    def handed(self, value: Value, path: Path) -> Trace | None:
        """What happens in the filter or tag of the project that a variable is handed to."""
        function = self._library.filter(path.filter) if path.filter else None
        function = function or (self._library.simple_tag(path.tag) if path.tag else None)
        return None if function is None else self._handed_to(function, value)

    def shown_by_tag(self, value: Value, tag: str) -> Rendered | None:
        """The template that a tag of the project shows of a variable, with what it gives to that."""
        if (tag, value) not in self._tagged:
            self._tagged[tag, value] = self._shown_by(tag, value)
        return self._tagged[tag, value]

    def _shown_by(self, tag: str, value: Value) -> Rendered | None:
        found = self._library.inclusion_tag(tag)
        trace = self._handed_to(found[0], value) if found is not None else None
        if found is None or trace is None:
            return None
        at = function_at(self._project, found[0])
        return Rendered(found[1], dict(placed(trace)), found[0].module, at, (trace,))

    def _handed_to(self, function: ProjectFunction, value: Value) -> Trace | None:
        others = (UNKNOWN,) * (len(function.fact.parameters) - 1)
        site = self._flow.site(function.module)
        return self._flow.called(site, Closure(function), Arguments((value, *others)))[1]

    def asked_in(self, trace: Trace, row: ModelObject, values: Iterable[Value]) -> Iterator[Asked]:
        """What code asks about a row, and what of the values that it gives asks when it is written out."""
        for run in trace.each_time():
            yield from asked_about(self._execution, run, row)
        for value in values:
            yield from given_back(trace, value, row)

    def relation(self, value: Value, name: str) -> Relation | None:
        model = self._models.model(value.model) if isinstance(value, ModelObject) else None
        return model.relations.get(name) if isinstance(model, DjangoModel) else None

    def is_late(self, where: Rendered, row: ModelObject, relation: Relation) -> bool:
        if any(self._reads.may_be_given(trace.function, relation.name) for trace in where.traces):
            return False
        return row.how == "row" and is_loaded(row, relation, self._models) is False

    def is_left_out(self, row: ModelObject, name: str) -> bool:
        model = self._models.model(row.model)
        return row.how == "row" and isinstance(model, DjangoModel) and is_deferred(row, model, name)

    def late_in(self, trace: Trace, row: ModelObject) -> Iterator[tuple[ModelObject, Relation]]:
        """What a property or method of a row reads of it."""
        for run in trace.each_time():
            for read in self._reads.of(run):
                if read.row.source == row.source and read.is_loaded is False:
                    yield read.row, read.relation


class _In:
    """The walk through one file."""

    def __init__(self, walk: _Walk, where: Rendered, site: Place, template: str, met: Met | None) -> None:
        self._met = met
        self._walk = walk
        self._where = where
        self._site = site
        self._template = template

    def block(self, block: Block, names: Mapping[str, Value], depth: int) -> Iterator[TemplateRead]:
        for item in block.items:
            if isinstance(item, Path):
                value = yield from self._shown(item, names)
                yield from self._by_tag(item, value, depth)
            elif isinstance(item, Loop):
                yield from self._loop(item, names, depth)
            elif isinstance(item, Renaming):
                inner = dict(names)
                for name, path in item.bound:
                    inner[name] = yield from self._follow(path, names)
                yield from self.block(item, inner, depth)
            elif isinstance(item, Inclusion) and depth < _DEEPEST:
                yield from self._included(item, names, depth)

    def _by_tag(self, path: Path, value: Value, depth: int) -> Iterator[TemplateRead]:
        """`{% replies_of thread %}`, which shows a template of its own."""
        where = self._walk.shown_by_tag(value, path.tag) if path.tag else None
        template = self._walk.included(where.name) if where is not None else None
        if where is None or template is None or depth >= _DEEPEST:
            return
        if isinstance(value, ModelObject) and value.how == "row":
            self._ask(where.traces[0], value, path, path.tag, where.given.values())
        if not self._walk.is_known(template, where.given, depth):
            inner = _In(self._walk, where, self._walk.site(where), template, self._met)
            yield from inner.block(self._walk.parsed(template), where.given, depth + 1)

    def _loop(self, loop: Loop, names: Mapping[str, Value], depth: int) -> Iterator[TemplateRead]:
        inner: dict[str, Value] = {**names, **_LOOP, **dict.fromkeys(loop.targets, UNKNOWN)}
        if loop.over is not None:
            over = yield from self._follow(loop.over, names)
            if self._met is not None and _is_asked(over):
                self._met.asked.append(loop.over)
            if len(loop.targets) == 1:
                inner[loop.targets[0]] = self._walk.each(over, self._site)
        yield from self.block(loop, inner, depth)

    def _included(self, item: Inclusion, names: Mapping[str, Value], depth: int) -> Iterator[TemplateRead]:
        path = self._walk.included(item.name)
        if path is None:
            return
        bound = {name: self._value(value, names) for name, value in item.bound}
        given = bound if item.is_alone else {**names, **bound}
        if self._walk.is_known(path, given, depth):
            return
        inner = _In(self._walk, self._where, self._site, path, self._met)
        yield from inner.block(self._walk.parsed(path), given, depth + 1)

    def _value(self, path: Path, names: Mapping[str, Value]) -> Value:
        return self._further(names.get(path.names[0], UNKNOWN), path.names[1:])

    def _further(self, value: Value, names: tuple[str, ...]) -> Value:
        for name in names:
            if value is UNKNOWN:
                break
            value = self._walk.read(value, name, self._site)[0]
        return value

    def _shown(self, path: Path, names: Mapping[str, Value]) -> Reading:
        """A variable that is written out: of an object, what its `__str__` says."""
        value = yield from self._follow(path, names)
        if isinstance(value, ModelObject) and value.how == "row":
            trace = self._walk.handed(value, path)
            what = (path.filter or path.tag) if trace is not None else ""
            if trace is None and path.is_written:
                trace = self._walk.read(value, "__str__", self._site)[1]
            yield from self._inside(trace, value, path, what=what)
        return value

    def _follow(self, path: Path, names: Mapping[str, Value]) -> Reading:
        value = names.get(path.names[0], UNKNOWN)
        for index, name in enumerate(path.names[1:], 1):
            relation = self._walk.relation(value, name)
            rest = path.names[index + 1 :]
            if relation is not None and isinstance(value, ModelObject):
                is_many = relation.cardinality.is_collection
                is_served = not is_many or rest[:1] in (("all",), ("count",), ("exists",))
                if is_served and self._walk.is_late(self._where, value, relation):
                    yield from self._late(value, relation, path, rest[:1] in (("count",), ("exists",)))
                    return self._further(value, path.names[index:])
            if (
                self._met is not None
                and isinstance(value, ModelObject)
                and self._walk.is_left_out(value, name)
            ):
                self._met.deferred.append(DeferredRead(value, name, self._template, path))
            read, trace = self._walk.read(value, name, self._site)
            if isinstance(value, ModelObject) and value.how == "row" and relation is None:
                yield from self._inside(trace, value, path, read)
            value = read
            if not isinstance(value, (Behaviour, Many)):
                return self._further(value, rest)
        return value

    def _inside(
        self, trace: Trace | None, row: ModelObject, path: Path, value: Value = UNKNOWN, what: str = ""
    ) -> Iterator[TemplateRead]:
        if trace is not None:
            self._ask(trace, row, path, what or path.text, (value,))
            for one, relation in self._walk.late_in(trace, row):
                yield from self._late(one, relation, path, False)

    def _ask(self, trace: Trace, row: ModelObject, path: Path, what: str, values: Iterable[Value]) -> None:
        if self._met is not None:
            asked = self._walk.asked_in(trace, row, values)
            self._met.queries += [RowQuery(one, what, self._template, path) for one in asked]

    def _late(
        self, row: ModelObject, relation: Relation, path: Path, is_counted: bool
    ) -> Iterator[TemplateRead]:
        source, way = root(row, relation.name)
        if source is None or source.is_empty or (source.of is not None and source.of.how == "row"):
            return  # what it comes from was not loaded either, and has been told of
        is_single = len(way) == len((*row.way, relation.name)) and self._is_single(source, way)
        yield TemplateRead(self._where, source, way, is_single, is_counted, self._template, path)

    def _is_single(self, source: QuerySet, way: tuple[str, ...]) -> bool:
        here: Value = source.row()
        for name in way:
            relation = self._walk.relation(here, name)
            if relation is None or relation.cardinality.is_collection or relation.kind == GENERIC_FOREIGN_KEY:
                return False
            here = here.related(relation, self._site) if isinstance(here, ModelObject) else UNKNOWN
        return True


def _is_asked(over: Value) -> bool:
    """Whether a loop over a value surely queries the database."""
    return isinstance(over, QuerySet) and not (over.is_manager or over.is_held or over.is_empty)


def _leaves_out(value: Value) -> bool:
    """Whether it has rows whose query set leaves something out."""
    if isinstance(value, Many):
        return _leaves_out(value.of)
    source = value.source if isinstance(value, ModelObject) else value
    return isinstance(source, QuerySet) and source.deferring is not None
