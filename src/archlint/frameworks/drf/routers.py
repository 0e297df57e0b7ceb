"""Routers: the viewsets that are registered with them, and the patterns they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Literal,
    Name,
    Subscript,
    says,
    written_text,
)
from archlint.facts.forms import passed_values, walked
from archlint.facts.outline import last_name
from archlint.facts.statements import Assign
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.urls.making import argument
from archlint.frameworks.django.urls.patterns import Listing, Pattern
from archlint.frameworks.drf.prefixes import prefix_of
from archlint.frameworks.drf.view_classes import DETAIL_ROUTE, LIST_ROUTE, ViewClasses
from archlint.frameworks.web import Handler, Parameter
from archlint.project.answer import Definition, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.memo import Memo
from archlint.project.scopes import Scopes
from archlint.project.summaries import Context

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.module import Module
    from archlint.project.project import Project

ROUTERS = ("DefaultRouter", "SimpleRouter")
_UNSEEN = frozenset({"*-*"})
"""What the patterns of these routers are called: a base name, and what is behind it."""

_PLAIN = ("rest_framework.routers.", "builtins.", "typing.")
_ROUTING = (
    "get_default_basename",
    "get_dynamic_routes",
    "get_lookup_regex",
    "get_method_map",
    "get_routes",
    "get_urls",
    "is_already_registered",
    "register",
    "include_format_suffixes",
    "root_view_name",
    "routes",
    "trailing_slash",
    "urls",
)
"""What a router may have of its own that decides on its patterns and their names."""

_FORMAT = Parameter("format", "regex", True)
_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "trace"})


class Registration(msgspec.Struct, frozen=True):
    """One call of `router.register()`."""

    module: Module
    form: Call
    router: str
    prefix: str | None
    viewset: ProjectClass | None
    basename: str | None
    """None where nobody can tell; empty where none is given."""

    is_certain: bool


class Router(msgspec.Struct, frozen=True):
    """A router that a module makes."""

    module: Module
    name: str
    kind: str
    """`DefaultRouter` or `SimpleRouter`; empty for one of another class."""

    registrations: tuple[Registration, ...]
    is_open: bool
    """More may be registered with it than is seen."""

    end: str = "/"
    """What its paths end in."""


class Routers:
    """The routers of every module."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._scopes = project.view(Scopes)
        self._hierarchy = project.view(ClassHierarchy)
        self._functions = project.view(Functions)
        self._values = project.view(ClassValues)
        self._views = project.view(ViewClasses)
        self._of = Memo(project.reads, self._read)

    @classmethod
    def build(cls, project: Project) -> Routers:
        """The view of a project."""
        return cls(project)

    def of(self, module: Module) -> tuple[Router, ...]:
        """The routers that a module makes at its top level."""
        return self._of(module)

    def patterns(self, module: Module, name: str) -> Listing | None:
        """The patterns of a router; None where there is none of that name."""
        router = next((one for one in self.of(module) if one.name == name), None)
        if router is None:
            return None
        if not router.kind:
            return None  # another class may route in its own way
        found = [pattern for one in router.registrations for pattern in self._patterns(router, one)]
        is_open = (
            router.is_open or not router.kind or any(one.basename is None for one in router.registrations)
        )
        is_open = is_open or any(
            one.viewset is None or self._views.of(one.viewset) is None for one in router.registrations
        )
        if router.kind == "DefaultRouter":
            found.append(self._pattern(router, router.registrations[:1], "", "api-root", (), None))
        return Listing(tuple(found), _UNSEEN if is_open else frozenset())

    def basename(self, registration: Registration) -> str:
        """The name that a registration has by itself; empty where nobody can tell."""
        if registration.basename or registration.viewset is None:
            return registration.basename or ""
        value = self._values.of(registration.viewset, "queryset")
        if value is None or value.value is None:
            return ""
        first = value.value
        while isinstance(first, (Call, Attribute)):
            inner = first.function if isinstance(first, Call) else first.value
            if isinstance(first, Attribute) and first.attr == "objects":
                found = self._scopes.resolve(value.holder.module, value.holder.fact.qualname, inner)
                cls = self._hierarchy.of(found)
                last = found.name.rpartition(".")[2] if isinstance(found, External) else ""
                return (cls.fact.name if cls is not None else last).lower()
            first = inner
        return ""

    def _read(self, module: Module) -> tuple[Router, ...]:
        if not any(
            "router" in fact.module.lower() or "router" in fact.name.lower() for fact in module.facts.imports
        ):
            return ()
        summary = self._functions.module_summary(module)
        names = {
            name: self._kind(module, bound[0].value.function)
            for name, bound in summary.bound.items()
            if len(bound) == 1 and isinstance(bound[0].value, Call)
        }
        found = []
        for name, kind in names.items():
            if kind is None:
                continue
            calls = [(s.call, s.context) for s in summary.calls if _is_of(s.call, name)]
            registrations = tuple(
                self._registration(module, name, call, context)
                for call, context in calls
                if isinstance(call.function, Attribute) and call.function.attr == "register"
            )
            is_passed_on = any(_is_given(site.call, name) for site in summary.calls)
            is_open = len(registrations) != len(calls) or is_passed_on or self._is_shared(module, name)
            end = _end(summary.bound[name][0].value)
            found.append(Router(module, name, kind, registrations, is_open, end))
        return tuple(found)

    def _is_shared(self, module: Module, name: str) -> bool:
        """Whether another module imports a router and calls something of it."""
        for other in self._project.modules:
            for fact in other.facts.imports:
                if (
                    fact.name != name
                    or fact.scope
                    or not fact.module.endswith(module.name.rpartition(".")[2])
                ):
                    continue
                calls = self._functions.module_summary(other).calls
                if any(_is_of(site.call, fact.alias) or _is_given(site.call, fact.alias) for site in calls):
                    return True
        return False

    def _kind(self, module: Module, function: Expression) -> str | None:
        """The kind of router that a call makes; None for all else."""
        found = self._scopes.resolve(module, "", function)
        last = found.name.rpartition(".")[2] if isinstance(found, (External, Definition)) else ""
        if isinstance(found, External) and found.name.startswith("rest_framework.") and last in ROUTERS:
            return last
        cls = self._hierarchy.of(found)
        own = self._framework_kind(cls) if cls is not None else ""
        return own or ("" if last.endswith("Router") else None)

    def _framework_kind(self, cls: ProjectClass) -> str:
        """The kind of router that a class of the project is, where it routes as that does."""
        outside = self._values.outside(cls) or ()
        kinds = [name.rpartition(".")[2] for name in outside if name.startswith("rest_framework.routers.")]
        kind = next((one for one in kinds if one in ROUTERS), "")
        if not kind or not all(name.startswith(_PLAIN) for name in outside):
            return ""
        order = [one for one in self._hierarchy.order(cls) if isinstance(one, ProjectClass)]
        steers = any(self._values.of(cls, name) is not None for name in _ROUTING)
        return "" if steers or any(map(_changes_routes, order)) else kind

    def _registration(self, module: Module, router: str, call: Call, context: Context) -> Registration:
        prefix, viewset = argument(call, 0, "prefix"), argument(call, 1, "viewset")
        basename = argument(call, 2, "basename") or argument(call, 2, "base_name")
        cls = self._hierarchy.of(self._scopes.resolve(module, "", viewset)) if viewset is not None else None
        spread = any(not keyword.name for keyword in call.keywords)
        return Registration(
            module,
            call,
            router,
            written_text(prefix),
            cls,
            "" if basename is None and not spread else written_text(basename),
            not context.loops,
        )

    def _patterns(self, router: Router, one: Registration) -> Iterator[Pattern]:
        base, cls = self.basename(one), one.viewset
        if cls is None or not base:
            return
        prefix, ahead = prefix_of(one.prefix)
        lookup = self.lookup(cls)
        detail = (*ahead, Parameter(lookup, "str")) if lookup and ahead is not None else None
        is_narrow = self._values.of(cls, "lookup_value_regex") is not None
        behind = f"{prefix}/<{'regex:' if is_narrow else ''}{lookup or '…'}>"
        extra = tuple(self._extra(cls))
        yield from self._standard(router, one, prefix, f"{base}-list", ahead, LIST_ROUTE)
        yield from self._dynamic(router, one, prefix, base, ahead, (a for a in extra if not a.is_detail))
        yield from self._standard(router, one, behind, f"{base}-detail", detail, DETAIL_ROUTE)
        yield from self._dynamic(router, one, behind, base, detail, (a for a in extra if a.is_detail))

    def _dynamic(
        self,
        router: Router,
        one: Registration,
        prefix: str,
        base: str,
        parameters: tuple[Parameter, ...] | None,
        actions: Iterable[_Action],
    ) -> Iterator[Pattern]:
        """The routes of `@action`."""
        for action in actions:
            passed = None if action.has_parameters else parameters
            path, name = f"{prefix}/{action.path}", f"{base}-{action.name}"
            yield self._pattern(router, (one,), path, name, passed, action.bound)

    def _standard(
        self,
        router: Router,
        one: Registration,
        path: str,
        name: str,
        parameters: tuple[Parameter, ...] | None,
        mapping: Mapping[str, str],
    ) -> Iterator[Pattern]:
        """The route of all objects or of one, where the viewset answers anything there."""
        assert one.viewset is not None
        kind = self._views.of(one.viewset)
        bound = tuple(
            (method, action)
            for method, action in mapping.items()
            if kind is None or action in kind.actions or self._values.of(one.viewset, action) is not None
        )
        if bound:
            yield self._pattern(router, (one,), path, name, parameters, bound)

    def _pattern(
        self,
        router: Router,
        of: tuple[Registration, ...],
        path: str,
        name: str,
        parameters: tuple[Parameter, ...] | None,
        actions: tuple[tuple[str, str], ...] | None,
    ) -> Pattern:
        form = of[0].form if of else Call(Literal("", 0, 0), (), (), 0, 0)
        cls = of[0].viewset if of and actions is not None else None
        if parameters is not None and router.kind == "DefaultRouter":
            parameters = (*parameters, _FORMAT)
        made = Handler(cls.name, None, cls, actions) if cls is not None else None
        return Pattern(
            router.module, "", form, f"{path}{router.end}", False, parameters, None, made, name=name
        )

    def lookup(self, cls: ProjectClass) -> str:
        """The parameter by which a viewset finds its object; empty where nobody can tell."""
        for name in ("lookup_url_kwarg", "lookup_field"):
            found = self._values.of(cls, name)
            if found is not None:
                text = written_text(found.value)
                if text or not says(found.value, None):
                    return text or ""
        outside = self._values.outside(cls)
        known = outside is not None and all(name.startswith("rest_framework.") for name in outside)
        return "pk" if known else ""

    def _extra(self, cls: ProjectClass) -> Iterator[_Action]:
        """The methods that `@action` routes."""
        met: set[str] = set()
        for ancestor in self._hierarchy.order(cls):
            if not isinstance(ancestor, ProjectClass):
                continue
            for member in ancestor.fact.members:
                if member.kind is not Kind.FUNCTION or member.name in met:
                    continue
                met.add(member.name)
                method = ProjectFunction(ancestor.module, member.index)
                for decorator in method.fact.decorators:
                    if isinstance(decorator, Call) and last_name(decorator.function) == "action":
                        yield _action(member.name, decorator)


def _changes_routes(cls: ProjectClass) -> bool:
    """Whether a method of a router sets its routes, or adds some: `self.routes.append(…)`."""
    held = (each.index for each in cls.fact.members if each.kind is Kind.FUNCTION)
    methods = (ProjectFunction(cls.module, index) for index in held)
    said = (one for one in methods if cls.module.mentions(one.fact, "routes", "trailing_slash"))
    return any(_sets_routes(form) for one in said for form in walked(cls.module.statements(one.fact)))


def _sets_routes(form: Form) -> bool:
    if isinstance(form, Assign):
        return any(map(_is_routing, form.targets))
    if not isinstance(form, Call) or not isinstance(form.function, Attribute):
        return False
    return _is_routing(form.function.value) or any(map(_is_routing, form.arguments))


def _is_routing(form: Expression) -> bool:
    """`self.routes`, `self.routes[0]`, `self.trailing_slash`; what a route answers is another matter."""
    form = form.value if isinstance(form, Subscript) else form
    return isinstance(form, Attribute) and form.attr in ("routes", "trailing_slash")


class _Action(msgspec.Struct, frozen=True):
    """A method that `@action` routes."""

    name: str
    is_detail: bool
    bound: tuple[tuple[str, str], ...]
    path: str

    @property
    def has_parameters(self) -> bool:
        """Whether its own part of the path has some."""
        return "<" in self.path or "(" in self.path


def _action(name: str, decorator: Call) -> _Action:
    given = {keyword.name: keyword.value for keyword in decorator.keywords}
    methods = argument(decorator, 0, "methods")
    texts = (
        [written_text(item) or "" for item in methods.items] if isinstance(methods, Collection) else ["get"]
    )
    detail = argument(decorator, 1, "detail")
    is_detail = isinstance(detail, Literal) and bool(detail.value)
    bound = tuple((text.lower(), name) for text in texts if text.lower() in _METHODS)
    url_name = written_text(given.get("url_name")) or name.replace("_", "-")
    return _Action(url_name, is_detail, bound, written_text(given.get("url_path")) or name)


def _end(made: Expression | None) -> str:
    """What the paths of a router end in: nothing where it is made with `trailing_slash=False`."""
    given = argument(made, 0, "trailing_slash") if isinstance(made, Call) else None
    return "" if says(given, False) else "/"


def _is_of(call: Call, name: str) -> bool:
    """Whether a call is one of a method of a name, or of what hangs on it: `router.registry.extend(…)`."""
    of = call.function
    while isinstance(of, Attribute):
        of = of.value
    return isinstance(of, Name) and of.id == name and isinstance(call.function, Attribute)


def _is_given(call: Call, name: str) -> bool:
    """Whether a call is given a name: whoever gets a router may register with it."""
    given = passed_values(call)
    return any(isinstance(value, Name) and value.id == name for value in given)
