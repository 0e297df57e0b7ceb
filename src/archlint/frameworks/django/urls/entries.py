"""The entries of `urlpatterns`, and those among them that are no patterns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Collection, Expression, Literal, Name, Operation
from archlint.frameworks.django.urls.calls import included_modules
from archlint.frameworks.django.urls.making import Making
from archlint.frameworks.django.urls.names import FORMAT_SUFFIXES, I18N_PATTERNS, INCLUDES, NAMELESS
from archlint.frameworks.django.urls.roots import roots
from archlint.frameworks.drf.routers import Routers
from archlint.frameworks.inventory.texts import stands_for
from archlint.project.answer import Definition
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.project.summaries import Summary

_NAME = "urlpatterns"
_GROWING = ("assign", "augment")
_LISTS = NAMELESS | I18N_PATTERNS | FORMAT_SUFFIXES
_SITE = "django.contrib.admin.site.urls"
_UNPACK = "put a star in front, or add it to the list with `+`"


class Misfit(msgspec.Struct, frozen=True):
    """What an entry is instead of a pattern, and what to do."""

    is_what: str
    hint: str


class Entry(msgspec.Struct, frozen=True):
    """One entry of a list that Django reads."""

    module: Module
    form: Expression
    misfit: Misfit | None


def entries(project: Project) -> Iterator[Entry]:
    """The entries that modules write out which settings or `include()` name."""
    modules = {*roots(project), *(included for _, included, _ in included_modules(project))}
    misfits = _Misfits(project)
    for module in sorted(modules, key=lambda one: one.path):
        for form in _written(project.view(Functions).module_summary(module)):
            yield Entry(module, form, misfits.of(module, form))


def _written(summary: Summary) -> Iterator[Expression]:
    """What is listed from the start, and what is added; nothing where the list is made anew."""
    bound = summary.bound.get(_NAME, ())
    if sum(one.how != "augment" for one in bound) != 1 or any(one.how not in _GROWING for one in bound):
        return
    for one in bound:
        yield from _items(one.value)
    for site in summary.calls:
        called = site.call.function
        if isinstance(called, Attribute) and called.attr == "append" and _is_list(called.value):
            yield from site.call.arguments[:1]


def _is_list(value: Expression) -> bool:
    return isinstance(value, Name) and value.id == _NAME


def _items(value: Expression) -> Iterator[Expression]:
    if isinstance(value, Collection):
        yield from value.items
    elif isinstance(value, Operation) and value.operator == "+":
        for operand in value.operands:
            yield from _items(operand)


class _Misfits:
    """Tells what is no pattern; None of what nobody knows."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._making = project.view(Making)
        self._scopes = project.view(Scopes)

    def of(self, module: Module, form: Expression) -> Misfit | None:
        """What an entry is instead of a pattern."""
        if isinstance(form, (Literal, Collection)):
            return Misfit(_kind(form), "call `path()` or `re_path()` with it")
        if isinstance(form, Call):
            return self._of_call(self._making.external(module, "", form.function))
        if isinstance(form, Attribute) and form.attr == "urls":
            return self._of_urls(module, form)
        return self._of_name(module, form) if isinstance(form, Name) else None

    def _of_name(self, module: Module, form: Name) -> Misfit | None:
        """A view as it is, or a list of other patterns."""
        found = self._scopes.resolve(module, "", form)
        if isinstance(found, Definition) and found.kind is Kind.FUNCTION and not found.member:
            return Misfit("a function", "call `path()` or `re_path()` with it")
        is_list = isinstance(stands_for(self._project, module, "", form), Collection)
        return Misfit("a list of patterns", _UNPACK) if is_list else None

    def _of_call(self, name: str) -> Misfit | None:
        if name in INCLUDES:
            return Misfit("a tuple", "hand it to `path()`, with the prefix of its URLs")
        return Misfit("a list of patterns", _UNPACK) if name in _LISTS else None

    def _of_urls(self, module: Module, form: Attribute) -> Misfit | None:
        if self._making.external(module, "", form) == _SITE:
            return Misfit("a tuple", "hand it to `path()`, with the prefix of its URLs")
        found = self._scopes.resolve(module, "", form)
        if not isinstance(found, Definition) or found.member != "urls":
            return None
        is_router = self._project.view(Routers).patterns(found.module, found.qualname) is not None
        return Misfit("a list of patterns", _UNPACK) if is_router else None


def _kind(form: Literal | Collection) -> str:
    if isinstance(form, Collection):
        return f"a {form.kind}"
    return "a string" if isinstance(form.value, str) else f"`{form.value}`"
