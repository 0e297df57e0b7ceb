"""The call of SQLAlchemy behind a value: through names of modules, and functions that return it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Collection, Comprehension, Expression, Literal, Name
from archlint.frameworks.sqlalchemy.filled_in import as_text, called_with, rest_of
from archlint.project.answer import Definition

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.texts import Texts
    from archlint.project.functions import Functions
    from archlint.project.module import Module

_FURTHEST = 3
"""Functions that return what another returns are followed so far."""


class Listed(msgspec.Struct, frozen=True):
    """The items of a list or tuple, and where they are written; of a comprehension, the one for all."""

    module: Module
    scope: str
    items: tuple[Expression, ...]


class Followed(msgspec.Struct, frozen=True):
    """A call, and where it is written."""

    module: Module
    scope: str
    call: Call
    made: str
    """The last name of what it calls of SQLAlchemy; empty for anything else."""

    rest: tuple[str, Listed] | None = None
    """What `*parts` stands for in the function that returns it: the arguments that are left over."""


class Following:
    """Follows values."""

    def __init__(self, names: Names, texts: Texts, functions: Functions) -> None:
        self._names = names
        self._texts = texts
        self._functions = functions

    def call(
        self, module: Module, scope: str, value: Expression | None, further: int = _FURTHEST
    ) -> Followed | None:
        """The call that makes a value; the value itself where it leads nowhere; None where it is no call."""
        if isinstance(value, Call):
            made = self._names.construct(module, scope, value.function)
            own = Followed(module, scope, value, made)
            return own if made else self._returned(own, further) or own
        if not isinstance(value, Name) or not further:
            return None
        answer = self._names.resolve(module, scope, value)
        if not isinstance(answer, Definition) or answer.kind is not Kind.VALUE or answer.member:
            return None
        bound = self._names.bound(answer)
        return self.call(answer.module, "", bound, further - 1) if isinstance(bound, Call) else None

    def items(self, module: Module, scope: str, value: Expression | None) -> Listed | None:
        """What `*value` stands for: a list that is written there, under a name or in a function."""
        if isinstance(value, Collection):
            return Listed(module, scope, value.items)
        if isinstance(value, Comprehension):
            return Listed(module, scope, (value.element,)) if value.kind != "dict" else None
        if isinstance(value, Call):
            function = self._names.function(self._names.resolve(module, scope, value.function))
            returns = self._functions.summary(function).returns if function is not None else []
            is_list = len(returns) == 1 and isinstance(returns[0], (Collection, Comprehension))
            if function is None or not is_list:
                return None
            return self.items(function.module, function.scope, returns[0])
        answer = self._names.resolve(module, scope, value) if isinstance(value, (Name, Attribute)) else None
        if not isinstance(answer, Definition) or answer.kind is not Kind.VALUE or answer.member:
            return None
        bound = self._names.bound(answer)
        if not isinstance(bound, (Collection, Comprehension)):
            return None
        return self.items(answer.module, "", bound)

    def _returned(self, of: Followed, further: int) -> Followed | None:
        """What the function of the project that is called returns, if that is a call of SQLAlchemy."""
        if not further or not isinstance(of.call.function, (Name, Attribute)):
            return None
        function = self._names.function(self._names.resolve(of.module, of.scope, of.call.function))
        summary = self._functions.summary(function) if function is not None else None
        if function is None or summary is None or len(summary.returns) != 1:
            return None
        is_here = function.module is of.module

        def seen(argument: Expression) -> Expression | None:
            return self._seen(of, argument, is_here=is_here)

        returned = called_with(function, summary, of.call, seen, summary.returns[0])
        found = self.call(function.module, function.scope, returned, further - 1)
        if found is None or not found.made:
            return None
        left = rest_of(function, of.call)
        return replace(found, rest=(left[0], Listed(of.module, of.scope, left[1]))) if left else found

    def _seen(self, of: Followed, argument: Expression, *, is_here: bool) -> Expression | None:
        """What stands for an argument in the module of the function that is called."""
        if is_here:
            return argument
        if isinstance(argument, Literal) and not isinstance(argument.value, str):
            return Literal(argument.value, 0, 0)
        text = self._texts.of(of.module, of.scope, argument)
        if text is not None:
            return as_text(text)
        if not isinstance(argument, (Name, Attribute)):
            return None
        answer = self._names.resolve(of.module, of.scope, argument)
        if not isinstance(answer, Definition) or answer.kind is not Kind.CLASS or answer.member:
            return None
        return as_text(answer.qualname)
