"""The models of a Django project."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.frameworks.django.apps import Apps
from archlint.frameworks.django.candidates import candidates
from archlint.frameworks.django.constants import Constants
from archlint.frameworks.django.known.packages import TRANSLATING
from archlint.frameworks.django.models.arguments import given
from archlint.frameworks.django.models.blueprints import Blueprints
from archlint.frameworks.django.models.class_bodies import ClassBodies
from archlint.frameworks.django.models.coexistence import Coexistence
from archlint.frameworks.django.models.contributed import may_be_contributed, may_be_translated
from archlint.frameworks.django.models.field_kinds import (
    GENERIC_FOREIGN_KEY,
    GENERIC_RELATION,
    MANY_TO_MANY,
    ORDER,
)
from archlint.frameworks.django.models.joining import joining_model
from archlint.frameworks.django.models.makers import Makers
from archlint.frameworks.django.models.managers import Managers
from archlint.frameworks.django.models.openness import Openness
from archlint.frameworks.django.models.presence import Presence
from archlint.frameworks.django.models.references import References
from archlint.frameworks.django.models.relations import Relations, Targets
from archlint.frameworks.django.settings.modules import Settings
from archlint.frameworks.orm import Field, Manager, Member, Model, Place, Relation
from archlint.frameworks.schema import Schema
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.finder import Finder
from archlint.project.functions import Functions
from archlint.project.memo import Memo
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.frameworks.django.models.declared import Blueprint, Declaration, ManagerDeclaration, Option
    from archlint.frameworks.django.models.references import Target
    from archlint.project.project import Project


class DjangoModel(Model, frozen=True):
    """A model with what only Django knows of it."""

    app_label: str = ""
    is_proxy: bool = False
    is_swapped: bool = False
    """Another model stands in for it: `auth.User` where AUTH_USER_MODEL names a different one."""

    concrete: str = ""
    """Key of the model whose table it is in; its own, but for proxies."""

    local: frozenset[str] = frozenset()
    """Names of the members that are its own and not those of a concrete parent."""

    is_historical: bool = False
    """It is as the migrations have it at some point: it has fields, and none of the methods of its class."""


PAST = "@@"
"""Stands in the key of a model between the point of the migrations at which it is so and its label."""


def is_of_past(key: str) -> bool:
    """Whether a model is as the migrations have it at some point."""
    return PAST in key


class Pointer(msgspec.Struct, frozen=True):
    """A relation as the other side sees it."""

    relation: Relation
    model: str
    """Key of the model that holds it."""

    accessor: str
    """Empty where there is none, or nobody can tell."""

    query_name: str


class DjangoModels(Schema):
    """Every model of the project, and the known ones that may be installed.

    A model's relations hold those that lead to it from elsewhere too. One that can be asked for in
    queries but has no accessor stands under `+` and its query name.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        scopes, functions = project.view(Scopes), project.view(Functions)
        self._hierarchy = hierarchy = project.view(ClassHierarchy)
        self.settings = project.view(Settings)
        self.apps = Apps(project, project.view(Finder), self.settings)
        makers = Makers(scopes, hierarchy, functions, Managers(scopes, hierarchy, functions))
        self.coexistence = Coexistence(self.settings, self.apps)
        self._openness = openness = Openness(project.modules, scopes, hierarchy, functions)
        self._blueprints = Blueprints(
            (ProjectClass(module, index) for module, index in candidates(project)),
            hierarchy,
            ClassBodies(hierarchy, makers, Constants(scopes, functions)),
            openness,
            self.apps,
        )
        self.references = References(scopes, hierarchy, functions, self._blueprints, self.settings)
        self._relations = Relations(self.references, self._blueprints)
        own = {module.name.partition(".")[0] for module in project.modules}
        self._presence = Presence(self.settings, self.apps, own)
        self._local: dict[str, dict[str, Field | Relation]] = {}
        self._reverse: dict[str, list[Relation]] = {}
        self._pointing: dict[str, list[Pointer]] = {}
        # Models with columns for each language show them in no class body.
        self._translates = not TRANSLATING.isdisjoint(project.imported)
        self._may_be_contributed = Memo(project.reads, self._find_contributed)
        loose: set[str] = set()
        present = [one for one in self._blueprints if self._presence.of(one)]
        # What is not installed gives its heirs all the same what it has, if it can be inherited from at all.
        self._opened = {one.key for one in self._blueprints} - {one.key for one in present}
        present += self._joining(present)
        for blueprint in present:
            local = dict(self._declared(blueprint))
            key = self._key(blueprint, local)
            if key is not None:
                local[key.name] = key
            if blueprint.option("order_with_respect_to") is not None and not blueprint.is_abstract:
                local["_order"] = Field("_order", ORDER, blueprint.key, None, column="_order", null=False)
            self._local[blueprint.key] = local
        for blueprint in present:
            if not blueprint.is_abstract and not self._presence.is_swapped(blueprint):
                loose |= self._reach(blueprint)
                loose |= _unseen_ways_back(blueprint)
        self.loose_names = openness.loose_names | loose
        """Names that code gives to models nobody can tell, relations without a known target too."""

        models = [self._model(blueprint) for blueprint in present]
        super().__init__(models)
        self._by_lower = {model.label.lower(): model for model in models if not model.is_abstract}

    @classmethod
    def build(cls, project: Project) -> DjangoModels:
        """The models of a project."""
        return cls(project)

    def model(self, key: str) -> Model | None:
        """The model of this key, one of the past too."""
        if not is_of_past(key):
            return super().model(key)
        from archlint.frameworks.django.migrations.historical import HistoricalModels

        return self._project.view(HistoricalModels).model(key)

    def relations_by(self, references: Targets) -> Relations:
        """What makes relations whose targets somebody else looks up."""
        return Relations(references, self._blueprints)

    def declared(self) -> Iterator[DjangoModel]:
        """The models that the project defines."""
        return (model for model in self if isinstance(model, DjangoModel) and model.cls is not None)

    def may_have(self, model: DjangoModel, name: str) -> bool:
        """Whether code that cannot be followed, or a field of an unusual class, may give a model a name."""
        if name in self.loose_names or (self._translates and may_be_translated(model, name)):
            return True
        return self._may_be_contributed((model.key, name))

    def may_be_asked_for(self, model: DjangoModel, name: str) -> bool:
        """Whether it may have a name, or a parent has: code for all heirs may ask for what one took away."""
        if self.may_have(model, name):
            return True
        above = (self.model(key) for key in model.parents)
        held = (one.member(name) for one in above if isinstance(one, DjangoModel))
        return any(one is not None and not self._leads_to_heir(one) for one in held)

    def _leads_to_heir(self, member: Member) -> bool:
        """Whether it is a parent's way to one of its children, which the others do not have."""
        if not isinstance(member, Relation) or not member.is_reverse:
            return False
        return member.target in self._blueprints.by_key and member.inverse in self._links(member.target)

    def _find_contributed(self, asked: tuple[str, str]) -> bool:
        model, name = self.model(asked[0]), asked[1]
        return isinstance(model, DjangoModel) and may_be_contributed(model, name, self._hierarchy)

    def hides_bases(self, model: DjangoModel) -> bool:
        """Whether a base of a model cannot be seen, which may be any other model."""
        return model.cls is not None and self._openness.hides_bases(self._hierarchy.order(model.cls))

    def is_made_otherwise(self, model: DjangoModel) -> bool:
        """Whether a metaclass of the project's own makes a model, which may be a proxy or of another app."""
        return model.cls is not None and self._openness.is_made_otherwise(self._hierarchy.order(model.cls))

    def named(self, label: str) -> DjangoModel | None:
        """The model of a label, whatever its case: `auth.user`."""
        return self._by_lower.get(label.lower())

    def pointing_at(self, key: str) -> tuple[Pointer, ...]:
        """Every relation that leads to a model or to a proxy of it, those whose names clash too."""
        return tuple(self._pointing.get(key, ()))

    def declaration(self, model: Model, name: str) -> Declaration | None:
        """How a member of a model's own is declared."""
        blueprint = self._blueprints.by_key.get(model.key)
        held = blueprint.local.get(name) if blueprint is not None else None
        return held.declaration if held is not None else None

    def option(self, model: Model, name: str) -> Option | None:
        """An option of a model's `Meta`, inherited ones too; None where it is not set."""
        return self._blueprints.by_key[model.key].meta.get(name)

    def target(self, model: Model, name: str) -> Target:
        """What the target of a relation of a model's own means."""
        blueprint = self._blueprints.by_key[model.key]
        return self._relations.target(blueprint, blueprint.local[name])

    def through(self, model: Model, name: str) -> Target:
        """What the `through` of a many-to-many relation of a model's own means."""
        blueprint = self._blueprints.by_key[model.key]
        return self._relations.through_target(blueprint, blueprint.local[name])

    def own(self) -> Iterator[tuple[DjangoModel, Member, Declaration]]:
        """Every field and relation that the project declares, once, with a model that has it.

        What an abstract base declares comes with the first model that inherits it, if there is one.
        """
        met: set[int] = set()
        for is_abstract in (False, True):
            for model in self.declared():
                if model.is_abstract is not is_abstract:
                    continue
                for name, held in self._blueprints.by_key[model.key].local.items():
                    member = model.member(name)
                    declaration = held.declaration
                    if declaration.place is None or member is None or id(declaration) in met:
                        continue
                    met.add(id(declaration))
                    yield model, member, declaration

    def _joining(self, present: list[Blueprint]) -> list[Blueprint]:
        """The models that Django makes for many-to-many fields, found by their labels like all others."""
        made: list[Blueprint] = []
        for model in present:
            for held in () if model.is_abstract else tuple(model.local.values()):
                declaration = held.declaration
                if declaration.kind != MANY_TO_MANY or given(declaration, "through") is not None:
                    continue
                target = self._relations.target(model, held)
                other = self._blueprints.by_key.get(target.key)
                if other is not None:
                    table = self._table(self._blueprints.concrete(model))
                    made.append(joining_model(model, declaration, target, other.name, table))
        for blueprint in made:
            self._blueprints.by_key.setdefault(blueprint.key, blueprint)
            self.references.register(blueprint)
        return made

    def _declared(self, blueprint: Blueprint) -> Iterator[tuple[str, Field | Relation]]:
        for name, held in blueprint.local.items():
            if self._relations.is_relation(held):
                yield name, self._relations.relation(blueprint, held)
            else:
                yield name, self._relations.field(held)

    def _reach(self, blueprint: Blueprint) -> set[str]:
        """Give each target what the relations of a model give it; the names of those without a target."""
        loose: set[str] = set()
        for name, held in blueprint.local.items():
            relation = self._local[blueprint.key][name]
            if not isinstance(relation, Relation) or relation.kind == GENERIC_FOREIGN_KEY:
                continue
            names = self._relations.reverse_names(blueprint, held)
            target = self._blueprints.by_key.get(relation.target)
            if target is None:
                loose |= {names.accessor, names.query} - {""}
                continue
            concrete = self._blueprints.concrete(target)
            is_generic = relation.kind == GENERIC_RELATION  # several may give one name; the last wins
            accessor = "" if is_generic else names.accessor
            pointer = Pointer(relation, blueprint.key, accessor, names.query)
            self._pointing.setdefault(concrete.key, []).append(pointer)
            if not names.is_known:
                self._opened.add(concrete.key)  # it has a name that nobody can tell
            if not (names.accessor or names.query):
                continue
            reverse = self._relations.reverse(blueprint, relation, names, concrete.key)
            self._reverse.setdefault(concrete.key, []).append(reverse)
        return loose

    def _model(self, blueprint: Blueprint) -> DjangoModel:
        cls = blueprint.cls
        members: dict[str, Field | Relation] = {}
        self._gather(blueprint, members, set())
        concrete = self._blueprints.concrete(blueprint)
        return DjangoModel(
            key=blueprint.key,
            name=blueprint.name,
            label=blueprint.label,
            cls=cls,
            place=Place(cls.module, cls.fact.line, cls.fact.column) if cls is not None else None,
            table=self._table(concrete),
            fields=MappingProxyType({n: m for n, m in members.items() if isinstance(m, Field)}),
            relations=MappingProxyType({n: m for n, m in members.items() if isinstance(m, Relation)}),
            attributes=blueprint.names - members.keys() - blueprint.managers.keys(),
            managers=MappingProxyType({name: _manager(one) for name, one in blueprint.managers.items()}),
            parents=blueprint.ancestors,
            is_abstract=blueprint.is_abstract,
            is_open=self._is_open(blueprint),
            meta=MappingProxyType({name: option.value for name, option in blueprint.meta.items()}),
            app_label=blueprint.app_label,
            is_proxy=blueprint.is_proxy,
            is_swapped=self._presence.is_swapped(blueprint),
            concrete=concrete.key,
            local=frozenset(self._local[blueprint.key]),
        )

    def _gather(self, blueprint: Blueprint, members: dict[str, Field | Relation], seen: set[str]) -> None:
        """A model's own members, then those of the models above it, nearest first."""
        if blueprint.key in seen:
            return
        is_below = bool(seen)
        seen.add(blueprint.key)
        for name, member in self._local.get(blueprint.key, {}).items():
            if is_below and member.primary_key:
                member = replace(member, primary_key=False)  # the child's key is its link
            members.setdefault(name, member)
        for reverse in self._reverse.get(blueprint.key, ()):
            if is_below and reverse.inverse in self._links(reverse.target):
                continue  # a parent's way to its other children is no field of this one
            members.setdefault(reverse.name or f"+{reverse.query_name}", reverse)
        for parent in blueprint.links:
            self._gather(self._blueprints.by_key[parent], members, seen)
        if blueprint.is_proxy:
            concrete = self._blueprints.concrete(blueprint)
            if concrete is not blueprint:
                seen.discard(concrete.key)
                self._gather_proxied(concrete, members, seen)

    def _gather_proxied(
        self, concrete: Blueprint, members: dict[str, Field | Relation], seen: set[str]
    ) -> None:
        inner: dict[str, Field | Relation] = {}
        self._gather(concrete, inner, set())
        for name, member in inner.items():
            members.setdefault(name, member)
        seen.add(concrete.key)

    def _links(self, key: str) -> set[str]:
        return set(self._blueprints.by_key[key].links.values())

    def _is_open(self, blueprint: Blueprint) -> bool:
        lineage = (blueprint.key, self._blueprints.concrete(blueprint).key, *blueprint.ancestors)
        return (
            blueprint.is_open
            or self._presence.is_extended(blueprint)
            or any(key in self._opened for key in lineage)
        )

    def _key(self, blueprint: Blueprint, local: dict[str, Field | Relation]) -> Field | Relation | None:
        """The primary key that Django adds, or the link to a parent that becomes one."""
        if (
            blueprint.is_abstract
            or blueprint.is_proxy
            or any(member.primary_key for member in local.values())
        ):
            return None
        if blueprint.links:
            found = local.get(next(iter(blueprint.links.values())))
            return replace(found, primary_key=True) if found is not None else None
        kind = self._presence.auto_field(blueprint)
        return Field("id", kind, blueprint.key, None, "", "id", False, True, True, True)

    def _table(self, concrete: Blueprint) -> str:
        if concrete.is_abstract:
            return ""
        given = concrete.option("db_table")
        if given is not None:
            text = getattr(given, "value", None)
            return text if isinstance(text, str) else ""
        return concrete.table or f"{concrete.app_label}_{concrete.name.lower()}"


def _manager(declared: ManagerDeclaration) -> Manager:
    made = declared.made
    return Manager(declared.name, made.cls, made.queryset, made.is_known, declared.place, made.is_plain)


def _unseen_ways_back(blueprint: Blueprint) -> set[str]:
    """What other models are given by relations that a model may have from a base nobody sees."""
    name = blueprint.name.lower()
    return {name, f"{name}s", f"{name}_set"} if blueprint.is_open else set()
