"""Imports that cannot work, whatever the framework."""

from __future__ import annotations

from typing import Final

from archlint.level import Level

LEVELS: Final = {
    "foreign-orm": Level.ORM,
    "incompatible-dependency": Level.NONE,
    "missing-attribute": Level.NONE,
    "partial-import": Level.NONE,
    "undeclared-dependency": Level.NONE,
    "unresolved": Level.NONE,
}
