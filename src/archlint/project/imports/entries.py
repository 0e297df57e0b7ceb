"""Through which of its modules an import cycle may be entered first, in practice.

A module that nobody imports is where a process starts: a script, `wsgi.py`, what a server or a command is
told by name. From there the first import that leads into the cycle decides. Imports inside functions
come later, and may be the first ones too. Where nothing but the cycle is there, any of its modules may be
the first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from archlint.project.files.test_code import is_test
from archlint.project.imports.execution import Execution, Step
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.imports.touched import Touched
from archlint.project.memo import Memo
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project

_MENTION = re.compile(r"\b[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+|[\"'][A-Za-z_]\w*(?=[:\"'])")
_SETTINGS = re.compile(
    r"(?:\.(?:toml|cfg|ini|ya?ml|json|sh|env)|(?:^|/)(?:Procfile|Dockerfile|Makefile)[^/]*)$"
)
_DJANGO = frozenset({"apps", "models", "admin", "urls", "settings"})
"""Modules that Django imports by name."""


class Entries:
    """Finds the modules of a cycle that may be its first."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._mentioned = Memo(project.reads, self._mentions)
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

    def is_named(self, module: Module) -> bool:
        """Whether a settings file or a string in the code says the name of a module, or Django knows it."""
        last = module.name.rpartition(".")[2]
        is_known = self._uses_django and last in _DJANGO
        return is_known or module.name in self._mentioned(self._project)

    def of(self, cycle: Collection[Module]) -> Iterator[Module]:
        """The modules that may be imported first, one after the other: mostly the first one is enough."""
        touched = Touched(self._execution, cycle)
        given: set[Module] = set()
        for found in (self._started(touched), self._named(touched)):
            for module in found:
                if module not in given:
                    given.add(module)
                    yield module
        if not given:
            yield from sorted(cycle, key=_path)

    def _started(self, touched: Touched) -> Iterator[Module]:
        """Where processes start without being told by name; tests only where nothing else does."""
        has_real = False
        tests: list[frozenset[Module]] = []
        for start, members in chain(self._from_roots(touched), self._late(touched)):
            if is_test(start.path):
                tests.append(members)
            else:
                has_real = True
                yield from sorted(members, key=_path)
        if not has_real:
            yield from sorted(frozenset().union(*tests), key=_path)

    def _from_roots(self, touched: Touched) -> Iterator[tuple[Module, frozenset[Module]]]:
        for module in self._roots:
            if module in touched.reach:
                yield module, touched.by(module)[0]

    @cached_property
    def _roots(self) -> tuple[Module, ...]:
        """The modules that nobody imports, or nobody but those of a cycle they are in."""
        predecessors = self._execution.predecessors
        found = (
            component
            for component in self._execution.components
            if all(importer in component for module in component for importer in predecessors[module])
        )
        return tuple(sorted((module for component in found for module in component), key=_path))

    def _late(self, touched: Touched) -> Iterator[tuple[Module, frozenset[Module]]]:
        """Imports inside functions of modules that have not entered the cycle by then."""
        reach = sorted(touched.reach, key=_path)
        for module in dict.fromkeys(each for target in reach for each in self._deferring.get(target, ())):
            if module in touched.cycle or touched.by(module)[1]:
                continue
            scopes: dict[str, list[Step]] = {}
            for step in self._execution.deferred(module):
                scopes.setdefault(step.fact.scope, []).append(step)
            yield module, frozenset().union(*(touched.by_steps(steps)[0] for steps in scopes.values()))

    def _named(self, touched: Touched) -> Iterator[Module]:
        """What Django, a server or a settings file imports by name, and scripts."""
        mentioned, is_django = self._mentioned(self._project), self._uses_django
        for module in sorted(touched.reach, key=_path):
            if is_test(module.path):
                continue
            last = module.name.rpartition(".")[2]
            if module.name in mentioned or (is_django and last in _DJANGO):
                yield from sorted(touched.by(module)[0], key=_path)
            elif "__main__" in self._project.text(module.path).text:
                # As a script it is no module of its name: what it imports comes first.
                yield from sorted(touched.by_steps(self._execution.steps(module))[0], key=_path)

    def _mentions(self, _: Project) -> frozenset[str]:
        """The dotted names in settings files, and in strings of the code."""
        found: set[str] = set()
        for path in (path for path in self._project.files if _SETTINGS.search(path)):
            for name in _MENTION.findall(self._project.text(path).text):
                found.update(_prefixes(name.strip("\"'")))
        for module in self._project.modules:
            if is_test(module.path):
                continue
            for name in re.findall(r"[\"']([A-Za-z_][\w.]*)[:\"']", self._project.text(module.path).text):
                found.update(_prefixes(name))
        return frozenset(found)

    @cached_property
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
