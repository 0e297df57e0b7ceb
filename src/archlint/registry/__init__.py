"""The packs that are installed, and the rules in them. Built-in packs come in by the same door."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.card import Card
from archlint.config.model import Config
from archlint.errors import ArchlintError
from archlint.facts.collecting import Collector
from archlint.footing import Footing, footing
from archlint.registry.manifest import Manifest
from archlint.registry.pack import Pack
from archlint.registry.selection import ActiveRule, in_force, select
from archlint.store import Store

if TYPE_CHECKING:
    from archlint.project import Project

__all__ = ["ActiveRule", "Pack", "Registry", "installed", "load", "recall"]

_KEPT = "manifest.msgpack"


class Registry(msgspec.Struct, frozen=True):
    """Every rule by its id and every pack by its name, both in order."""

    rules: Mapping[str, Card]
    packs: Mapping[str, Pack]
    footing: Footing
    """The code that they are, and what it stands on."""

    @classmethod
    def of(cls, packs: Iterable[Pack], footing: Footing) -> Registry:
        """The registry of some packs."""
        known = {pack.name: pack for pack in packs}
        rules = {card.id: card for pack in known.values() for card in pack.rules}
        return cls(dict(sorted(rules.items())), dict(sorted(known.items())), footing)

    def select(self, config: Config, project: Project) -> tuple[ActiveRule, ...]:
        """The rules that run on a project, in the order of their ids.

        Raises ArchlintError where a rule lacks an option that it cannot do without.
        """
        return self.rules_of(self.in_force(config, project), config)

    def in_force(self, config: Config, project: Project) -> tuple[str, ...]:
        """The packs that run on a project: those that are configured, or else detected."""
        return tuple(sorted(in_force(self.packs, config, project)))

    def rules_of(self, packs: Collection[str], config: Config) -> tuple[ActiveRule, ...]:
        """The rules of some packs that run. Raises as `select` does."""
        return select([rule for rule in self.rules.values() if rule.id.partition("/")[0] in packs], config)

    def with_patterns(self, config: Config) -> Registry:
        """This registry and the rules that a configuration writes down itself."""
        if not config.patterns:
            return self
        from archlint.patterns.card import cards

        rules = {**self.rules, **{card.id: card for card in cards(config)}}
        return replace(self, rules=dict(sorted(rules.items())))

    def with_folders(self, folders: Iterable[str]) -> Registry:
        """This registry and the packs that are folders. Raises ArchlintError as `load` does."""
        found = tuple(folders)
        if not found:
            return self
        from archlint.registry.reading import read_folder

        packs = dict(self.packs)
        for folder in found:
            pack = read_folder(folder)
            if pack.name in packs:
                raise ArchlintError(
                    f"two packs have one name, `{pack.name}`: {folder} and {packs[pack.name].distribution}"
                )
            packs[pack.name] = pack
        return Registry.of(packs.values(), self.footing.with_folders(found))

    def collectors(self, config: Config) -> tuple[Collector, ...]:
        """The functions that give facts to packs which may run."""
        return tuple(
            Collector(pack.name, self._stamp(pack), module, name, pack.folder)
            for pack in self.packs.values()
            if config.packs is None or pack.name in (*config.packs, *config.pack_folders)
            for module, _, name in (each.partition(":") for each in pack.collectors)
        )

    def _stamp(self, pack: Pack) -> str:
        """What changes with the version of a pack, and with its code."""
        digest = blake2b(pack.distribution.encode("utf-8", "surrogateescape"), digest_size=8)
        for folder, code in self.footing.code.items():
            if f"{pack.folder or folder}{os.sep}".startswith(f"{folder}{os.sep}"):
                digest.update(code)
        return digest.hexdigest()

    def keep(self, store: Store) -> None:
        """Let the next run have this registry from the store."""
        store.save(_KEPT, Manifest(self.footing, tuple(self.packs.values())))


def recall(store: Store) -> Registry | None:
    """The registry that was kept, if it is that of the packs as they are now. Nothing is imported for it."""
    kept = store.load(_KEPT, Manifest)
    return Registry.of(kept.packs, kept.footing) if kept is not None and kept.footing.holds() else None


@cache
def installed() -> Registry:
    """All installed packs, read once a process. Raises as `load` does."""
    return load()


def load(only: Collection[str] | None = None) -> Registry:
    """Import the installed packs, or only those named.

    Raises ArchlintError for a pack that cannot be imported or has a malformed rule, and UsageError
    for a name in `only` that no installed pack has.
    """
    # Not needed where the registry is recalled, and dear to import.
    from archlint.registry.reading import declared, read

    packs = [read(entry) for entry in declared(only)]
    return Registry.of(packs, footing(pack.package for pack in packs))
