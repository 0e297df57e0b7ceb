"""Who reaches what a function has in its names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.statements import Declare

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction


def shares_names(function: ProjectFunction) -> bool:
    """Whether functions inside it see its names, or it sets names of its module."""
    inner = f"{function.fact.qualname}()."
    if any(each.qualname.startswith(inner) for each in function.module.functions):
        return True
    return any(isinstance(each, Declare) for each in function.module.statements(function.fact))
