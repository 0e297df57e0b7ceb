"""What the rules on statements, results and sessions claim, shown with the real SQLAlchemy."""

import asyncio
import gc
import warnings
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    ForeignKey,
    StaticPool,
    Table,
    create_engine,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import (
    ArgumentError,
    CompileError,
    InvalidRequestError,
    MissingGreenlet,
    NoInspectionAvailable,
    PendingRollbackError,
    StatementError,
    TimeoutError,
)
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
    sessionmaker,
)
from sqlalchemy.orm.exc import DetachedInstanceError, UnmappedInstanceError
from sqlalchemy.pool import QueuePool


class Base(DeclarativeBase):
    pass


order_tags = Table(
    "order_tags",
    Base.metadata,
    Column("order_id", ForeignKey("orders.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class Tag(Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(default="")
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")
    tags: Mapped[list[Tag]] = relationship(secondary=order_tags)


class Plain:
    pass


@pytest.fixture
def factory() -> Iterator[sessionmaker[Session]]:
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    Base.metadata.create_all(engine)
    made = sessionmaker(engine)
    with made.begin() as session:
        session.add(Customer(name="a", orders=[Order(number="1"), Order(number="2")]))
    yield made
    engine.dispose()


JOINED = select(Customer).options(joinedload(Customer.orders))

RAISES: dict[str, tuple[type[Exception], Callable[[Session], Any]]] = {
    "unknown-attribute": (AttributeError, lambda s: Order.nubmer),  # type: ignore[attr-defined]
    "unknown-attribute of an object": (AttributeError, lambda s: s.get_one(Order, 1).nubmer),  # type: ignore[attr-defined]
    "unknown-keyword": (TypeError, lambda s: Order(nubmer=1)),
    "unknown-keyword of filter_by": (InvalidRequestError, lambda s: s.query(Order).filter_by(nubmer=1)),
    "unknown-keyword behind a join": (
        InvalidRequestError,
        lambda s: s.query(Customer).join(Customer.orders).filter_by(name="a"),
    ),
    "unknown-keyword of values": (CompileError, lambda s: s.execute(insert(Order).values(nubmer=1))),
    "relationship-as-column": (AttributeError, lambda s: Order.customer.name),
    "join-without-path": (InvalidRequestError, lambda s: s.execute(select(Order).join(Tag))),
    "missing-unique all": (InvalidRequestError, lambda s: s.execute(JOINED).all()),
    "missing-unique one": (InvalidRequestError, lambda s: s.execute(JOINED).one()),
    "missing-unique scalar_one": (InvalidRequestError, lambda s: s.execute(JOINED).scalar_one()),
    "missing-unique scalars": (InvalidRequestError, lambda s: s.scalars(JOINED).all()),
    "missing-unique iterated": (InvalidRequestError, lambda s: list(s.scalars(JOINED))),
    "missing-unique behind a single object": (
        InvalidRequestError,
        lambda s: s.scalars(
            select(Order).options(joinedload(Order.customer).joinedload(Customer.orders))
        ).all(),
    ),
    "misread-result": (AttributeError, lambda s: s.execute(select(Order)).first().number),  # type: ignore[union-attr]
    "misread-result of scalars": (AttributeError, lambda s: s.scalars(select(Order)).scalar_one()),  # type: ignore[attr-defined]
    "misread-result of a query": (AttributeError, lambda s: s.query(Order).scalars()),  # type: ignore[attr-defined]
    "unmapped-entity of select": (ArgumentError, lambda s: select(Plain)),
    "unmapped-entity of query": (ArgumentError, lambda s: s.query(Plain)),
    "unmapped-entity of get": (NoInspectionAvailable, lambda s: s.get(Plain, 1)),
    "unmapped-entity of add": (UnmappedInstanceError, lambda s: s.add(Plain())),
    "python-operator with less than": (TypeError, lambda s: Order.id < 1 and Order.id > 0),
    "text without a value": (StatementError, lambda s: s.execute(text("SELECT :a"))),
}

WORKS: dict[str, Callable[[Session], Any]] = {
    "first needs no unique": lambda s: s.execute(JOINED).first(),
    "scalar needs no unique": lambda s: s.scalar(JOINED),
    "a legacy query needs no unique": lambda s: s.query(Customer).options(joinedload(Customer.orders)).all(),
    "unique": lambda s: s.scalars(JOINED).unique().all(),
    "joined behind selectin": lambda s: s.scalars(
        select(Order).options(selectinload(Order.customer).joinedload(Customer.orders))
    ).all(),
    "a join along the relationship": lambda s: s.execute(select(Order).join(Order.tags)),
    "a join over the table between": lambda s: s.execute(select(Order).join(order_tags).join(Tag)),
    "a row by the name of its class": lambda s: s.execute(select(Order)).first().Order.number,  # type: ignore[union-attr]
}


@pytest.mark.parametrize("claim", RAISES)
def test_what_is_called_bad_fails(claim: str, factory: sessionmaker[Session]) -> None:
    error, act = RAISES[claim]
    with factory() as session, pytest.raises(error):
        act(session)


@pytest.mark.parametrize("claim", WORKS)
def test_what_is_called_good_works(claim: str, factory: sessionmaker[Session]) -> None:
    with factory() as session:
        WORKS[claim](session)


def test_python_operators_never_reach_the_database(factory: sessionmaker[Session]) -> None:
    numbered, owned = Order.number == "1", Order.customer_id == 7
    assert str(select(Order).where(numbered and owned)) in (
        str(select(Order).where(numbered)),
        str(select(Order).where(owned)),
    )
    assert (not Order.number) is False
    assert (Order.number in ["1"]) is False
    assert (Order.number is None) is False


def test_a_statement_that_is_dropped_changes_nothing(factory: sessionmaker[Session]) -> None:
    wanted = select(Order)
    before = str(wanted)
    wanted.where(Order.number == "1")
    delete(Order)
    with factory() as session:
        assert str(wanted) == before
        assert session.scalar(select(func.count()).select_from(Order)) == 2


def test_a_write_without_a_condition_changes_every_row(factory: sessionmaker[Session]) -> None:
    with factory() as session:
        assert session.execute(update(Order).values(number="x")).rowcount == 2  # type: ignore[attr-defined]


def test_a_closed_session_cannot_load(factory: sessionmaker[Session]) -> None:
    with factory() as session:
        lazy = session.get_one(Order, 1)
    with factory() as session:
        eager = session.get_one(Order, 1, options=[joinedload(Order.customer)])
    assert eager.customer.name == "a"
    with pytest.raises(DetachedInstanceError):
        _ = lazy.customer


def test_what_a_commit_expired_is_gone_with_the_session(factory: sessionmaker[Session]) -> None:
    with factory() as session:
        order = session.get_one(Order, 1)
        session.commit()
    with pytest.raises(DetachedInstanceError):
        _ = order.number


def test_what_was_read_between_commit_and_close_stays(factory: sessionmaker[Session]) -> None:
    with factory() as session:
        order = session.get_one(Order, 1)
        session.commit()
        assert order.id == 1
    assert order.number == "1"


def test_what_is_not_committed_is_gone(factory: sessionmaker[Session]) -> None:
    with factory() as session:
        session.add(Customer(name="b"))
        session.flush()
    with factory() as session:
        assert session.scalar(select(func.count()).select_from(Customer)) == 1


def test_a_failed_flush_poisons_a_session_that_is_shared(factory: sessionmaker[Session]) -> None:
    with factory() as session:
        session.add(Customer(name="a"))
        with pytest.raises(Exception, match="UNIQUE"):
            session.flush()
        with pytest.raises(PendingRollbackError):
            session.scalar(select(Order))


def test_sessions_that_stay_open_empty_the_pool(tmp_path: Any) -> None:
    url = f"sqlite:///{tmp_path}/pool.db"
    engine = create_engine(url, poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=0.1)
    kept = Session(engine)
    kept.execute(text("SELECT 1"))
    with pytest.raises(TimeoutError):
        Session(engine).execute(text("SELECT 1"))
    kept.close()
    engine.dispose()


def run_async(act: Callable[[AsyncSession], Awaitable[Any]], *, expire: bool = False) -> Any:
    """Run something with an async session over a database with one customer and two orders."""

    async def run() -> Any:
        engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        made = async_sessionmaker(engine, expire_on_commit=expire)
        async with made.begin() as session:
            session.add(Customer(name="a", orders=[Order(number="1"), Order(number="2")]))
        try:
            async with made() as session:
                return await act(session)
        finally:
            await engine.dispose()

    return asyncio.run(run())


def no_greenlet() -> Any:
    """What SQLAlchemy raises; since 2.1 it may come inside a StatementError."""
    return pytest.raises((MissingGreenlet, StatementError), match="greenlet_spawn")


def test_an_async_session_cannot_load_on_access() -> None:
    async def lazy(session: AsyncSession) -> str:
        return (await session.get_one(Order, 1)).customer.name

    async def eager(session: AsyncSession) -> str:
        found = await session.scalar(select(Order).options(selectinload(Order.customer)))
        assert found is not None
        return found.customer.name

    with no_greenlet():
        run_async(lazy)
    assert run_async(eager) == "a"


def test_an_async_session_cannot_load_what_is_in_a_new_object_that_was_stored() -> None:
    async def collection(session: AsyncSession) -> int:
        session.add(customer := Customer(name="b"))
        await session.commit()
        return len(customer.orders)

    with no_greenlet():
        run_async(collection)


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_an_async_session_cannot_load_what_has_expired(end: str) -> None:
    async def expired(session: AsyncSession) -> str:
        order = await session.get_one(Order, 1)
        await getattr(session, end)()
        return order.number

    with no_greenlet():
        run_async(expired, expire=True)
    if end == "commit":
        assert run_async(expired) == "1"


def test_a_single_object_that_the_session_has_needs_no_query() -> None:
    async def met(session: AsyncSession) -> str:
        customer = await session.get_one(Customer, 1)
        order = await session.get_one(Order, 1)
        return order.customer.name if order.customer is customer else ""

    assert run_async(met) == "a"


def test_a_call_that_nobody_awaits_does_nothing() -> None:
    async def forgotten(session: AsyncSession) -> int | None:
        session.add(Customer(name="b"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            session.commit()  # type: ignore[unused-coroutine]
            gc.collect()
        await session.rollback()
        return await session.scalar(select(func.count()).select_from(Customer))

    async def misread(session: AsyncSession) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return session.execute(select(Order)).scalars()  # type: ignore[attr-defined]

    assert run_async(forgotten) == 1
    with pytest.raises(AttributeError):
        run_async(misread)


def test_an_async_session_has_no_query() -> None:
    async def query(session: AsyncSession) -> Any:
        return session.query(Order)  # type: ignore[attr-defined]

    with pytest.raises(AttributeError):
        run_async(query)


def test_drivers_must_be_of_the_engine_s_kind() -> None:
    with pytest.raises(InvalidRequestError):
        create_async_engine("sqlite://")
    with no_greenlet():
        create_engine("sqlite+aiosqlite://").connect()


def test_a_hook_names_tables_and_a_decorator_marks_a_class_whose_constructor_stays_strict() -> None:
    class Prefixed(DeclarativeBase):
        def __init_subclass__(cls) -> None:
            cls.__tablename__ = "shop_" + getattr(cls, "__tablename__", "")
            super().__init_subclass__()

    def marked(cls: Any) -> Any:
        cls.is_marked = True
        return cls

    @marked
    class Store(Prefixed):
        __tablename__ = "stores"
        id: Mapped[int] = mapped_column(primary_key=True)

    assert str(Store.__table__) == "shop_stores"
    assert vars(Store(is_marked=False))["is_marked"] is False
    with pytest.raises(TypeError, match="'city' is an invalid keyword"):
        Store(city="A")
