"""Names of frameworks whose insides are known, wherever they are read from."""

from __future__ import annotations

FOLLOWED = ("django.db.models.", "sqlalchemy.", "sqlmodel.")
"""Where the classes come from whose objects are followed."""


def is_framework(name: str) -> bool:
    """Whether a name is one of a framework whose classes are known, even where it is the project itself."""
    return name.startswith(("django.", "rest_framework."))


def may_be_followed(pattern: str) -> bool:
    """Whether a pattern, or a name, may mean something of what is followed: `django.db.**` does."""
    head = pattern.partition("*")[0]
    return any(head.startswith(each) or each.startswith(head) for each in FOLLOWED)
