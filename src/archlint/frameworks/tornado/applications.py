"""Settings of an application of Tornado, and what its routes pass to the handlers' `initialize`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import last_name
from archlint.project.answer import UNKNOWN, Definition
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.semantics import Semantics
from archlint.project.flow.values import Arguments, Constant, Entries, Items, Object, Value
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.module import Module
    from archlint.project.project import Project

_APPLICATION = "tornado.web.Application"
_HANDLER = "tornado.web.RequestHandler"
_ROUTES = frozenset({"tornado.web.URLSpec", "tornado.web.url", "tornado.routing.URLSpec"})
_SETTING = "setting of Tornado"
_PASSED = "passed by Tornado"
_MAKING = "Application"
"""The word that whoever makes one has in its body."""


class Settings(Behaviour, frozen=True):
    """`self.settings` of a handler or an application."""

    is_noted = False

    def item(self, index: Value, site: Site) -> Value:
        """What the application was made with by a name."""
        return _aside(site, _SETTING, str(index.value)) if isinstance(index, Constant) else UNKNOWN

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`settings.get("sessions")`."""
        key = arguments.get("key", 0)
        return self.item(key, site) if name == "get" and key is not None else UNKNOWN


class Application(Behaviour, frozen=True):
    """`self.application` of a handler."""

    is_noted = False

    def attribute(self, name: str, site: Site) -> Value:
        """Its settings."""
        return Settings() if name == "settings" else UNKNOWN


class ApplicationMaker(Behaviour, frozen=True):
    """`tornado.web.Application`, or `super().__init__` of a class that inherits from it."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """What it is given is put aside for its handlers."""
        for name, value in arguments.named:
            site.put_aside((_SETTING, name), value)
        routes = arguments.get("handlers", 0)
        for cls, given in _routes(routes, site) if routes is not None else ():
            for name, value in given.values:
                site.put_aside((_PASSED, _key(cls, name)), value)
        return UNKNOWN


class RouteMaker(Behaviour, frozen=True):
    """`tornado.web.url(pattern, handler, kwargs)`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """As good as the tuple."""
        found = [arguments.get(name, index) for index, name in enumerate(("pattern", "handler", "kwargs"))]
        return Items("tuple", tuple([UNKNOWN if each is None else each for each in found]))


class TornadoSemantics(Semantics):
    """What Tornado passes to handlers."""

    @classmethod
    def of(cls, project: Project) -> TornadoSemantics | None:
        """For a project that uses Tornado."""
        return cls() if "tornado" in project.imported else None

    def external(self, name: str) -> Value | None:
        """The makers of applications and routes."""
        if name == _APPLICATION:
            return ApplicationMaker()
        return RouteMaker() if name in _ROUTES else None

    def member(self, of: Object, base: str, name: str, site: Site) -> Value | None:
        """What handlers know of their application, and how one of the project's own is made."""
        if base == _APPLICATION and name == "__init__":
            return ApplicationMaker()
        if base not in (_APPLICATION, _HANDLER):
            return None
        if name == "settings":
            return Settings()
        return Application() if name == "application" and base == _HANDLER else None

    def parameter(self, function: ProjectFunction, parameter: Parameter, site: Site) -> Value | None:
        """What the route passes to `initialize`."""
        if function.fact.name != "initialize" or parameter.name == function.receiver:
            return None
        cls = ProjectClass(function.module, function.fact.owner) if function.fact.owner >= 0 else None
        found = UNKNOWN if cls is None else _aside(site, _PASSED, _key(cls, parameter.name))
        return None if found is UNKNOWN else found


def _routes(routes: Value, site: Site) -> Iterator[tuple[ProjectClass, Entries]]:
    """The handlers of an application that are made with something, and with what."""
    hierarchy = site.project.view(ClassHierarchy)
    for route in routes.items if isinstance(routes, Items) else ():
        for handler, given in pairwise(route.items if isinstance(route, Items) else ()):
            if not isinstance(given, Entries) or not isinstance(handler, Definition):
                continue
            made = ProjectClass(handler.module, handler.index) if handler.kind is Kind.CLASS else None
            for cls in hierarchy.order(made) if made is not None else ():
                if isinstance(cls, ProjectClass):
                    yield cls, given


def _aside(site: Site, what: str, key: str) -> Value:
    """What an application was given; modules that use Tornado may make one, too."""
    from archlint.frameworks.data_flow import DataFlow  # which is made with this

    flow = site.project.view(DataFlow).flow
    for module in site.project.modules:
        if "tornado" in module.imported:
            flow.module_trace(module)
            for function in _constructors(module):
                flow.root(function)
    return site.aside((what, key), _MAKING)


def _constructors(module: Module) -> Iterator[ProjectFunction]:
    """Those of the module's own classes of applications."""
    for cls in module.classes:
        if any(last_name(base) == _MAKING for base in cls.bases):
            yield from (
                ProjectFunction(module, member.index)
                for member in cls.members
                if member.kind is Kind.FUNCTION and member.name == "__init__"
            )


def _key(cls: ProjectClass, name: str) -> str:
    return f"{cls.module.name}.{cls.fact.qualname}.{name}"
