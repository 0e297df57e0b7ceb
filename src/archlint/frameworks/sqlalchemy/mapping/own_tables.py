"""The table of a mapped class: its name, its schema, its metadata, its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call, Expression, Name, says
from archlint.frameworks.sqlalchemy.made_texts import MadeTexts
from archlint.frameworks.sqlalchemy.mapping.body import place_of
from archlint.frameworks.sqlalchemy.tables.declared import Parts, of_columns, with_primary_key
from archlint.frameworks.sqlalchemy.tables.words import Column, Table
from archlint.project.answer import Definition
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.mapping.body import Declared
    from archlint.frameworks.sqlalchemy.mapping.lineage import Lineage, Registry
    from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
    from archlint.frameworks.sqlalchemy.tables.declared import CoreTables
    from archlint.frameworks.sqlalchemy.texts import Texts
    from archlint.project.classes import ProjectClass
    from archlint.project.functions import Functions

_CAMEL = re.compile(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))")


class Origin(msgspec.Struct, frozen=True):
    """What the table of a class is made from."""

    cls: ProjectClass
    registry: Registry | None
    parent: MappedClass | None
    columns: Mapping[str, Column]
    """By attribute, those of mixins too and without those of its parent."""

    declared: Mapping[str, Declared]
    """The dunder attributes of the class and its mixins."""

    has_strangers: bool = False
    """A base that nobody sees may name the table: by `declared_attr`, or a metaclass."""


class OwnTables:
    """Makes the tables of classes."""

    def __init__(
        self, names: Names, texts: Texts, lineage: Lineage, core: CoreTables, functions: Functions
    ) -> None:
        self._names = names
        self._texts = texts
        self._made = MadeTexts(names, texts)
        self._lineage = lineage
        self._core = core
        self._functions = functions

    def of(self, origin: Origin) -> Table | None:
        """The table of a class; None where it shares that of its parent."""
        cls, own, declared = origin.cls, origin.columns, origin.declared
        given = declared.get("__table__")
        if given is not None:
            return self._given_table(cls, given)
        name = self._tablename(origin)
        if name is None:
            return None
        said = declared.get("__table_args__")
        owner, value = self._value(said)
        parts = (
            self._core.table_args(said.place.module if said is not None else cls.module, owner, value)
            if owner is not None
            else Parts(is_whole=False)
        )
        columns = {column.key or attribute: column for attribute, column in own.items()}
        parts.columns.update({**columns, **parts.columns})
        schema = self._core.schema(cls.module, "", parts.options) if parts.is_whole else None
        bind = declared.get("__bind_key__")
        metadata = self._lineage.metadata_of(cls) if bind is None else self._bound(cls, bind)
        return Table(
            name,
            schema,
            metadata,
            _place(cls, declared.get("__tablename__")),
            cls.name,
            MappingProxyType(with_primary_key(parts)),
            (*parts.foreign_keys, *of_columns(columns)),
            tuple(parts.constraints),
            not parts.is_whole,
            bool({"extend_existing", "keep_existing"} & set(parts.options)),
        )

    def declared_name(self, cls: ProjectClass, given: Declared | None) -> str:
        """The name that a `__tablename__` gives the table of a class; empty where nobody can tell."""
        return "" if given is None or says(given.value, None) else self._evaluated(cls, given)

    def _bound(self, cls: ProjectClass, bind: Declared) -> str:
        """The metadata of another database, by Flask-SQLAlchemy's bind key."""
        scope = cls.fact.qualname.rpartition(".")[0]
        text = self._texts.of(cls.module, scope, bind.value) if bind.value is not None else None
        metadata = self._lineage.metadata_of(cls)
        return f"{metadata}[{text}]" if text and metadata else (metadata if says(bind.value, None) else "")

    def _given_table(self, cls: ProjectClass, given: Declared) -> Table:
        scope = cls.fact.qualname.rpartition(".")[0]
        value = given.value
        module = cls.module
        if isinstance(value, Name):
            answer = self._names.resolve(module, scope, value)
            if isinstance(answer, Definition) and not answer.member:
                value, module, scope = self._names.bound(answer), answer.module, ""
        if isinstance(value, Call) and self._names.construct(module, scope, value.function) == "Table":
            return self._core.table(module, scope, cls.name, value)
        return Table("", None, "", given.place, cls.name, is_open=True)

    def _tablename(self, origin: Origin) -> str | None:
        """The name of the class's own table, empty where nobody can tell; None where it has none."""
        given = origin.declared.get("__tablename__")
        naming = origin.registry.naming if origin.registry is not None else ""
        if naming == "snake" and origin.parent is not None and not _has_key(origin.columns):
            return None  # Flask-SQLAlchemy takes it for a class that shares its parent's table
        if given is not None:
            return None if says(given.value, None) else self._evaluated(origin.cls, given)
        if naming == "lower":
            return origin.cls.fact.name.lower()
        if naming == "snake":
            return _CAMEL.sub(r"_\1", origin.cls.fact.name).lower().lstrip("_")
        is_known = origin.parent is not None or (origin.registry is not None and not origin.has_strangers)
        return None if is_known else ""

    def _evaluated(self, cls: ProjectClass, given: Declared) -> str:
        owner = given.place.module
        if given.function is None:
            scope = cls.fact.qualname.rpartition(".")[0]
            return (self._made.text(owner, scope, given.value) or "") if given.value is not None else ""
        if not given.function.parameters:
            return ""
        index = next(i for i, each in enumerate(owner.functions) if each is given.function)
        known = {f"{given.function.parameters[0].name}.__name__": cls.fact.name}
        made = self._made.returned(ProjectFunction(owner, index), known)
        return made if isinstance(made, str) else ""

    def _value(self, declared: Declared | None) -> tuple[str | None, Expression | None]:
        """Scope and value of a dunder attribute; no scope where it cannot be read."""
        if declared is None:
            return "", None
        if declared.function is None:
            return ("", declared.value) if declared.value is not None else (None, None)
        module = declared.place.module
        index = next(i for i, each in enumerate(module.functions) if each is declared.function)
        function = ProjectFunction(module, index)
        returns = self._functions.summary(function).returns
        return (function.scope, returns[0]) if len(returns) == 1 else (None, None)


def _has_key(own: Mapping[str, Column]) -> bool:
    return any(column.primary_key is not False for column in own.values())


def _place(cls: ProjectClass, name: Declared | None) -> Place:
    """Where a class says its table: at the name in its own body, else at the class itself."""
    fact = cls.fact
    if name is not None and name.place.module is cls.module and fact.line <= name.place.line <= fact.end_line:
        return name.place
    return place_of(cls)
