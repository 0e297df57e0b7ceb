"""The names under which a serializer may put what it has validated, and why others are never there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Literal, Subscript
from archlint.facts.forms import passed_values, walked
from archlint.facts.outline import last_name
from archlint.facts.statements import Assign
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.drf.serializers import Serializer, SerializerField
from archlint.frameworks.listed import Listed
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.project.project import Project

_STEERING = ("__init__", "get_fields", "run_validation", "to_internal_value", "validated_data", "save")
"""What a serializer may have of its own that decides what is validated data."""


class TakenKey(msgspec.Struct, frozen=True):
    """One key that a function takes out of what a serializer has validated, and has to find there."""

    serializer: Serializer
    method: ProjectFunction
    form: Call | Subscript
    key: str
    reason: str | None
    """Why it can never be there; empty where it may be, None where nobody can tell."""


class ValidatedNames:
    """Answers for serializers."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._values = project.view(ClassValues)
        self._listed = project.view(Listed)

    def reason(self, serializer: Serializer, key: str) -> str | None:
        """Why a key can never be there; empty where it may be, None where nobody can tell."""
        cls = serializer.cls
        if not serializer.is_closed or any(self._values.of(cls, name) is not None for name in _STEERING):
            return None
        if key in serializer.unsure or key in self._saved or self._is_put_in(serializer):
            return None
        roots = {name: _root(field) for name, field in serializer.fields.items()}
        if None in roots.values():
            return None
        written = {root for name, root in roots.items() if serializer.fields[name].is_read_only is not True}
        if key in written:
            return ""
        declared = serializer.fields.get(key)
        if declared is not None and declared.is_read_only is True:
            return "the field is read-only"
        if declared is not None:
            return f"the field has it under `{roots[key]}`"
        return self._undeclared(serializer, key)

    def _undeclared(self, serializer: Serializer, key: str) -> str | None:
        if not serializer.is_model:
            return f"`{serializer.cls.fact.name}` has no such field"
        model = serializer.model
        if model is None or model.is_open:
            return None
        is_of_model = key in model.fields or key in model.relations or key in ("pk", "id")
        fields, kept = self._names(serializer, "fields"), self._names(serializer, "read_only_fields")
        if is_of_model:
            is_read_only = fields is not None and kept is not None and key in fields and key in kept
            return "the field is read-only" if is_read_only else ""
        if fields is not None and key in fields:
            return ""
        return f"`{serializer.cls.fact.name}` has no such field"

    def _names(self, serializer: Serializer, option: str) -> tuple[str, ...] | None:
        listed = self._listed.of(serializer.options.get(option))
        return None if listed.is_open else tuple(one.name for one in listed.names)

    def _is_put_in(self, serializer: Serializer) -> bool:
        """Whether `validate()` may add to what it is given."""
        found = self._values.of(serializer.cls, "validate")
        method = found.function if found is not None else None
        return found is not None and (method is None or not _hands_on(method))

    @cached_property
    def _saved(self) -> _Saved:
        return _Saved(self._project)


class _Saved:
    """What `serializer.save(owner=user)` adds anywhere in the project."""

    def __init__(self, project: Project) -> None:
        self._names: set[str] = set()
        functions = project.view(Functions)
        for module in project.modules:
            for _, summary in functions.bodies(module, "save"):
                calls = (site.call for site in summary.calls)
                saves = (call for call in calls if last_name(call.function) == "save")
                self._names.update(name for call in saves for name in _passed(call))

    def __contains__(self, name: str) -> bool:
        return name in self._names or "" in self._names


def _passed(call: Call) -> Iterator[str]:
    """The names that a call of `save()` passes; an empty one where a serializer is given any."""
    owner = call.function.value if isinstance(call.function, Attribute) else None
    is_serializer = owner is not None and "serializer" in last_name(owner).lower()
    yield from (each.name for each in call.keywords if each.name or is_serializer)


def _root(field: SerializerField) -> str | None:
    """The key under which a field puts its value; None where nobody can tell."""
    given = field.option("source")
    if given is None:
        return None if field.may_be_set("") else field.name
    text = given.value if isinstance(given, Literal) else None
    return text.partition(".")[0] if isinstance(text, str) and text != "*" else None


def _hands_on(method: ProjectFunction) -> bool:
    """Whether a `validate()` changes nothing of what it is given, nor lets another do it."""
    given = {parameter.name for parameter in method.fact.parameters} - {method.receiver}
    for form in walked(method.module.statements(method.fact)):
        if isinstance(form, Assign) and any(_is_of(target, given) for target in form.targets):
            return False
        if not isinstance(form, Call):
            continue
        if last_name(form.function) == "validate":
            continue
        passed = passed_values(form)
        is_changed = _is_of(form.function, given) and last_name(form.function) not in ("get", "items", "keys")
        if is_changed or any(getattr(each, "id", None) in given for each in passed):
            return False
    return True


def _is_of(form: object, names: set[str]) -> bool:
    """Whether a form is one of some names, or an item or attribute of one."""
    value = getattr(form, "value", None)
    return getattr(form, "id", getattr(value, "id", None)) in names
