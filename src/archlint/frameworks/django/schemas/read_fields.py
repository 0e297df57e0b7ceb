"""What a schema of Pydantic or Django Ninja reads of an object that it is made of.

https://docs.pydantic.dev/latest/concepts/models/#arbitrary-class-instances
https://django-ninja.dev/guides/response/#resolvers
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Expression, Subscript, last_name, written_text
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.drf.written_fields import WrittenField
from archlint.frameworks.listed import Listed
from archlint.frameworks.pydantic.fields import ModelField, fields_of
from archlint.frameworks.pydantic.wanted import wanted_by
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.memo import Memo

if TYPE_CHECKING:
    from archlint.project.project import Project

_NINJA = frozenset(
    {"ninja.Schema", "ninja.schema.Schema", "ninja.ModelSchema", "ninja.orm.ModelSchema"}
    | {"ninja.orm.metaclass.ModelSchema"}
)
_BASES = _NINJA | {"pydantic.BaseModel", "pydantic.main.BaseModel"}
_STEERING = frozenset({"from_orm", "model_validate", "__init__", "__new__"})
_VALIDATORS = frozenset({"model_validator", "root_validator"})
_ALIASES = ("validation_alias", "alias")


class ReadFields:
    """Answers for classes of schemas."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._hierarchy = project.view(ClassHierarchy)
        self._values, self._listed = project.view(ClassValues), project.view(Listed)
        self._fields = Memo(project.reads, self._found)

    @classmethod
    def build(cls, project: Project) -> ReadFields:
        """The view of a project."""
        return cls(project)

    def is_schema(self, cls: ProjectClass) -> bool:
        """Whether a class is such a schema, and all its bases are known."""
        outside = self._values.outside(cls)
        return outside is not None and any(name in _BASES for name in outside)

    def fields(self, cls: ProjectClass) -> tuple[WrittenField, ...] | None:
        """What a schema reads of an object; None where it decides that itself, or nobody can tell."""
        return self._fields(cls)

    def needed(self, cls: ProjectClass) -> Iterator[tuple[ModelField, str]]:
        """The fields that a schema cannot be made without, each with the attribute that it reads."""
        for field in fields_of(self._project, cls) if self.fields(cls) is not None else ():
            if self._resolver(cls, field.name) or _may_be_left_out(field) or _is_of_class(field):
                continue
            name = _read_by(field)
            if name is not None and "." not in name:
                yield field, name

    def nested(self, field: ModelField) -> ProjectClass | None:
        """The schema that a field makes of what it reads."""
        found = wanted_by(self._project.view(DataFlow).flow, field, {}).cls
        return found if found is not None and self.is_schema(found) else None

    def _found(self, cls: ProjectClass) -> tuple[WrittenField, ...] | None:
        if not self.is_schema(cls) or self._steers(cls):
            return None
        return (*self._declared(cls), *self._of_model(cls))

    def _steers(self, cls: ProjectClass) -> bool:
        """Whether a class has a hand in what is read: a validator of the whole, a constructor."""
        own = [one for one in self._hierarchy.order(cls) if isinstance(one, ProjectClass)]
        for one in own:
            for member in one.fact.members:
                if member.name in _STEERING:
                    return True
            for fact in one.module.functions:
                of_it = fact.owner == one.index
                if of_it and any(last_name(_function(each)) in _VALIDATORS for each in fact.decorators):
                    return True
        return False

    def _declared(self, cls: ProjectClass) -> Iterator[WrittenField]:
        for field in fields_of(self._project, cls):
            holder, column = field.owner, column_of(field)
            resolver = self._resolver(cls, field.name)
            if resolver:
                yield WrittenField(field.name, (), holder.module, field.line, column, method=resolver)
                continue
            name = _read_by(field)
            path = tuple(name.split(".")) if name is not None else ()
            nested = self.nested(field)
            yield WrittenField(field.name, path, holder.module, field.line, column, nested)

    def _of_model(self, cls: ProjectClass) -> Iterator[WrittenField]:
        """Those that `Meta.fields` takes from the model: of a relation to one object only the key."""
        meta = self._values.of(cls, "Meta")
        if meta is None or not set(self._values.outside(cls) or ()) & _NINJA:
            return
        declared = {field.name for field in fields_of(self._project, cls)}
        option = self._values.of(ProjectClass(meta.holder.module, meta.binding.index), "fields")
        for one in self._listed.of(option).names if option is not None else ():
            if one.name not in declared and not self._resolver(cls, one.name):
                at = one.form
                yield WrittenField(one.name, (one.name,), one.module, at.line, at.column, keeps_to_keys=True)

    def _resolver(self, cls: ProjectClass, name: str) -> str:
        """`resolve_total(obj)`, which Django Ninja asks instead of the object."""
        if not set(self._values.outside(cls) or ()) & _NINJA:
            return ""
        method = f"resolve_{name}"
        return method if self._values.of(cls, method) is not None else ""


def column_of(field: ModelField) -> int:
    """Where its line says the name of a field."""
    names = (member.column for member in field.owner.fact.members if member.name == field.name)
    return next(names, 0)


def _function(decorator: Expression) -> Expression:
    return decorator.function if isinstance(decorator, Call) else decorator


def _read_by(field: ModelField) -> str | None:
    """The attribute that a field reads: its alias, or its own name; None where that cannot be seen."""
    for alias in _ALIASES:
        given = _option(field, alias)
        if given is not None:
            return written_text(given)
    return field.name


def _may_be_left_out(field: ModelField) -> bool:
    """Whether a field has a default."""
    if field.value is None:
        return False
    if not isinstance(field.value, Call) or last_name(field.value.function) != "Field":
        return True
    first = next(iter(field.value.arguments), None) or _option(field, "default")
    is_given = first is not None and last_name(first) != "Ellipsis"
    return is_given or any(k.name in ("default_factory", "") for k in field.value.keywords)


def _is_of_class(field: ModelField) -> bool:
    """Whether an annotation only looks like that of a field."""
    named = field.annotation.value if isinstance(field.annotation, Subscript) else field.annotation
    return last_name(named) in ("ClassVar", "PrivateAttr")


def _option(field: ModelField, name: str) -> Expression | None:
    call = field.value
    if not isinstance(call, Call) or last_name(call.function) != "Field":
        return None
    return next((keyword.value for keyword in call.keywords if keyword.name == name), None)
