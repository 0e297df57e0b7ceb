"""Calls that never return: what stands behind them is not reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Expression, last_name
from archlint.project.answer import External

if TYPE_CHECKING:
    from archlint.project.flow.behaviour import Semantics
    from archlint.project.flow.place import Place

_PLAIN = frozenset({"sys.exit", "os._exit", "os.abort", "builtins.exit", "builtins.quit"})


def never_returning(semantics: Iterable[Semantics]) -> dict[str, frozenset[str]]:
    """The dotted names of what never returns, by their last words: Python's and those of frameworks."""
    table: dict[str, set[str]] = {}
    for name in _PLAIN.union(*[one.never_returning for one in semantics]):
        table.setdefault(name.rpartition(".")[2], set()).add(name)
    return {word: frozenset(names) for word, names in table.items()}


def stops(run: Place, form: Expression) -> bool:
    """Whether an expression is such a call."""
    if not isinstance(form, Call):
        return False
    known = run.flow.never_returning.get(last_name(form.function), frozenset())
    if not known:
        return False
    callee = run.of(form.function)
    return isinstance(callee, External) and callee.name in known
