"""Columns that the database writes with every update: what a row had there before is no longer known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, last_name
from archlint.frameworks.sqlalchemy.sessions.lives import Remembered, Since, has_flushed

if TYPE_CHECKING:
    from archlint.frameworks.orm import Field
    from archlint.frameworks.sqlalchemy.values.instances import Instance


def is_outdated(instance: Instance, name: str, now: Since, remembered: Remembered) -> bool:
    """Whether an object was changed and flushed since: the database has a value that nobody fetched."""
    field = instance.entity.model.fields.get(name)
    if field is None or instance.entity.may_fetch_defaults or not _is_written_by_updates(field):
        return False
    changed = remembered((instance.track, "changed"))
    return isinstance(changed, Since) and changed.rollback == now.rollback and has_flushed(changed, now)


def _is_written_by_updates(field: Field) -> bool:
    """Whether its column says `onupdate=func.now()`; what Python makes is known at once."""
    written = field.options.get("onupdate")
    if not isinstance(written, Call) or not isinstance(written.function, Attribute):
        return False
    return last_name(written.function.value) == "func"
