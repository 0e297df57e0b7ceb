"""Reads settings modules: every name with what it may be when the module has run."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Literal, Name, Subscript, dotted
from archlint.facts.statements import (
    Annotate,
    Assign,
    Evaluate,
    For,
    Hidden,
    If,
    ImportNames,
    Return,
    Statement,
    Try,
    While,
    With,
)
from archlint.frameworks.django.settings.expressions import evaluated
from archlint.frameworks.django.settings.values import (
    OPEN,
    Listing,
    Scalar,
    SettingValue,
    Table,
    bounded,
    either,
    joined,
)
from archlint.frameworks.orm import Place
from archlint.project.answer import Definition, External
from archlint.project.call_arguments import spreads_sequence
from archlint.project.module import Module
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.facts.definitions import FunctionFact
    from archlint.project.project import Project


_DEEPEST = 3
"""Functions that call each other to make a setting."""


class Namespace(msgspec.Struct):
    """The names of a settings module."""

    values: dict[str, SettingValue] = msgspec.field(default_factory=dict)
    is_open: bool = False
    """It may have more names, and other values: a star import from outside, `locals()`."""

    takes_from: set[Module] = msgspec.field(default_factory=set)
    """The modules of the project whose names it takes over with a star."""


class SettingsReader:
    """Follows settings modules, each once."""

    def __init__(self, project: Project) -> None:
        self._symbols = project.view(Symbols)
        self._read: dict[Module, Namespace] = {}

    @classmethod
    def build(cls, project: Project) -> SettingsReader:
        """The view of a project."""
        return cls(project)

    def namespace(self, module: Module) -> Namespace:
        """The names of a module when it has run."""
        if module not in self._read:
            self._read[module] = Namespace(is_open=True)  # what imports itself
            reading = _Reading(self, self._symbols, module)
            reading.run(module.body)
            reading.names.is_open = reading.names.is_open or module.facts.dynamic_names
            self._read[module] = reading.names
        return self._read[module]


class _Reading:
    def __init__(self, reader: SettingsReader, symbols: Symbols, module: Module, depth: int = 0) -> None:
        self._depth = depth
        self._reader = reader
        self._symbols = symbols
        self._module = module
        self.names = Namespace()
        self.returned: list[SettingValue] = []
        """What a function gives back, on whichever way."""

    def run(self, statements: Iterable[Statement]) -> None:
        for statement in statements:
            self._statement(statement)

    def _statement(self, statement: Statement) -> None:
        if isinstance(statement, Assign):
            value = self._value(statement.value)
            for target in statement.targets:
                self._bind(target, value, statement.operator)
        elif isinstance(statement, Annotate):
            if statement.value is not None:
                self._bind(statement.target, self._value(statement.value), "")
        elif isinstance(statement, If):
            self._ways((statement.body, statement.orelse))
        elif isinstance(statement, Try):
            handlers = tuple(handler.body for handler in statement.handlers)
            self._ways(((*statement.body, *statement.orelse), *handlers))
            self.run(statement.final)
        elif isinstance(statement, With):
            self.run(statement.body)
        elif isinstance(statement, (For, While)):
            self._ways((statement.body, ()), unsure=True)
        elif isinstance(statement, Evaluate):
            self._effect(statement.value)
        elif isinstance(statement, ImportNames):
            for fact in range(statement.first, statement.first + statement.count):
                self._import(fact)
        elif isinstance(statement, Return):
            self.returned.append(OPEN if statement.value is None else self._value(statement.value))
        elif isinstance(statement, Hidden):
            self.names.is_open = True

    def _ways(self, bodies: tuple[tuple[Statement, ...], ...], *, unsure: bool = False) -> None:
        """Go every way from here, and let the ways meet."""
        before = dict(self.names.values)
        met: dict[str, SettingValue] | None = None
        for body in bodies:
            self.names.values = dict(before)
            self.run(body)
            after = self.names.values
            if met is None:
                met = after
            else:
                met = {name: either(met.get(name), after.get(name)) for name in {**met, **after}}
        self.names.values = met or before
        if unsure:
            for name, value in self.names.values.items():
                if before.get(name) != value:
                    self.names.values[name] = either(value, OPEN)

    def _bind(self, target: Expression, value: SettingValue, operator: str) -> None:
        if isinstance(target, Name):
            if operator:
                value = joined(self.names.values.get(target.id, OPEN), value) if operator == "+" else OPEN
            self._keep(target.id, value)
        elif isinstance(target, Subscript):
            self._store(target, value)
        elif isinstance(target, Attribute):
            return
        else:
            for name in getattr(target, "items", ()):
                self._bind(name, OPEN, "")

    def _keep(self, name: str, value: SettingValue) -> None:
        self.names.values[name] = bounded(value)

    def _store(self, target: Subscript, value: SettingValue) -> None:
        """`DATABASES["default"]["ENGINE"] = …`."""
        path: list[str | None] = []
        inner: Expression = target
        while isinstance(inner, Subscript):
            index = inner.index
            key = index.value if isinstance(index, Literal) else None
            path.insert(0, key if isinstance(key, str) else None)
            inner = inner.value
        if isinstance(inner, Call):  # `locals()["X"] = …`
            self.names.is_open = True
        elif isinstance(inner, Name) and inner.id in self.names.values:
            self._keep(inner.id, _stored(self.names.values[inner.id], path, value))

    def _effect(self, value: Expression) -> None:
        """`INSTALLED_APPS.append(…)`, and calls that are handed the namespace."""
        if not isinstance(value, Call):
            return
        function = value.function
        if isinstance(function, Attribute) and isinstance(function.value, Name):
            self._method(function.value.id, function.attr, value)
        given = (*value.arguments, *(keyword.value for keyword in value.keywords), function)
        if any(_is_namespace(part) for part in given):
            self.names.is_open = True

    def _method(self, name: str, method: str, call: Call) -> None:
        old = self.names.values.get(name)
        if old is None:
            return
        place = Place(self._module, call.line, call.column)
        if method in ("append", "insert", "add") and call.arguments:
            added: SettingValue = Listing((self._value(call.arguments[-1]),), place)
            first = (
                method == "insert" and isinstance(call.arguments[0], Literal) and not call.arguments[0].value
            )
            self._keep(name, joined(added, old) if first else joined(old, added))
        elif method == "extend" and call.arguments:
            self._keep(name, joined(old, self._value(call.arguments[0])))
        elif method == "remove" and isinstance(old, Listing) and call.arguments:
            gone = self._value(call.arguments[0])
            kept = tuple(item for item in old.items if _text(item) != _text(gone))
            self._keep(name, Listing(kept, old.place, old.is_open or not isinstance(gone, Scalar)))
        elif method in ("update", "pop", "clear", "setdefault", "sort", "reverse"):
            self._keep(name, either(old, OPEN))

    def _value(self, value: Expression) -> SettingValue:
        return evaluated(self._module, value, self._lookup)

    def _lookup(self, expression: Expression) -> SettingValue:
        if isinstance(expression, Call):
            return self._made(expression)
        if isinstance(expression, Name):
            return self.names.values.get(expression.id, OPEN)
        if isinstance(expression, Attribute) and isinstance(expression.value, Name):
            found = self._symbols.local(self._module, expression.value.id)
            if isinstance(found, Module):
                return self._reader.namespace(found).values.get(expression.attr, OPEN)
        return OPEN

    def _made(self, call: Call) -> SettingValue:
        """What a function of the project makes of its arguments: `{"default": sqlite("dev.db")}`."""
        found = self._symbols.local(self._module, dotted(call.function))
        if not isinstance(found, Definition) or found.kind is not Kind.FUNCTION or found.member:
            return OPEN
        function = found.module.functions[found.index]
        if function.is_async or function.is_generator or function.decorators or self._depth >= _DEEPEST:
            return OPEN
        inside = _Reading(self._reader, self._symbols, found.module, self._depth + 1)
        around = self.names if found.module is self._module else self._reader.namespace(found.module)
        inside.names.values = {**around.values, **self._given(call, function, inside)}
        body = found.module.statements(function)
        inside.run(body)
        if not body or not isinstance(body[-1], Return):
            inside.returned.append(OPEN)
        return reduce(either, inside.returned)

    def _given(self, call: Call, function: FunctionFact, inside: _Reading) -> dict[str, SettingValue]:
        """The parameters of a function as a call gives them, those that it leaves out by their defaults."""
        names = [each.name for each in function.parameters if each.kind in ("positional", "normal")]
        given: dict[str, SettingValue] = {each.name: OPEN for each in function.parameters}
        given.update(
            (each.name, inside._value(each.default))
            for each in function.parameters
            if each.default is not None
        )
        is_spread = spreads_sequence(call)
        if is_spread or not all(each.name for each in call.keywords):
            return dict.fromkeys(given, OPEN)
        values = [self._value(each) for each in call.arguments]
        given.update(zip(names, values, strict=False))
        rest = Listing(tuple(values[len(names) :]), Place(self._module, call.line, call.column))
        given.update((each.name, rest) for each in function.parameters if each.kind == "star")
        given.update((each.name, self._value(each.value)) for each in call.keywords if each.name in given)
        return given

    def _import(self, index: int) -> None:
        fact = self._module.facts.imports[index]
        if fact.typing:
            return
        source = self._symbols.imported_module(self._module, fact)
        if fact.name == "*":
            self._star(source)
        elif fact.name and isinstance(source, Module):
            found = self._symbols.attribute(source, fact.name)
            if isinstance(found, Definition) and not found.member:
                self.names.values[fact.alias] = self._reader.namespace(found.module).values.get(
                    found.qualname, OPEN
                )
        elif fact.name and isinstance(source, External) and source.name == "django.conf.global_settings":
            self.names.values[fact.alias] = OPEN

    def _star(self, source: object) -> None:
        if not isinstance(source, Module):
            self.names.is_open = True
            return
        taken = self._reader.namespace(source)
        self.names.takes_from |= {source, *taken.takes_from}
        self.names.is_open = self.names.is_open or taken.is_open
        self.names.values.update((n, v) for n, v in taken.values.items() if not n.startswith("_"))


def _stored(old: SettingValue, path: list[str | None], value: SettingValue) -> SettingValue:
    key = path[0]
    if not isinstance(old, Table) or key is None:
        return either(old, OPEN)
    if len(path) == 1:
        return old.having(key, value)
    inner = old.get(key)
    return old.having(key, _stored(inner if inner is not None else OPEN, path[1:], value))


def _is_namespace(part: Expression) -> bool:
    """`locals()`, `globals().update`, `vars()`."""
    if isinstance(part, Attribute):
        return _is_namespace(part.value)
    return (
        isinstance(part, Call)
        and isinstance(part.function, Name)
        and part.function.id in ("locals", "globals", "vars")
    )


def _text(value: SettingValue) -> object:
    return value.value if isinstance(value, Scalar) else value
