"""Core tables: `Table("users", metadata, Column(...), ...)`, and the `__table_args__` of classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.facts import expressions
from archlint.facts.expressions import (
    Call,
    Collection,
    Expression,
    Literal,
    Name,
    Operation,
    Starred,
    is_spread,
    says,
)
from archlint.frameworks.sqlalchemy.names import COLUMN_MAKERS
from archlint.frameworks.sqlalchemy.places import place_of
from archlint.frameworks.sqlalchemy.tables.words import Column, Constraint, ForeignKey, Table

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.following import Following, Listed
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.mapping.columns import Columns
    from archlint.frameworks.sqlalchemy.mapping.lineage import Lineage
    from archlint.frameworks.sqlalchemy.texts import Texts
    from archlint.project.module import Module
    from archlint.project.summaries import Bound

_ELSEWHERE = frozenset({"", "autoload", "autoload_with"})
"""Keywords by which a table has columns that are not written down here."""

_LISTING = {
    "ForeignKeyConstraint": "columns",
    "Index": "",
    "PrimaryKeyConstraint": "",
    "UniqueConstraint": "",
}
"""What names columns by texts, and the argument that does where only one of them is for that."""

_HARMLESS = frozenset({"Index", "CheckConstraint", "UniqueConstraint", "ExcludeConstraint", "Comment", "DDL"})


class Parts(msgspec.Struct):
    """What the arguments of a table, or the `__table_args__` of a class, add up to."""

    columns: dict[str, Column] = msgspec.field(default_factory=dict)
    foreign_keys: list[ForeignKey] = msgspec.field(default_factory=list)
    primary_key: list[str] = msgspec.field(default_factory=list)
    constraints: list[Constraint] = msgspec.field(default_factory=list)
    options: dict[str, Expression] = msgspec.field(default_factory=dict)
    is_whole: bool = True


class CoreTables:
    """Reads tables."""

    def __init__(
        self, names: Names, texts: Texts, columns: Columns, lineage: Lineage, following: Following
    ) -> None:
        self._following = following
        self._names = names
        self._texts = texts
        self._columns = columns
        self._lineage = lineage

    def table(
        self,
        module: Module,
        scope: str,
        owner: str,
        call: Call,
        local: Mapping[str, list[Bound]] = MappingProxyType({}),
        rest: tuple[str, Listed] | None = None,
    ) -> Table:
        """A table that a call makes.

        `owner` is the dotted name it is given, `local` what the function around it binds, `rest` what
        stands for one of the starred arguments.
        """
        brings_metadata = self._brings_metadata(module, scope, call)
        parts = Parts()
        for argument in call.arguments[1 if brings_metadata else 2 :]:
            if rest is not None and is_spread(argument, rest[0]):
                self._add_all(rest[1], parts)
            else:
                self._add(module, scope, argument, parts)
        given = {keyword.name: keyword.value for keyword in call.keywords}
        first = call.arguments[0] if call.arguments else given.get("name")
        name = self._texts.of(module, scope, first) if first is not None else None
        return Table(
            name or "",
            self.schema(module, scope, given),
            self._metadata(module, scope, call, local),
            place_of(module, call),
            owner,
            MappingProxyType(with_primary_key(parts)),
            (*parts.foreign_keys, *of_columns(parts.columns)),
            tuple(parts.constraints),
            not (parts.is_whole and name and parts.columns) or not _ELSEWHERE.isdisjoint(given),
            not _brings_parts(call, given, 1 if brings_metadata else 2),
        )

    def returned(self, module: Module, owner: str, call: Call) -> Table | None:
        """The table that a function of the project makes for a call of it, if it is one that does."""
        followed = self._following.call(module, "", call)
        if followed is None or followed.made != "Table" or followed.call is call:
            return None
        table = self.table(followed.module, followed.scope, owner, followed.call, rest=followed.rest)
        return replace(table, place=place_of(module, call), module=followed.module)

    def table_args(self, module: Module, scope: str, value: Expression | None) -> Parts:
        """What the `__table_args__` of a class declare."""
        parts = Parts()
        if value is not None:
            self._add_args(module, scope, value, parts)
        return parts

    def schema(self, module: Module, scope: str, options: Mapping[str, Expression]) -> str | None:
        """The schema that options give; empty for none, None where nobody can tell."""
        given = options.get("schema")
        if given is None or says(given, None):
            return ""
        return self._texts.of(module, scope, given)

    def _add_all(self, listed: Listed, parts: Parts) -> None:
        for item in listed.items:
            self._add(listed.module, listed.scope, item, parts)

    def _add_args(self, module: Module, scope: str, value: Expression, parts: Parts) -> None:
        if isinstance(value, Collection):
            for item in value.items:
                self._add(module, scope, item, parts)
        elif isinstance(value, Operation) and value.operator == "+":
            for operand in value.operands:
                self._add_args(module, scope, operand, parts)
        elif isinstance(value, expressions.Mapping):
            self._add(module, scope, value, parts)
        elif not says(value, None):
            parts.is_whole = False

    def _add(self, module: Module, scope: str, argument: Expression, parts: Parts) -> None:
        if isinstance(argument, expressions.Mapping):
            for key, value in zip(argument.keys, argument.values, strict=True):
                if isinstance(key, Literal) and isinstance(key.value, str):
                    parts.options[key.value] = value
                else:
                    parts.is_whole = False
            return
        if isinstance(argument, Starred):
            listed = self._following.items(module, scope, argument.value)
            if listed is None:
                parts.is_whole = False
                return
            self._add_all(listed, parts)
            return
        followed = self._following.call(module, scope, argument)
        if followed is None:
            parts.is_whole = False
            return
        place = place_of(module, argument)
        module, scope, argument, made = followed.module, followed.scope, followed.call, followed.made
        if made in _LISTING:
            parts.constraints.append(self._constraint(module, scope, argument, made))
        if made in COLUMN_MAKERS:
            column = self._columns.column(module, scope, "", place, argument)
            parts.columns[column.key] = column
            parts.is_whole &= bool(column.key)
        elif made == "ForeignKeyConstraint":
            found = self._columns.foreign_key(module, scope, argument)
            if found is None:
                parts.is_whole = False
            else:
                parts.foreign_keys.append(found)
        elif made == "PrimaryKeyConstraint":
            names = [self._texts.of(module, scope, each) for each in argument.arguments]
            parts.primary_key.extend(name for name in names if name is not None)
            parts.is_whole &= None not in names
        elif made not in _HARMLESS:
            parts.is_whole = False

    def _constraint(self, module: Module, scope: str, call: Call, made: str) -> Constraint:
        """The columns that a constraint names; the first text of an index is its own name."""
        named: Iterable[Expression] = call.arguments[1 if made == "Index" else 0 :]
        if _LISTING[made]:
            listed = next((k.value for k in call.keywords if k.name == _LISTING[made]), None) or next(
                iter(call.arguments), None
            )
            named = listed.items if isinstance(listed, Collection) else ()
        texts = [(self._texts.of(module, scope, each), place_of(module, each)) for each in named]
        return Constraint(made, tuple((text, place) for text, place in texts if text is not None))

    def _brings_metadata(self, module: Module, scope: str, call: Call) -> bool:
        """Whether columns follow the name at once: `db.Table("tags", db.Column(…))` of Flask-SQLAlchemy."""
        second = call.arguments[1] if len(call.arguments) > 1 else None
        if not isinstance(second, Call):
            return isinstance(second, Starred)
        return self._names.construct(module, scope, second.function) != "MetaData"

    def _metadata(self, module: Module, scope: str, call: Call, local: Mapping[str, list[Bound]]) -> str:
        owner = call.function
        given = call.arguments[1] if len(call.arguments) > 1 else None
        name = given.id if isinstance(given, Name) else ""
        if len(local.get(name, ())) == 1:
            given = local[name][0].value
        if isinstance(given, Call) and self._names.construct(module, scope, given.function) == "MetaData":
            return f"{module.name}:{given.line}:{given.column}"
        if given is not None and not isinstance(given, (Call, Starred)):
            return self._lineage.metadata(module, scope, given)
        # `db.Table("tags", db.Column(...))` of Flask-SQLAlchemy brings its own.
        if isinstance(owner, expressions.Attribute) and isinstance(
            owner.value, (Name, expressions.Attribute)
        ):
            registry = self._lineage.registry_of_value(self._names.origin(module, scope, owner.value))
            return registry.metadata if registry is not None else ""
        return ""


def with_primary_key(parts: Parts) -> dict[str, Column]:
    """The columns, those of a `PrimaryKeyConstraint` marked."""
    keys = set(parts.primary_key)
    return {
        key: replace(column, primary_key=True, nullable=False) if key in keys else column
        for key, column in parts.columns.items()
    }


def of_columns(columns: Mapping[str, Column]) -> list[ForeignKey]:
    """The foreign keys that columns have of their own."""
    return [ForeignKey((key,), (each,)) for key, column in columns.items() for each in column.references]


def _brings_parts(call: Call, given: Mapping[str, Expression], first: int) -> bool:
    """Whether a call may only be made once for a table: else it gives the one that is there."""
    is_asking = {"extend_existing", "keep_existing", "must_exist"} & given.keys()
    return len(call.arguments) > first and not is_asking
