"""Whether anybody asks for what a form or serializer has validated under one name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Attribute, Call, Literal, Name, Subscript
from archlint.facts.forms import parts, walked
from archlint.frameworks.class_values import ClassValues
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import mentioning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.facts.expressions import Form
    from archlint.project.functions import ProjectFunction
    from archlint.project.module import Module
    from archlint.project.project import Project

_DATA: Final = ("cleaned_data", "validated_data")
_TAKING: Final = frozenset({"get", "pop"})
_SAVING: Final = ("ModelForm", "ModelSerializer")


def is_read_back(project: Project, method: ProjectFunction, key: str) -> bool:
    """Whether a model takes it, or code in whose module the class is spoken of, but for the method itself.

    Many a form asks for a password only to check it.
    """
    cls = ProjectClass(method.module, method.fact.owner)
    if any(name.endswith(_SAVING) for name in project.view(ClassValues).outside(cls) or ()):
        return True
    hierarchy = project.view(ClassHierarchy)
    heirs = (cls, *hierarchy.below(cls))
    family = frozenset(
        each for heir in heirs for each in hierarchy.order(heir) if isinstance(each, ProjectClass)
    )
    names = [each.fact.name.encode() for each in heirs]
    return any(_reads(module, method, key, family) for module in project.modules if module.speaks_of(*names))


def _reads(module: Module, method: ProjectFunction, key: str, family: frozenset[ProjectClass]) -> bool:
    return any(
        each != method and not _asks_another(each, family) and _takes(module.statements(each.fact), key)
        for each in mentioning(module, key, *_DATA)
    )


def _asks_another(method: ProjectFunction, family: frozenset[ProjectClass]) -> bool:
    """Whether a method of some other form asks nothing but what that form itself has validated."""
    if method.fact.owner < 0 or ProjectClass(method.module, method.fact.owner) in family:
        return False
    data = [form for form in walked(method.module.statements(method.fact)) if _is_data(form)]
    return bool(data) and all(
        isinstance(form, Attribute) and isinstance(form.value, Name) and form.value.id == method.receiver
        for form in data
    )


def _takes(statements: Iterable[Form], key: str) -> bool:
    """Whether a body takes a key out of a dict, or hands the validated data on as a whole."""
    forms = list(walked(statements))
    if any(_key_of(form) == key for form in forms):
        return True
    taken = {id(owner) for form in forms for owner in _owners(form)}
    return any(_is_data(form) and id(form) not in taken for form in forms)


def _key_of(form: Form) -> object:
    if isinstance(form, Subscript):
        return form.index.value if isinstance(form.index, Literal) else None
    if isinstance(form, Call) and isinstance(form.function, Attribute) and form.function.attr in _TAKING:
        first = form.arguments[0] if form.arguments else None
        return first.value if isinstance(first, Literal) else None
    return None


def _owners(form: Form) -> Iterator[Form]:
    """What a key is taken out of by this form."""
    if _key_of(form) is not None:
        yield from (each for part in parts(form) for each in (part, *parts(part)))


def _is_data(form: Form) -> bool:
    return (isinstance(form, Attribute) and form.attr in _DATA) or (
        isinstance(form, Name) and form.id in _DATA
    )
