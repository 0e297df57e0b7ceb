"""The views of REST framework: what they answer, and what of a class they ask for.

Taken from `rest_framework/generics.py`, `mixins.py` and `viewsets.py`, and compared with them in the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.class_values import ClassValues

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass
    from archlint.project.project import Project

LIST_ROUTE: Mapping[str, str] = MappingProxyType({"get": "list", "post": "create"})
DETAIL_ROUTE: Mapping[str, str] = MappingProxyType(
    {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}
)
ON_ONE = frozenset(DETAIL_ROUTE.values())
"""Actions on one object, which they find by `lookup_field`."""

_MIXINS = {
    "CreateModelMixin": "create",
    "ListModelMixin": "list",
    "RetrieveModelMixin": "retrieve",
    "UpdateModelMixin": "update partial_update",
    "DestroyModelMixin": "destroy",
    "ModelViewSet": "create list retrieve update partial_update destroy",
    "ReadOnlyModelViewSet": "list retrieve",
}
_GENERIC = {
    "CreateAPIView": "post:create",
    "ListAPIView": "get:list",
    "RetrieveAPIView": "get:retrieve",
    "DestroyAPIView": "delete:destroy",
    "UpdateAPIView": "put:update patch:partial_update",
    "ListCreateAPIView": "get:list post:create",
    "RetrieveUpdateAPIView": "get:retrieve put:update patch:partial_update",
    "RetrieveDestroyAPIView": "get:retrieve delete:destroy",
    "RetrieveUpdateDestroyAPIView": "get:retrieve put:update patch:partial_update delete:destroy",
}
_BARE = frozenset({"APIView", "GenericAPIView", "ViewSetMixin", "ViewSet", "GenericViewSet"})
_WITH_QUERYSET = frozenset({"GenericAPIView", "GenericViewSet", "ModelViewSet", "ReadOnlyModelViewSet"})
_SETS = frozenset({"ViewSetMixin", "ViewSet", "GenericViewSet", "ModelViewSet", "ReadOnlyModelViewSet"})


class ViewKind(msgspec.Struct, frozen=True):
    """What the bases of a view from REST framework make of it."""

    actions: frozenset[str]
    """The actions that the mixins bring: `list`, `create`, …"""

    methods: tuple[tuple[str, str], ...]
    """The HTTP methods that generic views answer, each with its action."""

    is_generic: bool
    """Whether it has a query set and a serializer class."""

    is_set: bool


class ViewClasses:
    """Tells the views of REST framework among the classes of the project."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._values = project.view(ClassValues)

    @classmethod
    def build(cls, project: Project) -> ViewClasses:
        """The view of a project."""
        return cls(project)

    def of(self, cls: ProjectClass) -> ViewKind | None:
        """The kind of a view, where all its bases are REST framework's or the project's; else None."""
        outside = self._values.outside(cls)
        if outside is None or not any(name.startswith("rest_framework.") for name in outside):
            return None
        ours = [name for name in outside if name.startswith("rest_framework.")]
        if len(ours) != len([name for name in outside if name not in _HARMLESS]):
            return None
        lasts = {name.rpartition(".")[2] for name in ours}
        if not lasts & {*_MIXINS, *_GENERIC, *_BARE}:
            return None
        if not lasts <= {*_MIXINS, *_GENERIC, *_BARE}:
            return None
        methods = tuple(
            (method, action)
            for last in sorted(lasts)
            for method, _, action in (pair.partition(":") for pair in _GENERIC.get(last, "").split())
        )
        actions = {action for last in lasts for action in _MIXINS.get(last, "").split()}
        actions |= {action for _, action in methods}
        is_generic = bool(lasts & {*_GENERIC, *_WITH_QUERYSET})
        return ViewKind(frozenset(actions), methods, is_generic, bool(lasts & _SETS))


_HARMLESS = frozenset({"abc.ABC", "typing.Generic", "builtins.object"})
