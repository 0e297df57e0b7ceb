"""Texts of SQL that are put together in one function from pieces that can be seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Conditional,
    Expression,
    Literal,
    Name,
    Operation,
    Template,
    last_name,
)
from archlint.project.answer import Definition
from archlint.project.call_arguments import call_arguments
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.bindings import Binding
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.project.summaries import Bound, Summary

_DEPTH: Final = 8
_TRIMMING: Final = frozenset({"cleandoc", "dedent", "lstrip", "rstrip", "strip"})
_GROWING: Final = frozenset({"append", "extend"})
_VALUE_BEFORE: Final = re.compile(
    r"(?:[=<>]|\b(?:and|between|having|i?like|limit|not|offset|or|where|(?:order|group)\s+by)"
    r"|\b(?:any|in|values)\s*\()\s*$",
    re.IGNORECASE,
)
"""After these a part that cannot be seen names no table."""

_PERCENT: Final = re.compile(r"%[^%]")
_FIELD: Final = re.compile(r"\{(\w*)\}")
_FIELD_WHOLE: Final = re.compile(r"\{\w*\}")
_NUMBERED_BEFORE: Final = re.compile(r"[$:]$")


class Piece(msgspec.Struct, frozen=True):
    """A part of a text, and where it is written."""

    module: Module
    line: int
    column: int
    text: str


class Assembler:
    """Puts texts together as one body does."""

    def __init__(self, project: Project, module: Module, scope: str, summary: Summary) -> None:
        self._project = project
        self._module = module
        self._scope = scope
        self._summary = summary
        self._names: list[str] = []
        """The names that are being followed: none of them leads to itself."""

        self._given: dict[str, tuple[Piece, ...] | None] = {}
        """What the caller passes for the parameters."""

        self._owner: ProjectClass | None = None
        """The class whose method this is."""

        self._receiver = ""

    @classmethod
    def of(cls, project: Project, function: ProjectFunction) -> Assembler:
        """The one of a function."""
        made = cls(project, function.module, function.scope, project.view(Functions).summary(function))
        if function.fact.owner >= 0:
            made._owner = ProjectClass(function.module, function.fact.owner)
            made._receiver = function.receiver
        return made

    def pieces(self, value: Expression | None) -> tuple[Piece, ...] | None:
        """The pieces of a text, with all that branches add; None where it may be another."""
        if isinstance(value, Literal):
            return self._written(value)
        if isinstance(value, Template):
            return self._filled(value.parts)
        if isinstance(value, Operation) and value.operator == "+":
            return self._filled(value.operands)
        if isinstance(value, Operation) and value.operator == "%" and len(value.operands) == 2:
            return self._percent(*value.operands)
        if isinstance(value, Conditional):
            return self._chosen(value)
        if isinstance(value, Call):
            return self._called(value)
        if isinstance(value, Name) and self._summary.bound.get(value.id):
            return self._bound(value.id, self._summary.bound[value.id])
        if isinstance(value, Name) and value.id in self._given:
            return self._given[value.id]
        return self._constant(value) if isinstance(value, (Name, Attribute)) else None

    def _written(self, literal: Literal) -> tuple[Piece, ...] | None:
        if not isinstance(literal.value, str):
            return None
        place = literal.line, literal.column
        whole = (each.text for each in self._module.sql if (each.line, each.column) == place)
        text = next(whole, None if literal.truncated else literal.value)
        return None if text is None else (Piece(self._module, *place, text),)

    def _filled(self, parts: tuple[Expression | Piece, ...]) -> tuple[Piece, ...] | None:
        found: list[Piece] = []
        for part in parts:
            inside = (part,) if isinstance(part, Piece) else self.pieces(part)
            if inside is None:
                before = "".join(each.text for each in found)
                if not _takes_value(before):
                    return None
                inside = (Piece(self._module, 0, 0, "1"),)
            found += inside
        return tuple(found)

    def _percent(self, text: Expression, given: Expression) -> tuple[Piece, ...] | None:
        """`"SELECT … %s" % more`."""
        whole = self.pieces(text)
        items = given.items if isinstance(given, Collection) and given.kind == "tuple" else (given,)
        if whole is None or len(whole) != 1 or _PERCENT.findall(whole[0].text) != ["%s"] * len(items):
            return None
        return self._spliced(whole[0], _PERCENT.split(whole[0].text), items)

    def _formatted(self, call: Call) -> tuple[Piece, ...] | None:
        """`"SELECT {columns} …".format(columns=columns)`."""
        whole = self.pieces(getattr(call.function, "value", None))
        if whole is None or len(whole) != 1:
            return None
        named = {each.name: each.value for each in call.keywords}
        fields, items = _FIELD.findall(whole[0].text), []
        for place, field in enumerate(fields):
            at = int(field) if field.isdigit() else place
            found = named.get(field, call.arguments[at] if at < len(call.arguments) else None)
            if found is None:
                return None
            items.append(found)
        return self._spliced(whole[0], _FIELD_WHOLE.split(whole[0].text), tuple(items))

    def _spliced(
        self, whole: Piece, texts: list[str], items: tuple[Expression, ...]
    ) -> tuple[Piece, ...] | None:
        """The parts of a text with something between each two."""
        parts: list[Piece | Expression] = [replace(whole, text=texts[0])]
        for text, item in zip(texts[1:], items, strict=True):
            parts += [item, replace(whole, text=text)]
        return self._filled(tuple(parts))

    def _chosen(self, value: Conditional) -> tuple[Piece, ...] | None:
        """What is there or not: `more if wanted else ""`."""
        otherwise = value.orelse
        is_nothing = isinstance(otherwise, Literal) and otherwise.value == ""
        return self.pieces(value.body) if is_nothing else None

    def _called(self, call: Call) -> tuple[Piece, ...] | None:
        name = last_name(call.function)
        if name in _TRIMMING:
            given = call.arguments[0] if call.arguments else getattr(call.function, "value", None)
            return self.pieces(given)
        if name == "text" and len(call.arguments) == 1:
            return self.pieces(call.arguments[0])
        if name == "format":
            return self._formatted(call)
        if name == "join" and isinstance(call.function, Attribute) and len(call.arguments) == 1:
            return self._joined(call.function.value, call.arguments[0])
        return self._returned(call)

    def _returned(self, call: Call) -> tuple[Piece, ...] | None:
        """What a function of the project gives that returns one text."""
        function = self._function(call.function)
        if function is None or len(self._names) > _DEPTH:
            return None
        summary = self._project.view(Functions).summary(function)
        if len(summary.returns) != 1 or function.fact.is_generator:
            return None
        there = Assembler.of(self._project, function)
        there._names = [*self._names, function.name]
        taken = call_arguments(function.left_to_callers, call).by_parameter
        there._given = {
            each.name: self.pieces(taken[each.name]) if each.name in taken else there.pieces(each.default)
            for each in function.left_to_callers
        }
        return there.pieces(summary.returns[0])

    def _function(self, called: Expression) -> ProjectFunction | None:
        if not isinstance(called, (Name, Attribute)):
            return None
        own = self._member(called)
        if own is not None:
            cls, member = own
            is_method = member.kind is Kind.FUNCTION
            return ProjectFunction(cls.module, member.index) if is_method else None
        found = self._project.view(Scopes).resolve(self._module, self._scope, called)
        if not isinstance(found, Definition) or found.kind is not Kind.FUNCTION or found.member:
            return None
        return ProjectFunction(found.module, found.index)

    def _member(self, value: Expression) -> tuple[ProjectClass, Binding] | None:
        """The class that has what is asked of the object of a method, and what it has: `self.BASE`."""
        if self._owner is None or not isinstance(value, Attribute) or not isinstance(value.value, Name):
            return None
        if value.value.id != self._receiver:
            return None
        order = self._project.view(ClassHierarchy).order(self._owner)
        for cls in order:
            if not isinstance(cls, ProjectClass):
                return None
            member = next((each for each in cls.fact.members if each.name == value.attr), None)
            if member is not None:
                return cls, member
        return None

    def _joined(self, separator: Expression, parts: Expression) -> tuple[Piece, ...] | None:
        between = self.pieces(separator)
        items = self._items(parts)
        if between is None or not items:
            return None
        found: list[Piece] = []
        for item in items:
            inside = self.pieces(item)
            if inside is None:
                return None
            found += [*(between if found else ()), *inside]
        return tuple(found)

    def _items(self, parts: Expression) -> list[Expression] | None:
        """The items of a list, with all that branches add; None where it may have others."""
        if isinstance(parts, Collection):
            return list(parts.items)
        bound = self._summary.bound.get(parts.id, []) if isinstance(parts, Name) else []
        made = _set(bound[0]) if len(bound) == 1 else None
        if not isinstance(made, Collection):
            return None
        found = list(made.items)
        for site in self._summary.calls:
            called = site.call.function
            if not isinstance(called, Attribute) or not isinstance(called.value, Name):
                continue
            if called.value.id == bound[0].name and called.attr in _GROWING:
                given = site.call.arguments[0] if site.call.arguments else None
                if called.attr == "extend" and not isinstance(given, Collection):
                    return None
                found += given.items if isinstance(given, Collection) else [given] if given else []
        return found

    def _bound(self, name: str, bound: list[Bound]) -> tuple[Piece, ...] | None:
        """What a name stands for at the end: it is set once, and only ever grows."""
        if name in self._names or len(self._names) > _DEPTH:
            return None
        self._names.append(name)
        found = self.pieces(_set(bound[0]))
        for each in bound[1:] if found is not None else ():
            added = self.pieces(_added(each, name))
            if added is None:
                found = None
                break
            found = (*(found or ()), *added)
        self._names.pop()
        return found

    def _constant(self, value: Name | Attribute) -> tuple[Piece, ...] | None:
        """What a name of a module or class stands for, once and for all."""
        own = self._member(value)
        if own is not None:
            cls, member = own
            summary = self._project.view(Functions).class_summary(cls.module, cls.fact)
            return self._set_once(cls.module, summary, cls.fact.qualname, member.name)
        found = self._project.view(Scopes).resolve(self._module, self._scope, value)
        if not isinstance(found, Definition) or found.kind is not Kind.VALUE or found.member:
            return None
        summary = self._project.view(Functions).module_summary(found.module)
        return self._set_once(found.module, summary, "", found.qualname)

    def _set_once(self, module: Module, summary: Summary, scope: str, name: str) -> tuple[Piece, ...] | None:
        bound = summary.bound.get(name, [])
        if len(bound) != 1 or bound[0].how != "assign" or len(self._names) > _DEPTH:
            return None
        there = Assembler(self._project, module, scope, summary)
        there._names = [*self._names, name]
        return there.pieces(bound[0].value)


def _takes_value(before: str) -> bool:
    """Whether what follows a text is a value, and no name."""
    is_quoted = before.count("'") % 2 == 1
    return is_quoted or bool(_VALUE_BEFORE.search(before) or _NUMBERED_BEFORE.search(before))


def _added(bound: Bound, name: str) -> Expression | None:
    """What a binding adds to the text that a name stands for: `sql += more`, `sql = sql + more`."""
    if bound.how == "augment":
        return bound.value
    value = bound.value
    if bound.how != "assign" or not isinstance(value, (Operation, Template)):
        return None
    parts = value.parts if isinstance(value, Template) else value.operands if value.operator == "+" else ()
    if len(parts) < 2 or not isinstance(parts[0], Name) or parts[0].id != name:
        return None
    return Template(parts[1:], bound.line, 0)


def _set(bound: Bound) -> Expression | None:
    """What a binding sets a name to: `a = x`, or `a, b = x, y`."""
    if bound.how == "assign":
        return bound.value
    if bound.how != "unpack" or len(bound.path) != 1 or not isinstance(bound.value, Collection):
        return None
    at = bound.path[0]
    return bound.value.items[at] if 0 <= at < len(bound.value.items) else None
