"""The values that a field may be given: `choices=Kind.choices`, `choices=KINDS`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Collection, Expression, Literal, Name
from archlint.frameworks.class_values import ClassValues
from archlint.project.answer import Definition, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_TEXTS = frozenset({"django.db.models.TextChoices", "django.db.models.enums.TextChoices"})


def named_choices(project: Project, module: Module, scope: str, form: Expression | None) -> tuple[str, ...]:
    """The texts that a name stands for as choices, of an enumeration or a list; nothing for all else."""
    owner = form.value if isinstance(form, Attribute) and form.attr == "choices" else form
    if not isinstance(owner, (Name, Attribute)):
        return ()
    found = project.view(Scopes).resolve(module, scope, owner)
    cls = project.view(ClassHierarchy).of(found) if isinstance(found, Definition) else None
    if cls is not None:
        return tuple(_of_enumeration(project, cls))
    if not isinstance(found, Definition) or found.kind is not Kind.VALUE or found.member or owner is not form:
        return ()
    bound = project.view(Functions).module_summary(found.module).bound.get(found.qualname, ())
    return tuple(_of_list(bound[0].value)) if len(bound) == 1 and bound[0].how == "assign" else ()


def _of_enumeration(project: Project, cls: ProjectClass) -> Iterator[str]:
    bases = project.view(ClassHierarchy).order(cls)[1:]
    if any(isinstance(one, External) and one.name in _TEXTS for one in bases):
        for name, value in project.view(ClassValues).values(cls).items():
            first = value.items[0] if isinstance(value, Collection) and value.items else value
            if not name.startswith("_"):
                yield from _text(first)


def _of_list(value: Expression) -> Iterator[str]:
    """The values of pairs; what stands in groups is left out."""
    for pair in value.items if isinstance(value, Collection) else ():
        if (
            isinstance(pair, Collection)
            and len(pair.items) == 2
            and not isinstance(pair.items[1], Collection)
        ):
            yield from _text(pair.items[0])


def _text(value: Expression) -> Iterator[str]:
    if isinstance(value, Literal) and isinstance(value.value, str) and not value.truncated:
        yield value.value
