"""The array `packs`: names of installed packs, and folders that are packs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archlint.config.chain import chain, strings
from archlint.config.positions import KeyPath
from archlint.config.reader import Reader
from archlint.config.scalars import Choice
from archlint.config.sourced import Sourced


class FolderPack(str):
    """The name of a pack that is a folder."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class PackName(Choice):
    """The name of a pack; with a slash, the folder that it is."""

    def convert(self, value: str, path: KeyPath, reader: Reader) -> Sourced:
        """The name of the pack."""
        if not is_folder(value):
            return Choice.convert(self, value, path, reader)
        if not os.path.isdir(reader.document.file.parent / value):
            reader.problem(path, f"no such folder: `{value}`", "it is looked for beside the configuration")
            return self.broken(path, reader)
        folder = _absolute(reader.document.file, value)
        return Sourced(FolderPack(name_of(folder)), reader.origin(path))

    def schema(self) -> dict[str, object]:
        """A known name, or anything with a slash."""
        return {"anyOf": [Choice.schema(self), {"type": "string", "pattern": "/"}]}


def is_folder(value: object) -> bool:
    """Whether an entry names a folder."""
    return isinstance(value, str) and "/" in value


def name_of(folder: str) -> str:
    """The name of the pack that a folder is."""
    return os.path.basename(folder).replace("_", "-")


def folders(file: Path | None) -> tuple[str, ...]:
    """The absolute paths of the folders that a configuration and all it extends name as packs.

    They have to be known before the rest can be read, which names their rules. Mistakes are left to that.
    """
    return tuple(dict.fromkeys(_folders(file))) if file is not None else ()


def _folders(file: Path) -> Iterator[str]:
    for link in chain(file):
        for each in strings(link.table.get("packs")):
            folder = _absolute(link.file, each)
            if is_folder(each) and os.path.isdir(folder):
                yield folder


def _absolute(file: Path, value: str) -> str:
    return os.path.realpath(file.parent / value)
