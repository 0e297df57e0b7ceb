"""Calls that never return: what stands behind them is not reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Expression, last_name
from archlint.project.answer import External

if TYPE_CHECKING:
    from archlint.project.flow.place import Place

_PLAIN = frozenset({"sys.exit", "os._exit", "os.abort", "builtins.exit", "builtins.quit"})


def stops(run: Place, form: Expression) -> bool:
    """Whether an expression is such a call."""
    if not isinstance(form, Call):
        return False
    word = last_name(form.function)
    known = {name for semantics in run.flow.semantics for name in semantics.never_returning} | _PLAIN
    if not any(name.endswith(f".{word}") for name in known):
        return False
    callee = run.of(form.function)
    return isinstance(callee, External) and callee.name in known
