"""Which annotations of a mapped class SQLAlchemy 2 refuses: those that are not `Mapped[...]`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, dotted, says
from archlint.frameworks.sqlalchemy.mapping.annotations import WRAPPERS, shape_of
from archlint.project.classes import ProjectClass

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.frameworks.sqlalchemy.mapping.body import Declared
    from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
    from archlint.frameworks.sqlalchemy.mappings import Mappings

_OWN = frozenset({"relationship", "mapped_column", "column_property", "composite", "deferred", "synonym"})
"""What gives an attribute that the annotation must say is mapped."""


def unmapped_annotations(mappings: Mappings, mapped: MappedClass) -> Iterator[tuple[str, Place, bool | None]]:
    """The annotated attributes of a class and its mixins: name, place, and whether they are mapped ones.

    None where nobody can tell, or where it does not matter: `__allow_unmapped__`, SQLModel, dataclass
    fields.
    """
    registry = mapped.registry
    if registry is None or registry.naming == "lower" or mapped.is_imperative or mapped.is_abstract:
        return
    is_lenient = "__allow_unmapped__" in mapped.attributes or mapped.is_open
    met: set[str] = set()
    for cls in mapped_with(mappings, mapped):
        attributes = mappings.body(cls).attributes
        for declared in attributes.values():
            is_its = declared.name not in met and not declared.name.startswith("__")
            if declared.annotation is not None and is_its:
                yield declared.name, declared.place, None if is_lenient else _is_mapped(mappings, declared)
        met |= attributes.keys()


def mapped_with(mappings: Mappings, mapped: MappedClass) -> Iterator[ProjectClass]:
    """The class, and its mixins and abstract bases, of which it has the attributes: the nearest first."""
    for cls in mappings.lineage.order(mapped.cls):
        above = mappings.mapped(cls.name) if isinstance(cls, ProjectClass) else None
        if isinstance(cls, ProjectClass) and (above is None or above is mapped or above.is_abstract):
            yield cls


def _is_mapped(mappings: Mappings, declared: Declared) -> bool | None:
    assert declared.annotation is not None
    module = declared.place.module
    shape = shape_of(declared.annotation)
    if shape.last in WRAPPERS or shape.last == "ClassVar":
        return True
    if not shape.name or shape.last in ("Relationship", "InitVar", "Column", "KW_ONLY"):
        return None
    value = declared.value
    if isinstance(value, Call):
        made = mappings.names.construct(module, "", value.function) if dotted(value.function) else ""
        if made in _OWN and _is_two(mappings, made):
            return False
    is_bare = value is None or says(value, None)
    return None if is_bare else True


def _is_two(mappings: Mappings, made: str) -> bool:
    """Whether the project is written for SQLAlchemy 2, which alone refuses it."""
    return made == "mapped_column" or mappings.is_two
