"""The public interfaces of modules, as what packages offer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from archlint.adoption.draft import Entry, Value
from archlint.adoption.tach.exposed import patterns
from archlint.adoption.tach.settings import ROOT, Settings, TachInterface
from archlint.project.patterns import matches_name


class Interfaces:
    """The modules that have an interface, each with the interfaces that hold for it."""

    def __init__(self, settings: Settings, names: Sequence[str]) -> None:
        self._paths = sorted(_paths(settings, names))
        self._free = [module.path for module in settings.modules if module.is_unchecked]
        self._adopted = {
            path: found
            for path in self._paths
            if (found := [each for each in settings.interfaces if _adopts(path, each)])
        }
        self._has_root = settings.root_module != "ignore"

    def entries(self, more: Mapping[str, Value]) -> Iterator[Entry]:
        """One rule for all modules whose interface can be told."""
        told = {path: found for path, found in self._adopted.items() if self._public(path) is not None}
        closed = [path for path in told if "**" not in (self._public(path) or ())]
        if not closed:
            return
        public = [f"{path}.{name}" for path in closed for name in self._public(path) or ()]
        options: dict[str, Value] = {
            "packages": tuple(closed),
            "public": tuple(dict.fromkeys(public)),
            "underscores": False,
            "uses": False,
        }
        if apart := tuple(self._inside(closed)):
            options["apart"] = apart
        if not self._has_root:
            options["within"] = tuple(f"{path}.**" for path in self._outermost() if path not in self._free)
        yield Entry("imports/private", {**options, **more})

    def without_equal(self) -> Iterator[str]:
        """What cannot be told."""
        for path, found in self._adopted.items():
            if self._public(path) is None:
                exposed = ", ".join(f"`{each}`" for interface in found for each in interface.expose)
                yield f"the interface of `{path}`: {exposed} is more than names and wildcards can say"
        if any(each.visibility is not None for found in self._adopted.values() for each in found):
            yield "`visibility` of interfaces: here each is there for everybody"
        if any(each.is_exclusive for found in self._adopted.values() for each in found):
            yield "`exclusive` of interfaces: here a module offers what any of its interfaces exposes"
        if any(each.data_types != "all" for found in self._adopted.values() for each in found):
            yield "`data_types` of interfaces"

    def _public(self, path: str) -> tuple[str, ...] | None:
        """What a module exposes, relative to it; None where patterns cannot say it."""
        found: list[str] = []
        for expression in (each for interface in self._adopted[path] for each in interface.expose):
            names = patterns(expression)
            if names is None:
                return None
            found += names
        return tuple(dict.fromkeys(found))

    def _inside(self, closed: Sequence[str]) -> Iterator[str]:
        """Modules inside a closed one, each of which answers for itself."""
        for path in self._paths:
            if any(path.startswith(f"{each}.") for each in closed):
                yield path

    def _outermost(self) -> Iterator[str]:
        for path in self._paths:
            if not any(path.startswith(f"{each}.") for each in self._paths):
                yield path


def _paths(settings: Settings, names: Sequence[str]) -> set[str]:
    """The modules by name, wildcards laid open."""
    paths: set[str] = set()
    for module in settings.modules:
        if "*" in module.path:
            paths.update(name for name in names if matches_name(name, module.path))
        elif module.path != ROOT:
            paths.add(module.path)
    return paths


def _adopts(path: str, interface: TachInterface) -> bool:
    return any(_matches(pattern, path) for pattern in interface.modules)


def _matches(pattern: str, path: str) -> bool:
    try:
        return re.fullmatch(pattern, path) is not None
    except re.error:
        return pattern == path
