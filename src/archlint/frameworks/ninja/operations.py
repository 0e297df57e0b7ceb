"""The operations of an API of Django Ninja: functions that are decorated with a path and a response.

https://django-ninja.dev/guides/response/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Expression, Literal, Mapping
from archlint.frameworks.data_flow import DataFlow
from archlint.project.answer import External
from archlint.project.flow.values import Object, Value, alternatives
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.project import Project

_METHODS = frozenset({"get", "post", "put", "patch", "delete", "api_operation"})
_ROUTERS = frozenset({"ninja.NinjaAPI", "ninja.main.NinjaAPI", "ninja.Router", "ninja.router.Router"})
_DONE = range(200, 300)


class Operation(msgspec.Struct, frozen=True):
    """A function that answers requests."""

    function: ProjectFunction
    route: Call
    """The decorator that names the path."""

    @property
    def path(self) -> Literal | None:
        """The path, where it is written."""
        named = (keyword.value for keyword in self.route.keywords if keyword.name == "path")
        texts = (given for given in (*named, *self.route.arguments) if isinstance(given, Literal))
        return next((text for text in texts if isinstance(text.value, str)), None)

    @property
    def response(self) -> Expression | None:
        """What a success is made into: `response=list[OrderOut]`, `response={200: OrderOut, 404: Error}`."""
        given = next((k.value for k in self.route.keywords if k.name == "response"), None)
        if not isinstance(given, Mapping):
            return given
        codes = zip(given.keys, given.values, strict=True)
        done = [value for code, value in codes if isinstance(code, Literal) and code.value in _DONE]
        return done[0] if len(done) == 1 else None


def operations(project: Project) -> Iterator[Operation]:
    """All of a project."""
    if "ninja" not in project.imported:
        return
    flow = project.view(DataFlow).flow
    for module in project.modules:
        for index, fact in enumerate(module.functions):
            for route in fact.decorators:
                owner = _owner(route)
                if owner is not None and _is_router(flow.site(module).of(owner)):
                    assert isinstance(route, Call)
                    yield Operation(ProjectFunction(module, index), route)


def _owner(route: Expression) -> Expression | None:
    """`router` of `@router.get("/orders")`."""
    function = route.function if isinstance(route, Call) else None
    is_route = isinstance(function, Attribute) and function.attr in _METHODS
    return function.value if is_route and isinstance(function, Attribute) else None


def _is_router(value: Value) -> bool:
    """Whether a value is an API, or a part of one."""
    return any(
        isinstance(one, Object) and isinstance(one.of, External) and one.of.name in _ROUTERS
        for one in alternatives(value)
    )
