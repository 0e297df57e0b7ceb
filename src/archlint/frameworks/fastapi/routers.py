"""Which names stand for routers and applications, and the prefixes they are made with."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call, Name
from archlint.frameworks.fastapi.names import ROUTERS, is_named, is_one_of
from archlint.frameworks.fastapi.paths import HIDDEN, path_of
from archlint.project.answer import Definition
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.scopes import Scopes, nested

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.module import Module
    from archlint.project.project import Project

Router: TypeAlias = "tuple[str, str, str]"
"""The path of the module that makes it, the scope and the name there."""


class Routers:
    """Answers for expressions, seen from the scope they stand in."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._scopes = project.view(Scopes)
        self._functions = project.view(Functions)

    @classmethod
    def build(cls, project: Project) -> Routers:
        """The view of a project."""
        return cls(project)

    def named(self, module: Module, scope: str, value: Expression) -> Router | None:
        """The router that an expression names; None where nobody can tell."""
        if isinstance(value, Name):
            around = self._binding(module, scope, value.id)
            if around is not None:
                is_router = self._is_local_router(around, value.id)
                return (module.path, around.scope, value.id) if is_router else None
        from archlint.project.objects.makers import value_names  # there are no routers in most projects

        found = self._scopes.resolve(module, scope, value)
        if not isinstance(found, Definition) or found.kind is not Kind.VALUE or found.member:
            return None
        makers = value_names(self._project, found.module, found.qualname)
        is_router = any(is_named(maker, ROUTERS) for maker in makers)
        return (found.module.path, "", found.qualname) if is_router else None

    def made(self, router: Router) -> Call | None:
        """The call that makes a router; None where there are several, or none."""
        path, scope, name = router
        module = self._project.module_at(path)
        if module is None:
            return None
        if scope:
            function = _function(module, scope)
            bound = self._functions.summary(function).bound.get(name, ()) if function else ()
        else:
            bound = self._functions.module_summary(module).bound.get(name, ())
        value = bound[0].value if len(bound) == 1 else None
        return value if isinstance(value, Call) else None

    def prefix(self, router: Router) -> str:
        """The prefix that a router is made with; a class of the project may have its own ways."""
        path, scope, name = router
        module = self._project.module_at(path)
        value = self.made(router)
        if module is None or value is None:
            return ""
        if not is_one_of(self._scopes.resolve(module, scope, value.function), ROUTERS):
            return f"{HIDDEN}{path}:{scope}:{name}{HIDDEN}"
        given = next((keyword.value for keyword in value.keywords if keyword.name == "prefix"), None)
        return path_of(self._project, module, scope, given)

    def _binding(self, module: Module, scope: str, name: str) -> ProjectFunction | None:
        """The innermost function around a scope that binds a name."""
        while "()" in scope:
            scope = scope[: scope.rindex("()")]
            function = _function(module, f"{scope}()")
            if function is not None and name in module.locals(function.fact):
                return function
        return None

    def _is_local_router(self, function: ProjectFunction, name: str) -> bool:
        module = function.module
        bound = self._functions.summary(function).bound.get(name, ())
        parameter = next((p for p in function.fact.parameters if p.name == name), None)
        if parameter is not None:
            said = parameter.annotation
            found = self._scopes.resolve(module, function.outer, said) if said is not None else None
            return not bound and found is not None and is_one_of(found, ROUTERS)
        if len(bound) != 1 or bound[0].how != "assign" or not isinstance(bound[0].value, Call):
            return False
        return is_one_of(self._scopes.resolve(module, function.scope, bound[0].value.function), ROUTERS)


def _function(module: Module, scope: str) -> ProjectFunction | None:
    found = nested(module, scope.removesuffix("()"))
    is_function = found is not None and found.kind is Kind.FUNCTION
    return ProjectFunction(module, found.index) if found is not None and is_function else None
