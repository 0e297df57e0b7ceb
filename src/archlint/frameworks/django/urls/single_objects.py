"""Generic views of one object, and the parameters of the URL that tell which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import written_text
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
    wanted: tuple[str, str] | None
    """The parameters one of which it needs, for the key and for the slug; None where nobody can tell."""

    @property
    def is_told(self) -> bool:
        """Whether the URL passes one of them."""
        return self.wanted is None or not self._passed.isdisjoint(self.wanted)

    @property
    def is_told_by_slug(self) -> bool:
        """Whether the URL passes a slug and no key, and the view looks for it under the usual name."""
        if self.wanted is None or self.route.view is None or "slug_field" in self.route.view.given:
            return False
        by_key, by_slug = self.wanted
        return by_slug in self._passed and by_key not in self._passed

    @property
    def _passed(self) -> frozenset[str]:
        return frozenset(parameter.name for parameter in self.route.parameters) | self.route.given


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


def _wanted(values: ClassValues, cls: ProjectClass, route: DjangoRoute) -> tuple[str, str] | None:
    given = route.view.given if route.view is not None else frozenset()
    is_open = not route.has_known_parameters or "" in given or not given.isdisjoint(_NAMES)
    outside = values.outside(cls) or ()
    if is_open or any(not name.startswith(("django.", "abc.", "typing.", "builtins.")) for name in outside):
        return None
    if any(values.of(cls, name) is not None for name in _STEERING):
        return None
    by_key, by_slug = (_named(values, cls, option) for option in _NAMES)
    return None if by_key is None or by_slug is None else (by_key, by_slug)


def _named(values: ClassValues, cls: ProjectClass, option: str) -> str | None:
    """What an option names; None where nobody can tell."""
    found = values.of(cls, option)
    return written_text(found.value) if found is not None else _NAMES[option]
