"""What stands for whole numbers in text of SQL: columns of a project, and placeholders of PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from archlint.frameworks.sql.declared_tables import texts_of_sql
from archlint.frameworks.sql.parsing import parsed

if TYPE_CHECKING:
    from sqlglot.expressions import Expr

    from archlint.project.project import Project

_NUMBERED: Final = re.compile(r"\$(\d+)")
_WHOLE: Final = frozenset({"BIGINT", "BIGSERIAL", "INT", "SERIAL", "SMALLINT", "SMALLSERIAL"})


class NumberColumns:
    """The names of columns that are whole numbers in every table of a project that has them."""

    def __init__(self, project: Project) -> None:
        kinds: dict[str, set[bool]] = {}
        for _, text in texts_of_sql(project):
            for name, is_whole in _columns(text):
                kinds.setdefault(name, set()).add(is_whole)
        self.names = frozenset(name for name, known in kinds.items() if known == {True})

    @classmethod
    def build(cls, project: Project) -> NumberColumns:
        """The view of a project."""
        return cls(project)


@lru_cache(maxsize=1024)
def numbered(sql: str, columns: frozenset[str]) -> frozenset[int]:
    """The numbers of the placeholders of a statement that stand for whole numbers."""
    from sqlglot import exp

    found = set()
    for statement in parsed(sql):
        for parameter in statement.find_all(exp.Parameter):
            number = _NUMBERED.fullmatch(parameter.sql("postgres"))
            if number is not None and _is_whole(parameter, columns):
                found.add(int(number[1]))
    return frozenset(found)


def _is_whole(parameter: Expr, columns: frozenset[str]) -> bool:
    from sqlglot import exp

    around = parameter.parent
    if isinstance(around, (exp.Limit, exp.Offset)):
        return True
    if not isinstance(around, (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)):
        return False
    others = [each for each in (around.this, around.expression) if each is not parameter]
    return all(isinstance(each, exp.Column) and each.name.lower() in columns for each in others)


def _columns(text: str) -> Iterator[tuple[str, bool]]:
    """The columns that a text of SQL declares, and whether they are whole numbers."""
    from sqlglot import exp

    for statement in parsed(text) if "create" in text.lower() else ():
        for column in statement.find_all(exp.ColumnDef):
            kind = column.args.get("kind")
            yield column.name.lower(), kind is not None and kind.this.name in _WHOLE
