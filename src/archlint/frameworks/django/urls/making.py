"""The calls that make one URL pattern: `path("orders/<int:pk>/", views.order, name="order")`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Literal,
    Mapping,
    Starred,
    says,
)
from archlint.frameworks.django.urls.names import INCLUDES, MAKERS
from archlint.frameworks.django.urls.paths import path_parameters, regex_parameters
from archlint.frameworks.framework_names import is_framework
from archlint.frameworks.inventory.texts import UNSEEN, text_of
from archlint.frameworks.web import Parameter
from archlint.project.answer import Definition, External
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project


class Written(msgspec.Struct, frozen=True):
    """The parts of a call that makes a pattern, as they are written."""

    form: Call
    route: str | None
    is_regex: bool
    parameters: tuple[Parameter, ...] | None
    view: Expression | None
    given: frozenset[str] | None
    name: str
    has_known_name: bool


class Making:
    """Reads the calls of `path()` and its kin."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._scopes = project.view(Scopes)

    @classmethod
    def build(cls, project: Project) -> Making:
        """The view of a project."""
        return cls(project)

    def external(self, module: Module, scope: str, function: Expression) -> str:
        """The dotted name of a function of Django or from elsewhere; empty for the project's own."""
        found = self._scopes.resolve(module, scope, function)
        if isinstance(found, Definition):
            return found.name if is_framework(found.name) else ""
        return found.name if isinstance(found, External) else ""

    def is_include(self, module: Module, scope: str, form: Expression) -> bool:
        """Whether an expression is a call of `include()`."""
        return isinstance(form, Call) and self.external(module, scope, form.function) in INCLUDES

    def written(self, module: Module, scope: str, form: Call) -> Written | None:
        """The parts of a call; None where it makes no pattern."""
        is_regex = MAKERS.get(self.external(module, scope, form.function))
        if is_regex is None:
            return None
        route = argument(form, 0, "regex" if is_regex else "route") or argument(form, 0, "route")
        text = self._text(module, scope, route)
        name = argument(form, 3, "name")
        known = name is None or (isinstance(name, Literal) and isinstance(name.value, (str, type(None))))
        return Written(
            form,
            text,
            is_regex,
            () if self._is_setting(module, scope, route) else _parameters(text, is_regex),
            argument(form, 1, "view"),
            _keys(argument(form, 2, "kwargs")),
            str(name.value or "") if isinstance(name, Literal) else "",
            known and not any(not keyword.name for keyword in form.keywords),
        )

    def _text(self, module: Module, scope: str, route: Expression | None) -> str | None:
        """A route, which may be put together from constants; None where some part of it cannot be seen."""
        if isinstance(route, Literal) and route.truncated:
            return None
        text = text_of(self._project, module, scope, route)
        return None if UNSEEN in text else text

    def _is_setting(self, module: Module, scope: str, route: Expression | None) -> bool:
        """Whether a route is a setting: a prefix, which has no parameters."""
        if not isinstance(route, Attribute):
            return False
        return self.external(module, scope, route).startswith("django.conf.settings.")


def argument(form: Call, at: int, name: str) -> Expression | None:
    """An argument of a call, by its position or by its name; None where it is not seen."""
    for place, given in enumerate(form.arguments[: at + 1]):
        if isinstance(given, Starred):
            return None
        if place == at:
            return given
    return next((keyword.value for keyword in form.keywords if keyword.name == name), None)


def _parameters(route: str | None, is_regex: bool) -> tuple[Parameter, ...] | None:
    if route is None:
        return None
    return regex_parameters(route) if is_regex else path_parameters(route)


def _keys(kwargs: Expression | None) -> frozenset[str] | None:
    """The literal keys of a dictionary; None for anything else that is given."""
    if kwargs is None or says(kwargs, None):
        return frozenset()
    if isinstance(kwargs, Call) and getattr(kwargs.function, "id", "") == "dict" and not kwargs.arguments:
        names = [keyword.name for keyword in kwargs.keywords]
        return frozenset(names) if all(names) else None
    if not isinstance(kwargs, Mapping):
        return None
    texts = [key.value for key in kwargs.keys if isinstance(key, Literal) and isinstance(key.value, str)]
    return frozenset(texts) if len(texts) == len(kwargs.keys) else None


def items(value: Expression) -> tuple[Expression, ...] | None:
    """The items of a list or tuple display; None for anything else."""
    return value.items if isinstance(value, Collection) and value.kind in ("list", "tuple") else None
