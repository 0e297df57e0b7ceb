"""What the names in a pattern have to stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from archlint.concrete.patterns.placeholders import has_placeholder


class Names(msgspec.Struct, frozen=True):
    """What names of a pattern have to stand for, however they are imported."""

    chains: Mapping[str, Sequence[str]] = msgspec.field(default_factory=dict)
    """Chains such as `cache`, by what they may be."""

    dotted: bool = False
    """Whether a chain such as `flask.request` is what its dotted name says."""

    def targets(self, chain: str) -> Sequence[str]:
        """What a chain in a pattern has to be one of; nothing where it is taken as it is written."""
        if not chain:
            return ()
        if chain in self.chains:
            return self.chains[chain]
        return (chain,) if self.dotted and "." in chain and not has_placeholder(chain) else ()
