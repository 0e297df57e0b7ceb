"""Whether code imports modules that it names in texts, or whatever lies in a folder."""

from __future__ import annotations

from collections.abc import Iterable

BY_NAME = (
    b"import_module",
    b"__import__",
    b"iter_modules",
    b"walk_packages",
    b"find_modules",
    b"import_string",
)
"""Words of code that does it."""


def imports_by_name(bodies: Iterable[bytes]) -> bool:
    """Whether one of some encoded bodies speaks of importing in that way. Nothing is decoded for it."""
    return any(word in body for body in bodies for word in BY_NAME)
