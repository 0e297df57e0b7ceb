"""What a run stands on besides the project: the code of archlint and its packs, and what is installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from hashlib import blake2b

import msgspec


class Footing(msgspec.Struct, frozen=True, array_like=True):
    """Two runs of one footing answer alike to the same project."""

    code: dict[str, bytes]
    """Digests of the packages of archlint and its packs, by folder."""

    installed: dict[str, int]
    """When something was last installed or removed: by the folders that packages are installed in, and by
    the files that declare packs in other folders on the path."""

    def with_folders(self, folders: Iterable[str]) -> Footing:
        """This and the code in some folders."""
        return Footing({**self.code, **{folder: _code(folder) for folder in folders}}, self.installed)

    def holds(self) -> bool:
        """Whether all of it is as it was, and the archlint that runs is part of it."""
        if self.installed != _installed() or not self.code.keys() >= set(_folders(("archlint",))):
            return False
        return all(_code(folder) == code for folder, code in self.code.items())


def footing(packages: Iterable[str]) -> Footing:
    """What this process stands on. `packages` are those of the packs, by their dotted names."""
    tops = {package.partition(".")[0] for package in ("archlint", *packages)}
    return Footing({folder: _code(folder) for folder in _folders(tops)}, _installed())


def _folders(packages: Iterable[str]) -> list[str]:
    paths = (getattr(sys.modules.get(package), "__path__", ()) for package in packages)
    return sorted({folder for path in paths for folder in path})


def _installed() -> dict[str, int]:
    found = {}
    for folder in filter(os.path.isdir, sys.path):
        if folder.endswith(("site-packages", "dist-packages")):
            found[folder] = os.stat(folder).st_mtime_ns
            continue
        for name in os.listdir(folder):  # no installer's: its time tells of other things too
            declared = os.path.join(folder, name, "entry_points.txt")
            if name.endswith((".dist-info", ".egg-info")) and os.path.isfile(declared):
                found[declared] = os.stat(declared).st_mtime_ns
    return found


def _code(folder: str) -> bytes:
    """What changes with the modules and presets of a package."""
    digest = blake2b(digest_size=16)
    for inside, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".py", ".toml")):
                found = os.stat(os.path.join(inside, name))
                stamp = f"{inside}/{name} {found.st_size} {found.st_mtime_ns}\0"
                digest.update(stamp.encode("utf-8", "replace"))
    return digest.digest()
