"""Attributes that templates read of objects of mapped classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.finding import Location
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.jinja.rendered import Rendered, rendered
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.frameworks.templates.files import Templates
from archlint.frameworks.templates.language import Block, Inclusion, Loop, Path, Renaming
from archlint.project.answer import UNKNOWN
from archlint.project.flow.trace import Read, Trace
from archlint.project.flow.values import Arguments, Closure, Method, Value, alternatives

if TYPE_CHECKING:
    from archlint.project.flow.place import Place
    from archlint.project.project import Project

_DEEPEST = 4


class Shown(msgspec.Struct, frozen=True):
    """One attribute of an object, and where a template reads it."""

    where: Rendered
    instance: Instance
    name: str
    state: Mapping[object, object]
    template: str
    """The file."""

    at: Path

    inside: tuple[Trace, Read] | None = None
    """Where a method or property that the template asks for reads it."""

    @property
    def location(self) -> Location:
        """The place in the template."""
        line, column = self.at.line, self.at.column
        return Location(self.template, line, column, line, column + len(self.at.text))


def shown(project: Project) -> Iterator[Shown]:
    """What templates read, in the order in which they do."""
    templates = project.view(Templates)
    flow = project.view(DataFlow).flow
    for where in rendered(project):
        path = templates.anywhere(where.name)
        if path is None:
            continue
        site = flow.site(where.trace.module)
        site.path.state = where.state
        walk = _Walk(templates, where, site)
        walk.block(templates.parsed(path), where.given, path, _DEEPEST)
        site.path.state = {}
        yield from walk.found


class _Walk(msgspec.Struct):
    templates: Templates
    where: Rendered
    site: Place
    found: list[Shown] = msgspec.field(default_factory=list)

    def block(self, block: Block, names: Mapping[str, Value], template: str, deepest: int) -> None:
        for item in block.items:
            if isinstance(item, Path):
                self._written(self._value(item, names, template), item, template)
            elif isinstance(item, Loop):
                inner = {**names, **dict.fromkeys((*item.targets, "loop"), UNKNOWN)}
                if item.over is not None and len(item.targets) == 1:
                    rows = self._value(item.over, names, template)
                    inner[item.targets[0]] = self.site.flow.each(rows, self.site)
                self.block(item, inner, template, deepest)
            elif isinstance(item, Renaming):
                bound = {name: self._value(path, names, template) for name, path in item.bound}
                self.block(item, {**names, **bound}, template, deepest)
            elif isinstance(item, Inclusion) and deepest:
                path = self.templates.anywhere(item.name)
                if path is not None:
                    self.block(self.templates.parsed(path), names, path, deepest - 1)

    def _value(self, path: Path, names: Mapping[str, Value], template: str) -> Value:
        value = names.get(path.names[0], UNKNOWN)
        for name in path.names[1:]:
            if value is UNKNOWN:
                break
            value = self._read(value, name, path, template)
        return value

    def _read(self, value: Value, name: str, path: Path, template: str) -> Value:
        for option in alternatives(value):
            if isinstance(option, Instance) and option.how != "given":
                through, state = option.entity.through(name), self.site.path.state
                self.found.append(Shown(self.where, option, through, state, template, path))
        self.site.inside = None
        found = self.site.flow.attribute(self.site, value, name)
        self._happened(path, template)
        if isinstance(found, (Closure, Method)):
            found = self.site.call(found, Arguments())
            self._happened(path, template)
        return found

    def _written(self, value: Value, path: Path, template: str) -> None:
        """An object that is written out says what its `__str__` says."""
        if path.is_written and isinstance(value, Instance):
            own = self.site.attribute(value, "__str__")
            if isinstance(own, Closure):
                self.site.call(own, Arguments())
                self._happened(path, template)

    def _happened(self, path: Path, template: str) -> None:
        """What a method or property of the project reads in turn."""
        trace, self.site.inside = self.site.inside, None
        for run in (trace, *trace.inside()) if trace is not None else ():
            for event in run.events:
                if not isinstance(event, Read):
                    continue
                for option in alternatives(event.receiver):
                    if isinstance(option, Instance) and option.how != "given":
                        name = option.entity.through(event.name)
                        one = Shown(self.where, option, name, event.state, template, path, (run, event))
                        self.found.append(one)
