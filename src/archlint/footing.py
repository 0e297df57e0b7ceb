"""What a run stands on besides the project: the code of archlint and its packs, and what is installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import msgspec


class Footing(msgspec.Struct, frozen=True, array_like=True):
    """Two runs of one footing answer alike to the same project."""

    code: dict[str, bytes]
    """Digests of the packages of archlint and its packs, by folder."""

    installed: dict[str, int]
    """When something was last installed or removed, by the folders that packages are installed in."""

    def holds(self) -> bool:
        """Whether all of it is as it was."""
        return self.installed == _installed() and all(_code(f) == code for f, code in self.code.items())


def footing(packages: Iterable[str]) -> Footing:
    """What this process stands on. `packages` are the top-level packages of the rules."""
    return Footing({folder: _code(folder) for folder in _folders({"archlint", *packages})}, _installed())


def _folders(packages: Iterable[str]) -> list[str]:
    origins = (getattr(sys.modules.get(package), "__file__", None) for package in packages)
    return sorted({str(Path(origin).parent) for origin in origins if origin})


def _installed() -> dict[str, int]:
    folders = (path for path in sys.path if path.endswith(("site-packages", "dist-packages")))
    return {folder: os.stat(folder).st_mtime_ns for folder in folders if os.path.isdir(folder)}


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
