"""The fields that a serializer of REST framework writes out, and what each reads of an object.

https://www.django-rest-framework.org/api-guide/serializers/#modelserializer
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Collection, Expression, Literal
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.field_kinds import GENERIC_FOREIGN_KEY, GENERIC_RELATION
from archlint.frameworks.django.models import DjangoModel, DjangoModels
from archlint.project.answer import Definition, External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.flow.values import Value
    from archlint.project.project import Project

_PREFIX = "rest_framework.serializers."
_SERIALIZERS = frozenset({f"{_PREFIX}Serializer", f"{_PREFIX}ModelSerializer"}) | frozenset(
    {f"{_PREFIX}HyperlinkedModelSerializer"}
)


@dataclass(frozen=True, slots=True)
class SerializerField:
    """One field of a serializer."""

    name: str
    source: tuple[str, ...]
    """The attributes that it reads, one after the other."""

    module: Module
    line: int
    column: int
    nested: ProjectClass | None = None
    """The serializer of what is there."""

    method: str = ""
    """The method of the serializer that computes it."""

    keeps_to_keys: bool = False
    """Of a relation to one object it reads the key only."""


class Serializers:
    """Answers for classes of serializers."""

    def __init__(self, project: Project) -> None:
        self._hierarchy = project.view(ClassHierarchy)
        self._values = project.view(ClassValues)
        self._data_flow = project.view(DataFlow)
        self._functions = project.view(Functions)
        self._models = project.view(DjangoModels)
        self._fields: dict[ProjectClass, tuple[SerializerField, ...] | None] = {}

    @classmethod
    def build(cls, project: Project) -> Serializers:
        """The view of a project."""
        return cls(project)

    def is_serializer(self, cls: ProjectClass) -> bool:
        """Whether a class is a serializer whose behaviour is known."""
        order = self._hierarchy.order(cls)
        if any(isinstance(one, Unresolved) for one in order):
            return False
        return any(isinstance(one, External) and one.name in _SERIALIZERS for one in order)

    def fields(self, cls: ProjectClass) -> tuple[SerializerField, ...] | None:
        """What a serializer writes out; None where nobody can tell."""
        if cls not in self._fields:
            self._fields[cls] = None  # one that is nested in itself
            self._fields[cls] = self._found(cls) if self.is_serializer(cls) else None
        return self._fields[cls]

    def _found(self, cls: ProjectClass) -> tuple[SerializerField, ...] | None:
        if any(self._values.of(cls, name) for name in ("get_fields", "data")):
            return None
        written = self._values.of(cls, "to_representation")
        if written is None:
            return self._plain(cls)
        if written.function is None:
            return None
        module, binding = written.holder.module, written.binding
        name = "to_representation"
        own = SerializerField(name, (), module, binding.line, binding.column, method=name)
        calls = self._functions.summary(written.function).calls
        asks_base = any(
            isinstance(each.call.function, Attribute) and each.call.function.attr == name for each in calls
        )
        return (*(self._plain(cls) if asks_base else ()), own)

    def _plain(self, cls: ProjectClass) -> tuple[SerializerField, ...]:
        """The fields that REST framework writes out by itself."""
        declared = self._declared(cls)
        listed, is_flat = self._listed(cls)
        is_chosen = any(listed or ()) and "__all__" not in (listed or ())
        found = [field for name, field in declared.items() if not is_chosen or name in (listed or ())]
        for name, (module, line, column) in (listed or {}).items():
            if name not in (*declared, "__all__"):
                found.append(SerializerField(name, (name,), module, line, column, keeps_to_keys=is_flat))
        return tuple(found)

    def _declared(self, cls: ProjectClass) -> dict[str, SerializerField]:
        """The fields in the bodies of the class and its bases; those that are only read in are left out."""
        found: dict[str, SerializerField] = {}
        for ancestor in reversed(self._hierarchy.order(cls)):
            if isinstance(ancestor, ProjectClass):
                for name, value in self._values.values(ancestor).items():
                    field = self._field(ancestor, name, value) if isinstance(value, Call) else None
                    if field is not None:
                        found[name] = field
        return found

    def _field(self, owner: ProjectClass, name: str, call: Call) -> SerializerField | None:
        given = {keyword.name: keyword.value for keyword in call.keywords}
        if _is_true(given.get("write_only")):
            return None
        made = self._data_flow.flow.site(owner.module).of(call.function)
        binding = next((m for m in owner.fact.members if m.name == name), None)
        line, column = (binding.line, binding.column) if binding is not None else (call.line, 0)
        source = given.get("source")
        written = source.value if isinstance(source, Literal) and isinstance(source.value, str) else name
        path = tuple(written.split(".")) if written != "*" else ()
        cls = class_of(made)
        if cls is not None:
            nested = cls if self.is_serializer(cls) else None
            return SerializerField(name, path if nested else (), owner.module, line, column, nested)
        last = made.name.rpartition(".")[2] if isinstance(made, External) else ""
        if last == "SerializerMethodField":
            method = given.get("method_name") or (call.arguments[0] if call.arguments else None)
            text = method.value if isinstance(method, Literal) else f"get_{name}"
            return SerializerField(name, (), owner.module, line, column, method=str(text))
        if not last.endswith("Field"):
            return SerializerField(name, (), owner.module, line, column)
        if last == "HyperlinkedIdentityField":
            path = ()  # it leads to the object itself
        of_keys = last in ("PrimaryKeyRelatedField", "HyperlinkedRelatedField")
        return SerializerField(name, path, owner.module, line, column, keeps_to_keys=of_keys)

    def _listed(self, cls: ProjectClass) -> tuple[dict[str, tuple[Module, int, int]] | None, bool]:
        """The names in `Meta.fields`, with their places, None where nobody can tell; and whether of related
        objects the keys are written, not the objects: there is no `Meta.depth`."""
        for ancestor in self._hierarchy.order(cls):
            if not isinstance(ancestor, ProjectClass):
                continue
            for member in ancestor.fact.members:
                if member.name == "Meta" and member.kind is Kind.CLASS:
                    meta = ProjectClass(ancestor.module, member.index)
                    depth = self._values.of(meta, "depth")
                    is_flat = depth is None or (isinstance(depth.value, Literal) and not depth.value.value)
                    return self._texts(meta), is_flat
        return None, True

    def _texts(self, meta: ProjectClass) -> dict[str, tuple[Module, int, int]] | None:
        found = self._values.of(meta, "fields")
        value = found.value if found is not None else None
        if found is None:
            return None
        module = found.holder.module
        if isinstance(value, Literal) and value.value == "__all__":
            return dict.fromkeys(("__all__", *self._relations(meta)), (module, value.line, value.column))
        if not isinstance(value, Collection):
            return None
        items = [item for item in value.items if isinstance(item, Literal) and isinstance(item.value, str)]
        if len(items) != len(value.items):
            return None
        return {str(item.value): (module, item.line, item.column) for item in items}

    def _relations(self, meta: ProjectClass) -> list[str]:
        """What `__all__` means, besides plain fields: the relations that the model declares."""
        from archlint.frameworks.django.query.objects import ModelClass

        held = self._data_flow.flow.site(meta.module).own_of_class(meta, "model")
        model = self._models.model(held.model) if isinstance(held, ModelClass) else None
        if not isinstance(model, DjangoModel):
            return []
        return [
            name
            for name, relation in model.relations.items()
            if not relation.is_reverse and relation.kind not in (GENERIC_FOREIGN_KEY, GENERIC_RELATION)
        ]


def class_of(value: Value) -> ProjectClass | None:
    """The class of the project that a value is: serializers are plain classes."""
    if isinstance(value, Definition) and value.kind is Kind.CLASS and not value.member:
        return ProjectClass(value.module, value.index)
    return None


def _is_true(value: Expression | None) -> bool:
    return isinstance(value, Literal) and value.value is True
