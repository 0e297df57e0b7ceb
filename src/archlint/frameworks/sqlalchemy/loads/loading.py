"""What happens when an attribute of an object is read: nothing, a query, or a failure."""

from __future__ import annotations

from enum import Enum

from archlint.frameworks.sqlalchemy.loads.identities import are_alike, is_beside, is_brought, is_met, is_tied
from archlint.frameworks.sqlalchemy.loads.loads import NOT_LOADING, how_loaded
from archlint.frameworks.sqlalchemy.loads.outdated import is_outdated
from archlint.frameworks.sqlalchemy.sessions.lives import Remembered, Since, has_flushed, rolled_back, since
from archlint.frameworks.sqlalchemy.sessions.owner import Owner
from archlint.frameworks.sqlalchemy.values.entity import Entity
from archlint.frameworks.sqlalchemy.values.instance_state import (
    LOADED_BY_MAPPING,
    began,
    is_left_out,
    owner_of,
)
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.project.flow.remembered import MIXED


class Lack(Enum):
    """Why an attribute is not there, and what that leads to."""

    DETACHED = "detached"
    """Its session is over: DetachedInstanceError."""

    GREENLET = "greenlet"
    """Its session is async, and nobody awaits: MissingGreenlet."""

    QUERY = "query"
    """The session queries the database."""


def lack(instance: Instance, name: str, remembered: Remembered) -> Lack | None:
    """What reading an attribute leads to; None where it is there, or nobody can tell."""
    belongs = remembered((instance.track, "owner"))
    if belongs == "none" or (belongs is None and instance.is_detached):
        return _lack_outside(instance, name, remembered)
    owner = owner_of(remembered, instance)
    if instance.how == "given":
        return _lack_of_given(instance, name, remembered)
    if owner is None or remembered((owner.origin, "expunged")) is not None:
        return None
    before = began(remembered, instance)
    if before is None:
        return None
    now = since(remembered, owner.origin)
    if now is None and not instance.is_open:
        now = rolled_back(remembered, owner.origin, before)
    if now is None:
        return None
    if MIXED in (now.openings, before.openings):
        return None  # it may be another session of the same place
    if now.openings != before.openings:
        return _lack_outside(instance, name, remembered)  # its own session is over, and this is another
    is_relation = name in instance.entity.model.relations
    expired = _is_expired(instance, now, before, owner.expires, remembered)
    if owner.is_async and not expired:
        expired = is_outdated(instance, name, now, remembered)
    is_unloaded = is_relation or is_left_out(instance, name)
    if not expired and not (is_unloaded and _is_unloaded(instance, name, now, before, remembered)):
        return None
    if not is_relation and name not in instance.entity.model.fields:
        return None
    if is_relation and instance.entity.lazy(name) in ("dynamic", "write_only", "noload", ""):
        return None
    is_closed = now.close != before.close and owner.origin.kind != "promised"  # it may be another's to close
    if is_closed:
        return Lack.DETACHED
    if owner.is_async is None:
        return None
    target = instance.entity.target(name)
    is_one = is_relation and not instance.entity.model.relations[name].cardinality.is_collection
    if is_one and (
        name == instance.free or (target is not None and _is_there(remembered, owner, instance, target))
    ):
        return None
    if is_one and not instance.way and is_tied(remembered, owner.origin, instance.entity, name):
        return None
    if is_relation and not expired and is_brought(remembered, owner.origin, instance.entity, name):
        return None
    if owner.is_async:
        return Lack.GREENLET
    is_once = instance.how == "many" and are_alike(remembered, owner.origin, instance, name)
    return None if is_once else Lack.QUERY


def lack_awaited(instance: Instance, name: str, remembered: Remembered) -> Lack | None:
    """The same for `await order.awaitable_attrs.lines`, which waits for its query."""
    found, owner = lack(instance, name, remembered), owner_of(remembered, instance)
    if found is not Lack.GREENLET or owner is None:
        return found
    is_once = instance.how == "many" and are_alike(remembered, owner.origin, instance, name)
    return None if is_once else Lack.QUERY


def _lack_of_given(instance: Instance, name: str, remembered: Remembered) -> Lack | None:
    """What an object lacks of which only its class is known: all, once its async session was rolled back.

    That it belongs to the session is known where the session was told to delete it.
    """
    owner = owner_of(remembered, instance)
    if owner is None or remembered((instance.track, "stored")) is not True or owner.is_async is not True:
        return None
    before = began(remembered, instance)
    is_gone = before is not None and rolled_back(remembered, owner.origin, before) is not None
    return Lack.GREENLET if is_gone and name in instance.entity.model.fields else None


def _is_there(remembered: Remembered, owner: Owner, instance: Instance, target: Entity) -> bool:
    """Whether the session may hold the one object behind a relationship: then it sends no query.

    Whoever makes an object takes the keys for it from others that are at hand.
    """
    if instance.how == "new" and remembered(("used", target.key)) is not None:
        return True
    if instance.way and is_beside(remembered, owner.origin, target):
        return True
    return is_met(remembered, owner.origin, target)


def _lack_outside(instance: Instance, name: str, remembered: Remembered) -> Lack | None:
    """What an object lacks that was expunged: what was not loaded by then."""
    if instance.how not in ("one", "many") or name not in instance.entity.model.relations:
        return None
    if instance.entity.lazy(name) in ("dynamic", "write_only", "noload", ""):
        return None
    is_unloaded = _is_unloaded(instance, name, Since(), Since(), remembered)
    return Lack.DETACHED if is_unloaded else None


def _is_expired(
    instance: Instance, now: Since, before: Since, expires: bool | None, remembered: Remembered
) -> bool:
    if remembered((instance.track, "expired")) is True:
        return True
    if now.rollback != before.rollback:
        return instance.how != "new" or has_flushed(before, now)
    return expires is True and now.commit != before.commit


def _is_unloaded(instance: Instance, name: str, now: Since, before: Since, remembered: Remembered) -> bool:
    known = remembered((instance.track, "loaded"))
    if known is MIXED or (isinstance(known, frozenset) and name in known):
        return False
    if instance.how == "new":
        return has_flushed(before, now) or remembered((instance.track, "stored")) is True
    if instance.is_open:
        return False
    if name in instance.entity.model.fields:
        return True  # for it was left out
    option = how_loaded(instance.loads, name)
    if option == "noload":
        return False  # it is empty, and no query asks for more
    if option:
        return option in NOT_LOADING and (option != "defaultload" or _is_lazy(instance, name))
    return _is_lazy(instance, name)


def _is_lazy(instance: Instance, name: str) -> bool:
    return instance.entity.lazy(name) not in LOADED_BY_MAPPING
