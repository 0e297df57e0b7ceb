"""The classes that an admin class names: its form, its filters, its inlines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Collection, Expression, Literal, Name
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.django.admin.registered import Admin
from archlint.project.answer import Answer, Definition, External
from archlint.project.classes import ClassHierarchy
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.project import Project

Said: TypeAlias = "tuple[ClassValue, Expression | None, str, str]"
"""The option; where in it; what is wrong; what to do."""

_FORMS = frozenset({"ModelForm", "BaseModelForm"})
_FORMSETS = frozenset({"BaseModelFormSet", "BaseInlineFormSet", "BaseGenericInlineFormSet"})
_INLINES = frozenset(
    [
        "InlineModelAdmin",
        "TabularInline",
        "StackedInline",
        "GenericInlineModelAdmin",
        "GenericTabularInline",
        "GenericStackedInline",
    ]
)
_OF_A_FIELD = "FieldListFilter"
_FILTERS = frozenset({"ListFilter", "SimpleListFilter"})
_PLAIN = ("django.forms.", "django.contrib.admin.", "django.contrib.contenttypes.admin.", "django.db.models.")

_BARE = frozenset({"builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol"})
_MODEL = "name a class that inherits from `models.Model`"


class AdminClasses:
    """Looks at the classes that admin classes name."""

    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        self._hierarchy = project.view(ClassHierarchy)
        self._values = project.view(ClassValues)

    def wrong(self, admin: Admin) -> Iterator[Said | None]:
        """What is wrong with each; None for nothing."""
        yield from self._one(admin, "form", _FORMS, "`form` has to be a `ModelForm`")
        if admin.is_inline:
            yield from self._one(admin, "formset", _FORMSETS, "`formset` has to be one of models")
            return
        for option, ask in (("inlines", self._inline), ("list_filter", self._filter)):
            found = self._values.of(admin.cls, option)
            if found is None or not isinstance(found.value, Collection):
                continue
            for item in found.value.items:
                said = ask(found, item)
                yield None if said is None else (found, item, *said)

    def _one(self, admin: Admin, option: str, wanted: frozenset[str], wrong: str) -> Iterator[Said | None]:
        found = self._values.of(admin.cls, option)
        if found is None or not isinstance(found.value, (Name, Attribute, Literal)):
            return
        names = self._names(found, found.value)
        is_wrong = isinstance(found.value, Literal) or (names is not None and wanted.isdisjoint(names))
        hint = f"inherit it from `{min(wanted)}`" if option == "formset" else "inherit it from `ModelForm`"
        yield (found, found.value, wrong, hint) if is_wrong else None

    def _inline(self, option: ClassValue, item: Expression) -> tuple[str, str] | None:
        if isinstance(item, Literal):
            return f"`{item.value}` is not an inline", "name the class itself"
        names = self._names(option, item)
        if names is None and not self._is_function(option, item):
            return None
        if names is None or _INLINES.isdisjoint(names):
            return (
                f"`{_written(item)}` is not an inline",
                "inherit it from `TabularInline` or `StackedInline`",
            )
        cls = self._hierarchy.of(self._answer(option, item))
        held = self._values.of(cls, "model") if cls is not None else None
        if cls is not None and (held is None or isinstance(held.value, Literal)):
            return f"the inline `{_written(item)}` has no `model`", "name the model that it shows"
        if held is not None and held.value is not None and self._is_no_model(held, held.value):
            return f"the inline `{_written(item)}` shows `{_written(held.value)}`, which is no model", _MODEL
        return None

    def _is_no_model(self, option: ClassValue, form: Expression) -> bool:
        """Whether a name is that of a class of the project without any base of a framework."""
        cls = self._hierarchy.of(self._answer(option, form)) if isinstance(form, (Name, Attribute)) else None
        outside = self._values.outside(cls) if cls is not None else None
        return cls is not None and outside is not None and all(name in _BARE for name in outside)

    def _filter(self, option: ClassValue, item: Expression) -> tuple[str, str] | None:
        if isinstance(item, Collection) and len(item.items) == 2:
            given = item.items[1]
            names = frozenset[str]() if isinstance(given, Literal) else self._names(option, given)
            if names is None or any(name.endswith(_OF_A_FIELD) for name in names):
                return None
            wrong = f"`{_written(item.items[1])}` is not a filter of a field"
            return wrong, f"inherit it from `{_OF_A_FIELD}`, or name it without a field"
        names = self._names(option, item)
        if names is None and self._is_function(option, item):
            return f"`{_written(item)}` is a function, not a filter", "inherit one from `SimpleListFilter`"
        if names is None or isinstance(item, Collection):
            return None
        if any(name.endswith(_OF_A_FIELD) for name in names):
            wrong = f"`{_written(item)}` is a filter of a field, and none is named"
            return wrong, f'name the field: `("…", {_written(item)})`'
        if _FILTERS.isdisjoint(names):
            return f"`{_written(item)}` is not a filter", "inherit it from `SimpleListFilter`"
        return None

    def _answer(self, option: ClassValue, form: Expression) -> Answer:
        return self._scopes.resolve(option.holder.module, option.holder.fact.qualname, form)

    def _is_function(self, option: ClassValue, form: Expression) -> bool:
        """Whether a name stands for a function, which is not called here."""
        answer = self._answer(option, form) if isinstance(form, (Name, Attribute)) else None
        return isinstance(answer, Definition) and answer.kind is Kind.FUNCTION and not answer.member

    def _names(self, option: ClassValue, form: Expression) -> frozenset[str] | None:
        """What a class is called and inherits from; None where nobody can tell, or it is no class."""
        if not isinstance(form, (Name, Attribute)):
            return None
        answer = self._answer(option, form)
        if isinstance(answer, External):
            return frozenset({_last(answer.name)}) if _is_class_of_django(answer.name) else None
        cls = self._hierarchy.of(answer) if isinstance(answer, Definition) else None
        outside = self._values.outside(cls) if cls is not None else None
        if cls is None or outside is None or not all(map(_is_read, outside)) or cls.fact.decorators:
            return None
        return frozenset({cls.fact.name, *map(_last, outside)})


def _is_class_of_django(name: str) -> bool:
    return name.startswith(_PLAIN) and _last(name)[:1].isupper()


def _is_read(name: str) -> bool:
    """Whether a base hides no other that matters: a form of an app may be one of models."""
    return name.startswith((*_PLAIN, "builtins.", "typing.", "abc."))


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _written(form: Expression) -> str:
    if isinstance(form, Literal):
        return str(form.value)
    return form.attr if isinstance(form, Attribute) else getattr(form, "id", "")
