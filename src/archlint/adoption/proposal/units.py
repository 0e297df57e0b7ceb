"""The folders and modules that may be layers, by their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from archlint.adoption.proposal.vocabulary import ASIDE, RANKS
from archlint.project.module import Module
from archlint.project.project import Project

_MOST: Final = 0.6
"""The share of a source root that makes a package the whole of it."""

_PART: Final = 0.1
"""The share of a project that makes a source root worth a look."""

_ENOUGH: Final = (3, 2)
"""How many features must have a folder or module of a name, so that the name tells what it is for."""


class Unit(msgspec.Struct, frozen=True):
    """What goes by one name."""

    name: str
    patterns: tuple[str, ...]


def units(project: Project) -> tuple[tuple[Unit, ...], ...]:
    """The ways to see a project, each as its units in the order of the field.

    By the folders at the top of its package, or of the one folder in it that holds nearly all, where these
    are layers; and by what lies again and again in the folders of its features.
    """
    modules = [module for module in project.modules if not module.is_stub and not _is_aside(module)]
    homes = tuple(dict.fromkeys(_homes(modules)))
    ways = [_at_top(_inside(modules, home), home) for home in homes]
    ways += [
        _of_features(_inside(modules, home), home, enough, only_outer=only_outer)
        for home in homes
        for enough in _ENOUGH
        for only_outer in (False, True)
    ]
    return tuple(
        dict.fromkeys(tuple(sorted(found, key=lambda unit: (RANKS[unit.name], unit.name))) for found in ways)
    )


def _is_aside(module: Module) -> bool:
    segments = module.path.removesuffix(".py").split("/")
    return any(segment in ASIDE or segment.startswith("test_") for segment in segments)


def _homes(modules: Sequence[Module]) -> Iterator[str]:
    """The folders, each with its last `/`, that may be where the code is at home, one inside the other.

    A source root, the package that nearly all of it is, the folder that nearly all of that is, and so on.
    """
    roots = Counter(module.root for module in modules)
    for root, size in roots.most_common():
        if size >= _PART * len(modules):
            yield from _homes_in(modules, f"{root}/" if root else "")


def _homes_in(modules: Sequence[Module], home: str) -> Iterator[str]:
    while True:
        yield home
        inside = [module.path[len(home) :] for module in _inside(modules, home)]
        folders = Counter(path.partition("/")[0] for path in inside if "/" in path)
        folder, size = folders.most_common(1)[0] if folders else ("", 0)
        if size <= _MOST * len(inside):
            return
        home = f"{home}{folder}/"


def _inside(modules: Iterable[Module], home: str) -> list[Module]:
    return [module for module in modules if module.path.startswith(home)]


def _at_top(modules: Iterable[Module], home: str) -> list[Unit]:
    names = {module.path[len(home) :].partition("/")[0] for module in modules}
    plain = sorted({name.removesuffix(".py") for name in names} & RANKS.keys())
    return [Unit(name, (f"{home}{name}/**" if name in names else f"{home}{name}.py",)) for name in plain]


def _of_features(modules: Iterable[Module], home: str, enough: int, *, only_outer: bool) -> list[Unit]:
    """What lies in several folders; with `only_outer`, `services/admin/orders.py` is one of the services."""
    folders: dict[str, set[str]] = {}
    files: dict[str, set[str]] = {}
    for module in modules:
        *around, last = module.path[len(home) :].split("/")
        known = [at for at, name in enumerate(around) if name in RANKS]
        for at in known[:1] if only_outer else known:
            folders.setdefault(around[at], set()).add("/".join(around[:at]))
        if not known or not only_outer:
            files.setdefault(last.removesuffix(".py"), set()).add("/".join(around))
    found = []
    for name in sorted((folders.keys() | files.keys()) & RANKS.keys()):
        if len(folders.get(name, set()) | files.get(name, set())) >= enough:
            patterns = [f"{home}**/{name}/**"] if name in folders else []
            patterns += [f"{home}**/{name}.py"] if name in files else []
            found.append(Unit(name, tuple(patterns)))
    return found
