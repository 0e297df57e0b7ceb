"""Routers and blueprints: the prefixes that their routes get where they are mounted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression
from archlint.frameworks.inventory.texts import text_of
from archlint.project.answer import Definition
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

Router: TypeAlias = "tuple[str, str]"
"""The path of the module that makes it, and its name there."""

_DEPTH = 8
_MOUNTING = ("include_router", "register_blueprint", "add_router")
_PREFIXES = ("prefix", "url_prefix")


class Mount(NamedTuple):
    """One place where a router is put below another, or below an application."""

    parent: Router | None
    """None for an application, or for what nobody can tell."""

    prefix: str
    replaces: bool
    """The prefix stands instead of the router's own."""


class CallAt(NamedTuple):
    """A call, and where it is written."""

    module: Module
    scope: str
    call: Call


class Mounts:
    """Which router is mounted where."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._scopes = project.view(Scopes)
        self._functions = project.view(Functions)
        self._mounts: dict[Router, list[Mount]] = {}
        for at in calls(project, *_MOUNTING):
            self._learn(at)

    @classmethod
    def build(cls, project: Project) -> Mounts:
        """The view of a project."""
        return cls(project)

    def router(self, module: Module, scope: str, value: Expression) -> Router | None:
        """The router that an expression names; None where nobody can tell."""
        found = self._scopes.resolve(module, scope, value)
        if isinstance(found, Definition) and found.kind is Kind.VALUE and not found.member:
            return found.module.path, found.qualname
        return None

    def prefixes(self, router: Router | None, depth: int = 0) -> Iterator[str]:
        """What stands in front of the routes of a router, once for each place where it is mounted."""
        if router is None or depth > _DEPTH:
            yield ""
            return
        own = self._own_prefix(router)
        for mount in self._mounts.get(router, [Mount(None, "", False)]):
            inner = mount.prefix if mount.replaces else mount.prefix + own
            yield from (f"{outer}{inner}" for outer in self.prefixes(mount.parent, depth + 1))

    def is_mounted(self, router: Router) -> bool:
        """Whether some place is known where a router is put below another."""
        return router in self._mounts

    def _own_prefix(self, router: Router) -> str:
        module = self._project.module_at(router[0])
        bound = self._functions.module_summary(module).bound.get(router[1], []) if module else []
        value = bound[0].value if len(bound) == 1 else None
        if module is None or not isinstance(value, Call):
            return ""
        given = _keyword(value, *_PREFIXES)
        return text_of(self._project, module, "", given) if given is not None else ""

    def _learn(self, at: CallAt) -> None:
        call = at.call
        is_turned = getattr(call.function, "attr", "") == "add_router" and len(call.arguments) == 2
        first = call.arguments[-1] if is_turned else (call.arguments[0] if call.arguments else None)
        child = self.router(at.module, at.scope, first) if first is not None else None
        if child is None or not isinstance(call.function, Attribute):
            return
        given = call.arguments[0] if is_turned else _keyword(call, *_PREFIXES)
        prefix = text_of(self._project, at.module, at.scope, given) if given is not None else ""
        replaces = given is not None and call.function.attr == "register_blueprint"
        parent = self.router(at.module, at.scope, call.function.value)
        self._mounts.setdefault(child, []).append(Mount(parent, prefix, replaces))


def calls(project: Project, *names: str) -> Iterator[CallAt]:
    """The calls of methods of these names, tests left out."""
    from archlint.project.files.test_code import is_test

    functions = project.view(Functions)
    packed = tuple(name.encode() for name in names)
    for module in project.modules:
        if is_test(module.path) or not module.speaks_of(*packed):
            continue
        for site in functions.module_summary(module).calls:
            if _is_called(site.call, names):
                yield CallAt(module, "", site.call)
        for function in functions.all_of(module):
            if not module.mentions(function.fact, *names):
                continue
            for site in functions.summary(function).calls:
                if _is_called(site.call, names):
                    yield CallAt(module, f"{function.fact.qualname}()", site.call)


def _is_called(call: Call, names: tuple[str, ...]) -> bool:
    return isinstance(call.function, Attribute) and call.function.attr in names


def _keyword(call: Call, *names: str) -> Expression | None:
    return next((keyword.value for keyword in call.keywords if keyword.name in names), None)
