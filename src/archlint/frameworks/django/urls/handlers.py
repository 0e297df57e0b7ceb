"""What a root URLconf names for errors: `handler404` and its kin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Expression, Literal, Name
from archlint.facts.statements import Assign
from archlint.frameworks.django.urls.roots import roots
from archlint.project.answer import Definition
from archlint.project.functions import ProjectFunction
from archlint.project.scopes import Scopes
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

HANDLERS = ("handler400", "handler403", "handler404", "handler500")

_BY_ITSELF = (Kind.FUNCTION, Kind.IMPORT)
"""A function of that name: `from shop.views import handler404`."""


class Handler(msgspec.Struct, frozen=True):
    """One of them."""

    module: Module
    name: str
    value: Expression


def handlers(project: Project) -> Iterator[Handler]:
    """Those of every root URLconf; elsewhere Django does not look for them."""
    for module in roots(project):
        for assign in (statement for statement in module.body if isinstance(statement, Assign)):
            for target in assign.targets:
                if isinstance(target, Name) and target.id in HANDLERS:
                    yield Handler(module, target.id, assign.value)
        for name in HANDLERS:
            binding = module.binds(name)
            if binding is not None and binding.kind in _BY_ITSELF:
                yield Handler(module, name, Name(name, binding.line, binding.column))


def handler_view(project: Project, handler: Handler) -> ProjectFunction | None:
    """The plain function that one names; None where it is none of the project's, or a decorator is around."""
    written = handler.value
    if isinstance(written, Literal):
        text = written.value if isinstance(written.value, str) else ""
        found = project.view(Symbols).resolve(text, handler.module)
    else:
        found = project.view(Scopes).resolve(handler.module, "", written)
    if not isinstance(found, Definition) or found.kind is not Kind.FUNCTION or found.member:
        return None
    function = ProjectFunction(found.module, found.index)
    return None if function.fact.decorators else function
