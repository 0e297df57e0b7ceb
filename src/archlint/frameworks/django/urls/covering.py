"""Which paths take all that another would match."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from archlint.frameworks.django.urls.routes import DjangoRoute

_PARAMETER = re.compile(r"<(?:(?P<converter>[^>:]+):)?[^>]+>")
_MATCHES = {
    "int": re.compile("[0-9]+"),
    "slug": re.compile("[-a-zA-Z0-9_]+"),
    "uuid": re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    "str": re.compile("[^/]+"),
}
"""What Django's own converters match inside one segment of a path."""

_WIDER = {
    "int": {"int", "slug", "str"},
    "slug": {"slug", "str"},
    "uuid": {"uuid", "slug", "str"},
    "str": {"str"},
}


def covers(earlier: DjangoRoute, later: DjangoRoute) -> bool:
    """Whether no request can reach the later of two routes. False where nobody can tell."""
    if not (earlier.has_known_path and later.has_known_path and earlier.is_certain):
        return False
    if earlier.root != later.root:
        return False
    if _is_regex(earlier) or _is_regex(later):
        return (
            _is_regex(earlier) and _is_regex(later) and earlier.path == later.path and "(" not in later.path
        )
    ours, theirs = earlier.path.split("/"), later.path.split("/")
    return len(ours) == len(theirs) and all(map(_covers_segment, ours, theirs))


class Earlier:
    """The routes that come before another, found by how their paths look rather than one by one."""

    def __init__(self) -> None:
        self._number = 0
        self._alike: dict[_Look, list[tuple[int, DjangoRoute]]] = {}
        self._open: dict[tuple[str, int], dict[tuple[int, ...], None]] = {}
        """At which places the paths of one length have a parameter, by the roots they lie below."""

    def add(self, route: DjangoRoute) -> None:
        """A route that Django tries after all that were added before."""
        segments = route.path.split("/")
        places = () if _is_regex(route) else tuple(n for n, each in enumerate(segments) if "<" in each)
        self._number += 1
        self._open.setdefault((route.root, len(segments)), {})[places] = None
        self._alike.setdefault(_look(route, segments, places), []).append((self._number, route))

    def covering(self, route: DjangoRoute) -> DjangoRoute | None:
        """The first route that covers this one."""
        segments = route.path.split("/")
        found = [
            each
            for places in self._open.get((route.root, len(segments)), ())
            for each in self._alike.get(_look(route, segments, places), ())
        ]
        found.sort(key=lambda each: each[0])
        return next((earlier for _, earlier in found if covers(earlier, route)), None)


_Look: TypeAlias = tuple[str, tuple[int, ...], tuple[str, ...]]
"""The root of a route, at which places of its path a parameter stands, and all its segments but those."""


def _look(route: DjangoRoute, segments: list[str], places: tuple[int, ...]) -> _Look:
    return route.root, places, tuple(each for n, each in enumerate(segments) if n not in places)


def _covers_segment(earlier: str, later: str) -> bool:
    one, other = _PARAMETER.fullmatch(earlier), _PARAMETER.fullmatch(later)
    if one is None:
        return earlier == later and "<" not in earlier
    converter = one["converter"] or "str"
    if other is not None:
        return converter in _WIDER.get(other["converter"] or "str", ())
    return "<" not in later and converter in _MATCHES and _MATCHES[converter].fullmatch(later) is not None


def _is_regex(route: DjangoRoute) -> bool:
    """Whether some part of the path is a regular expression."""
    return route.pattern is None or route.has_regex
