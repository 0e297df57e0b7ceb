"""Dependencies of Litestar: `dependencies={"session": Provide(get_session)}` is passed by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from archlint.facts.expressions import Call, Form, Literal, Mapping, last_name
from archlint.facts.forms import parts
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Site
from archlint.project.flow.semantics import Semantics
from archlint.project.flow.values import Closure, Value
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.facts.definitions import Parameter
    from archlint.facts.expressions import Expression
    from archlint.project.module import Module
    from archlint.project.project import Project

_HANDLERS = frozenset({"delete", "get", "head", "patch", "post", "put", "route", "websocket"})


class _Given(NamedTuple):
    """What is provided under a name."""

    module: Module
    owner: str
    """The class of handlers that it is for; empty where it is for all."""

    provider: Expression
    handler: str = ""
    """The one handler that it is for, whose decorator says so."""


class LitestarSemantics(Semantics):
    """What Litestar passes to handlers, and to the functions that provide for them."""

    def __init__(self, modules: tuple[Module, ...]) -> None:
        self._provided: dict[str, list[_Given]] = {}
        for module in modules:
            for name, given in _given(module):
                self._provided.setdefault(name, []).append(given)
        self._providers = {last_name(each.provider) for given in self._provided.values() for each in given}

    @classmethod
    def of(cls, project: Project) -> LitestarSemantics | None:
        """For a project that uses Litestar."""
        modules = tuple(module for module in project.modules if "litestar" in module.imported)
        return cls(modules) if modules else None

    def parameter(self, function: ProjectFunction, parameter: Parameter, site: Site) -> Value | None:
        """What is provided under the name of a parameter, if only one thing is."""
        given = self._provided.get(parameter.name, ())
        if not given or not self._is_served(function):
            return None
        values = {_seen_from(site, each.module, each.provider) for each in _nearest(function, given)}
        value = values.pop() if values else UNKNOWN
        found = site.provided(value) if isinstance(value, Closure) and not values else None
        return None if found is UNKNOWN else found

    def _is_served(self, function: ProjectFunction) -> bool:
        return not _HANDLERS.isdisjoint(function.decorators) or function.fact.name in self._providers


def _nearest(function: ProjectFunction, given: Sequence[_Given]) -> Sequence[_Given]:
    """What its own decorator or class gives by a name; else what all are given; a provider gets any."""
    alone = [
        each for each in given if each.handler == function.fact.qualname and each.module is function.module
    ]
    if alone:
        return alone
    if not _HANDLERS.isdisjoint(function.decorators):
        given = [each for each in given if not each.handler]
    if function.fact.owner < 0:
        return given
    own = [each for each in given if each.module is function.module and each.owner == function.outer]
    return own or [each for each in given if not each.owner] or given


def _seen_from(site: Site, module: Module, provider: Expression) -> Value:
    from archlint.frameworks.data_flow import DataFlow  # which is made with this

    return site.project.view(DataFlow).flow.site(module).of(provider)


def _given(module: Module) -> Iterator[tuple[str, _Given]]:
    """What a module provides, by name."""
    bodies = [("", module.body), *((each.qualname, module.statements(each)) for each in module.classes)]
    bodies += [("", module.statements(each)) for each in module.functions]
    for owner, body in bodies:
        for statement in body:
            for name, provider in _inside(statement):
                yield name, _Given(module, owner, provider)
    for function in module.functions:
        for decorator in function.decorators:
            for name, provider in _inside(decorator):
                yield name, _Given(module, "", provider, function.qualname)


def _inside(form: Form) -> Iterator[tuple[str, Expression]]:
    if isinstance(form, Mapping):
        for key, value in zip(form.keys, form.values, strict=True):
            is_provided = isinstance(value, Call) and last_name(value.function) == "Provide"
            if isinstance(key, Literal) and is_provided and value.arguments:  # type: ignore[union-attr]
                yield str(key.value), value.arguments[0]  # type: ignore[union-attr]
    for part in parts(form):
        yield from _inside(part)
