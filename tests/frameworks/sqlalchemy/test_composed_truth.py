"""What is claimed of SQL that is put together from data, shown with the real SQLAlchemy."""

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError

HOSTILE = "' OR '1'='1"


@pytest.fixture
def connection() -> Connection:
    connection = create_engine("sqlite://").connect()
    connection.execute(text("CREATE TABLE orders (name TEXT)"))
    connection.execute(text("INSERT INTO orders VALUES ('a'), ('b')"))
    return connection


def test_data_decides_the_statement(connection: Connection) -> None:
    statement = text(f"SELECT name FROM orders WHERE name = '{HOSTILE}'")
    assert len(connection.execute(statement).all()) == 2


def test_a_quote_makes_it_invalid(connection: Connection) -> None:
    name = "O'Hara"
    with pytest.raises(OperationalError):
        connection.execute(text(f"SELECT name FROM orders WHERE name = '{name}'"))


@pytest.mark.parametrize("name", [HOSTILE, "O'Hara"])
def test_a_parameter_is_a_value(connection: Connection, name: str) -> None:
    statement = text("SELECT name FROM orders WHERE name = :name").bindparams(name=name)
    assert connection.execute(statement).all() == []
