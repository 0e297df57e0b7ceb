"""The session that an object, a statement or a result belongs to."""

from __future__ import annotations

import msgspec

from archlint.frameworks.sqlalchemy.sessions.lives import Origin


class Owner(msgspec.Struct, frozen=True):
    """The session that an object belongs to."""

    origin: Origin
    is_async: bool | None
    """None where nobody can tell."""

    expires: bool | None
    """`expire_on_commit`."""

    is_sure: bool = True
    """Its making was seen; False where only an annotation speaks of it."""
