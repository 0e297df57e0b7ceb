"""Which model a relation's target is: text, a class, `settings.AUTH_USER_MODEL`, `get_user_model()`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Literal, Name
from archlint.frameworks.django.known.models import AUTH_USER, known_model
from archlint.frameworks.django.models.presence import DEFAULT_USER, is_user
from archlint.project.answer import Definition, External

if TYPE_CHECKING:
    from archlint.frameworks.django.models.blueprints import Blueprints
    from archlint.frameworks.django.models.declared import Blueprint
    from archlint.frameworks.django.settings.modules import Settings
    from archlint.project.classes import ClassHierarchy
    from archlint.project.functions import Functions
    from archlint.project.module import Module
    from archlint.project.scopes import Scopes

_MODEL_FUNCTIONS = frozenset({"get_model", "get_model_name", "load_model"})
_USER_FUNCTIONS = frozenset({"get_user_model", "get_user_model_name", "get_user_model_lazy"})


class Target(msgspec.Struct, frozen=True):
    """What a reference means."""

    key: str
    """Of the model; empty where there is none, or nobody can tell."""

    text: str
    """As it is written: `shop.Order`, `Order`; dotted for a class."""

    is_text: bool = False
    """Whether it is given by a text that Django looks up, so that nothing means: there is none."""


UNKNOWN_TARGET = Target("", "")


class References:
    """Resolves references to models."""

    def __init__(
        self,
        scopes: Scopes,
        hierarchy: ClassHierarchy,
        functions: Functions,
        blueprints: Blueprints,
        settings: Settings,
    ) -> None:
        self._scopes = scopes
        self._hierarchy = hierarchy
        self._functions = functions
        self._blueprints = blueprints
        self._settings = settings
        self._labelled: dict[str, list[Blueprint]] = {}
        for blueprint in self._blueprints:
            if not blueprint.is_abstract:
                self.register(blueprint)

    def register(self, blueprint: Blueprint) -> None:
        """Let a model be found by its label."""
        self._labelled.setdefault(blueprint.label.lower(), []).append(blueprint)

    def target(self, of: Blueprint, to: Expression | None, module: Module | None, scope: str) -> Target:
        """What a reference in a model means. `module` and `scope` are where it is written."""
        if isinstance(to, Literal):
            return self._text(of, to.value, module) if isinstance(to.value, str) else UNKNOWN_TARGET
        if to is None or module is None:
            return UNKNOWN_TARGET
        return self.expression(of, to, module, scope)

    def user(self) -> Target:
        """The user model."""
        label = self._settings.user_model or self._usual_user
        return self.labelled(label, None) if label else Target("", "settings.AUTH_USER_MODEL")

    @cached_property
    def _usual_user(self) -> str:
        """Django's own, in an application without settings that brings no other. What else it has is open."""
        if self._settings.modules or any(is_user(each) for each in self._blueprints.by_class.values()):
            return ""
        return DEFAULT_USER

    def labelled(self, label: str, near: Blueprint | None) -> Target:
        """The model of a label; where there are several, as in tests, the one that is nearest."""
        found = self._labelled.get(label.lower(), [])
        if len(found) > 1 and near is not None and near.cls is not None:
            found = _nearest(found, near)
        return Target(found[0].key if len(found) == 1 else "", label, is_text=not found)

    def expression(
        self, of: Blueprint | None, to: Expression, module: Module, scope: str, depth: int = 3
    ) -> Target:
        """What an expression means as a reference to a model."""
        if isinstance(to, Literal):
            return self._text(of, to.value, module) if isinstance(to.value, str) else UNKNOWN_TARGET
        if isinstance(to, Call):
            return self._called(of, to, module, scope, depth)
        if not isinstance(to, (Name, Attribute)):
            return UNKNOWN_TARGET
        answer = self._scopes.resolve(module, scope, to)
        if isinstance(answer, External):
            return self._external(answer.name)
        if not isinstance(answer, Definition):
            return UNKNOWN_TARGET
        cls = self._hierarchy.of(answer)
        if cls is not None:
            found = self._blueprints.by_class.get(cls)
            return Target(found.key if found else "", cls.name)
        if answer.kind is Kind.VALUE and not answer.member and depth:
            bound = self._functions.module_summary(answer.module).bound.get(answer.qualname, ())
            if len(bound) == 1 and bound[0].how == "assign":
                return self.expression(of, bound[0].value, answer.module, "", depth - 1)
        return UNKNOWN_TARGET

    def _external(self, name: str) -> Target:
        if name.startswith("django.conf.settings."):
            return self._setting(name.rpartition(".")[2])
        known = known_model(name)
        if known is None:
            return Target("", name)
        return Target(known.name, known.name)

    def _setting(self, name: str) -> Target:
        if name == "AUTH_USER_MODEL":
            return self.user()
        labels = self._settings.labels(name)
        return self.labelled(next(iter(labels)), None) if len(labels) == 1 else UNKNOWN_TARGET

    def _swappable(self, label: str, of: Blueprint | None) -> Target:
        """The model of a label, or the one that a setting of that name puts in its place."""
        labels = self._settings.labels(f"{label.replace('.', '_').upper()}_MODEL")
        return UNKNOWN_TARGET if labels else self.labelled(label, of)

    def _called(self, of: Blueprint | None, call: Call, module: Module, scope: str, depth: int) -> Target:
        function = call.function
        last = function.attr if isinstance(function, Attribute) else getattr(function, "id", "")
        texts = [a.value for a in call.arguments if isinstance(a, Literal) and isinstance(a.value, str)]
        if last in _USER_FUNCTIONS and not call.arguments:
            return self.user()
        if last == "getattr" and len(call.arguments) > 1 and texts[:1] == ["AUTH_USER_MODEL"]:
            return self.user()
        if last in _MODEL_FUNCTIONS and texts and len(texts) == len(call.arguments):
            return self._swappable(".".join(texts), of)
        return UNKNOWN_TARGET

    def _text(self, of: Blueprint | None, text: str, module: Module | None) -> Target:
        if text == AUTH_USER:
            return self.user()
        if text.startswith("@"):
            return Target(text[1:], text[1:])
        if text == "self":
            return Target(of.key if of else "", text)
        if "." in text:
            return self.labelled(text, of)
        if of is None or of.is_abstract:
            return Target("", text)
        found = self.labelled(f"{of.app_label}.{text}", of)
        return Target(found.key, text, found.is_text)


def _nearest(found: list[Blueprint], near: Blueprint) -> list[Blueprint]:
    """Models of one label exist side by side only in tests: take that of the same function or module."""
    assert near.cls is not None
    same = [one for one in found if one.cls is not None and one.cls.module is near.cls.module]
    scope = near.cls.fact.qualname
    while scope and len(same) > 1:
        scope = scope.rpartition(".")[0]
        inside = [one for one in same if one.cls and one.cls.fact.qualname.rpartition(".")[0] == scope]
        if len(inside) == 1:
            return inside
    return same or found
