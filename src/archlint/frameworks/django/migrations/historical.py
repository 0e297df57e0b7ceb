"""The models that the functions of migrations work with: `apps.get_model("shop", "Order")`.

They have the fields that the migrations have given them so far, and nothing of their classes.
https://docs.djangoproject.com/en/5.2/topics/migrations/#historical-models
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.frameworks.django.migrations.data_migrations import DataMigrations
from archlint.frameworks.django.migrations.history import Histories
from archlint.frameworks.django.migrations.moments import Moment, first_of, is_settled, merged
from archlint.frameworks.django.migrations.past_blueprints import PastBlueprints
from archlint.frameworks.django.migrations.past_references import PastReferences
from archlint.frameworks.django.models.declared import Held
from archlint.frameworks.django.models.field_kinds import ORDER
from archlint.frameworks.django.models.registered import PAST, DjangoModel, DjangoModels
from archlint.frameworks.django.models.relations import target_expression
from archlint.frameworks.django.models.spelling import MODELS
from archlint.frameworks.orm import Field, Manager, Member, Place, Relation
from archlint.project.memo import Memo

if TYPE_CHECKING:
    from archlint.frameworks.django.migrations.states import ModelState, State
    from archlint.frameworks.django.models.declared import Blueprint, Declaration
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project


class _Leading(msgspec.Struct, frozen=True):
    """What leads to a model."""

    holder: str
    """The name of the model that it stands in, in lower case."""

    declared: Declaration | None = None
    """The relation; None where the other is a proxy."""

    is_sure: bool = True


class HistoricalModels:
    """The models of the past, each made when somebody asks for it."""

    def __init__(self, project: Project) -> None:
        self._models = project.view(DjangoModels)
        self._histories = project.view(Histories)
        self._functions = project.view(DataMigrations)
        self._moments: dict[str, Moment] = {}
        self._merged: dict[tuple[str, int], State] = {}
        self._references = PastReferences(self._models, self._key)
        self._relations = self._models.relations_by(self._references)
        self._blueprints = PastBlueprints(project)
        self._moment = Memo(project.reads, self._find_moment)
        self._model = Memo(project.reads, self._find_model)
        self._leading: dict[int, tuple[State, dict[str, list[_Leading]]]] = {}
        self._sees_all = self._histories.labels <= {history.label for history in self._histories}
        self._user = self._models.references.user().key

    @classmethod
    def build(cls, project: Project) -> HistoricalModels:
        """The view of a project."""
        return cls(project)

    def moment(self, function: ProjectFunction) -> str:
        """The point of the migrations at which a function runs; empty where nobody can tell."""
        return self._moment(function)

    def key(self, moment: str, label: str) -> str:
        """The key of a model at a point of the migrations; empty where none is known by the label."""
        return self._key(moment, label.lower())

    def others(self, moment: str, label: str) -> tuple[str, ...] | None:
        """The models of an app that has none of this label at a point of the migrations.

        Nothing where it has, and None where nobody can tell.
        """
        app, _, name = label.partition(".")
        if self._histories.of(app) is None:
            return None
        state = self._moments[moment].state(app)
        return () if name.lower() in state else tuple(one.name for one in state.values())

    def model(self, key: str) -> DjangoModel | None:
        """The model of a key."""
        return self._model(key)

    def _find_moment(self, function: ProjectFunction) -> str:
        found = self._functions.of(function)
        if found is None or not is_settled(found[0], found[1].migration):
            return ""
        moment = Moment(*found, self._since)
        self._moments[moment.key] = moment
        return moment.key

    def _since(self, label: str, needed: frozenset[str]) -> State:
        """What an app may have from some of its migrations on."""
        history = self._histories.of(label)
        if history is None:
            return {}
        first = first_of(history, needed)
        if (label, first) not in self._merged:
            states: tuple[State, ...] = ({}, *history.states)
            self._merged[label, first] = merged(states[first + 1 :])
        return self._merged[label, first]

    def _key(self, moment: str, label: str) -> str:
        """The key of a model by its label in lower case."""
        app, _, name = label.rpartition(".")
        if app in self._histories.labels:
            state = self._moments[moment].find(app, name)
            return f"{moment}{PAST}{app}.{state.name}" if state is not None else ""
        known = self._models.named(label)
        return f"{moment}{PAST}{known.label}" if known is not None and known.cls is None else ""

    def _find_model(self, key: str) -> DjangoModel | None:
        moment, _, label = key.partition(PAST)
        app, _, name = label.rpartition(".")
        if moment not in self._moments:
            return None
        state = self._moments[moment].find(app, name.lower())
        if state is None and app in self._histories.labels:
            return None
        found = self._known(key, label) if state is None else self._made(key, app, state)
        return self._with_reverse(found, state) if found is not None else None

    def _known(self, key: str, label: str) -> DjangoModel | None:
        """A model that is known beforehand: its migrations have always made about the same."""
        now, moment = self._models.named(label), key.partition(PAST)[0]
        if now is None or now.cls is not None:
            return None
        relations: dict[str, Relation] = {}
        for name, relation in now.relations.items():
            target = self._models.model(relation.target)
            if not relation.is_reverse and isinstance(target, DjangoModel):
                there = self._key(moment, target.label.lower())
                relations[name] = replace(relation, owner=key, target=there)
        return replace(
            now,
            key=key,
            relations=MappingProxyType(relations),
            parents=(),
            is_open=now.is_open or not now.key.startswith("django.") or not self._sees_all,
            concrete=key,
            is_historical=True,
        )

    def _made(self, key: str, app: str, state: ModelState) -> DjangoModel:
        blueprint = self._blueprints.of(key, app, state)
        members = dict(self._members(blueprint))
        local = frozenset(members)
        above = [self.model(one) if one else None for one in self._above(blueprint)]
        parents = [one for one in above if one is not None]
        for parent in parents:
            for name, member in _inherited(parent, is_proxy=blueprint.is_proxy):
                members.setdefault(name, member)
        if not above and not any(member.primary_key for member in members.values()):
            members["id"] = Field("id", f"{MODELS}.AutoField", key, None, "", "id", False, True, True, True)
        is_open = blueprint.is_open or not self._sees_all or self._is_open_now(blueprint)
        return DjangoModel(
            key=key,
            name=blueprint.name,
            label=blueprint.label,
            cls=None,
            place=Place(state.module, state.line),
            fields=MappingProxyType({n: m for n, m in members.items() if isinstance(m, Field)}),
            relations=MappingProxyType({n: m for n, m in members.items() if isinstance(m, Relation)}),
            managers=MappingProxyType(
                {n: Manager(n, None, None, one.made.is_known) for n, one in blueprint.managers.items()}
            ),
            parents=tuple(each for one in parents for each in (one.key, *one.parents)),
            is_open=is_open or len(parents) < len(above) or any(one.is_open for one in parents),
            meta=MappingProxyType({name: option.value for name, option in blueprint.meta.items()}),
            app_label=blueprint.app_label,
            is_proxy=blueprint.is_proxy,
            concrete=parents[0].concrete if blueprint.is_proxy and parents else key,
            local=local,
            is_historical=True,
        )

    def _members(self, blueprint: Blueprint) -> Iterator[tuple[str, Member]]:
        for name, held in blueprint.local.items():
            if name == "_order":
                yield name, Field("_order", ORDER, blueprint.key, None, column="_order", null=False)
            elif self._relations.is_relation(held):
                yield name, self._relations.relation(blueprint, held)
            else:
                yield name, self._relations.field(held)

    def _above(self, blueprint: Blueprint) -> list[str]:
        """The keys of the models it inherits from; empty texts for those that nobody knows."""
        moment = blueprint.key.partition(PAST)[0]
        return [self._key(moment, label) for label in blueprint.parents]

    def _is_open_now(self, blueprint: Blueprint) -> bool:
        """Whether apps that nobody sees may point at a model: at users many do."""
        now = self._models.named(blueprint.label)
        return now is not None and now.is_open and now.key == self._user

    def _with_reverse(self, model: DjangoModel, state: ModelState | None) -> DjangoModel:
        """A model with what the relations of others give it."""
        moment, relations, is_open = model.key.partition(PAST)[0], dict(model.relations), model.is_open
        former = state.former if state is not None else ()
        labels = [model.label.lower(), *(f"{model.app_label}.{name}".lower() for name in former)]
        fields = dict(model.fields)
        for holder, declared, is_sure in self._pointing(moment, labels):
            held = Held(declared, holder.key)
            names = self._relations.reverse_names(holder, held)
            is_open = is_open or not names.is_known
            if not is_sure:
                fields |= {
                    name: _unsure(name, model) for name in {names.accessor, names.query} - {"", *fields}
                }
            elif names.accessor or names.query:
                relation = self._relations.relation(holder, held)
                given = self._relations.reverse(holder, relation, names, model.key)
                relations.setdefault(given.name or f"+{given.query_name}", given)
        fields = {name: one for name, one in fields.items() if one.kind or name not in relations}
        return replace(
            model, fields=MappingProxyType(fields), relations=MappingProxyType(relations), is_open=is_open
        )

    def _pointing(self, moment: str, labels: list[str]) -> Iterator[tuple[Blueprint, Declaration, bool]]:
        """The relations that lead to a model or to a proxy of it, and whether each is surely there."""
        for app in sorted(self._histories.labels):
            state = self._moments[moment].state(app)
            leading = self._leading_from(app, state)
            for one in [each for label in labels for each in leading.get(label, ())]:
                model = state[one.holder]
                if one.declared is not None:
                    holder = self._blueprints.of(f"{moment}{PAST}{app}.{model.name}", app, model)
                    yield holder, one.declared, one.is_sure
                else:
                    yield from self._pointing(moment, [f"{app}.{one.holder}"])

    def _leading_from(self, app: str, state: State) -> dict[str, list[_Leading]]:
        """The relations of an app, and its proxies, by the label that each leads to."""
        known = self._leading.get(id(state))
        if known is None:
            found: dict[str, list[_Leading]] = {}
            for holder, model in state.items():
                for declared, is_sure in self._blueprints.relations(model):
                    label = self._references.label(
                        app, model.name, target_expression(declared), declared.place
                    )
                    found.setdefault(label, []).append(_Leading(holder, declared, is_sure))
                for label in self._blueprints.proxied(app, model):
                    found.setdefault(label, []).append(_Leading(holder))
            known = self._leading[id(state)] = (state, found)
        return known[1]


def _inherited(parent: DjangoModel, *, is_proxy: bool) -> Iterator[tuple[str, Member]]:
    """What a model has from one above it; its key is another one, but for proxies."""
    members: dict[str, Member] = {**parent.fields, **parent.relations}
    for name, member in members.items():
        yield name, member if is_proxy else replace(member, primary_key=False)


def _unsure(name: str, model: DjangoModel) -> Field:
    """What a model may have or not."""
    return Field(name, "", model.key, None)
