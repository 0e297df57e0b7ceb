"""Calls that never return: what stands behind them is not reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Expression, last_name
from archlint.project.answer import External
from archlint.project.flow.values import Closure

if TYPE_CHECKING:
    from archlint.facts.definitions import FunctionFact
    from archlint.project.flow.place import Place
    from archlint.project.flow.semantics import Semantics
    from archlint.project.module import Module

_PLAIN = frozenset({"sys.exit", "os._exit", "os.abort", "builtins.exit", "builtins.quit"})
_NEVER = frozenset({"Never", "NoReturn"})


def never_returning(semantics: Iterable[Semantics], modules: Iterable[Module]) -> dict[str, frozenset[str]]:
    """The dotted names of what never returns, by their last words: Python's and those of frameworks.

    The project's own functions that say so are there with their names alone.
    """
    own = (fact.name for module in modules for fact in module.functions if never_returns(fact))
    table: dict[str, set[str]] = {name: set() for name in own}
    for name in _PLAIN.union(*[one.never_returning for one in semantics]):
        table.setdefault(name.rpartition(".")[2], set()).add(name)
    return {word: frozenset(names) for word, names in table.items()}


def stops(run: Place, form: Expression) -> bool:
    """Whether an expression is such a call."""
    if not isinstance(form, Call):
        return False
    known = run.flow.never_returning.get(last_name(form.function))
    if known is None:
        return False
    callee = run.of(form.function)
    if isinstance(callee, Closure):
        return never_returns(callee.function.fact)
    return isinstance(callee, External) and callee.name in known


def never_returns(fact: FunctionFact) -> bool:
    """Whether an annotation promises that a function never returns: `-> NoReturn`."""
    return fact.returns is not None and last_name(fact.returns) in _NEVER
