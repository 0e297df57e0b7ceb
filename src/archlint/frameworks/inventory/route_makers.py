"""Whose router it is that a route is added to."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.frameworks.known import WEB
from archlint.project.answer import Definition, External
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.module import Module
    from archlint.project.project import Project


def may_route(project: Project, module: Module, scope: str, value: Expression) -> bool:
    """Whether what decorates can be a router: made by a web framework, or by somebody nobody can tell."""
    makers = _makers(project, module, scope, value)
    if makers is None:
        return not module.imported.isdisjoint(WEB)
    return _is_by(makers, WEB) or not _is_foreign(project, makers)


def is_of(project: Project, module: Module, scope: str, value: Expression, packages: Collection[str]) -> bool:
    """Whether a router is one of these packages'. Who made it need not be seen where there are no others."""
    makers = _makers(project, module, scope, value) or ()
    if _is_by(makers, packages):
        return True
    if makers and _is_foreign(project, makers):
        return False
    others = WEB.keys() - set(packages)
    return not module.imported.isdisjoint(packages) or project.imported.isdisjoint(others)


def _makers(project: Project, module: Module, scope: str, value: Expression) -> tuple[str, ...] | None:
    """The dotted names of what makes a router; None where nobody can tell."""
    from archlint.project.objects.makers import value_names  # there are no routers in most projects

    found = project.view(Scopes).resolve(module, scope, value)
    if isinstance(found, External):
        return (found.name,)
    if isinstance(found, Definition) and found.kind is Kind.VALUE and not found.member:
        return value_names(project, found.module, found.qualname) or None
    return None


def _is_by(makers: Collection[str], packages: Collection[str]) -> bool:
    return any(maker.partition(".")[0] in packages for maker in makers)


def _is_foreign(project: Project, makers: Collection[str]) -> bool:
    own = {module.name.partition(".")[0] for module in project.modules}
    return all(maker.partition(".")[0] not in own for maker in makers)
