"""Calls of sessions and statements that SQLAlchemy refuses, whatever its version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from archlint.facts.expressions import Expression
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.removed.names import Refused
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.statements.running import RUNNING
from archlint.frameworks.sqlalchemy.values.classes import ModelClass
from archlint.frameworks.sqlalchemy.values.expressions import Attr
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.call_arguments import spreads_sequence
from archlint.project.flow.trace import Called, Operated, Trace
from archlint.project.flow.values import Constant, Entries, Items, Value, something

if TYPE_CHECKING:
    from archlint.project.project import Project

_GETTING: Final = frozenset({"get", "get_one"})
_OF_GETTING: Final = frozenset(
    {
        *("bind_arguments", "entity", "execution_options", "ident", "identity_token", "options"),
        *("populate_existing", "with_for_update"),
    }
)
_TAKING_ONE: Final = frozenset({"add", "add_all", "delete", "expunge"})
"""What takes one object, or one list; SQLAlchemy itself gives `add` a truth value, too."""

_EXPECTING: Final = ("ArgumentError", "InvalidRequestError", "TypeError", "Exception", "BaseException")


class Given(msgspec.Struct, frozen=True):
    """One call or comparison, and what is wrong with it."""

    trace: Trace
    form: Expression
    problem: Refused | None


JudgeOfCalls: TypeAlias = "Callable[[Called, Value | None], Refused | None]"
JudgeOfComparisons: TypeAlias = "Callable[[Operated], Refused | None]"
"""What says of a call, or a comparison, whether it is given what it refuses."""


def given_to_calls(
    project: Project, of_calls: JudgeOfCalls, of_comparisons: JudgeOfComparisons
) -> Iterator[Given]:
    """Every call that may be given what it refuses, and every comparison."""
    flow = project.view(DataFlow)
    for trace, called in flow.events(Called):
        if not _is_expected(called.context.caught) and not called.arguments.is_open:
            options = something(called.receiver) if called.receiver is not None else ()
            receiver = options[0] if len(options) == 1 else None
            problem = _by_session(called, receiver) or of_calls(called, receiver)
            if problem is not None or isinstance(receiver, (Attr, Session, Statement)):
                yield Given(trace, called.form, problem)
    for trace, operated in flow.events(Operated):
        if not _is_expected(operated.context.caught):
            yield Given(trace, operated.form, of_comparisons(operated))


def _by_session(called: Called, receiver: Value | None) -> Refused | None:
    name, given = called.name, called.arguments.positional
    if not isinstance(receiver, Session) or name in receiver.overrides:
        return None
    if spreads_sequence(called.form):
        return None
    if name in _TAKING_ONE and len(given) > 1 and not isinstance(given[1], Constant):
        return f"`{name}` takes one argument", "pass a list to `add_all`, or call it for each object"
    if name in RUNNING and given and isinstance(given[0], ModelClass):
        of = given[0].entity.name
        return f"the class `{of}` is no statement", f"write `{name}(select({of}))`"
    return _of_getting(called) if name in _GETTING else None


def _of_getting(called: Called) -> Refused | None:
    """`get(Order, 1)`: a class and its key."""
    given = called.arguments.positional
    other = next((name for name, _ in called.arguments.named if name not in _OF_GETTING), None)
    if other is not None:
        return f"`{called.name}` takes no `{other}=`", f"pass the key: `{called.name}(Order, 1)`"
    ident = called.arguments.get("ident", 1)
    if len(given) > 2 or ident is None:
        return f"`{called.name}` takes a class and one key", "pass a tuple where the key has several columns"
    first = called.arguments.get("entity", 0)
    if isinstance(first, Constant):
        return f"`{called.name}` takes a class first", "pass the class, then the key"
    if not isinstance(first, ModelClass) or first.entity.is_open:
        return None
    keys = [name for name, field in first.entity.model.fields.items() if field.primary_key]
    is_tuple = isinstance(ident, Items) and ident.kind == "tuple"
    if isinstance(ident, Items) and is_tuple and len(ident.items) != len(keys):
        return (
            f"the key of `{first.entity.name}` has {len(keys)} columns, not {len(ident.items)}",
            "pass its key",
        )
    unknown = [name for name, _ in ident.values if name not in keys] if isinstance(ident, Entries) else []
    if unknown:
        return f"`{unknown[0]}` is no part of the key of `{first.entity.name}`", "select by other columns"
    return None


def _is_expected(caught: tuple[str, ...]) -> bool:
    return any(each.endswith(_EXPECTING) or not each for each in caught)
