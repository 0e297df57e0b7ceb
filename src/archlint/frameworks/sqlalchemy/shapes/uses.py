"""Loops over, keys of, lengths of and names for values that come from the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Starred
from archlint.frameworks.sqlalchemy.shapes.shape_members import Answer
from archlint.frameworks.sqlalchemy.values.cells import Cell
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.frameworks.sqlalchemy.values.queries import Query
from archlint.frameworks.sqlalchemy.values.results import Result
from archlint.frameworks.sqlalchemy.values.rows import Row, RowMapping, Rows
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.answer import External
from archlint.project.classes import ProjectClass
from archlint.project.flow.trace import Called, Event, Iterated, Subscripted, Unpacked, Written
from archlint.project.flow.values import SLICE, Constant, Value

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.mappings import Mappings
    from archlint.frameworks.sqlalchemy.values.entity import Entity

_RUN_IT: Final = "give it to the session: `session.scalars(…)`"
_AS_DICT: Final = "use `row._mapping`, or `result.mappings()`"


class Uses:
    """What may be done with a value."""

    def __init__(self, mappings: Mappings) -> None:
        self._lineage = mappings.lineage
        self.is_two = mappings.is_two

    def of(self, event: Event, value: Value) -> Answer:
        """What is wrong with an event; True where nothing is, False where nobody can tell."""
        if isinstance(event, Subscripted):
            return self._item(event.index, value)
        if isinstance(event, Iterated):
            return _awaited_each(value) if event.is_async else self._each(value)
        if isinstance(event, Unpacked):
            return self._parts(event, value)
        if isinstance(event, Written):
            return _written(event.name, value)
        return self._given(event, value) if isinstance(event, Called) else None

    def _item(self, index: Value, value: Value) -> Answer:
        key = index.value if isinstance(index, Constant) else None
        if isinstance(value, Row):
            if isinstance(key, str):
                return ("a row has no keys", _AS_DICT) if self.is_two else False
            if index == SLICE or not isinstance(key, int) or not value.is_whole:
                return False
            size = len(value.items)
            is_there = -size <= key < size
            return is_there or (f"a row of {_columns(size)} has none at {key}", "select one more column")
        if isinstance(value, RowMapping):
            row = value.row
            if not isinstance(key, str) or not row.is_whole or not all(row.names):
                return False
            names = ", ".join(f"`{each}`" for each in row.names)
            is_computed = key[-1:].isdigit()
            return key in row.names or is_computed or (f"a row has no `{key}`", f"it has {names}")
        if isinstance(value, Result):
            return "a result has no items", "use `all()`, which returns a list"
        if isinstance(value, Statement) and not isinstance(value, Query):
            return "a statement has no items", _RUN_IT
        if isinstance(value, Instance) and value.how != "given":
            known = self._defines(value.entity, ("__getitem__",))
            return _cannot(value, "be subscripted", "read its attributes") if known is None else known
        return None

    def _each(self, value: Value) -> Answer:
        if isinstance(value, Result) and value.is_stream:
            return "a streamed result returns its rows one by one to `async for`", "write `async for`"
        if isinstance(value, Statement) and not isinstance(value, Query):
            return "a statement returns nothing until it is run", _RUN_IT
        if isinstance(value, Instance) and value.how != "given":
            known = self._defines(value.entity, ("__iter__", "__getitem__"))
            hint = "ask for all: `session.scalars(…)`"
            return _cannot(value, "be iterated", hint) if known is None else known
        if isinstance(value, Cell) and value.type != "str":
            name = f"{value.column.origin.name}.{value.column.name}"
            return f"a value of `{name}` cannot be iterated", "ask for all: `session.scalars(…)`"
        return None

    def _parts(self, event: Unpacked, value: Value) -> Answer:
        if isinstance(value, Row):
            if not value.is_whole or any(isinstance(item, Starred) for item in event.form.items):
                return False
            there, wanted = len(value.items), len(event.form.items)
            what = f"a row has {_columns(there)}, not {wanted}"
            return there == wanted or (what, "take as many as are selected")
        if isinstance(value, Cell) and value.type == "str":
            return None
        if isinstance(value, (Instance, Cell)):
            hint = "`execute()` returns rows with all columns, `scalars()` only the first"
            found = self._each(value)
            return (found[0].replace("iterated", "unpacked"), hint) if isinstance(found, tuple) else found
        return None

    def _given(self, called: Called, value: Value) -> Answer:
        if called.callee == External("builtins.len"):
            is_known = isinstance(value, (Result, Statement))
            return ("nobody knows how many rows it has", "use `len(….all())`, or count") if is_known else None
        if called.callee == External("builtins.dict") and isinstance(value, Row):
            return ("a row is not a dict", _AS_DICT) if self.is_two else False
        return None

    def _defines(self, entity: Entity, names: tuple[str, ...]) -> bool | None:
        """Whether a class has one of these methods; False where it may have, None where surely not."""
        if entity.is_open or entity.is_sqlmodel:
            return False
        for each in self._lineage.order(entity.cls):
            if isinstance(each, ProjectClass) and any(member.name in names for member in each.fact.members):
                return True
        return None  # its other bases are known, since it is not open


def _awaited_each(value: Value) -> Answer:
    if isinstance(value, Rows) or (isinstance(value, Result) and not value.is_stream):
        hint = "write `for`, or take the rows from `await session.stream(…)`"
        return "all rows are there already: `async for` takes only what is streamed", hint
    return None


def _written(name: str, value: Value) -> Answer:
    if not isinstance(value, Row):
        return None
    return "a row cannot be changed", f"change the object: `row.Order.{name} = …`, or `scalars()` gives it"


def _cannot(value: Instance, what: str, hint: str) -> tuple[str, str]:
    return f"an object of `{value.entity.name}` cannot {what}", hint


def _columns(number: int) -> str:
    return "one column" if number == 1 else f"{number} columns"
