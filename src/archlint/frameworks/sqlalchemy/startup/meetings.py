"""Which modules are loaded by one process together, and classes that come into being only there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Name, written_text
from archlint.frameworks.sqlalchemy.candidates import Candidates
from archlint.project.answer import External
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project


class Meetings:
    """Answers whether modules meet."""

    def __init__(self, project: Project) -> None:
        self._graph = project.view(ImportGraph)
        self._functions = project.view(Functions)
        self._candidates = project.view(Candidates)
        self._symbols = project.view(Symbols)
        self._modules = project.modules
        self._above: dict[Module, frozenset[Module]] = {}

    @classmethod
    def build(cls, project: Project) -> Meetings:
        """The view of a project."""
        return cls(project)

    def meet(self, *modules: Module) -> bool:
        """Whether some module imports all of these when it is imported, or they are one."""
        return bool(frozenset.intersection(*(self._importers(module) for module in modules)))

    def may_be_made(self, name: str) -> bool:
        """Whether a class of this name may come from a call: `type("Order", (Base,), {})`."""
        return "" in self._made or name.rpartition(".")[2] in self._made

    def is_brought(self, name: str) -> bool:
        """Whether some module imports a class of this name from outside, which may be mapped there."""
        last = name.rpartition(".")[2]
        return any(
            isinstance(self._symbols.imported(module, fact), External)
            for module in self._modules
            for fact in module.facts.imports
            if fact.name == last
        )

    @cached_property
    def _made(self) -> frozenset[str]:
        """The names of classes that calls make; empty for those that nobody can tell."""
        found: set[str] = set()
        for module in self._candidates.mentioning("type"):
            bodies = [self._functions.module_summary(module)]
            for index in range(len(module.functions)):
                function = ProjectFunction(module, index)
                if b"type" in function.module.encoded(function.fact):
                    bodies.append(self._functions.summary(function))
            for body in bodies:
                found.update(_named(site.call) for site in body.calls if _makes_class(site.call))
        return frozenset(found)

    def _importers(self, module: Module) -> frozenset[Module]:
        """The modules whose import surely imports a module, itself too."""
        if module not in self._above:
            found = {module}
            waiting = [module]
            while waiting:
                for edge in self._graph.importers_of(waiting.pop()):
                    if edge.importer not in found and not edge.fact.typing and not edge.fact.deferred:
                        found.add(edge.importer)
                        waiting.append(edge.importer)
            self._above[module] = frozenset(found)
        return self._above[module]


def _makes_class(call: Call) -> bool:
    return isinstance(call.function, Name) and call.function.id == "type" and len(call.arguments) == 3


def _named(call: Call) -> str:
    first = call.arguments[0]
    return written_text(first) or ""
