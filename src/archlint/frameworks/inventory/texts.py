"""Expressions as text: without their places, and with the values of constants where those are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Form,
    Literal,
    Name,
    Operation,
    Template,
)
from archlint.project.answer import Definition
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

UNSEEN = "…"
"""Stands for a part of a text that cannot be seen."""

_DEPTH = 8
_PATHS = frozenset({"path", "rule", "uri"})
_PLACES = frozenset({"line", "column"})


def text_of(project: Project, module: Module, scope: str, value: Expression | None, depth: int = 0) -> str:
    """The text that an expression makes; what is no text, or cannot be seen, is `…`."""
    if isinstance(value, Literal):
        return value.value if isinstance(value.value, str) else UNSEEN
    if depth > _DEPTH or value is None:
        return UNSEEN
    if isinstance(value, Template):
        return "".join(text_of(project, module, scope, part, depth + 1) for part in value.parts)
    if isinstance(value, Operation) and value.operator == "+":
        return "".join(text_of(project, module, scope, part, depth + 1) for part in value.operands)
    if isinstance(value, Call) and len(value.arguments) == 1:  # `org_scoped("/login")`: what it makes of it
        return (
            f"{UNSEEN}{text_of(project, module, scope, value.arguments[0], depth + 1).removeprefix(UNSEEN)}"
        )
    bound = bound_at(project, module, scope, value)
    return UNSEEN if bound is None else text_of(project, bound[0], "", bound[1], depth + 1)


def path_of(project: Project, module: Module, scope: str, call: Call) -> str | None:
    """The path of a route, which a call is given first or by name; None for what is no path."""
    named = next((keyword.value for keyword in call.keywords if keyword.name in _PATHS), None)
    value = call.arguments[0] if call.arguments else named
    if value is None:
        return None
    text = text_of(project, module, scope, value)
    return text if not text or text[0] in f"/{UNSEEN}" else None


def stands_for(project: Project, module: Module, scope: str, value: Expression) -> Expression | None:
    """What a name of a module is bound to, once and for all; None for any other expression."""
    found = bound_at(project, module, scope, value)
    return found[1] if found is not None else None


def bound_at(
    project: Project, module: Module, scope: str, value: Expression
) -> tuple[Module, Expression] | None:
    """The same, with the module that binds it."""
    if not isinstance(value, (Name, Attribute)):
        return None
    found = project.view(Scopes).resolve(module, scope, value)
    if not isinstance(found, Definition) or found.kind is not Kind.VALUE or found.member:
        return None
    bound = project.view(Functions).module_summary(found.module).bound.get(found.qualname, [])
    return (found.module, bound[0].value) if len(bound) == 1 and bound[0].how == "assign" else None


def written(value: Any) -> str:  # noqa: ANN401 -- any field of a form
    """The shape of an expression, for comparison: the same as long as it says the same.

    Names count by their last part, however they are imported, and lists as tuples.
    """
    if isinstance(value, Attribute):
        return value.attr
    if isinstance(value, Name):
        return value.id
    if isinstance(value, Literal):
        return repr(value.value)
    if isinstance(value, Collection) and value.kind != "set":
        return written(value.items)
    if isinstance(value, Form):
        parts = (written(getattr(value, name)) for name in value.__struct_fields__ if name not in _PLACES)
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, tuple):
        return f"[{', '.join(map(written, value))}]"
    return repr(value)
