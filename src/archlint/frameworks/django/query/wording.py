"""What queries the database, in words."""

from __future__ import annotations

from archlint.frameworks.django.loads.execution import Asked
from archlint.frameworks.django.query.sets.methods import ASYNC

_ACTS = {
    "iteration": "the loop over this query set queries the database",
    "truth": "testing this query set fetches all its rows",
    "index": "indexing this query set queries the database",
    "length": "`len()` fetches all rows of this query set",
    "membership": "`in` fetches all rows of this query set",
}
_ASYNCHRONOUSLY = {
    "iteration": "use `async for`, or `[… async for … in …]` for a list",
    "truth": "use `await ….aexists()`",
    "index": "use `await ….afirst()`",
    "length": "use `await ….acount()`",
    "membership": "use `await ….acontains(…)`",
}
_OF_OBJECTS = frozenset({"save", "delete", "refresh_from_db", "add", "set", "remove", "clear"})


def act(asked: Asked) -> str:
    """What happens there."""
    if asked.how in _ACTS:
        return _ACTS[asked.how]
    if asked.relation is not None:
        return f"reading `{asked.relation.name}`, which was not loaded, queries the database"
    return f"`{asked.how}()` queries the database"


def awaitable(asked: Asked) -> str:
    """The name of the method that does the same and can be awaited; empty where there is none."""
    is_known = f"a{asked.how}" in ASYNC or asked.how in _OF_OBJECTS or asked.how.endswith("_or_404")
    return f"a{asked.how}" if is_known else ""


def asynchronously(asked: Asked) -> str:
    """What to do instead in asynchronous code."""
    if asked.how in _ASYNCHRONOUSLY:
        return _ASYNCHRONOUSLY[asked.how]
    if asked.relation is not None:
        return f'load it beforehand with `select_related("{asked.relation.name}")`'
    new = awaitable(asked)
    if new:
        return f"use `await ….{new}(…)`"
    return "run it in a thread, with `sync_to_async`"
