"""What the rules on engines, tasks and several sessions claim, shown with the real SQLAlchemy."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import URL, StaticPool, create_engine, text
from sqlalchemy.exc import ArgumentError, InvalidRequestError, MissingGreenlet
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, sessionmaker

from tests.frameworks.sqlalchemy.test_values_truth import Base, Customer, Order

PLAIN: Any = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
ASYNC: Any = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
MISMATCHED: dict[str, tuple[Callable[[], object], type[Exception]]] = {
    "a plain session": (lambda: Session(ASYNC).execute(text("SELECT 1")), Exception),
    "a plain factory": (lambda: sessionmaker(bind=ASYNC)().execute(text("SELECT 1")), Exception),
    "an async session": (lambda: AsyncSession(PLAIN), ArgumentError),
    "an async factory": (lambda: async_sessionmaker(PLAIN)(), ArgumentError),
    "a factory of async sessions": (lambda: sessionmaker(PLAIN, class_=AsyncSession)(), ArgumentError),
    "metadata": (lambda: Base.metadata.create_all(ASYNC), Exception),
    "a URL that is made": (lambda: create_async_engine(URL.create("sqlite")), InvalidRequestError),
}


@pytest.mark.parametrize("claim", MISMATCHED)
def test_an_engine_of_the_other_kind_is_refused(claim: str) -> None:
    run, expected = MISMATCHED[claim]
    with pytest.raises(expected):
        run()


def plainly_asked(_: object) -> object:
    with create_engine("sqlite+aiosqlite://").connect() as connection:
        return connection.scalar(text("SELECT 1"))


def test_a_plain_engine_may_have_an_async_driver_within_run_sync() -> None:
    async def migrated() -> object:
        engine = create_async_engine("sqlite+aiosqlite://")
        try:
            async with engine.connect() as connection:
                return await connection.run_sync(plainly_asked)
        finally:
            await engine.dispose()

    with pytest.raises(MissingGreenlet):
        plainly_asked(None)
    assert asyncio.run(migrated()) == 1


@asynccontextmanager
async def opened() -> AsyncIterator[AsyncSession]:
    engine = create_async_engine("sqlite+aiosqlite://")
    try:
        async with AsyncSession(engine) as session:
            yield session
    finally:
        await engine.dispose()


async def one(session: AsyncSession, number: int) -> object:
    return await session.execute(text(f"SELECT {number}"))


@pytest.mark.filterwarnings("ignore")
def test_tasks_cannot_share_a_session() -> None:
    async def tasks() -> None:
        async with opened() as session:
            first = asyncio.create_task(one(session, 1))
            second = asyncio.create_task(one(session, 2))
            await asyncio.gather(first, second)

    with pytest.raises((InvalidRequestError, RuntimeError)):
        asyncio.run(tasks())


def test_one_after_the_other_may() -> None:
    async def turns() -> None:
        async with opened() as session:
            await asyncio.create_task(one(session, 1))
            await asyncio.create_task(one(session, 2))

    asyncio.run(turns())


def test_a_related_object_of_another_session_is_refused() -> None:
    Base.metadata.create_all(PLAIN)
    with Session(PLAIN) as first, Session(PLAIN) as second:
        first.add(Customer(id=1, name="Ann"))
        first.commit()
        order = Order(customer=first.get(Customer, 1))
        with pytest.raises(InvalidRequestError, match="already attached"):
            second.add(order)
        second.rollback()
        with Session(PLAIN) as third:
            third.add(Order(customer=third.merge(first.get(Customer, 1))))
            third.commit()


async def _added(session: Any) -> None:
    await session.add(Customer(id=2, name="Bob"))


async def _read(session: Any) -> None:
    await (await session.scalars(text("SELECT 1"))).all()


async def _chained(session: Any) -> None:
    await session.execute(text("SELECT 1")).scalars()


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("run", [_added, _read, _chained])
def test_what_gives_nothing_to_await_raises(run: Callable[[Any], Any]) -> None:
    async def inside() -> None:
        async with opened() as session:
            await run(session)

    with pytest.raises((TypeError, AttributeError)):
        asyncio.run(inside())


def test_a_plain_session_cannot_be_awaited() -> None:
    async def inside() -> None:
        with Session(create_engine("sqlite://")) as session:
            await session.execute(text("SELECT 1"))  # type: ignore[misc]

    with pytest.raises(TypeError):
        asyncio.run(inside())


OPENED: dict[str, Callable[[], Any]] = {
    "session": lambda: AsyncSession(ASYNC),
    "of a factory": lambda: async_sessionmaker(ASYNC)(),
    "factory.begin": lambda: async_sessionmaker(ASYNC).begin(),
    "transaction": lambda: AsyncSession(ASYNC).begin(),
    "savepoint": lambda: AsyncSession(ASYNC).begin_nested(),
    "connection": ASYNC.connect,
    "engine.begin": ASYNC.begin,
}
PLAINLY: dict[str, Callable[[], Any]] = {
    "session": lambda: Session(PLAIN),
    "factory.begin": lambda: sessionmaker(PLAIN).begin(),
    "transaction": lambda: Session(PLAIN).begin(),
    "connection": PLAIN.connect,
    "engine.begin": PLAIN.begin,
}


@pytest.mark.parametrize("claim", OPENED)
def test_what_is_async_cannot_be_opened_by_a_plain_with(claim: str) -> None:
    with pytest.raises((TypeError, AttributeError)), OPENED[claim]():
        pass


@pytest.mark.parametrize("claim", PLAINLY)
def test_what_is_plain_cannot_be_opened_by_async_with(claim: str) -> None:
    async def opening() -> None:
        async with PLAINLY[claim]():
            pass

    with pytest.raises((TypeError, AttributeError)):
        asyncio.run(opening())
