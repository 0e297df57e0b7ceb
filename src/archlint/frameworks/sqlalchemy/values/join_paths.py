"""By how many foreign keys a join may go whose condition SQLAlchemy has to find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.values.expressions import Selectable
from archlint.frameworks.sqlalchemy.values.origin import From

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.mappings import Mappings
    from archlint.frameworks.sqlalchemy.tables import Table
    from archlint.frameworks.sqlalchemy.values.statements import Statement
    from archlint.project.flow.values import Arguments


def plain_join(arguments: Arguments) -> From | None:
    """What is joined without a condition; None for any other join."""
    target = arguments.get("target", 0)
    if arguments.get("onclause", 1) is not None or arguments.is_open or not isinstance(target, Selectable):
        return None
    return target.root


def ways(mappings: Mappings, statement: Statement, right: From) -> int | None:
    """The foreign keys between what a statement selects and what is joined; None where nobody can tell."""
    origins = lefts(statement) - {right}
    if statement.is_open or not origins:
        return None
    targets = _tables(mappings, right)
    if not targets:
        return None
    most = 0
    for origin in origins:
        sources = _tables(mappings, origin)
        if not sources:
            return None
        there, is_known = mappings.joins.between(sources, targets)
        back, is_known_back = mappings.joins.between(targets, sources)
        if not (is_known and is_known_back):
            return None
        most = max(most, len(there) + len(back))
    return most


def lefts(statement: Statement) -> frozenset[From]:
    """What a join may begin at."""
    return statement.anchors or statement.froms


def _tables(mappings: Mappings, origin: From) -> tuple[Table, ...]:
    if origin.entity is not None:
        return () if origin.entity.is_open else mappings.joins.tables(origin.entity.mapped)
    return (origin.table,) if origin.table is not None else ()
