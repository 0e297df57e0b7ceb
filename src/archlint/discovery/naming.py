"""The one dotted name of a source file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archlint.discovery.model import SUFFIXES, SourceFile

_INITS = tuple(f"/__init__{suffix}" for suffix in SUFFIXES)


def name_sources(paths: Iterable[str], roots: tuple[str, ...]) -> Iterator[SourceFile]:
    """Name files from the first root they are below; the last root is the empty path, above all."""
    root_of: dict[str, str] = {}
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder not in root_of:
            root_of[folder] = next(root for root in roots if is_below(folder, root))
        yield _name(path, root_of[folder])


def is_below(folder: str, root: str) -> bool:
    """Whether a folder is a root or stands below it."""
    return not root or folder == root or folder.startswith(f"{root}/")


def module_path(path: str) -> str:
    """A source file's path as an import reaches it: without its suffix, a package's without its file."""
    bare = path.rpartition(".")[0]
    return bare.removesuffix("/__init__")


def _name(path: str, root: str) -> SourceFile:
    bare = module_path(path[len(root) + 1 :] if root else path)
    # The `__init__.py` of a root itself has no package to be named after: the name of the folder above
    # it is not importable from the root, and for the project's root depends on where it was checked out.
    # As the plain module `__init__`, its relative imports lead where its neighbours really are.
    is_package = bare != "__init__" and path.endswith(_INITS)
    return SourceFile(path, bare.replace("/", "."), is_package, root)
