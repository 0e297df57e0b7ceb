"""What code takes out of the validated data of forms, and whether it can be there.

https://docs.djangoproject.com/en/5.2/ref/forms/api/#accessing-clean-data
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.facts.expressions import Attribute, Call, Comparison, Expression, Literal, Name, Subscript
from archlint.facts.forms import walked
from archlint.facts.statements import Assign
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.forms.fields import FormFields
from archlint.frameworks.django.forms.held import FILLING, is_data
from archlint.project.answer import Definition
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction, mentioning
from archlint.project.scopes import Scopes
from archlint.project.tries import is_tried

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.project import Project
    from archlint.project.summaries import Summary

_TAKING = frozenset({"get", "pop"})
_ASKING = frozenset({"get"})
_CLEANING = "clean_"
_GIVEN_FORMS = frozenset({"form_valid", "form_invalid"})

Names: TypeAlias = "frozenset[str] | None"


class TakenKey(msgspec.Struct, frozen=True):
    """One key that code takes out of the validated data of forms of one class, or of several."""

    function: ProjectFunction
    form: Call | Subscript
    key: str
    classes: tuple[ProjectClass, ...]
    names: Names
    """What could be there; None where nobody can tell."""

    is_asked: bool
    """It is asked for with `get()`, which gives None."""


class TakenKeys:
    """Every such key of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._fields = project.view(FormFields)
        self._hierarchy = project.view(ClassHierarchy)
        self._functions = project.view(Functions)
        self._values = project.view(ClassValues)
        self._scopes = project.view(Scopes)

    def __iter__(self) -> Iterator[TakenKey]:
        for module in self._project.modules:
            if is_test(module.path):
                continue
            for function in mentioning(module, "cleaned_data", "clean"):
                yield from self._in(function)

    def _in(self, function: ProjectFunction) -> Iterator[TakenKey]:
        statements = function.module.statements(function.fact)
        summary = self._functions.summary(function)
        forms = list(walked(statements))
        sought = {key for form in forms for key in (*_sought(form), *_put(form))}
        for form in forms:
            owner, key = _taken(form)
            if owner is None or not isinstance(form, (Call, Subscript)) or key in sought:
                continue
            holder = self._holder(function, summary, owner)
            if holder is None or is_tried(function.module, form.line, "KeyError"):
                continue
            classes, names = self._forms(function, summary, holder)
            if classes and not _is_never_called(function, names):
                is_asked = isinstance(form, Call) and _asks(form, _ASKING)
                yield TakenKey(function, form, key, classes, names, is_asked)

    def _holder(self, function: ProjectFunction, summary: Summary, owner: Expression) -> Expression | None:
        """The form whose data something is: itself, or what a local name stands for."""
        if isinstance(owner, Name):
            bound = summary.bound.get(owner.id, ())
            if not bound or owner.id in summary.inner or owner.id in _parameters(function):
                return None
            holders = {self._holder(function, summary, one.value) for one in bound if is_data(one.value)}
            is_plain = len(holders) == 1 and all(is_data(one.value) for one in bound)
            return holders.pop() if is_plain else None
        if isinstance(owner, Call):
            is_own = function.fact.name == "clean" and bool(function.receiver)
            return Name(function.receiver, 0, 0) if is_own and _is_of_super(owner) else None
        if not isinstance(owner, Attribute) or owner.attr != "cleaned_data":
            return None
        return Name(owner.value.id, 0, 0) if isinstance(owner.value, Name) else None

    def _forms(
        self, function: ProjectFunction, summary: Summary, holder: Expression
    ) -> tuple[tuple[ProjectClass, ...], Names]:
        """The classes that a form may be of, and the names of all their fields."""
        assert isinstance(holder, Name)
        if holder.id == function.receiver:
            own = ProjectClass(function.module, function.fact.owner)
            return (own,), self._fields.names_below(own)
        parameters = _parameters(function)
        if holder.id in parameters:
            cls = self._handed(function) if holder.id == parameters[-1] and len(parameters) == 2 else None
            return (() if cls is None else (cls,)), (None if cls is None else self._fields.names(cls))
        made = [self._made(function, one.value) for one in summary.bound.get(holder.id, ())]
        classes = tuple(dict.fromkeys(cls for cls in made if cls is not None))
        if len(classes) == 0 or None in made or holder.id in summary.inner:
            return (), None
        found = [self._fields.names(cls) for cls in classes]
        known = [names for names in found if names is not None]
        return classes, frozenset().union(*known) if len(known) == len(found) else None

    def _made(self, function: ProjectFunction, value: Expression) -> ProjectClass | None:
        """The class of a form that is made: `OrderForm(request.POST)`."""
        if not isinstance(value, Call):
            return None
        answer = self._scopes.resolve(function.module, function.scope, value.function)
        cls = self._hierarchy.of(answer) if isinstance(answer, Definition) else None
        return cls if cls is not None and self._fields.is_form(cls) else None

    def _handed(self, function: ProjectFunction) -> ProjectClass | None:
        """The form that a view hands to its `form_valid`, which its class names."""
        if function.fact.name not in _GIVEN_FORMS or function.fact.owner < 0:
            return None
        view = ProjectClass(function.module, function.fact.owner)
        chosen = self._values.of(view, "form_class")
        below = self._hierarchy.below(view)
        if chosen is None or chosen.value is None or any(self._is_otherwise(one) for one in (view, *below)):
            return None
        answer = self._scopes.resolve(chosen.holder.module, chosen.holder.fact.qualname, chosen.value)
        cls = self._hierarchy.of(answer) if isinstance(answer, Definition) else None
        is_same = all(self._values.own(one, "form_class") is None for one in below)
        return cls if cls is not None and is_same and self._fields.is_form(cls) else None

    def _is_otherwise(self, view: ProjectClass) -> bool:
        """Whether a view decides by itself which form it works with."""
        return any(self._values.of(view, name) is not None for name in ("get_form_class", "get_form"))


def _parameters(function: ProjectFunction) -> list[str]:
    return [parameter.name for parameter in function.fact.parameters]


def _is_of_super(call: Call) -> bool:
    """`super().clean()`."""
    owner = call.function.value if isinstance(call.function, Attribute) else None
    function = owner.function if isinstance(owner, Call) else None
    return isinstance(function, Name) and function.id == "super"


def _taken(form: Form) -> tuple[Expression | None, str]:
    """What something is taken out of, and by which key."""
    if isinstance(form, Subscript):
        owner, key = form.value, form.index
    elif isinstance(form, Call) and len(form.arguments) == 1 and not form.keywords and _asks(form):
        assert isinstance(form.function, Attribute)
        owner, key = form.function.value, form.arguments[0]
    else:
        return None, ""
    text = key.value if isinstance(key, Literal) and not key.truncated else None
    return (owner, text) if isinstance(text, str) else (None, "")


def _asks(call: Call, names: frozenset[str] = _TAKING) -> bool:
    """Whether a call is one of some methods."""
    return isinstance(call.function, Attribute) and call.function.attr in names


def _sought(form: Form) -> Iterator[object]:
    """`"gift"` of `"gift" in self.cleaned_data`."""
    is_asked = isinstance(form, Comparison) and not {"in", "not in"}.isdisjoint(form.operators)
    if is_asked and isinstance(form, Comparison) and isinstance(form.left, Literal):
        yield form.left.value


def _put(form: Form) -> Iterator[object]:
    """The keys under which something is put anywhere."""
    if isinstance(form, Assign):
        indexes = (target.index for target in form.targets if isinstance(target, Subscript))
        yield from (index.value for index in indexes if isinstance(index, Literal))
    elif isinstance(form, Call) and isinstance(form.function, Attribute) and form.function.attr in FILLING:
        yield from (each.value for each in form.arguments if isinstance(each, Literal))


def _is_never_called(function: ProjectFunction, names: Names) -> bool:
    """Whether Django would call a method for a field that the form does not have."""
    field = function.fact.name.removeprefix(_CLEANING)
    return field != function.fact.name and names is not None and field not in names
