"""What calls have to say before a function is run with what they pass."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Expression, Literal, Name
from archlint.facts.forms import walked
from archlint.project.answer import UNKNOWN, Definition
from archlint.project.classes import ProjectClass
from archlint.project.flow.builtins.containers import lacks
from archlint.project.flow.calls.spelling import is_spelled, is_text
from archlint.project.flow.telling import is_telling
from archlint.project.flow.values import (
    Arguments,
    Closure,
    Constant,
    Deferred,
    Either,
    Entries,
    Object,
    Value,
    alternatives,
)
from archlint.project.functions import ProjectFunction
from archlint.project.summaries import summarize

_MOST = 12
"""Runs of one function with different arguments; the next gets what the function does on its own."""

_MOST_OF_SHORT, _SHORT = 48, 400
"""The same for a function that costs next to nothing: of so many bytes, as facts keep it."""


class Signature(msgspec.Struct):
    """What every call of a function asks, looked up once."""

    function: ProjectFunction
    words: tuple[str, ...]
    """What takes texts that tell what it does."""

    receiver: str
    own: Value
    """What its first parameter is where nobody knows the caller."""

    makes_manager: bool
    annotated: Mapping[str, frozenset[str]]
    """The names in the annotations of its parameters."""

    optional: frozenset[str]
    """Parameters without an annotation that are None where nobody passes them."""

    spread: str
    """`kwargs` of `**kwargs`, empty where there is none: which names it holds is for the caller to say."""

    _takes_texts: bool | None = None
    _read: Mapping[str, frozenset[str]] | None = None

    @property
    def takes_texts(self) -> bool:
        """Whether a text may tell what it does, or what a function that it makes does."""
        if self._takes_texts is None:
            self._takes_texts = is_spelled(self.function, self.words)
        return self._takes_texts

    def is_run_enough(self, runs: int) -> bool:
        """Whether it is not run with yet other arguments, after so many."""
        if not _MOST <= runs < _MOST_OF_SHORT:
            return runs >= _MOST
        return len(self.function.module.encoded(self.function.fact)) > _SHORT

    def is_missed_by(self, name: str, value: Value) -> bool:
        """Whether it reads an attribute off a parameter that gets a dict."""
        if value.__class__ is not Entries and value.__class__ is not Either:
            return False  # as nearly always
        if self._read is None:
            self._read = _attributes_read(self.function)
        return any(lacks(value, attribute) for attribute in self._read.get(name, ()))


def says_nothing(signature: Signature, closure: Closure, arguments: Arguments) -> bool:
    """Whether a call passes nothing at all that is known, which most do."""
    if closure.receiver is not None and closure.receiver != signature.own:
        return False
    if signature.spread and arguments.named:
        return False
    for value in (*arguments.positional, *[value for _, value in arguments.named]):
        if value.__class__ is not Constant:
            if value is not UNKNOWN:
                return False
        elif is_text(value) and signature.takes_texts:
            return False
    return True


def says_something(signature: Signature, passed: tuple[tuple[str, Value], ...]) -> bool:
    """Whether a call passes more than the function takes for granted."""
    for name, value in passed:
        if value is UNKNOWN:
            continue
        if name == signature.receiver:
            if value != signature.own:
                return True
        elif name == signature.spread:
            if isinstance(value, Entries) and value.values:
                return True
        elif (
            is_telling(value)
            or (is_text(value) and signature.takes_texts)
            or is_function(value)
            or _is_another(value, signature.annotated.get(name))
            or signature.is_missed_by(name, value)
        ):
            return True
    return False


def _attributes_read(function: ProjectFunction) -> Mapping[str, frozenset[str]]:
    """The attributes that a body reads off each of its names."""
    found: dict[str, set[str]] = {}
    for read in summarize(function.module.statements(function.fact)).reads:
        if isinstance(read.attribute.value, Name):
            found.setdefault(read.attribute.value.id, set()).add(read.attribute.attr)
    return {name: frozenset(attributes) for name, attributes in found.items()}


def written_in(annotation: Expression) -> frozenset[str]:
    """The names in an annotation, which may be in quotes."""
    found: set[str] = set()
    for form in walked((annotation,)):
        if isinstance(form, Literal) and isinstance(form.value, str):
            found.update(_NAME.findall(form.value))
        elif isinstance(form, (Name, Attribute)):
            found.add(form.id if isinstance(form, Name) else form.attr)
    return frozenset(found)


_NAME = re.compile(r"\w+")


def _is_another(value: Value, promised: frozenset[str] | None) -> bool:
    """Whether a value is something else than an annotation says: the adapter for a port."""
    if promised is None:
        return matters(value)
    return any(
        isinstance(option, Object)
        and isinstance(option.of, ProjectClass)
        and option.of.fact.name not in promised
        for option in alternatives(value)
    )


def is_function(value: Value) -> bool:
    """Whether it is a function or class that can be called: an annotation only says that there is one."""
    return any(
        isinstance(option, (Closure, Deferred))
        or (isinstance(option, Definition) and option.kind is Kind.CLASS)
        for option in alternatives(value)
    )


def matters(value: Value) -> bool:
    """Whether it is worth to follow a value where nothing is promised of it."""
    return any(
        isinstance(option, (Closure, Deferred, Definition))
        or (isinstance(option, Object) and isinstance(option.of, ProjectClass))
        or is_telling(option)
        for option in alternatives(value)
    )


def is_kept(value: Value) -> bool:
    """Whether an object that is given a value remembers it: texts may tell what its methods do."""
    return matters(value) or is_text(value)
