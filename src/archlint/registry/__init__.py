"""The packs that are installed, and the rules in them. Built-in packs come in by the same door."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from archlint.config.model import OWN_PACK, Config
from archlint.errors import ArchlintError, UsageError
from archlint.registry.pack import Pack, describe, read
from archlint.registry.selection import ActiveRule, in_force, select
from archlint.rule import Rule

if TYPE_CHECKING:
    from archlint.project import Project

__all__ = ["ActiveRule", "Pack", "Registry", "installed", "load"]

GROUP = "archlint.packs"
"""The entry points by which a distribution says: this package of mine is a pack."""


@dataclass(frozen=True, slots=True)
class Registry:
    """Every pack by its name and every rule by its id, both in order."""

    rules: Mapping[str, type[Rule]]
    packs: Mapping[str, Pack]

    def select(self, config: Config, project: Project) -> tuple[ActiveRule, ...]:
        """The rules that run on a project, in the order of their ids.

        Raises ArchlintError where a rule refuses the options it is configured with.
        """
        return self.rules_of(self.in_force(config, project), config)

    def in_force(self, config: Config, project: Project) -> tuple[str, ...]:
        """The packs that run on a project: those that are configured, or else detected."""
        return tuple(sorted(in_force(self.packs, config, project)))

    def rules_of(self, packs: Collection[str], config: Config) -> tuple[ActiveRule, ...]:
        """The rules of some packs that run. Raises as `select` does."""
        return select([rule for rule in self.rules.values() if rule.id.partition("/")[0] in packs], config)


@cache
def installed() -> Registry:
    """All installed packs, read once a process. Raises as `load` does."""
    return load()


def load(only: Collection[str] | None = None) -> Registry:
    """Import the installed packs, or only those named.

    Raises ArchlintError for a pack that cannot be imported or has a malformed rule, and UsageError
    for a name in `only` that no installed pack has.
    """
    entries = _entries()
    missing = sorted(set(only or ()) - entries.keys())
    if missing:
        raise UsageError(f"no pack `{missing[0]}` is installed; there are {', '.join(entries)}")
    wanted = [entry for name, entry in entries.items() if only is None or name in only]
    read_packs = [read(entry) for entry in wanted]
    rules = {rule.id: rule for _, found in read_packs for rule in found}
    return Registry(dict(sorted(rules.items())), {pack.name: pack for pack, _ in read_packs})


def _entries() -> dict[str, EntryPoint]:
    entries: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=GROUP)):
        known = entries.setdefault(entry.name, entry)
        if known.value != entry.value:
            raise ArchlintError(f"two packs have one name: {describe(known)} and {describe(entry)}")
    if OWN_PACK not in entries:
        raise ArchlintError(
            "archlint's own packs are missing; install archlint with pip, do not only copy it"
        )
    return entries
