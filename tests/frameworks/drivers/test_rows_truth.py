"""What rows of sqlite3 and aiosqlite take and refuse."""

import asyncio
import sqlite3

import aiosqlite
import pytest

from archlint.frameworks.drivers.row_kinds import WITH
from archlint.frameworks.sql.empty_answers import may_find_nothing


def row(factory=None):
    connection = sqlite3.connect(":memory:")
    connection.row_factory = factory
    return connection.execute("SELECT 1 AS id, 'x' AS note").fetchone()


def test_a_row_has_these_attributes_and_no_others():
    assert aiosqlite.Row is sqlite3.Row
    assert {name for name in dir(row(sqlite3.Row)) if not name.startswith("_")} == WITH["row"]
    assert {name for name in dir(row()) if not name.startswith("_")} == WITH["tuple"]
    with pytest.raises(AttributeError):
        row(sqlite3.Row).get("note")
    with pytest.raises(AttributeError):
        _ = row(sqlite3.Row).note


def test_neither_can_be_changed():
    for each in (row(), row(sqlite3.Row)):
        with pytest.raises(TypeError):
            each["note"] = "y"


def test_only_one_of_them_is_read_by_names():
    assert row(sqlite3.Row)["note"] == row(sqlite3.Row)[1] == "x"
    with pytest.raises(TypeError):
        _ = row()["note"]


@pytest.mark.parametrize(
    ("sql", "is_found"),
    [
        ("SELECT id FROM orders WHERE id = ?", False),
        ("SELECT o.id, 1 FROM orders o WHERE o.id = ? LIMIT 1", False),
        ("SELECT max(id), id FROM orders WHERE id = ? GROUP BY id", False),
        ("SELECT id, row_number() OVER (ORDER BY id) FROM orders WHERE id = ?", False),
        ("WITH all_of AS (SELECT id FROM orders) SELECT id FROM all_of WHERE id = ?", False),
        ("SELECT count(*) FROM orders WHERE id = ?", True),
        ("SELECT coalesce(sum(id), 0) FROM orders WHERE id = ?", True),
        ("SELECT EXISTS (SELECT 1 FROM orders WHERE id = ?)", True),
    ],
)
def test_which_statements_find_nothing(sql, is_found):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE orders (id INTEGER)")
    assert (connection.execute(sql, (1,)).fetchone() is not None) is is_found
    assert may_find_nothing(sql) is not is_found


def test_an_awaited_row_may_be_none_too():
    async def fetched():
        async with aiosqlite.connect(":memory:") as connection:
            cursor = await connection.execute("SELECT 1 WHERE 1 = ?", (2,))
            return await cursor.fetchone()

    assert asyncio.run(fetched()) is None
