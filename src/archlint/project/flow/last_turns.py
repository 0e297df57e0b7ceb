"""Blocks that no loop comes back to: what happens in them happens once, not in each turn."""

from __future__ import annotations

from msgspec.structs import replace

from archlint.facts.statements import Jump, Raise, Return, Statement
from archlint.project.flow.trace import Context


def in_last_turn(context: Context, statements: tuple[Statement, ...]) -> Context:
    """The context of a block: one that ends in `return` or `break` runs once, whatever loop is around it."""
    if not context.loops or context.caught or not statements:
        return context  # a handler may go on with the next turn
    last = statements[-1]
    if isinstance(last, (Return, Raise)):
        return replace(context, loops=())
    if isinstance(last, Jump) and last.kind == "break":
        return replace(context, loops=context.loops[:-1])
    return context
