"""Moments that are put into columns, or compared with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import (
    Attribute,
    Call,
    Comparison,
    Expression,
    Form,
    Lambda,
    Literal,
    Name,
    last_name,
)
from archlint.facts.forms import parts, passed_values
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.asked.constructors import has_own_constructor, has_validators
from archlint.frameworks.sqlalchemy.database import Database
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.sessions.drivers import made_engines
from archlint.frameworks.sqlalchemy.values.classes import ModelClass
from archlint.frameworks.sqlalchemy.values.expressions import Attr
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.frameworks.sqlalchemy.values.moments import Moment
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.answer import External
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Called, Operated, Trace, Written
from archlint.project.flow.values import Entries, Value, only, something
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.finding import Location
    from archlint.frameworks.sqlalchemy.tables.words import Column, Table
    from archlint.frameworks.sqlalchemy.values.entity import Entity
    from archlint.project.module import Module
    from archlint.project.project import Project

_DEFAULTS: Final = ("default", "default_factory", "insert_default", "onupdate")
_TYPES: Final = frozenset({"DATETIME", "DateTime", "TIMESTAMP"})


class StoredMoment(msgspec.Struct, frozen=True):
    """A moment that meets a column without time zone."""

    place: Location
    column: str
    is_aware: bool


def drivers(project: Project) -> frozenset[str]:
    """The drivers that the configuration or the URLs of engines name, those of tests left out."""
    told = project.config.stack.driver
    made = [each.driver for each in made_engines(project) if not is_test(each.trace.module.path)]
    return frozenset((told,)) if told else frozenset(made)


class StoredMoments:
    """Looks for moments where they meet columns."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._flow = project.view(DataFlow)
        self._mappings = project.view(Mappings)
        self._functions = project.view(Functions)
        self._maps_types = project.view(Database).maps_types

    def __iter__(self) -> Iterator[StoredMoment]:
        for table in self._mappings.catalog:
            for column in table.columns.values():
                yield from self._of_defaults(table, column)
        for trace, called in self._flow.events(Called):
            for entity, name, value in self._given(called):
                place = spot(self._project, trace.module, _written_at(called.form, name))
                yield from self._met(place, entity, name, value)
        for trace, written in self._flow.events(Written):
            for instance in only(written.receiver, Instance):
                place = spot(self._project, trace.module, written.form)
                yield from self._met(place, instance.entity, written.name, written.value)
        for trace, operated in self._flow.events(Operated):
            yield from self._of_comparison(trace, operated)

    def _of_comparison(self, trace: Trace, operated: Operated) -> Iterator[StoredMoment]:
        if not isinstance(operated.form, Comparison) or len(operated.operands) != 2:
            return
        for one, other in (operated.operands, operated.operands[::-1]):
            if isinstance(one, Attr) and one.origin.entity is not None:
                place = spot(self._project, trace.module, operated.form)
                yield from self._met(place, one.origin.entity, one.name, other)

    def _given(self, called: Called) -> Iterator[tuple[Entity, str, Value]]:
        """What a call puts into columns of a class."""
        if isinstance(called.callee, ModelClass):
            entity = called.callee.entity
            if not has_own_constructor(self._mappings.lineage, entity.mapped):
                yield from ((entity, name, value) for name, value in called.arguments.named)
            return
        options = something(called.receiver) if called.receiver is not None else ()
        statement = options[0] if len(options) == 1 else None
        is_writing = isinstance(statement, Statement) and called.name in ("values", "update")
        target = statement.target if isinstance(statement, Statement) and is_writing else None
        if target is None or target.entity is None:
            return
        rows = [each for each in called.arguments.positional if isinstance(each, Entries)]
        for name, value in (*called.arguments.named, *(pair for row in rows for pair in row.values)):
            yield target.entity, name, value

    def _met(self, place: Location, entity: Entity, name: str, value: Value) -> Iterator[StoredMoment]:
        column = entity.mapped.columns.get(name)
        moments = something(value)
        if column is None or not moments or not all(isinstance(each, Moment) for each in moments):
            return
        if self._is_naive(column) and not has_validators(self._project, entity.cls):
            is_aware = all(isinstance(each, Moment) and each.is_aware for each in moments)
            yield StoredMoment(place, f"{entity.name}.{name}", is_aware)

    def _of_defaults(self, table: Table, column: Column) -> Iterator[StoredMoment]:
        if column.call is None or not self._is_naive(column):
            return
        module = column.module or column.place.module
        for keyword in column.call.keywords:
            is_aware = self._makes_aware(module, keyword.value) if keyword.name in _DEFAULTS else None
            if is_aware is not None:
                place = self._project.location(module, keyword.line, keyword.column)
                yield StoredMoment(place, f"{table.name}.{column.name}", is_aware)

    def _makes_aware(self, module: Module, given: Expression) -> bool | None:
        """Whether what a function gives has a time zone; None where nobody can tell."""
        names = self._mappings.names
        if isinstance(given, (Name, Attribute)):
            function = names.function(names.resolve(module, "", given))
            returns = self._functions.summary(function).returns if function is not None else []
            if function is None or len(returns) != 1:
                return None
            return self._is_aware(function.module, function.scope, returns[0])
        return self._is_aware(module, "", given.body) if isinstance(given, Lambda) else None

    def _is_aware(self, module: Module, scope: str, given: Expression) -> bool | None:
        if not isinstance(given, Call):
            return None
        found = self._mappings.names.resolve(module, scope, given.function)
        if not isinstance(found, External) or found.name != "datetime.datetime.now":
            return None
        zones = passed_values(given)
        return bool(zones) and not (isinstance(zones[0], Literal) and zones[0].value is None)

    def _is_naive(self, column: Column) -> bool:
        """Whether a column surely has no time zone, by its type as it is written or its annotation alone."""
        package, _, name = column.type.rpartition(".")
        if column.type == "datetime.datetime":
            return column.maker in ("", "mapped_column") and not self._maps_types
        if name not in _TYPES or not package.startswith("sqlalchemy") or column.call is None:
            return False
        made = [each for each in _inside(column.call) if isinstance(each, Call)]
        if any(last_name(each.function) == "with_variant" for each in made):
            return False
        types = [each for each in made if last_name(each.function) == name]
        return not any(each.arguments or each.keywords for each in types)


def _inside(form: Form) -> Iterator[Form]:
    for part in parts(form):
        yield part
        yield from _inside(part)


def _written_at(call: Call, name: str) -> Expression:
    """Where a value is written that is passed by name; the call where it is not written there."""
    return next((keyword.value for keyword in call.keywords if keyword.name == name), call)
