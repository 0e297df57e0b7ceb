"""Writes that code leaves to the framework: `serializer.save()`, `form.save()`, `super().form_valid(form)`.

https://docs.djangoproject.com/en/5.2/topics/forms/modelforms/#the-save-method
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Form, Name, last_name, says
from archlint.facts.forms import walked_here
from archlint.facts.statements import Assign, With
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_GIVEN = {
    "perform_create": "serializer",
    "perform_update": "serializer",
    "form_valid": "form",
}
"""Methods of views that are given something to save."""

_SAVERS = ("rest_framework.", "django.forms.", "django.views.")
_MAKERS = ("Serializer", "Form", "get_serializer", "get_form")
_BY_SUPER = frozenset(
    {"save", "create", "update", "form_valid", "perform_create", "perform_update", "perform_destroy"}
)


def handed_over(project: Project, function: ProjectFunction) -> Iterator[tuple[Call, bool]]:
    """The calls of a function that leave a write to the framework, and whether a `with` is around each."""
    if not function.module.mentions(function.fact, "save", "super"):
        return
    body = function.module.statements(function.fact)
    given = _GIVEN.get(function.fact.name)
    savers = {parameter.name for parameter in function.fact.parameters[1:] if given == parameter.name}
    forms = tuple(walked_here(body))
    savers |= set(_made(forms))
    is_saver = _is_saver(project, function)
    held = {id(form) for each in forms if isinstance(each, With) for form in walked_here(each.body)}
    for form in forms:
        if not isinstance(form, Call) or not isinstance(form.function, Attribute) or _is_delayed(form):
            continue
        owner, name = form.function.value, form.function.attr
        is_own = isinstance(owner, Name) and owner.id in savers and name == "save"
        if is_own or (is_saver and name in _BY_SUPER and _is_super(owner)):
            yield form, id(form) in held


def _is_super(owner: Form) -> bool:
    return isinstance(owner, Call) and last_name(owner.function) == "super"


def _is_saver(project: Project, function: ProjectFunction) -> bool:
    """Whether a method stands in a view, a form or a serializer."""
    if function.fact.owner < 0:
        return False
    order = project.view(ClassHierarchy).order(ProjectClass(function.module, function.fact.owner))
    return any(isinstance(one, External) and one.name.startswith(_SAVERS) for one in order)


def _made(forms: tuple[Form, ...]) -> Iterator[str]:
    """The names that stand for a form or serializer made here."""
    for form in forms:
        if not isinstance(form, Assign) or not isinstance(form.value, Call):
            continue
        if last_name(form.value.function).endswith(_MAKERS):
            yield from (target.id for target in form.targets if isinstance(target, Name))


def _is_delayed(form: Call) -> bool:
    """`form.save(commit=False)` writes nothing."""
    return any(one.name == "commit" and says(one.value, False) for one in form.keywords)
