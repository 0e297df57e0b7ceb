"""What SQLAlchemy's own `ARRAY` knows, and what those types do that wrap it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.types import TypeDecorator, TypeEngine

GENERIC = sa.ARRAY(sa.Text)
SPECIFIC = postgresql.ARRAY(sa.Text)


class Generic(TypeDecorator):
    """Wraps the one of all databases."""

    impl = sa.ARRAY(sa.Text)
    cache_ok = True


class Specific(TypeDecorator):
    """Wraps the one of PostgreSQL."""

    impl = postgresql.ARRAY(sa.Text)
    cache_ok = True


def wrappings(array: TypeEngine, decorated: TypeEngine) -> list[TypeEngine]:
    """A type of arrays, alone and wrapped."""
    return [
        array,
        decorated,
        array.with_variant(sa.JSON(), "sqlite"),
        MutableList.as_mutable(array.copy()),
    ]


@pytest.mark.parametrize("kind", wrappings(GENERIC, Generic()), ids=repr)
def test_generic_array_has_no_operators_of_postgresql(kind: TypeEngine) -> None:
    column = sa.column("tags", kind)
    with pytest.raises(NotImplementedError):
        column.contains(["a"])
    for name in ("overlap", "contained_by"):
        with pytest.raises(AttributeError):
            getattr(column, name)
    assert str(sa.literal("a") == sa.any_(column))


@pytest.mark.parametrize("kind", wrappings(SPECIFIC, Specific()), ids=repr)
def test_array_of_postgresql_has_them(kind: TypeEngine) -> None:
    column = sa.column("tags", kind)
    assert [column.contains(["a"]), column.overlap(["a"]), column.contained_by(["a"])]


def test_columns_of_tables_are_no_other() -> None:
    table = sa.Table("notes", sa.MetaData(), sa.Column("tags", GENERIC), sa.Column("words", SPECIFIC))
    with pytest.raises(NotImplementedError):
        table.c.tags.contains(["a"])
    assert str(table.alias().c.words.contains(["a"]))
