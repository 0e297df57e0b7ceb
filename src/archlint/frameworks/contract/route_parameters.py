"""Parameters in the paths of Flask's routes, and those of the functions that answer them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import Attribute, Call
from archlint.frameworks.contract.registered import registered_routes
from archlint.frameworks.contract.served import UNSEEN
from archlint.project.functions import Functions
from archlint.project.objects.called import called_function
from archlint.project.objects.decorated import hands_all_on
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.frameworks.contract.served import Served
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_PARAMETER: Final = re.compile(r"<(?:[^<>:]+:)?([A-Za-z_]\w*)>")
_CONSUMING: Final = (b"url_value_preprocessor", b"url_defaults", b"view_args")
_ROUTING: Final = frozenset({"delete", "get", "head", "options", "patch", "post", "put", "route"})


class Passed(msgspec.Struct, frozen=True):
    """A route with a function that it calls."""

    route: Served
    function: ProjectFunction
    unexpected: tuple[str, ...]
    """Names in the path that the function does not take."""

    lacking: tuple[str, ...]
    """Names that the function needs, and the path does not have."""


def passed_parameters(project: Project) -> Iterator[Passed]:
    """Every route of Flask whose function gets what the path has, and nothing else."""
    if project.imported.isdisjoint({"flask", "quart"}):
        return
    if any(module.speaks_of(*_CONSUMING) for module in project.modules):
        return
    for route in registered_routes(project) or ():
        functions = [function for _, function in route.handlers]
        functions += [route.function] if route.function is not None else []
        for function in functions:
            if route.framework == "flask" and route.defaults is not None and _is_plain(project, function):
                yield _compared(route, function, route.defaults)


def _compared(route: Served, function: ProjectFunction, defaults: frozenset[str]) -> Passed:
    given = defaults.union(_PARAMETER.findall(route.path))
    own = [each for each in function.fact.parameters if each.name != function.receiver]
    takes_all = any(each.kind == "double-star" for each in own)
    named = {each.name for each in own if each.kind in ("normal", "keyword")}
    needed = [each.name for each in own if each.kind in ("normal", "keyword") and each.default is None]
    is_whole = UNSEEN not in route.path and not route.has_open_head
    unexpected = () if takes_all else tuple(sorted(given - named))
    lacking = tuple(name for name in needed if name not in given) if is_whole or unexpected else ()
    return Passed(route, function, unexpected, lacking)


def _is_plain(project: Project, function: ProjectFunction) -> bool:
    """Whether nothing stands between the route and the function that may pass something else."""
    return all(_is_route(each) or _hands_on(project, function, each) for each in function.fact.decorators)


def _is_route(decorator: Expression) -> bool:
    made = decorator.function if isinstance(decorator, Call) else None
    return isinstance(made, Attribute) and made.attr in _ROUTING


def _hands_on(project: Project, function: ProjectFunction, decorator: Expression) -> bool:
    """Whether a decorator of the project calls what it is given with all that it gets, and no more."""
    made = decorator.function if isinstance(decorator, Call) else decorator
    wrapping = called_function(project.view(Scopes).resolve(function.module, function.outer, made))
    return wrapping is not None and hands_all_on(project.view(Functions), wrapping)
