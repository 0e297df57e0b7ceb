"""What a dict of a module holds under a key: `SERVICES["orders"]`."""

from __future__ import annotations

from archlint.facts.expressions import Expression, Literal, Mapping, Name
from archlint.project.answer import Definition
from archlint.project.functions import Functions


def entries(functions: Functions, holder: Definition, key: Expression) -> tuple[Expression, ...]:
    """All that a module puts into its own dict under a key, under any where nobody knows which.

    Empty where anything may be there.
    """
    summary, name = functions.module_summary(holder.module), holder.qualname
    bound = summary.bound.get(name, ())
    table = bound[0].value if len(bound) == 1 else None
    if not isinstance(table, Mapping) or None in table.keys:
        return ()
    later = (
        (target.index, bound.value)
        for target, bound in summary.keyed
        if isinstance(target.value, Name) and target.value.id == name
    )
    written = (*zip(table.keys, table.values, strict=True), *later)
    if not isinstance(key, Literal):
        return tuple(value for _, value in written)
    return tuple(value for at, value in written if isinstance(at, Literal) and at.value == key.value)
