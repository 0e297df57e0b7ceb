"""What views let REST framework make objects of, and what is no class: `permission_classes = [Owner()]`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Collection, Name
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.drf.view_options import ViewOptions
from archlint.project.answer import Definition, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.project import Project

_LISTS = (
    "authentication_classes",
    "filter_backends",
    "parser_classes",
    "permission_classes",
    "renderer_classes",
    "throttle_classes",
)
_SINGLE = ("pagination_class", "serializer_class")
_PACKAGES = ("rest_framework.", "django_filters.")
_PLAIN = (*_PACKAGES, "abc.", "builtins.", "typing.")


class MadeOption(msgspec.Struct, frozen=True):
    """An option of a view that URLs lead to."""

    value: ClassValue
    form: Expression
    """What is wrong with it, or all of it."""

    name: str
    """Of the class."""

    is_instance: bool = False
    is_alone: bool = False
    """One class where several are wanted."""


def made_options(project: Project) -> Iterator[MadeOption]:
    """Every such option, once."""
    options, reading = project.view(ViewOptions), _Reading(project)
    met: set[ClassValue] = set()
    for cls in options.routed():
        for name in (*_LISTS, *_SINGLE):
            value = options.value(cls, name)
            if value is None or value.value is None or value in met:
                continue
            met.add(value)
            yield from reading.read(value, value.value, is_list=name in _LISTS)


class _Reading:
    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        self._hierarchy = project.view(ClassHierarchy)
        self._values = project.view(ClassValues)

    def read(self, value: ClassValue, form: Expression, *, is_list: bool) -> Iterator[MadeOption]:
        """What stands in one option."""
        items = form.items if isinstance(form, Collection) and is_list else (form,)
        found = [(item, self._class(value, item)) for item in items]
        for item, name in found:
            if name and isinstance(item, Call):
                yield MadeOption(value, item, name, is_instance=True)
            elif name:
                is_alone = is_list and not isinstance(form, Collection)
                yield MadeOption(value, item, name, is_alone=is_alone)

    def _class(self, value: ClassValue, form: Expression) -> str:
        """The name of a plain class of REST framework's kind, or of one that is called; else nothing."""
        written = form.function if isinstance(form, Call) else form
        if not isinstance(written, (Name, Attribute)):
            return ""
        found = self._scopes.resolve(value.holder.module, value.holder.fact.qualname, written)
        if isinstance(found, External):
            last = found.name.rpartition(".")[2]
            is_class = last[:1].isupper() and not (last.isupper() or last.endswith("OperandHolder"))
            return last if is_class and found.name.startswith(_PACKAGES) else ""
        if not isinstance(found, Definition) or found.kind is not Kind.CLASS:
            return ""
        cls = self._hierarchy.of(found)
        return cls.fact.name if cls is not None and self._is_plain(cls) else ""

    def _is_plain(self, cls: ProjectClass) -> bool:
        """Whether a class is of the framework's kind, and its instances cannot be called for new ones."""
        outside = self._values.outside(cls)
        if not outside or not all(name.startswith(_PLAIN) for name in outside):
            return False
        own = [one for one in self._hierarchy.order(cls) if isinstance(one, ProjectClass)]
        if any(one.fact.keywords or one.fact.decorators for one in own):
            return False
        return all(self._values.of(cls, name) is None for name in ("__call__", "__new__", "__iter__"))
