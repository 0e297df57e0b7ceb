"""Columns, read from the calls and annotations that declare them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Literal,
)
from archlint.frameworks.sqlalchemy.names import COLUMN_MAKERS
from archlint.frameworks.sqlalchemy.tables.references import References
from archlint.frameworks.sqlalchemy.tables.words import Column, ForeignKey, Reference
from archlint.project.answer import Definition, External
from archlint.project.call_arguments import spreads_sequence

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.frameworks.sqlalchemy.following import Following
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.mapping.annotated import AnnotatedTypes
    from archlint.frameworks.sqlalchemy.mapping.column_types import ColumnTypes
    from archlint.frameworks.sqlalchemy.texts import Texts
    from archlint.project.module import Module

_DEFAULTS = ("default", "server_default", "default_factory", "insert_default", "onupdate")


class Columns:
    """Reads columns and foreign keys."""

    def __init__(
        self, names: Names, texts: Texts, types: AnnotatedTypes, following: Following, named: ColumnTypes
    ) -> None:
        self._references = References(names, texts, following)
        self._names = names
        self._texts = texts
        self._types = types
        self._column_types = named

    def column(
        self,
        module: Module,
        scope: str,
        attribute: str,
        place: Place,
        call: Call | None,
        annotation: Expression | None = None,
    ) -> Column:
        """A column, from its call, its annotation or both. `attribute` is empty in a Core table."""
        said = self._by_annotation(module, scope, attribute, place, annotation)
        if call is None:
            return said
        maker = self._names.construct(module, scope, call.function)
        if maker in ("column_property", "deferred", "Field"):
            inner = self._inner(module, scope, call)
            if inner is not None:
                return self.column(module, scope, attribute, place, inner, annotation)
        read = self._by_call(module, scope, attribute, place, call, maker)
        return _combined(read, said) if annotation is not None else read

    def foreign_key(self, module: Module, scope: str, call: Call) -> ForeignKey | None:
        """A `ForeignKeyConstraint`; None where it cannot be read."""
        if len(call.arguments) < 2:
            given = {keyword.name: keyword.value for keyword in call.keywords}
            columns, targets = given.get("columns"), given.get("refcolumns")
        else:
            columns, targets = call.arguments[:2]
        if not isinstance(columns, Collection) or not isinstance(targets, Collection):
            return None
        keys = [self._texts.of(module, scope, item) for item in columns.items]
        if None in keys or len(keys) != len(targets.items):
            return None
        references = tuple(self._references.to(module, scope, item) for item in targets.items)
        return ForeignKey(tuple(key for key in keys if key is not None), references)

    def _by_annotation(
        self, module: Module, scope: str, attribute: str, place: Place, expression: Expression | None
    ) -> Column:
        column = Column(attribute, attribute, "", place, None, "")
        if expression is None:
            return column
        typed = self._types.of(module, scope, expression)
        said = typed.said
        if typed.call is not None:
            maker = self._names.construct(typed.module, typed.scope, typed.call.function)
            column = self._by_call(typed.module, typed.scope, attribute, place, typed.call, maker)
            column = replace(column, maker="", call=None)
        elif not typed.is_known:
            column = replace(column, primary_key=None, references=(Reference(place),))
        answer = self._named(typed.module, typed.scope, said.target)
        is_told = typed.call is not None and column.nullable
        nullable = column.nullable if is_told else said.is_optional
        if column.primary_key:
            nullable = False
        return replace(column, type=column.type or answer, nullable=nullable)

    def _named(self, module: Module, scope: str, name: str) -> str:
        answer = self._names.resolve_dotted(module, scope, name) if name else None
        return answer.name if isinstance(answer, (External, Definition)) else ""

    def _inner(self, module: Module, scope: str, call: Call) -> Call | None:
        """The column inside `deferred(Column(...))` or `Field(sa_column=Column(...))`."""
        given = [*call.arguments[:1], *(k.value for k in call.keywords if k.name == "sa_column")]
        for value in given:
            if (
                isinstance(value, Call)
                and self._names.construct(module, scope, value.function) in COLUMN_MAKERS
            ):
                return value
        return None

    def _by_call(
        self, module: Module, scope: str, attribute: str, place: Place, call: Call, maker: str
    ) -> Column:
        given = {keyword.name: keyword.value for keyword in call.keywords}
        is_whole = "" not in given and not spreads_sequence(call)
        positional = list(call.arguments) if maker != "Field" else []
        name: str | None = attribute
        if positional and self._is_text(module, scope, positional[0]):
            name = self._texts.of(module, scope, positional.pop(0))
        elif "name" in given:
            name = self._texts.of(module, scope, given["name"])
        key = self._texts.of(module, scope, given["key"]) if "key" in given else name
        primary_key = _truth(given.get("primary_key"), False if is_whole else None)
        nullable = _truth(given.get("nullable"), None if maker != "Column" else not primary_key)
        said = self._column_types.of(module, scope, positional, given)
        return Column(
            key or "",
            name or "",
            said.name,
            place,
            call,
            maker,
            primary_key,
            False if primary_key else nullable,
            _truth(given.get("unique"), False) is True,
            True if any(name in given for name in _DEFAULTS) else (False if is_whole else None),
            tuple(self._references.of_column(module, scope, positional, given)),
            module,
            said.operators,
        )

    def _is_text(self, module: Module, scope: str, expression: Expression) -> bool:
        if isinstance(expression, (Call, Attribute)) and not isinstance(expression, Literal):
            return False
        if isinstance(expression, Literal):
            return isinstance(expression.value, str)
        return self._texts.of(module, scope, expression) is not None


def _combined(read: Column, said: Column) -> Column:
    """What call and annotation say together; the call is more exact."""
    nullable = read.nullable if read.nullable is not None else said.nullable
    primary_key = _either(read.primary_key, said.primary_key)
    return replace(
        read,
        type=read.type or said.type,
        primary_key=primary_key,
        nullable=False if primary_key else nullable,
        unique=read.unique or said.unique,
        references=read.references or (said.references if said.primary_key is not None else ()),
        has_default=read.has_default or said.has_default,
    )


def _either(one: bool | None, other: bool | None) -> bool | None:
    """Whether one of them is; None where one may be."""
    if one or other:
        return True
    return None if one is None or other is None else False


def _truth(value: Expression | None, default: bool | None) -> bool | None:
    """A truth value as it is written; None for one that nobody can read."""
    if value is None:
        return default
    return value.value if isinstance(value, Literal) and isinstance(value.value, bool) else None
