"""What the rules on removed API and on the shape of results claim, shown with the real SQLAlchemy."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import MetaData, Table, and_, case, create_engine, func, insert, select, text, update
from sqlalchemy import delete as delete_from
from sqlalchemy.exc import (
    ArgumentError,
    CompileError,
    InvalidRequestError,
    NoSuchModuleError,
    ResourceClosedError,
    StatementError,
)
from sqlalchemy.orm import Bundle, Session, joinedload, sessionmaker

from tests.frameworks.sqlalchemy.test_values_truth import Base, Customer, Order, Tag, order_tags

ENGINE: Any = create_engine("sqlite://")
TAGS: Any = Tag.__table__
Run = Callable[[Any], object]

REMOVED: dict[str, tuple[Run, type[Exception]]] = {
    "engine.execute": (lambda s: ENGINE.execute(text("SELECT 1")), AttributeError),
    "engine.has_table": (lambda s: ENGINE.has_table("orders"), AttributeError),
    "engine.table_names": (lambda s: ENGINE.table_names(), AttributeError),
    "Query.from_self": (lambda s: s.query(Order).from_self(), AttributeError),
    "statement.execute": (lambda s: select(Order.id).execute(), AttributeError),  # type: ignore[attr-defined]
    "Table.exists": (lambda s: TAGS.exists(), AttributeError),
    "select([])": (lambda s: select([Order.id]), ArgumentError),  # type: ignore[call-overload]
    "select(whereclause)": (lambda s: select(Order.id, whereclause=None), ArgumentError),  # type: ignore[call-overload]
    "update(values)": (lambda s: update(Order, values={}), TypeError),  # type: ignore[call-arg]
    "delete(where)": (lambda s: delete_from(Order, Order.id == 1), TypeError),  # type: ignore[call-arg]
    "table.select(where)": (lambda s: TAGS.select(TAGS.c.id == 1), TypeError),
    "case([])": (lambda s: case([(Order.id == 1, "a")]), ArgumentError),  # type: ignore[arg-type]
    "join by name": (lambda s: s.query(Order).join("customer").all(), ArgumentError),
    "join(aliased)": (lambda s: s.query(Order).join(Order.customer, aliased=True), TypeError),
    "option by name": (lambda s: joinedload("customer"), ArgumentError),  # type: ignore[arg-type]
    "text in filter": (lambda s: s.query(Order).filter("id = 1"), ArgumentError),
    "text in and_": (lambda s: and_("id = 1", Order.id == 1), ArgumentError),  # type: ignore[arg-type]
    "text in select": (lambda s: select("id"), ArgumentError),  # type: ignore[call-overload]
    "text in query": (lambda s: s.query("id"), ArgumentError),
    "SQL in order_by": (lambda s: s.query(Order).order_by("id desc").all(), CompileError),
    "text run": (lambda s: s.execute("SELECT 1"), ArgumentError),
    "values as keywords": (lambda s: s.connection().execute(text("SELECT :x"), x=1), TypeError),
    "two sets of values": (lambda s: s.connection().execute(insert(TAGS), {"id": 1}, {"id": 2}), TypeError),
    "autocommit": (lambda s: Session(ENGINE, autocommit=True), ArgumentError),  # type: ignore[arg-type]
    "sessionmaker(autocommit)": (lambda s: sessionmaker(autocommit=True)(), ArgumentError),
    "future=False": (lambda s: create_engine("sqlite://", future=False), ArgumentError),
    "subtransactions": (lambda s: s.begin(subtransactions=True), TypeError),
    "MetaData(bind)": (lambda s: MetaData(bind=ENGINE), TypeError),  # type: ignore[call-arg]
    "MetaData(engine)": (lambda s: MetaData(ENGINE), ArgumentError),
    "autoload": (lambda s: Table("tags", MetaData(), autoload=True, autoload_with=ENGINE), TypeError),
    "convert_unicode": (lambda s: create_engine("sqlite://", convert_unicode=True), TypeError),
    "postgres": (lambda s: create_engine("postgres://localhost/shop"), NoSuchModuleError),
}
MISREAD: dict[str, tuple[Run, type[Exception]]] = {
    "attribute of a collection": (
        lambda s: s.scalars(select(Customer)).first().orders.number,
        AttributeError,
    ),
    "attribute of a row": (lambda s: s.execute(select(Order)).first().number, AttributeError),
    "written row": (lambda s: setattr(s.execute(select(Order)).first(), "number", "2"), AttributeError),
    "attribute of a scalar": (
        lambda s: s.scalars(select(Order.id, Order.number)).one().number,
        AttributeError,
    ),
    "unpacked object": (lambda s: tuple(s.scalars(select(Order)).one()), TypeError),
    "unpacked row": (lambda s: (lambda a, b: a)(*s.execute(select(Order)).one()), TypeError),
    "column of a row": (lambda s: s.execute(select(Order)).one()[1], IndexError),
    "label of a row": (lambda s: s.execute(select(func.count(Order.id))).one().total, AttributeError),
    "key of a row": (lambda s: s.execute(text("SELECT 1 AS id")).one()["id"], TypeError),
    "get of a row": (lambda s: s.execute(text("SELECT 1 AS id")).one().get("id"), AttributeError),
    "dict of a row": (lambda s: dict(s.execute(text("SELECT 1 AS id")).one()), TypeError),
    "key of a mapping": (lambda s: s.execute(select(Order)).mappings().one()["number"], KeyError),
    "row of a connection": (lambda s: s.connection().execute(select(Order)).one().customer, AttributeError),
    "row of a table": (lambda s: s.execute(select(order_tags)).one().tag, AttributeError),
    "statement.first": (lambda s: select(Order).first(), AttributeError),  # type: ignore[attr-defined]
    "statement iterated": (lambda s: list(select(Order)), TypeError),  # type: ignore[call-overload]
    "list.first": (lambda s: s.query(Order).all().first(), AttributeError),
    "length": (lambda s: len(s.scalars(select(Order))), TypeError),
    "length of a query": (lambda s: len(s.query(Order)), TypeError),
    "item": (lambda s: s.scalars(select(Order))[0], TypeError),
    "no rows": (lambda s: s.execute(update(Order).values(number="1")).one(), ResourceClosedError),
    "object iterated": (lambda s: list(s.scalar(select(Order))), TypeError),
    "object subscripted": (lambda s: s.scalar(select(Order))["number"], TypeError),
}
GOOD: dict[str, Run] = {
    "rows": lambda s: [number for number, id in s.execute(select(Order.number, Order.id))],
    "one": lambda s: (lambda row: (row.Order, row[0]))(s.execute(select(Order)).one()),
    "computed": lambda s: s.execute(select(func.max(Order.id))).one().max,
    "computed twice": lambda s: s.execute(select(func.max(Order.id), func.max(Order.number))).one().max_1,
    "mapping": lambda s: s.execute(select(Order)).mappings().one()["Order"],
    "mapping of a connection": lambda s: s.connection().execute(select(Order)).mappings().one()["number"],
    "row of a connection": lambda s: s.connection().execute(select(Order)).one().number,
    "as dict": lambda s: dict(s.execute(text("SELECT 1 AS id")).one()._mapping),
    "get": lambda s: s.query(Order).get(1),
    "order by a name": lambda s: s.query(Order).order_by("number").all(),
    "given back": lambda s: s.execute(update(Order).values(number="1").returning(Order.id)).scalar_one(),
}


@pytest.fixture
def session() -> Any:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Order(id=1, number="A1", customer=Customer(id=1, name="Ann"), tags=[Tag(id=1)]))
        session.commit()
        yield session


@pytest.mark.parametrize("claim", REMOVED)
def test_what_is_removed_raises(claim: str, session: Session) -> None:
    run, expected = REMOVED[claim]
    with pytest.raises(expected):
        run(session)


@pytest.mark.parametrize("claim", MISREAD)
def test_what_is_misread_raises(claim: str, session: Session) -> None:
    run, expected = MISREAD[claim]
    with pytest.raises(expected):
        run(session)


@pytest.mark.parametrize("claim", GOOD)
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.LegacyAPIWarning")
def test_what_is_read_as_it_is_does_not(claim: str, session: Session) -> None:
    GOOD[claim](session)


def test_mapper_raises() -> None:
    from sqlalchemy.orm import mapper  # type: ignore[attr-defined]

    with pytest.raises(InvalidRequestError):
        mapper(object, TAGS)


def _appended(order: Any, session: Any) -> None:
    order.tags.append("new")
    session.flush()


GIVEN: dict[str, tuple[Run, type[Exception]]] = {
    "a key": (lambda s: Order(customer=1), AttributeError),
    "texts": (lambda s: s.add(Order(tags=["new"])), AttributeError),
    "a dict": (lambda s: setattr(s.get(Order, 1), "customer", {"id": 1}), AttributeError),
    "an appended text": (lambda s: _appended(s.get(Order, 1), s), AttributeError),
    "one for many": (lambda s: Order(tags=Tag(id=2)), TypeError),
    "another class": (lambda s: s.add(Order(customer=Tag(id=2))), KeyError),
    "a list to add": (lambda s: s.add([Tag(id=2)]), InvalidRequestError),
    "a dict to add": (lambda s: s.add({"id": 2}), InvalidRequestError),
    "a class to add": (lambda s: s.add(Tag), InvalidRequestError),
    "a query to delete": (lambda s: s.delete(s.query(Tag)), InvalidRequestError),
    "a key to delete": (lambda s: s.delete(1), InvalidRequestError),
    "a row to delete": (lambda s: s.delete(s.execute(select(Tag)).first()), InvalidRequestError),
    "an object to select": (lambda s: select(s.get(Order, 1)), ArgumentError),
    "a value of a text": (
        lambda s: s.execute(text("SELECT :a + :b").bindparams(a=1)),
        StatementError,
    ),
}


@pytest.mark.parametrize("claim", GIVEN)
def test_what_is_no_object_is_refused(claim: str, session: Session) -> None:
    run, expected = GIVEN[claim]
    with pytest.raises(expected):
        run(session)


def test_a_bundle_is_a_row_within_a_row() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    pair: Any = Bundle("pair", Tag.id, Tag.id.label("number"))
    with Session(engine) as session:
        session.add(Tag(id=7))
        session.flush()
        row = session.execute(select(pair, Tag.id)).one()
        assert (row.pair.number, row.id, session.scalars(select(pair)).one().id) == (7, 7, 7)
        with pytest.raises(AttributeError):
            _ = row.pair.nubmer
        single: Any = Bundle("single", Tag.id, single_entity=True)
        assert session.query(single).one().id == 7
