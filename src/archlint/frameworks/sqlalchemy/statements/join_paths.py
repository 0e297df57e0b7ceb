"""By how many foreign keys a join may go whose condition SQLAlchemy has to find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.values.aliases import Aliased
from archlint.frameworks.sqlalchemy.values.columns import Derived
from archlint.frameworks.sqlalchemy.values.constructs import Construct
from archlint.frameworks.sqlalchemy.values.expressions import Attr, Clause, Selectable
from archlint.frameworks.sqlalchemy.values.joined import Joined, is_joinable, split_join
from archlint.frameworks.sqlalchemy.values.origin import From
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.frameworks.sqlalchemy.values.table_values import TableValue
from archlint.project.flow.values import something

if TYPE_CHECKING:
    from collections.abc import Callable

    from archlint.frameworks.sqlalchemy.mappings import Mappings
    from archlint.frameworks.sqlalchemy.tables.words import ForeignKey, Table
    from archlint.project.flow.trace import Called
    from archlint.project.flow.values import Arguments, Value


def plain_join(arguments: Arguments) -> From | None:
    """What is joined without a condition; None for any other join."""
    target = _target(arguments)
    if arguments.get("onclause", 1) is not None or arguments.is_open or not isinstance(target, Selectable):
        return None
    return target.root


def _target(arguments: Arguments) -> Value | None:
    """What is joined: tables call it otherwise than statements."""
    return arguments.get("target", 0) or arguments.get("right", 0)


def asked(called: Called) -> tuple[Value | None, Arguments]:
    """Of what a join is asked, and with what: `join(orders, lines)` is `orders.join(lines)`."""
    if not isinstance(called.callee, Construct):
        return called.receiver, called.arguments
    left, rest = split_join(called.arguments)
    return (left, rest) if is_joinable(left) else (None, rest)


def begun(receiver: Value | None) -> Statement | None:
    """The statement that a join makes longer; tables of Core that are joined count as one."""
    options = tuple(something(receiver)) if receiver is not None else ()
    only = options[0] if len(options) == 1 else None
    if isinstance(only, Statement):
        return only
    if isinstance(only, Joined):
        return Statement("join", only.source, froms=only.froms, joined=only.tables)
    table = only.root if isinstance(only, (Aliased, TableValue)) else None
    if table is None or table.table is None:
        return None
    return Statement("join", table.table.place, froms=frozenset((table,)), joined=(table,))


def ways(mappings: Mappings, statement: Statement, right: From) -> int | None:
    """The foreign keys between what a statement selects and what is joined; None where nobody can tell.

    SQLAlchemy looks at what was joined last, and only where that leads nowhere at all that came before.
    """
    origins = lefts(statement) - {right}
    if statement.is_open or not origins:
        return None
    targets = _tables(mappings, right)
    if not targets:
        return None
    last = [each for each in statement.joined[-1:] if each in origins]
    most = 0
    for origin in (*last, *origins.difference(last)):
        sources = _tables(mappings, origin)
        count = _between(mappings, sources, targets) if sources else None
        if count is None or (count and origin in last):
            return count
        most = max(most, count)
    return most


def _between(mappings: Mappings, sources: tuple[Table, ...], targets: tuple[Table, ...]) -> int | None:
    """The keys from one side to the other; those of an heir's own table go before those of its parents."""
    count = 0
    for left in (sources, sources[:1]):
        there, is_known = mappings.joins.between(left, targets)
        back, is_known_back = mappings.joins.between(targets, left)
        if not (is_known and is_known_back):
            return None
        # The key of a table to itself leads to an alias of it in both directions, and is one.
        count = len({id(key) for key in (*there, *back)}) or count
    return count


def plain_derived(arguments: Arguments) -> Derived | None:
    """The subquery that is joined without a condition; None for any other join."""
    target = _target(arguments)
    if arguments.get("onclause", 1) is not None or arguments.is_open:
        return None
    return target if isinstance(target, Derived) and target.columns else None


def leads_into(mappings: Mappings, statement: Statement, right: Derived) -> bool | None:
    """Whether a foreign key may lead between what a statement selects and the columns of a subquery.

    None where nobody can tell.
    """
    origins = lefts(statement)
    if not origins or statement.joined or not _is_known_beside(statement, right):
        return None
    lines = [_tables(mappings, origin) for origin in origins]
    if not all(lines):
        return None
    left = tuple(table for line in lines for table in line)
    found = False
    for column in right.columns:
        if isinstance(column, Clause) and column.is_computed:
            continue
        if not isinstance(column, Attr) or column.origin.entity is None:
            return None
        held = column.origin.entity.mapped.columns.get(column.name)
        tables = _tables(mappings, column.origin)
        if held is None or not held.key or not tables:
            return None
        there, is_known = mappings.joins.between(tables, left)
        back, is_known_back = mappings.joins.between(left, tables)
        if not (is_known and is_known_back):
            return None
        found = found or any(held.key in key.columns for key in there) or any(map(_refers_to(held.key), back))
    return found


def _refers_to(key: str) -> Callable[[ForeignKey], bool]:
    """Whether a foreign key may refer to a column of this name."""
    return lambda each: any(reference.column in ("", key) for reference in each.references)


def _is_known_beside(statement: Statement, right: Derived) -> bool:
    """Whether a statement selects nothing that is not known, but for columns of a subquery."""
    names = right.selected or ()
    open_ones = [each for each in statement.columns if not isinstance(each, Selectable) or each.is_open]
    return all(isinstance(each, Clause) and each.label in names for each in open_ones)


def lefts(statement: Statement) -> frozenset[From]:
    """What a join may begin at."""
    return statement.anchors or statement.froms


def _tables(mappings: Mappings, origin: From) -> tuple[Table, ...]:
    if origin.entity is not None:
        return () if origin.entity.is_open else mappings.joins.tables(origin.entity.mapped)
    return (origin.table,) if origin.table is not None else ()
