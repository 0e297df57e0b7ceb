"""Classes that are mapped from outside: `registry.map_imperatively(User, users, properties={…})`."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mapping.mapper_args import RENAMING, items_of
from archlint.frameworks.sqlalchemy.names import RELATION_MAKERS
from archlint.frameworks.sqlalchemy.places import place_of
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.candidates import Candidates
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.mapping.lineage import Lineage
    from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship, Relationships
    from archlint.frameworks.sqlalchemy.tables.catalog import Catalog
    from archlint.frameworks.sqlalchemy.tables.words import Table
    from archlint.project.classes import ClassHierarchy, ProjectClass
    from archlint.project.functions import Functions
    from archlint.project.module import Module

_MAPPERS = ("map_imperatively", "mapper")


class ImperativeMappings:
    """Finds the calls that map classes, and reads them."""

    def __init__(
        self,
        candidates: Candidates,
        names: Names,
        lineage: Lineage,
        relationships: Relationships,
        catalog: Catalog,
        hierarchy: ClassHierarchy,
        functions: Functions,
    ) -> None:
        self._candidates = candidates
        self._names = names
        self._lineage = lineage
        self._relationships = relationships
        self._catalog = catalog
        self._hierarchy = hierarchy
        self._functions = functions

    def __iter__(self) -> Iterator[MappedClass]:
        for module in self._candidates.mentioning(*_MAPPERS):
            yield from self._in_body(
                module, "", [s.call for s in self._functions.module_summary(module).calls]
            )
            for index in range(len(module.functions)):
                function = ProjectFunction(module, index)
                blob = function.module.encoded(function.fact)
                if any(name.encode() in blob for name in _MAPPERS):
                    calls = [site.call for site in self._functions.summary(function).calls]
                    yield from self._in_body(module, function.scope, calls)

    def _in_body(self, module: Module, scope: str, calls: list[Call]) -> Iterator[MappedClass]:
        for call in calls:
            function = call.function
            is_method = isinstance(function, Attribute) and function.attr == "map_imperatively"
            if (is_method or self._names.construct(module, scope, function) == "mapper") and call.arguments:
                cls = self._hierarchy.of(self._names.resolve(module, scope, call.arguments[0]))
                if cls is not None:
                    yield self._read(module, scope, call, cls)

    def _read(self, module: Module, scope: str, call: Call, cls: ProjectClass) -> MappedClass:
        given = {keyword.name: keyword.value for keyword in call.keywords}
        value = call.arguments[1] if len(call.arguments) > 1 else given.get("local_table")
        table = self._catalog.of_value(module, scope, value) if value is not None else None
        properties = given.get("properties")
        is_whole = "" not in given and RENAMING.isdisjoint(given)
        attributes, relationships, renamed = self._properties(module, scope, cls, properties, table)
        if table is not None:
            self._catalog.note(cls.name, table)
        registry = None
        if isinstance(call.function, Attribute):
            registry = self._lineage.registry_of_value(self._names.origin(module, scope, call.function.value))
        columns = dict(table.columns) if table is not None else {}
        for name, key in renamed.items():
            columns[name] = columns.pop(key)
        return MappedClass(
            cls,
            registry,
            None,
            table,
            columns=MappingProxyType(columns),
            relationships=MappingProxyType(relationships),
            attributes=frozenset(
                {*(m.name for m in cls.fact.members), *cls.fact.attributes, *attributes} - set(columns)
            ),
            is_imperative=True,
            # What a parent brings, and what is computed, are not followed.
            is_open=not is_whole or table is None or table.is_open or bool(cls.fact.bases or attributes),
        )

    def _properties(
        self, module: Module, scope: str, cls: ProjectClass, given: Expression | None, table: Table | None
    ) -> tuple[set[str], dict[str, Relationship], dict[str, str]]:
        """Names of which no more is known, relationships, and the columns that get another name."""
        attributes: set[str] = set()
        found: dict[str, Relationship] = {}
        renamed: dict[str, str] = {}
        for name, value in items_of(given):
            if not name:
                attributes.add(name)
                continue
            made = self._names.construct(module, scope, value.function) if isinstance(value, Call) else ""
            if isinstance(value, Call) and made in RELATION_MAKERS:
                place = place_of(module, value)
                found[name] = self._relationships.read(module, scope, cls.name, name, place, value, None)
                continue
            key = self._column_of(module, scope, value, table)
            if key and key not in renamed.values():
                renamed[name] = key
            else:
                attributes.add(name)
        return attributes, found, renamed

    def _column_of(self, module: Module, scope: str, value: Expression, table: Table | None) -> str:
        """The key of the column of a table that a value is: `orders.c.number`; empty for all else."""
        if not isinstance(value, Attribute) or not isinstance(value.value, Attribute) or table is None:
            return ""
        if value.value.attr not in ("c", "columns") or value.attr not in table.columns:
            return ""
        return value.attr if self._catalog.of_value(module, scope, value.value.value) is table else ""
