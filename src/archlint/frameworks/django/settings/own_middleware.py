"""Middleware of the project that its settings leave out, with what it would put on requests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Expression, dotted
from archlint.frameworks.django.settings.modules import Settings, SettingsModule
from archlint.project.answer import Definition, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project

REQUESTS = frozenset({"request", "self.request"})
"""How code calls a request."""

_MIXIN = "django.utils.deprecation.MiddlewareMixin"
_IS_FOREIGN = re.compile(r"django\.contrib\.\w+\.middleware$")
_QUIET = ("django.", "corsheaders.", "whitenoise.", "debug_toolbar.", "django_prometheus.", "csp.")
"""Where middleware comes from that puts nothing of its own on requests, or nothing that code reads."""


_PROVIDED = """
    accepted_renderer auth authenticators auser body content_type COOKIES current_app csp_nonce data
    encoding FILES GET headers LANGUAGE_CODE META method parsers path path_info POST query_params
    resolver_match session site successful_authenticator upload_handlers urlconf user version
"""
_GIVEN = frozenset(_PROVIDED.split())
"""What Django and REST framework give themselves."""


def left_out(project: Project, sites: Iterable[SettingsModule]) -> dict[str, ProjectClass]:
    """The attributes of requests that only middleware sets which no settings install, with its class."""
    idle = _idle(project, sites)
    if not idle:
        return {}
    setters: dict[str, set[ProjectClass | None]] = {}
    for module in project.modules:
        for function in project.view(Functions).all_of(module):
            if is_test(module.path):
                continue
            owner = ProjectClass(module, function.fact.owner) if function.fact.owner >= 0 else None
            for name in _set_by(project, function):
                setters.setdefault(name, set()).add(owner if owner in idle else None)
    only = {name: next(iter(owners)) for name, owners in setters.items() if len(owners) == 1}
    return {
        name: owner
        for name, owner in only.items()
        if owner is not None and name not in _GIVEN and not _is_set_by_name(project, name)
    }


def is_request(form: Expression) -> bool:
    """Whether an expression is what code calls a request."""
    return dotted(form) in REQUESTS


def set_on_requests(project: Project) -> frozenset[str] | None:
    """The attributes that code of the project sets on requests; None where it may set any."""
    found: set[str] = set()
    for module in project.modules:
        if is_test(module.path):
            continue
        for function in project.view(Functions).all_of(module):
            if module.mentions(function.fact, "setattr"):
                return None
            found.update(_set_by(project, function))
    return frozenset(found)


def is_seen_through(project: Project, settings: SettingsModule, name: str) -> bool:
    """Whether a middleware is the project's own, with nothing inherited from elsewhere."""
    found = project.view(Symbols).resolve(name, settings.module)
    if not isinstance(found, Definition) or found.member:
        return False
    if any(_IS_FOREIGN.match(fact.module) for fact in found.module.facts.imports):
        return False  # it may run the other one itself
    if found.kind is not Kind.CLASS:
        return found.kind is Kind.FUNCTION
    order = project.view(ClassHierarchy).order(ProjectClass(found.module, found.index))
    return all(isinstance(one, ProjectClass) or one == External(_MIXIN) for one in order)


def _set_by(project: Project, function: ProjectFunction) -> Iterator[str]:
    for target, _ in project.view(Functions).summary(function).stored:
        if "req" in dotted(target.value).rpartition(".")[2]:
            yield target.attr


def _is_set_by_name(project: Project, name: str) -> bool:
    """`setattr(request, "tenant", tenant)`."""
    return any(
        module.mentions(fact, "setattr") and module.mentions(fact, name)
        for module in project.modules
        for fact in module.functions
    )


def _idle(project: Project, sites: Iterable[SettingsModule]) -> frozenset[ProjectClass]:
    """The middleware classes that nothing names; none where other middleware may do their work."""
    installed: set[str] = set()
    for one in (*project.view(Settings).modules, *sites):
        names = {str(text.value) for text in one.texts("MIDDLEWARE")}
        own = {name for name in names if _is_own(project, one, name)}
        is_seen = one.is_closed("MIDDLEWARE") or one.get("MIDDLEWARE") is None
        if not is_seen or any(not name.startswith(_QUIET) for name in names - own):
            return frozenset()
        installed |= {name.rpartition(".")[2] for name in own}
    spoken_of = installed.union(fact.name for module in project.modules for fact in module.facts.imports)
    hierarchy = project.view(ClassHierarchy)
    return frozenset(
        cls
        for module in project.modules
        if not is_test(module.path)
        for cls in (ProjectClass(module, index) for index in range(len(module.classes)))
        if cls.fact.name not in spoken_of
        and not hierarchy.below(cls)
        and project.code(module.path).count(cls.fact.name) == 1
        and _is_middleware(hierarchy, cls)
    )


def _is_own(project: Project, settings: SettingsModule, name: str) -> bool:
    return isinstance(project.view(Symbols).resolve(name, settings.module), Definition)


def _is_middleware(hierarchy: ClassHierarchy, cls: ProjectClass) -> bool:
    """Whether a class is made with what gives the response, and called with a request."""
    if any(isinstance(one, External) and one.name == _MIXIN for one in hierarchy.order(cls)):
        return True
    methods = {member.name: member.index for member in cls.fact.members if member.kind is Kind.FUNCTION}
    if not {"__init__", "__call__"} <= methods.keys():
        return False
    maker = cls.module.functions[methods["__init__"]]
    return [one.name for one in maker.parameters][1:2] == ["get_response"]
