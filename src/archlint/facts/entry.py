"""What is known of one file, as it lies in the cache."""

from __future__ import annotations

import msgspec

from archlint.facts.collecting import Collected
from archlint.facts.digests import Digests
from archlint.facts.module import ModuleFacts, decode_facts
from archlint.suppressions.model import Suppression


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The facts of one file as they were extracted under this module name from this content."""

    module: str
    digest: bytes
    facts: bytes
    """Encoded `ModuleFacts`; not as MessagePack within MessagePack, which would be read to find its end."""

    digests: Digests = Digests()
    suppressions: tuple[Suppression, ...] = ()
    """These two, which are in the facts too, are wanted of every file in every run."""

    collected: dict[str, Collected] = {}
    """What the collectors of packs said, by their keys."""

    def unpacked(self) -> ModuleFacts:
        """The facts. Decoded anew at each call."""
        return decode_facts(self.facts)
