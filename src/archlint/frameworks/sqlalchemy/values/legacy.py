"""What SQLAlchemy took before version 2, and refuses since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.values.constructs import Construct
from archlint.frameworks.sqlalchemy.values.engines import Connection
from archlint.frameworks.sqlalchemy.values.entities import Entities
from archlint.frameworks.sqlalchemy.values.options import LOADERS, Loader, LoaderOption
from archlint.frameworks.sqlalchemy.values.running import RUNNING
from archlint.frameworks.sqlalchemy.values.sessions import Session
from archlint.frameworks.sqlalchemy.values.statements import JOINS, Statement
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Constant, Items, Value, something

if TYPE_CHECKING:
    from archlint.project.project import Project


@dataclass(frozen=True, slots=True)
class Removed:
    """One use of what is gone."""

    trace: Trace
    form: Call
    what: str
    hint: str


def removed_uses(project: Project) -> Iterator[Removed | None]:
    """Every call that may use what is gone; None where it does not. Nothing before version 2."""
    if not project.view(Entities).mappings.is_two:
        return
    for trace, called in project.view(DataFlow).events(Called):
        found = _removed(called)
        if found is not None:
            what, hint = found
            yield Removed(trace, called.form, what, hint) if what else None


def _removed(called: Called) -> tuple[str, str] | None:
    """What is gone and what to write; empty where all is well, None for another call."""
    first = called.arguments.positional[0] if called.arguments.positional else None
    if isinstance(called.callee, Construct) and called.callee.name == "select":
        is_list = isinstance(first, Items) and first.kind == "list"
        return ("`select()` takes no list", "pass the columns one by one") if is_list else ("", "")
    options = tuple(something(called.receiver)) if called.receiver is not None else ()
    receiver = options[0] if len(options) == 1 else None
    if called.name in RUNNING and isinstance(receiver, (Session, Connection)):
        return ("plain text is no statement", "wrap it in `text(…)`") if _is_text(first) else ("", "")
    if called.name in JOINS and isinstance(receiver, Statement):
        what = "a join takes no name of a relationship"
        return (what, "pass the attribute of the class: `Order.items`") if _is_text(first) else ("", "")
    if isinstance(called.callee, Loader) or isinstance(receiver, LoaderOption):
        if called.name not in LOADERS:
            return None
        is_name = _is_text(first) and first != Constant("*")
        what = f"`{called.name}` takes no name of a relationship"
        return (what, "pass the attribute of the class: `Order.items`") if is_name else ("", "")
    return None


def _is_text(value: Value | None) -> bool:
    return isinstance(value, Constant) and isinstance(value.value, str)
