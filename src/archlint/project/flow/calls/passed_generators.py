"""What generators yield that somebody passes on to be run around the rest: the lifespan of an application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Name
from archlint.project.answer import UNKNOWN
from archlint.project.flow.kept.keeping import left_behind
from archlint.project.flow.values import Entries, Object, Value, any_of, something
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.called import called_function
from archlint.project.scopes import Scopes
from archlint.project.summaries import Summary
from archlint.project.words import Words

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.trace import Trace
    from archlint.project.module import Module


class PassedGenerators:
    """Answers by the keyword under which a generator is passed, and the key in what it yields."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._found: dict[str, tuple[ProjectFunction, ...]] = {}

    def yielded(self, keyword: str, key: str) -> Value:
        """What stands under a key in the dicts that they yield; UNKNOWN where none has it."""
        if keyword not in self._found:
            self._found[keyword] = tuple(dict.fromkeys(self._passed(keyword)))
        given = [_handed_over(self._flow.root(function)) for function in self._found[keyword]]
        held = [_held(option, key) for value in given if value is not None for option in something(value)]
        return any_of([value for value in held if value is not UNKNOWN])

    def _passed(self, keyword: str) -> Iterator[ProjectFunction]:
        project = self._flow.project
        functions = project.view(Functions)
        for module in project.view(Words).modules(keyword):
            for scope, summary in functions.bodies(module, keyword):
                yield from self._passed_in(module, scope, summary, keyword)

    def _passed_in(
        self, module: Module, scope: str, summary: Summary, keyword: str
    ) -> Iterator[ProjectFunction]:
        scopes = self._flow.project.view(Scopes)
        for site in summary.calls:
            for passed in site.call.keywords:
                if passed.name == keyword and isinstance(passed.value, (Name, Attribute)):
                    function = called_function(scopes.resolve(module, scope, passed.value))
                    if function is not None and function.fact.is_generator:
                        yield function


def _handed_over(trace: Trace) -> Value | None:
    """What others find of what a generator yields."""
    return None if trace.yielded is None else left_behind(trace.yielded, trace.at_yield)


def _held(yielded: Value, key: str) -> Value:
    """What a dict has under a key, a `TypedDict` that was called, too."""
    if isinstance(yielded, Entries):
        return yielded.get(key)
    fields = dict(yielded.fields) if isinstance(yielded, Object) else {}
    return fields.get(key, UNKNOWN)
