"""What the rules claim of tables, subqueries and connections, shown with the real SQLAlchemy."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    StaticPool,
    String,
    Table,
    create_engine,
    exists,
    func,
    insert,
    join,
    select,
    text,
    update,
)
from sqlalchemy.exc import AmbiguousForeignKeysError, ArgumentError, CompileError, NoForeignKeysError
from sqlalchemy.orm import Session, registry

METADATA = MetaData()
ORDERS = Table("orders", METADATA, Column("id", Integer, primary_key=True), Column("number", String))


class Order:
    """Mapped from outside."""


registry().map_imperatively(Order, ORDERS)

Run = Callable[[Session], Any]
RAISES: dict[str, tuple[type[Exception], Run]] = {
    "unknown column": (AttributeError, lambda s: ORDERS.c.nubmer),
    "unknown key": (KeyError, lambda s: ORDERS.c["nubmer"]),
    "of an alias": (AttributeError, lambda s: ORDERS.alias().c.nubmer),
    "of a subquery": (AttributeError, lambda s: select(ORDERS.c.id).subquery().c.number),
    "of a CTE": (AttributeError, lambda s: select(ORDERS.c.id).cte().c.number),
    "unknown keyword": (CompileError, lambda s: s.execute(ORDERS.insert().values(nubmer="A"))),
    "unknown key of a dict": (CompileError, lambda s: s.execute(insert(ORDERS).values({"nubmer": "A"}))),
    "of several dicts": (CompileError, lambda s: s.execute(insert(Order).values([{"nubmer": "A"}]))),
    "in an update": (CompileError, lambda s: s.execute(update(Order).values({"nubmer": "A"}))),
    "in a query": (CompileError, lambda s: s.query(Order).update({"nubmer": "A"})),
    "exists, run": (ArgumentError, lambda s: s.execute(exists().where(ORDERS.c.id == 1))),  # type: ignore[call-overload]
    "select, exists, run": (ArgumentError, lambda s: s.scalar(select(Order).exists())),  # type: ignore[call-overload]
    "exists, asked": (AttributeError, lambda s: exists().where(ORDERS.c.id == 1).scalar()),
    "query, exists, asked": (AttributeError, lambda s: s.query(Order).exists().scalar()),
}
WORKS: dict[str, Run] = {
    "a second column of one name": lambda s: select(ORDERS.c.id, ORDERS.c.id).subquery().c.id_1,
    "a label": lambda s: select(ORDERS.c.id.label("key")).subquery().c.key,
    "a function": lambda s: select(func.count(ORDERS.c.id)).subquery().c.count,
    "all of a class": lambda s: select(Order).subquery().c.number,
    "exists, selected": lambda s: s.scalar(select(exists().where(ORDERS.c.id == 1))),
    "exists().select()": lambda s: s.scalar(exists().where(ORDERS.c.id == 1).select()),
    "query(exists)": lambda s: s.query(s.query(Order).exists()).scalar(),
}


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = create_engine("sqlite://", poolclass=StaticPool)
    METADATA.create_all(made)
    yield made
    made.dispose()


@pytest.mark.parametrize("claim", RAISES)
def test_what_is_called_bad_raises(claim: str, engine: Engine) -> None:
    error, run = RAISES[claim]
    with Session(engine) as session, pytest.raises(error):
        run(session)


@pytest.mark.parametrize("claim", WORKS)
def test_what_is_called_good_works(claim: str, engine: Engine) -> None:
    with Session(engine) as session:
        WORKS[claim](session)


def stored(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(ORDERS)) or 0


def of_a_statement(connection: Connection) -> None:
    connection.execute(insert(ORDERS).values(number="A-1"))


def of_a_text(connection: Connection) -> None:
    connection.execute(text("INSERT INTO orders (number) VALUES ('A-1')"))


@pytest.mark.parametrize("write", [of_a_statement, of_a_text])
def test_what_a_connection_does_not_commit_is_gone(
    write: Callable[[Connection], None], engine: Engine
) -> None:
    with engine.connect() as connection:
        write(connection)
    assert stored(engine) == 0
    with engine.connect() as connection, connection.begin():
        write(connection)
    with engine.connect() as connection:
        write(connection)
        connection.commit()
    with engine.begin() as connection:
        write(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        write(connection)
    assert stored(engine) == 4


def test_what_a_session_is_told_in_text_is_gone_without_a_commit(engine: Engine) -> None:
    with Session(engine) as session:
        session.execute(text("INSERT INTO orders (number) VALUES ('A-1')"))
    assert stored(engine) == 0


def test_a_column_is_for_one_table() -> None:
    key = Column("id", Integer, primary_key=True)
    Table("first", MetaData(), key)
    with pytest.raises(ArgumentError, match="already assigned to Table"):
        Table("second", MetaData(), key)


def test_rows_lose_what_is_no_column() -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    METADATA.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(ORDERS), [{"id": 1, "nubmer": "A"}])
        assert connection.execute(select(ORDERS)).all() == [(1, None)]


def test_a_union_has_the_columns_of_its_first_select() -> None:
    first, second = select(ORDERS.c.number.label("name")), select(ORDERS.c.id)
    assert first.union(second).subquery().c.keys() == ["name"]
    assert first.cte(recursive=True).union_all(second).c.keys() == ["name"]


JOINED = MetaData()
PRODUCTS = Table("products", JOINED, Column("id", Integer, primary_key=True))
BASKETS = Table("baskets", JOINED, Column("id", Integer, primary_key=True))
LINES = Table(
    "lines",
    JOINED,
    Column("basket_id", ForeignKey("baskets.id"), primary_key=True),
    Column("product_id", ForeignKey("products.id"), primary_key=True),
)
MOVES = Table(
    "moves",
    JOINED,
    Column("source_id", ForeignKey("products.id"), primary_key=True),
    Column("target_id", ForeignKey("products.id"), primary_key=True),
)
PARTS = Table(
    "parts", JOINED, Column("id", Integer, primary_key=True), Column("whole_id", ForeignKey("parts.id"))
)


def test_tables_are_joined_by_one_foreign_key() -> None:
    with pytest.raises(NoForeignKeysError):
        BASKETS.join(PRODUCTS)
    with pytest.raises(NoForeignKeysError):
        BASKETS.join(LINES).outerjoin(MOVES)
    with pytest.raises(NoForeignKeysError):
        join(BASKETS, PRODUCTS)
    with pytest.raises(AmbiguousForeignKeysError):
        MOVES.join(PRODUCTS)
    assert str(BASKETS.join(LINES).join(PRODUCTS)).count(" ON ") == 2


def test_the_key_of_a_table_to_itself_is_one() -> None:
    assert " ON " in str(PARTS.join(PARTS.alias()))
    assert " ON " in str(PARTS.alias().outerjoin(PARTS))
    assert " ON " in str(select(PARTS).join(PARTS.alias()))
