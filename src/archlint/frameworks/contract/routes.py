"""The routes that an application surely or perhaps has, whatever its framework, and what answers them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from archlint.frameworks.contract.document import Contract
from archlint.frameworks.contract.served import UNSEEN, Served

if TYPE_CHECKING:
    from archlint.frameworks.contract.document import Operation
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_OTHERS: Final = frozenset(
    {
        *("apiflask", "bottle", "connexion", "falcon", "flask_appbuilder", "flask_openapi3", "flask_restful"),
        *(
            "flask_restx",
            "flask_smorest",
            "flask_classful",
            "flask_views",
            "litestar",
            "ninja",
            "ninja_extra",
        ),
        *(
            "aiohttp_apispec",
            "openapi_core",
            "pyramid",
            "robyn",
            "sanic",
            "spectree",
            "strawberry",
            "tornado",
        ),
        *("aiohttp_pydantic", "rororo", "fastapi_utils", "fastapi_users", "classy_fastapi", "blacksheep"),
        *(
            "rest_framework_nested",
            "djoser",
            "dj_rest_auth",
            "fastapi_crudrouter",
            "starlite",
            "quart_schema",
        ),
    }
)
"""What makes routes in ways of its own."""

_LONG = re.compile(r"\{\w*:(?:path|\.[*+])\}|<path:\w*>")
"""Parameters that take slashes, too."""

_PARAMETER = re.compile(r"\{[^{}]*\}|<[^<>]*>")


Base: TypeAlias = "tuple[tuple[str, ...], bool]"
"""The parts in front of the paths of a document, and whether more may stand before them."""


class Answered(msgspec.Struct, frozen=True):
    """What is known of an operation."""

    served: tuple[Served, ...]
    """The routes with its path, for whatever method; those with a slash more at the end are left out."""

    slashed: tuple[Served, ...]
    """The routes with its path and a slash more."""

    idle: tuple[Served, ...]
    """Those with its path that would answer, if anybody included their router."""

    is_doubtful: bool
    """There may be another one."""

    elsewhere: tuple[Served, ...] = ()
    """Those with its path behind another prefix than the servers of the document have."""

    def functions(self, method: str) -> tuple[ProjectFunction, ...]:
        """The functions that surely answer a method."""
        ours = [each for each in self.served if each.methods is None or method in each.methods]
        found = (each.answering(method) for each in ours)
        return tuple(dict.fromkeys(each for each in found if each is not None))


class ServedRoutes:
    """Answers for operations."""

    transparent = True

    bases: frozenset[Base] = frozenset()
    promised: frozenset[tuple[str, ...]] = frozenset()
    """The paths of the document's servers, if one of its operations is answered there.

    Where none is, something in front of the application may take them away.
    """

    def __init__(self, project: Project) -> None:
        roots = {name.partition(".")[0] for name in project.imported}
        self.is_open = not _OTHERS.isdisjoint(roots)
        from archlint.frameworks.contract.djangos import django_routes  # projects have one, rarely two
        from archlint.frameworks.contract.fastapis import fastapi_routes
        from archlint.frameworks.contract.registered import registered_routes

        found: list[Served] = []
        for source, packages in (
            (django_routes, {"django"}),
            (fastapi_routes, {"fastapi", "starlette"}),
            (registered_routes, {"aiohttp", "flask", "quart"}),
        ):
            if not packages.isdisjoint(roots):
                routes = source(project)
                self.is_open = self.is_open or routes is None
                found += routes or ()
        self.routes = tuple(found)
        contract = project.view(Contract)
        self.bases = frozenset(self._bases(contract.operations))
        promised = frozenset(tuple(_segments(base)) for base in contract.bases())
        if any((base, False) in self.bases for base in promised):
            self.promised = promised

    @classmethod
    def build(cls, project: Project) -> ServedRoutes:
        """The routes of a project."""
        return cls(project)

    def of(self, operation: Operation) -> Answered:
        """The routes that answer the path of an operation."""
        served: list[Served] = []
        slashed: list[Served] = []
        idle: list[Served] = []
        is_doubtful = self.is_open
        wanted = _segments(operation.path)
        for route, own in self._with_segments:
            has_slash = route.path.endswith("/") and route.path != "/"
            if UNSEEN not in "".join(own) and _ends_with(own, wanted):
                is_slashed = has_slash and not operation.path.endswith("/")
                (idle if route.is_idle else slashed if is_slashed else served).append(route)
            elif not route.is_idle and _may_be(route, own, wanted) and self._fits_a_base(route, own, wanted):
                is_doubtful = True
        elsewhere = self._elsewhere(operation, served)
        here = () if elsewhere else tuple(served)
        return Answered(here, tuple(slashed), tuple(idle), is_doubtful, elsewhere)

    def _elsewhere(self, operation: Operation, served: list[Served]) -> tuple[Served, ...]:
        """The routes with a path, if all of them stand behind another prefix than is promised."""
        if not self.promised or "servers" in operation.shared:
            return ()
        length = len(_segments(operation.path))
        heads = [_segments(route.path)[: len(_segments(route.path)) - length] for route in served]
        is_here = any(route.has_open_head for route in served)
        is_here = is_here or any(tuple(head) in self.promised for head in heads)
        return () if is_here else tuple(served)

    @cached_property
    def _with_segments(self) -> list[tuple[Served, list[str]]]:
        return [(route, _segments(route.path)) for route in self.routes]

    def _bases(self, operations: Iterable[Operation]) -> Iterator[Base]:
        """What stands in front of the paths of the document, where routes end in them."""
        for operation in operations:
            wanted = _segments(operation.path)
            for route, own in self._with_segments:
                if not route.is_idle and UNSEEN not in "".join(own) and _ends_with(own, wanted):
                    yield tuple(own[: len(own) - len(wanted)]), route.has_open_head

    def _fits_a_base(self, route: Served, own: list[str], wanted: list[str]) -> bool:
        """Whether a parameter of a route stands where the paths of the document begin, or behind.

        Where `/orders` is `/api/orders`, `/api/shops/{name}` answers no `/tags`.
        """
        if not self.bases or UNSEEN in "".join(own) or len(own) < len(wanted):
            return True
        head = tuple(own[: len(own) - len(wanted)])
        return any(
            _is_same(head, base) or (route.has_open_head and _is_same(base[0], (head, True)))
            for base in self.bases
        )


def _segments(path: str) -> list[str]:
    """The parts of a path, each parameter as `{}`."""
    text = _PARAMETER.sub("{}", _LONG.sub(UNSEEN, path))
    return [part for part in text.split("/") if part]


def _is_same(head: tuple[str, ...], base: Base) -> bool:
    """Whether a path begins as a base does, of which the front may be unseen."""
    begins, is_open = base
    return head == begins or (is_open and head[len(head) - len(begins) :] == begins)


def _ends_with(own: list[str], wanted: list[str]) -> bool:
    if len(own) < len(wanted):
        return False
    tail = own[len(own) - len(wanted) :]
    return all(one == other for one, other in zip(tail, wanted, strict=True))


def _may_be(route: Served, own: list[str], wanted: list[str]) -> bool:
    """Whether a route, or what is not seen of it, may take the path, too."""
    if any(UNSEEN in part for part in own):
        return _fits(own, wanted)
    if len(own) >= len(wanted):
        return _fit(own[len(own) - len(wanted) :], wanted)
    return route.has_open_head and (not own or _fit(own, wanted[-len(own) :]))


def _fits(own: list[str], wanted: list[str]) -> bool:
    """Whether a path may be one that is seen in parts only: what is behind the last gap has to fit."""
    last = max(at for at, part in enumerate(own) if UNSEEN in part)
    tail = own[last + 1 :]
    return not tail or (len(tail) <= len(wanted) and _fit(tail, wanted[len(wanted) - len(tail) :]))


def _fit(own: list[str], wanted: list[str]) -> bool:
    """Whether the parts of a route may take those of an operation: a parameter takes anything."""
    return all(one == other or "{}" in one or "(" in one for one, other in zip(own, wanted, strict=True))
