"""Calls that look for something and give None where there is nothing."""

from __future__ import annotations

from typing import Final

from archlint.facts.expressions import (
    Attribute,
    Await,
    Call,
    Expression,
    Name,
    last_name,
    says,
    written_text,
)

_FINDING: Final = frozenset(
    {
        *("afirst", "find_one", "first", "get_or_none", "one_or_none", "scalar_one_or_none"),
    }
)
"""Methods of queries and collections, of whatever library, that say so by their names.

What is asked of the rows of cursors is for `python/unchecked-row` to follow.
"""

_FETCHING: Final = frozenset({"fetch_one", "fetchone", "fetchrow"})
_RUNNING: Final = frozenset({*_FETCHING, "execute", "fetchval", "scalar", "scalar_one"})

_STORES: Final = frozenset(
    {
        *("COOKIES", "FILES", "GET", "META", "POST", "args", "cookies", "data", "files", "form"),
        *("headers", "json", "match_info", "query", "query_params"),
    }
)
"""What requests keep of what a client has sent, by key."""

_BODIES: Final = frozenset({"get_json", "json"})
_REQUESTS: Final = frozenset({"req", "request"})
_SESSIONS: Final = ("session", "db")


def unawaited(form: Expression) -> Expression:
    """What is awaited."""
    while isinstance(form, Await):
        form = form.value
    return form


def finds(form: Expression) -> bool:
    """Whether a call gives None where it finds nothing: `rows.first()`, `next(rows, None)`."""
    call = unawaited(form)
    if not isinstance(call, Call):
        return False
    if isinstance(call.function, Name):
        return call.function.id == "next" and len(call.arguments) == 2 and says(call.arguments[1], None)
    if not isinstance(call.function, Attribute):
        return False
    owner = last_name(call.function.value)
    if call.function.attr != "get":
        return call.function.attr in _FINDING and not call.keywords
    if len(call.arguments) == 2:
        return owner.lower().endswith(_SESSIONS) and isinstance(call.arguments[0], Name)
    return owner == "query" and len(call.arguments) == 1 and not is_of_request(call)


def fetches_row(form: Expression) -> bool:
    """Whether a call gives the one row of a cursor: `await cursor.fetchone()`."""
    return _is_method(form, _FETCHING)


def runs_statement(form: Expression) -> bool:
    """Whether a call has a database run something: its answer is not what a client asks for."""
    return _is_method(form, _RUNNING)


def _is_method(form: Expression, names: frozenset[str]) -> bool:
    call = unawaited(form)
    return isinstance(call, Call) and isinstance(call.function, Attribute) and call.function.attr in names


def key_of_request(form: Expression) -> str:
    """The key that a call asks of what a client has sent, with nothing instead; empty for any other."""
    call = unawaited(form)
    if not isinstance(call, Call) or not isinstance(call.function, Attribute) or call.keywords:
        return ""
    if call.function.attr != "get" or len(call.arguments) != 1 or not _is_store(call.function.value):
        return ""
    key = call.arguments[0]
    return written_text(key) or ""


def is_of_request(form: Expression) -> bool:
    """Whether a call asks for something that a client may have left out."""
    return bool(key_of_request(form))


def _is_store(form: Expression) -> bool:
    """`request.headers`, `self.request.GET`, `(await request.json())`."""
    form = unawaited(form)
    if isinstance(form, Call):
        return isinstance(form.function, Attribute) and _is_body(form.function)
    return isinstance(form, Attribute) and form.attr in _STORES and last_name(form.value) in _REQUESTS


def _is_body(form: Attribute) -> bool:
    return form.attr in _BODIES and last_name(form.value) in _REQUESTS
