"""Types that bring their column along: `Annotated[int, mapped_column(…)]`, written out or under a name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Call,
    Collection,
    Expression,
    Literal,
    Name,
    Operation,
    Subscript,
    dotted,
)
from archlint.frameworks.sqlalchemy.mapping.annotations import Annotation, read_annotation
from archlint.frameworks.sqlalchemy.names import COLUMN_MAKERS, LIBRARIES
from archlint.project.answer import Answer, Definition, External

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.following import Following
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.project.module import Module

_MAKERS = COLUMN_MAKERS | {"Field"}
_NO_COLUMNS = sys.stdlib_module_names | LIBRARIES | {"pydantic", "typing_extensions"}
"""Whose types bring none."""


class Typed(msgspec.Struct, frozen=True):
    """What the type of a column says, and where that is written."""

    module: Module
    said: Annotation
    call: Call | None = None
    scope: str = ""
    """The column that it brings, and the scope of that."""

    is_known: bool = True
    """False where it may bring a column that nobody sees."""


class AnnotatedTypes:
    """Reads the types of columns."""

    def __init__(self, names: Names, following: Following) -> None:
        self._names = names
        self._following = following

    def of(self, module: Module, scope: str, expression: Expression) -> Typed:
        """The type that an annotation gives a column."""
        said = read_annotation(expression)
        inside = next(_annotated(expression), None)
        if inside is not None:
            return self._read(module, scope, inside, said)
        if not said.target:
            return Typed(module, said, scope=scope)
        answer = self._names.resolve_dotted(module, scope, said.target)
        bound = self._names.bound(answer) if isinstance(answer, Definition) and not answer.member else None
        if isinstance(answer, Definition) and isinstance(bound, Subscript):
            return self._named(said, answer, bound)
        return Typed(module, said, scope=scope, is_known=_is_type(answer, bound))

    def _named(self, said: Annotation, answer: Definition, bound: Subscript) -> Typed:
        """What is behind a name: `intpk`, `PrimaryKey[int]`."""
        inner = read_annotation(bound)
        target = inner.target if said.is_plain else ""  # a type variable, for which another type stands
        behind = replace(said, target=target, is_optional=said.is_optional or inner.is_optional)
        inside = next(_annotated(bound), None)
        if inside is None:
            return Typed(answer.module, behind)
        return self._read(answer.module, "", inside, behind)

    def _read(self, module: Module, scope: str, annotated: Subscript, said: Annotation) -> Typed:
        index = annotated.index
        extras = index.items[1:] if isinstance(index, Collection) else ()
        is_known = True
        for extra in extras:
            found = self._following.call(module, scope, extra)
            if found is not None and found.made in _MAKERS:
                return Typed(found.module, said, found.call, found.scope)
            is_known &= found is not None or isinstance(extra, Literal)
        return Typed(module, said, scope=scope, is_known=is_known)


def _annotated(expression: Expression) -> Iterator[Subscript]:
    """The `Annotated[…]` of a type, within `Mapped` and unions, too."""
    if isinstance(expression, Operation):
        for operand in expression.operands:
            yield from _annotated(operand)
    elif isinstance(expression, Subscript):
        if dotted(expression.value).rpartition(".")[2] == "Annotated":
            yield expression
        elif isinstance(expression.index, (Subscript, Operation)):
            yield from _annotated(expression.index)


def _is_type(answer: Answer, bound: Expression | None) -> bool:
    """Whether it is a type as it stands, which brings no column."""
    if isinstance(answer, External):
        return answer.name.partition(".")[0] in _NO_COLUMNS
    if not isinstance(answer, Definition):
        return False
    return answer.kind is Kind.CLASS or (bound is not None and not isinstance(bound, Name))
