"""Text that functions make of other text, without running them: `camel_to_snake(cls.__name__)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Comparison,
    Comprehension,
    Conditional,
    Expression,
    Literal,
    Name,
    Operation,
    Slice,
    Subscript,
    Template,
    dotted,
)
from archlint.facts.statements import Assign, Evaluate, If, Return, Statement
from archlint.project.answer import Definition, External
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.texts import Texts
    from archlint.project.module import Module

Made: TypeAlias = "str | bool | tuple[str, ...]"
Known: TypeAlias = "Mapping[str, Made]"
"""What names and attributes stand for, by how they are written: `cls.__name__`."""

_DEEPEST: Final = 4
"""Functions within each other that are followed."""

_LONGEST: Final = 100
"""Patterns and texts beyond it are left alone."""

_METHODS: Final[dict[str, Callable[..., Made]]] = {
    "capitalize": str.capitalize,
    "endswith": str.endswith,
    "islower": str.islower,
    "isupper": str.isupper,
    "join": str.join,
    "lower": str.lower,
    "lstrip": str.lstrip,
    "removeprefix": str.removeprefix,
    "removesuffix": str.removesuffix,
    "replace": str.replace,
    "rstrip": str.rstrip,
    "split": lambda text, *by: tuple(text.split(*by)),
    "startswith": str.startswith,
    "strip": str.strip,
    "title": str.title,
    "upper": str.upper,
}
_COMPARISONS: Final[dict[str, Callable[[str, str], bool]]] = {
    "!=": lambda left, right: left != right,
    "==": lambda left, right: left == right,
    "in": lambda left, right: left in right,
    "not in": lambda left, right: left not in right,
}
_PATTERNS: Final[dict[str, Callable[..., Made]]] = {
    "split": lambda pattern, text: tuple(each or "" for each in re.split(pattern, text)),
    "sub": re.sub,
}
_REPETITION: Final = re.compile(r"[*+{]")
_REPEATED_GROUP: Final = re.compile(r"\)[*+{]")
_MOST_REPETITIONS: Final = 3
"""Patterns with more of them, or with a group that is repeated, may take forever."""


class MadeTexts:
    """Evaluates functions of one way through. None for whatever is not understood."""

    def __init__(self, names: Names, texts: Texts) -> None:
        self._names = names
        self._texts = texts

    def returned(self, function: ProjectFunction, known: Known, depth: int = 0) -> Made | None:
        """What a function returns for what its parameters are known to be."""
        if depth > _DEEPEST:
            return None
        return _Run(self, self._names, self._texts, function, known, depth).returned()

    def text(self, module: Module, scope: str, expression: Expression) -> str | None:
        """The text of an expression outside of functions."""
        found = self._texts.of(module, scope, expression)
        if found is not None or not isinstance(expression, Call):
            return found
        callee = self._names.resolve(module, scope, expression.function)
        given = [self._texts.of(module, scope, each) for each in expression.arguments]
        made = None
        if isinstance(callee, Definition) and not expression.keywords:
            made = called(self, callee, [each for each in given if each is not None], 0)
        return made if isinstance(made, str) and None not in given else None


def called(making: MadeTexts, callee: Definition, given: list[Made], depth: int) -> Made | None:
    """What a function of the project makes of its arguments."""
    if callee.kind is not Kind.FUNCTION or callee.member:
        return None
    function = ProjectFunction(callee.module, callee.index)
    names = [parameter.name for parameter in function.fact.parameters]
    is_plain = len(names) == len(given) and not function.fact.decorators and not function.fact.is_async
    return making.returned(function, dict(zip(names, given, strict=True)), depth + 1) if is_plain else None


class _Run:
    """One function with what its names stand for."""

    def __init__(
        self,
        making: MadeTexts,
        names: Names,
        texts: Texts,
        function: ProjectFunction,
        known: Known,
        depth: int,
    ) -> None:
        self._making = making
        self._names = names
        self._texts = texts
        self._module, self._scope = function.module, function.scope
        self._body = function.module.statements(function.fact)
        self._known = dict(known)
        self._depth = depth

    def returned(self) -> Made | None:
        """What comes out of it."""
        for statement in self._steps(self._body):
            if isinstance(statement, Return) and statement.value is not None:
                return self._value(statement.value)
            if not isinstance(statement, Assign) or not self._assigned(statement):
                return None
        return None

    def _steps(self, body: tuple[Statement, ...]) -> Iterator[Statement | None]:
        """The statements on the way; None where it cannot be told."""
        for statement in body:
            if isinstance(statement, Evaluate) and isinstance(statement.value, Literal):
                continue
            if not isinstance(statement, If):
                yield statement
                continue
            test = self._value(statement.test)
            if test is None:
                yield None
            yield from self._steps(statement.body if test else statement.orelse)

    def _assigned(self, statement: Assign) -> bool:
        value = self._value(statement.value)
        target = statement.targets[0]
        if value is None or statement.operator or len(statement.targets) > 1 or not isinstance(target, Name):
            return False
        self._known[target.id] = value
        return True

    def _value(self, form: Expression) -> Made | None:
        if isinstance(form, (Name, Attribute)) and dotted(form) in self._known:
            return self._known[dotted(form)]
        if isinstance(form, Template):
            return _joined([self._value(part) for part in form.parts])
        if isinstance(form, Operation):
            values = [self._value(each) for each in form.operands]
            return _joined(values) if form.operator == "+" else None
        if isinstance(form, Conditional):
            test = self._value(form.test)
            return None if test is None else self._value(form.body if test else form.orelse)
        if isinstance(form, Collection):
            return _several(self._value(each) for each in form.items)
        if isinstance(form, Comprehension):
            return self._comprehended(form)
        if isinstance(form, Comparison):
            return self._compared(form)
        if isinstance(form, Subscript):
            return _part(self._value(form.value), form.index)
        return self._called(form) if isinstance(form, Call) else self._named(form)

    def _named(self, form: Expression) -> str | None:
        """A literal or a constant; a name of the function itself is none."""
        return self._texts.of(self._module, self._scope, form)

    def _comprehended(self, form: Comprehension) -> Made | None:
        generator = form.generators[0]
        over = self._value(generator.iterable)
        if (
            len(form.generators) > 1
            or not isinstance(generator.target, Name)
            or isinstance(over, (bool, type(None)))
        ):
            return None
        found: list[Made | None] = []
        before = self._known
        for each in over:
            self._known = {**before, generator.target.id: each}
            conditions = [self._value(condition) for condition in generator.conditions]
            if None in conditions:
                found.append(None)
            elif all(conditions):
                found.append(self._value(form.element))
        self._known = before
        return _several(iter(found))

    def _compared(self, form: Comparison) -> bool | None:
        left, right = self._value(form.left), self._value(form.others[0])
        compare = _COMPARISONS.get(form.operators[0])
        if compare is None or len(form.others) > 1 or not isinstance(left, str) or not isinstance(right, str):
            return None
        return compare(left, right)

    def _called(self, form: Call) -> Made | None:
        given = [self._value(each) for each in form.arguments]
        known = [each for each in given if each is not None]
        if form.keywords or len(known) != len(given):
            return None
        callee = self._names.resolve(self._module, self._scope, form.function)
        if isinstance(callee, Definition) and not callee.member:
            return called(self._making, callee, known, self._depth)
        name = callee.name if isinstance(callee, External) else ""
        if name.startswith("re.") and known:
            return _matched(name[3:], known[0], known[1:])
        if not isinstance(form.function, Attribute):
            return None
        pattern = self._pattern(form.function.value)
        if pattern is not None:
            return _matched(form.function.attr, pattern, known)
        value, method = self._value(form.function.value), _METHODS.get(form.function.attr)
        if not isinstance(value, str) or method is None or len(value) > _LONGEST:
            return None
        try:
            return method(value, *known)
        except (TypeError, ValueError):
            return None

    def _pattern(self, form: Expression) -> str | None:
        """The text of a compiled pattern: `re.compile("[A-Z]")`."""
        answer = self._names.resolve(self._module, self._scope, form)
        module, bound = self._module, form
        if isinstance(answer, Definition) and answer.kind is Kind.VALUE and not answer.member:
            value = self._names.bound(answer)
            if value is None:
                return None
            module, bound = answer.module, value
        if not isinstance(bound, Call) or len(bound.arguments) != 1 or bound.keywords:
            return None
        maker = self._names.resolve(module, "", bound.function)
        is_compiled = isinstance(maker, External) and maker.name == "re.compile"
        return self._texts.of(module, "", bound.arguments[0]) if is_compiled else None


def _matched(name: str, pattern: Made, given: list[Made]) -> Made | None:
    """What `re.sub` and its like give."""
    function = _PATTERNS.get(name)
    texts = [each for each in (pattern, *given) if isinstance(each, str) and len(each) <= _LONGEST]
    if function is None or len(texts) != len(given) + 1 or not _is_quick(texts[0]):
        return None
    try:
        return function(*texts)
    except (TypeError, re.error):
        return None


def _is_quick(pattern: str) -> bool:
    return not _REPEATED_GROUP.search(pattern) and len(_REPETITION.findall(pattern)) <= _MOST_REPETITIONS


def _joined(values: list[Made | None]) -> str | None:
    texts = [each for each in values if isinstance(each, str)]
    return "".join(texts) if len(texts) == len(values) else None


def _several(values: Iterator[Made | None]) -> tuple[str, ...] | None:
    found = tuple(values)
    texts = tuple(each for each in found if isinstance(each, str))
    return texts if len(texts) == len(found) else None


def _part(value: Made | None, index: Expression) -> str | None:
    """`name[:-1]`, `name[0]`."""
    if not isinstance(value, str):
        return None
    if isinstance(index, Slice):
        bounds = [None if each is None else _number(each) for each in (index.lower, index.upper)]
        is_known = index.step is None and all(
            (each is None) == (bound is None)
            for each, bound in zip((index.lower, index.upper), bounds, strict=True)
        )
        return value[bounds[0] : bounds[1]] if is_known else None
    number = _number(index)
    return value[number] if number is not None and -len(value) <= number < len(value) else None


def _number(form: Expression) -> int | None:
    if isinstance(form, Operation) and form.operator == "-" and len(form.operands) == 1:
        number = _number(form.operands[0])
        return None if number is None else -number
    return form.value if isinstance(form, Literal) and type(form.value) is int else None
