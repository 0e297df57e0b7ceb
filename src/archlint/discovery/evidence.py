"""What the imports of a project say about its source roots."""

from __future__ import annotations

import os
import posixpath
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from archlint.discovery.candidates import Claim
from archlint.discovery.heads import Imported, imports_at_top
from archlint.discovery.naming import is_below
from archlint.discovery.tree import Tree
from archlint.source import Unreadable, read


class Votes:
    """How often imports are written from a folder, through it from further up, or in vain."""

    __slots__ = ("direct", "in_vain", "through")

    def __init__(self) -> None:
        self.direct = 0
        self.through = 0
        self.in_vain = 0


def gather(root: Path, tree: Tree, claims: Mapping[str, Claim], paths: Iterable[str]) -> Mapping[str, Votes]:
    """Count for each folder what the imports of these files say of it."""
    count = _Count(root, tree, claims)
    names = count.open_names()
    for path in paths:
        folder = posixpath.dirname(path)
        for imported in imports_at_top(os.path.join(root, path), names):
            count.add(folder, imported)
    return count.votes


class _Count:
    __slots__ = ("_claims", "_homes", "_root", "_texts", "_tree", "votes")

    def __init__(self, root: Path, tree: Tree, claims: Mapping[str, Claim]) -> None:
        self.votes: defaultdict[str, Votes] = defaultdict(Votes)
        self._root = root
        self._tree = tree
        self._claims = claims
        self._homes = _homes(tree, claims)
        self._texts: dict[str, bytes] = {}

    def open_names(self) -> frozenset[bytes]:
        """The first names of the imports that can tell anything: those that an open folder has something
        of, and those that lead from another folder to it.
        """
        open_folders = {folder for folder, claim in self._claims.items() if claim is not Claim.CERTAIN}
        names = {name for name, homes in self._homes.items() if not open_folders.isdisjoint(homes)}
        for home in self._claims:
            start = f"{home}/" if home else ""
            below = (folder[len(start) :] for folder in open_folders if folder.startswith(start))
            names |= {path.partition("/")[0] for path in below}
        return frozenset(name.encode("utf-8", "surrogateescape") for name in names if name)

    def add(self, importer: str, imported: Imported) -> None:
        """Count an import written in a file of the folder `importer`."""
        homes = self._homes.get(imported.segments[0], ())
        targets = {home: self._resolve(home, imported) for home in homes}
        hits = [home for home in homes if targets[home]]
        # Where an import leads elsewhere, it speaks against the roots above its file that have another
        # module of that name, as in tests that mirror the project; where it leads nowhere, against all.
        for home in homes:
            if home not in hits and (not hits or is_below(importer, home)):
                self.votes[home].in_vain += self._contradicts(home, imported)
        # A file sees the nearest root above it first. One that is not above it must be a root for
        # other reasons than this import, or the import is of something else.
        near = [home for home in hits if is_below(importer, home)][:1]
        for home in near or [home for home in hits if self._claims[home] is not Claim.PLAIN]:
            self._follow(home, targets[home])

    def _follow(self, home: str, target: str) -> None:
        """Count an import from `home` for it, and for the folders it leads through."""
        self.votes[home].direct += 1
        folder = posixpath.dirname(target)
        while folder != home:
            self.votes[folder].through += 1
            folder = posixpath.dirname(folder)

    def _resolve(self, home: str, imported: Imported) -> str:
        """The path an import leads to from a folder; empty where it leads nowhere."""
        path = posixpath.join(home, *imported.segments)
        for name in imported.names:
            if self._tree.has(f"{path}/{name}"):
                return f"{path}/{name}"
        if len(imported.segments) > 1:
            return path if self._tree.has(path) else ""
        # A single name may as well be a library's: the module has to know what is taken from it.
        text = self._text(path)
        return path if any(name.encode() in text for name in imported.names) else ""

    def _contradicts(self, home: str, imported: Imported) -> bool:
        """Whether the folder has a module of this name, yet not the one that is meant."""
        is_module = posixpath.join(home, imported.segments[0]) in self._tree.modules
        return is_module and (len(imported.segments) > 1 or bool(imported.names))

    def _text(self, module: str) -> bytes:
        """The source of a module; empty where there is none."""
        if module not in self._texts:
            file = self._tree.modules.get(module)
            try:
                self._texts[module] = read(self._root / file) if file else b""
            except Unreadable:
                self._texts[module] = b""
        return self._texts[module]


def _homes(tree: Tree, candidates: Collection[str]) -> dict[str, list[str]]:
    """The candidates that have something of a name, by the name, the deepest first.

    Names of the standard library are left out: whoever imports `logging.config` hardly means the
    project's own `logging/config.py`.
    """
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for path in (*tree.modules, *tree.folders):
        folder, _, name = path.rpartition("/")
        if path and folder in candidates and name not in sys.stdlib_module_names:
            homes[name].add(folder)
    return {name: sorted(folders, key=depth_first) for name, folders in homes.items()}


def depth_first(folder: str) -> tuple[int, str]:
    """A sorting key: the deepest folders first, the root last."""
    return (-len(folder.split("/")) if folder else 0, folder)
