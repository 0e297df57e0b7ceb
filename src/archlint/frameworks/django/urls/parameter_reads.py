"""What views read of the parameters of their URL, `self.kwargs["slug"]`, and what their routes pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Comparison, Literal, Name, Subscript, written_text
from archlint.facts.forms import walked
from archlint.facts.statements import Assign
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.urls.routes import DjangoRoute, DjangoRoutes
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.functions import ProjectFunction
from archlint.project.tries import is_tried

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression, Form
    from archlint.project.project import Project

_KEPT = "kwargs"
_PLAIN = ("django.", "rest_framework.", "typing.", "abc.", "builtins.")
_STEERING = ("as_view", "setup", "dispatch", "initialize_request", "initial", "__init__", _KEPT)
"""What a class may have of its own that changes what its methods find in `self.kwargs`."""

_CHANGING = frozenset({"update", "setdefault", "clear"})


class ParameterRead(msgspec.Struct, frozen=True):
    """A place where a method of a view needs a parameter."""

    method: ProjectFunction
    form: Subscript | Call
    name: str
    routes: tuple[DjangoRoute, ...]
    """All that lead to a view with this method."""

    passed: frozenset[str] | None
    """What any of them passes; None where nobody can tell."""


def parameter_reads(project: Project) -> Iterator[ParameterRead]:
    """Every such place in the view classes that routes lead to, and in their bases."""
    hierarchy, routed = project.view(ClassHierarchy), _routed(project)
    for holder in dict.fromkeys(one for cls in routed for one in _own(hierarchy.order(cls))):
        reads = [] if is_test(holder.module.path) else list(_reads(holder))
        if not reads:
            continue
        below = hierarchy.below(holder)
        views = [holder] if holder in routed else [one for one in below if not hierarchy.below(one)]
        routes = tuple(route for view in views for route in routed.get(view, ()))
        further = {name for view in below for route in routed.get(view, ()) for name in _names(route)}
        passed = _passed(project, views, routed)
        for method, form, key in reads:
            name = _named(project, views, key)
            is_of_heirs = holder in routed and name in further  # which may be why it is there
            if name:
                yield ParameterRead(method, form, name, routes, None if is_of_heirs else passed)


def _named(project: Project, views: list[ProjectClass], key: Expression) -> str:
    """The text of a key: written there, or in the classes: `self.order_kwarg`. Empty where views differ."""
    if isinstance(key, Attribute):
        found = {project.view(ClassValues).of(view, key.attr) for view in views}
        said = next(iter(found)) if len(found) == 1 else None
        key = said.value if said is not None and said.value is not None else key
    return written_text(key) or ""


def _routed(project: Project) -> dict[ProjectClass, list[DjangoRoute]]:
    routed: dict[ProjectClass, list[DjangoRoute]] = {}
    for route in project.view(DjangoRoutes):
        if route.handler is not None and route.handler.cls is not None:
            routed.setdefault(route.handler.cls, []).append(route)
    return routed


def _own(order: Iterable[object]) -> list[ProjectClass]:
    return [one for one in order if isinstance(one, ProjectClass)]


def _passed(
    project: Project, views: list[ProjectClass], routed: dict[ProjectClass, list[DjangoRoute]]
) -> frozenset[str] | None:
    """What any route passes to any of some views."""
    values, hierarchy = project.view(ClassValues), project.view(ClassHierarchy)
    found: set[str] = set()
    for view in views:
        routes, outside = routed.get(view), values.outside(view)
        if not routes or outside is None or not all(name.startswith(_PLAIN) for name in outside):
            return None
        if any(values.of(view, name) is not None for name in _STEERING):
            return None
        if any(map(_changes, _own(hierarchy.order(view)))):
            return None
        for route in routes:
            is_plain = route.handler is not None and route.handler.is_plain
            if not (is_plain and route.is_whole and route.has_known_parameters):
                return None
            found.update(_names(route))
    return frozenset(found)


def _names(route: DjangoRoute) -> Iterator[str]:
    yield from route.given
    yield from (each.name for each in route.parameters)


def _methods(cls: ProjectClass) -> Iterator[ProjectFunction]:
    for member in cls.fact.members:
        if member.kind is Kind.FUNCTION:
            method = ProjectFunction(cls.module, member.index)
            if method.receiver and cls.module.mentions(method.fact, _KEPT):
                yield method


def _changes(cls: ProjectClass) -> bool:
    """Whether a class puts something into what the URL has passed."""
    return any(
        _is_change(form, method.receiver)
        for method in _methods(cls)
        for form in walked(cls.module.statements(method.fact))
    )


def _is_change(form: Form, receiver: str) -> bool:
    if isinstance(form, Assign):
        targets = (t.value if isinstance(t, Subscript) else t for t in form.targets)
        return any(_is_kept(target, receiver) for target in targets)
    if not isinstance(form, Call) or not isinstance(form.function, Attribute):
        return False
    is_own = form.function.attr in _CHANGING and _is_kept(form.function.value, receiver)
    return is_own or any(_is_kept(each, receiver) for each in form.arguments)


def _is_kept(form: Expression | None, receiver: str) -> bool:
    return (
        isinstance(form, Attribute)
        and form.attr == _KEPT
        and isinstance(form.value, Name)
        and form.value.id == receiver
    )


def _reads(cls: ProjectClass) -> Iterator[tuple[ProjectFunction, Subscript | Call, Expression]]:
    asked: list[object] = []
    found: list[tuple[ProjectFunction, Subscript | Call, Expression]] = []
    for method in _methods(cls):
        for form in walked(cls.module.statements(method.fact)):
            asked += _asked(form, method.receiver)
            key = _needed(form, method.receiver)
            if key is not None and isinstance(form, (Subscript, Call)) and not _is_caught(cls, form):
                found.append((method, form, key))
    yield from (one for one in found if _said(one[2]) not in asked)


def _needed(form: Form, receiver: str) -> Expression | None:
    """`"slug"` of `self.kwargs["slug"]` and `self.kwargs.pop("slug")`."""
    if isinstance(form, Subscript) and _is_kept(form.value, receiver):
        return form.index
    if not isinstance(form, Call) or not isinstance(form.function, Attribute) or len(form.arguments) != 1:
        return None
    is_popped = form.function.attr == "pop" and not form.keywords and _is_kept(form.function.value, receiver)
    return form.arguments[0] if is_popped else None


def _said(key: Expression) -> object:
    """A key as it is written: a text, or the name of an attribute."""
    return getattr(key, "value", None) if isinstance(key, Literal) else getattr(key, "attr", None)


def _asked(form: Form, receiver: str) -> Iterator[object]:
    """What is asked for first: `"slug" in self.kwargs`, `self.kwargs.get("slug")`."""
    if isinstance(form, Comparison):
        yield _said(form.left)
    if not isinstance(form, Call) or not isinstance(form.function, Attribute) or not form.arguments:
        return
    if form.function.attr == "get" and _is_kept(form.function.value, receiver):
        yield _said(form.arguments[0])


def _is_caught(cls: ProjectClass, form: Subscript | Call) -> bool:
    return any(is_tried(cls.module, form.line, error) for error in ("KeyError", "LookupError", "Exception"))
