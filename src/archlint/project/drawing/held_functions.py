"""Functions that modules hold under other names: `find_open = partial(find, "open")`, `{"open": find}`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Mapping, Name
from archlint.project.answer import Definition
from archlint.project.functions import Functions
from archlint.project.objects.called import called_function
from archlint.project.objects.values import Values
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.drawing.layers import Layers
    from archlint.project.imports.import_graph import Edge
    from archlint.project.module import Module
    from archlint.project.project import Project


class HeldFunctions:
    """Finds for a drawing who may have such a function in hand; each module is looked at once."""

    def __init__(self, project: Project, layers: Layers) -> None:
        self._project = project
        self._functions = project.view(Functions)
        self._scopes = project.view(Scopes)
        self._values = project.view(Values)
        self._layers = layers
        self._held: dict[Module, frozenset[str]] = {}

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The names of the dicts of modules that hold what the project defines."""
        return tuple(sorted({name for module in self._project.modules for name in self._tables_of(module)}))

    def are_asked(self, module: Module) -> bool:
        """Whether a function of a module may ask one of these dicts."""
        tables = self.tables
        return bool(tables) and any(module.mentions(function, *tables) for function in module.functions)

    def _tables_of(self, module: Module) -> Iterator[str]:
        if not any(binding.kind is Kind.VALUE for binding in module.facts.bindings):
            return
        for name, bound in self._functions.module_summary(module).bound.items():
            values = bound[0].value.values if isinstance(bound[0].value, Mapping) else ()
            named = (each for each in values if isinstance(each, (Name, Attribute)))
            if any(isinstance(self._scopes.resolve(module, "", each), Definition) for each in named):
                yield name

    def names(self, edge: Edge) -> Collection[str]:
        """The names in the importer by which what is held can be had; none of a layer's own."""
        fact, imported = edge.fact, edge.imported
        if imported in self._layers or (not fact.alias and fact.name != "*"):
            return ()
        if imported not in self._held:
            self._held[imported] = frozenset(self._find(imported))
        held = self._held[imported]
        if fact.name == "*":
            return held
        is_module = fact.target == imported.name
        return (fact.alias,) if held and (is_module or fact.name in held) else ()

    def _find(self, module: Module) -> list[str]:
        found: list[str] = []
        if not any(binding.kind is Kind.VALUE for binding in module.facts.bindings):
            return found
        for name, bound in self._functions.module_summary(module).bound.items():
            value = bound[0].value if len(bound) == 1 and bound[0].how == "assign" else None
            if isinstance(value, (Attribute, Call)) and self._is_function(module, name):
                found.append(name)
        return found

    def _is_function(self, module: Module, name: str) -> bool:
        binding = module.binds(name)
        if binding is None or binding.kind is not Kind.VALUE:
            return False
        held = self._values.held(Definition(module, binding.kind, name, binding.index, binding.line))
        found = called_function(self._values.on_call(held))
        return found is not None and found.module is not module
