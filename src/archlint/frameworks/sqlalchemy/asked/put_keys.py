"""Keys of a dict that a call is given with `**` and that may hold more: `filters["code"] = code`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Attribute, Keyword, Literal, Mapping, Name, dotted
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.values.classes import ModelClass
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.values import Object, something
from archlint.project.functions import Functions, ProjectFunction, mentioning

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.answer import External
    from archlint.project.flow.trace import Called, Trace
    from archlint.project.flow.values import Value
    from archlint.project.project import Project

_TAKING_OUT: Final = frozenset({"clear", "pop", "popitem"})


class PutKeys:
    """Finds where a key was written of a dict that is not written down as a whole."""

    def __init__(self, project: Project) -> None:
        self._flow = project.view(DataFlow)
        self._functions = project.view(Functions)
        self._hierarchy = project.view(ClassHierarchy)

    @classmethod
    def build(cls, project: Project) -> PutKeys:
        """The view of a project."""
        return cls(project)

    def put(self, trace: Trace, called: Called, name: str) -> tuple[Trace, Keyword] | None:
        """Where a key is put in that a call spreads; None where that may not be for this call.

        Who is told what to ask may be told, too, which of the keys to put in.
        """
        spread = [keyword.value for keyword in called.form.keywords if not keyword.name]
        if len(spread) != 1 or trace.function is None or _is_told_what_to_ask(trace):
            return None
        fillers = tuple(self._fillers(trace.function, trace, spread[0]))
        if any(self._takes_out(each, spread[0]) for each in fillers):
            return None
        for filler in fillers:
            for key in self._keys(filler, spread[0]):
                if isinstance(key, Literal) and key.value == name:
                    at = trace if filler == trace.function else self._flow.flow.root(filler)
                    return at, Keyword(name, key, key.line, key.column + 1)  # behind the quote
        return None

    def _fillers(
        self, function: ProjectFunction, trace: Trace, container: Expression
    ) -> Iterator[ProjectFunction]:
        """The functions that may put something into a dict: the methods, for one that their object keeps."""
        if isinstance(container, (Mapping, Name)):
            yield function
        if not isinstance(container, Attribute) or dotted(container.value) != function.receiver:
            return
        of = trace.receiver.of if isinstance(trace.receiver, Object) else None
        for each in self._hierarchy.order(of) if isinstance(of, ProjectClass) else ():
            if isinstance(each, ProjectClass):
                named = mentioning(each.module, container.attr)
                yield from (method for method in named if method.fact.owner == each.index)

    def _keys(self, function: ProjectFunction, container: Expression) -> Iterator[Expression | None]:
        """The keys that a function writes where it makes a dict, and those that it puts in afterwards."""
        if isinstance(container, Mapping):
            yield from container.keys
            return
        summary, path = self._functions.summary(function), dotted(container)
        made = summary.bound.get(path, [bound for target, bound in summary.stored if dotted(target) == path])
        if len(made) > 1:
            return
        for bound in made:
            if isinstance(bound.value, Mapping):
                yield from bound.value.keys
        yield from (target.index for target, _ in summary.keyed if dotted(target.value) == path)

    def _takes_out(self, function: ProjectFunction, container: Expression) -> bool:
        called = (site.call.function for site in self._functions.summary(function).calls)
        return any(
            isinstance(form, Attribute)
            and form.attr in _TAKING_OUT
            and dotted(form.value) == dotted(container)
            for form in called
        )


def _is_told_what_to_ask(trace: Trace) -> bool:
    """Whether a caller, or whoever made the object, passes a mapped class or a statement."""
    told = [value for _, value in trace.arguments or ()]
    receiver = trace.receiver
    if isinstance(receiver, Object):
        told += [value for _, value in receiver.fields if not _is_made_by(receiver.of, value)]
    return any(isinstance(each, (ModelClass, Statement)) for value in told for each in something(value))


def _is_made_by(of: ProjectClass | External, value: Value) -> bool:
    """Whether a statement begins within the class whose object keeps it."""
    source = value.source if isinstance(value, Statement) else None
    if source is None or not isinstance(of, ProjectClass) or source.module is not of.module:
        return False
    return of.fact.line <= source.line <= of.fact.end_line
