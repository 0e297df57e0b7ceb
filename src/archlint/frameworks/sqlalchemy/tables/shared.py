"""Columns that several tables are given: one object, which only one table can have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call, Collection
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.names import COLUMN_MAKERS
from archlint.frameworks.sqlalchemy.places import place_of
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
    from archlint.project.module import Module
    from archlint.project.project import Project


class MadeOnce(msgspec.Struct, frozen=True):
    """A column that is made once, and the tables that are given it."""

    place: Place
    name: str
    tables: tuple[str, ...]
    is_field: bool
    """Whether SQLModel is given it, for a field that classes inherit."""


def made_once(project: Project) -> Iterator[MadeOnce]:
    """Every column that a module makes under a name or in a list, or that is given to a field of SQLModel."""
    mappings = project.view(Mappings)
    yield from _of_fields(mappings)
    yield from _of_modules(project, mappings)


def _of_fields(mappings: Mappings) -> Iterator[MadeOnce]:
    """Those of classes without a table, and the classes with one that inherit them."""
    heirs: dict[tuple[str, str], list[MappedClass]] = {}
    for mapped in mappings.classes():
        is_sqlmodel = mapped.registry is not None and mapped.registry.naming == "lower"
        if not is_sqlmodel or mapped.table is None or mapped.is_abstract or mapped.is_local:
            continue
        for name in mapped.columns:
            heirs.setdefault((mapped.owners.get(name, mapped.key), name), []).append(mapped)
    for (owner, name), found in heirs.items():
        of = mappings.mapped(owner)
        declared = mappings.body(of.cls).attributes.get(name) if of is not None and of.is_abstract else None
        field = declared.value if declared is not None else None
        if of is None or not isinstance(field, Call):
            continue
        given = next((each.value for each in field.keywords if each.name == "sa_column"), None)
        if given is not None and _makes_column(mappings, of.cls.module, given):
            tables = tuple([each.table.name for each in found if each.table is not None])
            yield MadeOnce(place_of(of.cls.module, given), name, tables, True)


def _of_modules(project: Project, mappings: Mappings) -> Iterator[MadeOnce]:
    """Those that stand under a name of a module, or in a list under one."""
    tables: dict[int, list[str]] = {}
    modules: dict[Module, None] = {}
    for table in mappings.catalog.core():
        for column in table.columns.values():
            if column.call is not None and column.module is not None:
                tables.setdefault(id(column.call), []).append(table.name)
                modules[column.module] = None
    for module in modules:
        for name, bound in project.view(Functions).module_summary(module).bound.items():
            for call in _calls(bound[0].value) if len(bound) == 1 and bound[0].how == "assign" else ():
                if id(call) in tables:
                    yield MadeOnce(place_of(module, call), name, tuple(tables[id(call)]), False)


def _calls(form: Expression) -> Iterator[Call]:
    """The call that a name stands for, or those in the list that it does."""
    if isinstance(form, Call):
        yield form
    elif isinstance(form, Collection):
        for item in form.items:
            if isinstance(item, Call):
                yield item


def _makes_column(mappings: Mappings, module: Module, form: Expression) -> bool:
    return isinstance(form, Call) and mappings.names.construct(module, "", form.function) in COLUMN_MAKERS
