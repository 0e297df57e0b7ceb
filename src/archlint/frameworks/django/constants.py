"""Names that stand for a literal, `RELATED = "orders"`, or for options: `OPTIONAL = {"null": True}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Expression,
    Keyword,
    Literal,
    Mapping,
    Name,
    Opaque,
    Subscript,
    written_text,
)
from archlint.facts.forms import walked
from archlint.facts.statements import Assign, Delete
from archlint.project.answer import Definition
from archlint.project.call_arguments import spreads_mapping

if TYPE_CHECKING:
    from archlint.project.functions import Functions
    from archlint.project.module import Module
    from archlint.project.scopes import Scopes

_CHANGING = frozenset({"clear", "pop", "popitem", "setdefault", "update"})
_DEEPEST = 3
"""Dicts of options that are made of others, one inside the other."""


class Constants:
    """Looks up what names of modules are bound to, once and for all."""

    def __init__(self, scopes: Scopes, functions: Functions) -> None:
        self._scopes = scopes
        self._functions = functions

    def literal(self, module: Module, scope: str, value: Expression) -> Literal | None:
        """The literal that a name stands for, at the place of the name; None for all else."""
        bound = self._bound(module, scope, value)
        if bound is None or not isinstance(bound[1], Literal) or not isinstance(value, (Name, Attribute)):
            return None
        return Literal(bound[1].value, value.line, value.column, bound[1].truncated)

    def spelled_out(self, module: Module, scope: str, value: Expression) -> Expression:
        """A call with the keywords that `**OPTIONAL` stands for, where all of them are written down."""
        if not isinstance(value, Call) or not spreads_mapping(value):
            return value
        keywords: list[Keyword] = []
        for keyword in value.keywords:
            options = self._options(module, scope, keyword.value) if not keyword.name else None
            given = [
                Keyword(n, _at(v, keyword), keyword.line, keyword.column) for n, v in (options or {}).items()
            ]
            keywords += [keyword] if options is None else given
        return replace(value, keywords=tuple(keywords))

    def _options(
        self, module: Module, scope: str, value: Expression, depth: int = _DEEPEST
    ) -> dict[str, Expression] | None:
        """What a dict of options holds; None where somebody may have put more into it."""
        bound = self._bound(module, scope, value)
        if bound is not None:
            return self._options(bound[0], "", bound[1], depth - 1) if depth else None
        if not isinstance(value, Mapping):
            return None
        options: dict[str, Expression] = {}
        for key, held in zip(value.keys, value.values, strict=True):
            name = written_text(key) if key is not None else None
            found = self._options(module, scope, held, depth) if key is None else {name or "": held}
            if not found or "" in found:
                return None
            options |= found
        return options

    def _bound(self, module: Module, scope: str, value: Expression) -> tuple[Module, Expression] | None:
        """What a name is bound to, and nothing else ever, with the module that does."""
        if not isinstance(value, (Name, Attribute)):
            return None
        found = self._scopes.resolve(module, scope, value)
        if not isinstance(found, Definition) or found.kind is not Kind.VALUE or found.member:
            return None
        bound = self._functions.module_summary(found.module).bound.get(found.qualname, ())
        if len(bound) != 1 or bound[0].how != "assign":
            return None
        is_dict = isinstance(bound[0].value, Mapping)
        if is_dict and found.qualname in _changed(found.module):
            return None
        return found.module, bound[0].value


def _at(value: Expression, keyword: Keyword) -> Expression:
    """What an option is, where it is spread; what means something only where it is written is left open."""
    if isinstance(value, Literal) or (isinstance(value, Attribute) and isinstance(value.value, Name)):
        return replace(value, line=keyword.line, column=keyword.column)
    return Opaque(keyword.line, keyword.column)


def _changed(module: Module) -> Iterator[str]:
    """The names of a module whose dicts it changes itself: `OPTIONAL["null"] = True`."""
    for form in walked(module.body):
        if isinstance(form, (Assign, Delete)):
            owners = [each.value for each in form.targets if isinstance(each, Subscript)]
        elif isinstance(form, Call) and isinstance(form.function, Attribute):
            owners = [form.function.value] if form.function.attr in _CHANGING else []
        else:
            continue
        yield from (owner.id for owner in owners if isinstance(owner, Name))
