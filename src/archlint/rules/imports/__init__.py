"""Imports that cannot work, whatever the framework."""

from __future__ import annotations

from typing import Final

from archlint.level import Level

LEVELS: Final = {"unresolved": Level.NONE, "partial-import": Level.NONE}
