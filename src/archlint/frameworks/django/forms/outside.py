"""What code elsewhere does to forms: fields put into their objects, classes made of them by functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Literal,
    Name,
    Subscript,
    last_name,
)
from archlint.frameworks.django.forms.held import FILLING, is_held
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.project.summaries import Summary

_FACTORIES = frozenset(
    {"formset_factory", "modelformset_factory", "inlineformset_factory", "modelform_factory"}
    | {"generic_inlineformset_factory"}
)


class OutsideForms:
    """Answers for the forms of a project, by what its functions and class bodies say."""

    def __init__(self, project: Project) -> None:
        self._open_modules: list[Module] = []
        self._bases: set[str] = set()
        self._handed: set[str] = set()
        found: set[str] = set()
        functions = project.view(Functions)
        for module in project.modules:
            for _, summary in functions.bodies(module, "fields", "base_fields", "cleaned_data"):
                found |= self._put(module, summary)
            for _, summary in functions.bodies(module, "type", "form", *_FACTORIES):
                for site in summary.calls:
                    self._note(site.call)
            for fact in module.classes if module.speaks_of(*(name.encode() for name in _FACTORIES)) else ():
                for site in functions.class_summary(module, fact).calls:
                    self._note(site.call)
            self._handed.update(_given_as_form(functions, module))
        self.names = frozenset(found)
        """Names that some code puts into the fields or the data of a form it was given."""

    @classmethod
    def build(cls, project: Project) -> OutsideForms:
        """The view of a project."""
        return cls(project)

    def may_extend(self, cls: ProjectClass) -> bool:
        """Whether code may give a form any field: by a name it computes, or in a class made at run time."""
        name = cls.fact.name
        return name in self._bases or any(module.speaks_of(name.encode()) for module in self._open_modules)

    def is_handed_on(self, cls: ProjectClass) -> bool:
        """Whether another class is made of a form, with fields of the model that it does not list itself."""
        return cls.fact.name in self._handed

    def _put(self, module: Module, summary: Summary) -> set[str]:
        targets = [target for target, _ in summary.keyed if _is_of_another(target.value)]
        keys = [_key(target) for target in targets]
        fills = (site.call.function for site in summary.calls)
        is_filled = any(
            isinstance(each, Attribute) and each.attr in FILLING and _is_of_another(each.value)
            for each in fills
        )
        if is_filled or None in keys:
            self._open_modules.append(module)
        return {key for key in keys if key is not None}

    def _note(self, call: Call) -> None:
        name = last_name(call.function)
        if name == "type" and len(call.arguments) > 1 and isinstance(call.arguments[1], Collection):
            self._bases.update(map(last_name, call.arguments[1].items))
        if name in _FACTORIES:
            self._handed.update(map(last_name, call.arguments))
        self._handed.update(last_name(each.value) for each in call.keywords if each.name == "form")


def _given_as_form(functions: Functions, module: Module) -> set[str]:
    """The names that class bodies of a module give to `form`, as those of the admin do."""
    found: set[str] = set()
    for fact in module.classes:
        if any(member.name == "form" for member in fact.members):
            bound = functions.class_summary(module, fact).bound.get("form", ())
            found.update(last_name(each.value) for each in bound)
    return found


def _is_of_another(value: Expression) -> bool:
    """Whether something is the fields or the data of an object that is not `self`."""
    if not isinstance(value, Attribute) or not is_held(value):
        return False
    return not (isinstance(value.value, Name) and value.value.id == "self")


def _key(target: Subscript) -> str | None:
    key = target.index.value if isinstance(target.index, Literal) else None
    return key if isinstance(key, str) else None
