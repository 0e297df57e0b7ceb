"""Packs that a configuration names and that were not imported, because the user refuses folders as packs.

Nobody knows which rules they have. So whatever names one of them is taken as it stands: it is no mistake, and
nothing that it has accepted is taken for gone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from archlint.baseline.entry import Entry
from archlint.config.model import Config
from archlint.project.module import Module


def left_out(config: Config, packs: Collection[str]) -> frozenset[str]:
    """The names of the packs that the configuration names and that are not among those there are."""
    return frozenset(config.pack_folders) - frozenset(packs)


def notices(packs: Iterable[str]) -> Iterator[str]:
    """What has to be told, so that nobody takes for checked what was not."""
    for name in sorted(packs):
        yield f"the folder of the pack `{name}` is not imported: its rules do not run"


def named(packs: Collection[str], modules: Iterable[Module], entries: Iterable[Entry]) -> frozenset[str]:
    """The rules of such packs that suppressions and accepted findings name."""
    if not packs:
        return frozenset()
    comments = (name.text for module in modules for each in module.suppressions for name in each.names)
    rules = (*comments, *(entry.rule for entry in entries))
    return frozenset(rule for rule in rules if rule.partition("/")[0] in packs)
