"""Where the models of an app and the state of its migrations differ, as far as that is certain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import says
from archlint.frameworks.django.known.models import known_model
from archlint.frameworks.django.migrations.altered import Altered, altered
from archlint.frameworks.django.migrations.history import Histories, History
from archlint.frameworks.django.migrations.states import ModelState
from archlint.frameworks.django.models.field_kinds import FIELDS, FOREIGN_KEY, MANY_TO_MANY, ONE_TO_ONE
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.project.answer import External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.imports.import_graph import ImportGraph

if TYPE_CHECKING:
    from archlint.frameworks.django.models.declared import Declaration
    from archlint.project.module import Module
    from archlint.project.project import Project

_KINDS = (FIELDS | {FOREIGN_KEY, ONE_TO_ONE, MANY_TO_MANY}) - {
    "django.db.models.OrderWrt",
    "django.db.models.CompositePrimaryKey",
}
"""The kinds of fields that migrations speak of."""

_PLAIN_BASES = frozenset(
    {"django.db.models.Model", "django.db.models.base.Model", "builtins.object", "abc.ABC", "typing.Generic"}
)
_ADDING_APPS = ("modeltranslation", "parler", "mptt", "polymorphic")
"""Apps that give models fields which no class body shows."""


class Drift(msgspec.Struct, frozen=True):
    """One model that its migrations do not describe."""

    model: DjangoModel
    history: History
    state: ModelState | None
    """The model as the migrations leave it; None where they do not know it."""

    added: tuple[Declaration, ...] = ()
    """Fields that no migration has made."""

    removed: tuple[str, ...] = ()
    """Fields that the migrations have made and the model has not."""

    altered: tuple[Altered, ...] = ()
    """Arguments of fields that the migrations have otherwise."""

    @property
    def is_any(self) -> bool:
        """Whether the two differ at all."""
        return self.state is None or bool(self.added or self.removed or self.altered)


class Drifts:
    """Compares each model of an app with a history that can be read."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._models, self._histories = project.view(DjangoModels), project.view(Histories)
        self._hierarchy = project.view(ClassHierarchy)
        installed = " ".join(app.name for app in self._models.apps.installed)
        self._are_grown = any(name in installed for name in _ADDING_APPS)
        self._loaded: set[Module] | None = None

    def __iter__(self) -> Iterator[Drift | DjangoModel]:
        """What is found of each model: a comparison, or the model itself where nobody can tell."""
        for model in self._models.declared():
            assert model.cls is not None
            if model.is_abstract or model.is_proxy or is_test(model.cls.module.path):
                continue
            if model.app_label not in self._histories.labels:
                continue  # Django makes the tables of such an app without any
            history = self._histories.of(model.app_label)
            if history is None or not self._is_sure(model):
                yield model
            else:
                yield self._compared(model, history)

    def _is_sure(self, model: DjangoModel) -> bool:
        """Whether all of a model is seen, and Django sees it too and looks after its table."""
        assert model.cls is not None
        managed = model.meta.get("managed")
        is_managed = managed is None or says(managed, True)
        known = {app.name for app in self._models.apps.installed}
        app = self._models.apps.of(model.cls.module)
        is_plain = is_managed and not model.is_open and not model.is_swapped
        is_alone = self._models.named(model.label) is model and "()" not in model.cls.fact.qualname
        return is_plain and is_alone and app.name in known and self._is_loaded(model.cls.module)

    def _compared(self, model: DjangoModel, history: History) -> Drift:
        state = history.state.get(model.name.lower())
        if state is None or not state.is_plain:
            return Drift(model, history, state)
        added = []
        for name in sorted(model.local):
            declaration = self._models.declaration(model, name) if name != "id" else None
            if declaration is None or declaration.place is None or name in state.fields:
                continue
            if declaration.is_certain and declaration.kind in _KINDS and self._is_column(declaration):
                added.append(declaration)
        removed = tuple(self._removed(model, state)) if self._shows_all(model) else ()
        return Drift(model, history, state, tuple(added), removed, tuple(self._altered(model, state)))

    def _altered(self, model: DjangoModel, state: ModelState) -> Iterator[Altered]:
        for name in sorted(model.local & state.fields.keys()) if not self._are_grown else ():
            declaration = self._models.declaration(model, name) if name != "id" else None
            if declaration is None or declaration.cls is not None or declaration.kind not in _KINDS:
                continue
            if declaration.place is not None and declaration.is_certain and declaration.is_plain:
                relation, made = model.relations.get(name), state.fields[name]
                counts = name not in state.without_default
                yield from altered(declaration, relation, made, self._models, counts_default=counts)

    def _is_column(self, declaration: Declaration) -> bool:
        """Whether a field adds itself to its model like Django's own do."""
        if declaration.cls is None:
            return True
        names = {
            member.name
            for one in self._hierarchy.order(declaration.cls)
            if isinstance(one, ProjectClass)
            for member in one.fact.members
        }
        return declaration.kind != "django.db.models.Field" and "contribute_to_class" not in names

    def _removed(self, model: DjangoModel, state: ModelState) -> Iterator[str]:
        known = {*model.fields, *model.relations, *model.attributes, "id"}
        attributes = {relation.attribute for relation in model.relations.values()}
        for name in state.fields:
            if name not in known and name not in attributes and not name.endswith("_ptr"):
                yield name

    def _shows_all(self, model: DjangoModel) -> bool:
        """Whether the class bodies of a model show all of its fields, and no field brings others."""
        assert model.cls is not None
        if self._are_grown:
            return False
        for name in model.local:
            declaration = self._models.declaration(model, name) if name != "id" else None
            if declaration is not None and (
                not declaration.is_certain or declaration.kind not in _KINDS or declaration.cls is not None
            ):
                return False
        return all(
            not isinstance(base, Unresolved)
            and (
                not isinstance(base, External)
                or base.name in _PLAIN_BASES
                or known_model(base.name) is not None
            )
            for base in self._hierarchy.order(model.cls)
        )

    def _is_loaded(self, module: Module) -> bool:
        """Whether a module is loaded with the models of an installed app."""
        if self._loaded is None:
            graph = self._project.view(ImportGraph)
            names = {
                f"{app.name}.{last}" for app in self._models.apps.installed for last in ("models", "apps")
            }
            waiting = [one for one in self._project.modules if one.name in names]
            self._loaded = set(waiting)
            while waiting:
                for edge in graph.imports_of(waiting.pop()):
                    is_skipped = edge.fact.typing or edge.fact.guarded or edge.fact.scope
                    if not is_skipped and edge.imported not in self._loaded:
                        self._loaded.add(edge.imported)
                        waiting.append(edge.imported)
        return module in self._loaded
