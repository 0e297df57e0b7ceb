"""Names that stand for a literal: `RELATED = "orders"`, used as `related_name=RELATED`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Expression, Literal, Name
from archlint.project.answer import Definition

if TYPE_CHECKING:
    from archlint.project.functions import Functions
    from archlint.project.module import Module
    from archlint.project.scopes import Scopes


class Constants:
    """Looks up the literals that names of modules are bound to, once and for all."""

    def __init__(self, scopes: Scopes, functions: Functions) -> None:
        self._scopes = scopes
        self._functions = functions

    def literal(self, module: Module, scope: str, value: Expression) -> Literal | None:
        """The literal that a name stands for, at the place of the name; None for all else."""
        if not isinstance(value, (Name, Attribute)):
            return None
        found = self._scopes.resolve(module, scope, value)
        if not isinstance(found, Definition) or found.kind is not Kind.VALUE or found.member:
            return None
        bound = self._functions.module_summary(found.module).bound.get(found.qualname, ())
        if len(bound) != 1 or bound[0].how != "assign" or not isinstance(bound[0].value, Literal):
            return None
        return Literal(bound[0].value.value, value.line, value.column, bound[0].value.truncated)
