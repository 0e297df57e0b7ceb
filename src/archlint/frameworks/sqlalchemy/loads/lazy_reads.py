"""Every read of an attribute that is not loaded, anywhere in the project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Expression
from archlint.finding import Act, Location, Related, Remedy
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.pydantic.fields import ModelField
from archlint.frameworks.sqlalchemy.loads.loading import Lack, lack, lack_awaited
from archlint.frameworks.sqlalchemy.loads.serialised import serialised
from archlint.frameworks.sqlalchemy.loads.shown import Shown, shown
from archlint.frameworks.sqlalchemy.places import related
from archlint.frameworks.sqlalchemy.sessions.lives import rolled_back
from archlint.frameworks.sqlalchemy.values.entity import Entity
from archlint.frameworks.sqlalchemy.values.instance_state import began, is_left_out, owner_of
from archlint.frameworks.sqlalchemy.values.instances import Awaitables, Instance
from archlint.project.flow.trace import Read, Trace
from archlint.project.flow.values import alternatives
from archlint.remedies import stepped

if TYPE_CHECKING:
    from archlint.project.project import Project

_MOST = 5
"""Further reads that a finding shows."""

_EXPECTING = ("DetachedInstanceError", "MissingGreenlet")


class LazyRead(msgspec.Struct, frozen=True):
    """One read."""

    trace: Trace
    line: int
    form: Expression | None
    """None where a framework reads what a handler returns."""

    instance: Instance
    name: str
    lack: Lack | None
    state: Mapping[object, object]
    asked_by: ModelField | None = None
    """The field of a model that reads it."""

    shown_by: Shown | None = None
    """The place in a template that reads it."""

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What tells the places of reads from each other, in however many runs they are met."""
        column = getattr(self.form, "column", 0)
        tells = self.is_relation and self.asked_by is None  # a model reads many at one place
        return self.trace.module.path, self.line, column, self.name if tells else ""

    @property
    def statement(self) -> tuple[object, ...]:
        """What is read of which rows: many handlers may answer with what one statement gives."""
        asked = self.asked_by is not None
        return "statement", self.instance.source, self.instance.way, self.name, asked

    @property
    def is_left_out(self) -> bool:
        """Whether a column is read that did not come with its row."""
        return is_left_out(self.instance, self.name)

    @property
    def is_relation(self) -> bool:
        """Whether a relationship is read, not a column."""
        return self.name in self.instance.entity.model.relations

    @property
    def is_of_promised_session(self) -> bool:
        """Whether only an annotation speaks of its session: what that holds by then, nobody knows."""
        owner = owner_of(self.state.get, self.instance)
        return owner is not None and not owner.is_sure

    @property
    def is_rolled_back(self) -> bool:
        """Whether its session was rolled back since: then everything is expired, whatever it was told."""
        owner = owner_of(self.state.get, self.instance)
        before = began(self.state.get, self.instance)
        if owner is None or before is None:
            return False
        return rolled_back(self.state.get, owner.origin, before) is not None

    def location(self, project: Project) -> Location:
        """Where it is read."""
        source = self.instance.source
        is_near = source is not None and source.module is self.trace.module
        if self.shown_by is not None and self.lack is Lack.QUERY and source is not None and is_near:
            return project.location(source.module, source.line, 0)  # where it is mended
        if self.form is None:
            return project.location(self.trace.module, self.line, 0)
        return spot(project, self.trace.module, self.form)

    def related(self, project: Project) -> tuple[Related, ...]:
        """Where the object comes from, and who reads."""
        found = related(project, self.instance.source, "the object comes from here")
        if self.shown_by is not None:
            return (
                *found,
                Related(self.shown_by.location, f"the template reads `{self.name}` here"),
            )
        if self.asked_by is None:
            return found
        owner, line = self.asked_by.owner, self.asked_by.line
        what = f"`{owner.fact.name}.{self.asked_by.name}` reads it"
        return (*found, Related(project.location(owner.module, line, 0), what))

    def remedy(self, project: Project) -> Remedy | None:
        """A relationship is loaded with the statement that gives the object."""
        source, way = self.instance.source, (*self.instance.way, self.name)
        owners = _owners(self.instance)
        if not self.is_relation or source is None or self.instance.how == "new" or not owners:
            return None
        made = project.location(source.module, source.line, source.column, source.line, source.column)
        others = [f"{each.cls.module.name}.{each.cls.fact.qualname}" for each in owners[1:]]
        return stepped(Act.LOAD, made, ".".join(way), owners[0].name, "sqlalchemy.orm.selectinload", *others)


class LazyReads:
    """The reads of a project, in the order of its runs."""

    def __init__(self, project: Project) -> None:
        self._reads = (*_reads(project), *_serialised(project), *_shown(project))

    @classmethod
    def build(cls, project: Project) -> LazyReads:
        """The view of a project."""
        return cls(project)

    def __iter__(self) -> Iterator[LazyRead]:
        return iter(self._reads)


class Failing(msgspec.Struct, frozen=True):
    """The first read of what an object lacks in one function, and the others there."""

    read: LazyRead
    others: tuple[LazyRead, ...]

    def related(self, project: Project) -> tuple[Related, ...]:
        """Where the object comes from, and the other reads."""
        more = [
            Related(each.location(project), f"`{each.name}` is read here, too")
            for each in self.others[:_MOST]
        ]
        return (*self.read.related(project), *more)


def failing_reads(project: Project, lack: Lack) -> Iterator[Failing | None]:
    """The reads that fail for a reason, one for each defect; None for every other read."""
    groups: dict[object, dict[object, LazyRead]] = {}
    for read in project.view(LazyReads):
        if read.lack is lack:
            groups.setdefault(_defect(read), {}).setdefault(read.key, read)
        else:
            yield None
    told: set[object] = set()
    for group in groups.values():
        (key, first), *others = group.items()
        if key not in told:
            yield Failing(first, tuple(read for _, read in others))
        told.update(group)


def _defect(read: LazyRead) -> object:
    """What is mended at once: a relationship of an object, or all its columns, in one function.

    What a framework reads is told by itself: it has one place for all of it.
    """
    if read.asked_by is not None or read.shown_by is not None:
        return read.key
    what = read.name if read.is_relation or read.is_left_out else ""
    return read.trace.module.path, read.trace.function, read.instance.track, what


def _owners(instance: Instance) -> tuple[Entity, ...]:
    """The classes on the way to an object, its own last; none where the first could be any of several.

    Whoever imports one class of a module may import the others: elsewhere it might make a cycle.
    """
    found = []
    for first in instance.entity.others():
        owners: list[Entity | None] = [first]
        for name in instance.way:
            last = owners[-1]
            owners.append(last.target(name) if last is not None else None)
        if owners[-1] is instance.entity:
            found.append(tuple(each for each in owners if each is not None))
    if len(found) != 1 or len({each.cls.module for each in found[0]}) != 1:
        return () if instance.way else (instance.entity,)
    return found[0]


def _reads(project: Project) -> Iterator[LazyRead]:
    for trace, event in project.view(DataFlow).events(Read):
        if any(name.endswith(_EXPECTING) for name in event.context.caught):
            continue
        for option in alternatives(event.receiver):
            of, asks = (option.of, lack_awaited) if isinstance(option, Awaitables) else (option, lack)
            if isinstance(of, Instance):
                name, form = of.entity.through(event.name), event.form
                found = asks(of, name, event.state.get)
                if of.how == "given" and found is None:
                    continue
                yield LazyRead(trace, form.line, form, of, name, found, event.state)


def _serialised(project: Project) -> Iterator[LazyRead]:
    for each in serialised(project):
        at, name = each.at, each.name
        found = lack(each.instance, name, at.state.get)
        yield LazyRead(at.trace, at.line, at.form, each.instance, name, found, at.state, each.field)


def _shown(project: Project) -> Iterator[LazyRead]:
    for each in shown(project):
        where, name = each.where, each.name
        found = lack(each.instance, name, each.state.get)
        if each.inside is not None:
            trace, read = each.inside
            yield LazyRead(trace, read.form.line, read.form, each.instance, name, found, each.state)
        else:
            yield LazyRead(
                where.trace, where.line, where.form, each.instance, name, found, each.state, shown_by=each
            )
