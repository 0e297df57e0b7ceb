"""What a serializer of REST framework writes out, and what each field reads of an object.

https://www.django-rest-framework.org/api-guide/serializers/#modelserializer
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Literal
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.models.field_kinds import GENERIC_FOREIGN_KEY, GENERIC_RELATION
from archlint.frameworks.django.schemas.read_fields import ReadFields
from archlint.frameworks.drf.field_classes import METHOD, SERIALIZERS, framework_name
from archlint.frameworks.drf.serializers import Serializers
from archlint.frameworks.drf.written_fields import WrittenField
from archlint.frameworks.listed import Listed
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
        self._listed = project.view(Listed)
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
        is_chosen, listed = self._listed_names(serializer)
        for name, field in serializer.fields.items():
            if (not is_chosen or name in listed) and not field.is_set("write_only"):
                yield self._declared(field)
        is_flat = not _depth(serializer)
        for name, (module, line, column) in listed.items():
            if name not in (*serializer.fields, *serializer.unsure):
                yield WrittenField(name, (name,), module, line, column, keeps_to_keys=is_flat)

    def _listed_names(self, serializer: Serializer) -> tuple[bool, dict[str, tuple[Module, int, int]]]:
        """Whether `Meta` names all that is written out; what it takes of the model, each with its place."""
        option, exclude = serializer.options.get("fields"), serializer.options.get("exclude")
        listed, left_out = self._listed.of(option), self._listed.of(exclude)
        if option is not None and listed.text != _ALL:
            names = {one.name: (one.module, one.form.line, one.form.column) for one in listed.names}
            return bool(names) and not listed.is_open, names
        said = option or exclude
        if said is None or (option is None and left_out.is_open):
            return False, {}
        place = said.holder.module, said.binding.line, said.binding.column
        return False, {name: place for name in _relations(serializer) if name not in left_out}

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


def fields_read(project: Project, cls: ProjectClass) -> tuple[WrittenField, ...] | None:
    """What a serializer or schema reads, and where that is said; None where nobody can tell."""
    schemas = project.view(ReadFields)
    return schemas.fields(cls) if schemas.is_schema(cls) else project.view(WrittenOut).fields(cls)


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


def _relations(serializer: Serializer) -> list[str]:
    """What `__all__` means, besides plain fields: the relations that the model declares."""
    if serializer.model is None:
        return []
    return [
        name
        for name, relation in serializer.model.relations.items()
        if not relation.is_reverse and relation.kind not in (GENERIC_FOREIGN_KEY, GENERIC_RELATION)
    ]
