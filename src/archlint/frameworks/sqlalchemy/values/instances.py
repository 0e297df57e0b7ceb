"""Objects of mapped classes: where they came from, and what stands behind their attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.orm import Cardinality
from archlint.frameworks.sqlalchemy.loads.loads import Load, behind
from archlint.frameworks.sqlalchemy.places import here
from archlint.frameworks.sqlalchemy.sessions.lives import Since, carried, since, written
from archlint.frameworks.sqlalchemy.sessions.owner import Owner
from archlint.frameworks.sqlalchemy.shapes.members import CHANGING
from archlint.frameworks.sqlalchemy.values.instance_state import (
    forgotten,
    held_by,
    loaded,
    owner_of,
    takes_along,
    touched,
)
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.remembered import MIXED
from archlint.project.flow.values import (
    SLICE,
    Arguments,
    Either,
    Items,
    Many,
    Pending,
    Value,
    alternatives,
)

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.frameworks.sqlalchemy.values.entity import Entity
    from archlint.project.answer import External
    from archlint.project.classes import ProjectClass
    from archlint.project.project import Project


_MOST_HELD = 4


class Instance(Behaviour, frozen=True):
    """An object of a mapped class."""

    is_true = True

    entity: Entity
    how: str = "given"
    """`many` of a result, `one` by itself, `new`, `given` by an annotation: then nothing is known of it."""

    source: Place | None = None
    """Where its row was asked for, or where it was made."""

    way: tuple[str, ...] = ()
    """The relationships that lead here from the object of that row."""

    owner: Owner | None = None
    began: Since = Since()
    """How far its session had come when it was loaded."""

    loads: tuple[Load, ...] = ()
    is_open: bool = False
    """It may have been loaded with more than can be seen."""

    free: str = ""
    """The relationship that leads back to where it was reached from."""

    is_detached: bool = False
    """It was kept beyond its session: nothing loads what it lacks, until it is added to another."""

    def __hash__(self) -> int:
        return hash((id(self.entity), self.how, self.source, self.way))

    @property
    def cls(self) -> ProjectClass | None:
        """It is no class."""
        return None

    def types(self, project: Project) -> tuple[ProjectClass | External, ...]:
        """Its mapped class."""
        return (self.entity.cls,)

    @property
    def kind(self) -> object:
        """Objects of one class are alike."""
        return self.entity.key

    @property
    def track(self) -> tuple[object, ...]:
        """By what the state of this very object is remembered."""
        return (self.entity.key, self.source, self.way)

    def attribute(self, name: str, site: Site) -> Value:
        """A related object, a collection, a value, a method."""
        if name == "awaitable_attrs":
            return Awaitables(self)
        model, asked, name = self.entity.model, name, self.entity.through(name)
        if name in model.relations:
            found = self.related(name, site)
            touched(site, self, name)
            return found if name == asked else UNKNOWN
        if name in model.fields:
            touched(site, self, name)
            return UNKNOWN
        if name in ("__mapper__", "__table__"):
            return site.attribute(site.own(self.entity.cls, self, "__class__"), name)
        bases = (self.entity.cls, *self.entity.made_with)
        owned = (site.own(base, self, name) for base in bases)
        return next((own for own in owned if own is not UNKNOWN), UNKNOWN)

    def is_read_by(self, text: str, *, is_one: bool) -> bool:
        """What is mapped: to read it may take a query."""
        return self._is_mapped(text)

    def _is_mapped(self, name: str) -> bool:
        return name in self.entity.model.fields or name in self.entity.model.relations

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What one of its methods gives."""
        return site.call(self.attribute(name, site), arguments)

    def inherited(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`super().__init__(…)`: SQLAlchemy's constructor sets what it is given."""
        if name == "__init__":
            for key, value in arguments.named:
                assigned(site, self, key, value)
        return UNKNOWN

    def moved(self, after: Mapping[object, object], site: Site) -> Value:
        """As fresh as its session is now, if it was fresh there. A new one has no past."""
        if self.how == "new":
            forgotten(site, self, after)
        owner, told = after.get((self.track, "owner")), after.get((self.track, "began"))
        if isinstance(owner, Owner) and isinstance(told, Since):
            began = carried(told, after.get, site.state, owner.origin)
            site.remember((self.track, "began"), began or MIXED)
        if self.owner is None:
            return self
        now = carried(self.began, after.get, site.state, self.owner.origin)
        return msgspec.structs.replace(self, began=now) if now is not None else Instance(self.entity)

    def left_behind(self, after: Mapping[object, object]) -> Value:
        """It lacks for ever what is not loaded when its session is closed."""
        return _outliving(self, after) if self.how in ("one", "many") else self

    def kept(self) -> Value:
        """Its class and its session; what that has come to since then, nobody knows, unless it was closed."""
        if self.is_detached:
            return self
        is_known = self.owner is not None and self.owner.is_sure and self.how != "new"
        return Instance(self.entity, owner=self.owner if is_known else None)

    def written(self, name: str, value: Value, site: Site) -> None:
        """An attribute is set: it waits for a commit, and a relationship is there from now on."""
        if name and not self._is_mapped(name):
            return
        assigned(site, self, name, value)
        owner = owner_of(site.state, self)
        if owner is not None and self.how != "given" and not self._is_out_of_reach(site, owner):
            written(site, owner.origin, here(site), is_told=self.how != "many")
            if self.how in ("one", "many"):
                site.remember((self.track, "changed"), since(site.state, owner.origin) or MIXED)

    def _is_out_of_reach(self, site: Site, owner: Owner) -> bool:
        """Whether what is set is for whoever gets it: its session is closed, or has committed it here."""
        if site.state((owner.origin, "status")) == "closed":
            return True
        now = since(site.state, owner.origin) if self.how == "new" else None
        return now is not None and now.commit is not None

    def related(self, name: str, site: Site) -> Value:
        """What stands behind a relationship."""
        relation, target = self.entity.relation(name), self.entity.target(name)
        if relation is None or target is None or self.entity.lazy(name) in ("dynamic", "write_only"):
            return UNKNOWN
        if relation.cardinality is Cardinality.UNKNOWN:
            return UNKNOWN
        is_many = relation.cardinality.is_collection
        if self.how == "given":
            related = Instance(target)
        else:
            owner = owner_of(site.state, self)
            now = since(site.state, owner.origin) if owner is not None else None
            related = Instance(
                target,
                "many" if is_many or self.how == "many" else "one",
                self.source,
                (*self.way, name),
                owner,
                now or self.began,
                behind(self.loads, name),
                self.is_open or (owner is None and not self.is_detached) or self.how == "new",
                relation.inverse,
                self.is_detached,
            )
        return Collection(related, self, name) if is_many else related


class Collection(Behaviour, frozen=True):
    """`order.items`: the objects behind a relationship to many."""

    of: Instance
    owner: Instance
    name: str

    @property
    def contents(self) -> tuple[Value, ...]:
        """One of them stands for all."""
        return (self.of,)

    def each(self, site: Site) -> Value:
        """One of them."""
        return self.of

    def item(self, index: Value, site: Site) -> Value:
        """One of them, or some."""
        if index == SLICE:
            return self
        return msgspec.structs.replace(self.of, how="one") if self.of.how == "many" else self.of

    def moved(self, after: Mapping[object, object], site: Site) -> Value:
        """As its objects are."""
        of, owner = self.of.moved(after, site), self.owner.moved(after, site)
        if not isinstance(of, Instance) or not isinstance(owner, Instance):
            return self
        return Collection(of, owner, self.name)

    def kept(self) -> Value:
        """Objects of its class."""
        return Many(self.of.kept())

    def has_method(self, name: str) -> bool:
        """What it can be asked to do."""
        return name == "pop" or name in CHANGING

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What a list does."""
        if name in CHANGING:
            owner = owner_of(site.state, self.owner)
            if owner is not None and self.owner.how != "given":
                written(site, owner.origin, here(site))
            for value in arguments.positional:
                _linked(site, self.owner, self.name, value)
            return UNKNOWN
        return self.of if name == "pop" else UNKNOWN


class Awaitables(Behaviour, frozen=True):
    """`order.awaitable_attrs`: attributes that are loaded when they are awaited."""

    of: Instance

    def attribute(self, name: str, site: Site) -> Value:
        """A coroutine for the attribute."""
        value = self.of.attribute(name, site)
        loaded(site, self.of, name)
        return Pending(value)


def _outliving(instance: Instance, after: Mapping[object, object]) -> Instance:
    """An object whose session is surely closed by then: without it, and with what was loaded."""
    owner = owner_of(after.get, instance)
    if owner is None or owner.origin.kind != "made" or after.get((owner.origin, "status")) != "closed":
        return instance
    known = after.get((instance.track, "loaded"))
    names = sorted(known) if isinstance(known, frozenset) else ()
    loads = (*[Load(name, "immediateload") for name in names], *instance.loads)
    is_open = instance.is_open or known is MIXED
    return msgspec.structs.replace(instance, owner=None, loads=loads, is_open=is_open, is_detached=True)


def assigned(site: Site, instance: Instance, name: str, value: Value) -> None:
    """An attribute is given a value."""
    if name in instance.entity.model.relations:
        loaded(site, instance, name)
        for each in _each(value):
            _linked(site, instance, name, each)
            _held(site, instance, name, each)


def _held(site: Site, instance: Instance, name: str, other: Value) -> None:
    """A relationship takes an object along."""
    if not isinstance(other, Instance) or (other.how == "given" and other.owner is None):
        return
    if takes_along(instance.entity, name):
        site.remember((instance.track, "held"), (*held_by(site.state, instance), other)[-_MOST_HELD:])


def _linked(site: Site, instance: Instance, name: str, other: Value) -> None:
    """The other side of a relationship knows of this one, too."""
    relation = instance.entity.relation(name)
    if relation is None or not relation.inverse:
        return
    for each in alternatives(other):
        if isinstance(each, Instance) and relation.inverse in each.entity.model.relations:
            inverse = each.entity.model.relations[relation.inverse]
            if each.how == "new" or not inverse.cardinality.is_collection:
                loaded(site, each, relation.inverse)


def _each(value: Value) -> tuple[Value, ...]:
    if isinstance(value, Items):
        return value.items
    if isinstance(value, Many):
        return alternatives(value.of)
    return value.options if isinstance(value, Either) else (value,)
