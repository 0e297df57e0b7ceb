"""Which fields the forms of a project may have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.forms import writes_names
from archlint.facts.statements import For
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.forms.held import hands_on, put_in
from archlint.frameworks.django.forms.known import KNOWN_FORMS, MODEL_FORMS
from archlint.frameworks.django.forms.outside import OutsideForms
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.listed import Listed, ListedNames
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import ProjectFunction
from archlint.project.memo import Memo

if TYPE_CHECKING:
    from archlint.project.project import Project

_STEERING = frozenset(
    {"__getattr__", "_clean_fields", "_clean_form", "_post_clean", "base_fields", "declared_fields"}
    | {"fields", "full_clean", "cleaned_data"}
)
"""Members by which a class decides itself what it hands on."""

_OF_FORMSETS = frozenset({"DELETE", "ORDER"})
"""What a formset adds to each of its forms, which may be any."""

_PLAIN_BASES = ("builtins.", "typing.", "abc.")


class FormFields:
    """Answers for the classes of a project that are forms, or that forms inherit from."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._hierarchy = project.view(ClassHierarchy)
        self._values = project.view(ClassValues)
        self._listed = project.view(Listed)
        self._models = project.view(DjangoModels)
        self._outside = project.view(OutsideForms)
        self._names = Memo(project.reads, self._find)

    @classmethod
    def build(cls, project: Project) -> FormFields:
        """The view of a project."""
        return cls(project)

    def names(self, cls: ProjectClass) -> frozenset[str] | None:
        """Every name that validated data of a form may have; None where nobody can tell, or it is no form."""
        return self._names(cls)

    def names_below(self, cls: ProjectClass) -> frozenset[str] | None:
        """The same of a class and of all that inherit from it: `self` may be of any of them."""
        below = list(self._hierarchy.below(cls))
        forms = [cls, *below] if self._is_made(cls) or not below else below
        found = [self.names(one) for one in forms]
        known = [names for names in found if names is not None]
        return frozenset().union(*known) if len(known) == len(found) else None

    def is_form(self, cls: ProjectClass) -> bool:
        """Whether a class inherits from a form of Django."""
        order = self._hierarchy.order(cls)
        return any(isinstance(one, External) and one.name in KNOWN_FORMS for one in order)

    def _is_made(self, cls: ProjectClass) -> bool:
        """Whether there can be objects of just this class: a model's form needs a `Meta`."""
        order = self._hierarchy.order(cls)
        is_model = any(isinstance(one, External) and one.name in MODEL_FORMS for one in order)
        return self.is_form(cls) and not (is_model and self._values.of(cls, "Meta") is None)

    def _find(self, cls: ProjectClass) -> frozenset[str] | None:
        order = self._hierarchy.order(cls)
        found: set[str] = {*self._outside.names, *_OF_FORMSETS}
        for ancestor in order:
            names = self._given(ancestor)
            if names is None:
                return None
            found |= names
        if not self.is_form(cls) or self._outside.may_extend(cls):
            return None
        if any(isinstance(one, External) and one.name in MODEL_FORMS for one in order):
            listed = self._of_model(cls)
            return None if listed is None else frozenset(found | listed)
        return frozenset(found)

    def _given(self, ancestor: object) -> set[str] | None:
        """The names that one class of an order gives; None where that may be any."""
        if isinstance(ancestor, External):
            known = KNOWN_FORMS.get(ancestor.name)
            if known is None:
                return set() if ancestor.name.startswith(_PLAIN_BASES) else None
            return set(known)
        if not isinstance(ancestor, ProjectClass) or ancestor.fact.decorators or ancestor.fact.keywords:
            return None
        members = ancestor.fact.members
        if not _STEERING.isdisjoint([*ancestor.fact.attributes, *(member.name for member in members)]):
            return None
        names = {member.name for member in members if member.kind not in (Kind.FUNCTION, Kind.CLASS)}
        body = ancestor.module.statements(ancestor.fact)
        if any(isinstance(each, For) or writes_names(each) for each in body):
            return None
        for method in methods(ancestor):
            put = put_in(method)
            if put is None or (method.fact.name == "clean" and not hands_on(method)):
                return None
            names |= put
        return names

    def _of_model(self, cls: ProjectClass) -> set[str] | None:
        """The names that `Meta` takes from the model."""
        found = self._values.of(cls, "Meta")
        if found is None or found.binding.kind is not Kind.CLASS:
            return None
        meta = ProjectClass(found.holder.module, found.binding.index)
        fields = self._listed_in(meta, "fields")
        model = self._model(meta)
        if fields is None or fields.text:
            names = None if model is None else {*model.fields, *model.relations, "id"}
        else:
            names = None if fields.is_open else {one.name for one in fields.names}
        if names is None or not self._outside.is_handed_on(cls):
            return names
        return None if model is None else names | {*model.fields, *model.relations, "id"}

    def _model(self, meta: ProjectClass) -> DjangoModel | None:
        """The model that `Meta` names, where all that it has is known."""
        target = self._values.of(meta, "model")
        if target is None or target.value is None:
            return None
        scope = target.holder.fact.qualname
        key = self._models.references.expression(None, target.value, target.holder.module, scope).key
        model = self._models.model(key) if key else None
        return model if isinstance(model, DjangoModel) and not model.is_open else None

    def _listed_in(self, meta: ProjectClass, option: str) -> ListedNames | None:
        found = self._values.of(meta, option)
        return None if found is None else self._listed.of(found)


def methods(cls: ProjectClass) -> Iterator[ProjectFunction]:
    """The methods that a class body defines."""
    for member in cls.fact.members:
        if member.kind is Kind.FUNCTION and member.index >= 0:
            yield ProjectFunction(cls.module, member.index)
