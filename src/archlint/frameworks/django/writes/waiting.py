"""Who waits for what a function does: code of the same thread that calls it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.call_sites import CallSite
from archlint.frameworks.django.query.named import Function, Wrapped
from archlint.frameworks.django.query.sets.kept_answers import keeps_its_answer
from archlint.project.flow.calls.elsewhere import runs_elsewhere
from archlint.project.flow.trace import Called

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction

_TRANSPARENT = frozenset(
    {"staticmethod", "classmethod", "property", "cached_property", "atomic", "wraps", "override"}
)
"""Decorators that run what they decorate in the caller's thread."""

_CACHES = frozenset({"cache", "lru_cache"})
"""Those that do so for the first caller only."""


def waits(site: CallSite) -> bool:
    """Whether who calls surely waits for the database."""
    inside = site.inside.function
    if inside is None or keeps_its_answer(inside) or not _CACHES.isdisjoint(inside.decorators):
        return False
    return in_same_thread(site)


def in_same_thread(site: CallSite) -> bool:
    """Whether what is called is plain code that runs at once, in the thread of who calls."""
    event, function = site.event, site.inside.function
    if event.context.deferred or function is None:
        return False
    if isinstance(event, Called) and (isinstance(event.callee, (Wrapped, Function)) or runs_elsewhere(event)):
        return False
    if function.fact.is_generator or function.fact.is_async:
        return False
    others = set(function.decorators) - _TRANSPARENT - _CACHES
    return others <= _made_by(site.caller.function)


def _made_by(wrapper: ProjectFunction | None) -> set[str]:
    """The decorator that makes a function: what that calls, it runs in its own thread."""
    outer, inside, _ = wrapper.fact.qualname.partition("().") if wrapper is not None else ("", "", "")
    return {outer} if inside else set()
