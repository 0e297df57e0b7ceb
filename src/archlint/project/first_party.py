"""Which packages of the project are the ones its absolute imports mean.

A folder may only look like a package that is imported: `examples/flask/` beside `import flask`, or
`google/` in a project that also installs `google-cloud-storage`. What speaks for a package is that an
absolute import has found something in it, or that the importer sees it from its own source root and the
project requires no distribution of that name.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from archlint.project.answer import Definition, Folder
from archlint.project.files.requirements import Requirements
from archlint.project.finder import Finder
from archlint.project.imports.import_graph import Edge, ImportGraph
from archlint.project.module import Module
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project


class FirstParty:
    """Answers whether a package or a module is the one that an import means."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._finder = project.view(Finder)
        self._requirements = project.view(Requirements)
        self._symbols = project.view(Symbols)
        self._beside: defaultdict[str, list[Module]] = defaultdict(list)
        self._met: set[tuple[str, str]] = set()
        graph = project.view(ImportGraph)
        noted: set[tuple[str, Module]] = set()
        for module in project.modules:
            self._beside[module.folder].append(module)
            for edge in graph.imports_of(module):
                seen = (edge.fact.module, edge.imported)
                if not edge.fact.level and seen not in noted and _reaches(edge):
                    noted.add(seen)
                    self._note(edge)

    @classmethod
    def build(cls, project: Project) -> FirstParty:
        """The view of a project."""
        return cls(project)

    def owns(self, folder: Folder) -> bool:
        """Whether a folder without `__init__.py` is a package, and no other distribution's as well.

        It is a package once some absolute import has found something in this very folder.
        """
        if (folder.name, folder.path) not in self._met:
            return False
        root = _up(folder.path, folder.name.count(".") + 1)
        return self._finder.is_owned(folder) or not self._is_shared(root, folder.name.partition(".")[0])

    def means(self, importer: Module, name: str, target: Module | Folder) -> bool:
        """Whether this name in an absolute import of this module means the target.

        In a source root that does not contain the importer's, only what the imports around it find there
        can tell: whoever starts the importer decides what is on the path.
        """
        top = name.partition(".")[0]
        place = target.path if isinstance(target, Folder) else _place(target)
        root = _up(place, name.count(".") + 1)
        is_met = self._is_met(name, place)
        is_near = root in (importer.root, importer.folder)
        if top in sys.stdlib_module_names and not is_met:
            return False  # `enum.py` beside the library's: which one it is depends on how the code is started
        is_elsewhere = root and not is_near and not importer.root.startswith(f"{root}/")
        if is_elsewhere and not (
            is_met and len(self._finder.holders(top)) == 1 and self._is_seen(importer, top)
        ):
            return False
        if isinstance(target, Folder) and not self._finder.is_owned(target):
            return is_met and not self._is_shared(root, top)
        if name == top and isinstance(target, Module) and not _is_package(target):
            return not self._requirements.name(top)  # `build.py` beside the library `build`
        if is_met:
            return True
        return is_near and not self._requirements.name(top) and not self._is_around(place, importer)

    def _is_around(self, package: str, importer: Module) -> bool:
        """Whether a script lies in a package without being a module of it: `shop/steps/cart.py`."""
        folder = importer.folder
        while folder.startswith(f"{package}/"):
            if self._finder.at(folder) is None:
                return True
            folder = _up(folder, 1)
        return False

    def _is_seen(self, importer: Module, top: str) -> bool:
        """Whether the files beside a module find most of what they import from a package."""
        found = lacking = 0
        for module in self._beside[importer.folder]:
            for fact in module.facts.imports:
                if fact.level or fact.module.partition(".")[0] != top:
                    continue
                if isinstance(self._symbols.imported(module, fact), (Module, Definition)):
                    found += 1
                else:
                    lacking += 1
        return found >= max(lacking, 1)

    def _is_shared(self, root: str, top: str) -> bool:
        """Whether other distributions may have modules in a folder without `__init__.py`.

        Where nothing says what is required, modules directly in the topmost folder do: what distributions
        share holds packages only.
        """
        if any(self._is_open(f"{holder}/{top}") for holder in self._finder.holders(top)):
            return True
        if self._requirements.cover(root):
            return self._requirements.share(top)
        path = f"{root}/{top}" if root else top
        return not any(
            self._is_plain(f"{path}/{child}") for child in self._finder.children(Folder(path, top))
        )

    def _is_open(self, key: str) -> bool:
        """Whether a package goes on elsewhere: by `pkgutil.extend_path`."""
        module = self._finder.at(key)
        return module is not None and module.is_package and module.facts.dynamic_path

    def _is_plain(self, key: str) -> bool:
        module = self._finder.at(key)
        return module is not None and not module.is_package

    def _is_met(self, name: str, place: str) -> bool:
        """Whether something at this place has been found under this name.

        What lies in a package that is meant is meant with it.
        """
        while name and place:
            if (name, place) in self._met:
                return True
            name, place = _up(name, 1, "."), _up(place, 1)
        return False

    def _note(self, edge: Edge) -> None:
        """Note every package on the way to an imported module, as it is called in this import."""
        fact, imported = edge.fact, edge.imported
        place = _place(imported)
        name = f"{fact.module}.{fact.name}" if _is_child(edge) else fact.module
        while name and place and (name, place) not in self._met:
            self._met.add((name, place))
            name, place = _up(name, 1, "."), _up(place, 1)


def _reaches(edge: Edge) -> bool:
    """Whether an import has found more than a file or a folder of the right name."""
    fact, imported = edge.fact, edge.imported
    if fact.name in ("", "*") or ("." in fact.module and not imported.is_package):
        return "." in fact.module
    return imported.binds(fact.name) is not None or (_is_child(edge) and not imported.is_package)


def _is_child(edge: Edge) -> bool:
    """Whether the name that is taken is that of the module which is reached: `from app import models`."""
    path = f"{edge.fact.module}.{edge.fact.name}".replace(".", "/")
    return edge.fact.name != "" and f"/{_place(edge.imported)}".endswith(f"/{path}")


def _is_package(module: Module) -> bool:
    return module.is_package or module.name == "__init__"


def _place(module: Module) -> str:
    """Where a module lies, without ending; a package lies in its folder."""
    return module.folder if module.is_package else module.path.rpartition(".")[0]


def _up(path: str, levels: int, separator: str = "/") -> str:
    for _ in range(levels):
        path = path.rpartition(separator)[0]
    return path
