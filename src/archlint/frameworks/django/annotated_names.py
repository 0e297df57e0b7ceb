"""Names that some query of the project may give to objects, found by the calls alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Literal, Mapping, last_name
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.project.project import Project
    from archlint.project.summaries import Summary

_METHODS = frozenset({"annotate", "alias", "extra"})
_MARKS = tuple(method.encode() for method in _METHODS)


class AnnotatedNames:
    """What every `annotate()` names, on whatever it is called: `lines__count` too, for `Count("lines")`."""

    def __init__(self, project: Project) -> None:
        self.names = frozenset(name for summary in _summaries(project) for name in _given(summary))

    @classmethod
    def build(cls, project: Project) -> AnnotatedNames:
        """The view of a project."""
        return cls(project)


def _summaries(project: Project) -> Iterator[Summary]:
    functions = project.view(Functions)
    for module in project.modules:
        if _is_marked(bytes(module.facts.body)):
            yield functions.module_summary(module)
        if not _is_marked(module.encoded_definitions):
            continue
        for fact in module.classes:
            if _is_marked(module.encoded(fact)):
                yield functions.class_summary(module, fact)
        for index, function in enumerate(module.functions):
            if _is_marked(module.encoded(function)):
                yield functions.summary(ProjectFunction(module, index))


def _is_marked(code: bytes) -> bool:
    return any(mark in code for mark in _MARKS)


def _given(summary: Summary) -> Iterator[str]:
    for site in summary.calls:
        call = site.call
        if isinstance(call.function, Attribute) and call.function.attr in _METHODS:
            yield from _names(call)


def _names(call: Call) -> Iterator[str]:
    for keyword in call.keywords:
        if keyword.name:
            yield keyword.name
        if isinstance(keyword.value, Mapping):
            yield from (str(key.value) for key in keyword.value.keys if isinstance(key, Literal))
    for argument in call.arguments:
        if isinstance(argument, Call) and argument.arguments and isinstance(argument.arguments[0], Literal):
            yield f"{argument.arguments[0].value}__{last_name(argument.function).lower()}"
