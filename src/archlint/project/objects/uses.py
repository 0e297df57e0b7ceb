"""What each module uses, by qualified name: calls, attribute reads, bases, decorators, annotations.

An import is not a use. A method on an object is one of the object's class, however the object came in:
`session.execute(…)` is a use of `sqlalchemy.orm.Session.execute` where `session` is a parameter annotated
so, is kept in `self.session`, or is what another function returns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Form, Literal, Name, Subscript, last_name
from archlint.facts.forms import parts
from archlint.project.answer import UNKNOWN, Definition, External
from archlint.project.functions import Functions, ProjectFunction, mentioning
from archlint.project.memo import Memo
from archlint.project.module import Module
from archlint.project.objects.promises import NAMED_BY_FIRST
from archlint.project.objects.values import Value, Values
from archlint.project.scopes import Scopes, nested
from archlint.project.spans import Span, root, span_of
from archlint.project.summaries import Summary
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project


class Use(msgspec.Struct, frozen=True):
    """One use. `name` is empty where the receiver is unknown; `last` is what is asked of it."""

    module: Module
    function: ProjectFunction | None
    how: str
    """`call`, `read`, `base`, `decorator` or `annotation`."""

    name: str
    last: str
    span: Span
    form: Name | Attribute
    """The name or the chain of attributes as it is written."""

    answer: External | Definition | None = None
    """What the name stands for; None where the receiver is unknown."""

    alias_in: Module | None = None
    """The module that gives it another name, by which it is used: `run = session.execute`, or a key."""


Mention: TypeAlias = tuple["ProjectFunction | None", str, "Name | Attribute", str]
"""A name or chain with the function around it, how it is used, and the scope it stands in."""


class Uses:
    """The uses of every module, found when they are asked for."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._functions = project.view(Functions)
        self._values = project.view(Values)
        self._scopes = project.view(Scopes)
        self._found = Memo(project.reads, self._of)
        self._tables = Memo(project.reads, self._of_tables)
        self._texts = Memo(project.reads, self._of_texts)
        self._takers = _takers(project.results)
        self._project = project

    @classmethod
    def build(cls, project: Project) -> Uses:
        """The view of a project."""
        return cls(project)

    def of(self, module: Module) -> tuple[Use, ...]:
        """What a module uses, in no particular order."""
        return self._found(module)

    def named(self, module: Module, roots: Collection[str]) -> Iterator[Use]:
        """What a module uses by chains that begin with one of some names, and are names all through.

        Nothing is asked about values, so it costs little.
        """
        for function, how, form, scope in self.mentions(module):
            if root(form) in roots:
                value = self._scopes.resolve(module, scope, form)
                if isinstance(value, (External, Definition)):
                    yield Use(module, function, how, value.name, last_name(form), span_of(form), form, value)

    def of_members(self, module: Module, names: Collection[str]) -> Iterator[Use]:
        """What the functions of a module ask of anything by one of some names; nothing else is looked at."""
        for index in range(len(module.functions) if names else 0):
            function = ProjectFunction(module, index)
            for _, how, form, scope in _in_body(function, self._functions.summary(function), function.scope):
                if isinstance(form, Attribute) and form.attr in names:
                    yield from self._uses(module, function, how, form, scope)

    def through_values(self, module: Module, roots: Collection[str]) -> Iterator[Use]:
        """The functions that a module calls by the name of a value of another one: of a `partial`."""
        for function, how, form, scope in self.mentions(module):
            if how != "call" or root(form) not in roots:
                continue
            value = self._scopes.resolve(module, scope, form)
            if isinstance(value, Definition) and value.module is not module and not value.member:
                held = self._values.on_call(self._values.held(value))
                if isinstance(held, Definition) and held.kind is Kind.FUNCTION:
                    name, place = held.name, span_of(form)
                    yield Use(module, function, how, name, last_name(form), place, form, held, value.module)

    def of_tables(self, module: Module) -> tuple[Use, ...]:
        """The functions that the functions of a module call through a dict: `FINDERS[kind](…)`.

        One place may call any of those that the dict holds, and each is a use.
        """
        return self._tables(module)

    def of_texts(self, module: Module) -> tuple[Use, ...]:
        """What a module asks for by a text that names it: `import_string("shop.orders.place")`."""
        return self._texts(module)

    def _of(self, module: Module) -> tuple[Use, ...]:
        found = (self._uses(module, *mention) for mention in self.mentions(module))
        return (*(use for uses in found for use in uses), *self.of_tables(module), *self.of_texts(module))

    def _of_tables(self, module: Module) -> tuple[Use, ...]:
        found: list[Use] = []
        for function in (ProjectFunction(module, index) for index in range(len(module.functions))):
            summary = self._functions.summary(function)
            for site in summary.calls:
                table = _asked_table(summary, site.call.function)
                if table is not None:
                    found += self._entries(module, function, table)
        return tuple(found)

    def _of_texts(self, module: Module) -> tuple[Use, ...]:
        if not module.speaks_of(*(name.encode() for name in self._takers)):
            return ()
        bodies: list[tuple[ProjectFunction | None, Summary]] = [
            (None, self._functions.module_summary(module)),
            *((each, self._functions.summary(each)) for each in mentioning(module, *self._takers)),
        ]
        calls = ((function, site.call) for function, summary in bodies for site in summary.calls)
        found = (self._named_by_text(module, function, call) for function, call in calls)
        return tuple(use for use in found if use is not None)

    def _named_by_text(self, module: Module, function: ProjectFunction | None, call: Call) -> Use | None:
        form, first = call.function, call.arguments[0] if call.arguments else None
        if not isinstance(form, (Name, Attribute)) or last_name(form) not in self._takers:
            return None
        if not isinstance(first, Literal) or not isinstance(first.value, str):
            return None
        taker = self._values.of(function, form) if function else self._scopes.resolve(module, "", form)
        if not isinstance(taker, External) or self._project.results.get(taker.name) != NAMED_BY_FIRST:
            return None
        text = first.value.replace(":", ".")
        answer = self._project.view(Symbols).resolve(text, module)
        if not isinstance(answer, (External, Definition)):
            return None
        last = answer.name.rpartition(".")[2]
        return Use(module, function, "call", answer.name, last, span_of(form), form, answer)

    def _entries(self, module: Module, function: ProjectFunction, table: Subscript) -> Iterator[Use]:
        form = table.value
        found = self._values.entries(function, table) if isinstance(form, (Name, Attribute)) else None
        if found is None or not isinstance(form, (Name, Attribute)):
            return
        holder, entries = found
        for answer in entries:
            if isinstance(answer, (External, Definition)):
                last = answer.name.rpartition(".")[2]
                yield Use(
                    module, function, "call", answer.name, last, span_of(form), form, answer, holder.module
                )

    def _uses(
        self, module: Module, function: ProjectFunction | None, how: str, form: Name | Attribute, scope: str
    ) -> Iterator[Use]:
        value: Value
        if function is not None:
            value = self._values.of(function, form)
        else:
            value = self._scopes.resolve(module, scope, form)
        last, place = last_name(form), span_of(form)
        if isinstance(value, Definition) and value.kind is Kind.VALUE:
            held = self._values.held(value)
            if isinstance(held, (External, Definition)):
                alias_in = None if value.member else value.module
                yield Use(module, function, how, held.name, last, place, form, held, alias_in)
        if isinstance(value, (External, Definition)):
            yield Use(module, function, how, value.name, last, place, form, value)
        elif value is UNKNOWN and isinstance(form, Attribute):
            yield Use(module, function, how, "", last, place, form)

    def mentions(self, module: Module) -> Iterator[Mention]:
        """Every name and chain that a module calls, reads, inherits from, decorates or annotates with."""
        yield from _in_body(None, self._functions.module_summary(module), "")
        for found in module.classes:
            scope = found.qualname.rpartition(".")[0]
            for base in found.bases:
                yield from _written("base", base, scope)
            for decorator in found.decorators:
                yield from _written("decorator", decorator, scope)
            yield from _in_body(None, self._functions.class_summary(module, found), found.qualname)
        for index, fact in enumerate(module.functions):
            function = ProjectFunction(module, index)
            around = _around(function) if fact.decorators else None
            for decorator in fact.decorators:
                yield from _written("decorator", decorator, function.outer, around)
            annotations = [parameter.annotation for parameter in fact.parameters]
            for annotation in filter(None, (*annotations, fact.returns)):
                yield from _written("annotation", annotation, function.outer)
            yield from _in_body(function, self._functions.summary(function), function.scope)


def _takers(results: Mapping[str, str]) -> frozenset[str]:
    """The last names of what gives what a text names."""
    return frozenset(name.rpartition(".")[2] for name, result in results.items() if result == NAMED_BY_FIRST)


def _in_body(function: ProjectFunction | None, summary: Summary, scope: str) -> Iterator[Mention]:
    for site in summary.calls:
        if isinstance(site.call.function, (Name, Attribute)):
            yield function, "call", site.call.function, scope
        asked = _asked_by_text(site.call)
        if asked is not None:
            yield function, "read", asked, scope
    for read in summary.reads:
        yield function, "read", read.attribute, scope
    for annotation in summary.annotations:
        for _, how, form, _ in _written("annotation", annotation, scope):
            yield function, how, form, scope


def _around(function: ProjectFunction) -> ProjectFunction | None:
    """The function that a function is defined in, whose names its decorators speak of."""
    if not function.outer.endswith("()"):
        return None
    found = nested(function.module, function.outer.removesuffix("()"))
    is_function = found is not None and found.kind is Kind.FUNCTION
    return ProjectFunction(function.module, found.index) if found is not None and is_function else None


def _written(
    how: str, expression: Form, scope: str, function: ProjectFunction | None = None
) -> Iterator[Mention]:
    """The names in an expression that no body holds, `list[Order]` and `X | None` too."""
    if isinstance(expression, (Name, Attribute)):
        yield function, how, expression, scope
        return
    for part in parts(expression):
        yield from _written(how, part, scope, function)


def _asked_by_text(call: Call) -> Attribute | None:
    """What `getattr(session, "execute")` asks for, where its name stands."""
    if not isinstance(call.function, Name) or call.function.id != "getattr" or len(call.arguments) < 2:
        return None
    holder, name = call.arguments[:2]
    if not isinstance(name, Literal) or not isinstance(name.value, str) or name.truncated:
        return None
    end = name.column + 1 + len(name.value.encode())
    return Attribute(holder, name.value, name.line, end)


def _asked_table(summary: Summary, called: Form) -> Subscript | None:
    """What is called, where that is asked of a dict: `FINDERS[kind]`, `FINDERS.get(kind)`, by a name too."""
    if isinstance(called, Name):
        bound = summary.bound.get(called.id, ())
        called = bound[0].value if len(bound) == 1 and bound[0].how == "assign" else called
    if isinstance(called, Call) and called.arguments and last_name(called.function) == "get":
        holder = called.function.value if isinstance(called.function, Attribute) else None
        return (
            Subscript(holder, called.arguments[0], called.line, called.column)
            if isinstance(holder, (Name, Attribute))
            else None
        )
    return called if isinstance(called, Subscript) else None
