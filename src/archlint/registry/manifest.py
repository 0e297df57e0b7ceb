"""The packs as they lie in the cache, so that rules are imported only when they have something to do."""

from __future__ import annotations

import msgspec

from archlint.footing import Footing
from archlint.registry.pack import Pack


class Manifest(msgspec.Struct, frozen=True, array_like=True):
    """What was read from the installed packs, every one of them sound, and what that stood on."""

    footing: Footing
    packs: tuple[Pack, ...]
