"""The serializers that a view may take, and serializer classes among values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.project.answer import UNKNOWN, Definition
from archlint.project.classes import ProjectClass
from archlint.project.flow.values import Arguments, Closure, Object, Value, alternatives

if TYPE_CHECKING:
    from archlint.project.flow.place import Place


def serializers_of(view: Object, site: Place) -> list[ProjectClass]:
    """The classes that a view may take for its serializer; none where one of them is not known."""
    own = site.attribute(view, "get_serializer_class")
    value: Value = UNKNOWN
    if isinstance(own, Closure):
        value = site.call(own, Arguments())
    elif isinstance(view.of, ProjectClass):
        value = site.own_of_class(view.of, "serializer_class")
    found = [class_of(option) for option in alternatives(value)]
    known = [cls for cls in found if cls is not None]
    return known if len(known) == len(found) else []


def class_of(value: Value) -> ProjectClass | None:
    """The class of the project that a value is: serializers are plain classes."""
    if isinstance(value, Definition) and value.kind is Kind.CLASS and not value.member:
        return ProjectClass(value.module, value.index)
    return None
