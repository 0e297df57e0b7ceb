"""The texts of routes: which parameters they have."""

from __future__ import annotations

import re
from functools import lru_cache

from archlint.frameworks.web import Parameter

_PART = re.compile(r"<(?:(?P<converter>[^>:]+):)?(?P<name>[^>]+)>")
_MAY_LACK = re.compile(r"\)(?:[?*]|\{0)|\|")
"""A group that may be left out, or one of several ways: any group of the pattern may then be missing."""


def path_parameters(route: str) -> tuple[Parameter, ...]:
    """The parameters of `path()`; a converter that is not named is `str`."""
    return tuple(Parameter(m["name"], m["converter"] or "str") for m in _PART.finditer(route))


@lru_cache(maxsize=4096)
def regex_parameters(pattern: str) -> tuple[Parameter, ...] | None:
    """The groups of `re_path()`; None for a pattern that does not compile.

    Groups without a name are passed by position, and only where none has a name.
    """
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return None
    may_lack = _MAY_LACK.search(pattern) is not None
    if compiled.groupindex:
        ordered = sorted(compiled.groupindex, key=compiled.groupindex.__getitem__)
        return tuple(Parameter(name, "regex", may_lack) for name in ordered)
    return tuple(Parameter("", "regex", may_lack) for _ in range(compiled.groups))
