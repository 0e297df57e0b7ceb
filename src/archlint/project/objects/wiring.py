"""How an application is put together: what it keeps under a key, and what classes are made with."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.facts.expressions import Attribute, Call, Expression, Form, Literal, Name, Subscript, last_name
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.module import Module
from archlint.project.summaries import Summary

if TYPE_CHECKING:
    from archlint.project.project import Project

_KEEPERS = frozenset({"app", "application", "config_dict", "ctx", "extensions", "g", "state"})
"""What web applications call the place where they keep their parts."""

_KEYED = _KEEPERS | {"config"}
"""The same by key; by attribute, a configuration is most often a module."""

Key: TypeAlias = tuple[str, str]
"""The last name of the keeper, and the key."""


class Written(msgspec.Struct, frozen=True):
    """An expression and where it stands; at module level and in class bodies in no function."""

    module: Module
    function: ProjectFunction | None
    value: Expression


class Wiring:
    """What the code of a project puts together; code for tests does it otherwise, and is left out."""

    def __init__(self, functions: Functions, modules: tuple[Module, ...]) -> None:
        self._kept: dict[Key, list[Written]] = {}
        self._calls: dict[str, list[Written]] = {}
        self._views: dict[str, list[Written]] = {}
        for module in modules:
            if not is_test(module.path):
                self._read(module, None, functions.module_summary(module))
        for function in functions.all():
            if not is_test(function.module.path):
                self._read(function.module, function, functions.summary(function))

    @classmethod
    def build(cls, project: Project) -> Wiring:
        """The wiring of a project."""
        return cls(project.view(Functions), project.modules)

    def kept(self, key: Key) -> tuple[Written, ...]:
        """What is kept at a place."""
        return tuple(self._kept.get(key, ()))

    def calls(self, name: str) -> tuple[Written, ...]:
        """The calls of whatever has this last name."""
        return tuple(self._calls.get(name, ()))

    def views(self, name: str) -> tuple[Written, ...]:
        """The calls of `as_view` of whatever has this last name; they make objects of it for each request."""
        return tuple(self._views.get(name, ()))

    def _read(self, module: Module, function: ProjectFunction | None, summary: Summary) -> None:
        for target, bound in (*summary.stored, *summary.keyed):
            key = place_of(target)
            if key and bound.how == "assign":
                self._kept.setdefault(key, []).append(Written(module, function, bound.value))
        for site in summary.calls:
            name = last_name(site.call.function)
            if name[:1].isupper():
                self._calls.setdefault(name, []).append(Written(module, function, site.call))
            elif name == "as_view" and isinstance(site.call.function, Attribute):
                of = last_name(site.call.function.value)
                self._views.setdefault(of, []).append(Written(module, function, site.call))


def place_of(place: Form) -> Key | None:
    """Where an application keeps what an expression is: `app.extensions["orders"]`, `app.state.orders`."""
    keepers = _KEYED if isinstance(place, Subscript) else _KEEPERS
    if isinstance(place, Attribute):
        keeper, name = last_name(place.value), place.attr
    elif isinstance(place, Subscript):
        index = place.index
        keeper = last_name(place.value)
        name = (
            index.value if isinstance(index, Literal) and isinstance(index.value, str) else last_name(index)
        )
    else:
        return None
    is_own = _root(place) in ("self", "cls")  # what an object keeps in itself is its own affair
    return (keeper, name) if keeper in keepers and name and not is_own else None


def argument(call: Call, at: int, name: str) -> Expression | None:
    """What a call passes for a parameter; None where it passes nothing, or nobody can tell."""
    if any(not keyword.name for keyword in call.keywords):
        return None
    passed = next((keyword.value for keyword in call.keywords if keyword.name == name), None)
    return passed or (call.arguments[at] if at < len(call.arguments) else None)


def _root(form: Form) -> str:
    while isinstance(form, (Attribute, Subscript)):
        form = form.value
    return form.id if isinstance(form, Name) else ""
