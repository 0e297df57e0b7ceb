"""The session that an object, a statement or a result belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place


class Origin(msgspec.Struct, frozen=True):
    """Which session it is: every run of one place makes one."""

    kind: str
    """`made` by a call, `promised` by an annotation, `scoped` for each request, `unknown`."""

    place: Place | None = None
    is_local: bool = False
    """Made inside a function."""

    within: int = 0
    """How many others of its place were open when it was made."""


class Owner(msgspec.Struct, frozen=True):
    """The session that an object belongs to."""

    origin: Origin
    is_async: bool | None
    """None where nobody can tell."""

    expires: bool | None
    """`expire_on_commit`."""

    is_sure: bool = True
    """Its making was seen; False where only an annotation speaks of it."""
