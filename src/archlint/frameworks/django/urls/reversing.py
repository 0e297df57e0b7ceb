"""The names of routes, and whether a name with some arguments leads to one."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from fnmatch import fnmatchcase
from itertools import product
from typing import TYPE_CHECKING

from archlint.facts.outline import last_name
from archlint.frameworks.django.urls.reversals import Passed
from archlint.frameworks.django.urls.routes import DjangoRoute, DjangoRoutes
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.project.project import Project


class Reach(Enum):
    """Whether a route can be found by its name."""

    FOUND = "found"
    UNKNOWN = "unknown"
    NO_NAME = "no name"
    NO_NAMESPACE = "no namespace"
    WRONG_ARGUMENTS = "wrong arguments"


class UrlNames:
    """Every name of a route in the project, and where more names may be than are seen."""

    def __init__(self, project: Project) -> None:
        routes = project.view(DjangoRoutes)
        self._table: dict[str, list[DjangoRoute]] = {}
        self._namespaces: set[str] = set()
        self._open: dict[str, frozenset[str]] = {}
        self.is_known = not routes.is_app and not _has_other_urlconfs(project)
        """Whether all that is missing is missing: the project has a root, and only one way to it."""

        for route in routes:
            for prefix in _prefixes(route.namespaces):
                self._note(prefix)
                if route.name:
                    self._table.setdefault(prefix + route.name, []).append(route)
        for gap in routes.gaps:
            if gap.namespaces is None:
                continue  # where a namespace is unknown, there is a gap around it
            for prefix in _prefixes(gap.namespaces):
                self._note(prefix)
                self._open[prefix] = self._open.get(prefix, frozenset()) | gap.names

    @classmethod
    def build(cls, project: Project) -> UrlNames:
        """The view of a project."""
        return cls(project)

    def names(self, namespace: str) -> tuple[str, ...]:
        """The names in a namespace, which is written with a colon behind it."""
        return tuple(name for name in self._table if name.rpartition(":")[0] == namespace.rstrip(":"))

    def namespaces(self) -> tuple[str, ...]:
        """Every namespace, without the last colon."""
        return tuple(sorted(name[:-1] for name in self._namespaces if name))

    def routes(self, name: str) -> tuple[DjangoRoute, ...]:
        """The routes of a name."""
        return tuple(self._table.get(name, ()))

    def reach(self, name: str, passed: Passed) -> Reach:
        """Whether `reverse(name)` with these arguments finds a route."""
        if not self.is_known:
            return Reach.UNKNOWN
        found = self._table.get(name)
        namespace = name[: len(name) - len(name.rpartition(":")[2])]
        if found is not None:
            if any(_fits(route, passed) for route in found) or self._is_open(namespace, name):
                return Reach.FOUND
            return Reach.WRONG_ARGUMENTS
        if self._is_open(namespace, name):
            return Reach.UNKNOWN
        is_namespace = not namespace or namespace in self._namespaces
        return Reach.NO_NAME if is_namespace else Reach.NO_NAMESPACE

    def _is_open(self, namespace: str, name: str) -> bool:
        """Whether a pattern that nobody sees may have a name in a namespace."""
        for prefix, globs in self._open.items():
            is_inside = namespace.startswith(prefix) and namespace not in self._namespaces
            if prefix == namespace or is_inside:
                inner = name.removeprefix(prefix)
                if any(fnmatchcase(inner, each) for each in globs):
                    return True
        return False

    def _note(self, prefix: str) -> None:
        parts = prefix.split(":")
        self._namespaces.update(":".join(parts[:end]) + ":" for end in range(1, len(parts)))


def _fits(route: DjangoRoute, passed: Passed) -> bool:
    """Whether a route may take these arguments."""
    if not route.has_known_parameters or passed.count is None or passed.names is None:
        return True
    named = {p.name for p in route.parameters if p.name}
    wanted = {p.name for p in route.parameters if p.name and not p.is_optional}
    if passed.names:
        return wanted <= passed.names <= named | route.given
    if named:
        return len(wanted) <= passed.count <= len(named)
    needed = sum(not p.is_optional for p in route.parameters)
    return needed <= passed.count <= len(route.parameters)


def _prefixes(namespaces: tuple[frozenset[str], ...] | None) -> Iterator[str]:
    """How the namespaces around a route may be written in front of its name."""
    for names in product(*map(sorted, namespaces or ())):
        yield "".join(f"{name}:" for name in names)


def _has_other_urlconfs(project: Project) -> bool:
    """Whether some code chooses another URLconf for a request: `request.urlconf = …`, `set_urlconf(…)`."""
    functions = project.view(Functions)
    for module in project.modules:
        if module.name.startswith("django.") or b"urlconf" not in module.encoded_definitions:
            continue
        for index, fact in enumerate(module.functions):
            if b"urlconf" not in module.encoded(fact):
                continue
            summary = functions.summary(ProjectFunction(module, index))
            called = {last_name(site.call.function) for site in summary.calls}
            if "set_urlconf" in called or any(target.attr == "urlconf" for target, _ in summary.stored):
                return True
    return False
