"""Which placeholders sqlite3 takes. PostgreSQL cannot be asked here: its manual says what asyncpg meets."""

from __future__ import annotations

import sqlite3

import pytest


@pytest.mark.parametrize("text", ["SELECT * FROM orders WHERE number = %s", "SELECT %(number)s FROM orders"])
def test_sqlite_has_no_format(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE orders (number INTEGER)")
    with pytest.raises(sqlite3.OperationalError, match="syntax error"):
        connection.execute(text, (1,))
    connection.close()


def test_sqlite_has_question_marks() -> None:
    connection = sqlite3.connect(":memory:")
    assert connection.execute("SELECT strftime('%s', 0) = ?", ("0",)).fetchone() is not None
    connection.close()


def test_tables_are_not_there_by_themselves() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        connection.execute("SELECT number FROM orders")
    connection.close()
