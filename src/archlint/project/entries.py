"""Through which of its modules a circle of imports may be entered first, in practice.

A module that nobody imports is where a process starts: a script, `wsgi.py`, what a server or a command is
told by name. From there the first import that leads into the circle decides. Imports inside functions
come later, and may be the first ones too. Where nothing but the circle is there, any of its modules may be
the first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from archlint.project.execution import Execution, Step
from archlint.project.import_graph import ImportGraph
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project

_TEST = re.compile(r"(?:^|/)(?:tests?/|test_[^/]*$|[^/]*_test\.py$|tests\.py$|conftest\.py$)")
_MENTION = re.compile(r"\b[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+|[\"'][A-Za-z_]\w*(?=[:\"'])")
_SETTINGS = re.compile(
    r"(?:\.(?:toml|cfg|ini|ya?ml|json|sh|env)|(?:^|/)(?:Procfile|Dockerfile|Makefile)[^/]*)$"
)
_DJANGO = frozenset({"apps", "models", "admin", "urls", "settings"})
"""Modules that Django imports by name."""

Touched: TypeAlias = tuple[frozenset[Module], bool]
"""The modules of the circle that importing something may enter first, and whether it surely enters one."""

_NOTHING: Touched = (frozenset(), False)


class Entries:
    """Finds the modules of a circle that may be its first."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._execution = project.view(Execution)
        self._deferring: dict[Module, list[Module]] = {}
        for module in self._execution.modules:
            for step in self._execution.deferred(module):
                for reached in step.reached:
                    self._deferring.setdefault(reached, []).append(module)

    @classmethod
    def build(cls, project: Project) -> Entries:
        """The view of a project."""
        return cls(project)

    def of(self, circle: Collection[Module]) -> Iterator[Module]:
        """The modules that may be imported first, those that are cheap to find in front."""
        upstream = self._upstream(circle)
        touched = self._touched(circle, upstream)
        given: set[Module] = set()
        starts = (self._started(circle, upstream, touched), self._named(circle, upstream, touched))
        for found in starts:
            for module in found:
                if module not in given:
                    given.add(module)
                    yield module
        if not given:
            yield from sorted(circle, key=_path)

    def _upstream(self, circle: Collection[Module]) -> set[Module]:
        """The modules whose import leads into the circle, without the circle."""
        found: set[Module] = set()
        waiting = list(circle)
        while waiting:
            for importer in self._execution.predecessors[waiting.pop()]:
                if importer not in found and importer not in circle:
                    found.add(importer)
                    waiting.append(importer)
        return found

    def _touched(self, circle: Collection[Module], upstream: set[Module]) -> dict[Module, Touched]:
        table: dict[Module, Touched] = {module: (frozenset((module,)), True) for module in circle}
        for component in self._execution.components:
            if component[0] not in upstream:
                continue
            each = {
                m: self._first(self._execution.around(m), self._execution.steps(m), table) for m in component
            }
            if len(component) > 1:
                # Upstream circles: whichever of them comes first, it may be any of these.
                both = frozenset().union(*(members for members, _ in each.values()))
                each = dict.fromkeys(component, (both, False))
            table.update(each)
        return table

    def _first(
        self, around: Iterable[Module], steps: Iterable[Step], table: dict[Module, Touched]
    ) -> Touched:
        """What is entered first by some imports, one after the other."""
        found: frozenset[Module] = frozenset()
        for module in around:
            members, is_sure = table.get(module, _NOTHING)
            found |= members
            if is_sure:
                return found, True
        for step in steps:
            for module in step.reached:
                touched = table.get(module)
                if touched is None:
                    continue
                found |= touched[0]
                if touched[1] and step.is_certain:
                    return found, True
        return found, False

    def _started(
        self, circle: Collection[Module], upstream: set[Module], touched: dict[Module, Touched]
    ) -> list[Module]:
        """Where processes start without being told by name; tests only where nothing else does."""
        starts = dict(self._roots(circle, upstream, touched))
        starts.update(self._late(circle, upstream, touched))
        real = [start for start in starts if not _TEST.search(start.path)]
        found = {module for start in real or starts for module in starts[start]}
        return sorted(found, key=_path)

    def _roots(
        self, circle: Collection[Module], upstream: set[Module], touched: dict[Module, Touched]
    ) -> Iterator[tuple[Module, frozenset[Module]]]:
        predecessors = self._execution.predecessors
        for component in self._execution.components:
            if component[0] not in upstream and component[0] not in circle:
                continue
            inside = set(component)
            if all(importer in inside for module in component for importer in predecessors[module]):
                yield from ((module, touched[module][0]) for module in component)

    def _late(
        self, circle: Collection[Module], upstream: set[Module], touched: dict[Module, Touched]
    ) -> Iterator[tuple[Module, frozenset[Module]]]:
        """Imports inside functions of modules that have not entered the circle by then."""
        reached = (*circle, *upstream)
        for module in dict.fromkeys(each for target in reached for each in self._deferring.get(target, ())):
            if module in circle or touched.get(module, _NOTHING)[1]:
                continue
            scopes: dict[str, list[Step]] = {}
            for step in self._execution.deferred(module):
                scopes.setdefault(step.fact.scope, []).append(step)
            yield module, frozenset().union(*(self._first((), s, touched)[0] for s in scopes.values()))

    def _named(
        self, circle: Collection[Module], upstream: set[Module], touched: dict[Module, Touched]
    ) -> Iterator[Module]:
        """What Django, a server or a settings file imports by name, and scripts."""
        mentioned = self._mentions()
        is_django = self._uses_django()
        for module in sorted((*circle, *upstream), key=_path):
            if _TEST.search(module.path):
                continue
            last = module.name.rpartition(".")[2]
            if module.name in mentioned or (is_django and last in _DJANGO):
                yield from sorted(touched[module][0], key=_path)
            elif "__main__" in self._project.text(module.path).text:
                # As a script it is no module of its name: what it imports comes first.
                yield from sorted(self._first((), self._execution.steps(module), touched)[0], key=_path)

    def _mentions(self) -> set[str]:
        """The dotted names in settings files, and in strings of the code."""
        found: set[str] = set()
        for path in (path for path in self._project.files if _SETTINGS.search(path)):
            for name in _MENTION.findall(self._project.text(path).text):
                found.update(_prefixes(name.strip("\"'")))
        for module in self._project.modules:
            if _TEST.search(module.path):
                continue
            for name in re.findall(r"[\"']([A-Za-z_][\w.]*)[:\"']", self._project.text(module.path).text):
                found.update(_prefixes(name))
        return found

    def _uses_django(self) -> bool:
        graph = self._project.view(ImportGraph)
        leaving = (edge.name for module in self._project.modules for edge in graph.external_of(module))
        return any(name == "django" or name.startswith("django.") for name in leaving)


def _path(module: Module) -> str:
    return module.path


def _prefixes(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]
