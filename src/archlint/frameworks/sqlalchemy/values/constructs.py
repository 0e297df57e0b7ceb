"""SQLAlchemy's functions that build statements and clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.frameworks.sqlalchemy.places import here
from archlint.frameworks.sqlalchemy.values.aliases import aliased, polymorphic
from archlint.frameworks.sqlalchemy.values.building import COMPOUNDS, JOINS
from archlint.frameworks.sqlalchemy.values.columns import Bundled
from archlint.frameworks.sqlalchemy.values.expressions import Clause, Exists, clause_of
from archlint.frameworks.sqlalchemy.values.joined import is_joinable, joined_of, split_join
from archlint.frameworks.sqlalchemy.values.selected import given as given_columns
from archlint.frameworks.sqlalchemy.values.selected import is_one
from archlint.frameworks.sqlalchemy.values.statements import Compound, Statement, flat, select_of
from archlint.frameworks.sqlalchemy.values.table_values import TableValue
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Value, text_of

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.tables.catalog import Catalog

STATEMENTS = frozenset({"select", "insert", "update", "delete"})
CLAUSES = frozenset(
    {
        "and_",
        "asc",
        "between",
        "bindparam",
        "case",
        "cast",
        "collate",
        "column",
        "desc",
        "distinct",
        "exists",
        "extract",
        "false",
        "func",
        "label",
        "literal",
        "literal_column",
        "not_",
        "null",
        "nulls_first",
        "nulls_last",
        "or_",
        "over",
        "true",
        "try_cast",
        "tuple_",
        "type_coerce",
        "values",
    }
)
_NAMED = JOINS | {"Bundle", "alias", "aliased", "text", "with_polymorphic"}
_OPEN = frozenset({"literal_column", "column", "values"})


class Construct(Behaviour, frozen=True):
    """A function by its name."""

    is_noted = False

    name: str
    is_sqlmodel: bool = False
    function: str = ""
    """Of `func.count`, the last name."""

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The statement or clause that it makes."""
        given = arguments.positional
        if self.name in STATEMENTS:
            return self._statement(given_columns(tuple(flat(given)), arguments), arguments, site)
        if self.name == "text":
            return Statement("text", here(site), text=text_of(arguments.get("text", 0)), is_open=True)
        if self.name in ("aliased", "alias"):
            return aliased(given[0], here(site)) if given else UNKNOWN
        if self.name == "with_polymorphic" and given:
            return polymorphic(given[0], arguments.get("classes", 1) or UNKNOWN, here(site))
        if self.name in JOINS:
            left, right = split_join(arguments)
            return joined_of(left, right, here(site)) if is_joinable(left) else UNKNOWN
        if self.name == "Bundle":
            return self._bundle(arguments)
        if self.name == "exists":
            return Exists(frozenset(), True)
        if self.name in COMPOUNDS:
            first = given[0] if given and isinstance(given[0], Statement) else None
            return Compound(frozenset(), True, first=first)
        if self.name in _OPEN:
            return Clause(frozenset(), True)
        found = clause_of((*given, *(value for _, value in arguments.named)), label=self.function)
        return replace(found, is_computed=self.name == "func")

    def attribute(self, name: str, site: Site) -> Value:
        """`func.count`."""
        return Construct("func", function=name) if self.name == "func" else UNKNOWN

    def _bundle(self, arguments: Arguments) -> Value:
        """Columns under one name; what stands for a row by itself is none."""
        name, columns = text_of(arguments.get("name", 0)), arguments.positional[1:]
        if not name or arguments.named or arguments.is_open:
            return UNKNOWN
        clause = clause_of(columns)
        is_whole = all(is_one(each, has_session=True) for each in columns)
        return Bundled(clause.froms, clause.is_open, name, columns=columns, is_whole=is_whole)

    def _statement(self, columns: tuple[Value, ...], arguments: Arguments, site: Site) -> Value:
        found = select_of(self.name, here(site), columns)
        is_open = found.is_open or arguments.is_open
        return found.changed(is_open=is_open, is_scalar=self.is_sqlmodel and len(columns) == 1)


class TableClass(Behaviour, frozen=True, eq=False):
    """`Table`, which finds the tables that the project declares."""

    catalog: Catalog

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The table of this name."""
        name = text_of(arguments.get("name", 0))
        found = self.catalog.called(name) if name else ()
        is_here = len(found) == 1 and site.module in (found[0].place.module, found[0].module)
        return TableValue(found[0]) if is_here else UNKNOWN  # another may be reflected


def construct_of(name: str, *, is_sqlmodel: bool = False) -> Behaviour | None:
    """A function of SQLAlchemy or SQLModel by its last name."""
    if name in STATEMENTS | CLAUSES | COMPOUNDS or name in _NAMED:
        return Construct(name, is_sqlmodel)
    return None
