"""The serializers of a project: the fields they declare, their `Meta`, their models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Literal
from archlint.frameworks.class_heads import ClassHeads, aliases
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.drf.field_classes import (
    FIELDS,
    METHOD,
    MODEL_SERIALIZERS,
    READ_ONLY,
    RELATED,
    SERIALIZERS,
    framework_name,
)
from archlint.frameworks.framework_names import is_framework
from archlint.project.answer import Definition, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.factories import unfolded
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.memo import Memo
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_STEERING = (
    "build_field",
    "build_unknown_field",
    "get_declared_fields",
    "get_default_field_names",
    "get_extra_kwargs",
    "get_field_names",
    "get_fields",
    "fields",
    "_declared_fields",
)
"""Members by which a serializer decides itself which fields it has."""


class SerializerField(msgspec.Struct, frozen=True):
    """A field as a class body declares it."""

    name: str
    kind: str
    """The nearest class of REST framework; empty where nobody can tell."""

    cls: ProjectClass | None
    """Its class, where the project defines it: a nested serializer, a field of one's own."""

    form: Call
    holder: ProjectClass
    """The serializer that declares it."""

    @property
    def module(self) -> Module:
        """Where it is written."""
        return self.holder.module

    is_written_here: bool = True
    """Whether the class body itself calls the class of the field, and not a function that does."""

    def option(self, name: str) -> Expression | None:
        """A keyword argument."""
        return next((k.value for k in self.form.keywords if k.name == name), None)

    def is_set(self, name: str) -> bool:
        """Whether a keyword argument is given that is surely true."""
        value = self.option(name)
        return isinstance(value, Literal) and bool(value.value)

    def may_be_set(self, *names: str) -> bool:
        """Whether any of some keyword arguments is given, or may be among those that are spread."""
        given = {keyword.name for keyword in self.form.keywords}
        return "" in given or not given.isdisjoint(names)

    @property
    def is_nested(self) -> bool:
        """Whether it is a serializer itself."""
        return self.kind in SERIALIZERS

    @property
    def is_read_only(self) -> bool | None:
        """Whether nobody can write it; None where nobody can tell."""
        if self.is_set("read_only") or self.kind in READ_ONLY:
            return True
        if not self.kind or (self.cls is not None and not self.is_nested) or self.may_be_set("read_only"):
            return None
        return False


class Serializer(msgspec.Struct, frozen=True, eq=False):
    """A serializer of the project."""

    cls: ProjectClass
    is_model: bool
    """Whether it makes fields from a model."""

    fields: Mapping[str, SerializerField]
    """Those that are declared, here or in bases."""

    unsure: frozenset[str]
    """Names that may be declared fields."""

    inherited: frozenset[str]
    """Names of fields that a base declares too."""

    model: DjangoModel | None
    meta: ProjectClass | None
    is_closed: bool
    """Whether which fields it has is decided by REST framework alone, and all bases are seen."""

    options: Mapping[str, ClassValue] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    """What `Meta` says."""

    is_written_by_hand: bool = False
    """Its `to_representation` asks no field: what only that reads need not be there."""


class Serializers:
    """The serializers of the project, each read once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._scopes = project.view(Scopes)
        self._hierarchy = project.view(ClassHierarchy)
        self._values = project.view(ClassValues)
        self._functions = project.view(Functions)
        self._models = project.view(DjangoModels)
        self._declared = Memo(project.reads, self._fields, circular=lambda _: {})
        self._read = Memo(project.reads, self._serializer)

    @classmethod
    def build(cls, project: Project) -> Serializers:
        """The view of a project."""
        return cls(project)

    def __iter__(self) -> Iterator[Serializer]:
        for cls in _candidates(self._project):
            found = self.of(cls)
            if found is not None:
                yield found

    def of(self, cls: ProjectClass) -> Serializer | None:
        """What a class is as a serializer; None where it is none, or nobody can tell."""
        return self._read(cls)

    def _serializer(self, cls: ProjectClass) -> Serializer | None:
        outside = self._values.outside(cls)
        if outside is None:
            return None
        lasts = {framework_name(name) for name in outside}
        if not lasts & SERIALIZERS:
            return None
        meta = self._meta(cls)
        options = self._options(meta) if meta is not None else {}
        fields = self._declared(cls)
        above = {name for base in self._hierarchy.bases(cls) for name in self._of_base(base)}
        own = {name: f for name, f in fields.items() if f is not None}
        strangers = any(framework_name(n) not in SERIALIZERS | {"BaseSerializer", "Field"} for n in outside)
        order = [one for one in self._hierarchy.order(cls) if isinstance(one, ProjectClass)]
        own_order = [one for one in order if not is_framework(one.name)]
        is_plain = not any(one.fact.keywords or one.fact.decorators for one in own_order)
        is_plain = is_plain and not any(map(_makes_others, own_order))
        is_closed = is_plain and not strangers and not any(self._steers(cls, name) for name in _STEERING)
        return Serializer(
            cls,
            bool(lasts & MODEL_SERIALIZERS),
            MappingProxyType(own),
            frozenset(fields.keys() - own.keys()),
            frozenset(above),
            self._model(options.get("model")),
            meta,
            is_closed,
            MappingProxyType(options),
            self._steers(cls, "to_representation"),
        )

    def _steers(self, cls: ProjectClass, name: str) -> bool:
        """Whether a class overrides a method that decides on its fields, and does not ask its base first."""
        found = self._values.of(cls, name)
        if found is None:
            return False
        if found.function is None or name not in ("get_fields", "fields", "to_representation"):
            return True
        summary = self._functions.summary(found.function)
        asked = [site.call.function for site in summary.calls] + [read.attribute for read in summary.reads]
        return not any(isinstance(each, Attribute) and each.attr == name for each in asked)

    def _of_base(self, base: object) -> Mapping[str, SerializerField | None]:
        return self._declared(base) if isinstance(base, ProjectClass) else {}

    def _fields(self, cls: ProjectClass) -> Mapping[str, SerializerField | None]:
        """The declared fields as REST framework's metaclass gathers them; None for what may be one."""
        outside = self._values.outside(cls)
        if outside is None or not {framework_name(name) for name in outside} & SERIALIZERS:
            return {}
        own: dict[str, SerializerField | None] = {}
        values = self._values.values(cls)
        for member in cls.fact.members:
            if member.kind is not Kind.VALUE:
                continue
            value = values.get(member.name)
            found = self._field(cls, member.name, value) if value is not None else None
            if found is not None or value is None or _may_be_field(value):
                own[member.name] = found
        names = {member.name for member in cls.fact.members}
        table: dict[str, SerializerField | None] = {}
        for base in self._hierarchy.bases(cls):
            for name, inherited in self._of_base(base).items():
                if name not in names and name not in table:
                    table[name] = inherited
        return {**table, **own}

    def _field(self, cls: ProjectClass, name: str, value: Expression) -> SerializerField | None:
        if not isinstance(value, Call):
            return None
        module, scope, made = unfolded(self._project, cls.module, cls.fact.qualname, value)
        is_here = made is value
        found = self._scopes.resolve(module, scope, made.function)
        if isinstance(found, External):
            kind = framework_name(found.name)
            known = kind in FIELDS | SERIALIZERS
            return SerializerField(name, kind, None, made, cls, is_here) if known else None
        owner = self._hierarchy.of(found) if isinstance(found, Definition) else None
        if owner is None:
            return None
        kind = self._kind(owner)
        return SerializerField(name, kind, owner, made, cls, is_here) if kind else None

    def _kind(self, owner: ProjectClass) -> str:
        if framework_name(owner.name) in FIELDS | SERIALIZERS:
            return framework_name(owner.name)
        for name in self._values.outside(owner) or ():
            if framework_name(name) in FIELDS | SERIALIZERS:
                return framework_name(name)
        return ""

    def _meta(self, cls: ProjectClass) -> ProjectClass | None:
        found = self._values.of(cls, "Meta")
        if found is None or found.binding.kind is not Kind.CLASS:
            return None
        return ProjectClass(found.holder.module, found.binding.index)

    def _options(self, meta: ProjectClass) -> dict[str, ClassValue]:
        order = [one for one in self._hierarchy.order(meta) if isinstance(one, ProjectClass)]
        names = {member.name for one in order for member in one.fact.members}
        found = {name: self._values.of(meta, name) for name in sorted(names)}
        return {name: value for name, value in found.items() if value is not None}

    def _model(self, option: ClassValue | None) -> DjangoModel | None:
        if option is None or option.value is None:
            return None
        module, scope = option.holder.module, option.holder.fact.qualname
        target = self._models.references.expression(None, option.value, module, scope)
        model = self._models.model(target.key) if target.key else None
        return model if isinstance(model, DjangoModel) else None


def _candidates(project: Project) -> Iterator[ProjectClass]:
    """Classes that may be serializers, by the names of their bases: few files are decoded."""
    heads = project.view(ClassHeads)
    names = heads.going_by(SERIALIZERS)
    for module, classes in heads:
        if not classes or module.is_stub:
            continue
        local = names | aliases(module, names)
        for index, head in enumerate(classes):
            if not local.isdisjoint(head.bases):
                yield ProjectClass(module, index)


def _makes_others(cls: ProjectClass) -> bool:
    """Whether class methods make serializers of other fields: `type(name, (cls,), {"Meta": …})`."""
    methods = (ProjectFunction(cls.module, m.index) for m in cls.fact.members if m.kind is Kind.FUNCTION)
    return any(
        "classmethod" in method.decorators
        and cls.module.mentions(method.fact, "Meta")
        and cls.module.mentions(method.fact, "type")
        for method in methods
    )


def _may_be_field(value: Expression) -> bool:
    return not isinstance(value, Literal)


__all__ = ["METHOD", "RELATED", "Serializer", "SerializerField", "Serializers"]
