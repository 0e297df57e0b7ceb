"""Whether loader options begin with a class that is selected, and go on where they have led."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import Call
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.loads.loads import OF_COLUMNS
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.values.expressions import Attr, Clause, Selectable
from archlint.frameworks.sqlalchemy.values.options import LOADERS, Loader, LoaderOption
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Items, Value, something

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.values.entity import Entity
    from archlint.project.project import Project

_OF_RELATIONSHIPS: Final = LOADERS - {"defaultload"}
"""What refuses a column; `defaultload` passes over it."""

_GETTING: Final = frozenset({"get", "get_one"})


class Step(msgspec.Struct, frozen=True):
    """One call that gives loader options, and what is wrong with it."""

    trace: Trace
    form: Call
    problem: tuple[str, str] | None = None
    """What is wrong and what to do."""


def steps(project: Project) -> Iterator[Step]:
    """Every call of a loader option, and every one that is given some."""
    for trace, called in project.view(DataFlow).events(Called):
        options = something(called.receiver) if called.receiver is not None else ()
        receiver = options[0] if len(options) == 1 else None
        if isinstance(called.callee, Loader):
            yield Step(trace, called.form, _chained(called, None))
        elif isinstance(receiver, LoaderOption) and called.name in LOADERS | OF_COLUMNS:
            yield Step(trace, called.form, _chained(called, _end(receiver)))
        elif isinstance(receiver, LoaderOption) and called.name == "options":
            yield Step(trace, called.form, _inner(called, _end(receiver)))
        elif isinstance(receiver, Statement) and called.name == "options":
            yield Step(trace, called.form, _of_statement(called, receiver))
        elif isinstance(receiver, Session) and called.name in _GETTING:
            yield Step(trace, called.form, _of_getting(called))


def _chained(called: Called, before: Entity | None) -> tuple[str, str] | None:
    """What is wrong with the attributes that an option is given; `before` is where the chain leads so far."""
    given = called.arguments.positional
    given = given[0].items if given and isinstance(given[0], Items) else given
    if called.receiver is not None and called.name in LOADERS:
        given = given[:1]  # what a method takes besides is no attribute: `innerjoin`, `recursion_depth`
    for value in given:
        if not isinstance(value, Attr) or value.origin.entity is None:
            return None
        problem = _misnamed(called.name, value) or _unlinked(value.origin.entity, before, _said(value))
        if problem is not None:
            return problem
        if called.name in LOADERS:
            before = value.origin.entity.target(value.name)
    return None


def _misnamed(how: str, value: Attr) -> tuple[str, str] | None:
    """A column where a relationship is asked for, or the other way round."""
    if how in OF_COLUMNS and value.relation is not None:
        return (
            f"{_said(value)} is a relationship, and `{how}` is for columns",
            "use `lazyload` or `raiseload`",
        )
    entity = value.origin.entity
    loaded = entity.mapped.loaded.get(value.name) if entity is not None else None
    is_unknown = loaded is not None and not loaded.maker
    is_column = entity is not None and value.name in entity.model.fields and not is_unknown
    if how in _OF_RELATIONSHIPS and is_column and value.relation is None:
        return f"{_said(value)} is a column, and `{how}` is for relationships", "name the relationship"
    return None


def _unlinked(entity: Entity, before: Entity | None, said: str) -> tuple[str, str] | None:
    """An option that begins elsewhere than where the one before it has led."""
    if before is None or not _are_apart(entity, before):
        return None
    what = f"{said} does not follow: the option before it leads to `{before.name}`"
    return what, f"go on with a relationship of `{before.name}`, or begin a new option"


def _inner(called: Called, before: Entity | None) -> tuple[str, str] | None:
    for value in called.arguments.positional:
        origin = value.origin.entity if isinstance(value, LoaderOption) and value.origin is not None else None
        problem = _unlinked(origin, before, f"an option for `{origin.name}`") if origin is not None else None
        if problem is not None:
            return problem
    return None


def _of_statement(called: Called, statement: Statement) -> tuple[str, str] | None:
    columns = statement.columns
    if statement.kind not in ("select", "query") or not columns or not all(map(_is_known, columns)):
        return None
    roots = [column.root for column in columns if isinstance(column, Selectable) and column.root is not None]
    return _misplaced(called.arguments.positional, [root.entity for root in roots])


def _is_known(column: Value) -> bool:
    """Whether it can be seen what a column is of: a class, or an expression over what is known."""
    if isinstance(column, (Attr, Clause)):
        return bool(column.froms) and not column.is_open
    return isinstance(column, Selectable) and column.root is not None


def _of_getting(called: Called) -> tuple[str, str] | None:
    options, of = called.arguments.get("options"), called.arguments.get("entity", 0)
    root = of.root if isinstance(of, Selectable) else None
    if not isinstance(options, Items) or root is None:
        return None
    return _misplaced(options.items, [root.entity])


def _misplaced(options: tuple[Value, ...], roots: list[Entity | None]) -> tuple[str, str] | None:
    """An option that begins with a class of which the statement loads no objects."""
    for value in options:
        origin = value.origin.entity if isinstance(value, LoaderOption) and value.origin is not None else None
        if origin is None or not all(root is not None and _are_apart(origin, root) for root in roots):
            continue
        names = " and ".join(dict.fromkeys(f"`{root.name}`" for root in roots if root is not None))
        if not names:
            what = f"an option for `{origin.name}`, of which the statement selects columns, not objects"
            return what, f"select `{origin.name}`, or leave the option out"
        what = f"an option for `{origin.name}`, but the statement selects {names}"
        return what, f"begin with a relationship of {names} that leads there"
    return None


def _end(option: LoaderOption) -> Entity | None:
    """Where a chain has led; None where nobody can tell."""
    entity = option.origin.entity if option.origin is not None else None
    for load in option.chain:
        entity = entity.target(load.name) if entity is not None else None
    return entity


def _are_apart(one: Entity, other: Entity) -> bool:
    """Whether neither class surely inherits from the other."""
    return not (one.is_open or other.is_open or one.relates(other))


def _said(value: Attr) -> str:
    return f"`{value.origin.name}.{value.name}`"
