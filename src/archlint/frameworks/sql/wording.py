"""What messages say of parts of SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Subscript, last_name

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression


def named(value: Expression | None) -> str:
    """A part by its last name."""
    if isinstance(value, Call) and last_name(value.function):
        return f"`{last_name(value.function)}(…)`"
    if isinstance(value, Subscript) and last_name(value.value):
        return f"`{last_name(value.value)}[…]`"
    name = last_name(value) if value is not None else ""
    return f"`{name}`" if name else "data"
