"""Every read of an attribute that is not loaded, anywhere in the project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.expressions import Expression
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.frameworks.sqlalchemy.values.loading import Lack, lack
from archlint.project.flow.trace import Read, Trace
from archlint.project.flow.values import alternatives

if TYPE_CHECKING:
    from archlint.project.project import Project

_EXPECTING = ("DetachedInstanceError", "MissingGreenlet")


@dataclass(frozen=True, slots=True)
class LazyRead:
    """One read."""

    trace: Trace
    form: Expression
    instance: Instance
    name: str
    lack: Lack | None
    event: Read

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What tells the places of reads from each other, in however many runs they are met."""
        line, column = getattr(self.form, "line", 0), getattr(self.form, "column", 0)
        return self.trace.module.path, line, column, self.name

    @property
    def is_relation(self) -> bool:
        """Whether a relationship is read, not a column."""
        return self.name in self.instance.entity.model.relations


class LazyReads:
    """The reads of a project, in the order of its runs."""

    def __init__(self, project: Project) -> None:
        self._reads = tuple(_reads(project))

    @classmethod
    def build(cls, project: Project) -> LazyReads:
        """The view of a project."""
        return cls(project)

    def __iter__(self) -> Iterator[LazyRead]:
        return iter(self._reads)


def _reads(project: Project) -> Iterator[LazyRead]:
    for trace, event in project.view(DataFlow).events(Read):
        if any(name.endswith(_EXPECTING) for name in event.context.caught):
            continue
        for option in alternatives(event.receiver):
            if isinstance(option, Instance) and option.how != "given":
                found = lack(option, event.name, event.state.get)
                yield LazyRead(trace, event.form, option, event.name, found, event)
