"""What the rules on failures, foreign objects, products and relationship operators claim, with SQLAlchemy."""

import warnings
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, ForeignKey, create_engine, event, insert, inspect, select
from sqlalchemy.exc import (
    IntegrityError,
    InvalidRequestError,
    OperationalError,
    PendingRollbackError,
    SAWarning,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, object_session, relationship
from sqlalchemy.orm.exc import DetachedInstanceError


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    seats: Mapped[int] = mapped_column(default=1)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")


@pytest.fixture
def engine(tmp_path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path}/shop.db")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(
            [Customer(name="Anna", orders=[Order()]), Customer(name="Ben", orders=[Order(seats=9)])]
        )
        session.commit()
    yield engine
    engine.dispose()


@pytest.mark.parametrize("failing", ["flush", "commit"])
def test_a_session_is_of_no_use_after_a_failure(engine: Engine, failing: str) -> None:
    with Session(engine) as session:
        session.add(Customer(name="Anna"))
        with pytest.raises(IntegrityError):
            getattr(session, failing)()
        with pytest.raises(PendingRollbackError):
            session.scalars(select(Customer)).all()
        with pytest.raises(PendingRollbackError):
            session.commit()
        session.rollback()
        assert len(session.scalars(select(Customer)).all()) == 2


def test_a_statement_that_fails_leaves_the_session_alone(engine: Engine) -> None:
    with Session(engine) as session:
        with pytest.raises(IntegrityError):
            session.execute(insert(Customer).values(name="Anna"))
        assert len(session.scalars(select(Customer)).all()) == 2


def test_a_savepoint_loses_only_its_own_part(engine: Engine) -> None:
    with Session(engine) as session:
        savepoint = session.begin_nested()
        session.add(Customer(name="Anna"))
        with pytest.raises(IntegrityError):
            session.flush()
        savepoint.rollback()
        assert len(session.scalars(select(Customer)).all()) == 2


@pytest.mark.parametrize("asking", ["refresh", "expire", "expunge"])
def test_a_session_refuses_what_is_not_its_own(engine: Engine, asking: str) -> None:
    with Session(engine) as other:
        customer = other.scalars(select(Customer)).first()
    with Session(engine) as session:
        with pytest.raises(InvalidRequestError):
            getattr(session, asking)(customer)
        getattr(session, asking)(session.merge(customer))


@pytest.mark.parametrize("taking", ["add", "delete"])
def test_a_session_takes_only_what_no_other_has(engine: Engine, taking: str) -> None:
    with Session(engine) as other, Session(engine) as session:
        order = other.scalars(select(Order)).first()
        with pytest.raises(InvalidRequestError, match="already attached"):
            getattr(session, taking)(order)
        other.expunge(order)
        getattr(session, taking)(order)


def test_what_is_expunged_loads_no_more(engine: Engine) -> None:
    with Session(engine) as session:
        customer = session.get_one(Customer, 1)
        session.expunge(customer)
        session.commit()
        assert customer.name == "Anna"
        with pytest.raises(DetachedInstanceError):
            assert customer.orders


def test_tables_that_nothing_ties_are_multiplied(engine: Engine) -> None:
    with Session(engine) as session:
        with pytest.warns(SAWarning, match="cartesian product"):
            rows = session.execute(select(Customer.name, Order.seats)).all()
        assert len(rows) == 4
    with Session(engine) as session, warnings.catch_warnings():
        warnings.simplefilter("error")
        tied = select(Customer.name, Order.seats)
        assert len(session.execute(tied.join(Customer.orders)).all()) == 2
        assert len(session.execute(tied.where(Order.customer_id == Customer.id)).all()) == 2


def test_relationships_to_one_and_to_many_have_operators_of_their_own() -> None:
    for wrong in (
        lambda: Order.customer.any(Customer.id == 1),
        lambda: Order.customer.contains(Customer(id=1)),
        lambda: Customer.orders.has(Order.id == 1),
        lambda: Customer.orders == Order(id=1),
    ):
        with pytest.raises(InvalidRequestError):
            wrong()
    assert str(Order.customer.has(Customer.id == 1))
    assert str(Customer.orders.any(Order.id == 1))
    assert str(Customer.orders.contains(Order(id=1)))
    assert str(Order.customer == Customer(id=1))


def test_and_and_or_of_python_lose_a_condition() -> None:
    assert str(Order.seats == 1 or Order.id == 2) == str(Order.id == 2)
    assert str(Order.seats == 1 and Order.id == 2) == str(Order.seats == 1)


def test_classes_make_no_tables() -> None:
    engine = create_engine("sqlite://")
    with Session(engine) as session, pytest.raises(OperationalError, match="no such table"):
        session.scalars(select(Customer)).all()
    Base.metadata.create_all(engine)
    assert inspect(engine).has_table("customers")


def test_objects_of_a_result_are_made_while_its_session_is_open(engine: Engine) -> None:
    with Session(engine) as session:
        result, names = session.scalars(select(Customer)), session.scalars(select(Customer.name))
        lazy = (each.name for each in session.scalars(select(Customer)))
    with Session(engine) as session:
        fetched = session.scalars(select(Customer)).all()
    for rows in (result, lazy):
        with pytest.raises(InvalidRequestError, match="identity map is no longer valid"):
            list(rows)
    assert sorted(names) == sorted(each.name for each in fetched) == ["Anna", "Ben"]


@pytest.mark.parametrize(
    ("name", "does", "failure"),
    [
        ("before_flush", lambda session: session.flush(), "already flushing"),
        ("before_flush", lambda session: session.commit(), "can't be called here"),
        ("after_flush", lambda session: session.commit(), "transaction is closed"),
        ("before_commit", lambda session: session.commit(), "can't be called here"),
        ("after_commit", lambda session: session.scalar(select(Customer.id)), "'committed' state"),
    ],
)
def test_a_listener_may_not_end_what_it_hears(engine: Engine, name: str, does, failure: str) -> None:
    with Session(engine) as session:
        event.listen(session, name, lambda *given: does(given[0]))
        session.add(Customer(name="Carl"))
        with pytest.raises(InvalidRequestError, match=failure):
            session.commit()


@pytest.mark.parametrize("ending", ["commit", "flush", "rollback"])
def test_a_listener_of_objects_may_not_end_the_flush(engine: Engine, ending: str) -> None:
    with Session(engine) as session:
        event.listen(Customer, "after_insert", lambda *given: getattr(object_session(given[2]), ending)())
        session.add(Customer(name="Dora"))
        try:
            with pytest.raises(InvalidRequestError):
                session.commit()
        finally:
            Customer.__mapper__.dispatch.after_insert.clear()


def test_what_all_rows_refer_to_is_loaded_once() -> None:
    class Rows(DeclarativeBase):
        pass

    class Owner(Rows):
        __tablename__ = "owners"
        id: Mapped[int] = mapped_column(primary_key=True)

    class Kind(Rows):
        __tablename__ = "kinds"
        id: Mapped[int] = mapped_column(primary_key=True)
        owner_id: Mapped[int] = mapped_column(ForeignKey("owners.id"))
        owner: Mapped[Owner] = relationship()

    class Case(Rows):
        __tablename__ = "cases"
        id: Mapped[int] = mapped_column(primary_key=True)
        kind_id: Mapped[int] = mapped_column(ForeignKey("kinds.id"))
        kind: Mapped[Kind] = relationship()

    engine = create_engine("sqlite://")
    Rows.metadata.create_all(engine)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with Session(engine) as session:
        session.add_all([Owner(id=1), Kind(id=1, owner_id=1), Kind(id=2, owner_id=1)])
        session.add_all([Case(id=key, kind_id=1) for key in range(5)])
        session.commit()
        asked.clear()
        for case in session.scalars(select(Case).where(Case.kind_id == 1)).all():
            assert case.kind.owner.id == 1
        assert len(asked) == 3
    engine.dispose()
