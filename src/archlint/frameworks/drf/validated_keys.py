"""What serializers take out of their validated data, and whether it can be there.

https://www.django-rest-framework.org/api-guide/serializers/#saving-instances
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import (
    Attribute,
    Call,
    Comparison,
    Expression,
    Literal,
    Name,
    Subscript,
    written_text,
)
from archlint.facts.forms import walked
from archlint.facts.statements import Assign, Delete, Try
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.drf.serializers import Serializer, Serializers
from archlint.frameworks.drf.validated_names import TakenKey, ValidatedNames
from archlint.project.classes import ClassHierarchy
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.project.project import Project

_METHODS = {"create": 1, "update": 2, "validate": 1}
"""Methods that are given validated data, and as which parameter."""

_ADDING = frozenset({"update", "setdefault", "clear", "copy"})


def taken_keys(project: Project) -> Iterator[TakenKey]:
    """Every such key of the serializers that no other inherits from."""
    values, hierarchy, names = (
        project.view(ClassValues),
        project.view(ClassHierarchy),
        ValidatedNames(project),
    )
    for serializer in project.view(Serializers):
        if hierarchy.below(serializer.cls) or is_test(serializer.cls.module.path):
            continue
        for name, at in _METHODS.items():
            found = values.of(serializer.cls, name)
            method = found.function if found is not None else None
            if method is None or len(method.fact.parameters) <= at:
                continue
            for form, key in _taken(project, serializer, method, method.fact.parameters[at].name):
                yield TakenKey(serializer, method, form, key, names.reason(serializer, key))


def _taken(
    project: Project, serializer: Serializer, method: ProjectFunction, given: str
) -> Iterator[tuple[Call | Subscript, str]]:
    """`validated_data.pop("lines")` and `validated_data["lines"]`, where nothing of it is put in before."""
    body = method.module.statements(method.fact)
    forms = list(walked(body))
    if given in project.view(Functions).summary(method).bound or any(isinstance(f, Try) for f in forms):
        return
    set_here = [t for form in forms if isinstance(form, (Assign, Delete)) for t in form.targets]
    asked = {text for form in forms if isinstance(form, Comparison) for text in _sought(form)}
    for target in set_here:
        if isinstance(target, Subscript) and _is_named(target.value, given):
            asked.add(getattr(target.index, "value", None))
    calls = [form for form in forms if isinstance(form, Call) and isinstance(form.function, Attribute)]
    if any(_is_asked(call, given, _ADDING) for call in calls):
        return
    for form in forms:
        value = _key_of(form, given) if isinstance(form, (Call, Subscript)) else None
        key = _text(project, serializer, method, value) if value is not None else None
        if key is not None and key not in asked and isinstance(form, (Call, Subscript)):
            yield form, key


def _key_of(form: Call | Subscript, given: str) -> Expression | None:
    if isinstance(form, Subscript):
        return form.index if _is_named(form.value, given) else None
    is_plain = len(form.arguments) == 1 and not form.keywords
    return form.arguments[0] if is_plain and _is_asked(form, given, frozenset({"pop"})) else None


def _is_asked(call: Call, given: str, names: frozenset[str]) -> bool:
    function = call.function
    return isinstance(function, Attribute) and function.attr in names and _is_named(function.value, given)


def _is_named(value: Expression, name: str) -> bool:
    return isinstance(value, Name) and value.id == name


def _sought(form: Comparison) -> Iterator[object]:
    """`"gift"` of `"gift" in validated_data`."""
    if not {"in", "not in"}.isdisjoint(form.operators) and isinstance(form.left, Literal):
        yield form.left.value


def _text(project: Project, serializer: Serializer, method: ProjectFunction, value: Expression) -> str | None:
    """A key that is written, or that the class of the serializer names: `self.child`."""
    if isinstance(value, Attribute) and _is_named(value.value, method.receiver or ""):
        named = project.view(ClassValues).of(serializer.cls, value.attr)
        is_own = value.attr not in serializer.cls.fact.attributes
        value = named.value if named is not None and named.value is not None and is_own else value
    return written_text(value)
