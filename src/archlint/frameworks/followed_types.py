"""Of which classes the objects are whose methods are called, as the data flow knows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.expressions import Attribute, Expression, Name
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.framework_names import FOLLOWED
from archlint.frameworks.places.expressions import place
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.trace import Called, Read
from archlint.project.flow.values import Value, something

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

End: TypeAlias = tuple[int, int]
"""Line and column, in bytes from 0, of the end of an expression."""


class FollowedTypes:
    """Answers by where the receiver ends: `Order.objects` of `Order.objects.filter()`."""

    def __init__(self, project: Project) -> None:
        self._found: dict[tuple[Module, End], set[str]] = {}
        data_flow = project.view(DataFlow)
        for trace, called in data_flow.events(Called):
            self._note(trace.module, called.form.function, called.receiver)
        for trace, read in data_flow.events(Read):
            self._note(trace.module, read.form, read.receiver)

    @classmethod
    def build(cls, project: Project) -> FollowedTypes:
        """The view of a project."""
        return cls(project)

    def ending_at(self, module: Module, end: End) -> frozenset[str]:
        """The classes from outside the project that the object may be of; empty where nobody knows."""
        return frozenset(self._found.get((module, end), ()))

    def _note(self, module: Module, form: Expression, receiver: Value | None) -> None:
        if receiver is None or not isinstance(form, Attribute):
            return
        classes = {
            name for each in something(receiver) if isinstance(each, Behaviour) for name in each.classes
        }
        if classes:
            self._found.setdefault((module, _end(form.value)), set()).update(classes)


def may_follow(classes: Iterable[str]) -> bool:
    """Whether the data flow may know objects of one of some classes."""
    return any(name.startswith(FOLLOWED) for name in classes)


def _end(form: Expression) -> End:
    line, column = place(form)
    return (line, column + len(form.id.encode())) if isinstance(form, Name) else (line, column)
