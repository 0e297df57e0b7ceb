"""What the body of a model's class declares: fields, managers, `Meta`, and whether that is all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Collection, Expression, Name, Opaque
from archlint.facts.forms import writes_names
from archlint.facts.statements import (
    Annotate,
    Assign,
    DefineClass,
    Evaluate,
    For,
    Hidden,
    If,
    Statement,
    Try,
    While,
    With,
)
from archlint.frameworks.django.models.declared import (
    NO_OPTIONS,
    Body,
    Declaration,
    MadeField,
    MadeManager,
    ManagerDeclaration,
    Neither,
    Option,
)
from archlint.frameworks.django.models.field_declarations import declaration
from archlint.frameworks.orm import Place
from archlint.project.answer import External, Unresolved

if TYPE_CHECKING:
    from archlint.frameworks.django.constants import Constants
    from archlint.frameworks.django.models.makers import Makers
    from archlint.project.classes import ClassHierarchy, ProjectClass
    from archlint.project.module import Module


class ClassBodies:
    """Reads class bodies, each once."""

    def __init__(self, hierarchy: ClassHierarchy, makers: Makers, constants: Constants) -> None:
        self._makers = makers
        self._constants = constants
        self._hierarchy = hierarchy
        self._read: dict[ProjectClass, Body] = {}

    def of(self, owner: ProjectClass) -> Body:
        """What the body of a class declares."""
        if owner not in self._read:
            self._read[owner] = self._body(owner)
        return self._read[owner]

    def options(self, meta: ProjectClass) -> dict[str, Option]:
        """The options of a `Meta` class, with those of the classes it inherits from."""
        options: dict[str, Option] = {}
        for ancestor in reversed(self._hierarchy.order(meta)):
            if not isinstance(ancestor, (External, Unresolved)):
                scope = ancestor.fact.qualname
                for name, value in self._assigned(ancestor.module, ancestor).items():
                    known = self._constants.literal(ancestor.module, scope, value) or value
                    options[name] = Option(known, ancestor.module)
        return options

    def _assigned(self, module: Module, meta: ProjectClass) -> dict[str, Expression]:
        options: dict[str, Expression] = {}
        for statement in module.statements(meta.fact):
            if isinstance(statement, Assign) and not statement.operator:
                options.update((t.id, statement.value) for t in statement.targets if isinstance(t, Name))
            elif isinstance(statement, Annotate) and statement.value and isinstance(statement.target, Name):
                options[statement.target.id] = statement.value
        # What a condition decides is there, and nobody can tell what it is.
        for binding in meta.fact.members:
            if binding.kind is Kind.VALUE:
                options.setdefault(binding.name, Opaque(binding.line, binding.column))
        augmented = [s for s in module.statements(meta.fact) if isinstance(s, Assign) and s.operator]
        for statement in augmented:
            options.update(
                (t.id, Opaque(statement.line, 0)) for t in statement.targets if isinstance(t, Name)
            )
        return options

    def _body(self, owner: ProjectClass) -> Body:
        members = owner.fact.members
        body = Body(names=frozenset(m.name for m in members if m.kind is not Kind.DECLARED))
        _Reading(self._makers, self._constants, owner, body).statements(
            owner.module.statements(owner.fact), certain=True
        )
        for binding in members:
            if binding.name == "Meta" and binding.kind is Kind.CLASS:
                body.meta = type(owner)(owner.module, binding.index)
            elif binding.name == "Meta" and binding.kind is not Kind.DECLARED:
                body.is_open = True
            elif binding.kind is Kind.DELETED:
                body.fields.pop(binding.name, None)
        return body


class _Reading:
    def __init__(self, makers: Makers, constants: Constants, owner: ProjectClass, body: Body) -> None:
        self._makers = makers
        self._constants = constants
        self._owner = owner
        self._body = body

    def statements(self, statements: Iterable[Statement], *, certain: bool) -> None:
        for statement in statements:
            self._statement(statement, certain)

    def _statement(self, statement: Statement, certain: bool) -> None:
        if isinstance(statement, Assign):
            for target in statement.targets:
                self._bind(target, statement.value, statement.line, certain)
        elif isinstance(statement, Annotate):
            if statement.value is not None:
                self._bind(statement.target, statement.value, statement.line, certain)
        elif isinstance(statement, If):
            if not _is_type_checking(statement.test):
                self.statements(statement.body, certain=False)
            self.statements(statement.orelse, certain=_is_type_checking(statement.test) and certain)
        elif isinstance(statement, (For, While)):
            self._body.is_open = True
            self.statements((*statement.body, *statement.orelse), certain=False)
        elif isinstance(statement, With):
            self.statements(statement.body, certain=certain)
        elif isinstance(statement, Try):
            handled = tuple(inner for handler in statement.handlers for inner in handler.body)
            self.statements((*statement.body, *handled, *statement.orelse), certain=False)
            self.statements(statement.final, certain=certain)
        elif isinstance(statement, (Evaluate, Hidden)):
            if isinstance(statement, Hidden) or writes_names(statement.value):
                self._body.is_open = True
        elif isinstance(statement, DefineClass):
            pass

    def _unpack(self, target: Collection, value: Expression, line: int, certain: bool) -> None:
        values = value.items if isinstance(value, Collection) else ()
        if len(values) != len(target.items):
            values = (value,) * len(target.items)
        for one, each in zip(target.items, values, strict=True):
            self._bind(one, each, line, certain)

    def _constant(self, value: Expression) -> Expression:
        """The literal that a name stands for, else what is written."""
        module, scope = self._owner.module, self._owner.fact.qualname
        return self._constants.literal(module, scope, value) or value

    def _bind(self, target: Expression, value: Expression, line: int, certain: bool) -> None:
        if isinstance(target, Collection):
            self._unpack(target, value, line, certain)
            return
        if not isinstance(target, Name):
            # `locals()["x"] = …`; what is set on an object inside the class is no part of it.
            self._body.is_open = self._body.is_open or writes_names(target)
            return
        module, scope, name = self._owner.module, self._owner.fact.qualname, target.id
        place = Place(module, target.line, target.column)
        made = self._makers.made(module, scope, self._constants.spelled_out(module, scope, value))
        self._body.fields.pop(name, None)
        self._body.managers.pop(name, None)
        if isinstance(made, MadeField):
            self._body.fields[name] = declaration(name, made, place, self._constant, is_certain=certain)
        elif isinstance(made, MadeManager):
            self._body.managers[name] = ManagerDeclaration(name, made, place)
        elif made is Neither.UNKNOWN:
            self._body.fields[name] = Declaration(name, "", (), NO_OPTIONS, place, None, certain)
        elif made is Neither.SEVERAL:
            self._body.is_open = True


def _is_type_checking(test: Expression) -> bool:
    return getattr(test, "id", getattr(test, "attr", "")) == "TYPE_CHECKING"
