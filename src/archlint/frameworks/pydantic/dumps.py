"""What `model.model_dump()` gives: a dict with the fields of the model as keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Binding, Kind
from archlint.facts.expressions import (
    Call,
    Expression,
    Literal,
    Mapping,
    Name,
    Subscript,
    last_name,
    written_text,
)
from archlint.facts.statements import Assign, Evaluate
from archlint.frameworks.pydantic.adapters import AdapterClass
from archlint.frameworks.pydantic.defaults import FIELDS, FieldMaker
from archlint.frameworks.pydantic.fields import ModelField, fields_of
from archlint.project.answer import UNKNOWN, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.semantics import Semantics
from archlint.project.flow.values import Arguments, Constant, Entries, Items, Object, Value
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.project import Project

_BASES = frozenset(
    {"pydantic.BaseModel", "pydantic.main.BaseModel", "sqlmodel.SQLModel", "sqlmodel.main.SQLModel"}
    | {"ninja.Schema", "ninja.schema.Schema"}
)
_DUMPING = frozenset({"model_dump", "dict"})
_PLAIN = frozenset({"exclude", "exclude_unset", "exclude_none", "exclude_defaults", "mode"})
_SERIALISING = frozenset({"model_serializer", "field_serializer"})
_WRITTEN_OTHERWISE = frozenset({"extra", "fields", "serialize_by_alias"})
"""Settings by which a dump may have more than the fields, fewer, or other names."""

_HARMLESS = (False, "forbid", "ignore")
"""What they may be set to without that."""


class Dump(Behaviour, frozen=True):
    """`model.model_dump`, not called yet."""

    is_noted = False

    of: ProjectClass

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The fields, without those that are excluded by name."""
        names = {name for name, _ in arguments.named}
        if arguments.is_open or arguments.positional or not names <= _PLAIN:
            return UNKNOWN
        excluded = _texts(arguments.get("exclude"))
        fields = tuple(fields_of(site.project, self.of))
        if excluded is None or not is_plain(site.project, self.of):
            return UNKNOWN
        kept = [field.name for field in fields if field.name not in excluded and _is_dumped(field)]
        return Entries(tuple((name, UNKNOWN) for name in kept))


class PydanticSemantics(Semantics):
    """What models of Pydantic give."""

    @classmethod
    def of(cls, project: Project) -> PydanticSemantics | None:
        """For a project that uses Pydantic."""
        return cls() if project.imported & {"ninja", "pydantic", "sqlmodel"} else None

    def external(self, name: str) -> Value | None:
        """What stands for the value of a field."""
        if name in ("pydantic.TypeAdapter", "pydantic.type_adapter.TypeAdapter"):
            return AdapterClass()
        return FieldMaker() if name in FIELDS else None

    def member(self, of: Object, base: str, name: str, site: Site) -> Value | None:
        """`model_dump`, and `dict` as it was called before."""
        if base not in _BASES or name not in _DUMPING or not isinstance(of.of, ProjectClass):
            return None
        return Dump(of.of)


def is_plain(project: Project, cls: ProjectClass) -> bool:
    """Whether a model is dumped as its fields say: nothing more, and under their names."""
    for ancestor in project.view(ClassHierarchy).order(cls):
        if isinstance(ancestor, External):
            continue
        if not isinstance(ancestor, ProjectClass):
            return False
        for member in ancestor.fact.members:
            if _serialises(ancestor, member) or (
                member.name == "Config" and not _is_harmless(ancestor, member)
            ):
                return False
        for statement in ancestor.module.statements(ancestor.fact):
            if isinstance(statement, Assign) and _configures(statement):
                return False
    return True


def _serialises(cls: ProjectClass, member: Binding) -> bool:
    if member.kind is not Kind.FUNCTION:
        return False
    return not _SERIALISING.isdisjoint(ProjectFunction(cls.module, member.index).decorators)


def _configures(statement: Assign) -> bool:
    """`model_config = ConfigDict(extra="allow")`, or a dict of such settings."""
    is_config = any(isinstance(target, Name) and target.id == "model_config" for target in statement.targets)
    if not is_config:
        return False
    value = statement.value
    if isinstance(value, Mapping):
        told = zip(value.keys, value.values, strict=True)
        return any(_changes(written_text(key) or "", said) for key, said in told)
    return not isinstance(value, Call) or any(_changes(k.name, k.value) for k in value.keywords)


def _is_harmless(cls: ProjectClass, member: Binding) -> bool:
    """Whether a class `Config` sets nothing that changes a dump."""
    if member.kind is not Kind.CLASS:
        return False
    config = ProjectClass(cls.module, member.index)
    settings = (each for each in cls.module.statements(config.fact) if not isinstance(each, Evaluate))
    return not config.fact.bases and all(
        isinstance(each, Assign)
        and all(isinstance(one, Name) and not _changes(one.id, each.value) for one in each.targets)
        for each in settings
    )


def _changes(setting: str, value: Expression) -> bool:
    """Whether a setting may change a dump; the name is empty where nobody can tell it."""
    is_harmless = isinstance(value, Literal) and value.value in _HARMLESS
    return not setting or (setting in _WRITTEN_OTHERWISE and not is_harmless)


def _is_dumped(field: ModelField) -> bool:
    named = field.annotation.value if isinstance(field.annotation, Subscript) else field.annotation
    if last_name(named) in ("ClassVar", "InitVar", "PrivateAttr"):
        return False
    value: Expression | None = field.value
    return not (isinstance(value, Call) and any(keyword.name == "exclude" for keyword in value.keywords))


def _texts(value: Value | None) -> frozenset[str] | None:
    """The literal texts of a set or dict; None where it may have others."""
    if value is None:
        return frozenset()
    if isinstance(value, Entries) and not value.is_open:
        return frozenset(name for name, _ in value.values)
    if not isinstance(value, Items):
        return None
    texts = [item.value for item in value.items if isinstance(item, Constant)]
    if len(texts) != len(value.items):
        return None
    return frozenset(text for text in texts if isinstance(text, str))
