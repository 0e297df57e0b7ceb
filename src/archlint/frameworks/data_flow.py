"""The values of a project as its frameworks know them, followed through all of its code."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from archlint.project.flow.trace import Called, Event, Trace

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.semantics import Semantics
    from archlint.project.project import Project

E = TypeVar("E", bound=Event)


class DataFlow:
    """The runs of all the code of a project; without a framework there is nothing to follow."""

    def __init__(self, project: Project) -> None:
        from archlint.project.flow.flow import Flow

        self._project = project
        self.semantics = _semantics(project)
        self.flow: Flow = Flow(project, self.semantics)
        self._traces: tuple[Trace, ...] | None = None
        self._events: dict[type, list[tuple[Trace, Event]]] | None = None

    @classmethod
    def build(cls, project: Project) -> DataFlow:
        """The view of a project."""
        return cls(project)

    def events(self, kind: type[E]) -> list[tuple[Trace, E]]:
        """Everything of one kind that happens anywhere, with the run in which it does.

        A place may be met more than once: in a run on its own, and with the arguments of callers.
        """
        if self._events is None:
            self._events = {}
            for trace in self.traces():
                for event in trace.events:
                    self._events.setdefault(event.__class__, []).append((trace, event))
        return self._events.get(kind, [])  # type: ignore[return-value]

    def traces(self) -> tuple[Trace, ...]:
        """Every run of every body, those with the arguments of a caller too."""
        if self._traces is None:
            for module in self._project.modules if self.semantics else ():
                for _ in self.flow.traces(module):
                    pass
            if self.semantics:
                from archlint.project.flow.blocks.rounds import run_rounds

                self.flow.run_heirs()
                run_rounds(self.flow)
                self.flow.calls.make_again()
            self._traces = tuple(self.flow.made)
        return self._traces


def _semantics(project: Project) -> tuple[Semantics, ...]:
    """What the frameworks know that the project uses, loaded when somebody follows its values."""
    from archlint.frameworks.background import Background
    from archlint.frameworks.celery.tasks import CelerySemantics
    from archlint.frameworks.dependency_injector.providers import InjectorSemantics
    from archlint.frameworks.django.query.semantics import DjangoSemantics
    from archlint.frameworks.drivers.semantics import DriverSemantics
    from archlint.frameworks.fastapi.dependencies import FastApiSemantics
    from archlint.frameworks.jinja.renderers import JinjaSemantics
    from archlint.frameworks.litestar.providers import LitestarSemantics
    from archlint.frameworks.pydantic.dumps import PydanticSemantics
    from archlint.frameworks.request_state import RequestState
    from archlint.frameworks.sent.semantics import SentSemantics
    from archlint.frameworks.sqlalchemy.values.semantics import SqlAlchemySemantics
    from archlint.frameworks.tornado.applications import TornadoSemantics

    orms = tuple(filter(None, (DjangoSemantics.of(project), SqlAlchemySemantics.of(project))))
    web = (FastApiSemantics.of, LitestarSemantics.of, PydanticSemantics.of, Background.of, RequestState.of)
    makers = (
        *web,
        CelerySemantics.of,
        TornadoSemantics.of,
        InjectorSemantics.of,
        JinjaSemantics.of,
        DriverSemantics.of,
        SentSemantics.of,
    )
    return (*orms, *filter(None, (make(project) for make in makers)))


def call_of(trace: Trace) -> Called | None:
    """The call in the caller's run that led to this one; None for a run on its own."""
    if trace.caller is None:
        return None
    caller, form = trace.caller
    for event in caller.events:
        if isinstance(event, Called) and event.form is form:
            return event
    return None
