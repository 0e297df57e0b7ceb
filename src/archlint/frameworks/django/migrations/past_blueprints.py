"""From what migrations say of a model to what a class body would have said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Collection, Expression, Literal, Name, Subscript, says
from archlint.frameworks.django.models.declared import (
    NO_OPTIONS,
    Blueprint,
    Declaration,
    Held,
    MadeField,
    MadeManager,
    ManagerDeclaration,
    Option,
)
from archlint.frameworks.django.models.field_declarations import declaration
from archlint.frameworks.django.models.field_kinds import RELATIONS
from archlint.frameworks.django.models.makers import Makers
from archlint.frameworks.django.models.managers import Managers
from archlint.frameworks.orm import Place
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.frameworks.django.migrations.states import ModelState, Written
    from archlint.project.module import Module
    from archlint.project.project import Project

_ROOTS = frozenset({"django.db.models.Model", "django.db.models.base.Model"})


class PastBlueprints:
    """Makes blueprints of what migrations leave."""

    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        hierarchy, functions = project.view(ClassHierarchy), project.view(Functions)
        managers = Managers(self._scopes, hierarchy, functions)
        self._makers = Makers(self._scopes, hierarchy, functions, managers)
        self._by_key: dict[str, Blueprint] = {}
        self._declared: dict[int, tuple[Expression, Declaration]] = {}

    def of(self, key: str, app: str, model: ModelState) -> Blueprint:
        """The blueprint of a model; its parents are labels in lower case."""
        known = self._by_key.get(key)
        if known is None:
            known = self._by_key[key] = self._made(key, app, model)
        return known

    def relations(self, model: ModelState) -> Iterator[tuple[Declaration, bool]]:
        """The relations of a model, and whether each is surely so."""
        for name in model.fields:
            for call in model.calls(name):
                declared = self._declaration(name, call)
                if declared.kind in RELATIONS:
                    yield declared, name not in model.unsure

    def proxied(self, app: str, model: ModelState) -> tuple[str, ...]:
        """The labels of the models that a proxy stands for; none for any other model."""
        return self._bases(app, model)[0] if _is_proxy(model) else ()

    def _made(self, key: str, app: str, model: ModelState) -> Blueprint:
        blueprint = Blueprint(key, None, model.name, app)
        for name in model.fields:
            calls = model.calls(name)
            declared = (
                self._declaration(name, next(iter(calls))) if name not in model.unsure else _unknown(name)
            )
            blueprint.local[name] = Held(declared, key)
        options = model.options or {}
        blueprint.meta = {name: Option(value, model.module) for name, value in options.items()}
        blueprint.is_proxy = _is_proxy(model)
        parents, is_whole = self._bases(app, model)
        blueprint.parents = parents
        blueprint.is_open = model.options is None or not is_whole
        blueprint.managers = self._managers(model)
        return blueprint

    def _declaration(self, name: str, call: Written) -> Declaration:
        known = self._declared.get(id(call.form))
        if known is None or known[1].name != name:
            known = self._declared[id(call.form)] = (call.form, self._read(name, call.form, call.module))
        return known[1]

    def _read(self, name: str, form: Expression, module: Module) -> Declaration:
        made = self._makers.made(module, "", form)
        if not isinstance(made, MadeField):
            return _unknown(name)
        place = Place(module, getattr(form, "line", 0))
        return declaration(name, made, place, _as_written)

    def _bases(self, app: str, model: ModelState) -> tuple[tuple[str, ...], bool]:
        """The labels of the models it inherits from, and whether it inherits from nothing else."""
        if model.bases is None:
            return (), True
        if not isinstance(model.bases, Collection):
            return (), False
        labels: list[str] = []
        is_whole = True
        for base in model.bases.items:
            if isinstance(base, Literal) and isinstance(base.value, str):
                label = base.value.lower()
                labels.append(label if "." in label else f"{app}.{label}".lower())
            elif not self._is_root(base, model.module):
                is_whole = False
        return tuple(labels), is_whole

    def _is_root(self, base: Expression, module: Module) -> bool:
        if not isinstance(base, (Name, Attribute, Subscript)):
            return False
        answer = self._scopes.resolve(module, "", base)
        return isinstance(answer, External) and answer.name in _ROOTS

    def _managers(self, model: ModelState) -> dict[str, ManagerDeclaration]:
        """Those that say `use_in_migrations`; else a plain `objects`."""
        listed = model.managers
        if listed is None or (isinstance(listed, Collection) and not listed.items):
            return {"objects": ManagerDeclaration("objects", MadeManager(None, None, is_known=True), None)}
        names = ["objects"]
        for pair in listed.items if isinstance(listed, Collection) else ():
            first = pair.items[0] if isinstance(pair, Collection) and pair.items else None
            names += [str(first.value)] if isinstance(first, Literal) else []
        unseen = MadeManager(None, None, is_known=False)
        return {name: ManagerDeclaration(name, unseen, None) for name in reversed(names)}


def _is_proxy(model: ModelState) -> bool:
    proxy = (model.options or {}).get("proxy")
    return says(proxy, True)


def _unknown(name: str) -> Declaration:
    """A field of which nothing is known but that it is there."""
    return Declaration(name, "", (), NO_OPTIONS, None, is_certain=False, is_plain=False)


def _as_written(form: Expression) -> Expression:
    return form
