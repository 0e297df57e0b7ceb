"""Names that a module binds only in `except ImportError:`, behind an import that never fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import UNBOUND
from archlint.facts.expressions import last_name
from archlint.facts.forms import walked
from archlint.facts.statements import ImportNames, Raise, Try
from archlint.project.answer import MISSING, UNKNOWN
from archlint.project.memo import Memo
from archlint.project.module import Module
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.facts.imports import Import
    from archlint.project.project import Project

_NAMES = """
    abc argparse ast asyncio base64 collections contextlib copy csv dataclasses datetime decimal
    email enum functools hashlib hmac html http inspect io itertools json logging math operator os
    pathlib pickle queue random re secrets shutil socket string struct subprocess sys tempfile
    textwrap threading time traceback types typing unittest urllib uuid warnings weakref
"""
_ALWAYS_THERE = frozenset(_NAMES.split())
"""Modules of the standard library that every supported Python has, on every system."""

_IMPORT_ERRORS = ("ImportError", "ModuleNotFoundError")


class Fallbacks:
    """Knows of each module which names it binds only on a way that is never taken."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._symbols = project.view(Symbols)
        self._names = Memo(project.reads, self._find)
        self._loads = Memo(project.reads, self._surely_loads, circular=lambda _: False)

    @classmethod
    def build(cls, project: Project) -> Fallbacks:
        """The view of a project."""
        return cls(project)

    def names(self, module: Module) -> frozenset[str]:
        """The names that are bound where an import fails that cannot, and nowhere else."""
        return self._names(module)

    def _find(self, module: Module) -> frozenset[str]:
        if not any(fact.guarded and not fact.scope for fact in module.facts.imports):
            return frozenset()
        spans = list(self._never_run(module))
        return frozenset(
            name
            for name, bindings in module.bindings.items()
            if spans
            and all(any(first <= one.line <= last for first, last in spans) for one in bindings)
            and any(one.kind not in UNBOUND for one in bindings)
        )

    def _never_run(self, module: Module) -> Iterator[tuple[int, int]]:
        """The first and the last line of each handler at the top that waits for what does not happen."""
        for form in module.body:
            if not isinstance(form, Try) or not form.body:
                continue
            if not all(isinstance(each, ImportNames) and self._succeed(module, each) for each in form.body):
                continue
            for handler in form.handlers:
                if handler.type is not None and last_name(handler.type) in _IMPORT_ERRORS:
                    lines = [getattr(each, "line", 0) for each in walked(handler.body)]
                    yield handler.line, max(lines, default=handler.line)

    def _succeed(self, module: Module, statement: ImportNames) -> bool:
        facts = module.facts.imports[statement.first : statement.first + statement.count]
        return all(self._succeeds(module, fact) for fact in facts)

    def _succeeds(self, module: Module, fact: Import) -> bool:
        """Whether an import is sure to find what it asks for, and that to load."""
        target = self._symbols.imported_module(module, fact)
        if not isinstance(target, Module):
            return not fact.level and not fact.name and fact.module in _ALWAYS_THERE
        if not self._loads(target) or fact.name == "*":
            return False
        return not fact.name or self._symbols.attribute(target, fact.name) not in (MISSING, UNKNOWN)

    def _surely_loads(self, module: Module) -> bool:
        """Whether nothing that runs when a module is imported asks for what may not be installed."""
        if module.is_stub or module.facts.fault is not None:
            return False
        if any(isinstance(form, Raise) for form in walked(module.body)):
            return False
        at_import = (fact for fact in module.facts.imports if not (fact.typing or fact.deferred))
        return all(fact.guarded or self._succeeds(module, fact) for fact in at_import)
