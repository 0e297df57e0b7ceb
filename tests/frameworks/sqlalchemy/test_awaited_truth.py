"""What is claimed of relationships that are awaited one by one, and of sessions that are returned."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import ForeignKey, QueuePool, StaticPool, create_engine, event, select, text
from sqlalchemy.ext.asyncio import AsyncAttrs, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload
from sqlalchemy.orm.exc import DetachedInstanceError

ROWS = 7


class Base(AsyncAttrs, DeclarativeBase):
    pass


class Topic(Base):
    __tablename__ = "topics"
    id: Mapped[int] = mapped_column(primary_key=True)
    posts: Mapped[list["Post"]] = relationship()


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"))


@asynccontextmanager
async def opened(asked: list[str]) -> AsyncIterator[AsyncSession]:
    engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with AsyncSession(engine) as session:
        session.add_all(Topic(posts=[Post()]) for _ in range(ROWS))
        await session.commit()
    event.listen(engine.sync_engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    async with AsyncSession(engine) as session:
        yield session
    await engine.dispose()


@pytest.mark.parametrize(("is_loaded", "queries"), [(False, 1 + ROWS), (True, 2)])
def test_each_row_that_is_awaited_sends_a_query(is_loaded: bool, queries: int) -> None:
    asked: list[str] = []

    async def count() -> None:
        statement = select(Topic).options(selectinload(Topic.posts)) if is_loaded else select(Topic)
        async with opened(asked) as session:
            for topic in await session.scalars(statement):
                assert len(await topic.awaitable_attrs.posts) == 1

    asyncio.run(count())
    assert len(asked) == queries


def test_what_is_detached_cannot_be_awaited_either() -> None:
    async def read() -> None:
        async with opened([]) as session:
            topic = await session.get_one(Topic, 1)
            await session.close()
            await topic.awaitable_attrs.posts

    with pytest.raises(DetachedInstanceError):
        asyncio.run(read())


def test_nobody_closes_the_session_that_a_dependency_returns(tmp_path) -> None:
    engine = create_engine(
        f"sqlite:///{tmp_path}/names.db", poolclass=QueuePool, connect_args={"check_same_thread": False}
    )
    held: list[Session] = []

    def get_session() -> Session:
        held.append(Session(engine))
        return held[-1]

    app = FastAPI()

    @app.get("/")
    def one(session: Annotated[Session, Depends(get_session)]) -> int:
        return session.execute(text("SELECT 1")).scalar_one()

    assert TestClient(app).get("/").json() == 1
    assert held[0].in_transaction()
    assert "Current Checked out connections: 1" in engine.pool.status()
    held[0].close()
    engine.dispose()
