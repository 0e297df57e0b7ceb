"""What is remembered of an object of a mapped class: its session, and what of it is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.loads.loads import column_loaded, is_deferred
from archlint.frameworks.sqlalchemy.sessions.lives import Remembered, Since, since
from archlint.frameworks.sqlalchemy.sessions.owner import Origin, Owner
from archlint.project.flow.remembered import MIXED

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.values.entity import Entity
    from archlint.frameworks.sqlalchemy.values.instances import Instance
    from archlint.project.flow.behaviour import Site


LOADED_BY_MAPPING = frozenset({"joined", "selectin", "subquery", "immediate"})
"""How relationships are mapped that come with every object."""

_LEAVING = frozenset({"cascade", "viewonly"})
"""Options of relationships by which these may not take objects along."""

_NOTHING: Mapping[object, object] = {}


def is_left_out(instance: Instance, name: str) -> bool:
    """Whether a column is not loaded with its row: it is deferred, or others were asked for."""
    field = instance.entity.model.fields.get(name)
    if field is None or field.primary_key or instance.is_open or instance.how not in ("one", "many"):
        return False
    asked = column_loaded(instance.loads, name)
    return is_deferred(field) if asked is None else not asked


def owner_of(remembered: Remembered, instance: Instance) -> Owner | None:
    """The session that an object belongs to at this point; None for none and where nobody can tell."""
    found = remembered((instance.track, "owner"))
    if found is MIXED or found == "none":
        return None
    return found if isinstance(found, Owner) else instance.owner


def owned(site: Site, instance: Instance, owner: Owner | None) -> None:
    """An object is added to a session, or taken out of it."""
    site.remember((instance.track, "owner"), "none" if owner is None else owner)
    if owner is not None:
        site.remember((instance.track, "began"), since(site.state, owner.origin) or MIXED)


def began(remembered: Remembered, instance: Instance) -> Since | None:
    """How far its session had come when an object was loaded last; None where nobody can tell."""
    found = remembered((instance.track, "began"))
    if found is None or found == "nothing":
        return instance.began
    return found if isinstance(found, Since) else None


def is_of_earlier(remembered: Remembered, instance: Instance, session: Origin) -> bool:
    """Whether an object was loaded by a session that is over, and this is a later one of the same place."""
    before, now = began(remembered, instance), since(remembered, session)
    if before is None or now is None:
        return False
    counts = before.openings, now.openings
    return all(isinstance(count, int) for count in counts) and counts[0] != counts[1]


def loaded(site: Site, instance: Instance, *names: str) -> None:
    """Some relationships of an object are there from now on."""
    before = site.state((instance.track, "loaded"))
    known = before if isinstance(before, frozenset) else frozenset()
    if not known.issuperset(names):
        site.remember((instance.track, "loaded"), known.union(names))


def refreshed(site: Site, instance: Instance, names: tuple[str, ...]) -> None:
    """An object is read anew with some relationships; as a whole, with those that always come along."""
    owner = owner_of(site.state, instance)
    if owner is not None:
        site.remember((instance.track, "began"), since(site.state, owner.origin) or MIXED)
    site.remember((instance.track, "expired"), "no")
    site.remember((instance.track, "changed"), "nothing")
    if instance.how == "new":
        site.remember((instance.track, "stored"), True)
    before = site.state((instance.track, "loaded"))
    kept = before if isinstance(before, frozenset) and names else frozenset()
    site.remember((instance.track, "loaded"), kept.union(names or _coming_along(instance)))


def _coming_along(instance: Instance) -> Iterator[str]:
    entity = instance.entity
    return (name for name in entity.model.relations if entity.lazy(name) in LOADED_BY_MAPPING)


def forgotten(site: Site, instance: Instance, kept: Mapping[object, object] = _NOTHING) -> None:
    """An object is made where another was made before: what is remembered was said of that.

    `kept` is what is remembered of the object itself.
    """
    for fact in ("owner", "began", "loaded", "expired", "stored", "held", "changed"):
        key = (instance.track, fact)
        if key not in kept and site.state(key) is not None:
            site.remember(key, "nothing")


def touched(site: Site, instance: Instance, name: str) -> None:
    """An attribute is read: a session that is open and not async loads what is missing."""
    owner = owner_of(site.state, instance)
    if instance.how != "new" and name in instance.entity.model.fields:
        site.remember(("used", instance.entity.key), True)
    if instance.how == "new" and owner is None and name in instance.entity.model.relations:
        loaded(site, instance, name)  # nothing is stored yet: the collection begins empty, and stays
    if owner is None or owner.is_async is not False or instance.how == "given":
        return
    now, before = since(site.state, owner.origin), began(site.state, instance)
    if now is None or before is None or now.close != before.close:
        return
    if (now.commit, now.rollback) != (before.commit, before.rollback):
        refreshed(site, instance, ())
    if name in instance.entity.model.relations or is_left_out(instance, name):
        loaded(site, instance, name)


def held_by(remembered: Remembered, instance: Instance) -> tuple[Instance, ...]:
    """The objects that go with this one into a session: those that its relationships were given."""
    found = remembered((instance.track, "held"))
    return found if isinstance(found, tuple) else ()


def takes_along(entity: Entity, name: str) -> bool:
    """Whether what a relationship is given goes with its object into a session; its cascade may say no."""
    relation = entity.model.relations.get(name)
    return relation is not None and _LEAVING.isdisjoint(relation.options)
