"""What a serializer of REST framework writes out, and what each field reads of an object.

https://www.django-rest-framework.org/api-guide/serializers/#modelserializer
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Collection, Literal
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.models.field_kinds import GENERIC_FOREIGN_KEY, GENERIC_RELATION
from archlint.frameworks.drf.field_classes import METHOD, SERIALIZERS, framework_name
from archlint.frameworks.drf.serializers import Serializers
from archlint.frameworks.drf.written_fields import WrittenField
from archlint.project.answer import External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions
from archlint.project.memo import Memo

if TYPE_CHECKING:
    from archlint.frameworks.drf.serializers import Serializer, SerializerField
    from archlint.project.module import Module
    from archlint.project.project import Project

_OF_KEYS = frozenset({"PrimaryKeyRelatedField", "HyperlinkedRelatedField"})
_ALL = "__all__"


class WrittenOut:
    """Answers for classes of serializers."""

    def __init__(self, project: Project) -> None:
        self._serializers = project.view(Serializers)
        self._hierarchy = project.view(ClassHierarchy)
        self._values = project.view(ClassValues)
        self._functions = project.view(Functions)
        self._fields = Memo(project.reads, self._found)

    @classmethod
    def build(cls, project: Project) -> WrittenOut:
        """The view of a project."""
        return cls(project)

    def is_serializer(self, cls: ProjectClass) -> bool:
        """Whether a class is a serializer whose behaviour is known."""
        order = self._hierarchy.order(cls)
        if any(isinstance(one, Unresolved) for one in order):
            return False
        return any(isinstance(one, External) and framework_name(one.name) in SERIALIZERS for one in order)

    def fields(self, cls: ProjectClass) -> tuple[WrittenField, ...] | None:
        """What a serializer writes out; None where nobody can tell."""
        return self._fields(cls)

    def _found(self, cls: ProjectClass) -> tuple[WrittenField, ...] | None:
        serializer = self._serializers.of(cls) if self.is_serializer(cls) else None
        if serializer is None or any(self._values.of(cls, name) for name in ("get_fields", "data")):
            return None
        written = self._values.of(cls, "to_representation")
        if written is None:
            return tuple(self._plain(serializer))
        if written.function is None:
            return None
        name, place = "to_representation", written.binding
        own = WrittenField(name, (), written.holder.module, place.line, place.column, method=name)
        calls = self._functions.summary(written.function).calls
        asks_base = any(
            isinstance(each.call.function, Attribute) and each.call.function.attr == name for each in calls
        )
        return (*(self._plain(serializer) if asks_base else ()), own)

    def _plain(self, serializer: Serializer) -> Iterator[WrittenField]:
        """The fields that REST framework writes out by itself."""
        listed = _listed(serializer)
        is_chosen = bool(listed) and _ALL not in listed
        for name, field in serializer.fields.items():
            if (not is_chosen or name in listed) and not field.is_set("write_only"):
                yield self._declared(field)
        is_flat = not _depth(serializer)
        for name, (module, line, column) in listed.items():
            if name not in (*serializer.fields, *serializer.unsure, _ALL):
                yield WrittenField(name, (name,), module, line, column, keeps_to_keys=is_flat)

    def _declared(self, field: SerializerField) -> WrittenField:
        name, module = field.name, field.module
        binding = next(member for member in field.holder.fact.members if member.name == name)
        line, column = binding.line, binding.column
        source = field.option("source")
        said = source.value if isinstance(source, Literal) and isinstance(source.value, str) else name
        path = tuple(said.split(".")) if said != "*" else ()
        if field.cls is not None:
            nested = field.cls if field.is_nested and self.is_serializer(field.cls) else None
            return WrittenField(name, path if nested else (), module, line, column, nested)
        if field.kind == METHOD:
            return WrittenField(name, (), module, line, column, method=_method(field))
        if field.kind == "HyperlinkedIdentityField":
            path = ()  # it leads to the object itself
        is_key = field.kind in _OF_KEYS and not _looks_further(field)
        is_text = field.kind == "StringRelatedField"
        return WrittenField(name, path, module, line, column, keeps_to_keys=is_key, is_text=is_text)


def _looks_further(field: SerializerField) -> bool:
    """Whether a link is made of something else than the key: `lookup_field="slug"`."""
    said = field.option("lookup_field")
    return said is not None and not (isinstance(said, Literal) and said.value in ("pk", "id"))


def _method(field: SerializerField) -> str:
    """The method of the serializer that a field calls."""
    given = field.option("method_name") or next(iter(field.form.arguments), None)
    return str(given.value) if isinstance(given, Literal) else f"get_{field.name}"


def _depth(serializer: Serializer) -> bool:
    """Whether `Meta.depth` has related objects written out whole, or may."""
    depth = serializer.options.get("depth")
    return depth is not None and not (isinstance(depth.value, Literal) and not depth.value.value)


def _listed(serializer: Serializer) -> dict[str, tuple[Module, int, int]]:
    """The names in `Meta.fields`, with their places; none where nobody can tell."""
    option = serializer.options.get("fields")
    value = option.value if option is not None else None
    if option is None or value is None:
        return {}
    module = option.holder.module
    if isinstance(value, Literal) and value.value == _ALL:
        return dict.fromkeys((_ALL, *_relations(serializer)), (module, value.line, value.column))
    items = value.items if isinstance(value, Collection) else ()
    texts = [item for item in items if isinstance(item, Literal) and isinstance(item.value, str)]
    if len(texts) != len(items):
        return {}
    return {str(text.value): (module, text.line, text.column) for text in texts}


def _relations(serializer: Serializer) -> list[str]:
    """What `__all__` means, besides plain fields: the relations that the model declares."""
    if serializer.model is None:
        return []
    return [
        name
        for name, relation in serializer.model.relations.items()
        if not relation.is_reverse and relation.kind not in (GENERIC_FOREIGN_KEY, GENERIC_RELATION)
    ]
