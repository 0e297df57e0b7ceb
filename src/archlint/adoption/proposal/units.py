"""The folders and modules that may be layers, by their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from archlint.adoption.proposal.vocabulary import ASIDE, RANKS
from archlint.project.module import Module
from archlint.project.project import Project

_MOST: Final = 0.6
"""The share of a source root that makes a package the whole of it."""

_ENOUGH: Final = 3
"""How many features must have a folder or module of a name, so that the name tells what it is for."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What goes by one name."""

    name: str
    patterns: tuple[str, ...]


def units(project: Project) -> tuple[tuple[Unit, ...], ...]:
    """The ways to see a project, each as its units in the order of the field.

    By the folders at the top of its package, where these are layers; and by what lies again and again in
    the folders of its features.
    """
    modules = [module for module in project.modules if not module.is_stub and not _is_aside(module)]
    home = _home(modules)
    inside = [module for module in modules if module.path.startswith(home)]
    return tuple(
        tuple(sorted(found, key=lambda unit: (RANKS[unit.name], unit.name)))
        for found in (_at_top(inside, home), _of_features(inside, home))
    )


def _is_aside(module: Module) -> bool:
    segments = module.path.removesuffix(".py").split("/")
    return any(segment in ASIDE or segment.startswith("test_") for segment in segments)


def _home(modules: Iterable[Module]) -> str:
    """The folder, with its last `/`, that holds the code: a package, or a source root of several."""
    roots = Counter(module.root for module in modules)
    if not roots:
        return ""
    root = roots.most_common(1)[0][0]
    start = f"{root}/" if root else ""
    inside = [module.path[len(start) :] for module in modules if module.path.startswith(start)]
    packages = Counter(path.partition("/")[0] for path in inside if "/" in path)
    package, size = packages.most_common(1)[0] if packages else ("", 0)
    return f"{start}{package}/" if size > _MOST * len(inside) and package not in RANKS else start


def _at_top(modules: Iterable[Module], home: str) -> list[Unit]:
    names = {module.path[len(home) :].partition("/")[0] for module in modules}
    plain = sorted({name.removesuffix(".py") for name in names} & RANKS.keys())
    return [Unit(name, (f"{home}{name}/**" if name in names else f"{home}{name}.py",)) for name in plain]


def _of_features(modules: Iterable[Module], home: str) -> list[Unit]:
    folders: dict[str, set[str]] = {}
    files: dict[str, set[str]] = {}
    for module in modules:
        *around, last = module.path[len(home) :].split("/")
        for at, name in enumerate(around):
            folders.setdefault(name, set()).add("/".join(around[:at]))
        files.setdefault(last.removesuffix(".py"), set()).add("/".join(around))
    found = []
    for name in sorted((folders.keys() | files.keys()) & RANKS.keys()):
        if len(folders.get(name, set()) | files.get(name, set())) >= _ENOUGH:
            patterns = [f"{home}**/{name}/**"] if name in folders else []
            patterns += [f"{home}**/{name}.py"] if name in files else []
            found.append(Unit(name, tuple(patterns)))
    return found
