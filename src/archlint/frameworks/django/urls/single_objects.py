"""Generic views of one object, and the parameters of the URL that tell which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Literal
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.urls.routes import DjangoRoute, DjangoRoutes

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass
    from archlint.project.project import Project

_PACKAGE = "django.views.generic."
_OF_ONE = frozenset(
    {
        "SingleObjectMixin",
        "BaseDetailView",
        "DetailView",
        "BaseUpdateView",
        "UpdateView",
        "BaseDeleteView",
        "DeleteView",
    }
)
_STEERING = (
    "get_object",
    "get_slug_field",
    "get",
    "post",
    "dispatch",
    "setup",
    "as_view",
    "__init__",
    "kwargs",
)
"""What may find the object in another way."""

_NAMES = {"pk_url_kwarg": "pk", "slug_url_kwarg": "slug"}


class SingleObject(msgspec.Struct, frozen=True):
    """A route to such a view."""

    cls: ProjectClass
    route: DjangoRoute
    wanted: tuple[str, ...] | None
    """The parameters one of which it needs; None where nobody can tell."""

    @property
    def is_told(self) -> bool:
        """Whether the URL passes one of them."""
        passed = {parameter.name for parameter in self.route.parameters} | self.route.given
        return self.wanted is None or not passed.isdisjoint(self.wanted)


def single_objects(project: Project) -> Iterator[SingleObject]:
    """Every route to a generic view of Django's that fetches one object by its URL."""
    values = project.view(ClassValues)
    for route in project.view(DjangoRoutes):
        cls = route.handler.cls if route.handler is not None else None
        outside = values.outside(cls) if cls is not None else None
        if cls is None or outside is None or not any(_is_of_one(name) for name in outside):
            continue
        yield SingleObject(cls, route, _wanted(values, cls, route) if route.is_whole else None)


def _is_of_one(name: str) -> bool:
    return name.startswith(_PACKAGE) and name.rpartition(".")[2] in _OF_ONE


def _wanted(values: ClassValues, cls: ProjectClass, route: DjangoRoute) -> tuple[str, ...] | None:
    given = route.view.given if route.view is not None else frozenset()
    is_open = not route.has_known_parameters or "" in given or not given.isdisjoint(_NAMES)
    outside = values.outside(cls) or ()
    if is_open or any(not name.startswith(("django.", "abc.", "typing.", "builtins.")) for name in outside):
        return None
    if any(values.of(cls, name) is not None for name in _STEERING):
        return None
    names: list[str] = []
    for option, default in _NAMES.items():
        found = values.of(cls, option)
        value = found.value if found is not None else Literal(default, 0, 0)
        if not isinstance(value, Literal) or not isinstance(value.value, str):
            return None
        names.append(value.value)
    return tuple(names)
