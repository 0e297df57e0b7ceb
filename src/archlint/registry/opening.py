"""A configuration together with all the rules that it may speak of."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from archlint.config.model import Config
from archlint.config.packs import folders
from archlint.registry import Registry


class Opened(NamedTuple):
    """A configuration, and the registry with the packs and patterns that it brings itself."""

    config: Config
    registry: Registry


def opened(file: Path | None, root: Path, registry: Registry) -> Opened:
    """Read a configuration; the folders that it names as packs are imported for that.

    Raises ConfigError for its mistakes, and ArchlintError for a pack that cannot be imported.
    """
    # All that a configuration may say is dear to import, and a remembered report needs none of it.
    from archlint.config.loading import load

    known = registry.with_folders(folders(file))
    config = load(file, root, known.rules, known.packs)
    return Opened(config, known.with_patterns(config))
