"""With which runs a piece of work begins: nobody of the project is behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.handlers import begins_work, is_handler, is_view_method
from archlint.frameworks.sqlalchemy.candidates import LONGEST, encoded, is_migration
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ClassHierarchy
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Closure, Method
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.project import Project


class Works:
    """The runs of a project, those of tests and migrations left out: others commit there, or nobody."""

    def __init__(self, project: Project) -> None:
        self._hierarchy = project.view(ClassHierarchy)
        self._modules = project.modules
        made = project.view(DataFlow).traces()
        own = (each for each in made if not is_test(each.module.path))
        self.traces = tuple(each for each in own if not is_migration(each.module))
        self._called = frozenset(_called(each for each in made if not is_test(each.module.path)))
        self._unseen: frozenset[str] | None = None

    @classmethod
    def build(cls, project: Project) -> Works:
        """The view of a project."""
        return cls(project)

    def is_begun_by_others(self, trace: Trace) -> bool:
        """Whether a framework calls the function of a run, and nobody else does."""
        function = self._uncalled(trace)
        return function is not None and (
            bool(trace.providers)
            or is_handler(function)
            or is_view_method(function, self._hierarchy)
            or begins_work(function)
        )

    def is_begun_unseen(self, trace: Trace) -> bool:
        """Whether nobody is seen to call it, nor anything that has its name, though other modules name it."""
        function = self._uncalled(trace)
        if function is None or function.decorators:
            return False
        if self._unseen is None:
            self._unseen = frozenset(_unseen(self.traces))
        name = function.fact.name
        return name not in self._unseen and any(
            module is not function.module
            and not is_test(module.path)
            and module.speaks_of(encoded(name[:LONGEST]))
            for module in self._modules
        )

    def _uncalled(self, trace: Trace) -> ProjectFunction | None:
        """The function of a run that no other led to."""
        function = trace.function
        if function is None or trace.caller is not None or function.fact.is_generator:
            return None
        return function if function not in self._called else None


def _called(traces: Iterable[Trace]) -> Iterator[ProjectFunction]:
    """The functions that others of the project call."""
    for trace in traces:
        for event in trace.events:
            runs = (event.trace, *event.besides) if isinstance(event, Called) else ()
            for run in runs:
                if run is not None and run.function is not None and run.function is not trace.function:
                    yield run.function


def _unseen(traces: Iterable[Trace]) -> Iterator[str]:
    """The names of methods and functions that are called, and nobody knows which they are."""
    for trace in traces:
        for event in trace.events:
            if not isinstance(event, Called) or event.trace is not None:
                continue
            if event.callee is UNKNOWN or isinstance(event.callee, (Closure, Method)):
                yield event.name
