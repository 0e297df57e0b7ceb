"""What each module uses, by qualified name: calls, attribute reads, bases, decorators, annotations.

An import is not a use. A method on an object is one of the object's class, however the object came in:
`session.execute(…)` is a use of `sqlalchemy.orm.Session.execute` where `session` is a parameter annotated
so, is kept in `self.session`, or is what another function returns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Form, Name
from archlint.project.answer import UNKNOWN, Definition, External
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.memo import Memo
from archlint.project.module import Module
from archlint.project.scopes import Scopes
from archlint.project.summaries import Summary, parts
from archlint.project.values import Value, Values

if TYPE_CHECKING:
    from archlint.project.project import Project

Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Use:
    """One use. `name` is empty where the receiver is unknown; `last` is what is asked of it."""

    module: Module
    function: ProjectFunction | None
    how: str
    """`call`, `read`, `base`, `decorator` or `annotation`."""

    name: str
    last: str
    span: Span
    form: Name | Attribute
    """The name or the chain of attributes as it is written."""

    answer: External | Definition | None = None
    """What the name stands for; None where the receiver is unknown."""


class Uses:
    """The uses of every module, found when they are asked for."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._functions = project.view(Functions)
        self._values = project.view(Values)
        self._scopes = project.view(Scopes)
        self._found = Memo(project.reads, self._of)

    @classmethod
    def build(cls, project: Project) -> Uses:
        """The view of a project."""
        return cls(project)

    def of(self, module: Module) -> tuple[Use, ...]:
        """What a module uses, in no particular order."""
        return self._found(module)

    def _of(self, module: Module) -> tuple[Use, ...]:
        return tuple(self._all(module))

    def _all(self, module: Module) -> Iterator[Use]:
        yield from self._in_body(module, None, self._functions.module_summary(module), "")
        for found in module.classes:
            scope = found.qualname.rpartition(".")[0]
            for base in found.bases:
                yield from self._named(module, scope, "base", base)
            for decorator in found.decorators:
                yield from self._named(module, scope, "decorator", decorator)
            summary = self._functions.class_summary(module, found)
            yield from self._in_body(module, None, summary, found.qualname)
        for index, fact in enumerate(module.functions):
            function = ProjectFunction(module, index)
            scope = fact.qualname.rpartition(".")[0]
            for decorator in fact.decorators:
                yield from self._named(module, scope, "decorator", decorator)
            annotations = [parameter.annotation for parameter in fact.parameters]
            for annotation in filter(None, (*annotations, fact.returns)):
                yield from self._named(module, scope, "annotation", annotation)
            summary = self._functions.summary(function)
            yield from self._in_body(module, function, summary, function.scope)

    def _in_body(
        self, module: Module, function: ProjectFunction | None, summary: Summary, scope: str
    ) -> Iterator[Use]:
        for site in summary.calls:
            yield from self._use(module, function, "call", site.call.function, scope)
        for read in summary.reads:
            yield from self._use(module, function, "read", read.attribute, scope)

    def _named(self, module: Module, scope: str, how: str, expression: Form) -> Iterator[Use]:
        """The names in an expression outside any function's body, `list[Order]` and `X | None` too."""
        if isinstance(expression, (Name, Attribute)):
            yield from self._use(module, None, how, expression, scope)
            return
        for part in parts(expression):
            yield from self._named(module, scope, how, part)

    def _use(
        self, module: Module, function: ProjectFunction | None, how: str, expression: Form, scope: str
    ) -> Iterator[Use]:
        span = name_span(expression)
        if span is None or not isinstance(expression, (Name, Attribute)):
            return
        value: Value
        if function is not None:
            value = self._values.of(function, expression)
        else:
            value = self._scopes.resolve(module, scope, expression)
        last = expression.id if isinstance(expression, Name) else expression.attr
        if isinstance(value, Definition) and value.member and (held := self._values.held(value)) != value:
            if isinstance(held, (External, Definition)):
                yield Use(module, function, how, held.name, last, span, expression, held)
        if isinstance(value, (External, Definition)):
            yield Use(module, function, how, value.name, last, span, expression, value)
        elif value is UNKNOWN and isinstance(expression, Attribute):
            yield Use(module, function, how, "", last, span, expression)


def name_span(expression: Form) -> Span | None:
    """The place of a name, or of the last name of a chain; None for any other expression."""
    if isinstance(expression, Name):
        end = expression.column + len(expression.id.encode())
        return expression.line, expression.column, expression.line, end
    if isinstance(expression, Attribute):
        start = expression.column - len(expression.attr.encode())
        return expression.line, max(start, 0), expression.line, expression.column
    return None
