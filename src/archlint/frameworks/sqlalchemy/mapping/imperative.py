"""Classes that are mapped from outside: `registry.map_imperatively(User, users, properties={…})`."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.facts.expressions import Attribute, Call, Expression, Name
from archlint.frameworks.orm import Property
from archlint.frameworks.sqlalchemy.mapping.attributes import Loaded
from archlint.frameworks.sqlalchemy.mapping.body import Declared
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mapping.mapper_args import RENAMING, items_of
from archlint.frameworks.sqlalchemy.names import KNOWN_BASES, RELATION_MAKERS
from archlint.frameworks.sqlalchemy.places import place_of
from archlint.project.answer import External
from archlint.project.classes import ProjectClass
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.candidates import Candidates
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.mapping.attributes import Attributes
    from archlint.frameworks.sqlalchemy.mapping.lineage import Lineage
    from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship, Relationships
    from archlint.frameworks.sqlalchemy.tables.catalog import Catalog
    from archlint.frameworks.sqlalchemy.tables.words import Table
    from archlint.project.answer import Answer
    from archlint.project.classes import ClassHierarchy
    from archlint.project.functions import Functions
    from archlint.project.module import Module
    from archlint.project.summaries import Summary

_METHOD = "map_imperatively"
_MAPPERS = (_METHOD, "mapper")


class _Mapping(msgspec.Struct, frozen=True):
    """A call that maps a class."""

    module: Module
    scope: str
    call: Call
    cls: ProjectClass
    summary: Summary
    """Of the function around it, or of the module."""


class _Given(msgspec.Struct):
    """What `properties={…}` gives a class."""

    relationships: dict[str, Relationship] = msgspec.field(default_factory=dict)
    properties: dict[str, Property] = msgspec.field(default_factory=dict)
    loaded: dict[str, Loaded] = msgspec.field(default_factory=dict)
    renamed: dict[str, str] = msgspec.field(default_factory=dict)
    """The keys of the columns that get another name, by that."""

    others: set[str] = msgspec.field(default_factory=set)
    """Names of which no more is known."""

    is_whole: bool = True


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
        attributes: Attributes,
    ) -> None:
        self._attributes = attributes
        self._candidates = candidates
        self._names = names
        self._lineage = lineage
        self._relationships = relationships
        self._catalog = catalog
        self._hierarchy = hierarchy
        self._functions = functions
        self._classes: frozenset[ProjectClass] = frozenset()
        self.is_whole = True
        """Whether it can be seen which classes are mapped; known once all calls are read."""

    def __iter__(self) -> Iterator[MappedClass]:
        calls = list(self._calls())
        self._classes = frozenset(each.cls for each in calls)
        return iter([self._read(each) for each in calls])

    def _calls(self) -> Iterator[_Mapping]:
        """The calls that map classes."""
        self.is_whole = not any(True for _ in self._candidates.mentioning("mapper"))
        for module in self._candidates.mentioning(*_MAPPERS):
            bodies = [("", self._functions.module_summary(module))]
            for index in range(len(module.functions)):
                function = ProjectFunction(module, index)
                blob = function.module.encoded(function.fact)
                if any(name.encode() in blob for name in _MAPPERS):
                    bodies.append((function.scope, self._functions.summary(function)))
            for scope, summary in bodies:
                self.is_whole &= all(read.attribute.attr != _METHOD for read in summary.reads)
                for site in summary.calls:
                    cls = self._mapped(module, scope, site.call)
                    self.is_whole &= cls is not None or not _is_method(site.call)
                    if cls is not None:
                        yield _Mapping(module, scope, site.call, cls, summary)

    def _mapped(self, module: Module, scope: str, call: Call) -> ProjectClass | None:
        """The class that a call maps; None for any other call."""
        function = call.function
        if (
            not (_is_method(call) or self._names.construct(module, scope, function) == "mapper")
            or not call.arguments
        ):
            return None
        return self._hierarchy.of(self._names.resolve(module, scope, call.arguments[0]))

    def _read(self, mapping: _Mapping) -> MappedClass:
        module, scope, call, cls = mapping.module, mapping.scope, mapping.call, mapping.cls
        given = {keyword.name: keyword.value for keyword in call.keywords}
        value = call.arguments[1] if len(call.arguments) > 1 else given.get("local_table")
        table = self._catalog.of_value(module, scope, value) if value is not None else None
        properties = given.get("properties")
        is_whole = "" not in given and RENAMING.isdisjoint(given)
        found = self._properties(mapping, properties, table)
        if table is not None:
            self._catalog.note(cls.name, table)
        registry = None
        if isinstance(call.function, Attribute):
            registry = self._lineage.registry_of_value(self._names.origin(module, scope, call.function.value))
        columns = dict(table.columns) if table is not None else {}
        for name, key in found.renamed.items():
            columns[name] = columns.pop(key)
        order = self._hierarchy.order(cls)
        own = {name for each in order if isinstance(each, ProjectClass) for name in _members(each)}
        mapped = {*columns, *found.relationships, *found.properties, *found.loaded}
        is_closed = is_whole and found.is_whole and self._is_plain(cls)
        return MappedClass(
            cls,
            registry,
            None,
            table,
            columns=MappingProxyType(columns),
            relationships=MappingProxyType(found.relationships),
            properties=MappingProxyType(found.properties),
            loaded=MappingProxyType(found.loaded),
            attributes=frozenset((own | found.others) - mapped),
            is_imperative=True,
            is_open=not is_closed or table is None or table.is_open,
        )

    def _is_plain(self, cls: ProjectClass) -> bool:
        """Whether it inherits from nothing that is mapped or unknown: what parents bring, nobody follows."""
        for each in self._hierarchy.order(cls)[1:]:
            if isinstance(each, ProjectClass):
                if each in self._classes:
                    return False
            elif not isinstance(each, External) or each.name not in KNOWN_BASES:
                return False
        return True

    def _properties(self, mapping: _Mapping, given: Expression | None, table: Table | None) -> _Given:
        module, scope, cls = mapping.module, mapping.scope, mapping.cls
        found = _Given()
        for name, value in items_of(given):
            if not name:
                found.is_whole = False
                continue
            place = place_of(module, value)
            made = self._names.construct(module, scope, value.function) if isinstance(value, Call) else ""
            if isinstance(value, Call) and made in RELATION_MAKERS:
                read = self._relationships.read(module, scope, cls.name, name, place, value, None)
                found.relationships[name] = replace(read, target=self._target(mapping, value) or read.target)
                continue
            key = self._column_of(module, scope, value, table)
            if key and key not in found.renamed.values():
                found.renamed[name] = key
                continue
            other = self._attributes.read(cls, Declared(name, place, value), is_sqlmodel=False)
            if isinstance(other, Property):
                found.properties[name] = other
            elif isinstance(other, Loaded):
                found.loaded[name] = other
            else:
                found.others.add(name)
        return found

    def _target(self, mapping: _Mapping, relationship: Call) -> Answer | None:
        """The class that a relationship leads to by its mapper: `lines = mapper(Line, …)`."""
        given = relationship.arguments[0] if relationship.arguments else None
        bound = mapping.summary.bound.get(given.id, ()) if isinstance(given, Name) else ()
        value = bound[0].value if len(bound) == 1 else None
        if not isinstance(value, Call) or self._mapped(mapping.module, mapping.scope, value) is None:
            return None
        return self._names.resolve(mapping.module, mapping.scope, value.arguments[0])

    def _column_of(self, module: Module, scope: str, value: Expression, table: Table | None) -> str:
        """The key of the column of a table that a value is: `orders.c.number`; empty for all else."""
        if not isinstance(value, Attribute) or not isinstance(value.value, Attribute) or table is None:
            return ""
        if value.value.attr not in ("c", "columns") or value.attr not in table.columns:
            return ""
        return value.attr if self._catalog.of_value(module, scope, value.value.value) is table else ""


def _is_method(call: Call) -> bool:
    return isinstance(call.function, Attribute) and call.function.attr == _METHOD


def _members(cls: ProjectClass) -> set[str]:
    return {*(member.name for member in cls.fact.members), *cls.fact.attributes}
