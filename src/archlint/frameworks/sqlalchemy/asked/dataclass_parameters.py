"""What the constructor of a mapped dataclass takes, in the order in which it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call, Expression, Literal
from archlint.frameworks.sqlalchemy.asked.constructors import is_mapped_as_dataclass
from archlint.frameworks.sqlalchemy.mapping.annotations import WRAPPERS, read_annotation
from archlint.project.classes import ProjectClass

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.frameworks.sqlalchemy.mapping.body import Declared
    from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
    from archlint.frameworks.sqlalchemy.mappings import Mappings

_PROXY = "AssociationProxy"


class Parameter(msgspec.Struct, frozen=True):
    """One attribute that the constructor takes."""

    name: str
    place: Place
    has_default: bool
    is_by_name: bool
    """It is only taken as a keyword: `kw_only=True`."""


def parameters(mappings: Mappings, mapped: MappedClass) -> tuple[Parameter, ...] | None:
    """What the constructor takes that SQLAlchemy makes; None where there is another, or nobody can tell."""
    if mapped.is_open or not is_mapped_as_dataclass(mappings.lineage, mapped.cls):
        return None
    found: dict[str, Parameter | None] = {}
    for owner in reversed(mappings.lineage.order(mapped.cls)):
        if not isinstance(owner, ProjectClass):
            continue
        fields = [each for each in mappings.body(owner).attributes.values() if _is_field(each)]
        is_by_name = _by_name(mappings, owner)
        if fields and (is_by_name is None or not is_mapped_as_dataclass(mappings.lineage, owner)):
            return None
        for declared in fields:
            options = _options(mapped, declared)
            if options is None or not all(map(_is_written, map(options.get, ("init", "kw_only")))):
                return None
            is_taken = not _is(options.get("init"), False)
            found[declared.name] = (
                Parameter(
                    declared.name,
                    declared.place,
                    not options.keys().isdisjoint(("default", "default_factory")),
                    is_by_name is True or _is(options.get("kw_only"), True),
                )
                if is_taken
                else None
            )
    return tuple(each for each in found.values() if each is not None)


def _is_field(declared: Declared) -> bool:
    """Whether an attribute of a body is one of the dataclass: it is annotated, and is not of the class."""
    if declared.annotation is None or declared.name.startswith("__"):
        return False
    said = read_annotation(declared.annotation)
    return said.wrapper in WRAPPERS or said.target.rpartition(".")[2] != "ClassVar"


def _options(mapped: MappedClass, declared: Declared) -> Mapping[str, Expression] | None:
    """What the call behind an attribute is given by name; None where nobody can tell."""
    assert declared.annotation is not None
    said = read_annotation(declared.annotation)
    if said.wrapper not in WRAPPERS and said.target.rpartition(".")[2] != _PROXY:
        return None
    if declared.value is None:
        return {}
    relationship = mapped.relationships.get(declared.name)
    if relationship is not None:
        return relationship.options if relationship.is_whole else None
    column, loaded = mapped.columns.get(declared.name), mapped.loaded.get(declared.name)
    call = column.call if column is not None else loaded.call if loaded is not None else declared.value
    if not isinstance(call, Call) or any(not keyword.name for keyword in call.keywords):
        return None
    return {keyword.name: keyword.value for keyword in call.keywords}


def _by_name(mappings: Mappings, cls: ProjectClass) -> bool | None:
    """Whether all attributes of a class are taken as keywords only; None where nobody can tell."""
    for ancestor in mappings.lineage.order(cls):
        if not isinstance(ancestor, ProjectClass):
            continue
        decorators = [each for each in ancestor.fact.decorators if isinstance(each, Call)]
        keywords = [*ancestor.fact.keywords, *(keyword for each in decorators for keyword in each.keywords)]
        if any(not keyword.name for keyword in keywords):
            return None
        given = next((keyword.value for keyword in keywords if keyword.name == "kw_only"), None)
        if given is not None:
            return given.value is True if isinstance(given, Literal) else None
    return False


def _is_written(value: Expression | None) -> bool:
    return value is None or isinstance(value, Literal)


def _is(value: Expression | None, wanted: bool) -> bool:
    return isinstance(value, Literal) and value.value is wanted
