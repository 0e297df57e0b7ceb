"""Functions that ask once and keep the answer for the whole process, in a global name.

Whether such a function queries the database when it is called depends on who called it before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.forms import names_in
from archlint.facts.statements import Declare, If

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction


def keeps_its_answer(function: ProjectFunction) -> bool:
    """Whether a function looks first at a global name that it sets: `if default is None: default = …`."""
    module = function.module
    if not module.mentions(function.fact, "global"):
        return False
    statements = module.statements(function.fact)
    kept = {
        name for one in statements if isinstance(one, Declare) and one.kind == "global" for name in one.names
    }
    tests = [one.test for one in statements if isinstance(one, If)]
    return any(name in kept for test in tests for name in names_in([test]))
