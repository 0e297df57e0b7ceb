"""Whether one path takes all that another would match."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
