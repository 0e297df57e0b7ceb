"""Loops over routers that are written down: `for one in (users, orders): app.include_router(one.router)`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Collection, Expression, Name
from archlint.facts.substitution import substituted
from archlint.project.answer import Definition
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.scopes import Scopes, nested

if TYPE_CHECKING:
    from archlint.facts.statements import For
    from archlint.project.module import Module
    from archlint.project.project import Project


class Item(msgspec.Struct, frozen=True):
    """One turn of a loop: what its names stand for, and where that is written."""

    module: Module
    scope: str
    names: Mapping[str, Expression]


def items_of(project: Project, module: Module, scope: str, loop: For) -> tuple[Item, ...]:
    """The turns of a loop, in order; none where it ranges over what nobody can tell."""
    ranged = _local(project, module, scope, loop.iterable)
    if isinstance(ranged, (Name, Attribute)):
        found = project.view(Scopes).resolve(module, scope, ranged)
        if not isinstance(found, Definition) or found.kind is not Kind.VALUE or found.member:
            return ()
        bound = project.view(Functions).module_summary(found.module).bound.get(found.qualname, ())
        if len(bound) != 1 or bound[0].how != "assign":
            return ()
        module, scope, ranged = found.module, "", bound[0].value
    if not isinstance(ranged, Collection) or ranged.kind == "set":
        return ()
    turns = [_bound(loop.target, item) for item in ranged.items]
    return tuple([Item(module, scope, names) for names in turns if names]) if all(turns) else ()


def read_with(module: Module, scope: str, value: Expression, item: Item) -> tuple[Module, str, Expression]:
    """An expression of the loop for one turn, and the module and scope it is to be read in."""
    filled = substituted(value, lambda name: item.names.get(name.id) if isinstance(name, Name) else None)
    return (module, scope, value) if filled is value else (item.module, item.scope, filled)


def filled_in(call: Call, item: Item) -> Call:
    """A call of the loop as it is made in one turn: `app.add_api_route(path, handler)`."""
    return substituted(call, lambda name: item.names.get(name.id) if isinstance(name, Name) else None)


def _local(project: Project, module: Module, scope: str, ranged: Expression) -> Expression:
    """What a name stands for that the function around a loop binds once."""
    around = nested(module, scope.removesuffix("()")) if scope and isinstance(ranged, Name) else None
    if around is None or around.kind is not Kind.FUNCTION or not isinstance(ranged, Name):
        return ranged
    summary = project.view(Functions).summary(ProjectFunction(module, around.index))
    bound = summary.bound.get(ranged.id, ())
    return bound[0].value if len(bound) == 1 and bound[0].how == "assign" else ranged


def _bound(target: Expression, item: Expression) -> dict[str, Expression]:
    """What the names of a target are in one turn; nothing where they cannot be told."""
    if isinstance(target, Name):
        return {target.id: item}
    if not isinstance(target, Collection) or not isinstance(item, Collection):
        return {}
    if len(target.items) != len(item.items):
        return {}
    found: dict[str, Expression] = {}
    for one, each in zip(target.items, item.items, strict=True):
        inner = _bound(one, each)
        if not inner:
            return {}
        found.update(inner)
    return found
