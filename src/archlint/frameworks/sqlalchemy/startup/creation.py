"""Where the tables of a metadata are created, and which modules are loaded by then."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Expression, Name, last_name
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.startup.imports_by_name import imports_by_name
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.imports.execution import Execution

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.objects.call_graph import CallGraph
    from archlint.project.project import Project
    from archlint.project.summaries import Summary

_STARTING = re.compile(
    r"_*(?:(?:create|make|build|get)_?app|app_factory|bootstrap|configure|init|lifespan|load|main|prepare|register"
    r"|setup|start|on_startup|import)"
)
_MIGRATING = frozenset({"alembic", "flask_migrate", "yoyo", "aerich"})


class Site(msgspec.Struct, frozen=True):
    """One `create_all`."""

    module: Module
    function: ProjectFunction | None
    """The function it stands in; None at module level."""

    metadata: str
    """Dotted name of the metadata; empty where nobody can tell."""

    place: Place


class Creation:
    """Finds what creates tables."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._mappings = project.view(Mappings)
        self._execution = project.view(Execution)
        self._functions = project.view(Functions)
        self.sites = tuple(self._sites())
        """Every `create_all` outside tests."""

    @classmethod
    def build(cls, project: Project) -> Creation:
        """The view of a project."""
        return cls(project)

    @property
    def is_migrated(self) -> bool:
        """Whether migrations make the tables, as far as one can see."""
        if any(path.endswith("alembic.ini") for path in self._project.files):
            return True
        return not self._project.imported.isdisjoint(_MIGRATING)

    def loaded(self, site: Site) -> frozenset[Module]:
        """The modules that are loaded when a site runs, without those that functions import.

        For a site in a function these are all that the processes load that can reach it. A site at module
        level comes before all modules that wait for its own.
        """
        return self._closure(self._roots(site.module)) if site.function is not None else self._before(site)

    def loaded_by_functions(self, site: Site) -> frozenset[Module] | None:
        """The same, with what the functions import that run at the start; None where code imports by name.

        These are the functions around the site, those that modules call, and those that are named like
        the making of an application.
        """
        found = self.loaded(site)
        early = self._early(site, found)
        steps = [step for function, line in early.items() for step in self._steps(function, line)]
        if site.function is not None or early:
            found |= self._closure(module for step in steps for module in step)
        blobs = [bytes(module.facts.body) for module in found]
        blobs += [function.module.encoded(function.fact) for function in early]
        return None if imports_by_name(blobs) else found

    def later(self, loaded: Iterable[Module]) -> frozenset[Module]:
        """The modules that functions of loaded modules may import when they are called."""
        steps = (step for module in loaded for step in self._execution.deferred(module))
        return self._closure(reached for step in steps for reached in step.reached)

    def needed(self, module: Module) -> frozenset[Module]:
        """The modules that importing one module loads."""
        return self._closure((module,))

    def _sites(self) -> Iterator[Site]:
        for module in self._mappings.candidates.mentioning("create_all"):
            if is_test(module.path):
                continue
            yield from self._in_body(module, None, self._functions.module_summary(module))
            for index in range(len(module.functions)):
                function = ProjectFunction(module, index)
                if b"create_all" in function.module.encoded(function.fact):
                    yield from self._in_body(module, function, self._functions.summary(function))

    def _in_body(self, module: Module, function: ProjectFunction | None, summary: Summary) -> Iterator[Site]:
        scope = function.scope if function is not None else ""
        called = (site.call.function for site in summary.calls)
        for expression in (*called, *(read.attribute for read in summary.reads)):
            if isinstance(expression, Attribute) and expression.attr == "create_all":
                metadata = self._metadata(module, scope, expression.value)
                place = Place(module, expression.line, max(expression.column - len("create_all"), 0))
                yield Site(module, function, metadata, place)

    def _metadata(self, module: Module, scope: str, receiver: Expression) -> str:
        lineage, names = self._mappings.lineage, self._mappings.names
        if not isinstance(receiver, (Name, Attribute)):
            return ""
        registry = lineage.registry_of_value(names.origin(module, scope, receiver))
        if registry is not None and registry.naming == "snake":
            return registry.metadata  # `db.create_all()`
        return lineage.metadata(module, scope, receiver)

    def _before(self, site: Site) -> frozenset[Module]:
        """What is loaded when the module of a site has come to its line."""
        steps = self._execution.steps(site.module)
        own = self._closure(m for step in steps if step.fact.line < site.place.line for m in step.reached)
        others = self._closure(self._roots(site.module))
        waiting = self._importers(site.module) - own
        return (others - waiting) | own | {site.module}

    def _roots(self, module: Module) -> set[Module]:
        """Where the processes start that load a module: at modules that nobody imports."""
        importers = self._importers(module)
        predecessors = self._execution.predecessors
        roots = {
            each
            for each in importers - self._deferred
            if all(_is_below(other, each) for other in predecessors.get(each, ()))
        }
        real = {each for each in roots if not is_test(each.path)}
        if not real and module.is_package:
            return {module}  # its submodules import it, and are imported by its functions
        return real or {each for each in importers if not is_test(each.path)}

    def _importers(self, module: Module) -> set[Module]:
        return _reached(self._execution.predecessors, (module,))

    def _closure(self, modules: Iterable[Module]) -> frozenset[Module]:
        return frozenset(_reached(self._execution.successors, modules))

    @cached_property
    def _deferred(self) -> frozenset[Module]:
        """The modules that functions import: these start no process, they are part of one."""
        steps = (step for module in self._execution.modules for step in self._execution.deferred(module))
        return frozenset(step.reached[-1] for step in steps if step.reached)

    def _early(self, site: Site, loaded: frozenset[Module]) -> dict[ProjectFunction, float]:
        """The functions that may have run before a site: its callers, the makers of applications, callees.

        Each with the line to which it has come by then: for a caller, that of the last call that leads to
        the site.
        """
        from archlint.project.objects.call_graph import (
            CallGraph,  # dear, and only asked where a table is missing
        )

        graph: CallGraph = self._project.view(CallGraph)
        found: dict[ProjectFunction, float] = {}
        if site.function is not None:
            found[site.function] = site.place.line
        waiting = list(found)
        while waiting:
            for call in graph.callers(waiting.pop()):
                if call.caller not in found:
                    waiting.append(call.caller)
                found[call.caller] = max(found.get(call.caller, 0), call.site.call.line)
        for function in self._starting(loaded):
            found.setdefault(function, math.inf)
        waiting = list(found)
        while waiting:
            function = waiting.pop()
            for call in graph.calls_of(function):
                callee = call.function
                if callee is not None and callee not in found and call.site.call.line < found[function]:
                    found[callee] = math.inf
                    waiting.append(callee)
        return found

    def _starting(self, modules: Iterable[Module]) -> Iterator[ProjectFunction]:
        """The functions that modules call when they are imported, and those named like a start."""
        for module in modules:
            called = {last_name(site.call.function) for site in self._functions.module_summary(module).calls}
            for index, fact in enumerate(module.functions):
                if fact.name in called or _STARTING.match(fact.name):
                    yield ProjectFunction(module, index)

    def _steps(self, function: ProjectFunction, line: float) -> Iterator[tuple[Module, ...]]:
        """What a function imports until it comes to a line."""
        for step in self._execution.deferred(function.module):
            if step.fact.line > line:
                continue
            if step.fact.scope == function.scope or step.fact.scope.startswith(f"{function.scope}."):
                yield step.reached


def _is_below(module: Module, package: Module) -> bool:
    """Whether a module lies in a package, which it loads in any case."""
    return module.name.startswith(f"{package.name}.")


def _reached(table: dict[Module, tuple[Module, ...]], start: Iterable[Module]) -> set[Module]:
    found = set(start)
    waiting = list(found)
    while waiting:
        for each in table.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found
