"""The call of SQLAlchemy behind a value: through names of modules, and functions that return it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Name
from archlint.project.answer import Definition

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.project.functions import Functions
    from archlint.project.module import Module

_FURTHEST = 3
"""Functions that return what another returns are followed so far."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A call, and where it is written."""

    module: Module
    scope: str
    call: Call
    made: str
    """The last name of what it calls of SQLAlchemy; empty for anything else."""


class Following:
    """Follows values."""

    def __init__(self, names: Names, functions: Functions) -> None:
        self._names = names
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

    def _returned(self, of: Followed, further: int) -> Followed | None:
        """What the function of the project that is called returns, if that is a call of SQLAlchemy."""
        if not further or not isinstance(of.call.function, (Name, Attribute)):
            return None
        function = self._names.function(self._names.resolve(of.module, of.scope, of.call.function))
        returns = self._functions.summary(function).returns if function is not None else []
        if function is None or len(returns) != 1:
            return None
        found = self.call(function.module, function.scope, returns[0], further - 1)
        return found if found is not None and found.made else None
