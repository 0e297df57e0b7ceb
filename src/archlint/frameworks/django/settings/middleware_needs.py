"""What code asks of a request that only a middleware puts there.

https://docs.djangoproject.com/en/5.2/ref/middleware/#middleware-ordering
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call, Expression, Name, says
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.settings.modules import Settings, SettingsModule
from archlint.frameworks.django.settings.own_middleware import (
    is_request,
    is_seen_through,
    left_out,
    set_on_requests,
)
from archlint.project.answer import External
from archlint.project.classes import ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes
from archlint.project.tries import is_tried

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.module import Module
    from archlint.project.project import Project

_SESSION = "django.contrib.sessions.middleware.SessionMiddleware"
_AUTH = "django.contrib.auth.middleware.AuthenticationMiddleware"
_MESSAGES = "django.contrib.messages.middleware.MessageMiddleware"
_READ = {"session": _SESSION, "user": _AUTH}
_GIVEN_AS = {**_READ, "_messages": _MESSAGES}
"""Attributes of a request, by which each of them gives what it gives."""

_ASKING = {
    "django.contrib.admin.views.decorators.staff_member_required": _AUTH,
    "django.contrib.auth.decorators.login_required": _AUTH,
    "django.contrib.auth.decorators.permission_required": _AUTH,
    "django.contrib.auth.decorators.user_passes_test": _AUTH,
}
"""Decorators that ask who is there before the view runs."""

_GUARD = "django.contrib.auth.mixins.LoginRequiredMixin"

_TELLING = frozenset({"add_message", "debug", "info", "success", "warning", "error"})
_PACKAGES = ("django.contrib.messages.", "django.contrib.messages.api.")


class MiddlewareNeed(msgspec.Struct, frozen=True):
    """One place that needs a middleware which no settings install."""

    module: Module
    form: Expression
    what: str
    """What is asked for, in words."""

    middleware: str
    settings: Module


def middleware_needs(project: Project) -> Iterator[MiddlewareNeed]:
    """Every place of a project that surely fails, since all its settings leave a middleware out."""
    sites = _sites(project)
    lacking = _lacking(project, sites)
    own = left_out(project, sites) if sites else {}
    if not lacking and not own:
        return
    for module in project.modules:
        if is_test(module.path) or module.is_stub:
            continue
        for function in project.view(Functions).all_of(module):
            asked = chain(
                _asked(project, function, lacking),
                _asked_by_decorators(project, function, lacking),
                _asked_of_own(project, function, own),
            )
            for form, what, middleware in asked:
                yield MiddlewareNeed(module, form, what, middleware, sites[0].module)
        if _AUTH in lacking:
            for form in _guarded_views(project, module):
                yield MiddlewareNeed(module, form, "`LoginRequiredMixin`", _AUTH, sites[0].module)


def _asked_of_own(
    project: Project, function: ProjectFunction, own: Mapping[str, ProjectClass]
) -> Iterator[tuple[Expression, str, str]]:
    """What only middleware of the project puts on a request."""
    module, fact = function.module, function.fact
    if not own or not module.mentions(fact, *own) or module.mentions(fact, "hasattr", "getattr"):
        return
    owner = ProjectClass(module, fact.owner) if fact.owner >= 0 else None
    for read in project.view(Functions).summary(function).reads:
        form = read.attribute
        needed = own.get(form.attr) if is_request(form.value) else None
        is_asked = needed is not None and owner not in own.values()
        if needed is None or not is_asked or is_tried(module, form.line, "AttributeError"):
            continue
        yield form, f"`request.{form.attr}`", needed.name


def _sites(project: Project) -> list[SettingsModule]:
    """The settings of whole sites."""
    return [
        one
        for one in project.view(Settings).final
        if one.get("ROOT_URLCONF") is not None and not is_test(one.module.path)
    ]


def _lacking(project: Project, sites: list[SettingsModule]) -> frozenset[str]:
    """The middleware that none of the settings of a project has, and nothing of its own stands in for."""
    found = frozenset({_SESSION, _AUTH, _MESSAGES})
    has_own = False
    for one in sites:
        names = {str(text.value) for text in one.texts("MIDDLEWARE")}
        foreign = {name for name in names if not name.startswith("django.")}
        if not one.is_closed("MIDDLEWARE") or not all(
            is_seen_through(project, one, name) for name in foreign
        ):
            return frozenset()
        has_own = has_own or bool(foreign)
        found -= names
    if has_own:
        given = set_on_requests(project)
        found = (
            frozenset() if given is None else found - {_GIVEN_AS[name] for name in given & _GIVEN_AS.keys()}
        )
    if any(fact.module.startswith("rest_framework") for m in project.modules for fact in m.facts.imports):
        found -= {_AUTH}  # its requests have a user of their own
    return found if sites else frozenset()


def _asked(
    project: Project, function: ProjectFunction, lacking: frozenset[str]
) -> Iterator[tuple[Expression, str, str]]:
    module, fact = function.module, function.fact
    if not module.mentions(fact, *_READ, *_TELLING) or module.mentions(fact, "hasattr", "getattr"):
        return
    summary = project.view(Functions).summary(function)
    takes_request = any(one.name == "request" for one in fact.parameters[:2])
    written = {target.attr for target, _ in summary.stored if is_request(target.value)}
    for read in summary.reads:
        form = read.attribute
        needed = _READ.get(form.attr, "")
        is_of_request = is_request(form.value) and (takes_request or not isinstance(form.value, Name))
        if needed in lacking and is_of_request and form.attr not in written:
            yield form, f"`request.{form.attr}`", needed
    if _MESSAGES not in lacking:
        return
    for site in summary.calls:
        if not _is_quiet(site.call):
            found = project.view(Scopes).resolve(module, function.scope, site.call.function)
            name = found.name if isinstance(found, External) else ""
            if name.startswith(_PACKAGES) and name.rpartition(".")[2] in _TELLING:
                yield site.call, f"`messages.{name.rpartition('.')[2]}()`", _MESSAGES


def _asked_by_decorators(
    project: Project, function: ProjectFunction, lacking: frozenset[str]
) -> Iterator[tuple[Expression, str, str]]:
    """`@login_required`, with arguments or without."""
    for decorator in function.fact.decorators if lacking else ():
        form = decorator.function if isinstance(decorator, Call) else decorator
        found = project.view(Scopes).resolve(function.module, function.outer, form)
        name = found.name if isinstance(found, External) else ""
        if _ASKING.get(name) in lacking:
            yield form, f"`@{name.rpartition('.')[2]}`", _ASKING[name]


def _guarded_views(project: Project, module: Module) -> Iterator[Expression]:
    """`class Orders(LoginRequiredMixin, ListView)`: the base that asks who is there before the view runs."""
    scopes, values = project.view(Scopes), project.view(ClassValues)
    for index, fact in enumerate(module.classes):
        for base in fact.bases:
            found = scopes.resolve(module, fact.qualname.rpartition(".")[0], base)
            if not isinstance(found, External) or found.name != _GUARD:
                continue
            outside = values.outside(ProjectClass(module, index)) or ()
            if any(name.startswith("django.views.") for name in outside):
                yield base


def _is_quiet(call: Call) -> bool:
    """`fail_silently=True`."""
    given = next((one.value for one in call.keywords if one.name in ("fail_silently", "")), None)
    return given is not None and not says(given, False)
