"""What the names of modules and classes stand for, as values."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.imports import Import
from archlint.project.answer import MISSING, UNKNOWN, Answer, Definition, External, Folder
from archlint.project.classes import ProjectClass
from archlint.project.flow.blocks.closing import ClosingClass
from archlint.project.flow.blocks.exit_stacks import ExitStackClass
from archlint.project.flow.builtins.getters import AttributeGetterMaker
from archlint.project.flow.builtins.variables import ContextVariableClass
from archlint.project.flow.builtins.writing import LOGGERS
from archlint.project.flow.calls.elsewhere import KNOWN
from archlint.project.flow.values import Value
from archlint.project.functions import ProjectFunction
from archlint.project.module import Module
from archlint.project.scopes import nested
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from collections.abc import Callable

    from archlint.project.flow.flow import Flow
    from archlint.project.flow.semantics import Semantics

_BUILTINS = frozenset(dir(builtins))
_KNOWN: dict[str, Value] = {
    **KNOWN,
    **LOGGERS,
    "contextlib.AsyncExitStack": ExitStackClass(),
    "contextlib.aclosing": ClosingClass("aclose"),
    "contextlib.closing": ClosingClass("close"),
    "contextlib.ExitStack": ExitStackClass(),
    "contextvars.ContextVar": ContextVariableClass(),
    "operator.attrgetter": AttributeGetterMaker(),
}


class Names:
    """Looks names up, each once."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._symbols = flow.project.view(Symbols)
        self._globals: dict[Module, dict[str, Value]] = {}
        self._classes: dict[ProjectClass, Value] = {}
        self._outside: dict[str, Value] = {}

    def of_module(self, module: Module, name: str) -> Value:
        """What a name stands for at the level of a module, builtins behind it."""
        table = self.known(module)
        known = table.get(name)
        if known is not None:
            return known
        table[name] = UNKNOWN  # a name that stands for itself
        value, is_settled = self._flow.runs.watched(lambda: self._global(module, name))
        if is_settled:
            table[name] = value
        else:
            del table[name]
        return value

    def known(self, module: Module) -> dict[str, Value]:
        """The names of a module that somebody has asked for."""
        table = self._globals.get(module)
        if table is None:
            table = self._globals[module] = {}
        return table

    def imported(self, module: Module, fact: Import) -> Value:
        """What an import binds."""
        return self.answered(self._symbols.imported(module, fact))

    def answered(self, answer: Answer) -> Value:
        """An answer as a value: what a framework knows by that name, the value of a module's name."""
        if isinstance(answer, External):
            return self.outside(answer.name)
        if not isinstance(answer, Definition):
            return UNKNOWN if answer is MISSING else answer
        if answer.kind is Kind.CLASS and not answer.member:
            return self.of_class(ProjectClass(answer.module, answer.index))
        if answer.kind is Kind.FUNCTION and not answer.member:
            return self._flow.function_value(ProjectFunction(answer.module, answer.index))
        value = self._flow.module_value(answer.module, answer.qualname)
        return value if not answer.member else UNKNOWN

    def attribute(self, of: Module | Folder, name: str) -> Value:
        """What a module or package has by a name."""
        return self.answered(self._symbols.attribute(of, name))

    def outside(self, name: str) -> Value:
        """What a dotted name from outside the project is."""
        value = self._outside.get(name)
        if value is None:
            known = self._known(lambda semantics: semantics.external(name)) or _KNOWN.get(name)
            value = self._outside[name] = known or External(name)
        return value

    def of_class(self, cls: ProjectClass) -> Value:
        """A class of the project as a value."""
        value = self._classes.get(cls)
        if value is None:
            fact = cls.fact
            plain = Definition(cls.module, Kind.CLASS, fact.qualname, cls.index, fact.line)
            # A checkout of a framework defines what other projects get from outside.
            name = plain.name
            value = (
                self._known(lambda semantics: semantics.defined(cls))
                or self._known(lambda semantics: semantics.external(name))
                or plain
            )
            self._classes[cls] = value
        return value

    def of_function(self, function: ProjectFunction) -> Value | None:
        """A function that a framework knows, in a checkout of the framework itself."""
        name = function.name
        return self._known(lambda semantics: semantics.external(name))

    def _known(self, ask: Callable[[Semantics], Value | None]) -> Value | None:
        """What the first framework says that knows something."""
        for semantics in self._flow.semantics:
            value = ask(semantics)
            if value is not None:
                return value
        return None

    def member_class(self, cls: ProjectClass, name: str) -> Value | None:
        """A class inside a class: `Order.Status`."""
        found = nested(cls.module, f"{cls.fact.qualname}.{name}")
        if found is None or found.kind is not Kind.CLASS:
            return None
        return self.of_class(ProjectClass(found.module, found.index))

    def found(self, module: Module, name: str) -> Answer:
        """Where a name of a module comes from."""
        return self._symbols.member(module, name)

    def _global(self, module: Module, name: str) -> Value:
        if name not in module.bindings and not module.stars:
            return External(f"builtins.{name}") if name in _BUILTINS else UNKNOWN
        found = self._symbols.member(module, name)
        if found is MISSING:
            return External(f"builtins.{name}") if name in _BUILTINS else UNKNOWN
        return self.answered(found)
