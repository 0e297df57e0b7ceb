"""Namespaces that `include()` gives to patterns of no app, which Django refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Literal
from archlint.frameworks.django.urls.calls import PatternCall, pattern_calls
from archlint.frameworks.django.urls.confs import UrlConfs
from archlint.frameworks.django.urls.making import argument, items
from archlint.frameworks.drf.routers import Routers
from archlint.project.answer import Definition
from archlint.project.module import Module
from archlint.project.scopes import Scopes
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project


def named_includes(project: Project) -> Iterator[tuple[PatternCall, Literal, bool | None]]:
    """Each `include()` that is given a namespace: that, and whether what it includes has the name of an app.

    None where nobody can tell.
    """
    for call in pattern_calls(project):
        view = call.written.view
        if call.included is None or not isinstance(view, Call):
            continue
        namespace = argument(view, 1, "namespace")
        if isinstance(namespace, Literal) and namespace.value:
            yield call, namespace, _has_name(project, call, call.included)


def _has_name(project: Project, call: PatternCall, included: Expression) -> bool | None:
    found = project.view(Scopes).resolve(call.module, call.scope, included)
    if isinstance(included, Literal) and isinstance(included.value, str):
        found = project.view(Symbols).resolve(included.value, call.module)
    if isinstance(found, Module):
        name = project.view(UrlConfs).included(call.module, included)
        return bool(name.app_name) if name.is_known else None
    if isinstance(found, Definition) and isinstance(included, Attribute) and found.member == "urls":
        is_router = project.view(Routers).patterns(found.module, found.qualname) is not None
        return False if is_router else None
    is_list = items(included) is not None and getattr(included, "kind", "") == "list"
    return False if is_list else None
