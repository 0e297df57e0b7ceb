"""Packs that are folders: imported under a name of their own, from where they lie.

The configuration names such a folder, so its code may run, unless the user refuses that. It runs as little
as possible beside that: nothing is put on the path of imports, so no module of the folder can stand in for
another one, and nothing is written into it, as no byte code is kept.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextvars import ContextVar
from hashlib import blake2b
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from types import CodeType, ModuleType
from typing import Final

ROOT: Final = "archlint_packs"
"""The package that all of them are imported below."""


def refuse() -> None:
    """Import no folder that a configuration names, as long as this context lasts."""
    _is_refused.set(True)


def are_refused() -> bool:
    """Whether folders that a configuration names are left out."""
    return _is_refused.get()


_is_refused: ContextVar[bool] = ContextVar("folder packs are refused", default=False)


def package_of(folder: str) -> str:
    """The dotted name that a folder is imported by, from now on; its last part is the folder's name."""
    if not any(isinstance(each, _Finder) for each in sys.meta_path):
        sys.meta_path.insert(0, _Finder())  # Python's own would find the modules inside, and keep byte code
    # Two projects in one run may each have a folder of the same name.
    place = f"{ROOT}._{blake2b(os.fsencode(folder), digest_size=6).hexdigest()}"
    name = os.path.basename(folder).replace("-", "_")
    _folders[place] = None
    _folders[f"{place}.{name}"] = folder
    return f"{place}.{name}"


_folders: dict[str, str | None] = {ROOT: None}
"""Where the packages are; None for those that only hold others."""


class _Loader(SourceFileLoader):
    """Neither reads nor writes byte code."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        code: CodeType = self.source_to_code(self.get_data(path), path)
        return code


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] != ROOT:
            return None
        if fullname in _folders:
            folder = _folders[fullname]
            return _package(fullname, folder) if folder else _holder(fullname)
        name = fullname.rpartition(".")[2]
        for folder in path or ():
            found = os.path.join(folder, name)
            if os.path.isdir(found):
                return _package(fullname, found)
            if os.path.isfile(f"{found}.py"):
                return spec_from_file_location(
                    fullname, f"{found}.py", loader=_Loader(fullname, f"{found}.py")
                )
        return None


def _holder(name: str) -> ModuleSpec:
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = []
    return spec


def _package(name: str, folder: str) -> ModuleSpec | None:
    init = os.path.join(folder, "__init__.py")
    if os.path.isfile(init):
        loader = _Loader(name, init)
        return spec_from_file_location(name, init, loader=loader, submodule_search_locations=[folder])
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [folder]
    return spec
