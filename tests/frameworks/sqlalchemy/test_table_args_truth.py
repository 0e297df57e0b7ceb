"""What the rules on `__table_args__` claim, shown with the real SQLAlchemy."""

from typing import Any

import pytest
from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, MetaData, PrimaryKeyConstraint, Table
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, mapped_column

UNKNOWN: dict[str, Any] = {
    "unique": lambda: (Unique("nope"),),
    "name of an attribute": lambda: (Unique("mail"),),
    "name where there is a key": lambda: (Unique("kind"),),
    "index": lambda: (Index("ix", "nope"),),
    "index with an order": lambda: (Index("ix", "number desc"),),
    "primary key": lambda: (PrimaryKeyConstraint("nope"),),
    "foreign key": lambda: (ForeignKeyConstraint(["nope"], ["orders.id"]),),
}
MALFORMED: dict[str, Any] = {
    "one constraint": lambda: Unique("number"),
    "one index": lambda: Index("ix", "number"),
    "a list": lambda: [Unique("number")],
    "a text": lambda: "number",
    "a dict in front": lambda: ({"schema": None}, Unique("number")),
}
FINE: dict[str, Any] = {
    "name of a column": lambda: (Unique("email"),),
    "key": lambda: (Unique("kind_key"),),
    "dict": lambda: {"sqlite_autoincrement": True},
    "dict at the end": lambda: (Unique("number"), {"sqlite_autoincrement": True}),
    "nothing": lambda: (),
    "None": lambda: None,
}


def _mapped(args: object) -> None:
    class Base(DeclarativeBase):
        pass

    body = {
        "__tablename__": "orders",
        "__table_args__": args,
        "id": mapped_column(Integer, primary_key=True),
        "number": mapped_column(Integer),
        "mail": mapped_column("email", Integer),
        "kind": mapped_column("kind", Integer, key="kind_key"),
    }
    type("Order", (Base,), body)


@pytest.mark.parametrize("claim", UNKNOWN)
def test_unknown_columns_raise(claim: str) -> None:
    with pytest.raises(ArgumentError, match="no column named"):
        _mapped(UNKNOWN[claim]())


@pytest.mark.parametrize("claim", MALFORMED)
def test_what_is_no_tuple_raises(claim: str) -> None:
    with pytest.raises(ArgumentError):
        _mapped(MALFORMED[claim]())


@pytest.mark.parametrize("claim", FINE)
def test_what_is_there_does_not(claim: str) -> None:
    _mapped(FINE[claim]())


def test_tables_of_core_raise_too() -> None:
    with pytest.raises(ArgumentError, match="no column named"):
        Table("orders", MetaData(), Column("id", Integer), Unique("nope"))
