"""A configuration together with all the rules that it may speak of."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from archlint.config.model import Config
from archlint.config.packs import folders, name_of
from archlint.pack_folders import are_refused
from archlint.registry import Registry


class Opened(NamedTuple):
    """A configuration, and the registry with the packs and patterns that it brings itself."""

    config: Config
    registry: Registry


def opened(file: Path | None, root: Path, registry: Registry) -> Opened:
    """Read a configuration; the folders that it names as packs are imported for that,
    unless they are refused: then the rules in them do not run, and a report says so.

    Raises ConfigError for its mistakes, and ArchlintError for a pack that cannot be imported.
    """
    # All that a configuration may say is dear to import, and a remembered report needs none of it.
    from archlint.config.loading import load

    named = folders(file)
    if are_refused():
        known, unread = registry, frozenset(map(name_of, named)) - registry.packs.keys()
    else:
        known, unread = registry.with_folders(named), frozenset()
    config = load(file, root, known.rules, known.packs, unread)
    return Opened(config, known.with_patterns(config))
