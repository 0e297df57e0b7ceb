"""The names that an admin class puts into its forms: `fields`, `fieldsets`, `radio_fields` and the like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Collection, Expression, Literal, Mapping
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.django.admin.registered import Admin
from archlint.frameworks.listed import Listed, ListedName
from archlint.frameworks.orm import Relation

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

FORM_OPTIONS = ("fields", "fieldsets", "prepopulated_fields", "radio_fields")
_STEERING = (
    "form",
    "get_form",
    "get_fields",
    "get_fieldsets",
    "get_readonly_fields",
    "get_formset",
    "formset",
    "has_change_permission",
)
"""What decides in another way which fields a form has; who may not change anything is shown values alone."""


def form_names(option: ClassValue) -> tuple[ListedName, ...]:
    """The names in such an option, as far as they are written out; a text is one name."""
    value, module = option.value, option.holder.module
    if isinstance(value, Literal):
        return (ListedName(str(value.value), value, module),)
    if isinstance(value, Mapping):
        keys = (ListedName(str(key.value), key, module) for key in value.keys if isinstance(key, Literal))
        return (*keys, *(name for each in value.values for name in _names(each, module)))
    if option.binding.name != "fieldsets":
        return tuple(_names(value, module)) if value is not None else ()
    pairs = value.items if isinstance(value, Collection) else ()
    options = [pair.items[1] for pair in pairs if isinstance(pair, Collection) and len(pair.items) == 2]
    return tuple(
        name
        for mapping in options
        if isinstance(mapping, Mapping)
        for key, listed in zip(mapping.keys, mapping.values, strict=True)
        if isinstance(key, Literal) and key.value == "fields"
        for name in _names(listed, module)
    )


def may_have(project: Project, admin: Admin, name: str) -> bool:
    """Whether a form may have a field that is no column of the model: a relation, a value that is shown."""
    values = project.view(ClassValues)
    if admin.model.is_open or any(values.of(admin.cls, each) is not None for each in _STEERING):
        return True
    member = admin.model.member(name)
    if isinstance(member, Relation) and not member.is_reverse:
        return True
    shown = values.of(admin.cls, "readonly_fields")
    if shown is None:
        return False
    listed = project.view(Listed).of(shown)
    return listed.is_open or name in listed


def _names(value: Expression, module: Module) -> Iterator[ListedName]:
    """Texts in a list, and in the tuples in it that stand for a line of the form."""
    for item in value.items if isinstance(value, Collection) else ():
        if isinstance(item, Literal) and isinstance(item.value, str):
            yield ListedName(item.value, item, module)
        else:
            yield from _names(item, module)
