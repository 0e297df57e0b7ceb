"""Functions that SQLAlchemy calls as its events happen: `@event.listens_for(Session, "after_commit")`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Call, Expression, Literal, last_name
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.called import called_function
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.project.summaries import CallSite

OF_SESSIONS: Final = frozenset(
    {"after_commit", "after_flush", "after_flush_postexec", "before_commit", "before_flush"}
)
"""Events whose first argument is the session."""

OF_OBJECTS: Final = frozenset(
    f"{when}_{what}" for when in ("before", "after") for what in ("insert", "update", "delete")
)
"""Events of objects that are being written, in the middle of a flush."""


class Listeners:
    """Answers which event a function listens to."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._events = {function: event for function, event in self._found() if event}

    @classmethod
    def build(cls, project: Project) -> Listeners:
        """The view of a project."""
        return cls(project)

    def event(self, function: ProjectFunction | None) -> str:
        """The event; empty for none."""
        return self._events.get(function, "") if function is not None else ""

    def _found(self) -> Iterator[tuple[ProjectFunction, str]]:
        functions = self._project.view(Functions)
        for module in self._project.modules:
            if not module.speaks_of(b"listen"):
                continue
            yield from self._listening(module, "", functions.module_summary(module).calls)
            for function in functions.all_of(module):
                for decorator in function.fact.decorators:
                    if isinstance(decorator, Call) and last_name(decorator.function) == "listens_for":
                        yield function, _event(decorator.arguments)
                if module.mentions(function.fact, "listen"):
                    yield from self._listening(module, function.scope, functions.summary(function).calls)

    def _listening(
        self, module: Module, scope: str, calls: list[CallSite]
    ) -> Iterator[tuple[ProjectFunction, str]]:
        scopes = self._project.view(Scopes)
        for site in calls:
            if last_name(site.call.function) == "listen" and len(site.call.arguments) > 2:
                found = called_function(scopes.resolve(module, scope, site.call.arguments[2]))
                if found is not None:
                    yield found, _event(site.call.arguments)


def _event(arguments: tuple[Expression, ...]) -> str:
    name = arguments[1] if len(arguments) > 1 else None
    value = name.value if isinstance(name, Literal) else None
    return value if isinstance(value, str) and value in OF_SESSIONS | OF_OBJECTS else ""
