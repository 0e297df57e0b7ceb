"""What modules give to names, once and for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Expression, Name
from archlint.facts.statements import Assign

if TYPE_CHECKING:
    from archlint.project.module import Module


def constants_of(module: Module) -> dict[str, Expression]:
    """The values of the names that a module binds once, and whatever happens."""
    return {
        target.id: statement.value
        for statement in module.body
        if isinstance(statement, Assign) and not statement.operator
        for target in statement.targets
        if isinstance(target, Name) and len(module.bindings.get(target.id, ())) == 1
    }
