"""What a tool says of one contract, so that two tools can be compared."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Verdict:
    """Whether a contract is kept, and who may not import whom but does."""

    contract: str
    is_kept: bool
    pairs: Pairs = frozenset()
    trouble: str = ""
    """Why the contract cannot be checked at all."""


def differences(one: Verdict, other: Verdict) -> list[str]:
    """What the two say differently."""
    if one.trouble or other.trouble:
        return (
            []
            if one.trouble and other.trouble
            else [f"trouble: {one.trouble or '-'} / {other.trouble or '-'}"]
        )
    found = [] if one.is_kept == other.is_kept else [f"kept: {one.is_kept} / {other.is_kept}"]
    found += [f"only the other tool: {a} -> {b}" for a, b in sorted(one.pairs - other.pairs)]
    found += [f"only archlint: {a} -> {b}" for a, b in sorted(other.pairs - one.pairs)]
    return found


def holders(name: str, packages: Collection[str]) -> list[str]:
    """The packages that a module lies in."""
    return [each for each in packages if f"{name}.".startswith(f"{each}.")]
